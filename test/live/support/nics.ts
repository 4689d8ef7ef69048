/** Servers by their NICs: order, several addresses, none, ports made by hand and by Nova, trunks, virtual addresses. */
import type {Row} from './api.ts';
import {group, merge, network, place, port, server, subnet} from './make.ts';
import type {Site} from './site.ts';

/** Six NICs whose order is neither that of names nor of creation; two of the networks share a name. */
async function inOrder(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const [zeta, hundred, alpha, twin, otherTwin] = await Promise.all([
    place(api, 'zeta', '10.70.0.0/24'),
    place(api, '100', '10.70.1.0/24', {allocation_pools: [{start: '10.70.1.128', end: '10.70.1.254'}]}),
    place(api, 'alpha', '10.70.2.0/24'),
    place(api, 'nic-twin', '10.70.3.0/24'),
    place(api, 'nic-twin', '10.70.4.0/24'),
  ]);
  const last = await port(api, otherTwin.network, {name: 'nic-last'});
  const two = await port(api, alpha.network, {
    name: 'nic-two-addresses',
    fixed_ips: [
      {subnet_id: alpha.subnet.id, ip_address: '10.70.2.40'},
      {subnet_id: alpha.subnet.id, ip_address: '10.70.2.30'},
    ],
  });
  const first = await port(api, zeta.network, {name: 'nic-first'});
  const ordered = await server(site, {
    name: 'ordered',
    networks: [
      {port: first.id},
      {uuid: hundred.network.id, fixed_ip: '10.70.1.99'},
      {uuid: hundred.network.id},
      {port: two.id},
      {uuid: twin.network.id},
      {port: last.id},
    ],
  });
  return {
    zeta: zeta.network,
    hundred: hundred.network,
    alpha: alpha.network,
    twin: twin.network,
    otherTwin: otherTwin.network,
    first,
    two,
    last,
    ordered,
  };
}

async function dualStack(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const modes = ['slaac', 'dhcpv6-stateful', 'dhcpv6-stateless'];
  const networks = await Promise.all(
    modes.map(async (mode, index) => {
      const {network: on} = await place(api, `nic-${mode}`, `10.71.${index}.0/24`);
      await subnet(api, on, `fd00:71:${index}::/64`, {
        name: `nic-${mode}-6`,
        ipv6_ra_mode: mode,
        ipv6_address_mode: mode,
      });
      return on;
    }),
  );
  const dual = await server(site, {name: 'dual-stack', networks: networks.map(on => ({uuid: on.id}))});
  return {dual};
}

/** Two servers on hand-made ports that may both speak for an address nobody holds. */
async function virtualAddress(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const on = await place(api, 'ha', '10.72.0.0/24');
  const guard = await group(api, {name: 'ha', description: 'keepalived'});
  const at = (address: string): object => ({subnet_id: on.subnet.id, ip_address: address});
  const vip = await port(api, on.network, {
    name: 'ha-vip',
    fixed_ips: [at('10.72.0.100')],
    security_groups: [guard.id],
  });
  const holders = await Promise.all(
    ['10.72.0.11', '10.72.0.12'].map(async (address, index) => {
      const held = await port(api, on.network, {
        name: `ha-${index + 1}`,
        fixed_ips: [at(address)],
        security_groups: [guard.id],
        allowed_address_pairs: [{ip_address: '10.72.0.100'}],
      });
      return server(site, {name: `ha-${index + 1}`, networks: [{port: held.id}]});
    }),
  );
  const [one, two] = holders as [Row, Row];
  return {ha: on.network, vip, haOne: one, haTwo: two};
}

async function trunks(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const [outer, inner, deep] = await Promise.all([
    place(api, 'trunk-native', '10.73.0.0/24'),
    place(api, 'trunk-101', '10.73.1.0/24'),
    place(api, 'trunk-102', '10.73.2.0/24'),
  ]);
  const parent = await port(api, outer.network, {name: 'trunk-parent'});
  const mac = parent['mac_address'];
  // One subport shares the parent's address, as guests with VLAN interfaces want it; the other has its own.
  const same = await port(api, inner.network, {name: 'vlan-101', mac_address: mac});
  const own = await port(api, deep.network, {name: ''});
  const trunk = await api.create('network', '/trunks', 'trunk', {
    name: 'trunk',
    description: 'two VLANs',
    port_id: parent.id,
    sub_ports: [
      {port_id: own.id, segmentation_type: 'vlan', segmentation_id: 102},
      {port_id: same.id, segmentation_type: 'vlan', segmentation_id: 101},
    ],
  });
  const loose = await port(api, outer.network, {name: 'loose-parent'});
  const nameless = await api.create('network', '/trunks', 'trunk', {
    port_id: loose.id,
    admin_state_up: false,
  });
  const guest = await server(site, {name: 'vlan-guest', networks: [{port: parent.id}]});
  return {parent, trunk, namelessTrunk: nameless, guest, same, own};
}

async function novaMade(site: Site): Promise<Record<string, Row>> {
  const {api, outside} = site;
  const open = await network(api, {name: 'nic-insecure', port_security_enabled: false});
  await subnet(api, open, '10.74.0.0/24', {name: 'nic-insecure'});
  const on = await place(api, 'nic-nova', '10.74.1.0/24');
  const guard = await group(api, {name: 'nova-made'});
  const shared = outside.shared;
  const [insecure, guarded, none, foreign] = await Promise.all([
    server(site, {name: 'insecure', networks: [{uuid: open.id}]}),
    server(site, {name: 'guarded', networks: [{uuid: on.network.id}]}),
    server(site, {name: 'no-nic'}),
    shared === undefined ? undefined : server(site, {name: 'on-shared-net', networks: [{uuid: shared}]}),
  ]);
  // Nova of 2025.1 takes no groups for the port it makes while two of the project share a name, whichever those are (nova
  // `network/neutron.py`, `_get_security_group_ids`).
  const [port] = await api.list('network', `/ports?device_id=${guarded.id}`, 'ports');
  const groups = port?.['security_groups'] as readonly string[];
  await api.update('network', `/ports/${port?.id}`, 'port', {security_groups: [guard.id, ...groups]});
  return {insecure, guarded, none, ...(foreign === undefined ? {} : {foreign})};
}

export async function buildNics(site: Site): Promise<Record<string, Row>> {
  const parts = await Promise.all([
    inOrder(site),
    dualStack(site),
    virtualAddress(site),
    trunks(site),
    novaMade(site),
  ]);
  return merge(...parts);
}
