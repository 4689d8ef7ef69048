/** What of a row is kept: everything but secrets and the addresses of endpoints, in one order of keys. */
import {redacted, type Row} from '../model/inventory.ts';
import {isPlainObject} from '../model/value.ts';

export interface CleanOptions {
  /** Default: kept, a template needs it. 'omit' leaves the field out, as for a reader who may not see it. */
  readonly userData?: 'keep' | 'omit' | undefined;
  /** Is told of each secret left out, with its path in the row. */
  readonly onSecret?: ((path: string, value: string) => void) | undefined;
}

/** Names of secrets in API rows, without case and punctuation. */
const secret =
  /(?:^|admin|auth|chap)(?:pass|password|passwd|passphrase)$|^(?:psk|secret|secretkey|sharedsecret|clientsecret|privatekey|token|authtoken|accesstoken|authkey|accesskey|encryptedkey|connectioninfo|providerauth|payload|credentials?|directurl|discoveryurl|locations)$|tempurlkey|containersynckey/;

/** Names of secrets in a container's environment, where people put a word before: `DB_PASSWORD`. */
const environmentSecret =
  /(?:pass|password|passwd|passphrase|secret|token|credentials?|(?:api|access|private|secret|auth)key)$/;

/** Maps whose keys are the user's own words: part of what a template carries, so never touched. */
const own = new Set([
  'metadata',
  'properties',
  'labels',
  'volume_image_metadata',
  'extra_specs',
  'scheduler_hints',
  'OS-SCH-HNT:scheduler_hints',
]);

const userData = new Set(['user_data', 'OS-EXT-SRV-ATTR:user_data']);

export function clean(row: Row, options: CleanOptions): Row {
  const omitted = options.userData === 'omit' ? userData : undefined;
  const kept = Object.keys(row).filter(key => !(omitted?.has(key) ?? false));
  return tidy(Object.fromEntries(kept.map(key => [key, row[key]])), false, '', options.onSecret) as Row;
}

/** `Object.fromEntries` and not assignment: a key may be `__proto__`. */
function tidy(value: unknown, users: boolean, path: string, onSecret: CleanOptions['onSecret']): unknown {
  if (Array.isArray(value))
    return value.map((item, index) => tidy(item, users, `${path}[${index}]`, onSecret));
  if (!users && typeof value === 'string' && isCall.test(path) && value !== redacted && isSecretUrl(value)) {
    onSecret?.(path, value);
    return redacted;
  }
  if (!isPlainObject(value)) return value;
  const entries: [string, unknown][] = [];
  for (const key of Object.keys(value).sort()) {
    const item = value[key];
    if (!users && key === 'links' && isLinks(item)) continue;
    const at = path === '' ? key : `${path}.${key}`;
    if (!users && isSecret(key, path) && says(item)) {
      if (typeof item === 'string' && item !== redacted) onSecret?.(at, item);
      entries.push([key, redacted]);
    } else entries.push([key, tidy(item, users || own.has(key), at, onSecret)]);
  }
  return Object.fromEntries(entries);
}

/** Swift's metadata is the user's own words, but for the key that signs addresses. */
const ownHeader = /^x-(?:account|container|object)-meta-(?!temp-url-key)/;

function isSecret(key: string, path: string): boolean {
  if (ownHeader.test(key)) return false;
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return secret.test(plain) || (path === 'environment' && environmentSecret.test(plain));
}

/** What an alarm calls. */
const isCall = /^(?:alarm|ok|insufficient_data)_actions\[\d+\]$/;

/** A URL that lets in whoever has it: it holds a password, or a token or a signature. */
function isSecretUrl(text: string): boolean {
  if (/^[^:/?#]+:\/\/[^/?#@]*:[^/?#@]+@/.test(text)) return true;
  const [, query = ''] = /\?([^#]*)/.exec(text) ?? [];
  return query.split(/[&;]/).some(pair => {
    const [name = '', value = ''] = pair.split('=');
    return value !== '' && (isSecret(name, '') || /^(?:x-amz-)?sig(?:nature)?$|key$/i.test(name));
  });
}

function says(value: unknown): boolean {
  if (value === null || value === '' || typeof value === 'boolean') return false;
  return typeof value !== 'object' || Object.keys(value).length > 0;
}

/** Hypermedia: addresses of this cloud's endpoints, which differ from one view of the same project to another. */
function isLinks(value: unknown): boolean {
  if (Array.isArray(value))
    return value.every(item => isPlainObject(item) && typeof item['href'] === 'string');
  // Designate's form.
  return (
    isPlainObject(value) &&
    Object.values(value).every(item => typeof item === 'string' && /^https?:/.test(item))
  );
}
