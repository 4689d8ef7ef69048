/** The same rows before and after: proof that nothing of a project was touched. Pure. */
import type {Graph} from '../model/graph.ts';
import {type Gap, type Inventory, isAbsence, type Row} from '../model/inventory.ts';
import {isPlainObject} from '../model/value.ts';

export interface Touched {
  readonly kind: string;
  readonly id: string;
  /** Field of the row; `*` where it is gone or new. */
  readonly field: string;
  readonly what: 'changed' | 'gone' | 'new';
}

export interface Untouched {
  /** Rows looked at, of the first inventory. */
  readonly rows: number;
  readonly fields: number;
  readonly touched: readonly Touched[];
  /** What could not be read on either side: of that nothing is proven. */
  readonly blind: readonly Gap[];
}

/** They say that somebody looked after a thing, not that it is another. */
const stamps: ReadonlySet<string> = new Set(['updated_at', 'updated', 'revision_number']);

/** A stack that takes things over is new by itself. */
const own: ReadonlySet<string> = new Set(['stack', 'stack_resource']);

/** The rows, and which of them are the project's own to rebuild. */
export interface Reading {
  readonly inventory: Inventory;
  readonly graph: Graph;
}

/**
 * Every field by the row's id, but for time stamps and revisions. What isn't the project's own (the user's other key
 * pairs, a network of somebody else's) may change at any time, and is left out.
 */
export function untouched(before: Reading, after: Reading): Untouched {
  const kinds = [...new Set([before, after].flatMap(({inventory}) => Object.keys(inventory.rows)))]
    .filter(kind => !own.has(kind))
    .sort();
  const touched: Touched[] = [];
  let rows = 0;
  let fields = 0;
  for (const kind of kinds) {
    const [first, second] = [ownRows(before, kind), ownRows(after, kind)];
    rows += first.size;
    for (const id of [...new Set([...first.keys(), ...second.keys()])].sort()) {
      const [a, b] = [first.get(id), second.get(id)];
      if (a === undefined || b === undefined) {
        touched.push({kind, id, field: '*', what: b === undefined ? 'gone' : 'new'});
        continue;
      }
      for (const field of [...new Set([...Object.keys(a), ...Object.keys(b)])].sort()) {
        if (stamps.has(field)) continue;
        fields += 1;
        if (!same(a[field], b[field])) touched.push({kind, id, field, what: 'changed'});
      }
    }
  }
  const gaps = new Map(
    [...before.inventory.gaps, ...after.inventory.gaps].map(gap => [JSON.stringify(gap), gap]),
  );
  return {rows, fields, touched, blind: [...gaps.values()].filter(gap => !isAbsence(gap))};
}

function ownRows({inventory, graph}: Reading, kind: string): ReadonlyMap<string, Row> {
  const rows = (inventory.rows[kind] ?? []).map((row): [string, Row] => [String(row['id']), row]);
  return new Map(
    rows.filter(([id]) => {
      const place = graph.nodes.get(`${kind}:${id}`)?.place.as;
      return place !== undefined && place !== 'skipped';
    }),
  );
}

/** Parts of a row (a group's rules) have stamps of their own. */
function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a, unstamped) === JSON.stringify(b, unstamped);
}

function unstamped(_key: string, value: unknown): unknown {
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !stamps.has(key))
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}
