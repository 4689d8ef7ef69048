/** The ports of a server in the order in which it sees them. */
import type {Scope} from '../../model/define.ts';
import {isPlainObject} from '../../model/value.ts';
import {network, port, server, type PortRow} from './handles.ts';

/** As Nova answers them, as pairs: an object would put a network named `100` first. */
export type Addresses = readonly (readonly [string, readonly Address[]])[];

export interface Address {
  readonly addr: string;
  readonly version?: number;
  readonly 'OS-EXT-IPS:type'?: string;
  readonly 'OS-EXT-IPS-MAC:mac_addr'?: string;
}

export interface Nics {
  readonly ports: readonly PortRow[];
  /** MAC addresses of NICs that no port of the project has. */
  readonly strange: readonly string[];
  /** True where NICs of one network may stand between those of another: the API can't say. */
  readonly unsure: boolean;
}

/**
 * Networks come in the order of each one's first NIC, and within a network the NICs in theirs; proof: nova
 * `api/openstack/common.py`, `get_networks_for_instance`. What is lost is whether they were mixed. The age of ports
 * that Nova made, one after another, says it.
 */
export function nicsOf(id: string, addresses: unknown, scope: Scope): Nics {
  const ports = scope.by(port, 'device_id', id).toSorted(byAge);
  const {listed, strange, networks} = match(addressesOf(addresses), ports, scope);
  const made = scope.row(server, id)?.created;
  const mixed = networks > 1 && listed.length > networks;
  const aged = listed.toSorted(byBirth);
  const novaMade =
    typeof made === 'string' &&
    listed.every(({created_at: at}) => typeof at === 'string' && seconds(at) >= seconds(made));
  const dated = new Set(listed.map(({created_at: at}) => at)).size === listed.length;
  const told = mixed && novaMade && sameWithin(listed, aged);
  return {ports: told ? aged : listed, strange, unsure: mixed && !(told && dated)};
}

/** The same as far as the API tells it, the same for a source and its clone. */
export function nicOrder(id: string, addresses: unknown, scope: Scope): readonly string[] {
  const ports = scope.by(port, 'device_id', id).toSorted(byAge);
  return match(addressesOf(addresses), ports, scope).listed.map(row => row.id);
}

function addressesOf(value: unknown): readonly (readonly [string, readonly Address[]])[] {
  const pairs = Array.isArray(value)
    ? (value as unknown[])
    : isPlainObject(value)
      ? Object.entries(value)
      : [];
  return pairs.flatMap(pair => {
    if (!Array.isArray(pair) || typeof pair[0] !== 'string' || !Array.isArray(pair[1])) return [];
    const entries = (pair[1] as unknown[]).filter(isPlainObject) as unknown as readonly Address[];
    return [[pair[0], entries] as const];
  });
}

function match(
  addresses: Addresses,
  ports: readonly PortRow[],
  scope: Scope,
): {readonly listed: readonly PortRow[]; readonly strange: readonly string[]; readonly networks: number} {
  const taken = new Set<PortRow>();
  const listed: PortRow[] = [];
  const strange = new Set<string>();
  const take = (row: PortRow): void => {
    if (taken.has(row)) return;
    taken.add(row);
    listed.push(row);
  };
  for (const [label, entries] of addresses) {
    for (const entry of entries) {
      const mac = entry['OS-EXT-IPS-MAC:mac_addr']?.toLowerCase();
      if (mac === undefined || entry['OS-EXT-IPS:type'] === 'floating') continue;
      const same = ports.filter(row => row.mac_address.toLowerCase() === mac);
      const found =
        same.find(row => row.fixed_ips?.some(ip => ip.ip_address === entry.addr)) ??
        same.find(row => !taken.has(row)) ??
        same[0];
      if (found === undefined) strange.add(mac);
      else take(found);
    }
    // A port without addresses shows as its network's name only.
    for (const row of ports) if (isBare(row) && scope.row(network, row.network_id)?.name === label) take(row);
  }
  const networks = new Set(listed.map(row => row.network_id)).size;
  for (const row of ports) take(row);
  return {listed, strange: [...strange], networks};
}

function isBare(row: PortRow): boolean {
  return row.fixed_ips === undefined || row.fixed_ips.length === 0;
}

/** True where both orders agree on each network's ports and on which network is first. */
function sameWithin(a: readonly PortRow[], b: readonly PortRow[]): boolean {
  return grouped(a) === grouped(b);
}

function grouped(ports: readonly PortRow[]): string {
  const groups = new Map<string, string[]>();
  for (const {id, network_id: network} of ports) {
    const group = groups.get(network);
    if (group === undefined) groups.set(network, [id]);
    else group.push(id);
  }
  return JSON.stringify([...groups]);
}

function byBirth(a: PortRow, b: PortRow): number {
  return order(a.created_at ?? '', b.created_at ?? '');
}

function byAge(a: PortRow, b: PortRow): number {
  return byBirth(a, b) || order(a.id, b.id);
}

/** Neutron and Nova both write UTC, with and without fractions. */
function seconds(time: string): number {
  return Math.floor(Date.parse(time) / 1000);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
