/** Which addresses of a project lie in which of its subnets, and which fields of rows hold them. Pure. */
import type {Graph} from '../model/graph.ts';
import {isPlainObject, type RowField} from '../model/value.ts';
import {addressText, cidrText, parseAddress, parseCidr} from '../model/cidr.ts';

/** One text for all ways to write an address or a range; undefined for what is neither. */
export function normalAddress(text: string): string | undefined {
  const address = parseAddress(text);
  if (address !== undefined) return addressText(address);
  const range = parseCidr(text);
  if (range === undefined) return undefined;
  return cidrText(range);
}

/** Ranges, found by what lies in them. */
export class Ranges {
  /** First addresses by version and prefix length. */
  readonly #firsts = new Map<string, Map<bigint, string>>();
  readonly #sizes: {readonly version: 4 | 6; readonly prefix: number}[] = [];

  constructor(cidrs: Iterable<string>) {
    for (const cidr of cidrs) {
      const range = parseCidr(cidr);
      if (range === undefined) continue;
      const {version, prefix, first} = range;
      const size = `${version}/${prefix}`;
      let firsts = this.#firsts.get(size);
      if (firsts === undefined) {
        this.#firsts.set(size, (firsts = new Map()));
        this.#sizes.push({version, prefix});
      }
      firsts.set(first, normalAddress(cidr) ?? cidr);
    }
  }

  /** The ranges, as `normalAddress` has them, that the address or range lies in. */
  holding(text: string): readonly string[] {
    const cidr = parseCidr(text);
    const address = cidr === undefined ? parseAddress(text) : {version: cidr.version, value: cidr.first};
    if (address === undefined) return [];
    const {version, value} = address;
    const bits = version === 4 ? 32 : 128;
    const own = cidr?.prefix ?? bits;
    return this.#sizes.flatMap(size => {
      if (size.version !== version || size.prefix > own) return [];
      const span = 1n << BigInt(bits - size.prefix);
      const found = this.#firsts.get(`${version}/${size.prefix}`)?.get((value / span) * span);
      return found === undefined ? [] : [found];
    });
  }
}

export interface AddressUses {
  /** Fields by address or range, as `normalAddress` has it. */
  readonly of: ReadonlyMap<string, readonly RowField[]>;
  /** Fields that hold something within, by range. */
  readonly within: ReadonlyMap<string, readonly RowField[]>;
}

/** @param ranges Of what lies in them. @param fields Those at top of a row that count. Default: all. */
export function addressUses({nodes}: Graph, ranges: Ranges, fields?: ReadonlySet<string>): AddressUses {
  const of = new Map<string, RowField[]>();
  const within = new Map<string, RowField[]>();
  for (const {kind, id, row, place} of nodes.values()) {
    if (place.as === 'skipped') continue;
    for (const [top, held] of Object.entries(row)) {
      if (fields !== undefined && !fields.has(top)) continue;
      for (const [field, text] of texts(held, top)) {
        const normal = normalAddress(text);
        if (normal === undefined) continue;
        const use = {kind, id, field};
        if (fields !== undefined) add(of, normal, use);
        const around = ranges.holding(text);
        if (fields === undefined && around.length > 0) add(of, normal, use);
        for (const range of around) if (range !== normal) add(within, range, use);
      }
    }
  }
  return {of, within};
}

function* texts(value: unknown, path: string): Generator<readonly [path: string, text: string]> {
  if (typeof value === 'string') {
    if (/[.:]/.test(value) && value.length < 64) yield [path, value];
  } else if (Array.isArray(value)) {
    for (const [index, item] of (value as readonly unknown[]).entries())
      yield* texts(item, `${path}[${index}]`);
  } else if (isPlainObject(value)) {
    for (const key of Object.keys(value)) yield* texts(value[key], `${path}.${key}`);
  }
}

function add(map: Map<string, RowField[]>, key: string, use: RowField): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [use]);
  else known.push(use);
}
