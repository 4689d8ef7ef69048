/** Rows by kind and id, parts split off their owners' rows, and indexes built on first use. */
import type {AnySpec, Scope} from '../model/define.ts';
import {rowsOf, type Inventory, type Row} from '../model/inventory.ts';
import {messageOf} from '../model/errors.ts';

export interface Table {
  /** In the inventory's order, which is by id. */
  readonly rows: readonly Row[];
  readonly byId: ReadonlyMap<string, Row>;
}

/** A row, or its parts, that could not be read at all. */
export interface Unreadable {
  readonly kind: string;
  readonly id: string;
  readonly reason: string;
}

export class Tables {
  readonly unreadable: Unreadable[] = [];
  readonly #inventory: Inventory;
  readonly #specs: ReadonlyMap<string, AnySpec>;
  readonly #tables = new Map<string, Table>();
  readonly #indexes = new Map<string, Map<string, Row[]>>();
  #scope: Scope | undefined;

  constructor(inventory: Inventory, specs: readonly AnySpec[]) {
    this.#inventory = inventory;
    this.#specs = new Map(specs.map(spec => [spec.kind, spec]));
  }

  /** Parts are split with a scope, which itself looks things up here. */
  attach(scope: Scope): void {
    this.#scope = scope;
  }

  table(kind: string): Table {
    let table = this.#tables.get(kind);
    if (table === undefined) {
      this.#tables.set(kind, {rows: [], byId: new Map()}); // A split that asks for its own kind sees nothing yet.
      const rows = this.#rowsOf(kind);
      table = {rows, byId: new Map(rows.map(row => [row['id'] as string, row]))};
      this.#tables.set(kind, table);
    }
    return table;
  }

  /** Rows whose field equals the value or holds it. */
  by(kind: string, field: string, value: string): readonly Row[] {
    const name = `${kind}\0${field}`;
    let index = this.#indexes.get(name);
    if (index === undefined) {
      index = new Map();
      for (const row of this.table(kind).rows) {
        const held: unknown = row[field];
        for (const key of Array.isArray(held) ? new Set<unknown>(held) : [held]) {
          if (typeof key !== 'string') continue;
          const rows = index.get(key);
          if (rows === undefined) index.set(key, [row]);
          else rows.push(row);
        }
      }
      this.#indexes.set(name, index);
    }
    return index.get(value) ?? [];
  }

  /** Rows of kinds that no table is made of: of a newer rekindle, or put there by hand. */
  *strays(): Generator<{readonly kind: string; readonly row: Row; readonly reason: string}> {
    for (const [kind, rows] of Object.entries(this.#inventory.rows)) {
      const spec = this.#specs.get(kind);
      if (spec !== undefined && spec.parts === undefined) continue;
      const reason =
        spec?.parts === undefined
          ? 'unknown kind: this version of rekindle does not know what it is'
          : `it is read as a part of its ${spec.parts.of.kind.replaceAll('_', ' ')} only`;
      const known = spec === undefined ? undefined : this.table(kind).byId;
      for (const row of rows) {
        const id = String(row['id']);
        yield {kind, row: known?.has(id) === true ? {...row, id: `${id} (stray)`} : row, reason};
      }
    }
  }

  #rowsOf(kind: string): readonly Row[] {
    const spec = this.#specs.get(kind);
    if (spec?.parts === undefined) return rowsOf(this.#inventory, kind);
    const found: Row[] = [];
    const seen = new Set<string>();
    for (const row of this.table(spec.parts.of.kind).rows) {
      try {
        for (const part of spec.parts.split(row as never, this.#scope as Scope)) {
          const id: unknown = part['id'];
          if (typeof id !== 'string' || seen.has(id)) {
            const reason = `part ${this.unreadable.length + 1} of ${spec.parts.of.kind} ${String(row['id'])}: its id is missing or repeats`;
            this.unreadable.push({kind, id: `unreadable-${this.unreadable.length + 1}`, reason});
            continue;
          }
          seen.add(id);
          found.push(part);
        }
      } catch (error) {
        this.unreadable.push({kind, id: String(row['id']), reason: messageOf(error)});
      }
    }
    return found;
  }
}
