/** `diff` as a guard against drift: its forms, its rules, its exit codes. */
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Gap, Inventory, Row} from '../../src/model/inventory.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench, type Bench} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');

/** `out` is the sample's bundle, `now.json` the project an hour later: a rename, a volume less, a network more. */
async function stage(
  t: ExecutionContext,
): Promise<Bench & {readonly put: (file: string, text: string) => Promise<void>}> {
  const made = await bench(t);
  const put = async (file: string, text: string): Promise<void> => writeFile(join(made.dir, file), text);
  await made.run(['render', sample, 'out']);
  await put('now.json', JSON.stringify(later(JSON.parse(await readFile(sample, 'utf8')) as Inventory)));
  return {...made, put};
}

function renamed(row: Row): Row {
  return row['name'] === 'web-2' ? Object.assign({}, row, {name: 'www-2'}) : row;
}

function later(inventory: Inventory): Inventory {
  const rowsOf = (kind: string): readonly Row[] => inventory.rows[kind] ?? [];
  const network = rowsOf('network').find(row => row['project_id'] === inventory.source.project.id);
  return {
    ...inventory,
    captured_at: '2036-01-01T00:00:00.000Z',
    rows: {
      ...inventory.rows,
      server: rowsOf('server').map(renamed),
      server_group: [],
      network: [
        ...rowsOf('network'),
        {...network, id: '0b0b0b0b-0000-4000-8000-000000000000', name: 'new-net', subnets: []},
      ],
    },
  };
}

