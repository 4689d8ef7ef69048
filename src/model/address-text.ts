/** Addresses in texts: what a text says as a whole, and what it mentions. Pure. */
import {Buffer} from 'node:buffer';
import {addressText, parseAddress, parseCidr, type Address, type Span} from './cidr.ts';

/** A text that is an address, a net (also by one of its hosts, as `10.0.0.5/24`) or a range, and nothing else. */
export interface Said extends Span {
  /** The same form for another place. @param move For each address in it. */
  readonly moved: (move: (value: bigint) => bigint) => string;
}

export function saidIn(text: string): Said | undefined {
  if (text.length > 100 || !/^[\da-f.:]+(?:[/-][\da-f.:]+)?$/i.test(text)) return undefined;
  const address = parseAddress(text);
  if (address !== undefined) {
    const {version, value} = address;
    return {version, first: value, last: value, moved: move => addressText({version, value: move(value)})};
  }
  const [before = '', after = ''] = text.split(/[/-]/);
  const base = parseAddress(before);
  if (base === undefined) return undefined;
  const {version, value} = base;
  const net = parseCidr(text);
  if (net !== undefined)
    return {
      version,
      first: net.first,
      last: net.last,
      moved: move => `${addressText({version, value: move(value)})}/${net.prefix}`,
    };
  const end = text.includes('-') ? parseAddress(after) : undefined;
  if (end?.version !== version || end.value < value) return undefined;
  const write = (one: bigint): string => addressText({version, value: one});
  return {
    version,
    first: value,
    last: end.value,
    moved: move => `${write(move(value))}-${write(move(end.value))}`,
  };
}

const v4 = /(?<![\d.])(?:\d{1,3}\.){3}\d{1,3}(?![\d]|\.\d|\.in-addr\.arpa)(?:\/\d{1,2}(?!\d))?/gi;
const v6 = /(?<![\w:.])[\da-f]*:[\da-f:]*:[\da-f:.]*(?:\/\d{1,3}(?!\d))?/gi;
const reverse4 = /(?<![\w.-])((?:\d{1,3}\.){1,4})in-addr\.arpa\b/gi;
const reverse6 = /(?<![\w.-])((?:[\da-f]\.){1,32})ip6\.arpa\b/gi;

/** Everything that a longer text mentions, reverse DNS names included; an address inside a net is that net. */
export function* mentionedIn(text: string): Generator<Span> {
  if (/\d\.\d/.test(text)) for (const [found] of text.matchAll(v4)) yield* spanOf(found);
  if (/:[\da-f]*:/i.test(text))
    for (const [found] of text.matchAll(v6)) {
      const [whole] = [...spanOf(found)];
      // A sentence goes on behind it.
      yield* whole === undefined ? spanOf(found.replace(/[:.](?=\/|$)/, '')) : [whole];
    }
  if (!/\.arpa\b/i.test(text)) return;
  for (const [, labels = ''] of text.matchAll(reverse4)) {
    const bytes = labels.split('.').slice(0, -1).reverse();
    const base = [...bytes, '0', '0', '0'].slice(0, 4).join('.');
    yield* spanOf(`${base}/${bytes.length * 8}`);
  }
  for (const [, labels = ''] of text.matchAll(reverse6)) {
    const digits = labels.split('.').slice(0, -1).reverse().join('');
    const groups = digits.padEnd(32, '0').match(/.{4}/g) ?? [];
    yield* spanOf(`${groups.join(':')}/${digits.length * 4}`);
  }
}

/** What the value of a field mentions: user data is base64 in a server's row, and text in a template. */
export function* mentionedBy(field: string, value: string): Generator<Span> {
  yield* mentionedIn(value);
  if (field.endsWith('user_data')) yield* mentionedIn(Buffer.from(value, 'base64').toString('latin1'));
}

function* spanOf(text: string): Generator<Span> {
  const address: Address | undefined = parseAddress(text);
  if (address !== undefined) yield {version: address.version, first: address.value, last: address.value};
  else {
    const net = parseCidr(text);
    if (net !== undefined) yield net;
  }
}
