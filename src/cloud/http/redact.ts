import {createHash} from 'node:crypto';

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
    shown[lower] = HEADERS.has(lower) || TEMP_URL_HEADER.test(lower) ? fingerprint(value) : value;
  }
  return shown;
}

/** A copy in which every value under a telling key is `***`, whatever its type. */
export function redactJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactJson);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      KEYS.test(key) && inner !== null && inner !== '' ? '***' : redactJson(inner),
    ]),
  );
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

/** Removes each of the secrets from a text, for the rare answer that echoes the request. */
export function without(text: string, secrets: readonly string[]): string {
  let shown = text;
  for (const secret of secrets) if (secret.length >= 4) shown = shown.replaceAll(secret, '***');
  return shown;
}