test('lines say what is gone, added and changed, by the names of the bundle', async t => {
  const {run} = await stage(t);
  const {code, stdout, stderr} = await run(['diff', 'out', 'now.json']);
  t.is(code, 4);
  t.is(stderr, '');
  t.regex(
    stdout,
    /^Gone since out \(1\):\n {2}server_group_web \(OS::Nova::ServerGroup\)\nAdded since out \(1\):\n {2}network "new-net"\nChanged \(/,
  );
  t.regex(stdout, /^ {2}server_web_2 \(OS::Nova::Server\) name: "web-2" -> "www-2"$/m);
  const back = await run(['diff', 'now.json', 'out']);
  t.regex(back.stdout, /^Only in now\.json \(1\):\n {2}network "new-net"\nOnly in out \(1\):$/m);
});

test('a logical name that the bundle kept is the one that is shown', async t => {
  const {run} = await stage(t);
  t.is((await run(['render', 'now.json', 'out'])).code, 0);
  const {code, stdout} = await run(['diff', 'out', sample]);
  t.is(code, 4);
  t.regex(stdout, /^ {2}server_web_2 \(OS::Nova::Server\) name: "www-2" -> "web-2"$/m);
  t.is((await run(['diff', 'out', 'now.json'])).code, 0);
});

test('unified: headers with the operands and their times, colours only if asked for', async t => {
  const {run} = await stage(t);
  const {code, stdout} = await run(['diff', 'out', 'now.json', '--format', 'unified']);
  t.is(code, 4);
  t.regex(stdout, /^--- out\t\d{4}-\S+\n\+\+\+ now\.json\t2036-01-01T00:00:00\.000Z\n@@ /);
  t.regex(stdout, /^@@ server_web_2 \(OS::Nova::Server\) @@\n- {2}name: "web-2"\n\+ {2}name: "www-2"$/m);
  t.false(stdout.includes('\u001b'));
  const env = {FORCE_COLOR: '1'};
  t.true(
    (await run(['diff', 'out', 'now.json', '--format', 'unified'], {env})).stdout.includes(
      '\u001b[31m-  name',
    ),
  );
  t.deepEqual(await run(['diff', 'out', 'out', '--format', 'unified']), {code: 0, stdout: '', stderr: ''});
});

test('rules: what they name does not count; one without use is a warning', async t => {
  const {run, put} = await stage(t);
  await put(
    'drift.yaml',
    'ignore:\n  - {kind: server, field: name, why: theirs}\n  - {name: new-net}\n  - {name: server_group_web}\n  - {name: "server*"}\n  - {name: nobody}\n',
  );
  const {code, stdout, stderr} = await run(['diff', 'out', 'now.json', '--ignore', 'drift.yaml']);
  t.is(code, 0, stdout);
  t.regex(stdout, /^no difference beyond the \d+ ignored: /);
  t.is(stderr, 'warning: drift.yaml:6: this rule ignores nothing\n');
  const shown = await run(['diff', 'out', 'now.json', '--ignore', 'drift.yaml', '--show-ignored']);
  t.regex(shown.stdout, /^Ignored:\n/);
  t.regex(shown.stdout, /^ {2}server_web_2 .*"web-2" -> "www-2" \(theirs\)$/m);
  const json = await run(['diff', 'out', 'now.json', '--ignore', 'drift.yaml', '-f', 'json']);
  const data = JSON.parse(json.stdout) as {
    sides: object;
    ignored: readonly {ignored: object}[];
    unused: readonly object[];
    differences: readonly object[];
  };
  t.deepEqual(data.sides, {source: 'out', clone: 'now.json'});
  t.deepEqual(data.unused, [{name: 'nobody', line: 6}]);
  t.deepEqual(data.differences, []);
  t.true(data.ignored.some(({ignored}) => 'why' in ignored));
});

test('a wrong file of rules: line, column and a hint, before anything is read', async t => {
  const {run, put} = await stage(t);
  await put('drift.yaml', 'ignore:\n  - knd: server\n');
  for (const words of [
    ['diff', 'out', 'cloud:nowhere', '--ignore', 'drift.yaml'],
    ['verify', 'out', '--os-auth-url', 'http://127.0.0.1:1', '--ignore', 'drift.yaml'],
  ]) {
    const {code, stdout, stderr} = await run(words);
    t.is(code, 2);
    t.is(stdout, '');
    t.is(stderr, 'rekindle: drift.yaml:2:5: unknown key "knd"\n  did you mean kind?\n');
  }
  const none = await run(['diff', 'out', 'out', '--ignore', 'none.yaml']);
  t.is(none.code, 2);
  t.regex(none.stderr, /none\.yaml: there is no such file/);
});

test('a service that one time lacks: code 3, and nothing is gone', async t => {
  const {run, put} = await stage(t);
  const inventory = JSON.parse(await readFile(sample, 'utf8')) as Inventory;
  const gaps: readonly Gap[] = ['volume', 'volume_attachment'].map(kind => ({
    service: 'volume',
    kind,
    reason: 'no-service',
    detail: 'the catalog has no volume service',
  }));
  await put('now.json', JSON.stringify({...inventory, rows: {...inventory.rows, volume: []}, gaps}));
  const {code, stdout} = await run(['diff', 'out', 'now.json']);
  t.is(code, 3, stdout);
  t.regex(stdout, /^Not compared: volume of the clone: the catalog has no volume service$/m);
});

test('what stacks own is compared as the bundle stands to it', async t => {
  const {run, put} = await stage(t);
  const inventory = JSON.parse(
    await readFile(join(samplesFolder, 'hard', 'inventory.json'), 'utf8'),
  ) as Inventory;
  const {rows} = inventory;
  const template = JSON.stringify({heat_template_version: '2018-08-31', resources: {}});
  const stack = (rows['stack'] ?? []).map(row => Object.assign({}, row, {template}));
  await put('with.json', JSON.stringify({...inventory, rows: {...rows, stack}}));
  await put('same.json', JSON.stringify(inventory));
  const volume = (rows['volume'] ?? []).map(row =>
    row['name'] === 'owned-volume' ? Object.assign({}, row, {size: 77}) : row,
  );
  await put('grown.json', JSON.stringify({...inventory, rows: {...rows, volume}}));
  for (const [mode, code] of [
    ['skip', 0],
    ['as-resources', 4],
    ['as-template', 4],
  ] as const) {
    t.is((await run(['render', 'with.json', mode, '--stacks', mode])).code, 0);
    const same = await run(['diff', mode, 'same.json']);
    t.is(same.code, 0, `${mode}\n${same.stdout}`);
    const grown = await run(['diff', mode, 'grown.json']);
    t.is(grown.code, code, `${mode}\n${grown.stdout}`);
    if (code === 4) t.regex(grown.stdout, /size.*77$/m);
  }
});
