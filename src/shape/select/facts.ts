/** What the fields of a selection mean in a row, whichever API answered it. */
import type {Node} from '../../model/graph.ts';
import {fields, text, texts} from '../../model/json.ts';
import {isPlainObject} from '../../model/value.ts';
import type {FieldName} from './expression.ts';
import type {Lookup} from './rules.ts';

/** Fields that hold maps of people's own words. */
const maps = ['metadata', 'properties', 'labels'];
const zones = [
  'availability_zone',
  'OS-EXT-AZ:availability_zone',
  'pinned_availability_zone',
  'availability_zones',
  'availability_zone_hints',
];
const statuses = ['status', 'provisioning_status', 'stack_status'];

/** Fields that name a network, or something that is on one. */
const places: readonly (readonly [field: string, kind: 'network' | 'subnet' | 'port'])[] = [
  ['network_id', 'network'],
  ['vip_network_id', 'network'],
  ['floating_network_id', 'network'],
  ['neutron_net_id', 'network'],
  ['subnet_id', 'subnet'],
  ['vip_subnet_id', 'subnet'],
  ['neutron_subnet_id', 'subnet'],
  ['port_id', 'port'],
  ['internal_port_id', 'port'],
];

interface Placed {
  readonly id: string;
  readonly network_id?: unknown;
  readonly device_id?: unknown;
  readonly router_id?: unknown;
}

/** Texts of a node that a term of that field is held against; a thing has none of what its row doesn't say. */
export function textsOf(
  node: Node,
  field: FieldName,
  key: string | undefined,
  scope: Lookup,
): readonly string[] {
  return readers[field](node, key, scope);
}

type Reader = (node: Node, key: string | undefined, scope: Lookup) => readonly string[];

const readers: Readonly<Record<FieldName, Reader>> = {
  id: ({id}) => [id],
  name: ({name}) => [name],
  tag: ({row}) => texts(row['tags']),
  metadata: (node, key) =>
    key === undefined ? [...entriesOf(node)].map(([name]) => name) : valuesOf(node, key),
  network: (node, _key, scope) =>
    networksOf(node, scope).flatMap(id => {
      const name = text(scope.row<string, {id: string; name?: unknown}>({kind: 'network'}, id)?.name);
      return name === '' ? [id] : [id, name];
    }),
  zone: ({row}) => zones.flatMap(name => listed(row[name])),
  status: ({row}) => statuses.flatMap(name => listed(row[name])).map(value => value.toLowerCase()),
};

function valuesOf(node: Node, key: string): readonly string[] {
  return [...entriesOf(node)].flatMap(([name, value]) => (name === key ? [value] : []));
}

function* entriesOf({row}: Node): Generator<readonly [string, string]> {
  for (const field of maps) {
    for (const [key, value] of Object.entries(fields(row[field])))
      yield [key, isPlainObject(value) || Array.isArray(value) ? JSON.stringify(value) : String(value)];
  }
}

function listed(value: unknown): readonly string[] {
  return typeof value === 'string' && value !== '' ? [value] : texts(value);
}

/** Ids of the networks that a thing is, or stands, on. */
function networksOf({kind, id, row}: Node, scope: Lookup): readonly string[] {
  if (kind === 'network') return [id];
  const found = new Set<string>();
  for (const [field, of] of places) {
    const there = row[field];
    if (typeof there !== 'string' || there === '') continue;
    found.add(of === 'network' ? there : text(scope.row<string, Placed>({kind: of}, there)?.network_id));
  }
  if (kind === 'server')
    for (const port of scope.by<string, Placed>({kind: 'port'}, 'device_id', id))
      found.add(text(port.network_id));
  if (kind === 'router') {
    found.add(text(fields(row['external_gateway_info'])['network_id']));
    for (const leg of scope.by<string, Placed>({kind: 'router_interface'}, 'router_id', id))
      found.add(text(leg.network_id));
  }
  found.delete('');
  return [...found];
}
