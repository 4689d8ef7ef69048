/** Where lists that were answered one after another don't agree: something changed in between. Pure. */
import type {ListCall, Named, RowsByKind} from '../model/list-call.ts';
import type {Row} from '../model/inventory.ts';

/** A row names another that its own list lacks, or that says otherwise. */
export interface Contradiction {
  /** The same for the same contradiction, however often the lists are read. */
  readonly key: string;
  /** Kind of the row that names the other. */
  readonly from: string;
  readonly id: string;
  /** Kind of the other. */
  readonly to: string;
  /** Of the other: what it is known by. */
  readonly value: string;
  /** It is missing for good, where its service lets nobody name what isn't there. Else lasting discord is an answer too. */
  readonly sure: boolean;
}

type Calls = readonly {readonly kind: string; readonly call: Pick<ListCall, 'names'>}[];

/**
 * @param rows Those of this project, or visible to it, that were read.
 * @param asks Whether what a row says counts: other projects' rows name what we can't see.
 * @param whole Kinds whose rows were read, all of them.
 */
export function contradictions(
  calls: Calls,
  rows: RowsByKind,
  asks: (row: Row) => boolean,
  whole: ReadonlySet<string>,
): Contradiction[] {
  const known = new Index(rows);
  const found = new Map<string, Contradiction>();
  for (const {kind: from, call} of calls) {
    if (call.names === undefined || !whole.has(from)) continue;
    for (const row of rows[from] ?? []) {
      if (!asks(row)) continue;
      for (const named of namedBy(call.names, row)) {
        const {kind: to, value, agrees, sure = false} = named;
        if (typeof value !== 'string' || value === '' || !whole.has(to)) continue;
        const others = known.rowsOf(named);
        if (others.some(other => agrees === undefined || holds(agrees, other))) continue;
        const id = row['id'] as string;
        const key = JSON.stringify([from, id, to, value]);
        found.set(key, {key, from, id, to, value, sure: sure && others.length === 0});
      }
    }
  }
  return [...found.values()];
}

/** Rows by what they are known by. No text is made of kind and field to find them: that is done for every name. */
class Index {
  readonly #rows: RowsByKind;
  readonly #kinds = new Map<string, Map<string, ReadonlyMap<unknown, readonly Row[]>>>();

  constructor(rows: RowsByKind) {
    this.#rows = rows;
  }

  rowsOf({kind, field = 'id', value}: Named): readonly Row[] {
    let fields = this.#kinds.get(kind);
    if (fields === undefined) this.#kinds.set(kind, (fields = new Map()));
    let groups = fields.get(field);
    if (groups === undefined) fields.set(field, (groups = grouped(this.#rows[kind] ?? [], field)));
    return groups.get(value) ?? [];
  }
}

function grouped(rows: readonly Row[], field: string): ReadonlyMap<unknown, readonly Row[]> {
  const groups = new Map<unknown, Row[]>();
  for (const row of rows) {
    const group = groups.get(row[field]);
    if (group === undefined) groups.set(row[field], [row]);
    else group.push(row);
  }
  return groups;
}

/** A malformed row names nothing; its fields are accounted for later. */
function namedBy(names: NonNullable<ListCall['names']>, row: Row): readonly Named[] {
  try {
    return [...names(row)];
  } catch {
    return [];
  }
}

function holds(agrees: (other: Row) => boolean, other: Row): boolean {
  try {
    return agrees(other);
  } catch {
    return true;
  }
}
