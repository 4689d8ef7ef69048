/** What counts as equal, what was announced, what is known beforehand. */
import test, {type ExecutionContext} from 'ava';
import type {Row} from '../../src/model/inventory.ts';
import {announcedBy, compareGraphs, type Announced, type CompareOptions} from '../../src/verify/index.ts';
import {brief, cloned, compared, related, specs, uuid, type Rows} from './world.ts';

const one = uuid('server', 1);
const net = uuid('network', 1);
const key: Row = {id: 'web', name: 'web', public_key: 'ssh-ed25519 AAAA'};

function server(more: Row = {}): Row {
  return {
    id: one,
    project_id: 'p1',
    name: 'web',
    flavor: 'm1',
    key_name: null,
    metadata: {},
    nics: [],
    ...more,
  };
}
function network(more: Row = {}): Row {
  return {id: net, project_id: 'p1', name: 'net', mtu: 1500, ...more};
}

function same(
  t: ExecutionContext,
  kind: string,
  source: Row,
  clone: Row,
  options: CompareOptions = {},
): void {
  t.deepEqual(compared({[kind]: [source]}, cloned({[kind]: [clone]}), options).differences, []);
}
function differ(
  t: ExecutionContext,
  kind: string,
  source: Row,
  clone: Row,
  ...found: readonly string[]
): void {
  t.deepEqual(brief(compared({[kind]: [source]}, cloned({[kind]: [clone]}))), found);
}

test('absent, null, false and the empty ones say the same', t => {
  const empties: readonly unknown[] = [undefined, null, '', false, [], {}, {a: null}, {a: {b: []}}];
  for (const a of empties)
    for (const b of empties) same(t, 'server', server({metadata: a}), server({metadata: b}));
  for (const a of empties)
    differ(t, 'server', server({metadata: a}), server({metadata: {a: '0'}}), 'server metadata.a');
});

test('numbers and numeric strings are one, other texts are not', t => {
  same(t, 'network', network({mtu: 1450}), network({mtu: '1450'}));
  differ(t, 'network', network({mtu: 1450}), network({mtu: '01450'}), 'network mtu');
  differ(t, 'server', server({metadata: {a: 'true'}}), server({metadata: {a: true}}), 'server metadata.a');
  differ(t, 'server', server({metadata: {a: 'A'}}), server({metadata: {a: 'a'}}), 'server metadata.a');
  differ(t, 'network', network({mtu: 0}), network({mtu: null}), 'network mtu');
});

function subnet(more: Row): Rows {
  const row = {
    id: uuid('subnet', 1),
    project_id: 'p1',
    name: 's',
    network_id: net,
    cidr: '10.0.0.0/24',
    ...more,
  };
  return {network: [network()], subnet: [row]};
}

test('order counts, but for lists that have none; how often an item is there counts in both', t => {
  const found = (source: Row, clone: Row): readonly string[] =>
    brief(compared(subnet(source), cloned(subnet(clone))));
  t.deepEqual(found({dns_nameservers: ['1', '2']}, {dns_nameservers: ['2', '1']}), [
    'subnet dns_nameservers',
  ]);
  t.deepEqual(found({tags: ['1', '2']}, {tags: ['2', '1']}), []);
  t.deepEqual(found({tags: ['1', '1', '2']}, {tags: ['2', '1', '2']}), ['subnet tags']);
  const {differences} = compared(subnet({tags: ['a', 'b', 'b']}), cloned(subnet({tags: ['b', 'c', 'a']})));
  t.deepEqual([differences[0]?.source, differences[0]?.clone], [['b'], ['c']]);
});

test('an unknown field is compared, and unknown keys of a field', t => {
  differ(t, 'server', server({novelty: 'x'}), server(), 'server novelty');
  differ(t, 'server', server({constructor: 'x'}), server({constructor: 'y'}), 'server constructor');
  differ(t, 'server', server({metadata: {'a b': 'x'}}), server(), 'server metadata["a b"]');
});

test('fields that the server makes are not', t => {
  same(t, 'server', server({created: 'x'}), server({created: 'y'}));
});

test('a neutral value of a lossy field says nothing', t => {
  same(t, 'network', network({description: '-'}), network({description: ''}));
  differ(t, 'network', network({description: 'x'}), network({description: '-'}), 'network description');
});

/** A server whose metadata names the network, in a project with a subnet. */
function quoting(metadata: Row, network_id: string): Rows {
  return {
    network: [network()],
    server: [server({metadata})],
    subnet: [{id: uuid('subnet', 1), project_id: 'p1', name: 's', network_id}],
  };
}

