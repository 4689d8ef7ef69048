/** Rows that no service would answer, from a broken one or a stranger's file: told whole, and never in the way of others. */
import test from 'ava';
import {define, from} from '../../src/model/define.ts';
import type {Node} from '../../src/model/graph.ts';
import {findCycle} from '../../src/model/cycles.ts';
import type {Ref} from '../../src/model/value.ts';
import {render} from '../../src/pipeline/index.ts';
import {relate} from '../../src/relate/index.ts';
import {inventoryOf} from '../support/inventory.ts';

type Rows = Record<string, readonly object[]>;

function nodeOf(rows: Rows, key: string): Node {
  const node = relate(inventoryOf(rows)).graph.nodes.get(key);
  if (node === undefined) throw new Error(`no node ${key}`);
  return node;
}

const network = {id: 'n1', name: 'web', project_id: 'p1', admin_state_up: true, tags: []};
const subnet = {
  id: 's1',
  name: 'web',
  project_id: 'p1',
  network_id: 'n1',
  cidr: '10.0.0.0/24',
  ip_version: 4,
};

test('rows of a kind that nobody knows are lost by name, and counted', t => {
  const rows = {constructor: [{id: 'x', colour: 'red'}], novelty: [{id: 'y'}], network: [network]};
  const {graph, report} = render(inventoryOf(rows));
  const node = graph.nodes.get('constructor:x');
  t.is(node?.place.as, 'lost');
  t.regex(node?.ledger.find(({field}) => field === 'colour')?.reason ?? '', /unknown kind/);
  t.deepEqual(
    report.losses.filter(({field}) => field === '*').map(({kind, id}) => `${kind} ${id}`),
    ['constructor x', 'novelty y'],
  );
  t.deepEqual(
    Object.entries(report.counts.kinds).map(([kind, {rows, lost}]) => [kind, rows, lost]),
    [
      ['network', 1, 0],
      ['constructor', 1, 1],
      ['novelty', 1, 1],
    ],
  );
});

test('rows of a kind that is read from others only are lost, beside the true ones', t => {
  const rule = {id: 'r1', direction: 'ingress', ethertype: 'IPv4', security_group_id: 'g1'};
  const rows = {
    security_group: [{id: 'g1', name: 'web', project_id: 'p1', security_group_rules: [rule]}],
    security_group_rule: [
      {...rule, protocol: 'tcp'},
      {...rule, id: 'r2'},
    ],
  };
  t.not(nodeOf(rows, 'security_group_rule:r1').place.as, 'lost');
  t.is(nodeOf(rows, 'security_group_rule:r1 (stray)').place.as, 'lost');
  t.regex(JSON.stringify(nodeOf(rows, 'security_group_rule:r2').place), /a part of its security group only/);
});

test('things that refer to each other in a circle lose what closes it', t => {
  // No cloud has a volume that was made of a volume that was made of it.
  const volume = {size: 1, status: 'available', project_id: 'p1', metadata: {}, bootable: 'false'};
  const rows = {
    volume: [
      {...volume, id: 'v1', name: 'a', source_volid: 'v2'},
      {...volume, id: 'v2', name: 'b', source_volid: 'v3'},
      {...volume, id: 'v3', name: 'c', source_volid: 'v1'},
    ],
  };
  const {graph, report} = render(inventoryOf(rows));
  t.is(findCycle(graph.nodes.keys(), graph.edges), undefined);
  t.deepEqual(
    report.losses.filter(({reason}) => reason.includes('circle')).map(({field}) => field),
    ['source_volid'],
  );
  t.is(report.resources.length, 3);
});

interface Ring {
  readonly id: string;
  readonly next: string;
}
/** Heat requires the network of a subnet. */
const ring = define<Ring, {readonly network: Ref<'ring'>}>()({
  kind: 'ring',
  section: 'Things',
  heat: 'OS::Neutron::Subnet',
  properties: {network: from<Ring>().self('ring', 'next')},
  ignores: {},
  example: {row: {id: 'a', next: 'b'}, emits: {}},
});

test('where each of a circle must have the next, one is lost and the others take a parameter for it', t => {
  const rows = {
    ring: [
      {id: 'a', next: 'b'},
      {id: 'b', next: 'c'},
      {id: 'c', next: 'a'},
      {id: 'd', next: 'd'},
    ],
  };
  const {graph} = relate(inventoryOf(rows), {specs: [ring.spec]});
  t.is(findCycle(graph.nodes.keys(), graph.edges), undefined);
  const lost = [...graph.nodes.values()].filter(({place}) => place.as === 'lost');
  t.deepEqual(
    lost.map(({id}) => id),
    ['a', 'd'],
  );
  t.deepEqual([...graph.externals.keys()], ['ring:a']);
  for (const {ledger} of lost) t.regex(ledger.find(({field}) => field === 'next')?.reason ?? '', /circle/);
});

test('a reference whose id is no text is lost', t => {
  const port = {id: 'p', name: 'x', project_id: 'p1', fixed_ips: [], security_groups: [{id: 7}, 'g1']};
  for (const network_id of [undefined, {toString: null}, ['n1'], 7]) {
    const {report} = render(inventoryOf({port: [{...port, network_id}]}));
    t.true(
      report.losses.some(({kind, id}) => kind === 'port' && id === 'p'),
      JSON.stringify(network_id),
    );
  }
});

test('what a thing is read with may be anything', t => {
  const rows = {network: [network], subnet: [{...subnet, network_id: [{toString: null, valueOf: null}]}]};
  t.is(nodeOf(rows, 'subnet:s1').place.as, 'lost');
});

test('what may be there already needs a name to be found by', t => {
  const policy = {id: 'q1', project_id: 'p1', shared: false, rules: [], is_default: false};
  for (const name of [undefined, null, 7, ['x']]) {
    const {graph} = render(inventoryOf({qos_policy: [{...policy, name}]}));
    t.is(graph.nodes.get('qos_policy:q1')?.place.as, 'lost', JSON.stringify(name));
  }
});

test('with addresses that the target chooses, a malformed port holds none', t => {
  const port = {id: 'p', name: 'x', project_id: 'p1', network_id: 'n1', device_owner: '', device_id: ''};
  const floating = {
    id: 'f',
    project_id: 'p1',
    floating_network_id: 'e',
    port_id: 'p',
    fixed_ip_address: '10.0.0.5',
  };
  const rows = {network: [network], subnet: [subnet], floating_ip: [floating]};
  for (const fixed_ips of [undefined, 'x', {}, [null], [{ip_address: 7}], [{}]]) {
    const {graph} = render(inventoryOf({...rows, port: [{...port, fixed_ips}]}), {shape: {ips: 'auto'}});
    t.true(graph.nodes.has('port:p'), JSON.stringify(fixed_ips));
  }
});

test('a parameter of a thing whose name is no text is named without it', t => {
  const base = {
    status: 'ACTIVE',
    flavor: {id: 'f1'},
    datastore: {type: 'mysql', version: '8'},
    volume: {size: 2},
  };
  const rows = {
    database_instance: [{...base, id: 'db2', name: 0, region: 'RegionOne', replica_of: {id: 'db1'}}],
  };
  t.true(render(inventoryOf(rows)).graph.nodes.has('database_instance:db2'));
});
