/** User data: what Nova answers in base64, as a file a person can read. */
import {Buffer} from 'node:buffer';
import type {Scope} from '../../model/define.ts';
import {FileText} from '../../model/value.ts';

export const FIELD = 'OS-EXT-SRV-ATTR:user_data';

/** Of the base64; proof: nova `api/openstack/compute/schemas/servers.py`, `user_data`. */
const LIMIT = 65_535;

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

export function userDataOf(
  name: string,
  encoded: string | null | undefined,
  scope: Scope,
): FileText | undefined {
  if (encoded === undefined) {
    scope.lose(
      FIELD,
      'not visible to this role: take the snapshot as an admin, or add the user data by hand',
    );
    return undefined;
  }
  if (encoded === null || encoded === '') return undefined;
  const plain = encoded.replaceAll(/\s/g, '');
  // Nova refuses more and quotes it in an error that Heat can't store: such a stack can't even be deleted.
  if (plain.length > LIMIT) return lose('longer than the 65535 characters that Nova takes', scope);
  if (!BASE64.test(plain)) return lose('not base64', scope);
  const bytes = Buffer.from(plain, 'base64');
  let text: string;
  try {
    text = new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    return lose('not UTF-8 text (compressed, for example), which is all that a template can carry', scope);
  }
  if (text.includes('\0')) return lose('it holds a null character, which no template can carry', scope);
  if (/^content-type:\s*text\/x-cfninitdata/im.test(text))
    scope.note('User data made by Heat for an earlier stack: it may call that stack.');
  if (isUuid(text)) scope.note('Heat takes this user data for the id of a software config if there is one.');
  return new FileText(`${name}.${extensionOf(text)}`, text);
}

function lose(reason: string, scope: Scope): undefined {
  scope.lose(FIELD, reason);
  return undefined;
}

/** Proof: oslo.utils `uuidutils.py`, `is_uuid_like`. */
function isUuid(text: string): boolean {
  return /^[0-9a-f]{32}$/i.test(text.replaceAll(/urn:|uuid:|[{}-]/gi, ''));
}

function extensionOf(text: string): string {
  const first = text.split('\n', 1)[0] ?? '';
  if (first.startsWith('#!')) return 'sh';
  if (/^#(?:cloud-config|cloud-config-archive)\b/.test(first)) return 'yaml';
  if (/^(?:#ps1|rem cmd|<powershell)/i.test(first)) return 'ps1';
  if (/^(?:content-type|mime-version):/i.test(first)) return 'mime';
  if (first.startsWith('{')) return 'json';
  return 'txt';
}
