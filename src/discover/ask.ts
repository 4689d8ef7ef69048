/** How a list call is put: path, query, microversion, ids in portions. Pure. */
import type {Query, Service} from '../cloud/types.ts';
import type {ListCall} from '../model/list-call.ts';
import type {Row} from '../model/inventory.ts';

/** Longest text of ids in one query: request lines beyond 8 KiB are refused by some servers. */
const portion = 4000;

/** The highest microversion that the service, our tests and the list's shape have in common. */
export function microversionFor(service: Service, highest: string | undefined): string | undefined {
  const {microversion, microversions} = service;
  if (microversion === undefined || highest === undefined) return microversion;
  if (compareVersions(microversion, highest) <= 0) return microversion;
  const tooOld = microversions !== undefined && compareVersions(highest, microversions.min) < 0;
  return tooOld ? microversions.min : highest;
}

export function compareVersions(a: string, b: string): number {
  const [aMajor = 0, aMinor = 0] = a.split('.').map(Number);
  const [bMajor = 0, bMinor = 0] = b.split('.').map(Number);
  return aMajor - bMajor || aMinor - bMinor;
}

/** Queries that ask for these ids, and the ids that can't be asked for because of their characters. */
export function queriesFor(
  referred: NonNullable<ListCall['referred']>,
  ids: readonly string[],
): {
  readonly queries: readonly {readonly ids: ReadonlySet<string>; readonly query: Query}[];
  readonly refused: readonly string[];
} {
  if (referred.style === 'whole') {
    return {queries: ids.length === 0 ? [] : [{ids: new Set(ids), query: {}}], refused: []};
  }
  // Glance splits `in:` at commas and reads quotes.
  const plain = referred.style === 'in' ? /^[\w.:-]{1,255}$/ : /^[^\p{Cc}\p{Cs}]{1,255}$/u;
  const overhead = referred.style === 'in' ? 1 : referred.parameter.length + 2;
  const portions: string[][] = [];
  let room = 0;
  for (const id of ids.filter(id => plain.test(id)).sort()) {
    const size = encodeURIComponent(id).length + overhead;
    if (room < size) {
      portions.push([]);
      room = portion;
    }
    portions.at(-1)?.push(id);
    room -= size;
  }
  return {
    queries: portions.map(ids => ({
      ids: new Set(ids),
      query: {[referred.parameter]: referred.style === 'in' ? `in:${ids.join(',')}` : ids},
    })),
    refused: ids.filter(id => !plain.test(id)),
  };
}

/** `{name}` placeholders from the parent's fields; undefined where the parent has no text that an address can hold. */
export function fillPath(path: string, parent: Row): string | undefined {
  let filled: string | undefined = path;
  for (const [placeholder, field = ''] of path.matchAll(/\{(\w+)\}/g)) {
    const value = parent[field];
    if (typeof value !== 'string' || /^\.{0,2}$|\p{Cs}/u.test(value)) return undefined;
    filled = filled.replace(placeholder, () => encodeURIComponent(value));
  }
  return filled;
}

/** The same in the values of a query. */
export function fillQuery(query: NonNullable<ListCall['query']>, parent: Row): Query | undefined {
  const filled: Record<string, string> = {};
  for (const [name, value] of Object.entries(query)) {
    const [, field] = /^\{(\w+)\}$/.exec(value) ?? [];
    const text = field === undefined ? value : parent[field];
    if (typeof text !== 'string' || text === '') return undefined;
    filled[name] = text;
  }
  return filled;
}
