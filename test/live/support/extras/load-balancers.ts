/** Load balancers: everything Octavia takes, at values that nobody gets by default. */
import type {Api, Fields, Row} from '../api.ts';
import {floatingIp, join, place, port, router, server} from '../make.ts';
import {attempt, type Site} from '../site.ts';
import {sweep} from '../sweep.ts';
import {certificate, Keys} from './barbican.ts';
import type {Extra} from './extra.ts';

const ROOT = '/lbaas';

/** One thing after the other: a load balancer refuses everything while it is being changed. */
async function settled(api: Api, id: string): Promise<Row> {
  for (let left = 300; ; left -= 1) {
    const row = await api.show('load-balancer', `${ROOT}/loadbalancers/${id}`, 'loadbalancer');
    const status = row['provisioning_status'];
    if (status === 'ACTIVE') return row;
    if (status === 'ERROR' || left === 0) throw new Error(`load balancer ${id} is ${String(status)}`);
    await new Promise(resolve => setTimeout(resolve, 400));
  }
}

/** What belongs to one load balancer. */
class Balancer {
  readonly #site: Site;
  readonly row: Row;

  private constructor(site: Site, row: Row) {
    this.#site = site;
    this.row = row;
  }

  static async make(site: Site, fields: Fields): Promise<Balancer> {
    const made = await site.api.create('load-balancer', `${ROOT}/loadbalancers`, 'loadbalancer', fields);
    return new Balancer(site, await settled(site.api, made.id));
  }

  listener(protocol: string, number: number, fields: Fields): Promise<Row> {
    const address = {loadbalancer_id: this.row.id, protocol, protocol_port: number};
    return this.#make('listeners', 'listener', {...address, ...fields});
  }

  pool(protocol: string, lb_algorithm: string, fields: Fields): Promise<Row> {
    return this.#make('pools', 'pool', {loadbalancer_id: this.row.id, protocol, lb_algorithm, ...fields});
  }

  member(of: Row, address: unknown, fields: Fields): Promise<Row> {
    return this.#make(`pools/${of.id}/members`, 'member', {address, ...fields});
  }

  monitor(of: Row, type: string, fields: Fields = {}): Promise<Row> {
    const times = {delay: 7, timeout: 3, max_retries: 2};
    return this.#make('healthmonitors', 'healthmonitor', {pool_id: of.id, type, ...times, ...fields});
  }

  policy(of: Row, action: string, fields: Fields): Promise<Row> {
    return this.#make('l7policies', 'l7policy', {listener_id: of.id, action, ...fields});
  }

  rule(of: Row, type: string, compare_type: string, value: string, fields: Fields = {}): Promise<Row> {
    return this.#make(`l7policies/${of.id}/rules`, 'rule', {type, compare_type, value, ...fields});
  }

