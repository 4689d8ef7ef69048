import {truncate, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import * as fc from 'fast-check';
import {RekindleError} from '../../src/model/errors.ts';
import {inventoryText, parseInventory, readInventory, writeBundle} from '../../src/store/index.ts';
import {bundleOf, inventory, scratch} from './sample.ts';

test('one field a line, sorted, the id first', t => {
  t.is(
    inventoryText(inventory),
    `{
  "format": "rekindle-inventory",
  "version": 1,
  "captured_at": "2026-01-02T03:04:05.000Z",
  "tool": "rekindle 0.1.0",
  "source": {"auth_host":"keystone.test","project":{"id":"p1","name":"web"},"region":null,"roles":["member"],"user_id":"u1"},
  "services": {
    "compute": {"maximum":"2.93","microversion":"2.93"},
    "network": {}
  },
  "extensions": [
    "router",
    "trunk"
  ],
  "gaps": [
    {"detail":"none","kind":"trunk","reason":"no-extension","service":"network"}
  ],
  "rows": {
    "port": [
      {
        "id": "a",
        "empty": {},
        "tags": ["y","x"]
      },
      {
        "id": "b",
        "fixed_ips": [{"ip_address":"10.0.0.1","subnet_id":"s"}],
        "name": "ü"
      }
    ],
    "server": []
  }
}
`,
  );
});

test('any rows are read back as they were, and written again as the same bytes', t => {
  const row = fc.record({id: fc.uuid(), field: fc.jsonValue(), ['__proto__']: fc.jsonValue()});
  const rows = fc.uniqueArray(row, {selector: ({id}) => id});
  fc.assert(
    fc.property(rows, rows => {
      const text = inventoryText({...inventory, rows: {port: rows}});
      const back = parseInventory('x', text);
      t.is(inventoryText(back), text);
      const sorted = rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      t.deepEqual(JSON.parse(JSON.stringify(back.rows['port'])), JSON.parse(JSON.stringify(sorted)));
    }),
  );
});

function sorted(_: string, part: unknown): unknown {
  return typeof part === 'object' && part !== null && !Array.isArray(part)
    ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
    : part;
}

test('inside a field keys are sorted, whole numbers first, as in every inventory before', t => {
  const keys = fc.oneof(
    fc.string({maxLength: 4}),
    fc.nat().map(String),
    fc.constantFrom('00', '-1', '4294967295', '__proto__'),
  );
  const value = fc.letrec<{value: unknown}>(tie => ({
    value: fc.oneof(
      {depthSize: 'small'},
      fc.string({unit: 'binary'}),
      fc.double(),
      fc.constantFrom(null, true, false, undefined),
      fc.array(tie('value'), {maxLength: 4}),
      fc.dictionary(keys, tie('value'), {maxKeys: 6}),
    ),
  })).value;
  fc.assert(
    fc.property(value, field => {
      const text = inventoryText({...inventory, rows: {port: [{id: 'a', field: [field]}]}});
      t.true(text.includes(`"field": ${JSON.stringify([field], sorted)}\n`));
    }),
    {seed: 20260103, numRuns: 500},
  );
});

test('an inventory is found by its file and by its bundle', async t => {
  const dir = join(await scratch(), 'out');
  await writeBundle(dir, bundleOf('x'));
  const byFolder = await readInventory(dir);
  t.deepEqual(byFolder, await readInventory(join(dir, 'inventory.json')));
  t.is(inventoryText(byFolder), inventoryText(inventory));
});

test('an inventory cut off at any byte is refused', t => {
  const text = inventoryText(inventory);
  for (let length = 0; length < text.length - 1; length++) {
    const error = t.throws(() => parseInventory('f.json', text.slice(0, length)), {
      instanceOf: RekindleError,
    });
    t.is(error.code, 'input');
    t.regex(error.message, /^f\.json is (?:not whole JSON|empty|not JSON)/);
  }
});

test('each kind of wrong file gets its own sentence', async t => {
  const dir = await scratch();
  const file = join(dir, 'f.json');
  await t.throwsAsync(readInventory(file), {message: /can't read .*f\.json: there is no such file/});
  await t.throwsAsync(readInventory(dir), {message: /inventory\.json: there is no such file/});
  const cases: [string | Uint8Array, RegExp][] = [
    ['', /is empty/],
    ['hello', /no JSON at all/],
    ['{"a" 1}', /is not JSON/],
    [new Uint8Array([0xff, 0xfe, 0x00]), /not UTF-8/],
    ['{}', /no inventory of rekindle/],
    ['[]', /no inventory of rekindle/],
    ['null', /not whole JSON|no inventory of rekindle/],
    ['{"format": "rekindle-report"}', /no inventory of rekindle/],
    ['{"format": "rekindle-inventory", "version": 2}', /format version 2, newer than this rekindle/],
    ['{"format": "rekindle-inventory"}', /is damaged: version is not 1/],
  ];
  for (const [text, message] of cases) {
    await writeFile(file, text);
    await t.throwsAsync(readInventory(file), {instanceOf: RekindleError, message});
  }
});

test('a damaged inventory says where', t => {
  const cases: [object, RegExp][] = [
    [{captured_at: 'then'}, /captured_at/],
    [{tool: 1}, /tool/],
    [{source: null}, /source is no object/],
    [{source: {...inventory.source, project: {id: 'x'}}}, /source\.project/],
    [{source: {...inventory.source, roles: 'member'}}, /roles/],
    [{services: {compute: 1}}, /services/],
    [{extensions: [1]}, /extensions/],
    [{gaps: [{service: 'x', kind: 'y', reason: 'other', detail: ''}]}, /gaps/],
    [{rows: []}, /rows is no object/],
    [{rows: {'../x': []}}, /no kind/],
    [{rows: {port: {}}}, /rows\.port is no list/],
    [{rows: {port: [{id: 'a'}, 'text']}}, /rows\.port\[1\] is no object/],
    [{rows: {port: [{id: 7}]}}, /rows\.port\[0\] has no id/],
    [{rows: {port: [{id: 'a'}, {id: 'a'}]}}, /rows\.port\[1\] has the id of another row/],
  ];
  for (const [change, message] of cases) {
    t.throws(() => parseInventory('f', JSON.stringify({...inventory, ...change})), {message});
  }
});

test('a file too large to be an inventory is not read into memory', async t => {
  const file = join(await scratch(), 'huge');
  await writeFile(file, '');
  await truncate(file, 600 * 1024 * 1024);
  await t.throwsAsync(readInventory(file), {message: /is larger than 256 MiB/});
});
