/** What comes along with a selected thing, by rule, and what an exclusion leaves. */
import test from 'ava';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {Shape} from '../../src/model/shape.ts';
import {render} from '../../src/pipeline/index.ts';
import {shape} from '../../src/shape/index.ts';
import {inventoryOf, PROJECT} from '../support/inventory.ts';

const ours = {project_id: PROJECT.id, tenant_id: PROJECT.id};

function network(name: string, subnet: string, cidr: string) {
  return {
    network: {id: name, name, ...ours, admin_state_up: true, port_security_enabled: true, subnets: [subnet]},
    subnet: {
      id: subnet,
      name: subnet,
      ...ours,
      network_id: name,
      cidr,
      ip_version: 4,
      gateway_ip: cidr.replace('0/24', '1'),
      enable_dhcp: true,
      allocation_pools: [{start: cidr.replace('0/24', '2'), end: cidr.replace('0/24', '254')}],
      dns_nameservers: [],
      host_routes: [],
      subnetpool_id: null,
    },
  };
}

function port(id: string, net: string, subnet: string, address: string, more: object) {
  return {
    id,
    name: '',
    ...ours,
    network_id: net,
    mac_address: 'fa:16:3e:00:00:01',
    admin_state_up: true,
    device_id: '',
    device_owner: '',
    fixed_ips: [{subnet_id: subnet, ip_address: address}],
    security_groups: [],
    port_security_enabled: true,
    ...more,
  };
}

function server(name: string, address: string, more: object = {}) {
  return {
    id: `s-${name}`,
    name,
    tenant_id: PROJECT.id,
    user_id: 'u1',
    status: 'ACTIVE',
    created: '2026-01-01T00:00:00Z',
    flavor: {original_name: 'm1.small'},
    image: {id: 'i1'},
    addresses: [[name, [{addr: address}]]],
    'os-extended-volumes:volumes_attached': [],
    key_name: null,
    metadata: {role: name.replace(/-.*/, '')},
    tags: [],
    'OS-EXT-AZ:availability_zone': name === 'db' ? 'az2' : 'az1',
    ...more,
  };
}

const rule = (id: string, group: string, remote: string | null) => ({
  id,
  security_group_id: group,
  direction: 'ingress',
  ethertype: 'IPv4',
  protocol: 'tcp',
  port_range_min: 80,
  port_range_max: 80,
  remote_group_id: remote,
  remote_ip_prefix: null,
});

const web = network('web', 'web-sub', '10.0.1.0/24');
const db = network('db-net', 'db-sub', '10.0.2.0/24');
const leg = {device_id: 'edge', device_owner: 'network:router_interface', port_security_enabled: false};

