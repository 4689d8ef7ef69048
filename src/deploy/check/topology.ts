/** Networks, subnets, ports and router legs: those of the template, and those of the target that it touches. Pure. */
import {type Fields, fields, objects, text} from '../../model/json.ts';
import {
  type Address,
  type Cidr,
  parseAddress,
  parseCidr,
  type Range,
  usualGateway,
} from '../../model/cidr.ts';
import {rowOf, type There} from './there.ts';
import {itemsOf, known, Made, type Part, unknown, type View} from './view.ts';

/** A thing's identity: the name of the resource that makes it, or its id in the target. */
export type Key = string;

export interface NetworkThing {
  readonly key: Key;
  /** How people call it. */
  readonly label: string;
  readonly part: Part | undefined;
  /** Row in the target. */
  readonly row: Fields | undefined;
  /** Of another project: Neutron lets only its owner pin addresses there. */
  readonly isForeign: boolean;
}

export interface SubnetThing {
  readonly key: Key;
  readonly label: string;
  readonly part: Part | undefined;
  readonly network: Key | undefined;
  readonly cidr: Cidr | undefined;
  readonly cidrText: string;
  /** 'none' where it has none, undefined where that isn't known. */
  readonly gateway: Address | 'none' | undefined;
  /** Pools as they are said; undefined where Neutron makes them or they aren't known. */
  readonly pools: readonly Range[] | undefined;
  readonly dhcp: boolean | undefined;
  /** Key of the subnet pool it is taken from; null for none, undefined where that isn't known. */
  readonly pool: Key | null | undefined;
}

export interface FixedAddress {
  /** Path of the property; '' for a port of the target. */
  readonly path: string;
  readonly subnet: SubnetThing | undefined;
  readonly text: string;
  readonly address: Address | undefined;
}

export interface PortThing {
  readonly label: string;
  readonly part: Part | undefined;
  readonly network: Key | undefined;
  /** All places, with an address or without; undefined where Neutron chooses or they aren't known. */
  readonly places: readonly FixedAddress[] | undefined;
  readonly mac: string;
}

/** A subnet on a router. */
export interface Leg {
  readonly label: string;
  readonly part: Part | undefined;
  /** Undefined where it isn't known which. */
  readonly router: Key | undefined;
  readonly subnet: SubnetThing | undefined;
  /** Given by subnet, so that it takes the gateway's address. */
  readonly bySubnet: boolean;
}

export interface Topology {
  readonly networks: readonly NetworkThing[];
  readonly subnets: readonly SubnetThing[];
  readonly ports: readonly PortThing[];
  readonly legs: readonly Leg[];
  network(value: unknown): NetworkThing | undefined;
  subnet(value: unknown): SubnetThing | undefined;
  port(value: unknown): PortThing | undefined;
  /** Identity of a router; undefined where it isn't known. */
  router(value: unknown): Key | undefined;
  /** Subnets of a network that the template makes: all it will have. Of one of the target, those that can be seen. */
  subnetsOf(network: Key | undefined): readonly SubnetThing[];
}

