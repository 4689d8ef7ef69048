import test from 'ava';
import {
  define,
  from,
  lossy,
  lost,
  parts,
  refer,
  resource,
  skipped,
  stepwise,
  type AnySpec,
} from '../../src/model/define.ts';
import type {Node} from '../../src/model/graph.ts';
import {Ref} from '../../src/model/value.ts';
import {relate} from '../../src/relate/index.ts';
import {inventoryOf} from '../support/inventory.ts';

interface ZoneRow {
  readonly id: string;
  readonly name: string;
}
const flavor = refer<ZoneRow>()({
  kind: 'flavor',
  section: 'Things',
  outside: {prefix: 'flavor', constraint: 'nova.flavor'},
});

interface NetRow {
  readonly id: string;
  readonly name: string;
  readonly owner: string;
  readonly routes: readonly string[];
  readonly created_at?: string;
}
const n = from<NetRow>();
const net = define<NetRow, {readonly name: string}>()({
  kind: 'net',
  section: 'Things',
  heat: 'OS::Test::Net',
  outside: {prefix: row => (row?.owner === 'p2' ? 'shared_net' : 'net')},
  where: (row, scope) => (row.owner === scope.project.id ? resource : skipped('belongs to another project')),
  properties: {name: n.copy('name')},
  ignores: {owner: 'read-only', routes: 'elsewhere', created_at: 'read-only'},
  example: {row: {id: 'n', name: 'n', owner: 'p1', routes: []}, emits: {}},
});

interface RouteRow {
  readonly id: string;
  readonly net: string;
  readonly to: string;
}
const route = define<RouteRow, {readonly net: Ref<'net'>; readonly to: string}>()({
  kind: 'route',
  section: 'Things',
  heat: 'OS::Test::Route',
  parts: parts(net, row => row.routes.map(to => ({id: `${row.id}/${to}`, net: row.id, to}))),
  label: row => `to ${row.to}`,
  properties: {net: from<RouteRow>().ref(net, 'net'), to: from<RouteRow>().copy('to')},
  ignores: {},
  example: {row: {id: 'r', net: 'n', to: 'x'}, emits: {}},
});

interface BoxRow {
  readonly id: string;
  readonly name: string;
  readonly net: string | null;
  readonly flavor: string;
  readonly state: string;
  readonly color: string;
  readonly twin?: string | null;
  readonly before?: string;
  readonly made: {readonly at: string};
}
const b = from<BoxRow>();
const box = define<
  BoxRow,
  {
    readonly name: string;
    readonly net?: Ref<'net'>;
    readonly flavor: Ref<'flavor'>;
    readonly twin?: Ref<'box'>;
    readonly made: string;
  }
>()({
  kind: 'box',
  section: 'Things',
  heat: 'OS::Test::Box',
  where: row => (row.state === 'ERROR' ? lost('it is in ERROR') : resource),
  after: row => (row.before === undefined ? [] : [new Ref('box', row.before)]),
  properties: {
    name: b.copy('name'),
    net: b.make(['net'], row => (row.net === null ? undefined : new Ref('net', row.net))),
    flavor: b.ref(flavor, 'flavor'),
    twin: b.self('box', 'twin'),
    made: b.make(['made'], row => row.made.at),
  },
  ignores: {
    before: 'read-only',
    state: stepwise(row =>
      row.state === 'OFF'
        ? {when: 'after', title: 'stop it', command: ['server', 'stop', new Ref('box', row.id)]}
        : undefined,
    ),
    color: lossy('no property', 'grey'),
  },
  example: {
    row: {id: 'b', name: 'b', net: null, flavor: 'f', state: 'ON', color: '', made: {at: ''}},
    emits: {},
  },
});

const specs: readonly AnySpec[] = [net.spec, route.spec, box.spec, flavor.spec];
const plainBox = {
  id: 'b1',
  name: 'one',
  net: 'n1',
  flavor: 'f1',
  state: 'ON',
  color: 'grey',
  made: {at: 'now'},
};
const plainNet = {id: 'n1', name: 'front', owner: 'p1', routes: []};

function nodeOf(rows: Record<string, readonly object[]>, key: string): Node {
  const node = relate(inventoryOf(rows), {specs}).graph.nodes.get(key);
  if (node === undefined) throw new Error(`no node ${key}`);
  return node;
}

function fate(node: Node, field: string): string {
  const entry = node.ledger.find(candidate => candidate.field === field);
  return entry === undefined
    ? 'missing'
    : entry.reason === undefined
      ? entry.fate
      : `${entry.fate}: ${entry.reason}`;
}

test('a reference inside the project is an edge with its property', t => {
  const {graph} = relate(
    inventoryOf({net: [plainNet], box: [plainBox], flavor: [{id: 'f1', name: 'm1.small'}]}),
    {specs},
  );
  t.deepEqual(graph.edges, [{from: 'box:b1', to: 'net:n1', property: 'net'}]);
});

test('what is outside becomes one external, whoever uses it', t => {
  const rows = {
    net: [{...plainNet, owner: 'p2'}],
    box: [plainBox, {...plainBox, id: 'b2'}],
    flavor: [{id: 'f1', name: 'm1.small'}],
  };
  const {graph} = relate(inventoryOf(rows), {specs});
  t.deepEqual(
    [...graph.externals.values()].map(({key, name, prefix, usedBy}) => ({key, name, prefix, usedBy})),
    [
      {key: 'flavor:f1', name: 'm1.small', prefix: 'flavor', usedBy: ['box:b1', 'box:b2']},
      {key: 'net:n1', name: 'front', prefix: 'shared_net', usedBy: ['box:b1', 'box:b2']},
    ],
  );
  t.is(graph.nodes.get('net:n1')?.place.as, 'skipped');
});

