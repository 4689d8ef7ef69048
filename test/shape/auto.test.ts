/** --ips auto: the target chooses addresses; what names one says whose it is, or keeps it where it is. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {findCycle} from '../../src/model/cycles.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {fields, objects, text} from '../../src/model/json.ts';
import {Attr, references} from '../../src/model/value.ts';
import {render} from '../../src/pipeline/index.ts';
import {relate, type Related} from '../../src/relate/index.ts';
import {shape} from '../../src/shape/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {compareGraphs} from '../../src/verify/index.ts';
import {busyProject} from '../support/busy-project.ts';
import {inventoryOf} from '../support/inventory.ts';
import {shuffled} from '../support/random-project.ts';

const RUNS = {numRuns: 80, seed: 20261122};
const samples = join(import.meta.dirname, '../../../samples');
const CHOSEN = 'the target chooses the address (--ips auto)';

const net = {id: 'n1', project_id: 'p1', name: 'web', 'router:external': false, subnets: ['s1']};
const sub = {
  id: 's1',
  project_id: 'p1',
  name: 'web',
  network_id: 'n1',
  ip_version: 4,
  cidr: '10.10.0.0/24',
  gateway_ip: '10.10.0.1',
  enable_dhcp: true,
  allocation_pools: [{start: '10.10.0.2', end: '10.10.0.254'}],
  dns_nameservers: [],
  host_routes: [],
  ipv6_ra_mode: null,
  ipv6_address_mode: null,
  subnetpool_id: null,
};

function portOf(id: string, address: string, more: object = {}): object {
  return {
    id,
    project_id: 'p1',
    name: id,
    network_id: 'n1',
    mac_address: 'fa:16:3e:00:00:01',
    admin_state_up: true,
    device_id: '',
    device_owner: '',
    fixed_ips: [{subnet_id: 's1', ip_address: address}],
    security_groups: [],
    allowed_address_pairs: [],
    ...more,
  };
}

const pair = (...addresses: string[]): object => ({
  allowed_address_pairs: addresses.map(ip_address => ({ip_address})),
});

function related(rows: Readonly<Record<string, readonly object[]>>): Related {
  return shape(inventoryOf({network: [net], subnet: [sub], ...rows}), {ips: 'auto'});
}

/** Addresses that the template says for the port; '' for one that it leaves open, `port:x` for another's. */
function said(
  {graph}: Related,
  id: string,
  property: 'fixed_ips' | 'allowed_address_pairs',
): readonly string[] {
  return objects(graph.nodes.get(`port:${id}`)?.properties[property]).map(item => {
    const address: unknown = item['ip_address'];
    return address instanceof Attr ? `${address.kind}:${address.id}` : text(address);
  });
}

function whyOf({graph}: Related, key: string): readonly string[] {
  return (graph.nodes.get(key)?.addresses ?? []).map(({field, reason}) => `${field}: ${reason}`);
}

test('ports and VIPs say their subnet only, and that the target chooses is announced', t => {
  const made = related({port: [portOf('x1', '10.10.0.5')]});
  t.deepEqual(said(made, 'x1', 'fixed_ips'), ['']);
  const {ledger = []} = made.graph.nodes.get('port:x1') ?? {};
  t.deepEqual(
    ledger.filter(({fate}) => fate === 'lost'),
    [{field: 'fixed_ips.ip_address', fate: 'lost', reason: CHOSEN}],
  );
  t.deepEqual(made.graph.nodes.get('subnet:s1')?.properties['cidr'], '10.10.0.0/24');
});

test('address pairs, next hops and members name the port', t => {
  const made = related({
    port: [
      portOf('vip', '10.10.0.5'),
      portOf('x1', '10.10.0.6', pair('10.10.0.5', '10.10.0.77', '10.10.0.0/28')),
    ],
    router: [
      {
        id: 'r1',
        project_id: 'p1',
        name: 'edge',
        admin_state_up: true,
        external_gateway_info: null,
        routes: [{destination: '192.0.2.0/24', nexthop: '10.10.0.6'}],
      },
    ],
  });
  t.deepEqual(said(made, 'x1', 'allowed_address_pairs'), ['10.10.0.0/28', 'port:vip', '10.10.0.77']);
  t.deepEqual(
    made.graph.nodes.get('extra_route:r1:192.0.2.0/24:10.10.0.6')?.properties['nexthop'],
    new Attr('port', 'x1', ['fixed_ips', 0, 'ip_address'], '10.10.0.6'),
  );
});

