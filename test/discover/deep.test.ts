/** Answers nested deeper than a stack is. */
import test from 'ava';
import {parseJson} from '../../src/cloud/http/json.ts';
import {discover} from '../../src/discover/index.ts';
import {isPartial} from '../../src/model/inventory.ts';
import {inventoryText, parseInventory} from '../../src/store/index.ts';
import {nested} from '../support/fuzz/mutate.ts';
import {fakeSession, spec} from './fake.ts';

const servers = spec('server', {service: 'compute', path: 'servers/detail', key: 'servers'});

/** Each names its server. */
const ports = spec('port', {
  service: 'network',
  path: 'ports',
  key: 'ports',
  names: ({device_id: value}) => [{kind: 'server', value}],
});

test('a field nested too deep is a gap, and the rest of its row is kept', async t => {
  const rows = [
    {id: 's1', name: 'web', metadata: nested(100_000)},
    {id: 's2', metadata: nested(150)},
  ];
  const {session} = fakeSession({extensions: [], replies: {'compute servers/detail': rows}});
  const inventory = await discover(session, {specs: [servers], now: () => new Date(0)});
  t.deepEqual(inventory.rows['server'], [{id: 's1', name: 'web'}, rows[1]]);
  t.like(inventory.gaps, [{kind: 'server', reason: 'failed'}]);
  t.is(inventory.gaps[0]?.detail, 'fields nested deeper than 200 levels are left out: metadata of s1');
  t.true(isPartial(inventory));
  t.deepEqual(parseInventory('f', inventoryText(inventory)), inventory);
});

test('a deep field of a row that went while the lists were read is no gap', async t => {
  let asked = 0;
  const replies = {
    'compute servers/detail': () => (asked++ === 0 ? [{id: 'gone', metadata: nested(300)}] : [{id: 'new'}]),
    'network ports': [{id: 'p', device_id: 'new'}],
  };
  const {session} = fakeSession({extensions: [], replies});
  const inventory = await discover(session, {specs: [servers, ports], now: () => new Date(0)});
  t.deepEqual(inventory.rows['server'], [{id: 'new'}]);
  t.deepEqual(inventory.gaps, []);
});

const deep = (levels: number): string => '{"1":'.repeat(levels) + '{}' + '}'.repeat(levels);

test('an answer whose order counts is read, however deep it is', t => {
  t.notThrows(() => parseJson(`{"servers": [{"addresses": ${deep(100_000)}}]}`, ['addresses']));
  t.notThrows(() => parseJson(`{"servers": [${deep(100_000)}]}`, ['addresses']));
  t.deepEqual(parseJson('{"a": {"2": {"1": 0}, "1": 0}}', ['a']), {
    a: [
      ['2', {1: 0}],
      ['1', 0],
    ],
  });
});
