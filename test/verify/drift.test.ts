/** One project at two times: what is the same thing, what is gone or new, what could not be seen. */
import test from 'ava';
import type {Gap, Row} from '../../src/model/inventory.ts';
import {compareGraphs, formatDifferences} from '../../src/verify/index.ts';
import type {Comparison, Difference} from '../../src/verify/types.ts';
import {brief, cloned, compared, related, specs, uuid} from './world.ts';

type Rows = Readonly<Record<string, readonly Row[]>>;

const server = (number: number, more: Row = {}): Row => ({
  id: uuid('server', number),
  project_id: 'p1',
  name: `web-${number}`,
  flavor: 'm1',
  metadata: {role: 'web'},
  ...more,
});

function drift(before: Rows, after: Rows, gaps: readonly Gap[] = []): Comparison {
  const now = related(after);
  return compareGraphs(related(before), {...now, graph: {...now.graph, gaps}}, {specs});
}

const gap = (reason: Gap['reason'], more: Partial<Gap> = {}): Gap => ({
  service: 'compute',
  kind: 'server',
  reason,
  detail: `servers: ${reason}`,
  ...more,
});

test('what kept its id is the same thing, whatever it is called', t => {
  const after = [server(1, {name: 'www'}), server(2)];
  t.deepEqual(brief(drift({server: [server(1), server(2)]}, {server: after})), ['server name']);
});

test('what is new is no change of what is gone; between two projects it may be', t => {
  const [before, after] = [{server: [server(1)]}, {server: [server(2, {name: 'other'})]}];
  t.deepEqual(brief(drift(before, after)), ['extra server', 'missing server']);
  t.deepEqual(brief(compared(before, cloned(after))), ['server name']);
});

test('what was made again as it was, is the same; with its name but otherwise, it changed', t => {
  t.deepEqual(brief(drift({server: [server(1)]}, {server: [server(1, {id: uuid('server', 9)})]})), []);
  const rebuilt = server(1, {id: uuid('server', 9), flavor: 'm2'});
  t.deepEqual(brief(drift({server: [server(1)]}, {server: [rebuilt]})), ['server flavor']);
});

test('kinds that one side could not read are not gone: nothing is said of them but that', t => {
  for (const reason of ['failed', 'forbidden', 'no-service'] as const) {
    const result = drift({server: [server(1)]}, {}, [gap(reason)]);
    t.deepEqual(brief(result), [], reason);
    t.deepEqual(result.blind, [{...gap(reason), side: 'clone'}]);
    t.true(result.same);
  }
});

test('a service that neither time has is nothing to be blind for', t => {
  const result = drift({}, {}, [gap('no-service')]);
  t.deepEqual(result.blind, []);
});

test('another cloud without the service has nothing of it: that is a difference', t => {
  const source = related({server: [server(1)]}, 'p1');
  const clone = related({}, 'p2');
  const gaps = [gap('no-service')];
  const result = compareGraphs(source, {...clone, graph: {...clone.graph, gaps}}, {specs});
  t.deepEqual(brief(result), ['missing server']);
  t.deepEqual(result.blind, []);
});

test('what refers to things that one side could not read has not changed', t => {
  const volume: Row = {id: uuid('volume', 1), project_id: 'p1', name: 'data', size: 1};
  const rows = {volume: [volume], server: [server(1, {volumes: [volume['id']]})]};
  const result = drift(rows, {server: rows.server}, [gap('failed', {kind: 'volume'})]);
  t.deepEqual(brief(result), []);
});

const whole = {kind: 'server', sourceId: 's1', label: 'db', field: '*'} as const;
const changed: Difference = {
  ...whole,
  what: 'changed',
  cloneId: 's1',
  resource: 'server_db',
  type: 'OS::Nova::Server',
  field: 'name',
  property: 'name',
  source: 'db',
  clone: 'database',
};
const {sourceId: _sourceId, ...noSource} = whole;
const differences: readonly Difference[] = [
  {...whole, what: 'missing', parts: 2},
  {...noSource, what: 'extra', kind: 'port', cloneId: 'p9', label: ''},
  changed,
  {...changed, field: 'metadata.role', property: 'metadata', source: undefined, clone: 'x'},
];

function comparison(all: readonly Difference[]): Comparison {
  return {
    same: false,
    counts: {
      matched: 3,
      missing: 1,
      extra: 1,
      fields: 9,
      equal: 7,
      announced: 0,
      unannounced: all.length,
      ignored: 0,
    },
    differences: all,
    ignored: [],
    unused: [],
    blind: [{...gap('failed'), side: 'clone'}],
    pairs: new Map(),
  };
}

test('lines: gone, added and changed, each by what people call it', t => {
  const sides = {source: 'out', clone: 'cloud:prod', since: true};
  t.deepEqual(formatDifferences(comparison(differences), 'table-lines', {sides}).split('\n'), [
    'Gone since out (1):',
    '  server "db", with 2 parts',
    'Added since out (1):',
    '  port p9',
    'Changed (2):',
    '  server_db (OS::Nova::Server) name: "db" -> "database"',
    '  server_db (OS::Nova::Server) metadata.role: nothing -> "x"',
    'Not compared: server of the clone: servers: failed',
    '',
    '4 differences: 3 things matched, 1 missing, 1 extra; 9 fields compared, 7 equal',
    '',
  ]);
  const other = formatDifferences(comparison(differences), 'table-lines', {sides: {...sides, since: false}});
  t.regex(other, /^Only in out \(1\):$/m);
  t.regex(other, /^Only in cloud:prod \(1\):$/m);
});

test('unified: two headers, one hunk a thing, old and new', t => {
  const sides = {source: 'out', clone: 'cloud:prod', times: ['2026-01-01', '2026-01-02']} as const;
  t.deepEqual(formatDifferences(comparison(differences), 'unified', {sides}).split('\n'), [
    '--- out\t2026-01-01',
    '+++ cloud:prod\t2026-01-02',
    '@@ server "db" @@',
    '-server "db", with 2 parts',
    '@@ port p9 @@',
    '+port p9',
    '@@ server_db (OS::Nova::Server) @@',
    '-  name: "db"',
    '+  name: "database"',
    '+  metadata.role: "x"',
    '# not compared: server of the clone: servers: failed',
    '',
  ]);
});

function paint(style: string, text: string): string {
  return `<${style}>${text}</>`;
}

test('colours only where they are asked for', t => {
  const text = formatDifferences(comparison(differences), 'unified', {paint});
  t.regex(text, /^<red>-server "db", with 2 parts<\/>$/m);
  t.regex(text, /^<green>\+port p9<\/>$/m);
  for (const format of ['json', 'markdown'] as const)
    t.false(formatDifferences(comparison(differences), format, {paint}).includes('</>'));
});

test('unified: a secret shows that it changed, and nothing else of it', t => {
  const result = drift(
    {server: [server(1, {metadata: {api_key: 'hunter2'}})]},
    {server: [server(1, {metadata: {api_key: 'hunter3'}})]},
  );
  const text = formatDifferences(result, 'unified');
  t.notRegex(text, /hunter/);
  t.regex(text, /^-.*api_key: "\*{6}"\n\+.*api_key: "\*{6}"$/m);
});