test('an id in free text may be copied or follow its thing; a reference must follow', t => {
  const source = quoting({net}, net);
  const clone = cloned(source);
  t.deepEqual(brief(compared(source, clone)), []);
  const literal = {
    ...clone,
    server: clone['server']?.map(row => Object.assign({...row}, {metadata: {net}})) ?? [],
  };
  t.deepEqual(brief(compared(source, literal)), []);
  const stale = {
    ...clone,
    subnet: clone['subnet']?.map(row => Object.assign({...row}, {network_id: net})) ?? [],
  };
  t.deepEqual(brief(compared(source, stale)), ['subnet network_id']);
});

function found(source: Rows, clone: Rows, given?: string): readonly string[] {
  return brief(
    compared(source, clone, given === undefined ? {} : {externals: new Map([['flavor:m1', given]])}),
  );
}

test('outside things: the same name, the same id, or the value given at deploy', t => {
  const flavors = [
    {id: 'm1', name: 'small'},
    {id: 'm2', name: 'large'},
  ];
  const rows = (flavor: string, list: readonly Row[] = flavors): Rows => ({
    flavor: list,
    server: [server({flavor})],
  });
  t.deepEqual(found(rows('m1'), rows('m1')), []);
  t.deepEqual(found(rows('m1'), rows('m2')), ['server flavor']);
  t.deepEqual(found(rows('m1'), rows('x', [{id: 'x', name: 'small'}])), []);
  t.deepEqual(found(rows('m1'), rows('x', [{id: 'x', name: 'other'}])), ['server flavor']);
  for (const given of ['m2', 'large']) {
    t.deepEqual(found(rows('m1'), rows('m2'), given), []);
    t.deepEqual(found(rows('m1'), rows('m1'), given), ['server flavor']);
  }
  t.deepEqual(found(rows('m1'), rows('m1'), ''), []);
});

test('a key pair is the same by its name; a network of that name is no reference to it', t => {
  const rows = {keypair: [key], network: [network({name: 'web'})], server: [server({key_name: 'web'})]};
  t.deepEqual(brief(compared(rows, cloned(rows))), []);
  const other = {
    ...rows,
    keypair: [{...key, id: 'web-2', name: 'web-2'}],
    server: [server({key_name: 'web-2'})],
  };
  t.deepEqual(brief(compared(rows, cloned(other))), ['keypair name']);
});

const announced = (losses: Announced['losses'], steps: Announced['steps'] = []): Announced => ({
  losses,
  steps,
});

test('an announced loss or step covers its field, what is below it, and nothing else', t => {
  const rows = {server: [server({metadata: {a: 'x', b: 'y'}, description: 'd'})]};
  const clone = cloned({server: [server()]});
  const covered = (...fields: readonly string[]): readonly string[] =>
    compared(rows, clone, {
      announced: announced(fields.map(field => ({kind: 'server', id: one, field, reason: 'r'}))),
    })
      .differences.filter(difference => difference.announced !== undefined)
      .map(({field}) => field);
  t.deepEqual(covered(), []);
  t.deepEqual(covered('metadata'), ['metadata.a', 'metadata.b']);
  t.deepEqual(covered('metadata.a'), ['metadata.a']);
  t.deepEqual(covered('meta'), []);
  t.deepEqual(covered('metadata.a', 'description'), ['description', 'metadata.a']);
  t.deepEqual(covered('*'), ['description', 'metadata.a', 'metadata.b']);
  const steps = [{kind: 'server', id: one, fields: ['description'], title: 'describe it'}];
  const result = compared(rows, clone, {announced: announced([], steps)});
  t.deepEqual(result.differences[0]?.announced, {fate: 'step', reason: 'describe it'});
  t.like(result.counts, {announced: 1, unannounced: 2});
  t.false(result.same);
  t.true(
    compared(rows, clone, {announced: announced([{kind: 'server', id: one, field: '*', reason: 'r'}])}).same,
  );
});

test('a missing thing is announced as a whole, or by the field of its owner that holds it', t => {
  const group = uuid('group', 1);
  const rule = {id: uuid('rule', 1), group_id: group, port: 22};
  const rows = {group: [{id: group, project_id: 'p1', name: 'front', rules: [rule]}], server: [server()]};
  const clone = cloned({group: [{...rows.group[0], rules: []}], server: []});
  const result = (losses: Announced['losses']): readonly (string | undefined)[] =>
    compared(rows, clone, {announced: announced(losses)}).differences.map(
      ({kind, announced}) => `${kind} ${announced?.reason ?? 'not announced'}`,
    );
  t.deepEqual(result([]), ['rule not announced', 'server not announced']);
  t.deepEqual(result([{kind: 'rule', id: rule.id, field: 'port', reason: 'r'}]), [
    'rule not announced',
    'server not announced',
  ]);
  t.deepEqual(result([{kind: 'rule', id: rule.id, field: '*', reason: 'r'}]), [
    'rule r',
    'server not announced',
  ]);
  t.deepEqual(result([{kind: 'group', id: group, field: 'rules[0]', reason: 'r'}]), [
    'rule r',
    'server not announced',
  ]);
  t.deepEqual(result([{kind: 'server', id: one, field: '*', reason: 'r'}]), [
    'rule not announced',
    'server r',
  ]);
});

