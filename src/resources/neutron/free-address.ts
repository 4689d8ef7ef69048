/** Addresses of ports and VIPs that the target chooses: which stay all the same, and how others name them. Pure. */
import type {Scope, Typed} from '../../model/define.ts';
import {order, parseAddress} from '../../model/cidr.ts';
import {fields} from '../../model/json.ts';
import {Attr, Ref} from '../../model/value.ts';
import {network} from './network.ts';
import {isLeg} from './router-legs.ts';
import {isOurs} from './shared.ts';
import {subnet} from './subnet.ts';

/** Handles of kinds whose own files import this one. */
const port: Typed<
  'port',
  {
    readonly id: string;
    readonly network_id: string;
    readonly device_id: string;
    readonly device_owner: string;
    readonly fixed_ips: readonly {readonly subnet_id: string; readonly ip_address: string}[];
    readonly allowed_address_pairs?: readonly {readonly ip_address: string}[];
  }
> = {kind: 'port'};
const loadBalancer: Typed<'load_balancer', {readonly id: string; readonly vip_address: string}> = {
  kind: 'load_balancer',
};
const floatingIp: Typed<
  'floating_ip',
  {readonly id: string; readonly port_id: string | null; readonly fixed_ip_address: string | null}
> = {kind: 'floating_ip'};
const portForwarding: Typed<'port_forwarding', {readonly id: string; readonly internal_ip_address: string}> =
  {kind: 'port_forwarding'};

type PortRow = NonNullable<typeof port.row>;

export const CHOSEN = 'the target chooses the address (--ips auto)';

/** True where Neutron makes the address; proof: neutron `common/ipv6_utils.py`, `is_auto_address_subnet`. */
export function isAutomatic(ip: {readonly subnet_id: string}, scope: Scope): boolean {
  const mode = scope.row(subnet, ip.subnet_id)?.ipv6_address_mode;
  return mode === 'slaac' || mode === 'dhcpv6-stateless';
}

/** Whether the target may choose another one for whoever holds it. */
export function isFree(address: string, scope: Scope): boolean {
  return scope.naming() !== undefined && !pinnedAddresses(scope).has(address);
}

/** The address as the target will have it, for what names it. */
export function followed(address: string, scope: Scope): string | Attr {
  if (!isFree(address, scope)) return address;
  const [holder] = holdersOf(scope).get(address) ?? [];
  return holder ?? address;
}

/** What the address stands for, to compare by. */
export function followedOwner(address: string, scope: Scope): string | Ref {
  const holder = followed(address, scope);
  return typeof holder === 'string' ? holder : new Ref(holder.kind, holder.id);
}

/** Who holds an address, of what the template builds. */
function holdersOf(scope: Scope): ReadonlyMap<string, readonly Attr[]> {
  return scope.memo('holders of addresses', () => {
    const found = new Map<string, Attr[]>();
    const add = (address: string, holder: Attr): void => {
      const known = found.get(address);
      if (known === undefined) found.set(address, [holder]);
      else known.push(holder);
    };
    for (const {id, fixed_ips: ips} of builtPorts(scope))
      for (const [index, ip] of ips.entries()) {
        const path = ['fixed_ips', index, 'ip_address'];
        if (!isAutomatic(ip, scope)) add(ip.ip_address, new Attr(port.kind, id, path, ip.ip_address));
      }
    for (const {id, vip_address: address} of scope.rows(loadBalancer))
      if (scope.place(loadBalancer, id)?.as === 'resource')
        add(address, new Attr(loadBalancer.kind, id, ['vip_address'], address));
    return found;
  });
}

function builtPorts(scope: Scope): readonly PortRow[] {
  return scope.memo('ports that are built', () =>
    scope.rows(port).filter(row => scope.place(port, row.id)?.as === 'resource' && isReadable(row)),
  );
}

/** A malformed row holds no address; its fields are accounted for anyway. */
function isReadable({fixed_ips: ips, allowed_address_pairs: pairs}: PortRow): boolean {
  return holdsAddresses(ips) && (pairs === undefined || holdsAddresses(pairs));
}

function holdsAddresses(list: unknown): boolean {
  return Array.isArray(list) && list.every(item => typeof fields(item)['ip_address'] === 'string');
}