test('ports that name each other keep their addresses; who names them from outside the circle need not', t => {
  const made = related({
    port: [
      portOf('a', '10.10.0.5', pair('10.10.0.6')),
      portOf('b', '10.10.0.6', pair('10.10.0.5')),
      portOf('own', '10.10.0.7', pair('10.10.0.7')),
      portOf('c', '10.10.0.8', pair('10.10.0.5')),
      portOf('d', '10.10.0.9', pair('10.10.0.8')),
    ],
  });
  for (const [id, address] of [
    ['a', '10.10.0.5'],
    ['b', '10.10.0.6'],
    ['own', '10.10.0.7'],
    ['c', ''],
    ['d', ''],
  ] as const)
    t.deepEqual(said(made, id, 'fixed_ips'), [address], id);
  t.deepEqual(said(made, 'd', 'allowed_address_pairs'), ['port:c']);
  t.deepEqual(whyOf(made, 'port:a'), [
    'fixed_ips: the address stays: address pairs of ports name each other in a circle',
  ]);
  // What is given away in the meantime can't be had any more.
  t.deepEqual(
    made.graph.nodes.get('port:c')?.after.map(({id}) => id),
    ['a', 'b', 'own'],
  );
});

test('many ports whose address stays: each waits for two, the rest for the first', t => {
  const many = Array.from({length: 20}, (_, index) =>
    portOf(`p${String(index).padStart(2, '0')}`, `10.10.0.${index + 10}`),
  );
  const resolvers = many.map((_, index) => `10.10.0.${index + 10}`);
  const made = related({
    port: [...many, portOf('x1', '10.10.0.100')],
    subnet: [{...sub, dns_nameservers: resolvers}],
  });
  const waits = new Map<string, string[]>();
  for (const {from, to, property} of made.graph.edges)
    if (property === 'depends_on') waits.set(from, [...(waits.get(from) ?? []), to]);
  t.deepEqual(waits.get('port:x1'), ['port:p00']);
  const reached = new Set<string>();
  for (const todo = ['port:x1']; todo.length > 0;) {
    const next = waits.get(todo.pop() ?? '') ?? [];
    for (const key of next) reached.add(key);
    todo.push(...next);
  }
  t.is(reached.size, 20);
  t.true([...waits.values()].every(({length}) => length <= 2));
});

test('an address stays where something names it that can’t follow, and says so', t => {
  const stays = (rows: Readonly<Record<string, readonly object[]>>): readonly string[] => {
    const made = related({port: [portOf('x1', '10.10.0.5'), portOf('x2', '10.10.0.6')], ...rows});
    t.deepEqual(said(made, 'x1', 'fixed_ips'), ['10.10.0.5']);
    t.deepEqual(said(made, 'x2', 'fixed_ips'), ['']);
    return whyOf(made, 'port:x1');
  };
  t.deepEqual(
    stays({subnet: [{...sub, host_routes: [{destination: '192.0.2.0/24', nexthop: '10.10.0.5'}]}]}),
    ["fixed_ips: the address stays: named by subnet host_routes, which can't follow"],
  );
  stays({subnet: [{...sub, gateway_ip: '10.10.0.5'}]});
  stays({subnet: [{...sub, dns_nameservers: ['10.10.0.5']}]});
  const rule = {security_group_id: 'g1', project_id: 'p1', direction: 'ingress', ethertype: 'IPv4'};
  stays({
    security_group: [
      {
        id: 'g1',
        project_id: 'p1',
        name: 'in',
        security_group_rules: [{...rule, id: 'gr1', remote_ip_prefix: '10.10.0.5/32'}],
      },
    ],
  });
  stays({
    port_forwarding: [
      {id: 'pf1', floatingip_id: 'f1', internal_port_id: 'x1', internal_ip_address: '10.10.0.5'},
    ],
  });
});

