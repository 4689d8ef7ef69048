/** Addresses in every place that holds one: pools, routes, pairs, rules, members, metadata, dual stack, the same net twice. */
import type {Row} from './api.ts';
import {floatingIp, group, join, network, place, port, router, rule, server, subnet} from './make.ts';
import type {Site} from './site.ts';

async function balance(site: Site, on: {network: Row; subnet: Row}, member: string): Promise<void> {
  const {api} = site;
  const settled = async (id: string): Promise<void> => {
    for (let left = 150; ; left -= 1) {
      const row = await api.show('load-balancer', `/lbaas/loadbalancers/${id}`, 'loadbalancer');
      if (row['provisioning_status'] === 'ACTIVE') return;
      if (left === 0) throw new Error(`load balancer ${id} is ${String(row['provisioning_status'])}`);
      await new Promise(resolve => setTimeout(resolve, 400));
    }
  };
  const make = async (path: string, key: string, fields: object): Promise<Row> =>
    api.create('load-balancer', `/lbaas/${path}`, key, fields as Record<string, unknown>);
  const whole = await make('loadbalancers', 'loadbalancer', {
    name: 'inner',
    vip_subnet_id: on.subnet.id,
    vip_address: '10.72.0.30',
  });
  await settled(whole.id);
  const pool = await make('pools', 'pool', {
    loadbalancer_id: whole.id,
    protocol: 'HTTP',
    lb_algorithm: 'ROUND_ROBIN',
  });
  await settled(whole.id);
  await make(`pools/${pool.id}/members`, 'member', {address: member, protocol_port: 80});
  await settled(whole.id);
}

export async function buildAddresses(site: Site): Promise<void> {
  const {api, outside} = site;
  const [app, twin, data] = await Promise.all([
    network(api, {name: 'app'}),
    network(api, {name: 'twin'}),
    place(api, 'data', '10.72.0.0/24'),
  ]);
  const four = await subnet(api, app, '10.71.0.0/24', {
    name: 'app-v4',
    allocation_pools: [{start: '10.71.0.50', end: '10.71.0.199'}],
    dns_nameservers: ['10.71.0.53', '9.9.9.9'],
    host_routes: [{destination: '192.0.2.0/24', nexthop: '10.71.0.80'}],
  });
  const six = await subnet(api, app, 'fd00:71::/64', {
    name: 'app-v6',
    ipv6_ra_mode: 'dhcpv6-stateful',
    ipv6_address_mode: 'dhcpv6-stateful',
  });
  await subnet(api, twin, '10.71.0.0/24', {name: 'twin-v4', gateway_ip: '10.71.0.254'});
  const edge = await router(api, {name: 'edge', external_gateway_info: {network_id: outside.external}});
  for (const one of [four, six, data.subnet]) await join(api, edge, {subnet_id: one.id});

  const guard = await group(api, {name: 'inside'});
  await rule(api, guard, {protocol: 'tcp', remote_ip_prefix: '10.71.0.0/24'});
  await rule(api, guard, {
    protocol: 'tcp',
    remote_ip_prefix: '10.0.0.0/8',
    port_range_min: 22,
    port_range_max: 22,
  });
  await rule(api, guard, {protocol: 'udp', remote_ip_prefix: 'fd00:71::/64', ethertype: 'IPv6'});
  const at = (name: string, address: string, more: object = {}): Promise<Row> =>
    port(api, app, {
      name,
      fixed_ips: [{subnet_id: four.id, ip_address: address}],
      security_groups: [guard.id],
      ...more,
    });
  const [vip] = await Promise.all([at('vip', '10.71.0.10'), at('nat', '10.71.0.80')]);
  const [one] = await Promise.all([
    at('one', '10.71.0.111', {allowed_address_pairs: [{ip_address: '10.71.0.10'}]}),
    at('two', '10.71.0.112', {
      allowed_address_pairs: [{ip_address: '10.71.0.10'}, {ip_address: '10.71.0.0/25'}],
      fixed_ips: [
        {subnet_id: four.id, ip_address: '10.71.0.112'},
        {subnet_id: six.id, ip_address: 'fd00:71::112'},
      ],
    }),
    at('left', '10.71.0.121', {allowed_address_pairs: [{ip_address: '10.71.0.122'}]}),
    at('right', '10.71.0.122', {allowed_address_pairs: [{ip_address: '10.71.0.121'}]}),
  ]);
  await api.update('network', `/routers/${edge.id}`, 'router', {
    routes: [
      {destination: '198.51.100.0/24', nexthop: '10.71.0.111'},
      {destination: '203.0.113.0/25', nexthop: '10.71.0.80'},
    ],
  });
  await Promise.all([
    server(site, {
      name: 'one',
      networks: [{port: one.id}],
      metadata: {nat: '10.71.0.80', url: 'http://10.71.0.10/', office: '198.51.100.7'},
    }),
    floatingIp(api, {floating_network_id: outside.external, port_id: vip.id}),
    balance(site, data, '10.71.0.111'),
  ]);
}