export function topologyOf(view: View, there: There): Topology {
  const {lists} = there;
  const networks = [
    ...view.of('OS::Neutron::Net', 'OS::Neutron::ProviderNet').map((part): NetworkThing => ({
      key: part.name,
      label: part.name,
      part,
      row: undefined,
      isForeign: false,
    })),
    ...(lists.networks ?? []).map((row): NetworkThing => ({
      key: text(row['id']),
      label: text(row['name']) || text(row['id']),
      part: undefined,
      row,
      isForeign: (row['project_id'] ?? there.project) !== there.project,
    })),
  ];
  const network = finder(networks, lists.networks);
  const networkKey = (value: unknown): Key | undefined => keyOf(value, lists.networks);

  const subnets = [
    ...view.of('OS::Neutron::Subnet').map(part => madeSubnet(part, networkKey, lists.subnetPools)),
    ...(lists.subnets ?? []).map(row => subnetThere(row)),
  ];
  const subnet = finder(subnets, lists.subnets);
  const ports = [
    ...view.of('OS::Neutron::Port').map(part => madePort(part, networkKey, subnet)),
    ...(lists.ports ?? []).map(row => portThere(row, subnet)),
  ];
  const port = (value: unknown): PortThing | undefined =>
    value instanceof Made ? ports.find(({part}) => part?.name === value.name) : undefined;
  const router = (value: unknown): Key | undefined => keyOf(value, lists.routers);
  return {
    networks,
    subnets,
    ports,
    legs: [
      ...view.of('OS::Neutron::RouterInterface').flatMap(part => madeLegs(part, {router, subnet, port})),
      ...(lists.ports ?? []).flatMap(row => legsThere(row, subnet)),
    ],
    network,
    subnet,
    port,
    router,
    subnetsOf: key => (key === undefined ? [] : subnets.filter(thing => thing.network === key)),
  };
}

/** Looks things up by what a property says. */
function finder<T extends {readonly key: Key}>(
  things: readonly T[],
  rows: readonly Fields[] | undefined,
): (value: unknown) => T | undefined {
  return value => {
    const key = keyOf(value, rows);
    return key === undefined ? undefined : things.find(thing => thing.key === key);
  };
}

/** A reference to a resource is its name; a name or id of the target is the id, where it is clear. */
export function keyOf(value: unknown, rows: readonly Fields[] | undefined): Key | undefined {
  if (value instanceof Made) return value.name;
  const nameOrId = known(value);
  if (nameOrId === undefined || nameOrId === '') return undefined;
  return text(rowOf(rows, nameOrId)?.['id']) || undefined;
}

function madeSubnet(
  part: Part,
  networkKey: (value: unknown) => Key | undefined,
  pools: readonly Fields[] | undefined,
): SubnetThing {
  const {properties, raw} = part;
  const cidrText = known(properties['cidr']) ?? '';
  const cidr = parseCidr(cidrText);
  const said = properties['gateway_ip'];
  const gateway = (): SubnetThing['gateway'] => {
    if (said === '' || raw['gateway_ip'] === null) return 'none';
    if (said !== undefined) return typeof said === 'string' ? parseAddress(said) : undefined;
    return cidr === undefined ? undefined : {version: cidr.version, value: usualGateway(cidr)};
  };
  const dhcp = properties['enable_dhcp'] ?? true;
  const {subnetpool_id: named} = fields(properties['value_specs']);
  const pool = named ?? properties['subnetpool'];
  return {
    key: part.name,
    label: part.name,
    part,
    network: networkKey(properties['network'] ?? properties['network_id']),
    cidr,
    cidrText,
    gateway: gateway(),
    pools: rangesOf(properties['allocation_pools']),
    dhcp: typeof dhcp === 'boolean' ? dhcp : undefined,
    pool: pool === undefined ? null : keyOf(pool, pools),
  };
}

function subnetThere(row: Fields): SubnetThing {
  const cidrText = text(row['cidr']);
  const gateway = row['gateway_ip'];
  return {
    key: text(row['id']),
    label: text(row['name']) || text(row['id']),
    part: undefined,
    network: text(row['network_id']) || undefined,
    cidr: parseCidr(cidrText),
    cidrText,
    gateway: gateway === null ? 'none' : parseAddress(text(gateway)),
    pools: rangesOf(row['allocation_pools']),
    dhcp: typeof row['enable_dhcp'] === 'boolean' ? row['enable_dhcp'] : undefined,
    pool: text(row['subnetpool_id']) || null,
  };
}

/** Pools with an end that isn't known are left out. */
function rangesOf(value: unknown): readonly Range[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return objects(value).flatMap(({start, end}): readonly Range[] => {
    const [from, to] = [parseAddress(known(start) ?? ''), parseAddress(known(end) ?? '')];
    return from === undefined || to === undefined ? [] : [[from.value, to.value]];
  });
}

