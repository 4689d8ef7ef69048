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
  const kept =
    options.userData === 'omit'
      ? Object.fromEntries(Object.entries(row).filter(([key]) => !userData.has(key)))
      : row;
  return tidy(kept, false, '', options.onSecret) as Row;
}

/**
 * Copies a value without its secrets, the keys of its objects sorted.
 * @param users Whether the keys are the user's own words: nothing below is a secret by its name.
 */
function tidy(value: unknown, users: boolean, path: string, onSecret: CleanOptions['onSecret']): unknown {
  if (Array.isArray(value)) {
    const calls = !users && callLists.has(path);
    return value.map((item: unknown, index) => {
      if (typeof item !== 'object' && !calls) return item;
      const at = `${path}[${index}]`;
      if (!calls || typeof item !== 'string' || item === redacted || !isSecretUrl(item))
        return tidy(item, users, at, onSecret);
      onSecret?.(at, item);
      return redacted;
    });
  }
  if (!isPlainObject(value)) return value;
  const tidied: Record<string, unknown> = {};
  for (const key of Object.keys(value).sort()) {
    let item = value[key];
    if (!users && key === 'links' && isLinks(item)) continue;
    if (!users && isSecret(key, path) && says(item)) {
      if (typeof item === 'string' && item !== redacted) onSecret?.(join(path, key), item);
      item = redacted;
    } else if (typeof item === 'object' && item !== null) {
      item = tidy(item, users || own.has(key), join(path, key), onSecret);
    }
    put(tidied, key, item);
  }
  return tidied;
}

/** A mere assignment, many times as fast as defining, would change the object's prototype. */
function put(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, {value, writable: true, enumerable: true, configurable: true});
  else object[key] = value;
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** Swift's metadata is the user's own words, but for the key that signs addresses. */
const ownHeader = /^x-(?:account|container|object)-meta-(?!temp-url-key)/;

function isSecret(key: string, path: string): boolean {
  const kind = secrecyOf(key);
  return kind === 'secret' || (kind === 'in an environment' && path === 'environment');
}

type Secrecy = 'secret' | 'in an environment' | 'none';

/** What names of keys are, remembered: rows by the thousand have the same ones. Bounded, for users name keys too. */
const secrecies = new Map<string, Secrecy>();
const mostRemembered = 2000;

function secrecyOf(key: string): Secrecy {
  const known = secrecies.get(key);
  if (known !== undefined) return known;
  const plain = key.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const found = ownHeader.test(key)
    ? 'none'
    : secret.test(plain)
      ? 'secret'
      : environmentSecret.test(plain)
        ? 'in an environment'
        : 'none';
  if (secrecies.size < mostRemembered) secrecies.set(key, found);
  return found;
}

/** What an alarm calls. */
const callLists = new Set(['alarm_actions', 'ok_actions', 'insufficient_data_actions']);

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
