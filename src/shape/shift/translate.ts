/** Rows with the addresses of the nets that move as they will be; which fields that touches, and what it leaves. Pure. */
import {mentionedBy, saidIn, type Said} from '../../model/address-text.ts';
import {cidrText, holds, type Span} from '../../model/cidr.ts';
import type {AddressNote} from '../../model/graph.ts';
import {rowsOf, type Inventory, type Row} from '../../model/inventory.ts';
import {fields, objects, text} from '../../model/json.ts';
import {isPlainObject} from '../../model/value.ts';
import {moved, type Move, type Moves} from './moves.ts';
import {standsIn, type SubnetPlace} from './subnets.ts';

/** What people write as they like: never changed, only looked through. */
const words = /^(?:name|description|tags)$|(?:^|_)user_data$/;
/** Outside addresses: whatever they are, the outer network's. */
const outer = /^(?:floating_ip_address|external_fixed_ips)$/;

export interface Translated {
  readonly row: Row;
  readonly notes: readonly AddressNote[];
}

/** Subnets that an object of a row names: an address in it is theirs. Nearest first. */
type Near = readonly (readonly SubnetPlace[])[];

export class Translator {
  /** Every text that came out of a translation: parts of rows are known by it. */
  readonly #written = new Map<string, Move>();
  readonly #moves: Moves;
  readonly #places: ReadonlyMap<string, readonly SubnetPlace[]>;
  /** Public addresses, as texts. */
  readonly #outer: ReadonlySet<string>;

  constructor(inventory: Inventory, moves: Moves, subnets: readonly SubnetPlace[]) {
    this.#moves = moves;
    this.#places = standsIn(inventory, subnets);
    const gateways = rowsOf(inventory, 'router').flatMap(row =>
      objects(fields(row['external_gateway_info'])['external_fixed_ips']).map(ip => text(ip['ip_address'])),
    );
    const floating = rowsOf(inventory, 'floating_ip').map(row => text(row['floating_ip_address']));
    this.#outer = new Set([...gateways, ...floating]);
  }

  /** @param tells Whether a field is anybody's business: what the server makes by itself is only translated. */
  row(kind: string, row: Row, tells: (field: string) => boolean): Translated {
    const notes = new Map<string, AddressNote>();
    const server = kind === 'server' ? this.#places.get(`device ${text(row['id'])}`) : undefined;
    const near = [...this.#near(row), ...(server === undefined ? [] : [server])];
    // No prototype: a key named __proto__ is data like any other.
    const result = Object.create(null) as Record<string, unknown>;
    for (const [field, value] of Object.entries(row)) {
      const note = (path: string, what: AddressNote['what'], reason: string): void => {
        if (tells(field)) notes.set(`${what} ${path} ${reason}`, {field: path, what, reason});
      };
      result[field] = this.#value(value, {top: field, field, path: field, near, note});
    }
    return {row: {...result}, notes: [...notes.values()]};
  }

  /** What there is to tell of a part of a row that is translated already. */
  part(row: Row, tells: (field: string) => boolean): readonly AddressNote[] {
    return Object.entries(row).flatMap(([field, value]): AddressNote[] => {
      if (typeof value !== 'string' || !tells(field)) return [];
      const move = this.#written.get(value);
      if (move !== undefined) return [{field, what: 'moved', reason: shiftedWith(move)}];
      const said = words.test(field) ? undefined : saidIn(value);
      const reasons = said === undefined ? this.#mentions(field, value) : [this.#beside(said)];
      return [...reasons].flatMap(reason => (reason === undefined ? [] : [{field, what: 'left', reason}]));
    });
  }

  #near(object: Readonly<Record<string, unknown>>): Near {
    const found: SubnetPlace[] = [];
    for (const [key, id] of Object.entries(object))
      if (typeof id === 'string' && key !== 'device_id') found.push(...(this.#places.get(id) ?? []));
    return found.length === 0 ? [] : [found];
  }

  #value(value: unknown, at: At): unknown {
    if (typeof value === 'string') return this.#text(value, at);
    if (Array.isArray(value)) return value.map(item => this.#value(item, at));
    if (!isPlainObject(value)) return value;
    const near = [...this.#near(value), ...at.near];
    const result = Object.create(null) as Record<string, unknown>;
    for (const [key, item] of Object.entries(value))
      result[key] = this.#value(item, {...at, field: key, path: `${at.path}.${key}`, near});
    return {...result};
  }

  #text(value: string, {top, field, path, near, note}: At): string {
    if (outer.test(field) || /\bexternal_fixed_ips\b/.test(path)) return value;
    const said = words.test(field) || words.test(top) ? undefined : saidIn(value);
    if (said === undefined) {
      for (const reason of this.#mentions(field, value)) note(path, 'left', reason);
      return value;
    }
    const move = this.#moveOf(value, said, near);
    if (move === undefined) {
      const reason = this.#beside(said);
      if (reason !== undefined) note(path, 'left', reason);
      return value;
    }
    const result = said.moved(one => moved(one, move));
    this.#written.set(result, move);
    note(top, 'moved', shiftedWith(move));
    return result;
  }

  /** A subnet that the object names says whose the address is; where none does, the nets that move. */
  #moveOf(value: string, said: Said, near: Near): Move | undefined {
    for (const subnets of near) {
      const around = subnets.filter(({cidr}) => holds(cidr, said));
      const own = around.find(subnet => subnet.own);
      if (own !== undefined) return this.#moves.of(own.cidr);
      if (around.length > 0) return undefined;
    }
    return this.#outer.has(value) ? undefined : this.#moves.of(said);
  }

  /** Why somebody should look at an address that stays. */
  #beside(said: Span): string | undefined {
    for (const {from, to} of this.#moves.from(said))
      if (holds(said, from) && !holds(said, to))
        return `covers ${cidrText(from)}, but not ${cidrText(to)}, where that moves`;
    for (const {from, to} of this.#moves.to(said))
      if (!holds(said, to)) return `names something in ${cidrText(to)}, where ${cidrText(from)} moves`;
    return undefined;
  }

  #mentions(field: string, value: string): ReadonlySet<string> {
    const reasons = new Set<string>();
    for (const span of mentionedBy(field, value)) {
      for (const {from, to} of this.#moves.from(span)) {
        if (holds(from, span) || (holds(span, from) && !holds(span, to)))
          reasons.add(
            `the text names an address of ${cidrText(from)}, which moves to ${cidrText(to)}; it stays as it is`,
          );
      }
    }
    return reasons;
  }
}

interface At {
  /** The row's field, and the nearest key. */
  readonly top: string;
  readonly field: string;
  readonly path: string;
  readonly near: Near;
  readonly note: (path: string, what: AddressNote['what'], reason: string) => void;
}

function shiftedWith({from, to}: Move): string {
  return `shifted with ${cidrText(from)} to ${cidrText(to)}`;
}
