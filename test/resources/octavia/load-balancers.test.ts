import test from 'ava';
import {emit} from '../../../src/emit/index.ts';
import type {Graph} from '../../../src/model/graph.ts';
import {Attr, Ref} from '../../../src/model/value.ts';
import {relate} from '../../../src/relate/index.ts';
import {
  exampleBalancer,
  exampleListener,
  examplePolicy,
  examplePool,
} from '../../../src/resources/octavia/example-rows.ts';
import {inventoryOf} from '../../support/inventory.ts';

const CONTAINER = 'https://keys.test/v1/containers/11111111-1111-4111-8111-111111111111';

const ground = {
  network: [
    {id: 'n1', project_id: 'p1', name: 'web', port_security_enabled: true, subnets: ['s1']},
    {id: 'n2', project_id: 'p0', name: 'shared', shared: true, subnets: ['s2']},
    {id: 'n9', project_id: 'p0', name: 'public', 'router:external': true},
  ],
  subnet: [
    {
      id: 's1',
      project_id: 'p1',
      name: 'web',
      network_id: 'n1',
      ip_version: 4,
      cidr: '10.0.0.0/24',
      subnetpool_id: null,
    },
    {
      id: 's2',
      project_id: 'p0',
      name: 'shared',
      network_id: 'n2',
      ip_version: 4,
      cidr: '10.99.0.0/16',
      subnetpool_id: null,
    },
  ],
  load_balancer: [exampleBalancer],
};

const vip = {
  id: 'v1',
  project_id: 'p1',
  name: 'octavia-lb-lb1',
  network_id: 'n1',
  mac_address: 'fa:16:3e:00:00:01',
  admin_state_up: false,
  device_id: 'lb-lb1',
  device_owner: 'Octavia',
  fixed_ips: [{subnet_id: 's1', ip_address: '10.0.0.50'}],
};

const floating = {
  id: 'f1',
  project_id: 'p1',
  floating_ip_address: '203.0.113.7',
  floating_network_id: 'n9',
  router_id: null,
  port_id: 'v1',
  fixed_ip_address: '10.0.0.50',
};

function graphOf(rows: Readonly<Record<string, readonly object[]>>): Graph {
  return relate(inventoryOf({...ground, ...rows})).graph;
}

function lossesOf(graph: Graph, key: string): readonly string[] {
  const lost = graph.nodes.get(key)?.ledger.filter(({fate}) => fate === 'lost') ?? [];
  return lost.map(({field}) => field);
}

function commandsOf(graph: Graph, key: string): readonly string[] {
  return (graph.nodes.get(key)?.steps ?? []).map(({command}) =>
    command
      .map(word => (word instanceof Ref ? `${word.kind}:${word.id}` : JSON.stringify(word).slice(1, -1)))
      .join(' '),
  );
}

test('floating IP on a VIP: follows the port that the service makes', t => {
  const graph = graphOf({port: [vip], floating_ip: [floating]});
  const port = graph.nodes.get('floating_ip:f1')?.properties['port_id'];
  t.true(port instanceof Attr);
  t.deepEqual(
    [(port as Attr).kind, (port as Attr).id, (port as Attr).path],
    ['load_balancer', 'lb1', ['vip_port_id']],
  );
  t.is(graph.nodes.get('port:v1')?.place.as, 'skipped');
});

test('floating IP on a VIP that is not rebuilt: has no port, and says so', t => {
  const broken = {...exampleBalancer, provisioning_status: 'ERROR'};
  const graph = graphOf({load_balancer: [broken], port: [vip], floating_ip: [floating]});
  t.is(graph.nodes.get('load_balancer:lb1')?.place.as, 'lost');
  t.false('port_id' in (graph.nodes.get('floating_ip:f1')?.properties ?? {}));
  t.true(lossesOf(graph, 'floating_ip:f1').includes('port_id'));
});

test("a VIP's port without an owner, as OVN's provider makes it, is nobody's to build", t => {
  const ownerless = {...vip, name: 'ovn-lb-vip-lb1', device_id: '', device_owner: ''};
  t.is(graphOf({port: [ownerless]}).nodes.get('port:v1')?.place.as, 'skipped');
  // Also where the role may not see the load balancer.
  t.is(graphOf({port: [ownerless], load_balancer: []}).nodes.get('port:v1')?.place.as, 'skipped');
});

