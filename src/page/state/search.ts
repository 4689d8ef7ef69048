/** Words that somebody looks for -> the things that have them. Pure. */
import {printable} from '../../model/printable.ts';
import {isPlainObject} from '../../model/value.ts';
import type {PageThing} from '../data.ts';

/** An IPv4 or IPv6 address, with or without the length of its net, or a MAC address. */
const address = /^(?:[0-9]{1,3}(?:\.[0-9]{1,3}){3}|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7})(?:\/[0-9]{1,3})?$/i;

/** Deeper than any API's answer. */
const deepest = 12;

/** What a thing is found by: what it is called, its kind, its id, and the addresses in its row. */
export function haystack({label, name, id, kind, resource = '', row}: PageThing): string {
  const addresses = new Set<string>();
  collect(row, addresses, 0);
  const kinds = `${kind} ${kind.replaceAll('_', ' ')} ${kind.replaceAll('_', '-')}`;
  return [printable(label), label, name, id, kinds, resource, ...addresses].join('\n').toLowerCase();
}

function collect(value: unknown, found: Set<string>, depth: number): void {
  if (depth > deepest) return;
  if (typeof value === 'string') {
    if (value.length < 64 && address.test(value)) found.add(value);
  } else if (Array.isArray(value)) for (const item of value) collect(item, found, depth + 1);
  else if (isPlainObject(value)) for (const item of Object.values(value)) collect(item, found, depth + 1);
}

/** All words have to be there, in any order and whatever their case. */
export function finder(query: string): ((hay: string) => boolean) | undefined {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? undefined : hay => words.every(word => hay.includes(word));
}

/** What people mean first where a port, say, is called as its server is. */
const first = new Set(['server', 'network', 'router', 'load_balancer']);

/** Things called so come before those that merely have it somewhere. */
export function ranked(things: readonly PageThing[], query: string): readonly PageThing[] {
  const plain = query.trim().toLowerCase();
  const rank = ({label, name, id, kind}: PageThing): number => {
    const called = (name || label).toLowerCase();
    const other = first.has(kind) ? 0 : 0.5;
    if (called === plain || id === plain) return other;
    if (called.startsWith(plain)) return 1 + other;
    return (called.includes(plain) ? 2 : 3) + other;
  };
  return things
    .map(thing => ({thing, at: rank(thing)}))
    .sort((a, b) => a.at - b.at)
    .map(({thing}) => thing);
}