/** Addresses that stay though the target chooses, with why. */
export function pinnedAddresses(scope: Scope): ReadonlyMap<string, string> {
  return scope.memo('pinned addresses', () => {
    const naming = scope.naming();
    const pinned = new Map<string, string>();
    if (naming === undefined) return pinned;
    const pin = (address: string, why: string): void => {
      if (!pinned.has(address)) pinned.set(address, why);
    };
    for (const [address, where] of naming.stuck) pin(address, `named by ${where}, which can't follow`);
    for (const {internal_ip_address: address} of scope.rows(portForwarding))
      pin(address, "named by a port forwarding, which can't follow");
    for (const row of builtPorts(scope)) {
      if (isLeg(row)) for (const {ip_address} of row.fixed_ips) pin(ip_address, 'a router stands on it');
      if (row.fixed_ips.length > 1)
        for (const {ip_address} of row.fixed_ips)
          if (naming.followed.has(ip_address))
            pin(ip_address, 'it is named, and which of several addresses of a port it is can not be said');
    }
    for (const {port_id, fixed_ip_address: address} of scope.rows(floatingIp)) {
      const row = scope.row(port, port_id);
      const ips =
        row !== undefined && isReadable(row) ? row.fixed_ips.filter(ip => !ip.ip_address.includes(':')) : [];
      if (address !== null && ips.length > 1) pin(address, 'a floating IP points at this one of several');
    }
    for (const [address, {length}] of holdersOf(scope))
      if (length > 1 && naming.followed.has(address))
        pin(address, 'it is named, and several hold it on different networks');
    pinCircles(scope, pinned);
    return pinned;
  });
}

/**
 * Ports that name each other's address can't each wait for the other. What is on a way from one circle to another stays as
 * well, so that it doesn't matter where one starts.
 */
function pinCircles(scope: Scope, pinned: Map<string, string>): void {
  const holders = holdersOf(scope);
  let edges = builtPorts(scope).flatMap(({id, allowed_address_pairs: pairs = []}) =>
    pairs.flatMap(({ip_address: address}) => {
      const holder = pinned.has(address) ? undefined : holders.get(address)?.[0];
      return holder?.kind === port.kind ? [{from: id, to: holder.id, address}] : [];
    }),
  );
  for (let before = -1; before !== edges.length;) {
    before = edges.length;
    const [starts, ends] = [new Set(edges.map(({from}) => from)), new Set(edges.map(({to}) => to))];
    edges = edges.filter(({from, to}) => ends.has(from) && starts.has(to));
  }
  for (const {address} of edges) pinned.set(address, 'address pairs of ports name each other in a circle');
}

/**
 * Ids of a network's ports whose addresses stay, and which Neutron could give to somebody else first: it takes any of the
 * allocation pools that is free.
 */
function pinnedOn(networkId: string, scope: Scope): readonly string[] {
  const byNetwork = scope.memo('ports with pinned addresses', () => {
    const found = new Map<string, string[]>();
    for (const {id, network_id, fixed_ips} of builtPorts(scope)) {
      // On another project's network nobody pins anything.
      if (!isOurs(scope.row(network, network_id), scope)) continue;
      if (!fixed_ips.some(ip => isInPool(ip, scope) && !isFree(ip.ip_address, scope))) continue;
      found.set(network_id, [...(found.get(network_id) ?? []), id]);
    }
    for (const ids of found.values()) ids.sort(order);
    return found;
  });
  return byNetwork.get(networkId) ?? [];
}

function isInPool({subnet_id, ip_address}: PortRow['fixed_ips'][number], scope: Scope): boolean {
  const value = parseAddress(ip_address)?.value;
  return (scope.row(subnet, subnet_id)?.allocation_pools ?? []).some(({start, end}) => {
    const [first, last] = [parseAddress(start)?.value, parseAddress(end)?.value];
    return (
      value !== undefined && first !== undefined && last !== undefined && value >= first && value <= last
    );
  });
}

/** As many as are named one by one; of more each waits for two others, and the rest for the first. */
const FEW = 8;

function refs(ids: readonly (string | undefined)[]): readonly Ref<'port'>[] {
  return ids.flatMap(id => (id === undefined ? [] : [new Ref(port.kind, id)]));
}

/**
 * Ports to be made first: those whose address stays, before any on that network is given away.
 * @param held Addresses of the asker. @param id Of the asker, if it is a port.
 */
export function afterPinned(
  networkId: string,
  held: readonly string[],
  scope: Scope,
  id = '',
): readonly Ref<'port'>[] {
  if (scope.naming() === undefined) return [];
  const pinned = pinnedOn(networkId, scope);
  const at = pinned.indexOf(id);
  if (at >= 0) return pinned.length > FEW ? refs([pinned[2 * at + 1], pinned[2 * at + 2]]) : [];
  const chosen = held.filter(address => isFree(address, scope));
  if (chosen.length === 0) return [];
  // One that names an address of the asker waits for that itself.
  const rest = pinned.filter(
    one => !scope.row(port, one)?.allowed_address_pairs?.some(pair => chosen.includes(pair.ip_address)),
  );
  if (pinned.length <= FEW) return refs(rest);
  return rest.length === pinned.length ? refs(pinned.slice(0, 1)) : [];
}