test('a VIP on a port that somebody made: the port is not built twice, and what it was is announced', t => {
  const graph = graphOf({port: [{...vip, name: 'mine', device_owner: ''}]});
  t.is(graph.nodes.get('port:v1')?.place.as, 'skipped');
  t.true(lossesOf(graph, 'load_balancer:lb1').includes('vip_port_id'));
});

test("VIP on another project's network: the subnet is asked for, the address is the target's", t => {
  const far = {...exampleBalancer, vip_subnet_id: 's2', vip_network_id: 'n2', vip_address: '10.99.0.7'};
  const graph = graphOf({load_balancer: [far]});
  const {properties} = graph.nodes.get('load_balancer:lb1') ?? {};
  t.deepEqual(properties?.['vip_subnet'], new Ref('subnet', 's2'));
  t.is(properties?.['vip_address'], undefined);
  t.true(lossesOf(graph, 'load_balancer:lb1').includes('vip_address'));
});

test('VIP without a subnet: its port tells; where nothing does, the load balancer and all on it are lost', t => {
  const blind = {...exampleBalancer, vip_subnet_id: null};
  const told = graphOf({load_balancer: [blind], port: [vip], pool: [examplePool]});
  t.deepEqual(told.nodes.get('load_balancer:lb1')?.properties['vip_subnet'], new Ref('subnet', 's1'));
  const untold = graphOf({load_balancer: [blind], pool: [examplePool], listener: [exampleListener]});
  for (const key of ['load_balancer:lb1', 'pool:pl1', 'listener:l1'])
    t.is(untold.nodes.get(key)?.place.as, 'lost', key);
});

test('statuses: a change under way is no loss, what is going away is left out', t => {
  for (const [status, place] of [
    ['PENDING_UPDATE', 'resource'],
    ['PENDING_CREATE', 'resource'],
    ['PENDING_DELETE', 'skipped'],
    ['DELETED', 'skipped'],
    ['ERROR', 'lost'],
  ]) {
    const graph = graphOf({load_balancer: [{...exampleBalancer, provisioning_status: status}]});
    t.is(graph.nodes.get('load_balancer:lb1')?.place.as, place as never, status);
  }
});

test("what belongs to another project's load balancer is not ours", t => {
  const graph = graphOf({
    load_balancer: [{...exampleBalancer, project_id: 'p0'}],
    pool: [{...examplePool, project_id: 'p0'}],
  });
  t.is(graph.nodes.get('pool:pl1')?.place.as, 'skipped');
});

test('pool and listener of a protocol without a word in Heat are lost, with all that needs the pool', t => {
  const graph = graphOf({
    pool: [{...examplePool, protocol: 'PROXYV2'}],
    listener: [
      {...exampleListener, default_pool_id: 'pl1'},
      {...exampleListener, id: 'l2', protocol: 'SCTP'},
    ],
    l7policy: [{...examplePolicy, action: 'REDIRECT_TO_POOL', redirect_pool_id: 'pl1'}],
  });
  for (const key of ['pool:pl1', 'listener:l2', 'l7policy:po1'])
    t.is(graph.nodes.get(key)?.place.as, 'lost', key);
  t.is(graph.nodes.get('listener:l1')?.properties['default_pool'], undefined);
  t.deepEqual(lossesOf(graph, 'listener:l1'), ['default_pool_id']);
});

test('PROMETHEUS listener: one command makes it', t => {
  const graph = graphOf({
    listener: [{...exampleListener, protocol: 'PROMETHEUS', protocol_port: 9100, name: '-m', tags: ['ops']}],
  });
  t.is(graph.nodes.get('listener:l1')?.place.as, 'step');
  t.deepEqual(commandsOf(graph, 'listener:l1'), [
    'loadbalancer listener create --wait --protocol PROMETHEUS --protocol-port=9100 --name=-m --tag=ops load_balancer:lb1',
  ]);
});

const policy = (id: string, position: number, more: object = {}) => ({
  ...examplePolicy,
  id,
  position,
  ...more,
});

