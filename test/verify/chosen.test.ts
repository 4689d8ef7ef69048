/** What a deployment was told to do otherwise is announced, and hides nothing else. */
import test from 'ava';
import type {Report, ReportParameter, ReportResource} from '../../src/model/bundle.ts';
import type {Row} from '../../src/model/inventory.ts';
import {chosenOf, externalsOf, type CompareOptions, type Comparison} from '../../src/verify/index.ts';
import {brief, cloned, compared, uuid, type Rows} from './world.ts';

type Values = Readonly<Record<string, unknown>>;

const disk = uuid('volume', 1);
const box = uuid('server', 1);
const group = uuid('group', 1);
const reason = 'not created: parameter create_disk is false';

function volume(more: Row = {}): Row {
  return {id: disk, project_id: 'p1', name: 'gold', size: 1, ...more};
}
function server(more: Row = {}): Row {
  return {id: box, project_id: 'p1', name: 'web', flavor: 'm1', metadata: {}, nics: [], ...more};
}
function parameter(
  name: string,
  role: ReportParameter['role'],
  more: Partial<ReportParameter>,
): ReportParameter {
  return {name, role, kind: 'volume', value: '', ...more};
}
function resource(kind: string, id: string, condition?: string): ReportResource {
  return {
    name: kind,
    type: '',
    kind,
    id,
    label: '',
    ...(condition === undefined ? {} : {condition}),
  };
}

const report: Pick<Report, 'parameters' | 'resources'> = {
  parameters: [
    parameter('disk_name', 'optional-name', {
      value: 'gold',
      source: {id: disk, name: 'gold'},
      pair: 'create_disk',
    }),
    parameter('create_disk', 'optional-switch', {value: true, pair: 'disk_name'}),
    parameter('create_key', 'optional-switch', {kind: 'keypair', value: true}),
    parameter('web_name', 'given', {
      kind: 'server',
      value: 'web',
      sets: [{kind: 'server', id: box, field: 'name'}],
    }),
  ],
  resources: [
    resource('volume', disk, 'create_disk'),
    resource('server', box),
    resource('keypair', 'ops', 'create_key'),
  ],
};

function options(values: Values): CompareOptions {
  const {absent, losses} = chosenOf(report, values);
  return {absent, externals: externalsOf(report, values), announced: {losses, steps: []}};
}
function announcedOf({differences}: Comparison): readonly string[] {
  return differences.map(({what, kind, field, announced}) =>
    [what, kind, field, announced?.reason ?? 'NOT ANNOUNCED'].join(' '),
  );
}

const off = {create_disk: 'False'};

test('nothing chosen announces nothing', t => {
  for (const values of [{}, {create_disk: 'True', create_key: 'True', web_name: 'web'}])
    t.deepEqual(chosenOf(report, values), {absent: new Map(), losses: []});
});

test('a switch is off by every word that Heat takes for false, and as it shows it', t => {
  for (const value of [false, 'False', 'false', 'f', 'No', 'n', 'off', '0', 0])
    t.deepEqual(
      [...chosenOf(report, {create_disk: value}).absent],
      [[`volume:${disk}`, reason]],
      String(value),
    );
  for (const value of [true, 'True', 'yes', 'on', '1', 1, null, '', 'falsehood'])
    t.is(chosenOf(report, {create_disk: value}).absent.size, 0, String(value));
});

test('a switch that is off in the bundle is off where the stack tells nothing', t => {
  const parameters = report.parameters.map(one =>
    one.name === 'create_disk' ? {...one, value: false} : one,
  );
  t.is(chosenOf({...report, parameters}, {}).absent.size, 1);
  t.is(chosenOf({...report, parameters}, {create_disk: 'True'}).absent.size, 0);
});

test('a key pair that is not made is the user’s own, and compared', t => {
  t.is(chosenOf(report, {create_key: 'False'}).absent.size, 0);
});

test('everything that stands under the switch is absent', t => {
  const along = {...report, resources: [...report.resources, resource('subnet', 's', 'create_disk')]};
  t.deepEqual([...chosenOf(along, off).absent.keys()], [`volume:${disk}`, 'subnet:s']);
});

/** A server with the disk; the clone's server has another one, which was there before. */
function using(theirs: Row): {readonly source: Rows; readonly clone: Rows} {
  const source = {volume: [volume()], server: [server({volumes: [disk]})]};
  const other = uuid('volume', 9);
  const clone = cloned({
    volume: [volume({id: other, ...theirs})],
    server: [server({volumes: [other]})],
  });
  return {source, clone};
}

/** The stack made the server alone. */
function scoped(clone: Rows): CompareOptions {
  return {scope: new Set([`server:${String(clone['server']?.[0]?.['id'])}`])};
}

test('a thing that is switched off is missing as announced; what it is called there stands for it', t => {
  const {source, clone} = using({size: 7});
  const result = compared(source, clone, {...options(off), ...scoped(clone)});
  t.deepEqual(announcedOf(result), [`missing volume * ${reason}`]);
  t.true(result.same);
  t.like(result.counts, {missing: 1, announced: 1, unannounced: 0, extra: 0});
  t.like(result.differences[0], {sourceId: disk, label: 'gold', type: 'OS::Test::volume'});
});

