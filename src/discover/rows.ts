/** From the elements of a list's answer to rows: unwrapped, with an id, clean, in one key order; nothing lost unseen. */
import type {ListCall} from '../model/list-call.ts';
import type {Gap, Row} from '../model/inventory.ts';
import {DEEPEST_JSON, isDeeper} from '../model/json.ts';
import {isPlainObject} from '../model/value.ts';
import {clean, type CleanOptions} from './clean.ts';

export interface ShelfOptions extends CleanOptions {
  /** List fields whose order means nothing: sorted, so that the same data gives the same bytes. */
  readonly unordered: readonly string[];
  /** Is told of each secret left out: id of the row, path in it. */
  readonly onRowSecret?: ((id: string, path: string, value: string) => void) | undefined;
}

/** An element of an answer, ready for the shelf: making it so is most of the work, and needs no other row. */
export interface Taken {
  /** Undefined where the element is no object with an id. */
  readonly row: Row | undefined;
  /** Fields that nest too deep and are left out. */
  readonly deep: readonly string[];
  /** Left out, with their paths. */
  readonly secrets: readonly (readonly [path: string, value: string])[];
}

const malformed: Taken = {row: undefined, deep: [], secrets: []};

/** The rows of one kind while they are being read. */
export class Shelf {
  readonly #rows = new Map<string, Row>();
  readonly #options: ShelfOptions;
  readonly #changed = new Set<string>();
  readonly #deep = new Set<string>();
  #malformed = 0;
  #answered = 0;
  /** Undefined after a change. */
  #sorted: readonly Row[] | undefined;

  constructor(options: ShelfOptions) {
    this.#options = options;
  }

  has(id: string): boolean {
    return this.#rows.has(id);
  }

  /** Sorted by id. */
  rows(): readonly Row[] {
    return (this.#sorted ??= [...this.#rows.keys()].sort().map(id => this.#rows.get(id) ?? {}));
  }

  /** Before its kind is read anew. */
  clear(): void {
    this.#sorted = undefined;
    this.#rows.clear();
    this.#changed.clear();
    this.#deep.clear();
    this.#malformed = 0;
    this.#answered = 0;
  }

  /** Forgets rows that are no more. */
  drop(isGone: (row: Row) => boolean): void {
    this.#sorted = undefined;
    for (const [id, row] of this.#rows) if (isGone(row)) this.#rows.delete(id);
  }

  /** Ids that were listed twice with different content. */
  changed(): readonly string[] {
    return [...this.#changed].sort();
  }

  /** Makes a row of an element. */
  take(element: unknown, call: ListCall, extra: Row = none): Taken {
    const object =
      call.unwrap === undefined || call.unwrap === '' || !isPlainObject(element)
        ? element
        : (element as Readonly<Record<string, unknown>>)[call.unwrap];
    if (!isPlainObject(object)) return malformed;
    const id = idOf(object, call);
    if (typeof id !== 'string' || id === '') return malformed;
    const deep = Object.keys(object).filter(field => isDeeper(object[field], DEEPEST_JSON));
    const shallow = deep.length === 0 ? object : without(object, deep);
    const whole = object['id'] === id && extra === none;
    const secrets: [string, string][] = [];
    const onSecret = (path: string, value: string): void => void secrets.push([path, value]);
    const row = clean(whole ? shallow : {...shallow, ...extra, id}, {...this.#options, onSecret});
    for (const field of this.#options.unordered)
      if (Array.isArray(row[field])) Object.assign(row, {[field]: byText(row[field] as unknown[])});
    return {row, deep, secrets};
  }

  /**
   * @param wanted Rows to keep of this answer; the others are not what was asked for.
   * @returns Ids of the rows that were not here before.
   */
  add(taken: readonly Taken[], wanted: (row: Row) => boolean = () => true): readonly string[] {
    const fresh: string[] = [];
    for (const one of taken) {
      this.#answered += 1;
      const {row} = one;
      if (row === undefined) {
        this.#malformed += 1;
        continue;
      }
      const id = row['id'] as string;
      this.#note(id, one);
      if (!wanted(row)) continue;
      if (!this.#rows.has(id)) fresh.push(id);
      this.#put(id, row);
    }
    return fresh;
  }

  /** More of a row than its list told. */
  extend(id: string, more: Row, call: ListCall): void {
    const row = this.#rows.get(id);
    if (row === undefined) return;
    const taken = this.take({...row, ...more}, {...call, unwrap: '', idOf: () => id});
    if (taken.row === undefined) return;
    this.#note(id, taken);
    this.#sorted = undefined;
    this.#rows.set(id, taken.row);
  }

  /** What could not be taken as it came. */
  gaps(service: string, kind: string): Gap[] {
    const gaps: Gap[] = [];
    if (this.#malformed > 0) {
      const detail = `${this.#malformed} of ${this.#answered} rows of ${kind} are no objects with an id`;
      gaps.push({service, kind, reason: 'failed', detail});
    }
    if (this.#deep.size > 0) {
      const detail = `fields nested deeper than ${DEEPEST_JSON} levels are left out: ${[...this.#deep].sort().join(', ')}`;
      gaps.push({service, kind, reason: 'failed', detail});
    }
    if (this.#changed.size > 0) {
      const detail = `listed twice with different content, changed while it was read: ${this.changed().join(', ')}`;
      gaps.push({service, kind, reason: 'failed', detail});
    }
    return gaps;
  }

  #note(id: string, {deep, secrets}: Taken): void {
    for (const field of deep) this.#deep.add(`${field} of ${id}`);
    for (const [path, value] of secrets) this.#options.onRowSecret?.(id, path, value);
  }

  #put(id: string, row: Row): void {
    const before = this.#rows.get(id);
    if (before !== undefined) {
      const [a, b] = [JSON.stringify(before), JSON.stringify(row)];
      if (a !== b) this.#changed.add(id);
      if (a <= b) return;
    }
    this.#sorted = undefined;
    this.#rows.set(id, row);
  }
}

const none: Row = {};

/** What no file of ours could hold, and no program walk through. */
function without(object: Row, fields: readonly string[]): Row {
  return Object.fromEntries(Object.entries(object).filter(([field]) => !fields.includes(field)));
}

function idOf(object: Row, call: ListCall): unknown {
  if (call.idOf === undefined) return object[call.idField ?? 'id'];
  try {
    return call.idOf(object);
  } catch {
    return undefined;
  }
}

function byText(list: readonly unknown[]): readonly unknown[] {
  if (list.length < 2) return list;
  const texts = list.map(item => ({item, text: JSON.stringify(item)}));
  return texts.sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0)).map(({item}) => item);
}
