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

  /**
   * @param wanted Rows to take of this answer; the others are not what was asked for.
   * @returns Ids of the rows that were not here before.
   */
  add(
    elements: readonly unknown[],
    call: ListCall,
    wanted: (row: Row) => boolean = () => true,
    extra: Row = {},
  ): readonly string[] {
    const fresh: string[] = [];
    for (const element of elements) {
      this.#answered += 1;
      const row = this.#rowOf(element, call, extra);
      if (row === undefined) this.#malformed += 1;
      else if (wanted(row)) {
        const id = row['id'] as string;
        if (!this.#rows.has(id)) fresh.push(id);
        this.#put(row);
      }
    }
    return fresh;
  }

  /** More of a row than its list told. */
  extend(id: string, more: Row, call: ListCall): void {
    const row = this.#rows.get(id);
    const whole =
      row === undefined
        ? undefined
        : this.#rowOf({...row, ...more}, {...call, unwrap: '', idOf: () => id}, {});
    if (whole === undefined) return;
    this.#sorted = undefined;
    this.#rows.set(id, whole);
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

  #rowOf(element: unknown, call: ListCall, extra: Row): Row | undefined {
    const object =
      call.unwrap === undefined || call.unwrap === '' || !isPlainObject(element)
        ? element
        : (element as Readonly<Record<string, unknown>>)[call.unwrap];
    if (!isPlainObject(object)) return undefined;
    const id = idOf(object, call);
    if (typeof id !== 'string' || id === '') return undefined;
    const {onRowSecret} = this.#options;
    const onSecret =
      onRowSecret === undefined
        ? undefined
        : (path: string, value: string) => {
            onRowSecret(id, path, value);
          };
    const shallow = this.#shallow(object, id);
    const whole = object['id'] === id && Object.keys(extra).length === 0;
    const row = clean(whole ? shallow : {...shallow, ...extra, id}, {...this.#options, onSecret});
    const sorted = this.#options.unordered.filter(field => Array.isArray(row[field]));
    if (sorted.length === 0) return row;
    const lists = sorted.map(field => [field, byText(row[field] as unknown[])] as const);
    return Object.assign(row, Object.fromEntries(lists));
  }

  /** Without what no file of ours could hold, and no program walk through. */
  #shallow(object: Row, id: string): Row {
    const deep = Object.keys(object).filter(field => isDeeper(object[field], DEEPEST_JSON));
    if (deep.length === 0) return object;
    for (const field of deep) this.#deep.add(`${field} of ${id}`);
    return Object.fromEntries(Object.entries(object).filter(([field]) => !deep.includes(field)));
  }

  #put(row: Row): void {
    const id = row['id'] as string;
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