test('of several addresses of a port only those stay that somebody names', t => {
  const two = {
    fixed_ips: [
      {subnet_id: 's1', ip_address: '10.10.0.5'},
      {subnet_id: 's1', ip_address: '10.10.0.6'},
    ],
  };
  const made = related({port: [portOf('x1', '', two), portOf('x2', '10.10.0.7', pair('10.10.0.6'))]});
  t.deepEqual(said(made, 'x1', 'fixed_ips'), ['', '10.10.0.6']);
  t.deepEqual(said(made, 'x2', 'allowed_address_pairs'), ['10.10.0.6']);
  const floating = {
    id: 'f1',
    project_id: 'p1',
    floating_ip_address: '203.0.113.7',
    floating_network_id: 'n9',
  };
  const pointed = related({
    port: [portOf('x1', '', two), portOf('x2', '10.10.0.7')],
    floating_ip: [
      {...floating, port_id: 'x1', fixed_ip_address: '10.10.0.5'},
      {...floating, id: 'f2', port_id: 'x2', fixed_ip_address: '10.10.0.7'},
    ],
  });
  t.deepEqual(said(pointed, 'x1', 'fixed_ips'), ['10.10.0.5', '']);
  t.is(pointed.graph.nodes.get('floating_ip:f1')?.properties['fixed_ip_address'], '10.10.0.5');
  t.deepEqual(said(pointed, 'x2', 'fixed_ips'), ['']);
  t.is(pointed.graph.nodes.get('floating_ip:f2')?.properties['fixed_ip_address'], undefined);
});

test('what runs on an address in text stays as it is, and is pointed out', t => {
  const made = related({
    port: [portOf('x1', '10.10.0.5')],
    network: [{...net, description: 'door: http://10.10.0.5:80/; office: 198.51.100.7'}],
  });
  t.deepEqual(said(made, 'x1', 'fixed_ips'), ['']);
  t.deepEqual(whyOf(made, 'network:n1'), [
    'description: the text names an address that the target chooses anew; it stays as it is',
  ]);
});

function withPair(vip: string, one: string, named: string): Related {
  return related({port: [portOf('vip', vip), portOf('x1', one, pair(named))]});
}

test('a clone with other addresses differs in nothing, and a wrong pair is seen', t => {
  const source = withPair('10.10.0.5', '10.10.0.6', '10.10.0.5');
  const differences = (clone: Related): readonly string[] =>
    compareGraphs(source, clone, {sameProject: false}).differences.map(({kind, field}) => `${kind} ${field}`);
  t.deepEqual(differences(withPair('10.10.0.77', '10.10.0.78', '10.10.0.77')), []);
  t.deepEqual(differences(withPair('10.10.0.77', '10.10.0.78', '10.10.0.5')), ['port allowed_address_pairs']);
});

/** Every reference resolves, nothing goes round, and Heat's words stand for nothing but resources. */
function isSound(inventory: Inventory): boolean {
  const {graph} = shape(inventory, {ips: 'auto'});
  const {bundle} = render(inventory, {shape: {ips: 'auto'}});
  const template = fields(parsePyYaml(bundle.find(({path}) => path === 'template.yaml')?.text ?? ''));
  const resources = fields(template['resources']);
  const dangling = JSON.stringify(template)
    .match(/"get_(?:attr|resource)":(?:\["[^"]+"|"[^"]+")/g)
    ?.filter(found => !Object.hasOwn(resources, /(\w+)"$/.exec(found)?.[1] ?? ''));
  const edges = [...graph.nodes.values()].flatMap(({key, place, properties}) =>
    place.as === 'resource'
      ? [...references(properties)].map(({ref, path}) => ({
          from: key,
          to: `${ref.kind}:${ref.id}`,
          property: path,
        }))
      : [],
  );
  return (
    (dangling ?? []).length === 0 && findCycle(graph.nodes.keys(), [...edges, ...graph.edges]) === undefined
  );
}

function texts(inventory: Inventory): string {
  const {bundle} = render(inventory, {shape: {ips: 'auto'}});
  return JSON.stringify(bundle.filter(({path}) => path !== 'inventory.json'));
}

test('any project: acyclic, every reference resolves, the same bytes in any order of rows', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(busyProject, fc.nat(), (inventory, seed) => {
        return isSound(inventory) && texts(inventory) === texts(shuffled(inventory, seed));
      }),
      RUNS,
    ),
  );
});

test('the samples: sound, and the same as themselves', async t => {
  for (const entry of await readdir(samples, {withFileTypes: true})) {
    if (!entry.isDirectory()) continue;
    const inventory = JSON.parse(
      await readFile(join(samples, entry.name, 'inventory.json'), 'utf8'),
    ) as Inventory;
    t.true(isSound(inventory), entry.name);
    const {differences} = compareGraphs(shape(inventory, {ips: 'auto'}), relate(inventory, {ips: 'auto'}));
    t.deepEqual(differences, [], entry.name);
  }
});
