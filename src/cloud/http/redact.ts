import {createHash} from 'node:crypto';

import {isSecretName} from '../../model/likely-secrets.ts';
import {isObject} from './json.ts';

/**
 * What an HTTP trace may show. The header list is keystoneauth's (`session.py`, `_process_header`) and Swift's; the
 * key list also covers what OpenStack's services put into rows.
 */
const HEADERS = new Set([
  'authorization',
  'proxy-authorization',
  'x-auth-token',
  'x-subject-token',
  'x-service-token',
  'x-storage-token',
  'openstack-auth-receipt',
  'cookie',
  'set-cookie',
  'x-container-sync-key',
]);
const TEMP_URL_HEADER = /^x-.*-meta-temp-url-key/u;

/** Where a service sends us on to may let in whoever has the address. */
const ADDRESSES = new Set(['location', 'content-location', 'referer']);

const KEYS =
  /password|adminpass|admin_pass|secret|token|passphrase|passcode|private_key|psk|credential|auth_key|access_key|encrypted_key|user_data|personality|payload/iu;

const QUERY = /^(?:token|temp_url_.*|sig.*)$/iu;

/** Lets two log lines be compared without telling the secret. */
function fingerprint(value: string): string {
  return `{SHA256}${createHash('sha256').update(value).digest('hex').slice(0, 8)}`;
}

export function redactHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const shown: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    const lower = name.toLowerCase();
    const hidden = HEADERS.has(lower) || TEMP_URL_HEADER.test(lower) || isSecretName(lower);
    shown[lower] = hidden ? fingerprint(value) : ADDRESSES.has(lower) ? shownAddress(value) : value;
  }
  return shown;
}

/** A copy in which every value under a telling key is `***`, whatever its type, and so are Heat's hidden values. */
export function redactJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactJson);
  if (typeof value !== 'object' || value === null) return value;
  const {hidden, NoEcho: unechoed}: {hidden?: unknown; NoEcho?: unknown} = value;
  const isHidden = hidden === true || unechoed === true || unechoed === 'true';
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]): [string, unknown] => [
      key,
      key === 'files' && isObject(inner)
        ? sizes(inner)
        : (isHidden && HIDDEN.has(key)) || key === 'output_value'
          ? '***'
          : redactedUnder(key, inner),
    ]),
  );
}

/** What a hidden parameter says beside its schema. */
const HIDDEN = new Set(['default', 'Default', 'Value', 'value']);

/** User data goes to Heat as files. */
function sizes(files: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, `[${String(text).length} characters]`]),
  );
}

function redactedUnder(key: string, inner: unknown): unknown {
  return (KEYS.test(key) || isSecretName(key)) && inner !== null && inner !== '' ? '***' : redactJson(inner);
}

/** The address without userinfo, and with the secret parts of its query hidden. */
export function redactUrl(address: URL): string {
  const shown = new URL(address);
  shown.username = '';
  shown.password = '';
  for (const name of new Set(shown.searchParams.keys())) {
    if (QUERY.test(name)) shown.searchParams.set(name, '***');
  }
  return shown.href;
}

function shownAddress(value: string): string {
  return URL.canParse(value) ? redactUrl(new URL(value)) : value.replace(/\?.*$/su, '?***');
}
