/** Groups of siblings: what becomes one, what does not and why, and that they come to the flat template. */
import {readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {differenceOf} from '../../src/emit/fold/equal.ts';
import {fold} from '../../src/emit/fold/index.ts';
import {groupName, roleNames} from '../../src/emit/fold/names.ts';
import type {Built} from '../../src/emit/build.ts';
import type {TemplateResource} from '../../src/emit/model.ts';
import type {EarlierBundle} from '../../src/model/bundle.ts';
import type {Edge, Graph, Node} from '../../src/model/graph.ts';
import type {Inventory, Row} from '../../src/model/inventory.ts';
import {type Fields, fields} from '../../src/model/json.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {render, type Snapshot} from '../../src/pipeline/index.ts';
import {parseInventory} from '../../src/store/index.ts';
import {readFlat, withoutOrder} from '../support/folded.ts';
import {project} from '../support/random-project.ts';
import {mapped, withSibling, withSiblings} from '../support/siblings.ts';

const RUNS = {numRuns: 80, seed: 20261205};
const samples = join(import.meta.dirname, '../../../samples');
const names = readdirSync(samples, {withFileTypes: true})
  .filter(entry => entry.isDirectory())
  .map(({name}) => name)
  .sort();

function sample(name: string): Inventory {
  const path = join(samples, name, 'inventory.json');
  return parseInventory(path, readFileSync(path, 'utf8'));
}

const web = sample('web');
const idOf = (name: string, kind = 'server'): string =>
  String(web.rows[kind]?.find(row => row['name'] === name)?.['id']);

/** The sample with some of its rows changed. */
function changed(kind: string, change: (row: Row) => Row, inventory = web): Inventory {
  return {...inventory, rows: {...inventory.rows, [kind]: (inventory.rows[kind] ?? []).map(change)}};
}

function folded(inventory: Inventory, before?: Snapshot): Snapshot {
  const earlier: EarlierBundle | undefined =
    before === undefined
      ? undefined
      : {report: before.report, environment: undefined, secrets: undefined, files: {}};
  return render(inventory, {shape: {fold: true}, earlier});
}

function textOf({bundle}: Snapshot, path: string): string {
  return bundle.find(file => file.path === path)?.text ?? '';
}

function resource(taken: Snapshot, name: string): Fields {
  return fields(fields(fields(parsePyYaml(textOf(taken, 'template.yaml')))['resources'])[name]);
}

function group(taken: Snapshot, name = 'web_servers'): Fields {
  return fields(resource(taken, name)['properties']);
}

function given(taken: Snapshot, name = 'web_servers'): Fields {
  return fields(fields(group(taken, name)['resource_def'])['properties']);
}

function nested(taken: Snapshot, file = 'files/web_servers.yaml'): Fields {
  return fields(parsePyYaml(textOf(taken, file)));
}

function checkSame(t: {deepEqual(a: unknown, b: unknown): unknown}, inventory: Inventory): number {
  const [flat, taken] = [render(inventory), folded(inventory)];
  const read = readFlat(taken);
  t.deepEqual(withoutOrder(read.template), withoutOrder(readFlat(flat).template));
  return read.groups.length;
}

/** No two servers of it are of one kind. */
const withoutSiblings: ReadonlySet<string> = new Set(['release-2025.1']);

for (const name of names)
  test(`sample ${name}: groups written out one by one are the flat template`, t => {
    t.is(checkSame(t, sample(name)) > 0, !withoutSiblings.has(name));
  });

test('random projects with siblings come to the flat template, in any order', t => {
  let groups = 0;
  fc.assert(
    fc.property(project, fc.integer({min: 1, max: 3}), (inventory, copies) => {
      groups += checkSame(t, withSiblings(inventory, copies));
    }),
    RUNS,
  );
  t.true(groups > RUNS.numRuns / 2, `${groups} groups`);
});

test('without siblings there is no group, and without the choice no trace of it', t => {
  const taken = folded(
    changed('server', row => (row['name'] === 'web-2' ? {...row, metadata: {other: ''}} : row)),
  );
  t.deepEqual(taken.report.folds, []);
  t.deepEqual(taken.report.unfolded, []);
  t.is(render(web).report.folds, undefined);
});

test('what they share is in the nested template, what differs in a list, what is outside are parameters', t => {
  const taken = folded(web);
  t.deepEqual(taken.report.folds, [
    {name: 'web_servers', file: 'files/web_servers.yaml', members: ['web-1', 'web-2']},
  ]);
  t.is(group(taken)['count'], 2);
  t.deepEqual(given(taken), {
    index: '%index%',
    members: [
      {name: 'web-1', ip_address: '10.10.0.11'},
      {name: 'web-2', ip_address: '10.10.0.12'},
    ],
    flavor: {get_param: 'flavor_m1_small'},
    image: {get_param: 'image_cirros_like'},
    key_name: {
      if: ['create_keypair_dana', {get_resource: 'keypair_dana'}, {get_param: 'keypair_dana_name'}],
    },
    group: {get_resource: 'server_group_web'},
    network: {get_resource: 'network_web'},
    subnet: {get_resource: 'subnet_web'},
    security_group: {get_resource: 'security_group_web'},
  });
  t.deepEqual(Object.keys(fields(nested(taken)['parameters'])), Object.keys(given(taken)));
  t.deepEqual(Object.keys(fields(nested(taken)['resources'])), ['server', 'port']);
  t.notRegex(textOf(taken, 'files/web_servers.yaml'), /web-1|10\.10\.0\.11|[0-9a-f]{8}-[0-9a-f]{4}/);
  const {report} = taken;
  t.is(report.counts.resources, render(web).report.counts.resources);
  const one = report.resources.find(({label, kind}) => label === 'web-1' && kind === 'port');
  t.is(one?.name, 'web_servers.0.port');
  t.is(one?.flat, 'port_web_1');
  t.regex(textOf(taken, 'report.md'), /web\\_servers|web_servers \(2\): web-1, web-2/);
});

function countedDown(text: string): string {
  return text.replace(/^web-([12])$/, (_, n: string) => `web-${2 - Number(n)}`);
}

function renamed(text: string): string {
  return text.replace(/^web-1$/, 'frida').replace(/^web-2$/, 'anna');
}

test('names that count from 0 are by index, in their order, whoever is older', t => {
  const taken = folded({...web, rows: mapped(web.rows, countedDown) as Inventory['rows']});
  t.is(given(taken)['name'], 'web-%index%');
  t.deepEqual(given(taken)['members'], [{ip_address: '10.10.0.12'}, {ip_address: '10.10.0.11'}]);
  t.deepEqual(taken.report.folds?.[0]?.members, ['web-0', 'web-1']);
});

test('servers without a name in common are siblings if nothing but names and addresses differs', t => {
  const people = {...web, rows: mapped(web.rows, renamed) as Inventory['rows']};
  const taken = folded(people);
  t.deepEqual(
    taken.report.folds?.map(({name}) => name),
    ['servers'],
  );
  const other = changed(
    'server',
    row => (row['name'] === 'anna' ? {...row, metadata: {role: 'x'}} : row),
    people,
  );
  t.deepEqual(folded(other).report.folds, []);
});

test('a floating IP that only some have stands outside; what all have is inside', t => {
  const [address] = web.rows['floating_ip'] ?? [];
  const more = (name: string, fixed: string, last: string): Row => ({
    ...address,
    id: `330f7a0d-e64b-4e3c-8f45-62f83ebf3c${last}`,
    port_id: idOf(name, 'port'),
    fixed_ip_address: fixed,
    description: '',
  });
  const first = more('web-1', '10.10.0.11', 'a1');
  const some = {...web, rows: {...web.rows, floating_ip: [...(web.rows['floating_ip'] ?? []), first]}};
  const taken = folded(some);
  t.deepEqual(fields(resource(taken, 'floating_ip_web_1')['properties'])['port_id'], {
    get_attr: ['web_servers', 'resource.0.port'],
  });
  t.deepEqual(fields(nested(taken)['outputs'])['port'], {value: {get_resource: 'port'}});
  checkSame(t, some);

  const all = {
    ...web,
    rows: {...web.rows, floating_ip: [...some.rows.floating_ip, more('web-2', '10.10.0.12', 'a2')]},
  };
  const whole = folded(all);
  t.deepEqual(Object.keys(fields(nested(whole)['resources'])), ['server', 'port', 'floating_ip']);
  // What the floating IPs wait for, the group waits for.
  t.is(resource(whole, 'web_servers')['depends_on'], 'router_interface_edge_web');
  checkSame(t, all);
});

test('a port without a subnet of its own waits for all subnets of its network', t => {
  const loose = changed('port', row =>
    row['device_owner'] === 'compute:nova' ? {...row, network_id: row['network_id'], fixed_ips: []} : row,
  );
  const taken = folded(loose);
  t.is(resource(taken, 'web_servers')['depends_on'], 'subnet_web');
  checkSame(t, loose);
});

test('a text that holds the index variable gets another one', t => {
  const hostile = changed('server', row =>
    String(row['name']).startsWith('web-')
      ? {...row, metadata: {role: `%index% of ${String(row['name'])}`}}
      : row,
  );
  const taken = folded(hostile);
  t.is(group(taken)['index_var'], '%index2%');
  t.is(given(taken)['index'], '%index2%');
  checkSame(t, hostile);
});

test('siblings that a step is about are not folded, and the report says why', t => {
  const taken = folded(
    changed('server', row => (row['name'] === 'web-2' ? {...row, status: 'SHUTOFF'} : row)),
  );
  t.deepEqual(taken.report.folds, []);
  const [only] = taken.report.unfolded ?? [];
  t.deepEqual(only?.members, ['web-1', 'web-2']);
  t.regex(only?.reason ?? '', /^a step beside the stack needs server_web_2/);
  t.regex(textOf(taken, 'report.md'), /## Not folded, though alike\n\n- web-1, web-2: a step/);
});

test('a second snapshot keeps group and numbers; a new sibling is the last, one that is gone leaves its number', t => {
  const first = folded(web);
  const three = withSibling(web, idOf('web-2'), 3, text => text.replace(/^web-2$/, 'web-3'));
  const older = changed(
    'server',
    row => (row['name'] === 'web-3' ? {...row, created: '2001-01-01T00:00:00Z'} : row),
    three,
  );
  const second = folded(older, first);
  t.deepEqual(second.report.folds?.[0]?.members, ['web-1', 'web-2', 'web-3']);
  const gone = {
    ...older,
    rows: {
      ...older.rows,
      server: (older.rows['server'] ?? []).filter(row => row['name'] !== 'web-2'),
      port: (older.rows['port'] ?? []).filter(row => row['name'] !== 'web-2'),
    },
  };
  const third = folded(gone, second);
  t.deepEqual(group(third)['removal_policies'], [{resource_list: ['1']}]);
  t.deepEqual(Object.keys(given(third)['members'] as object), ['0', '2']);
  t.is(third.report.resources.find(({label}) => label === 'web-3')?.name.split('.')[1], '2');
  t.deepEqual(withoutOrder(readFlat(third).template), withoutOrder(readFlat(render(gone)).template));
  // The number of the last one is not given away either.
  const fourth = folded(
    withSibling(web, idOf('web-1'), 5, text => text.replace(/^web-1$/, 'web-5')),
    second,
  );
  t.deepEqual(
    fourth.report.resources
      .filter(({kind, name}) => kind === 'server' && name.startsWith('web_servers.'))
      .map(({label, name}) => `${label} ${name}`)
      .sort(),
    ['web-1 web_servers.0.server', 'web-2 web_servers.1.server', 'web-5 web_servers.3.server'],
  );
});

test('flat names come back where folding ends', t => {
  const first = folded(web);
  const earlier = {report: first.report, environment: undefined, secrets: undefined, files: {}};
  const flat = render(web, {earlier});
  t.deepEqual(
    flat.report.resources.map(({name}) => name),
    render(web).report.resources.map(({name}) => name),
  );
});

const key = (name: string): string => `${name.replace(/_\d+$/, '')}:${name}`;

/** A template by hand: what the registry's types never do, as far as is known. */
function handMade(
  resources: readonly (Partial<TemplateResource> & {readonly name: string})[],
  edges: readonly (readonly [string, string])[] = [],
): {readonly built: Built; readonly graph: Graph} {
  const nodes = resources.map(
    ({name}) => ({key: key(name), label: name, name, steps: []}) as unknown as Node,
  );
  const built = {
    names: new Map(resources.map(({name}) => [key(name), name])),
    template: {
      description: '',
      parameters: [],
      conditions: {},
      outputs: {},
      files: new Map(),
      resources: resources.map(one => ({comments: [], type: 'T', dependsOn: [], properties: {}, ...one})),
    },
  } as unknown as Built;
  const graph = {
    nodes: new Map(nodes.map(node => [node.key, node])),
    edges: edges.map(([from, to]): Edge => ({from: key(from), to: key(to), property: 'p'})),
  } as unknown as Graph;
  return {built, graph};
}

const reasons: Readonly<Record<string, readonly [ReturnType<typeof handMade>, RegExp]>> = {
  'one that refers to another': [
    handMade([
      {name: 'server_1', dependsOn: []},
      {name: 'server_2', dependsOn: ['server_1']},
    ]),
    /server_2 refers to server_1/,
  ],
  'a circle through something else': [
    handMade([
      {name: 'server_1', properties: {a: {get_resource: 'thing'}}},
      {name: 'server_2', properties: {a: {get_resource: 'thing'}}},
      {name: 'thing', dependsOn: ['other']},
      {name: 'other', properties: {of: {get_attr: ['server_1', 'name']}}},
    ]),
    /server_1 needs something that itself needs server_1/,
  ],
  'a condition': [
    handMade([
      {name: 'server_1', condition: 'c'},
      {name: 'server_2', condition: 'c'},
    ]),
    /made only where c is true/,
  ],
  'a value that is no text': [
    handMade([
      {name: 'server_1', properties: {a: {yaql: 'x'}}},
      {name: 'server_2', properties: {a: {yaql: 'x'}}},
    ]),
    /what yaql comes to/,
  ],
};

for (const [what, [{built, graph}, reason]] of Object.entries(reasons))
  test(`not folded: ${what}`, t => {
    const {folds, unfolded, template} = fold(built, graph, undefined);
    t.deepEqual(folds, []);
    t.is(unfolded.length, 1);
    t.regex(unfolded[0]?.reason ?? '', reason);
    t.deepEqual(template.resources, built.template.resources);
  });

test('one group may need another', t => {
  const {built, graph} = handMade(
    [
      {name: 'server_1', properties: {port: {get_resource: 'port_1'}, name: 'a'}},
      {name: 'port_1', type: 'P'},
      {name: 'server_2', properties: {port: {get_resource: 'port_2'}, name: 'b'}},
      {name: 'port_2', type: 'P'},
      {name: 'server_3', type: 'U', properties: {of: {get_attr: ['port_1', 'ip', 0]}, name: 'c'}},
      {name: 'server_4', type: 'U', properties: {of: {get_attr: ['port_1', 'ip', 0]}, name: 'd'}},
    ],
    [
      ['server_1', 'port_1'],
      ['server_2', 'port_2'],
    ],
  );
  const done = fold(built, graph, undefined);
  t.deepEqual(
    done.template.resources.map(({name}) => name),
    ['servers', 'servers_' + (done.folds[1]?.name.split('_')[1] ?? '')],
  );
  t.is(differenceOf(built, done), undefined);
});

test('a nested template that says something else is found', t => {
  const flat = render(web);
  const taken = folded(web);
  const tampered = (from: string | RegExp, to: string): unknown => {
    const bundle = taken.bundle.map(file => ({...file, text: file.text.replace(from, to)}));
    return withoutOrder(readFlat({bundle, report: taken.report}).template);
  };
  const same = withoutOrder(readFlat(flat).template);
  t.deepEqual(tampered('nothing', ''), same);
  t.notDeepEqual(tampered('user_data_format: RAW', 'user_data_format: HEAT_CFNTOOLS'), same);
  t.notDeepEqual(tampered('ip_address: 10.10.0.12', 'ip_address: 10.10.0.13'), same);
});

test('docs/fold.md shows what comes out', t => {
  const taken = folded(web);
  const all = taken.bundle.map(({text}) => text).join('\0');
  const page = readFileSync(join(samples, '../docs/fold.md'), 'utf8');
  const blocks = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, block = '']) => block);
  t.is(blocks.length, 2);
  for (const block of blocks) t.true(all.includes(block), block);
});

const isFree = (): boolean => false;

test('names come from what the members have in common', t => {
  t.is(groupName(['server_web_1', 'server_web_2'], 'x', isFree), 'web_servers');
  t.is(groupName(['server_1', 'server_2'], 'x', isFree), 'servers');
  t.is(groupName(['server_frida', 'server_anna'], 'x', isFree), 'servers');
  t.is(groupName(['server_twin', 'server_twin_e15b95'], 'x', isFree), 'twin_servers');
  t.regex(
    groupName(['server_a', 'server_b'], 'x', name => name === 'servers'),
    /^servers_[0-9a-f]{6}$/,
  );
  const names = [
    ['server_web_1', 'server_web_2'],
    ['port_web_1_front', 'port_web_2_front'],
    ['port_web_1', 'port_web_2'],
    ['port_odd', 'port_other_1'],
    ['volume_frida_data', 'volume_anna_data'],
  ];
  t.deepEqual(roleNames(names, ['server', 'port', 'port', 'port', 'volume']), [
    'server',
    'port_front',
    'port',
    'port_2',
    'volume_data',
  ]);
});