  /** A case that not every release takes. */
  try<T>(what: string, make: () => Promise<T>): Promise<T | undefined> {
    return attempt(this.#site, what, make);
  }

  async #make(path: string, key: string, fields: Fields): Promise<Row> {
    const made = await this.#site.api.create('load-balancer', `${ROOT}/${path}`, key, fields);
    await settled(this.#site.api, this.row.id);
    return made;
  }
}

const addressOf = (row: Row): string =>
  (row['fixed_ips'] as readonly {readonly ip_address: string}[])[0]?.ip_address ?? '';

async function pools(on: Balancer, subnet: Row, backends: readonly Row[]): Promise<Record<string, Row>> {
  const [one, two, spare] = backends.map(addressOf);
  const web = await on.pool('HTTP', 'ROUND_ROBIN', {
    name: 'web',
    description: 'both servers',
    session_persistence: {type: 'APP_COOKIE', cookie_name: 'JSESSIONID'},
    tags: ['blue', 'green'],
  });
  await on.member(web, one, {protocol_port: 80, subnet_id: subnet.id, weight: 10, tags: ['left']});
  await on.member(web, two, {
    protocol_port: 80,
    subnet_id: subnet.id,
    monitor_address: one,
    monitor_port: 8080,
    name: 'second; $(id)',
  });
  await on.member(web, '198.51.100.9', {protocol_port: 8080, weight: 0, backup: true});
  if (spare !== undefined) await on.member(web, spare, {protocol_port: 81, admin_state_up: false});
  await on.monitor(web, 'HTTP', {
    name: 'front page',
    http_method: 'HEAD',
    url_path: '/health?full=1',
    expected_codes: '200,204',
    http_version: 1.1,
    domain_name: 'www.example.org',
    max_retries_down: 5,
    tags: ['slow'],
  });

  const unnamed = await on.pool('TCP', 'LEAST_CONNECTIONS', {session_persistence: {type: 'SOURCE_IP'}});
  await on.member(unnamed, one, {protocol_port: 25});
  await on.monitor(unnamed, 'PING', {admin_state_up: false});
  const namesake = await on.pool('HTTPS', 'SOURCE_IP', {name: 'web', admin_state_up: false});
  await on.monitor(namesake, 'TLS-HELLO', {name: 'hello', max_retries_down: 4, tags: ['tls']});
  const sealed = await on.pool('HTTP', 'ROUND_ROBIN', {
    name: '入口 {{x}}',
    tls_enabled: true,
    tls_versions: ['TLSv1.3'],
    tls_ciphers: 'ECDHE-ECDSA-AES256-GCM-SHA384',
    alpn_protocols: ['h2'],
    session_persistence: {type: 'HTTP_COOKIE'},
  });
  await on.monitor(sealed, 'HTTPS', {expected_codes: '200-299'});
  const proxied = await on.pool('PROXY', 'ROUND_ROBIN', {name: 'proxied'});
  await on.monitor(proxied, 'TCP');
  const names = await on.pool('UDP', 'ROUND_ROBIN', {
    name: 'names',
    session_persistence: {
      type: 'SOURCE_IP',
      persistence_timeout: 120,
      persistence_granularity: '255.255.255.0',
    },
  });
  await on.member(names, two, {protocol_port: 53, subnet_id: subnet.id});
  await on.monitor(names, 'UDP-CONNECT');
  const second = await on.pool('PROXYV2', 'ROUND_ROBIN', {name: 'proxied twice', tags: ['new']});
  await on.member(second, one, {protocol_port: 82, subnet_id: subnet.id, name: 'one', weight: 3});
  await on.monitor(second, 'TCP', {name: 'open'});
  const stream = await on.pool('SCTP', 'ROUND_ROBIN', {name: 'stream', description: 'signals'});
  await on.member(stream, two, {protocol_port: 3868});
  await on.monitor(stream, 'SCTP');
  return {web, unnamed, namesake, sealed, proxied, names, second, stream};
}

async function policies(on: Balancer, of: Row, pool: Row): Promise<Record<string, Row>> {
  const moved = await on.policy(of, 'REDIRECT_TO_URL', {
    name: 'moved',
    description: 'to the new site',
    redirect_url: 'https://www.example.org/new?a=b',
    redirect_http_code: 301,
    tags: ['seo'],
  });
  await on.rule(moved, 'HOST_NAME', 'EQUAL_TO', 'old.example.org');
  await on.rule(moved, 'PATH', 'STARTS_WITH', '/old', {invert: true, tags: ['lab']});
  const api = await on.policy(of, 'REDIRECT_TO_POOL', {redirect_pool_id: pool.id});
  await on.rule(api, 'PATH', 'REGEX', `^/(api|it's|"x"|[$][(]id[)])/`);
  await on.rule(api, 'HEADER', 'CONTAINS', 'mobile', {key: 'X-Kind', admin_state_up: false});
  const refused = await on.policy(of, 'REJECT', {name: 'moved', admin_state_up: false});
  await on.rule(refused, 'FILE_TYPE', 'EQUAL_TO', 'exe');
  await on.rule(refused, 'COOKIE', 'ENDS_WITH', 'x', {key: 'tracker'});
  const prefixed = await on.policy(of, 'REDIRECT_PREFIX', {
    name: 'secure',
    redirect_prefix: 'https://www.example.org',
    redirect_http_code: 308,
  });
  await on.rule(prefixed, 'PATH', 'STARTS_WITH', '/');
  // The first of all, though the youngest.
  const first = await on.policy(of, 'REJECT', {name: 'first', position: 1});
  await on.rule(first, 'PATH', 'EQUAL_TO', '/closed');
  await on.try('a rule on client certificates', async () =>
    on.rule(first, 'SSL_DN_FIELD', 'EQUAL_TO', 'someone', {key: 'CN', invert: true}),
  );
  return {moved, api, refused, prefixed, first};
}

async function listeners(on: Balancer, to: Readonly<Record<string, Row>>): Promise<Record<string, Row>> {
  const http = await on.listener('HTTP', 80, {name: 'http', default_pool_id: to['web']?.id});
  const alternative = await on.listener('HTTP', 8080, {
    name: 'http',
    description: 'the other door',
    default_pool_id: to['web']?.id,
    connection_limit: 500,
    insert_headers: {'X-Forwarded-For': 'true', 'X-Forwarded-Port': 'false'},
    timeout_client_data: 60000,
    timeout_member_connect: 4000,
    timeout_member_data: 70000,
    timeout_tcp_inspect: 20,
    allowed_cidrs: ['198.51.100.0/24', '10.0.0.0/8'],
    tags: ['-odd', 'door'],
    admin_state_up: false,
  });
  await on.listener('TCP', 25, {default_pool_id: to['unnamed']?.id});
  await on.listener('HTTPS', 443, {name: 'passed through'});
  await on.listener('UDP', 53, {name: 'names', default_pool_id: to['names']?.id});
  await on.listener('TCP', 82, {name: 'proxied twice', default_pool_id: to['second']?.id});
  await on.listener('SCTP', 3868, {name: 'signals', default_pool_id: to['stream']?.id});
  await on.listener('PROMETHEUS', 9100, {
    name: 'metrics',
    timeout_client_data: 9000,
    allowed_cidrs: ['10.0.0.0/8'],
    tags: ['ops'],
  });
  return {http, alternative};
}

/**
 * A load balancer as newer releases know them: who may reach its VIP, and browsers told to insist on TLS. An older one
 * gets what it takes.
 */
export async function newerBalancer(site: Site, subnet: Row, group: Row): Promise<Record<string, Row>> {
  if (!site.api.has('load-balancer') || !site.api.has('key-manager')) return {};
  const plain = {name: 'shop', vip_subnet_id: subnet.id, provider: 'amphora'};
  const on =
    (await attempt(site, 'a load balancer with security groups', async () =>
      Balancer.make(site, {...plain, vip_sg_ids: [group.id]}),
    )) ?? (await Balancer.make(site, plain));
  const keys = new Keys(site);
  const {key, certificate: text} = certificate('shop.example.org');
  const held = await keys.container('certificate', 'shop', {
    certificate: await keys.text('shop', text, {secret_type: 'certificate'}),
    private_key: await keys.text('shop', key, {secret_type: 'private'}),
  });
  const tls = {name: 'shop', default_tls_container_ref: held['container_ref']};
  const hsts = {hsts_max_age: 31_536_000, hsts_include_subdomains: true, hsts_preload: true};
  const listener =
    (await on.try('strict transport security', async () =>
      on.listener('TERMINATED_HTTPS', 443, {...tls, ...hsts}),
    )) ?? (await on.listener('TERMINATED_HTTPS', 443, tls));
  return {shop: on.row, shopListener: listener};
}

/** One that holds a certificate, and another for a second name. */
async function terminated(site: Site, on: Balancer): Promise<Record<string, Row>> {
  if (!site.api.has('key-manager')) return {};
  const keys = new Keys(site);
  const hold = async (name: string): Promise<Row> => {
    const {key, certificate: text} = certificate(name);
    return keys.container('certificate', name, {
      certificate: await keys.text(name, text, {secret_type: 'certificate'}),
      private_key: await keys.text(name, key, {secret_type: 'private'}),
    });
  };
  const [www, shop] = [await hold('www.example.org'), await hold('shop.example.org')];
  const listener = await on.listener('TERMINATED_HTTPS', 8443, {
    name: 'www',
    default_tls_container_ref: www['container_ref'],
    sni_container_refs: [shop['container_ref']],
  });
  return {certificate: www, terminated: listener};
}

/** All at once by cascade: part by part a stack of them takes minutes to go. */
async function remove(api: Api): Promise<void> {
  if (!api.has('load-balancer')) return;
  await sweep(
    api,
    'load balancers',
    () => api.list('load-balancer', `${ROOT}/loadbalancers?project_id=${api.projectId}`, 'loadbalancers'),
    // One that is being changed or removed refuses: the next round tells.
    ({id}) => api.remove('load-balancer', `${ROOT}/loadbalancers/${id}?cascade=true`),
  );
}

export const loadBalancers: Extra = {
  async build(site) {
    const {api, outside} = site;
    const {network: net, subnet} = await place(api, 'lb-net', '10.30.0.0/24');
    const edge = await router(api, {name: 'lb-edge', external_gateway_info: {network_id: outside.external}});
    await join(api, edge, {subnet_id: subnet.id});
    const [one, two] = [
      await port(api, net, {name: 'web-1', fixed_ips: [{subnet_id: subnet.id}]}),
      await port(api, net, {name: 'web-2', fixed_ips: [{subnet_id: subnet.id}]}),
    ];
    await server(site, {name: 'web-1', networks: [{port: one.id}]});
    await server(site, {name: 'web-2', networks: [{port: two.id}]});
    const loose = outside.shared === undefined ? [] : [await port(api, outside.shared, {name: 'loose'})];

    const [quality] = await api.list('network', '/qos/policies', 'policies');
    const www = await Balancer.make(site, {
      name: 'www',
      description: 'front door',
      vip_subnet_id: subnet.id,
      vip_address: '10.30.0.50',
      provider: 'amphora',
      tags: ['front', 'two words'],
      ...(quality === undefined ? {} : {vip_qos_policy_id: quality.id}),
    });
    const to = await pools(www, subnet, [one, two, ...loose]);
    const doors = await listeners(www, to);
    const tls = await terminated(site, www);
    const made = await policies(www, doors['http'] as Row, to['sealed'] as Row);
    const address = await floatingIp(api, {
      floating_network_id: outside.external,
      port_id: www.row['vip_port_id'],
      description: 'www',
    });

    // Its VIP has an address of the target's choice.
    const far =
      outside.shared === undefined
        ? undefined
        : await Balancer.make(site, {vip_network_id: outside.shared, admin_state_up: false});
    const inner = await attempt(site, 'a load balancer of OVN', async () =>
      Balancer.make(site, {name: 'www', vip_network_id: net.id, provider: 'ovn'}),
    );
    if (inner !== undefined) {
      const pool = await inner.pool('TCP', 'SOURCE_IP_PORT', {name: 'inner'});
      await inner.listener('TCP', 5432, {name: 'inner', default_pool_id: pool.id});
      await inner.member(pool, addressOf(one), {protocol_port: 5432, subnet_id: subnet.id});
      if (far !== undefined)
        await inner.member(pool, far.row['vip_address'], {protocol_port: 5433, subnet_id: subnet.id});
    }
    return {net, subnet, edge, one, two, www: www.row, address, ...to, ...doors, ...tls, ...made};
  },

  free: remove,
  wipe: remove,
};