/** Two web servers and a database on networks of their own behind one router, which has a route through each. */
const inventory = inventoryOf({
  image: [{id: 'i1', name: 'debian', status: 'active'}],
  network: [web.network, db.network, {id: 'pub', name: 'public', project_id: 'p0', 'router:external': true}],
  subnet: [web.subnet, db.subnet],
  router: [
    {
      id: 'edge',
      name: 'edge',
      ...ours,
      admin_state_up: true,
      external_gateway_info: {network_id: 'pub', enable_snat: true, external_fixed_ips: []},
      routes: [
        {destination: '10.8.0.0/16', nexthop: '10.0.1.9'},
        {destination: '10.9.0.0/16', nexthop: '10.0.2.9'},
        {destination: '10.10.0.0/16', nexthop: '10.0.1.8'},
      ],
    },
  ],
  security_group: [
    {
      id: 'g0',
      name: 'default',
      ...ours,
      description: 'Default security group',
      security_group_rules: [rule('r0', 'g0', 'g2')],
    },
    {
      id: 'g1',
      name: 'http',
      ...ours,
      description: '',
      security_group_rules: [rule('r1', 'g1', 'g2'), rule('r2', 'g1', null)],
    },
    {id: 'g2', name: 'front', ...ours, description: '', security_group_rules: []},
    {id: 'g3', name: 'unused', ...ours, description: '', security_group_rules: []},
  ],
  port: [
    port('leg-web', 'web', 'web-sub', '10.0.1.1', leg),
    port('leg-db', 'db-net', 'db-sub', '10.0.2.1', leg),
    port('p-web-1', 'web', 'web-sub', '10.0.1.11', {
      device_id: 's-web-1',
      device_owner: 'compute:az1',
      security_groups: ['g1'],
    }),
    port('p-web-2', 'web', 'web-sub', '10.0.1.12', {
      device_id: 's-web-2',
      device_owner: 'compute:az1',
      security_groups: ['g1', 'g0'],
    }),
    port('p-db', 'db-net', 'db-sub', '10.0.2.11', {
      device_id: 's-db',
      device_owner: 'compute:az2',
      security_groups: ['g0'],
    }),
  ],
  floating_ip: [
    {
      id: 'f1',
      ...ours,
      floating_ip_address: '203.0.113.9',
      floating_network_id: 'pub',
      router_id: 'edge',
      port_id: 'p-web-1',
      fixed_ip_address: '10.0.1.11',
    },
  ],
  server_group: [
    {
      id: 'sg',
      name: 'apart',
      project_id: PROJECT.id,
      policy: 'anti-affinity',
      rules: {},
      members: ['s-web-1', 's-web-2'],
    },
  ],
  keypair: [],
  volume: [
    {
      id: 'v1',
      name: 'data',
      description: null,
      status: 'in-use',
      size: 1,
      volume_type: null,
      bootable: 'false',
      availability_zone: 'nova',
      metadata: {},
      attachments: [{attachment_id: 'a1', server_id: 's-db', device: '/dev/vdb'}],
      'os-vol-tenant-attr:tenant_id': PROJECT.id,
    },
  ],
  server: [
    server('web-1', '10.0.1.11', {tags: ['prod']}),
    server('web-2', '10.0.1.12'),
    server('db', '10.0.2.11', {'os-extended-volumes:volumes_attached': [{id: 'v1'}]}),
  ],
});

/** Keys of what is in, and of what the template asks for instead. */
function chosen(choices: Shape, rows: Inventory = inventory) {
  const {graph, selection} = shape(rows, choices);
  const nodes = [...graph.nodes.values()];
  return {
    in: nodes
      .filter(({key, place}) => selection?.inside.has(key) === true && place.as !== 'skipped')
      .map(({key}) => key),
    asked: [...graph.externals.keys()].filter(key => selection?.outside.has(key) === true),
    why: (key: string) => selection?.inside.get(key) ?? selection?.outside.get(key),
    graph,
  };
}

const routeBy = (destination: string, hop: string): string => `extra_route:edge:${destination}:${hop}`;

test('a server brings what it needs, and nothing of its neighbours', t => {
  const {in: keys, asked} = chosen({select: 'server:db'});
  t.deepEqual(keys, [
    'network:db-net',
    'subnet:db-sub',
    'security_group:g0',
    'security_group:g2',
    'security_group_rule:r0',
    'port:p-db',
    'volume:v1',
    'server:s-db',
    'volume_attachment:a1',
  ]);
  t.deepEqual(asked, []);
});

test('a floating IP brings the one interface that makes it work, with its router and the routes through it', t => {
  const {in: keys, why} = chosen({select: 'server:web-1'});
  t.deepEqual(
    keys.filter(key => /^(?:router|extra|floating|network|subnet|server)/.test(key)),
    [
      'server_group:sg',
      'network:web',
      'subnet:web-sub',
      'router:edge',
      'router_interface:edge:web-sub',
      routeBy('10.10.0.0/16', '10.0.1.8'),
      routeBy('10.8.0.0/16', '10.0.1.9'),
      'server:s-web-1',
      'floating_ip:f1',
    ],
  );
  t.is(why('floating_ip:f1'), 'floating IP of port web-1_web');
  t.is(why('router_interface:edge:web-sub'), 'way out for floating ip web-1');
  t.is(why('router:edge'), 'router of router interface edge_web-sub');
  t.is(why('port:p-web-2'), 'not selected');
});

