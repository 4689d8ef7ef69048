/** Ports that no server holds: virtual addresses, address pairs, DHCP options, no security, no address. */
import type {Fields, Row} from './api.ts';
import {group, network, place, port, setTags, subnet} from './make.ts';
import type {Site} from './site.ts';

export async function buildPorts(site: Site): Promise<Record<string, Row>> {
  const {api, outside} = site;
  // Neutron picks addresses at random: without a pool of its own it would now and then take one that is asked for below.
  const on = await place(api, 'ports', '10.30.0.0/24', {
    allocation_pools: [{start: '10.30.0.128', end: '10.30.0.254'}],
  });
  const six = await subnet(api, on.network, 'fd00:30::/64', {
    name: 'ports-v6',
    ipv6_ra_mode: 'dhcpv6-stateful',
    ipv6_address_mode: 'dhcpv6-stateful',
  });
  const open = await network(api, {name: 'ports-insecure', port_security_enabled: false});
  await subnet(api, open, '10.30.1.0/24', {name: 'ports-insecure'});
  const guard = await group(api, {name: 'ports-guard', description: 'on a port nobody holds'});
  const make = (name: string, fields: Fields = {}): Promise<Row> => port(api, on.network, {name, ...fields});
  const at = (address: string): Fields => ({subnet_id: on.subnet.id, ip_address: address});

  const vip = await make('vip', {fixed_ips: [at('10.30.0.100')], description: 'kept by keepalived'});
  const [pairs, options, sixOptions, optedOut, groupless, down, bare, several, nameless] = await Promise.all([
    make('pairs', {
      fixed_ips: [at('10.30.0.11')],
      allowed_address_pairs: [
        {ip_address: '10.30.0.100'},
        {ip_address: '10.30.9.0/24', mac_address: 'fa:16:3e:30:00:01'},
        {ip_address: 'fd00:30::100'},
      ],
    }),
    make('dhcp-options', {
      extra_dhcp_opts: [
        {opt_name: 'bootfile-name', opt_value: 'pxelinux.0'},
        {opt_name: 'server-ip-address', opt_value: '10.30.0.5', ip_version: 4},
        {opt_name: '150', opt_value: '10.30.0.5'},
      ],
    }),
    make('dhcp-options-6', {
      fixed_ips: [{subnet_id: six.id}],
      extra_dhcp_opts: [{opt_name: 'domain-search', opt_value: 'example.org', ip_version: 6}],
    }),
    // Security can only go when no group is left on the port.
    make('no-security', {port_security_enabled: false, security_groups: []}),
    make('no-groups', {security_groups: []}),
    make('down', {admin_state_up: false, security_groups: [guard.id]}),
    make('no-address', {fixed_ips: []}),
    make('two-addresses', {fixed_ips: [at('10.30.0.21'), at('10.30.0.20'), {subnet_id: six.id}]}),
    make(''),
  ]);
  const twin = await make('twin-port');
  const otherTwin = await make('twin-port');
  const mac = await make('own-mac', {mac_address: '52:54:00:12:34:56', fixed_ips: [at('10.30.0.31')]});
  const named = await make('dns', {dns_name: 'printer'});
  await setTags(api, `/ports/${named.id}`, ['role:printer', 'yes']);
  const secured = await port(api, open, {
    name: 'secured-after-all',
    port_security_enabled: true,
    security_groups: [guard.id],
  });
  // No port of vnic type direct: ML2/OVN makes them external ports in a transaction inside a transaction, which
  // deadlocks its queue for 180 s ("TXN queue is full") when a stack makes other ports at the same time.
  const shared = outside.shared;
  const foreign = shared === undefined ? undefined : await port(api, shared, {name: 'on-shared-net'});
  return {
    network: on.network,
    subnet: on.subnet,
    subnetSix: six,
    guard,
    vip,
    pairs,
    options,
    sixOptions,
    optedOut,
    groupless,
    down,
    bare,
    several,
    nameless,
    twin,
    otherTwin,
    mac,
    named,
    secured,
    ...(foreign === undefined ? {} : {foreign}),
  };
}
