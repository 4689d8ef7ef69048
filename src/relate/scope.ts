/** What mappings look at (define.ts, Scope), over the tables; and what they remark about their row. */
import type {AnySpec, Scope, Typed} from '../model/define.ts';
import {messageOf} from '../model/errors.ts';
import type {Place, Step} from '../model/graph.ts';
import type {Inventory, Row} from '../model/inventory.ts';
import type {Tables} from './tables.ts';

/** Remarks of one row's mapping. */
export interface Remarks {
  readonly losses: {readonly field: string; readonly reason: string}[];
  readonly steps: Step[];
  readonly notes: string[];
}

export interface Scopes {
  /** For look-ups only; remarks are dropped. */
  readonly base: Scope;
  /** A scope whose remarks are gathered for that node. */
  forNode(key: string): Scope;
  remarks(key: string): Remarks;
  /** Undefined where there is no such row. */
  place(kind: string, id: string): Place | undefined;
}

export function makeScopes(
  inventory: Inventory,
  specs: ReadonlyMap<string, AnySpec>,
  tables: Tables,
): Scopes {
  const places = new Map<string, Place>();
  const remarks = new Map<string, Remarks>();
  const memos = new Map<string, unknown>();

  const remarksOf = (key: string): Remarks => {
    let mine = remarks.get(key);
    if (mine === undefined) remarks.set(key, (mine = {losses: [], steps: [], notes: []}));
    return mine;
  };

  const place = (kind: string, id: string): Place | undefined => {
    const key = `${kind}:${id}`;
    const known = places.get(key);
    if (known !== undefined) return known;
    const row = tables.table(kind).byId.get(id);
    const spec = specs.get(kind);
    if (row === undefined || spec === undefined) return undefined;
    if (spec.heat === undefined) return {as: 'skipped', reason: 'only referred to'};
    places.set(key, {as: 'resource'}); // Two kinds whose places ask for each other: the asker counts as there.
    const found = placeOf(spec, row, forNode(key));
    places.set(key, found);
    return found;
  };

  const base: Scope = {
    project: inventory.source.project,
    userId: inventory.source.user_id,
    extensions: inventory.extensions,
    row: <K extends string, R>(type: Typed<K, R>, id: string | null | undefined) =>
      (typeof id === 'string' ? tables.table(type.kind).byId.get(id) : undefined) as R | undefined,
    rows: <K extends string, R>(type: Typed<K, R>) => tables.table(type.kind).rows as unknown as readonly R[],
    by: <K extends string, R>(type: Typed<K, R>, field: keyof R & string, value: string) =>
      tables.by(type.kind, field, value) as unknown as readonly R[],
    place: (type, id) => place(type.kind, id),
    memo: <V>(key: string, make: () => V) => {
      if (!memos.has(key)) memos.set(key, make());
      return memos.get(key) as V;
    },
    lose: () => undefined,
    step: () => undefined,
    note: () => undefined,
  };

  const forNode = (key: string): Scope => {
    const mine = remarksOf(key);
    return {
      ...base,
      lose: (field, reason) => void mine.losses.push({field, reason}),
      step: step => void mine.steps.push(step),
      note: text => void mine.notes.push(text),
    };
  };

  return {base, forNode, remarks: remarksOf, place};
}

function placeOf(spec: AnySpec, row: Row, scope: Scope): Place {
  if (spec.where === undefined) return {as: 'resource'};
  try {
    return spec.where(row as never, scope);
  } catch (error) {
    return {as: 'lost', reason: `the row can't be read: ${messageOf(error)}`};
  }
}
