/** What ports, subnets and floating IPs say of others: where they stand, what they are plugged into. */
import type {Row} from '../../model/inventory.ts';
import type {ListCall, Named} from '../../model/list-call.ts';
import {names, surely, valuesAt} from '../../model/names.ts';
import {macsOf} from '../nova/names.ts';

const where = surely({network_id: 'network'});
/** Subnets of an external network are hidden, and an admin may set a group of another project. */
const others = names({'fixed_ips.subnet_id': 'subnet', security_groups: 'security_group'});

export const namesOfPort: NonNullable<ListCall['names']> = function* (port): Generator<Named> {
  yield* where(port);
  yield* others(port);
  const {device_id: device, device_owner: owner, mac_address: mac, fixed_ips: ips} = port;
  if (typeof owner !== 'string') return;
  if (owner.startsWith('network:router_interface')) yield {kind: 'router', value: device};
  if (!owner.startsWith('compute:')) return;
  // A port without an address shows in no server's.
  const isBare = !Array.isArray(ips) || ips.length === 0 || typeof mac !== 'string';
  yield {
    kind: 'server',
    value: device,
    agrees: server => isBare || macsOf(server).has(mac.toLowerCase()),
  };
};

export const namesOfSubnet: NonNullable<ListCall['names']> = function* ({
  id,
  network_id: value,
}): Generator<Named> {
  const agrees = (network: Row): boolean => {
    if (!('subnets' in network)) return true;
    return valuesAt(network, ['subnets']).includes(id);
  };
  yield {kind: 'network', value, agrees, sure: true};
};

const target = names({port_id: 'port', router_id: 'router'});

export const namesOfFloatingIp: NonNullable<ListCall['names']> = function* (ip): Generator<Named> {
  yield* target(ip);
  // A router that it goes through has a leg: Neutron takes none away that an address needs.
  yield {kind: 'port', field: 'device_id', value: ip['router_id']};
};
