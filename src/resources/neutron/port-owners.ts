/** Whose a port is, by its device_owner; proof: neutron-lib `constants.py` and heat-and-apis.md §4. */
import {isRebuilt, lost, resource, skipped, type Scope, type Typed} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ref} from '../../model/value.ts';
import {isLeg, isLegBySubnet, legIds, type LegPort} from './router-legs.ts';

/** Ports that services make for themselves, by the start of their owner. The first that fits counts. */
const SERVICES: readonly (readonly [start: string, reason: string])[] = [
  ['network:dhcp', 'made by Neutron for DHCP'],
  ['network:distributed', "made by Neutron for OVN's metadata"],
  ['network:router_gateway', "made by Neutron for a router's gateway"],
  ['network:router_centralized_snat', 'made by Neutron for a distributed router'],
  ['network:router_ha_interface', 'made by Neutron for a redundant router'],
  ['network:floatingip', 'made by Neutron for a floating IP'],
  ['network:local_ip', 'made by Neutron for a local IP'],
  ['network:', 'made by a network service'],
  ['neutron:', 'made by a network service'],
  ['octavia', 'made by the load balancer service'],
  ['manila', 'made by the shared file system service'],
  ['trove', 'made by the database service'],
  ['kuryr', 'made by the container service'],
  ['baremetal:', 'made by the bare metal service'],
];

/** Load balancers as far as ports look at them; their own file imports ours. */
const balancers: Typed<'load_balancer', {readonly id: string; readonly vip_port_id: string | null}> = {
  kind: 'load_balancer',
};

/**
 * True for the port of a VIP. Providers need not say whose it is: OVN's has no owner, only a name. Proof:
 * ovn-octavia-provider `common/constants.py`, LB_VIP_PORT_PREFIX.
 */
function isVip(port: LegPort, scope: Scope): boolean {
  return (
    (port.device_owner === '' && port.name.startsWith('ovn-lb-vip-')) ||
    scope.by(balancers, 'vip_port_id', port.id).some(({id}) => isRebuilt(scope.place(balancers, id)))
  );
}

/** Where a port of ours stands. */
export function portPlace(port: LegPort, scope: Scope): Place {
  const owner = port.device_owner;
  if (isVip(port, scope)) return skipped('made by the load balancer service');
  if (owner === '' || owner.startsWith('compute:') || owner === 'trunk:subport') return resource;
  if (isLeg(port)) {
    const [leg] = legIds(port, scope);
    return isLegBySubnet(port, scope) && leg !== undefined
      ? {as: 'part', of: new Ref('router_interface', leg)}
      : resource;
  }
  const service = SERVICES.find(([start]) => owner.toLowerCase().startsWith(start));
  return service === undefined ? lost(`nothing is known of the owner ${owner}`) : skipped(service[1]);
}

/** True for a port that Nova has plugged into a server: Nova writes some of its fields. */
export function isPlugged(port: Pick<LegPort, 'device_owner'>): boolean {
  return port.device_owner.startsWith('compute:');
}