test('what the graph itself says is lost can stand for a report', t => {
  const source = related({network: [network({description: 'x'})]});
  const clone = related(cloned({network: [network()]}), 'p2');
  t.false(compareGraphs(source, clone, {specs}).same);
  const result = compareGraphs(source, clone, {specs, announced: announcedBy(source.graph)});
  t.deepEqual(result.differences[0]?.announced, {fate: 'lost', reason: 'no property'});
});

test('the same project at two times: things that kept their id are the same things', t => {
  const before = {server: [server(), server({id: uuid('server', 2), name: 'db'})]};
  const after = {server: [server({name: 'db'}), server({id: uuid('server', 2), name: 'web'})]};
  const result = compareGraphs(related(before), related(after), {specs});
  t.deepEqual(brief(result), ['server name', 'server name']);
});

test('seeds decide, also against the names', t => {
  const source = {server: [server({name: 'a'}), server({id: uuid('server', 2), name: 'b'})]};
  const clone = cloned(source);
  const [first, second] = (clone['server'] ?? []).map(row => `server:${String(row['id'])}`);
  const seeds = new Map([
    [`server:${one}`, clone['server']?.[0]?.['name'] === 'a' ? (second ?? '') : (first ?? '')],
  ]);
  t.deepEqual(brief(compared(source, clone, {seeds})), ['server name', 'server name']);
  t.deepEqual(brief(compared(source, clone, {seeds: new Map([['server:gone', 'server:gone']])})), []);
});

test('outside the scope nothing is extra and nothing stands for a missing thing', t => {
  const rows = {network: [network()], server: [server()]};
  const clone = cloned(rows);
  const scope = new Set([`network:${String(clone['network']?.[0]?.['id'])}`]);
  t.deepEqual(brief(compared(rows, clone, {scope})), ['missing server']);
  const more = {
    ...clone,
    server: [],
    network: [...(clone['network'] ?? []), {...network({name: 'x'}), project_id: 'p2'}],
  };
  t.deepEqual(brief(compared({network: [network()]}, more, {scope})), []);
  t.deepEqual(brief(compared({network: [network()]}, more)), ['extra network']);
});

test('the default group and a key pair are found outside the scope; a rule too many in the default group is extra', t => {
  const group = uuid('group', 1);
  const rule = (number: number): Row => ({id: uuid('rule', number), group_id: group, port: number});
  const rows = (...rules: readonly Row[]): Rows => ({
    keypair: [key],
    group: [{id: group, project_id: 'p1', name: 'default', rules}],
    server: [server({key_name: 'web'})],
  });
  const source = rows(rule(22));
  const clone = cloned(rows(rule(22), rule(80)));
  const scope = new Set([`server:${String(clone['server']?.[0]?.['id'])}`]);
  const result = compared(source, clone, {scope});
  t.deepEqual(brief(result), ['extra rule']);
  t.is(result.counts.matched, 4);
});

test('a thing without its parts is one difference', t => {
  const group = uuid('group', 1);
  const rules = [22, 80].map(port => ({id: uuid('rule', port), group_id: group, port}));
  const result = compared({group: [{id: group, project_id: 'p1', name: 'front', rules}]}, {});
  t.deepEqual(brief(result), ['missing group']);
  t.is(result.differences[0]?.parts, 2);
  t.like(result.counts, {missing: 1, unannounced: 1});
});

test('rows that could not be read are said', t => {
  const {graph, scope} = related({});
  const gaps = [
    {service: 'network', kind: 'port', reason: 'failed' as const, detail: 'the list ended in a 500'},
  ];
  const result = compareGraphs({graph, scope}, {graph: {...graph, gaps}, scope}, {specs});
  t.deepEqual(result.blind, [{...gaps[0], side: 'clone'}]);
});

test('a difference names the thing, the template’s words for it, and both values', t => {
  const rows = {keypair: [key], server: [server({key_name: 'web'})]};
  const clone = cloned({keypair: [key], server: [server()]});
  const resources = [{kind: 'server', id: one, name: 'server_web'}];
  const {differences} = compared(rows, clone, {announced: {losses: [], steps: [], resources}});
  t.like(differences[0], {
    what: 'changed',
    kind: 'server',
    type: 'OS::Test::server',
    sourceId: one,
    cloneId: String(clone['server']?.[0]?.['id']),
    label: 'web',
    resource: 'server_web',
    field: 'key_name',
    property: 'key_name',
  });
  t.like(differences[0]?.source, {kind: 'keypair', label: 'web', id: 'web'});
  t.is(differences[0]?.clone, undefined);
});