test('it is the thing that the parameter names, by name or id, and no other', t => {
  const named = using({name: 'silver'});
  const id = String(named.clone['volume']?.[0]?.['id']);
  for (const [value, found] of [
    ['silver', []],
    [id, []],
    ['gold', ['server volumes']],
    ['bronze', ['server volumes']],
  ] as const) {
    const given = options({...off, disk_name: value});
    const result = compared(named.source, named.clone, {...given, ...scoped(named.clone)});
    t.deepEqual(
      brief(result).filter(line => line.startsWith('server')),
      found,
      value,
    );
    t.is(result.same, found.length === 0);
  }
});

test('a switch hides nothing else', t => {
  const {source, clone} = using({});
  const changed = {
    ...clone,
    server: clone['server']?.map(row => ({...row, metadata: {a: 'x'}, volumes: []})) ?? [],
  };
  const result = compared(source, changed, {...options(off), ...scoped(changed)});
  t.deepEqual(
    announcedOf(result).filter(line => line.endsWith('NOT ANNOUNCED')),
    ['changed server metadata.a NOT ANNOUNCED', 'changed server volumes NOT ANNOUNCED'],
  );
  const alone = compared(
    {...source, network: [{id: uuid('network', 1), project_id: 'p1', name: 'n'}]},
    clone,
    {
      ...options(off),
      ...scoped(clone),
    },
  );
  t.deepEqual(brief(alone), ['missing network', 'missing volume']);
  t.is(alone.counts.unannounced, 1);
});

test('a thing that is made all the same, though it is switched off, is extra', t => {
  const source = {volume: [volume()]};
  const clone = cloned(source);
  const scope = new Set([`volume:${String(clone['volume']?.[0]?.['id'])}`]);
  t.deepEqual(brief(compared(source, clone, {...options(off), scope})), ['extra volume', 'missing volume']);
});

test('what is switched off takes its parts along', t => {
  const rules = [22, 80].map(port => ({id: uuid('rule', port), group_id: group, port}));
  const source = {group: [{id: group, project_id: 'p1', name: 'front', rules}]};
  const absent = new Map([[`group:${group}`, 'not created']]);
  const result = compared(source, {}, {absent});
  t.deepEqual(announcedOf(result), ['missing group * not created']);
  t.is(result.differences[0]?.parts, 2);
  t.true(result.same);
  t.like(result.counts, {missing: 1, unannounced: 0});
});

test('a thing that the source no longer lists is not counted', t => {
  const result = compared({}, {}, {absent: new Map([['volume:gone', 'not created']])});
  t.deepEqual(result.differences, []);
  t.is(result.counts.missing, 0);
});

test('another value is announced for the fields that carry it, and for those only', t => {
  const source = {server: [server(), server({id: uuid('server', 2), name: 'db'})]};
  const clone = cloned({
    server: [server({name: 'www', metadata: {a: 'x'}}), server({id: uuid('server', 2), name: 'dbx'})],
  });
  const seeds = new Map(
    [box, uuid('server', 2)].map((id, index) => [
      `server:${id}`,
      `server:${String(clone['server']?.find(row => row['name'] === ['www', 'dbx'][index])?.['id'])}`,
    ]),
  );
  const result = compared(source, clone, {...options({web_name: 'www'}), seeds});
  t.deepEqual(announcedOf(result), [
    'changed server name NOT ANNOUNCED',
    'changed server metadata.a NOT ANNOUNCED',
    'changed server name deployed with another value: parameter web_name',
  ]);
});

test('the value of the source announces nothing, nor does one that no one knows', t => {
  for (const value of ['web', null, undefined, {}, ['www']])
    t.deepEqual(chosenOf(report, {web_name: value}).losses, [], JSON.stringify(value));
  t.is(chosenOf(report, {web_name: ''}).losses.length, 1);
  t.is(chosenOf(report, {web_name: 5}).losses.length, 1, 'YAML took it for a number');
});

test('a parameter may be a number, a boolean, a list or a map: Heat shows each as text', t => {
  const values: readonly (readonly [unknown, same: readonly unknown[], other: readonly unknown[]])[] = [
    [5, ['5', 5, '5.0', null], ['6', 6, '', 'x', [5]]],
    [true, ['True', 'true', true], ['False', false, 'no', {}]],
    [
      ['a', 'b'],
      ['a,b', ['a', 'b'], '["a", "b"]'],
      ['a', 'a,b,c', ['b', 'a'], ''],
    ],
    [
      [1, {b: 2}],
      ['[1, {"b": 2}]', [1, {b: 2}]],
      ['[1]', [], '1,2'],
    ],
    [{a: 'x', b: 1}, ['{"b": 1, "a": "x"}', {b: 1, a: 'x'}], ['{}', {}, 'a', '{"a": "x"}']],
  ];
  for (const [value, same, other] of values) {
    const one = {
      parameters: [parameter('p', 'given', {value, sets: [{kind: 'server', id: box, field: 'x'}]})],
      resources: [],
    };
    for (const given of same)
      t.deepEqual(chosenOf(one, {p: given}).losses, [], JSON.stringify([value, given]));
    for (const given of other)
      t.is(chosenOf(one, {p: given}).losses.length, 1, JSON.stringify([value, given]));
  }
});
