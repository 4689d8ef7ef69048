/** How a router stands on a network: by the subnet alone, or on a port that somebody made. Pure. */
import type {Scope} from '../../model/define.ts';
import {network} from './network.ts';
import {isOurs} from './shared.ts';
import {subnet} from './subnet.ts';

/** A port's fields that decide it. */
export interface LegPort {
  readonly id: string;
  readonly name: string;
  readonly network_id: string;
  readonly device_id: string;
  readonly device_owner: string;
  readonly fixed_ips: readonly {readonly subnet_id: string; readonly ip_address: string}[];
  readonly description?: string | null;
  readonly tags?: readonly string[];
  readonly security_groups?: readonly string[];
  readonly port_security_enabled?: boolean;
}

/** Proof: neutron-lib `constants.py`, ROUTER_INTERFACE_OWNERS. */
const OWNERS = new Set([
  'network:router_interface',
  'network:router_interface_distributed',
  'network:ha_router_replicated_interface',
]);

export function isLeg(port: Pick<LegPort, 'device_owner'>): boolean {
  return OWNERS.has(port.device_owner);
}

/**
 * True where adding the subnet to the router makes the same port again: it has the subnets' gateway addresses and
 * nothing that only a port made by hand has (Neutron makes such ports without port security and without groups).
 * Members may not add another project's subnet, but they may add a port of their own on it.
 */
export function isLegBySubnet(port: LegPort, scope: Scope): boolean {
  const parent = scope.row(network, port.network_id);
  return (
    isOurs(parent, scope) &&
    port.name === '' &&
    !port.description &&
    !port.tags?.length &&
    !port.security_groups?.length &&
    port.port_security_enabled !== true &&
    port.fixed_ips.length > 0 &&
    port.fixed_ips.every(ip => scope.row(subnet, ip.subnet_id)?.gateway_ip === ip.ip_address)
  );
}

/** Ids of the router_interface rows a leg is said by. */
export function legIds(port: LegPort, scope: Scope): readonly string[] {
  return isLegBySubnet(port, scope)
    ? port.fixed_ips.map(ip => `${port.device_id}:${ip.subnet_id}`)
    : [`${port.device_id}:${port.id}`];
}
