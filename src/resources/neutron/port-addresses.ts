/** What of a port's addresses a template may ask for. Pure. */
import type {Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {byAddress, eui64, parseAddress} from '../../model/cidr.ts';
import {isAutomatic, isFree} from './free-address.ts';
import {network} from './network.ts';
import {isOurs} from './shared.ts';
import {subnet} from './subnet.ts';

export interface FixedIp {
  readonly subnet_id: string;
  readonly ip_address: string;
}

export interface Addressed {
  readonly network_id: string;
  readonly fixed_ips: readonly FixedIp[];
  readonly mac_address: string;
}

export interface WantedIp {
  readonly subnet: Ref<'subnet'>;
  readonly ip_address?: string;
}

/** Default of Neutron's `base_mac`. */
const NEUTRON_PREFIX = 'fa:16:3e:';

/**
 * Only the owner of a network chooses addresses on it; proof: neutron `conf/policies/port.py`. Of one that is left out
 * nobody knows whose it will be, and what stands on it already.
 */
export function onOurNetwork(port: Pick<Addressed, 'network_id'>, scope: Scope): boolean {
  return isOurs(scope.row(network, port.network_id), scope) && !scope.isCut(network, port.network_id);
}

/** Why a port's mapping chooses nothing on its network, which is not ours. */
export function whyNotChosen(port: Pick<Addressed, 'network_id'>, scope: Scope): string {
  return scope.isCut(network, port.network_id)
    ? 'the network is left out, and on the one given instead it may be taken, or only its owner may set it'
    : 'the network belongs to another project: only its owner may set it';
}

/** True where it made it of the MAC: a router's leg may have another one. */
function isMadeOfMac(ip: FixedIp, mac: string, scope: Scope): boolean {
  const address = parseAddress(ip.ip_address);
  return isAutomatic(ip, scope) && address !== undefined && BigInt.asUintN(64, address.value) === eui64(mac);
}

/** True where nothing in a template brings the address back. */
export function isLostAddress(port: Addressed, ip: FixedIp, scope: Scope): boolean {
  if (!onOurNetwork(port, scope)) return true;
  return isAutomatic(ip, scope) ? !isMadeOfMac(ip, port.mac_address, scope) : isFree(ip.ip_address, scope);
}

/** The MAC, where somebody chose it or an address hangs on it. */
export function chosenMac(port: Addressed, scope: Scope): string | undefined {
  return onOurNetwork(port, scope) ? lastingMac(port, scope) : undefined;
}

/** The same, whoever's the network is. */
export function lastingMac(port: Addressed, scope: Scope): string | undefined {
  const chosen = !port.mac_address.toLowerCase().startsWith(NEUTRON_PREFIX);
  return chosen || port.fixed_ips.some(ip => isMadeOfMac(ip, port.mac_address, scope))
    ? port.mac_address
    : undefined;
}

/** Undefined where Neutron comes to the same by itself. */
export function wantedIps(port: Addressed, scope: Scope): readonly WantedIp[] | undefined {
  const ips = sorted(port.fixed_ips);
  if (ips.length === 0) return undefined;
  if (!onOurNetwork(port, scope)) {
    const subnets = new Set(ips.map(ip => ip.subnet_id));
    // One address on each subnet there is: nothing to choose.
    const there = scope.row(network, port.network_id)?.subnets?.length;
    if (there === subnets.size && ips.length === subnets.size) return undefined;
    return ips.map(ip => ({subnet: new Ref(subnet.kind, ip.subnet_id)}));
  }
  return ips.map(ip => {
    const wanted = {subnet: new Ref(subnet.kind, ip.subnet_id)};
    return isAutomatic(ip, scope) || isFree(ip.ip_address, scope)
      ? wanted
      : {subnet: wanted.subnet, ip_address: ip.ip_address};
  });
}

/** What must be the same in a clone. */
export function lastingIps(port: Addressed, scope: Scope): readonly Partial<FixedIp>[] {
  return sorted(port.fixed_ips).map(ip =>
    isLostAddress(port, ip, scope)
      ? {subnet_id: ip.subnet_id}
      : {subnet_id: ip.subnet_id, ip_address: ip.ip_address},
  );
}

/** IPv4 first, as people write them. */
function sorted(ips: readonly FixedIp[]): readonly FixedIp[] {
  return ips.toSorted((a, b) => byAddress(a.ip_address, b.ip_address));
}
