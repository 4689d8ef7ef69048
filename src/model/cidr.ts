/** Addresses, nets and what Neutron picks for a subnet by itself. Pure; bad text gives undefined. */

export interface Address {
  readonly version: 4 | 6;
  readonly value: bigint;
}

/** First and last address, both included. */
export interface Span {
  readonly version: 4 | 6;
  readonly first: bigint;
  readonly last: bigint;
}

export interface Cidr extends Span {
  readonly prefix: number;
}

/** First and last address, both included. */
export type Range = readonly [bigint, bigint];

export function parseAddress(text: string): Address | undefined {
  return text.includes(':') ? parseV6(text) : parseV4(text);
}

function parseV4(text: string): Address | undefined {
  const parts = text.split('.');
  if (parts.length !== 4) return undefined;
  let value = 0n;
  for (const part of parts) {
    if (!/^\d{1,3}$/.test(part) || Number(part) > 255) return undefined;
    value = value * 256n + BigInt(part);
  }
  return {version: 4, value};
}

function parseV6(text: string): Address | undefined {
  const halves = text.split('::');
  if (halves.length > 2) return undefined;
  const head = groups(halves[0] ?? '');
  const tail = halves.length === 2 ? groups(halves[1] ?? '') : [];
  if (head === undefined || tail === undefined) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const all = [...head, ...Array.from({length: missing}, () => 0n), ...tail];
  return {version: 6, value: all.reduce((value, group) => value * 65536n + group, 0n)};
}

/** 16-bit groups of one half of an IPv6 address; a dotted IPv4 tail counts as two. */
function groups(half: string): readonly bigint[] | undefined {
  const found: bigint[] = [];
  for (const part of half === '' ? [] : half.split(':')) {
    if (part.includes('.')) {
      const v4 = parseV4(part);
      if (v4 === undefined) return undefined;
      found.push(v4.value / 65536n, v4.value % 65536n);
    } else if (/^[0-9a-f]{1,4}$/i.test(part)) found.push(BigInt(`0x${part}`));
    else return undefined;
  }
  return found;
}

export function parseCidr(text: string): Cidr | undefined {
  const [base, length, ...more] = text.split('/');
  const address = parseAddress(base ?? '');
  if (address === undefined || more.length > 0 || length === undefined || !/^\d{1,3}$/.test(length))
    return undefined;
  const bits = address.version === 4 ? 32 : 128;
  const prefix = Number(length);
  if (prefix > bits) return undefined;
  const size = 1n << BigInt(bits - prefix);
  const first = (address.value / size) * size;
  return {version: address.version, prefix, first, last: first + size - 1n};
}

/** As Neutron writes it. */
export function cidrText({version, first, prefix}: Cidr): string {
  return `${addressText({version, value: first})}/${prefix}`;
}

export function doOverlap(a: Span | undefined, b: Span | undefined): boolean {
  return (
    a !== undefined && b !== undefined && a.version === b.version && a.first <= b.last && b.first <= a.last
  );
}

export function holds(outer: Span | undefined, inner: Span): boolean {
  return (
    outer !== undefined &&
    outer.version === inner.version &&
    outer.first <= inner.first &&
    inner.last <= outer.last
  );
}

/** The lower half of the IPv6 address that a MAC gives by itself (RFC 4291, modified EUI-64). */
export function eui64(mac: string): bigint | undefined {
  const bytes = mac.split(':').map(byte => (/^[0-9a-f]{2}$/i.test(byte) ? BigInt(`0x${byte}`) : undefined));
  if (bytes.length !== 6) return undefined;
  const [first, ...rest] = bytes;
  if (first === undefined) return undefined;
  return [first ^ 2n, ...rest.slice(0, 2), 0xffn, 0xfen, ...rest.slice(2)].reduce<bigint | undefined>(
    (value, byte) => (value === undefined || byte === undefined ? undefined : value * 256n + byte),
    0n,
  );
}

/** The gateway Neutron picks; proof: neutron `db/ipam_backend_mixin.py`, `_gateway_ip_str`. */
export function usualGateway(cidr: Cidr): bigint {
  return cidr.version === 4 ? cidr.first + 1n : cidr.first;
}

/** The pools Neutron makes; proof: neutron `ipam/utils.py`, `generate_pools`. */
export function usualPools(cidr: Cidr, gateway: bigint | undefined): readonly Range[] {
  const {first, last, version, prefix} = cidr;
  if (first === last) return [[first, last]];
  const all: Range =
    version === 6 ? [first + 1n, last] : prefix <= 30 ? [first + 1n, last - 1n] : [first, last];
  if (gateway === undefined || gateway < all[0] || gateway > all[1]) return [all];
  const around: Range[] = [
    [all[0], gateway - 1n],
    [gateway + 1n, all[1]],
  ];
  return around.filter(([start, end]) => start <= end);
}

/** Numeric order of addresses as text; what is no address sorts last, as text. */
export function byAddress(a: string, b: string): number {
  const [x, y] = [parseAddress(a), parseAddress(b)];
  if (x === undefined || y === undefined) return x === y ? order(a, b) : x === undefined ? 1 : -1;
  return x.version - y.version || order(x.value, y.value);
}

export function order<T extends string | number | bigint | boolean>(a: T, b: T): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** As people write it; IPv6 with its longest run of zeros left out (RFC 5952). */
export function addressText({version, value}: Address): string {
  if (version === 4) return [24n, 16n, 8n, 0n].map(shift => String((value >> shift) & 255n)).join('.');
  const parts = Array.from({length: 8}, (_, index) =>
    ((value >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const runs = [...`${parts.join(':')}:`.matchAll(/(?:(?<=^|:)0:){2,}/g)];
  const longest = runs.reduce<RegExpMatchArray | undefined>(
    (best, run) => (best === undefined || run[0].length > best[0].length ? run : best),
    undefined,
  );
  const whole = `${parts.join(':')}:`;
  if (longest?.index === undefined) return parts.join(':');
  const head = whole.slice(0, longest.index).replace(/:$/, '');
  const tail = whole.slice(longest.index + longest[0].length).replace(/:$/, '');
  return `${head}::${tail}`;
}