function madePort(
  part: Part,
  networkKey: (value: unknown) => Key | undefined,
  subnet: (value: unknown) => SubnetThing | undefined,
): PortThing {
  const {properties} = part;
  const {fixed_ips: fixed} = properties;
  const places = itemsOf(fixed, 'fixed_ips').map(({item, path}): FixedAddress => {
    const place = fields(item);
    const address = known(place['ip_address']) ?? '';
    return {
      path: `${path}.ip_address`,
      subnet: subnet(place['subnet'] ?? place['subnet_id']),
      text: address,
      address: parseAddress(address),
    };
  });
  return {
    label: part.name,
    part,
    network: networkKey(properties['network'] ?? properties['network_id']),
    places: Array.isArray(fixed) && !fixed.includes(unknown) ? places : undefined,
    mac: (known(properties['mac_address']) ?? '').toLowerCase(),
  };
}

function portThere(row: Fields, subnet: (value: unknown) => SubnetThing | undefined): PortThing {
  return {
    label: text(row['name']) || text(row['id']),
    part: undefined,
    network: text(row['network_id']) || undefined,
    places: objects(row['fixed_ips']).map(place => ({
      path: '',
      subnet: subnet(place['subnet_id']),
      text: text(place['ip_address']),
      address: parseAddress(text(place['ip_address'])),
    })),
    mac: text(row['mac_address']).toLowerCase(),
  };
}

function madeLegs(part: Part, find: Pick<Topology, 'router' | 'subnet' | 'port'>): readonly Leg[] {
  const {properties} = part;
  const router = find.router(properties['router'] ?? properties['router_id']);
  const legOn = (subnet: SubnetThing | undefined, bySubnet = false): Leg => ({
    label: part.name,
    part,
    router,
    subnet,
    bySubnet,
  });
  const bySubnet = properties['subnet'] ?? properties['subnet_id'];
  if (bySubnet !== undefined) return [legOn(find.subnet(bySubnet), true)];
  const places = find.port(properties['port'] ?? properties['port_id'])?.places ?? [];
  // Without a known place it is a leg all the same, on a subnet that nobody knows.
  return places.length === 0 ? [legOn(undefined)] : places.map(({subnet}) => legOn(subnet));
}

/** Owners of a router's inner ports. */
const legOwners: ReadonlySet<string> = new Set([
  'network:router_interface',
  'network:router_interface_distributed',
  'network:ha_router_replicated_interface',
]);

function legsThere(row: Fields, subnet: (value: unknown) => SubnetThing | undefined): readonly Leg[] {
  if (!legOwners.has(text(row['device_owner']))) return [];
  return objects(row['fixed_ips']).map(place => ({
    label: text(row['name']) || text(row['id']),
    part: undefined,
    router: text(row['device_id']),
    subnet: subnet(place['subnet_id']),
    bySubnet: false,
  }));
}

export function isInside({version, value}: Address, {version: of, first, last}: Cidr): boolean {
  return version === of && value >= first && value <= last;
}

/** All pairs of a list, each once, in its order. */
export function* pairsOf<T>(things: readonly T[]): Generator<readonly [T, T]> {
  for (const [index, a] of things.entries()) for (const b of things.slice(index + 1)) yield [a, b];
}

/** Each thing whose key an earlier one has, with the first that has it. */
export function* repeatsOf<T>(
  things: Iterable<T>,
  key: (thing: T) => string | undefined,
): Generator<readonly [again: T, first: T]> {
  const first = new Map<string, T>();
  for (const thing of things) {
    const of = key(thing);
    if (of === undefined || of === '') continue;
    const before = first.get(of);
    if (before === undefined) first.set(of, thing);
    else yield [thing, before];
  }
}