test('a router brings all its interfaces and routes; routes come one after the other, whichever is left out', t => {
  const all = chosen({select: 'router'});
  t.true(all.in.includes('network:db-net') && all.in.includes(routeBy('10.9.0.0/16', '10.0.2.9')));
  t.false(all.in.some(key => /^(?:server|port|floating)/.test(key)));
  const {graph} = chosen({select: 'server:web-1'});
  t.deepEqual(
    graph.nodes.get(routeBy('10.10.0.0/16', '10.0.1.8'))?.after.map(({id}) => `extra_route:${id}`),
    [routeBy('10.8.0.0/16', '10.0.1.9')],
  );
});

test('a security group brings its rules and the groups that those name, but no member', t => {
  t.deepEqual(chosen({select: 'security-group:http'}).in, [
    'security_group:g1',
    'security_group:g2',
    'security_group_rule:r1',
    'security_group_rule:r2',
  ]);
});

function servers(select: string): readonly string[] {
  return chosen({select: `server & (${select})`}).in.filter(key => key.startsWith('server:'));
}

test('terms look at tags, metadata, networks, zones and states of rows', t => {
  t.deepEqual(servers('tag=prod'), ['server:s-web-1']);
  t.deepEqual(servers('tag!=prod'), ['server:s-db', 'server:s-web-2']);
  t.deepEqual(servers('metadata.role=w?b'), ['server:s-web-1', 'server:s-web-2']);
  t.deepEqual(servers('metadata=role'), ['server:s-db', 'server:s-web-1', 'server:s-web-2']);
  t.deepEqual(servers('network=db-net'), ['server:s-db']);
  t.deepEqual(servers('zone=az1 & !tag=prod'), ['server:s-web-2']);
  t.deepEqual(servers('status=active & name=db'), ['server:s-db']);
  t.deepEqual(servers('id=s-web-*'), ['server:s-web-1', 'server:s-web-2']);
});

test('an excluded network is a parameter, with its subnets gone and addresses left to the target', t => {
  const {in: keys, asked, graph} = chosen({select: 'server:web-*', exclude: 'network'});
  t.false(keys.some(key => /^(?:network|subnet|router)/.test(key)));
  t.deepEqual(asked, ['network:web']);
  const port = graph.nodes.get('port:p-web-1');
  t.is(port?.properties['fixed_ips'], undefined);
  t.true(port?.ledger.some(({field, fate}) => field === 'fixed_ips.ip_address' && fate === 'lost'));
  const {bundle, report} = render(inventory, {shape: {select: 'server:web-*', exclude: 'network'}});
  t.deepEqual(
    report.parameters.filter(({kind}) => kind === 'network').map(({value}) => value),
    ['public', 'web'],
  );
  t.regex(
    bundle[0]?.text ?? '',
    /network_web:\n {4}type: string\n {4}description: Network of [^\n]*, by name or id\n {4}default: web\n/,
  );
});

test('an excluded router is a parameter where a floating IP needs an interface on a network that is in', t => {
  const {in: keys, asked} = chosen({select: 'server:web-1', exclude: 'router'});
  t.true(keys.includes('router_interface:edge:web-sub'));
  t.false(keys.some(key => key.startsWith('extra_route')));
  t.deepEqual(asked, ['router:edge']);
  t.false(
    chosen({select: 'router | server', exclude: 'router | floating-ip'}).in.some(key =>
      key.startsWith('router'),
    ),
  );
});

test('a selected router keeps its interface on an excluded network', t => {
  const {in: keys, asked} = chosen({select: 'router', exclude: 'network:web'});
  t.true(keys.includes('router_interface:edge:web-sub'));
  t.deepEqual(asked, ['subnet:web-sub']);
});

test('an excluded volume is asked for by id; an excluded attachment is not made', t => {
  const {report} = render(inventory, {shape: {select: 'server:db', exclude: 'volume'}});
  t.like(
    report.parameters.find(({kind}) => kind === 'volume'),
    {name: 'volume_data', value: 'v1'},
  );
  const {graph} = chosen({select: 'server:db', exclude: 'volume-attachment'});
  t.is(graph.nodes.get('server:s-db')?.properties['block_device_mapping_v2'], undefined);
  t.deepEqual(graph.nodes.get('volume_attachment:a1')?.place, {as: 'lost', reason: 'excluded'});
});