test('a dangling reference becomes an external named by its id', t => {
  const {graph} = relate(inventoryOf({box: [plainBox]}), {specs});
  t.is(graph.externals.get('net:n1')?.name, 'n1');
});

test('two outside things of one name are told apart by id', t => {
  const rows = {
    box: [plainBox, {...plainBox, id: 'b2', flavor: 'f2'}],
    flavor: [
      {id: 'f1', name: 'x'},
      {id: 'f2', name: 'x'},
    ],
  };
  const {graph} = relate(inventoryOf(rows), {specs});
  t.deepEqual(
    [graph.externals.get('flavor:f1')?.unique, graph.externals.get('flavor:f2')?.unique],
    [false, false],
  );
});

test('the ledger tells exact, parameter, derived, step and lost apart', t => {
  const node = nodeOf({box: [{...plainBox, state: 'OFF', color: 'red'}], net: [plainNet]}, 'box:b1');
  t.deepEqual(
    ['name', 'flavor', 'id', 'state', 'color'].map(field => fate(node, field)),
    ['exact', 'parameter', 'derived', 'step: stop it', 'lost: no property'],
  );
  t.deepEqual(
    node.steps.map(step => step.fields),
    [['state']],
  );
});

test('a lossy field with a neutral value loses nothing', t => {
  t.is(fate(nodeOf({box: [plainBox]}, 'box:b1'), 'color'), 'exact');
});

test('an unknown field is lost by name, even when it is empty', t => {
  t.regex(fate(nodeOf({box: [{...plainBox, novelty: null}]}, 'box:b1'), 'novelty'), /^lost: unknown field/);
});

test('a row that does not belong is skipped with its reason, one that cannot be rebuilt is lost with its', t => {
  t.deepEqual(nodeOf({net: [{...plainNet, owner: 'p2'}]}, 'net:n1').place, {
    as: 'skipped',
    reason: 'belongs to another project',
  });
  t.deepEqual(nodeOf({box: [{...plainBox, state: 'ERROR'}]}, 'box:b1').place, {
    as: 'lost',
    reason: 'it is in ERROR',
  });
});

test('parts are split off their owner and refer to it', t => {
  const {graph} = relate(inventoryOf({net: [{...plainNet, routes: ['a', 'b']}]}), {specs});
  t.deepEqual(graph.edges, [
    {from: 'route:n1/a', to: 'net:n1', property: 'net'},
    {from: 'route:n1/b', to: 'net:n1', property: 'net'},
  ]);
  t.is(graph.nodes.get('route:n1/a')?.label, 'to a');
});

test('parts that cannot be split are lost, not forgotten', t => {
  const {graph} = relate(inventoryOf({net: [{...plainNet, routes: null}]}), {specs});
  t.is(graph.nodes.get('route:n1')?.place.as, 'lost');
});

test('a malformed field is a named loss and leaves the rest alone', t => {
  const node = nodeOf({box: [{...plainBox, made: 7}], net: [plainNet]}, 'box:b1');
  t.is(fate(node, 'made'), 'lost: the value is a number, where a map is expected');
  t.is(node.properties['name'], 'one');
});

test('a null where Heat takes none is a named loss', t => {
  t.regex(fate(nodeOf({box: [{...plainBox, name: null}]}, 'box:b1'), 'name'), /^lost: Heat takes no null/);
});

test('half a surrogate pair is replaced and announced', t => {
  const node = nodeOf({box: [{...plainBox, name: 'a\ud800b'}]}, 'box:b1');
  t.is(node.properties['name'], 'a\ufffdb');
  t.regex(fate(node, 'name'), /surrogate/);
});

test('the order of rows changes nothing', t => {
  const boxes = [plainBox, {...plainBox, id: 'b2'}, {...plainBox, id: 'b0', created: '2020'}];
  const forward = relate(inventoryOf({net: [plainNet], box: boxes}), {specs}).graph;
  const backward = relate(inventoryOf({box: boxes.toReversed(), net: [plainNet]}), {specs}).graph;
  t.deepEqual([...forward.nodes.keys()], [...backward.nodes.keys()]);
  t.deepEqual([...forward.externals], [...backward.externals]);
});

test('a circle of order alone gives way, and the graph has none', t => {
  const rows = {
    net: [plainNet],
    box: [
      {...plainBox, before: 'b2'},
      {...plainBox, id: 'b2', twin: 'b1'},
    ],
  };
  const {graph} = relate(inventoryOf(rows), {specs});
  t.deepEqual(
    graph.edges.filter(edge => edge.property === 'depends_on'),
    [],
  );
  t.is(graph.edges.filter(edge => edge.property === 'twin').length, 1);
});

test('a thing that a stack owns carries its name', t => {
  const stack = refer<ZoneRow>()({kind: 'stack', section: 'Things', outside: {prefix: 'stack'}});
  const owned = refer<ZoneRow>()({
    kind: 'stack_resource',
    section: 'Things',
    outside: {prefix: 'stack_resource'},
  });
  const rows = {
    net: [plainNet],
    stack: [{id: 's1', stack_name: 'prod'}],
    stack_resource: [{id: 'x', stack_id: 's1', physical_resource_id: 'n1'}],
  };
  const {graph} = relate(inventoryOf(rows), {specs: [...specs, stack.spec, owned.spec]});
  t.is(graph.nodes.get('net:n1')?.stack, 'prod');
});
