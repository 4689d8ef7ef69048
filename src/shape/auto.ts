/** `--ips auto`: what stays all the same, and what names an address that the target chooses anew. Pure. */
import {mentionedBy} from '../model/address-text.ts';
import {addressText} from '../model/cidr.ts';
import type {AnySpec} from '../model/define.ts';
import type {AddressNote, Node} from '../model/graph.ts';
import type {Row} from '../model/inventory.ts';
import {objects, text} from '../model/json.ts';
import {isPlainObject} from '../model/value.ts';
import type {Related} from '../relate/index.ts';
import {specOf} from '../resources/index.ts';
import {isFree, pinnedAddresses} from '../resources/neutron/free-address.ts';

export function withChosen({graph, scope}: Related): Related {
  const pinned = pinnedAddresses(scope);
  const free = new Set<string>();
  for (const node of graph.nodes.values())
    for (const {address} of heldBy(node)) if (isFree(address, scope)) free.add(address);
  const nodes = new Map(
    [...graph.nodes].map(([key, node]) => {
      const notes = [...stays(node, pinned), ...names(node, free)];
      return [key, notes.length === 0 ? node : {...node, addresses: notes}];
    }),
  );
  return {scope, graph: {...graph, nodes}};
}

function heldBy({kind, place, row}: Node): readonly {readonly field: string; readonly address: string}[] {
  if (place.as !== 'resource') return [];
  if (kind === 'load_balancer') return [{field: 'vip_address', address: text(row['vip_address'])}];
  if (kind !== 'port') return [];
  return objects(row['fixed_ips']).map(ip => ({field: 'fixed_ips', address: text(ip['ip_address'])}));
}

function* stays(node: Node, pinned: ReadonlyMap<string, string>): Generator<AddressNote> {
  for (const {field, address} of heldBy(node)) {
    const why = pinned.get(address);
    if (why !== undefined) yield {field, what: 'left', reason: `the address stays: ${why}`};
  }
}

/** Texts that hold such an address among other words: nothing can follow there. */
function* names({kind, place, row}: Node, free: ReadonlySet<string>): Generator<AddressNote> {
  const spec = specOf(kind);
  if (spec === undefined || free.size === 0 || place.as === 'skipped' || place.as === 'lost') return;
  const reason = 'the text names an address that the target chooses anew; it stays as it is';
  for (const field of told(spec, row))
    for (const {path, value} of textsIn(row[field], field))
      if (mentions(path, value, free)) yield {field: path, what: 'left', reason};
}

function told({ignores, addresses = {}}: AnySpec, row: Row): readonly string[] {
  const {holds = [], follows = []} = addresses;
  return Object.keys(row)
    .sort()
    .filter(field => {
      const ignore = Object.hasOwn(ignores, field) ? ignores[field] : undefined;
      return (
        ignore !== 'read-only' && ignore !== 'elsewhere' && ![...holds, ...follows, 'id'].includes(field)
      );
    });
}

function mentions(path: string, value: string, free: ReadonlySet<string>): boolean {
  return [...mentionedBy(path, value)].some(
    ({version, first, last}) => first === last && free.has(addressText({version, value: first})),
  );
}

function* textsIn(value: unknown, path: string): Generator<{readonly path: string; readonly value: string}> {
  if (typeof value === 'string') yield {path, value};
  else if (Array.isArray(value)) for (const item of value) yield* textsIn(item, path);
  else if (isPlainObject(value))
    for (const [key, item] of Object.entries(value)) yield* textsIn(item, `${path}.${key}`);
}
