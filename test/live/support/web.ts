/** A small web project as a person would click it together: two web servers, a database, one way in. */
import type {Row} from './api.ts';
import {
  attach,
  dropRules,
  floatingIp,
  group,
  join,
  keyPair,
  network,
  port,
  router,
  rule,
  server,
  subnet,
  volume,
} from './make.ts';
import type {Site} from './site.ts';

const CLOUD_CONFIG = `#cloud-config
packages: [nginx]
runcmd:
  - systemctl enable --now nginx
`;

const tcp = (number: number): object => ({protocol: 'tcp', port_range_min: number, port_range_max: number});

export async function buildWeb(site: Site): Promise<Record<string, Row>> {
  const {api, outside} = site;
  const net = await network(api, {name: 'web-net'});
  const sub = await subnet(api, net, '192.168.10.0/24', {
    name: 'web-subnet',
    dns_nameservers: ['9.9.9.9', '1.1.1.1'],
    allocation_pools: [{start: '192.168.10.100', end: '192.168.10.199'}],
  });
  const edge = await router(api, {name: 'web-router', external_gateway_info: {network_id: outside.external}});
  await join(api, edge, {subnet_id: sub.id});

  const [web, database, key, disk] = await Promise.all([
    group(api, {name: 'web', description: 'HTTP from everywhere, SSH from the office'}),
    group(api, {name: 'db', description: 'PostgreSQL, from the web servers only'}),
    keyPair(site, 'laptop'),
    volume(api, {name: 'db-data', size: 10, description: 'PostgreSQL data'}),
  ]);
  await Promise.all([
    rule(api, web, {...tcp(80), remote_ip_prefix: '0.0.0.0/0'}),
    rule(api, web, {...tcp(443), remote_ip_prefix: '0.0.0.0/0'}),
    rule(api, web, {...tcp(22), remote_ip_prefix: '203.0.113.0/24', description: 'office'}),
    rule(api, database, {...tcp(5432), remote_group_id: web.id}),
    rule(api, database, {...tcp(22), remote_group_id: web.id}),
    dropRules(api, database, row => row['ethertype'] === 'IPv6'),
  ]);
  const userData = Buffer.from(CLOUD_CONFIG).toString('base64');
  const held = await port(api, net, {
    name: 'db',
    fixed_ips: [{subnet_id: sub.id, ip_address: '192.168.10.20'}],
    security_groups: [database.id],
  });
  const [one, two, db] = await Promise.all([
    ...['web-1', 'web-2'].map(name =>
      server(site, {
        name,
        networks: [{uuid: net.id}],
        security_groups: [{name: 'web'}],
        key_name: key.id,
        user_data: userData,
        metadata: {role: 'web'},
      }),
    ),
    server(site, {name: 'db', networks: [{port: held.id}], key_name: key.id, metadata: {role: 'db'}}),
  ] as [Promise<Row>, Promise<Row>, Promise<Row>]);
  await attach(api, db, disk);
  const [nic] = await api.list('network', `/ports?device_id=${one.id}`, 'ports');
  const address = await floatingIp(api, {
    floating_network_id: outside.external,
    port_id: nic?.id,
    description: 'www',
  });
  return {network: net, subnet: sub, router: edge, web, database, key, disk, one, two, db, address};
}