test('policies: in the order of their positions, without a gap where one is lost', t => {
  const graph = graphOf({
    listener: [exampleListener],
    l7policy: [
      policy('c', 1),
      policy('b', 2, {action: 'REDIRECT_TO_POOL', redirect_pool_id: 'gone'}),
      policy('a', 3, {action: 'REDIRECT_PREFIX', redirect_prefix: 'https://x.test', redirect_http_code: 308}),
    ],
  });
  t.is(graph.nodes.get('l7policy:b')?.place.as, 'lost');
  const {properties, after} = graph.nodes.get('l7policy:a') ?? {};
  t.is(properties?.['position'], 2);
  t.deepEqual(after, [new Ref('l7policy', 'c')]);
  t.deepEqual(commandsOf(graph, 'l7policy:a'), [
    'loadbalancer l7policy set --wait --action=REDIRECT_PREFIX --redirect-prefix=https://x.test --redirect-http-code=308 l7policy:a',
  ]);
  // Octavia forgets the URL that it was made with.
  t.true(graph.nodes.get('l7policy:a')?.steps[0]?.fields.includes('redirect_url'));
});

test('an attribute of a load balancer that comes to nothing leaves the property out', t => {
  const {template} = emitted({load_balancer: [], port: [vip], floating_ip: [floating]});
  t.notRegex(template, /port_id/);
});

test('a certificate of the snapshot is referred to, wherever its URL points', t => {
  const id = '11111111-1111-4111-8111-111111111111';
  const graph = graphOf({
    listener: [{...exampleListener, protocol: 'TERMINATED_HTTPS', default_tls_container_ref: CONTAINER}],
    secret_container: [
      {
        id,
        name: 'www',
        type: 'certificate',
        secret_refs: [],
        container_ref: `http://elsewhere.test/v1/containers/${id}`,
        consumers: [],
      },
    ],
  });
  t.deepEqual(
    graph.nodes.get(`listener:${exampleListener.id}`)?.properties['default_tls_container_ref'],
    new Ref('certificate_container', id),
  );
});

test('TLS containers: one parameter for each, whose value stays out of the template', t => {
  const {template, environment} = emitted({
    pool: [{...examplePool, tls_enabled: true, tls_container_ref: CONTAINER}],
    listener: [{...exampleListener, protocol: 'TERMINATED_HTTPS', default_tls_container_ref: CONTAINER}],
  });
  t.notRegex(template, /11111111-1111/);
  t.is(template.match(/^ {2}tls_container\w*:$/gm)?.length, 1);
  t.true(environment.includes(CONTAINER));
});

function emitted(rows: Readonly<Record<string, readonly object[]>>): {template: string; environment: string} {
  const {bundle} = emit(graphOf(rows), '');
  const text = (path: string): string => bundle.find(file => file.path === path)?.text ?? '';
  return {template: text('template.yaml'), environment: text('environment.yaml')};
}

test('what newer clouds tell of a load balancer is set by a step of its own, for older ones refuse it', t => {
  const newer = {...exampleBalancer, tags: ['front'], vip_sg_ids: ['g2', 'g1'], vip_vnic_type: 'normal'};
  const groups = ['g1', 'g2'].map(id => ({id, project_id: 'p1', name: id, security_group_rules: []}));
  const graph = graphOf({load_balancer: [newer], security_group: groups});
  t.deepEqual(commandsOf(graph, 'load_balancer:lb1'), [
    'loadbalancer set --wait --tag=front load_balancer:lb1',
    'loadbalancer set --wait --vip-sg-id security_group:g1 --vip-sg-id security_group:g2 load_balancer:lb1',
  ]);
  t.deepEqual(lossesOf(graph, 'load_balancer:lb1'), []);
  const blind = graphOf({load_balancer: [newer], security_group: groups.slice(0, 1)});
  t.deepEqual(lossesOf(blind, 'load_balancer:lb1'), ['vip_sg_ids']);
});

test('strict transport security of a listener is set by a step of its own; none is none', t => {
  const secure = {hsts_max_age: 31_536_000, hsts_include_subdomains: true, hsts_preload: false};
  const graph = graphOf({listener: [{...exampleListener, ...secure}]});
  t.deepEqual(commandsOf(graph, 'listener:l1'), [
    'loadbalancer listener set --wait --hsts-max-age=31536000 --hsts-include-subdomains listener:l1',
  ]);
  const none = {hsts_max_age: null, hsts_include_subdomains: false, hsts_preload: false};
  t.deepEqual(commandsOf(graphOf({listener: [{...exampleListener, ...none}]}), 'listener:l1'), []);
});