test('an excluded group is a parameter, and a rule that names it stands alone', t => {
  const {in: keys, asked, graph} = chosen({select: 'server:web-1', exclude: 'security-group:front'});
  t.true(keys.includes('security_group_rule:r1'));
  t.deepEqual(asked, ['security_group:g2']);
  t.is(graph.nodes.get('security_group_rule:r1')?.place.as, 'resource');
  t.is(graph.nodes.get('security_group_rule:r2')?.place.as, 'part');
});

test('an excluded rule is lost and its group goes without it; the excluded default group is still the target’s own', t => {
  const {graph} = chosen({select: 'server:web-1', exclude: 'id=r2'});
  t.deepEqual(graph.nodes.get('security_group_rule:r2')?.place, {as: 'lost', reason: 'excluded'});
  const rules = graph.nodes.get('security_group:g1')?.properties['rules'] as readonly Record<
    string,
    unknown
  >[];
  t.deepEqual(
    rules.filter(one => one['port_range_min'] === 80).map(one => one['remote_mode']),
    ['remote_group_id'],
  );
  const {report} = render(inventory, {shape: {select: 'server:web-2', exclude: 'security-group:default'}});
  t.like(
    report.parameters.find(({kind}) => kind === 'security_group'),
    {role: 'default-group'},
  );
  t.false(JSON.stringify(report.resources).includes('default'));
});

test('what hangs on an excluded server goes with it, even where it is selected', t => {
  const {in: keys} = chosen({select: '*', exclude: 'server:web-1'});
  t.false(keys.includes('port:p-web-1') || keys.includes('floating_ip:f1'));
  t.true(keys.includes('router_interface:edge:web-sub') && keys.includes('server:s-web-2'));
});

test('a term that nothing fits is refused with what there is', t => {
  const refused = (choices: Shape): string => {
    const error = t.throws(() => shape(inventory, choices), {instanceOf: RekindleError});
    t.is(error?.code, 'usage');
    return `${error?.message ?? ''} / ${error?.hint ?? ''}`;
  };
  t.is(
    refused({select: 'server:wbe-*'}),
    '--select: nothing in the project is server:wbe-* / did you mean server:web-1 or server:web-2?',
  );
  t.regex(
    refused({select: 'server | event-alarm'}),
    /is event-alarm \/ the project has no event-alarm; it has .*server/,
  );
  t.regex(refused({select: 'tag=prdo'}), /did you mean tag=prod\?$/);
  t.regex(refused({select: 'metadata.rol=web'}), /did you mean metadata\.role\?$/);
  t.regex(refused({select: 'zone=mars'}), /there is zone=az1, zone=az2, zone=nova$/);
  t.regex(refused({select: 'network:public'}), /"public" is not rebuilt anyway: belongs to another project$/);
  t.regex(refused({select: '*', exclude: 'server:x'}), /^--exclude: nothing in the project is server:x/);
  t.regex(refused({select: 'server & tag=prod & zone=az2'}), /^The selection is empty/);
  t.regex(refused({exclude: '*'}), /everything is excluded$/);
  t.notThrows(() => shape(inventory, {select: 'server:wbe-* | server:db'}, {lenient: true}));
});

test('a stack stands for what it owns', t => {
  const rows = {
    ...inventory.rows,
    stack: [{id: 'k1', stack_name: 'shop', stack_status: 'CREATE_COMPLETE'}],
    stack_resource: [
      {
        id: 'shop/k1/db',
        stack_id: 'k1',
        resource_name: 'db',
        resource_type: 'OS::Nova::Server',
        physical_resource_id: 's-db',
      },
    ],
  };
  const {in: keys, why} = chosen({select: 'stack:shop'}, inventoryOf(rows));
  t.true(keys.includes('server:s-db') && keys.includes('volume:v1'));
  t.false(keys.includes('server:s-web-1'));
  t.is(why('server:s-db'), 'owned by stack shop');
});
