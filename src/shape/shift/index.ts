/** `--ips shift`: nets of the project move, and everything that holds an address of theirs follows. Pure. */
import type {AnySpec} from '../../model/define.ts';
import type {AddressNote, LedgerEntry, Node} from '../../model/graph.ts';
import {isForeign, rowsOf, type Inventory, type Row} from '../../model/inventory.ts';
import {parseShifts} from '../../model/ips.ts';
import {cidrText, holds, parseCidr} from '../../model/cidr.ts';
import {objects, text, texts} from '../../model/json.ts';
import type {Related} from '../../relate/index.ts';
import {registry, specOf} from '../../resources/index.ts';
import {movesOf} from './moves.ts';
import {subnetsOf} from './subnets.ts';
import {Translator} from './translate.ts';

export interface Shifted {
  /** The rows as a project on the new nets would have them. */
  readonly inventory: Inventory;
  /** The graph of those rows, with what moved written into the ledger. */
  readonly mark: (related: Related) => Related;
}

/** @throws RekindleError 'usage' for a shift that doesn't fit these rows */
export function shifted(inventory: Inventory, shift: readonly string[]): Shifted {
  const subnets = subnetsOf(inventory);
  const moves = movesOf(inventory, parseShifts(shift), subnets);
  const translator = new Translator(inventory, moves, subnets);
  const notes = new Map<string, readonly AddressNote[]>();
  const moving = new Set(
    subnets.filter(({own, cidr}) => own && moves.of(cidr) !== undefined).map(({id}) => id),
  );
  const rows: Record<string, readonly Row[]> = {...inventory.rows};
  for (const spec of registry) {
    // What is only referred to is not the project's.
    if (spec.heat === undefined || spec.parts !== undefined) continue;
    const {kind} = spec;
    if (!Object.hasOwn(rows, kind)) continue;
    rows[kind] = rowsOf(inventory, kind).map(row => {
      if (isForeign(row, inventory.source.project.id)) return row;
      if (kind === 'subnet' && !moving.has(text(row['id']))) return row;
      const translated = translator.row(
        kind,
        row,
        field => tells(spec, field) && !isOfParts(spec, row[field]),
      );
      notes.set(`${kind}:${text(row['id'])}`, translated.notes);
      return translated.row;
    });
  }
  const outgrown = outOfPools(rows, moving);
  if (rows['subnet'] !== undefined)
    rows['subnet'] = rows['subnet'].map(row =>
      outgrown.has(text(row['id'])) ? {...row, subnetpool_id: null} : row,
    );
  return {
    inventory: {...inventory, rows},
    mark: related => {
      const nodes = new Map(
        [...related.graph.nodes].map(([key, node]) => [
          key,
          marked(node, notes.get(key) ?? partNotes(node, translator), outgrown.get(node.id)),
        ]),
      );
      return {...related, graph: {...related.graph, nodes}};
    },
  };
}

/** Whether anybody but the server has a say in the field. */
function tells({kind, ignores}: AnySpec, field: string): boolean {
  // Nova's copy of what its ports have.
  if (field === 'id' || (kind === 'server' && field === 'addresses')) return false;
  const ignore = Object.hasOwn(ignores, field) ? ignores[field] : undefined;
  return ignore !== 'read-only' && ignore !== 'elsewhere';
}

/** Rows within the row, which are things of their own. */
function isOfParts({kind}: AnySpec, value: unknown): boolean {
  return objects(value).some(item => typeof item['id'] === 'string') && wholes.has(kind);
}

const wholes = new Set(registry.flatMap(({parts}) => (parts === undefined ? [] : [parts.of.kind])));

/** Subnets whose pool does not reach to where they move, with the reason: Neutron would refuse them. */
function outOfPools(
  rows: Readonly<Record<string, readonly Row[]>>,
  moving: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const pools = new Map((rows['subnet_pool'] ?? []).map(row => [text(row['id']), row]));
  const found = new Map<string, string>();
  for (const row of rows['subnet'] ?? []) {
    const pool = pools.get(text(row['subnetpool_id']));
    const cidr = parseCidr(text(row['cidr']));
    if (!moving.has(text(row['id'])) || pool === undefined || cidr === undefined) continue;
    if (texts(pool['prefixes']).some(prefix => holds(parseCidr(prefix), cidr))) continue;
    found.set(text(row['id']), `its pool does not hold ${cidrText(cidr)}, where it moves`);
  }
  return found;
}

/** Parts were split off rows that are translated already. */
function partNotes({kind, row}: Node, translator: Translator): readonly AddressNote[] {
  const spec = specOf(kind);
  return spec?.parts === undefined ? [] : translator.part(row, field => tells(spec, field));
}

/** @param outgrown Why a subnet is without its pool. */
function marked(node: Node, notes: readonly AddressNote[], outgrown: string | undefined): Node {
  if (node.place.as === 'skipped' || node.place.as === 'lost') return node;
  // A router's own port is said by its interface, what a stack makes by that.
  if (node.place.as === 'part' && specOf(node.kind)?.parts === undefined) return node;
  if (notes.length === 0 && outgrown === undefined) return node;
  const reasons = new Map<string, string>();
  for (const {field, what, reason} of notes) {
    const known = reasons.get(field);
    if (what === 'moved') reasons.set(field, known === undefined ? reason : `${known}; ${reason}`);
  }
  const ledger = node.ledger.map((entry): LedgerEntry => {
    if (entry.field === 'subnetpool_id' && outgrown !== undefined && node.kind === 'subnet')
      return {field: entry.field, fate: 'lost', reason: outgrown};
    const reason = reasons.get(entry.field);
    return reason === undefined || entry.fate === 'derived' || entry.fate === 'lost'
      ? entry
      : {...entry, reason: entry.reason === undefined ? reason : `${entry.reason}; ${reason}`};
  });
  return {...node, ledger, ...(notes.length === 0 ? {} : {addresses: notes})};
}
