/** What `check` says before anything is made: of a good bundle, of values that are called otherwise, of planted mistakes. */
import {cpSync, readFileSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {parse, stringify} from 'yaml';
import {Api} from './support/api.ts';
import {expectExit} from './support/clone.ts';
import {makeProject} from './support/projects.ts';
import {bench, type Bench} from './support/rekindle.ts';
import {wipe} from './support/wipe.ts';

interface Finding {
  readonly severity: string;
  readonly where: string;
  readonly what: string;
  readonly hint: string;
}

type Fields = Readonly<Record<string, unknown>>;

const sample = join(import.meta.dirname, '../../../samples/web');

interface Place extends Bench {
  /** Entry of clouds.yaml. */
  readonly cloud: string;
}

/** An empty project, and the bundle of the web project beside it. */
async function place(t: ExecutionContext): Promise<Place> {
  const admin = await Api.login(process.env['REKINDLE_LIVE_ADMIN'] ?? 'admin');
  const project = await makeProject(admin);
  t.teardown(async () => wipe(admin, project.name));
  const run = bench(project.yaml);
  cpSync(sample, join(run.dir, 'out'), {recursive: true});
  return {...run, cloud: project.name};
}

function rewrite(path: string, change: (data: Fields) => Fields): void {
  writeFileSync(path, stringify(change(parse(readFileSync(path, 'utf8')) as Fields)));
}

const ref = (name: string): Fields => ({get_resource: name});

/** Resource -> type, properties, and what must be said of it. */
const planted: Readonly<Record<string, readonly [type: string, properties: Fields, says: RegExp]>> = {
  gateway_in_pool: [
    'Neutron::Subnet',
    {
      network: ref('network_web'),
      cidr: '10.20.0.0/24',
      gateway_ip: '10.20.0.9',
      allocation_pools: [{start: '10.20.0.9', end: '10.20.0.90'}],
    },
    /gateway_ip "10\.20\.0\.9" lies in the allocation pool/,
  ],
  overlapping: [
    'Neutron::Subnet',
    {network: ref('network_web'), cidr: '10.10.0.0/25'},
    /overlaps with 10\.10\.0\.0\/24 of subnet_web/,
  ],
  no_gateway: [
    'Neutron::Subnet',
    {network: ref('network_web'), cidr: '10.21.0.0/24', gateway_ip: '', dns_nameservers: ['9.9.9.9', 'ns1']},
    /dns_nameservers\[1\] "ns1" is no address/,
  ],
  no_gateway_leg: [
    'Neutron::RouterInterface',
    {router: ref('router_edge'), subnet: ref('no_gateway')},
    /subnet "no_gateway" has no gateway address/,
  ],
  out_of_pool: [
    'Neutron::Subnet',
    {network: ref('network_pooled'), cidr: '10.23.0.0/24', value_specs: {subnetpool_id: ref('pool')}},
    /is not in its subnet pool/,
  ],
  network_pooled: ['Neutron::Net', {value_specs: {mtu: 9000}}, /value_specs\.mtu 9000 is more than/],
  outside: [
    'Neutron::Port',
    {network: ref('network_web'), fixed_ips: [{subnet: ref('subnet_web'), ip_address: '10.11.0.9'}]},
    /"10\.11\.0\.9" is outside/,
  ],
  taken: [
    'Neutron::Port',
    {network: ref('network_web'), fixed_ips: [{subnet: ref('subnet_web'), ip_address: '10.10.0.11'}]},
    /"10\.10\.0\.11" is taken by port_web_1/,
  ],
  insecure: [
    'Neutron::Port',
    {network: ref('network_web'), port_security_enabled: false, security_groups: [ref('security_group_web')]},
    /security_groups has 1 entry, but port_security_enabled is false/,
  ],
  on_shared: [
    'Neutron::Port',
    {network: 'shared-net', fixed_ips: [{ip_address: '10.99.9.9'}]},
    /on shared-net, a network of another project/,
  ],
  uplink: [
    'Neutron::Port',
    {network: ref('network_web'), propagate_uplink_status: true},
    /extension uplink-status-propagation/,
  ],
  far: [
    'Neutron::ExtraRoute',
    {router_id: ref('router_edge'), destination: '10.30.0.0/24', nexthop: '10.31.0.1'},
    /nexthop "10\.31\.0\.1" is on no subnet/,
  ],
  no_way: [
    'Neutron::FloatingIP',
    {floating_network: 'public2', port_id: ref('port_web_1')},
    /which no router connects to public2/,
  ],
  not_external: [
    'Neutron::Router',
    {external_gateway_info: {network: 'shared-net', enable_snat: false}},
    /"shared-net" is no external network/,
  ],
  rules: [
    'Neutron::SecurityGroup',
    {
      rules: [
        {protocol: 'tcp', port_range_min: 90, port_range_max: 80},
        {port_range_min: 1, port_range_max: 1},
      ],
    },
    /rules\[0\]\.port_range_min 90 is above/,
  ],
  rule_again: [
    'Neutron::SecurityGroupRule',
    {
      security_group: ref('security_group_web'),
      protocol: 'tcp',
      port_range_min: 80,
      port_range_max: 80,
    },
    /has that very rule already/,
  ],
  trunk: [
    'Neutron::Trunk',
    {
      port: ref('outside'),
      sub_ports: [{port: ref('outside'), segmentation_type: 'vlan', segmentation_id: 5}],
    },
    /is in a trunk already/,
  ],
  no_networks: [
    'Nova::Server',
    {flavor: 'm1.tiny', image: 'debian-like', metadata: {k: 'x'.repeat(256)}},
    /networks is missing/,
  ],
  bad_key: ['Nova::KeyPair', {name: 'bad', public_key: 'ssh-rsa AAAA'}, /is no SSH key/],
  small: [
    'Cinder::Volume',
    {size: 1, image: 'debian-like', availability_zone: 'moon'},
    /size 1 is less than/,
  ],
  vip: [
    'Octavia::LoadBalancer',
    {vip_subnet: ref('subnet_web'), vip_address: '10.99.0.1', provider: 'f5'},
    /provider "f5" is no provider/,
  ],
  udp: [
    'Octavia::Listener',
    {loadbalancer: ref('vip'), protocol: 'UDP', protocol_port: 53, default_pool: ref('http')},
    /puts a pool for HTTP behind/,
  ],
  http: ['Octavia::Pool', {loadbalancer: ref('vip'), protocol: 'HTTP', lb_algorithm: 'ROUND_ROBIN'}, /^$/],
  pool: ['Neutron::SubnetPool', {prefixes: ['10.22.0.0/16']}, /^$/],
  vpn: [
    'Neutron::VPNService',
    {router: ref('router_edge'), subnet: ref('subnet_web')},
    /may not be connected to router_edge yet/,
  ],
  zone: ['Designate::Zone', {name: 'check.example', email: 'a@example.org'}, /lacks the dot/],
  good_zone: ['Designate::Zone', {name: 'check2.example.', email: 'a@example.org'}, /^$/],
  record: [
    'Designate::RecordSet',
    {zone: ref('good_zone'), name: 'www.example.com.', type: 'A', records: ['192.0.2.1']},
    /is outside its zone/,
  ],
  share: ['Manila::Share', {share_protocol: 'GLUSTERFS', size: 1}, /share_protocol "GLUSTERFS"/],
  container: ['Swift::Container', {name: 'a/b'}, /has a "\/"/],
  circle: ['Heat::Value', {value: {get_attr: ['circle_too', 'value']}}, /closes a circle of references/],
  circle_too: ['Heat::Value', {value: {get_attr: ['circle', 'value']}}, /^$/],
};

async function otherNames(t: ExecutionContext, site: Place): Promise<void> {
  const words = ['check', 'out', '--os-cloud', site.cloud];
  expectExit(t, 'check', await site.run(...words), 0);

  const file = join(site.dir, 'out/environment.yaml');
  const before = readFileSync(file, 'utf8');
  const renamed = before
    .replace('flavor_m1_small: m1.small', 'flavor_m1_small: c9.gone')
    .replace('image_cirros_like: cirros-like', 'image_cirros_like: Cirros_Like')
    .replace('external_network_public: public', 'external_network_public: internet');
  writeFileSync(file, renamed);
  const first = await site.run(...words, '--write-environment');
  expectExit(t, 'check with other names', first, 4);
  t.is(readFileSync(file, 'utf8'), before, first.stderr);
  expectExit(t, 'check again', await site.run(...words), 0);
}

async function mistakes(t: ExecutionContext, site: Place): Promise<void> {
  rewrite(join(site.dir, 'out/template.yaml'), template => ({
    ...template,
    resources: {
      ...(template['resources'] as Fields),
      ...Object.fromEntries(
        Object.entries(planted).map(([name, [type, properties]]) => [
          name,
          {type: `OS::${type}`, properties},
        ]),
      ),
    },
  }));
  const ran = await site.run('check', 'out', '--os-cloud', site.cloud, '-f', 'json');
  expectExit(t, 'check', ran, 4);
  const findings = JSON.parse(ran.stdout) as readonly Finding[];
  for (const [name, [, , says]] of Object.entries(planted)) {
    if (says.source === '^$') continue;
    const own = findings.filter(({where}) => where === `resource ${name}`).map(({what}) => what);
    t.true(
      own.some(what => says.test(what)),
      `${name}: ${own.join('; ')}`,
    );
  }
  const severities = findings.map(({severity}) => severity);
  t.deepEqual(severities, [...severities].sort(), 'errors first');
  t.true(
    findings.every(({hint}) => hint !== ''),
    'each says what to do',
  );
  t.log(`${Object.keys(planted).length} resources planted, ${findings.length} findings in ${ran.seconds} s`);
}

test.serial(
  'check: no error in a good bundle, other names found and written, planted mistakes named',
  async t => {
    const site = await place(t);
    await otherNames(t, site);
    await mistakes(t, site);
  },
);
