/** What is kept of an answer for one row: its headers, its bytes as text. */
import type {Row} from '../model/inventory.ts';

/** Headers that say something of the object, not of this one answer, its server or the proxies on its way. */
export function ownHeaders(headers: Readonly<Record<string, string>>): Row {
  const answers =
    /^x-(?:trans-id|(?:.+-)?request-id|timestamp|backend-.+|cache(?:-.+)?|content-type-options|envoy-.+|forwarded-.+|frame-options|powered-by|runtime|served-by|xss-protection)$/;
  const own = Object.entries(headers).filter(([name]) => name.startsWith('x-') && !answers.test(name));
  return Object.fromEntries(own.map(([name, value]) => [name, asUtf8(value)]));
}

/** Swift sends the bytes that it was given, in practice UTF-8; Node reads any header as Latin-1. */
function asUtf8(value: string): string {
  const bytes = Buffer.from(value, 'latin1');
  const text = bytes.toString('utf8');
  return bytes.equals(Buffer.from(text)) ? text : value;
}

/** Undefined for bytes that are no UTF-8: half of a secret is none. */
export function utf8Of(bytes: Uint8Array = new Uint8Array()): string | undefined {
  try {
    return new TextDecoder('utf-8', {fatal: true, ignoreBOM: true}).decode(bytes);
  } catch {
    return undefined;
  }
}
