/** What the page holds, ready to be looked things up in: nodes for a selection, links both ways, words to search. Pure. */
import type {Node, Place} from '../../model/graph.ts';
import type {Row} from '../../model/inventory.ts';
import {text, texts} from '../../model/json.ts';
import {Ref} from '../../model/value.ts';
import type {Lookup} from '../../shape/select/rules.ts';
import type {PageData, PageThing} from '../data.ts';

/** Another thing, and the properties that refer to it. */
export interface Link {
  readonly key: string;
  readonly how: readonly string[];
}

export interface Project {
  readonly data: PageData;
  readonly byKey: ReadonlyMap<string, PageThing>;
  /** As a selection reads them. */
  readonly nodes: ReadonlyMap<string, Node>;
  readonly scope: Lookup;
  /** Whether rows are there: without them nobody can tell what a selection brings. */
  readonly hasRows: boolean;
  /** What a thing refers to, or stands on. */
  readonly dependsOn: (key: string) => readonly Link[];
  readonly dependents: (key: string) => readonly Link[];
}

export function projectOf(data: PageData): Project {
  const {things, edges} = data;
  const byKey = new Map(things.map(thing => [thing.key, thing]));
  const forward = new Map<string, Map<string, string[]>>();
  const backward = new Map<string, Map<string, string[]>>();
  const link = (from: string, to: string, how: string): void => {
    if (from === to || !byKey.has(from) || !byKey.has(to)) return;
    put(forward, from, to, how);
    put(backward, to, from, how);
  };
  for (const [from, to, property] of edges) link(things[from]?.key ?? '', things[to]?.key ?? '', property);
  for (const {key, of, under, needs, after} of things) {
    if (of !== undefined) link(key, of, 'part of');
    if (under !== undefined && under !== of) link(key, under, 'read with');
    // What a step needs is no edge of the graph.
    for (const need of needs) if (forward.get(key)?.has(need) !== true) link(key, need, 'needs');
    for (const one of after) if (forward.get(key)?.has(one) !== true) link(key, one, 'after');
  }
  return {
    data,
    byKey,
    nodes: new Map(things.map(thing => [thing.key, nodeOf(thing)])),
    scope: lookupOf(things),
    hasRows: things.every(({row}) => row !== undefined),
    dependsOn: key => linksOf(forward.get(key)),
    dependents: key => linksOf(backward.get(key)),
  };
}

function put(links: Map<string, Map<string, string[]>>, from: string, to: string, how: string): void {
  const own = links.get(from) ?? new Map<string, string[]>();
  links.set(from, own);
  const ways = own.get(to);
  if (ways === undefined) own.set(to, [how]);
  else if (!ways.includes(how)) ways.push(how);
}

function linksOf(links: ReadonlyMap<string, readonly string[]> | undefined): readonly Link[] {
  return [...(links ?? [])].map(([key, how]) => ({key, how}));
}

/** All that a selection reads of a node, and nothing of what a template would say. */
function nodeOf({key, kind, id, name, label, row, needs, after, under, stack, ...thing}: PageThing): Node {
  return {
    key,
    kind,
    id,
    name,
    label,
    row: row ?? {id},
    place: placeOf(thing),
    // Which property it is that refers makes no difference to what comes along.
    properties: {needs: needs.map(refOf)},
    after: after.map(refOf),
    under,
    ledger: [],
    steps: [],
    along: undefined,
    notes: [],
    stack,
  };
}

function placeOf({place, of, reason = ''}: Pick<PageThing, 'place' | 'of' | 'reason'>): Place {
  if (place === 'part' && of !== undefined) return {as: 'part', of: refOf(of)};
  if (place === 'lost') return {as: 'lost', reason};
  if (place === 'skipped') return {as: 'skipped', reason};
  return place === 'existing' || place === 'step' ? {as: place} : {as: 'resource'};
}

function refOf(key: string): Ref {
  const at = key.indexOf(':');
  return new Ref(key.slice(0, at), key.slice(at + 1));
}

/** Rows by id and by what a field says, as `relate` has them; each index is made when it is first asked for. */
function lookupOf(things: readonly PageThing[]): Lookup {
  const kinds = new Map<string, Row[]>();
  const ids = new Map<string, Row>();
  for (const {key, kind, row} of things) {
    if (row === undefined) continue;
    ids.set(key, row);
    const rows = kinds.get(kind);
    if (rows === undefined) kinds.set(kind, [row]);
    else rows.push(row);
  }
  for (const rows of kinds.values()) rows.sort((a, b) => compare(text(a['id']), text(b['id'])));
  const indexes = new Map<string, Map<string, Row[]>>();
  const index = (kind: string, field: string): Map<string, Row[]> => {
    const name = `${kind} ${field}`;
    let found = indexes.get(name);
    if (found === undefined) {
      indexes.set(name, (found = new Map()));
      for (const row of kinds.get(kind) ?? []) {
        const held = row[field];
        for (const value of new Set(
          Array.isArray(held) ? texts(held) : typeof held === 'string' ? [held] : [],
        )) {
          const rows = found.get(value);
          if (rows === undefined) found.set(value, [row]);
          else rows.push(row);
        }
      }
    }
    return found;
  };
  return {
    row: ({kind}, id) => ids.get(`${kind}:${id}`) as never,
    by: ({kind}, field, value) => (index(kind, field).get(value) ?? []) as never,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
