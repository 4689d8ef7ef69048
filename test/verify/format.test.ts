import test from 'ava';
import type {Row} from '../../src/model/inventory.ts';
import {formatDifferences, type Comparison, type Difference} from '../../src/verify/index.ts';
import {Named} from '../../src/verify/types.ts';
import {cloned, compared, uuid} from './world.ts';

const changed: Difference = {
  what: 'changed',
  kind: 'server',
  type: 'OS::Nova::Server',
  sourceId: 's1',
  cloneId: 's2',
  label: 'web',
  resource: 'server_web',
  field: 'key_name',
  property: 'key_name',
  source: 'a',
  clone: 'b',
};

function comparison(...differences: readonly Difference[]): Comparison {
  const announced = differences.filter(difference => difference.announced !== undefined).length;
  return {
    same: announced === differences.length,
    counts: {
      matched: 3,
      missing: 0,
      extra: 0,
      fields: 40,
      equal: 40 - differences.length,
      announced,
      unannounced: differences.length - announced,
      ignored: 0,
    },
    differences,
    ignored: [],
    unused: [],
    blind: [],
    pairs: new Map(),
  };
}

function lines(...differences: readonly Difference[]): readonly string[] {
  return formatDifferences(comparison(...differences), 'table-lines').split('\n');
}

test('lines: a difference in template terms', t => {
  t.is(lines(changed)[0], 'server_web (OS::Nova::Server) key_name: "a" in the source, "b" in the clone');
  t.is(
    lines({...changed, field: 'mtu', property: 'value_specs', source: 1500})[0],
    'server_web (OS::Nova::Server) value_specs (mtu): 1500 in the source, "b" in the clone',
  );
  t.is(
    lines({...changed, field: 'metadata.role', property: 'metadata', clone: undefined})[0],
    'server_web (OS::Nova::Server) metadata.role: "a" in the source, nothing in the clone',
  );
  const {resource: _resource, property: _property, ...unnamed} = changed;
  t.is(
    lines({...unnamed, source: [new Named('port', 'a b', 'x')], clone: {a: true}})[0],
    'server "web" key_name: [port "a b"] in the source, {a: true} in the clone',
  );
});

test('lines: missing, extra, announced and the summary', t => {
  const {source: _source, clone: _clone, property: _property, ...whole} = changed;
  t.deepEqual(
    lines(
      {...whole, what: 'missing', field: '*', parts: 2},
      {...whole, what: 'extra', field: '*'},
      {...changed, announced: {fate: 'step', reason: 'describe it'}},
    ),
    [
      'server_web (OS::Nova::Server): missing in the clone, with 2 parts',
      'server_web (OS::Nova::Server): only in the clone',
      '',
      'Announced in the report:',
      '  server_web (OS::Nova::Server) key_name: "a" in the source, "b" in the clone (step: describe it)',
      '',
      '2 differences beside the 1 announced: 3 things matched; 40 fields compared, 37 equal',
      '',
    ],
  );
  t.deepEqual(lines(), ['no difference: 3 things matched; 40 fields compared, 40 equal', '']);
});

test('nothing of a value reaches the terminal or the page as it is', t => {
  const evil = '\u001b[31m\u202e\r\n\u009b`|<b>';
  const text = lines({
    ...changed,
    label: evil,
    source: evil,
    clone: {[evil]: evil},
    field: `metadata.${evil}`,
  }).join('');
  // oxlint-disable-next-line no-control-regex
  t.notRegex(text, /[\u0000-\u001f\u007f-\u009f\u202e]/);
  const {resource: _resource, ...unnamed} = changed;
  const markdown = formatDifferences(comparison({...unnamed, label: evil, source: evil}), 'markdown');
  t.is(markdown.split('\n').filter(line => line.startsWith('| ')).length, 3);
  t.notRegex(markdown, /[^\\](?:`|<b>)/);
});

test('long values are cut where they part', t => {
  const [line] = lines({...changed, source: `${'x'.repeat(500)}a`, clone: `${'x'.repeat(500)}b`});
  t.true((line ?? '').length < 300);
  t.regex(line ?? '', /…x+a" in the source, …x+b" in the clone/);
});

test('json: versioned, with every difference', t => {
  const parsed = JSON.parse(formatDifferences(comparison(changed), 'json')) as Record<string, unknown>;
  t.like(parsed, {format: 'rekindle-differences', version: 1, same: false});
  t.deepEqual(parsed['differences'], [changed]);
});

function server(metadata: object): {readonly server: readonly [Row]} {
  const row = {
    id: uuid('server', 1),
    project_id: 'p1',
    name: 'web',
    flavor: 'm1',
    metadata,
    user_data: 'IyE=',
  };
  return {server: [row]};
}

test('secrets are masked wherever their name stands, and huge values are capped', t => {
  const source = server({db_password: 'hunter2', nested: {api_key: 'hunter3'}, text: 'x'.repeat(5000)});
  const {differences} = compared(
    source,
    cloned({...server({}), server: [{...server({}).server[0], user_data: 'IyF='}]}),
  );
  const text = JSON.stringify(differences);
  t.notRegex(text, /hunter|IyE=|IyF=/);
  t.true(text.length < 4000);
  t.deepEqual(
    differences.map(({field}) => field),
    ['metadata.db_password', 'metadata.nested.api_key', 'metadata.text', 'user_data'],
  );
});
