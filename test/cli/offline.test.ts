/** Commands that need no cloud, on a sample's inventory. */
import {mkdir, readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {folderName} from '../../src/cli/bundle-out.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {inventoryOf} from '../support/inventory.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench, type Bench} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');

async function withInventory(t: ExecutionContext, inventory: Inventory): Promise<Bench> {
  const made = await bench(t);
  await writeFile(join(made.dir, 'inventory.json'), JSON.stringify(inventory));
  return made;
}

test('render writes the bundle and says what is in it, on standard output alone', async t => {
  const {dir, run} = await bench(t);
  const {code, stdout, stderr} = await run(['render', sample, 'out']);
  t.is(code, 0);
  t.is(stderr, '');
  t.regex(stdout, /^out: \d+ resources?, \d+ parameters?, \d+ steps?, \d+ loss(es)?\n/);
  t.regex(stdout, /\| server +\|/);
  t.regex(stdout, / exact: /);
  t.regex(stdout, /rekindle deploy out --os-cloud TARGET --stack NAME/);
  const files = await readdir(join(dir, 'out'));
  for (const file of ['template.yaml', 'environment.yaml', 'deploy.sh', 'report.md', 'inventory.json'])
    t.true(files.includes(file), file);
});

test('render of a bundle gives the bundle again', async t => {
  const {dir, run} = await bench(t);
  t.is((await run(['render', sample, 'a'])).code, 0);
  t.is((await run(['render', 'a', 'b'])).code, 0);
  for (const file of await readdir(join(dir, 'a'))) {
    const [a, b] = await Promise.all(['a', 'b'].map(name => readFile(join(dir, name, file), 'utf8')));
    t.is(a, b, file);
  }
});

test('without DIR the folder has the name of the project', async t => {
  const {dir, run} = await bench(t);
  const {stdout} = await run(['render', sample]);
  const {source} = JSON.parse(await readFile(sample, 'utf8')) as Inventory;
  t.true(stdout.startsWith(`./${source.project.name}: `));
  t.true((await readdir(dir)).includes(source.project.name));
});

test('a folder name is safe, whatever the project is called', t => {
  const names: Readonly<Record<string, string>> = {
    web: './web',
    '../../etc': './etc',
    '.hidden': './hidden',
    'a b/c': './a-b-c',
    '$(id)': './id',
    '': './project',
    '..': './project',
    データ: './データ',
    '\u001b[31m': './31m',
  };
  for (const [project, folder] of Object.entries(names)) t.is(folderName(project), folder);
});

test('-f json: counts as data, and nothing else', async t => {
  const {run} = await bench(t);
  const {stdout} = await run(['render', sample, 'out', '-f', 'json']);
  const data = JSON.parse(stdout) as Readonly<Record<string, unknown>>;
  t.is(data['bundle'], 'out');
  t.deepEqual(Object.keys(data['fields'] as object), ['exact', 'derived', 'parameter', 'step', 'lost']);
  for (const key of ['resources', 'parameters', 'steps', 'losses', 'skipped', 'gaps'])
    t.is(typeof data[key], 'number');
});

test('an inventory comes from standard input as well', async t => {
  const {run} = await bench(t);
  const {code, stdout} = await run(['list', '-', '-f', 'value', '-c', 'kind'], {
    stdin: await readFile(sample, 'utf8'),
  });
  t.is(code, 0);
  t.regex(stdout, /^server$/m);
  const broken = await run(['list', '-'], {stdin: '{"format": '});
  t.is(broken.code, 2);
  t.regex(broken.stderr, /^rekindle: standard input is not whole JSON/);
});

test('list: kinds, then things with --long, in any form', async t => {
  const {run} = await bench(t);
  const kinds = JSON.parse((await run(['ls', sample, '-f', 'json'])).stdout) as Record<string, unknown>[];
  t.deepEqual(Object.keys(kinds[0] ?? {}), [
    'kind',
    'rows',
    'resources',
    'parts',
    'steps',
    'lost',
    'skipped',
  ]);
  const things = await run(['ls', sample, '--long', '-f', 'json', '--sort-column', 'name']);
  const rows = JSON.parse(things.stdout) as {kind: string; name: string; resource: string | null}[];
  t.deepEqual(Object.keys(rows[0] ?? {}), ['kind', 'name', 'id', 'becomes', 'resource', 'stack']);
  t.true(rows.some(({kind, resource}) => kind === 'server' && resource !== null));
  t.deepEqual(
    rows.map(({name}) => name),
    rows.map(({name}) => name).sort(),
  );
  t.regex((await run(['ls', sample])).stdout, /^\+-+\+.*\n\| Kind +\| Found \|/);
  const none = await run(['ls', sample, '-c', 'knd']);
  t.is(none.code, 2);
  t.regex(none.stderr, /no column "knd"\n {2}did you mean kind\?/);
});

test('a partial inventory: warnings on standard error, code 3', async t => {
  const gaps = [
    {service: 'compute', kind: 'server', reason: 'forbidden', detail: 'servers: 403\u001b[2J'},
    {service: 'dns', kind: 'zone', reason: 'no-service', detail: 'there is no dns'},
  ] as const;
  const {run} = await withInventory(t, inventoryOf({}, {gaps}));
  for (const words of [
    ['list', 'inventory.json'],
    ['render', 'inventory.json', 'out'],
  ]) {
    const {code, stderr} = await run(words);
    t.is(code, 3);
    t.is(stderr, 'warning: server (compute): servers: 403\\u{1b}[2J\n');
  }
  t.regex((await run(['list', 'inventory.json', '-v'])).stderr, /zone \(dns\): there is no dns/);
  t.is((await run(['list', 'inventory.json', '-q'])).stderr, '');
});

test('diff: 0 for the same, 4 for differences, 3 for what could not be seen', async t => {
  const {dir, run} = await bench(t);
  const same = await run(['diff', sample, sample]);
  t.is(same.code, 0, same.stderr);
  t.regex(same.stdout, /no difference/);

  const inventory = JSON.parse(await readFile(sample, 'utf8')) as Inventory;
  const changed = JSON.stringify({
    ...inventory,
    rows: {...inventory.rows, network: inventory.rows['network']?.map(row => ({...row, mtu: 1234}))},
  });
  await writeFile(join(dir, 'changed.json'), changed);
  const other = await run(['diff', sample, 'changed.json']);
  t.is(other.code, 4);
  t.regex(other.stdout, /mtu/);
  t.is(other.stderr, '');
  const data = JSON.parse((await run(['diff', sample, 'changed.json', '-f', 'json'])).stdout) as {
    same: boolean;
  };
  t.false(data.same);
  t.regex((await run(['diff', sample, '-', '-f', 'markdown'], {stdin: changed})).stdout, /^\| --- \|/m);

  const gaps = [{service: 'compute', kind: 'server', reason: 'failed', detail: 'servers: 500'}] as const;
  await writeFile(join(dir, 'partial.json'), JSON.stringify({...inventory, gaps}));
  t.is((await run(['diff', 'partial.json', 'partial.json'])).code, 3);
});

test('nothing is overwritten without --force', async t => {
  const {dir, run} = await bench(t);
  await mkdir(join(dir, 'mine'));
  await writeFile(join(dir, 'mine', 'letter.txt'), 'dear');
  await writeFile(join(dir, 'file'), 'text');
  const refused = async (folder: string, message: RegExp): Promise<void> => {
    const {code, stdout, stderr} = await run(['render', sample, folder]);
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, message);
  };
  await refused('mine', /^rekindle: .*mine exists and holds other files\n {2}.*--force/);
  await refused('file', /^rekindle: .*file exists and is no folder\n/);
  t.deepEqual(await readdir(join(dir, 'mine')), ['letter.txt']);
  t.is((await run(['render', sample, 'mine', '--force'])).code, 0);
  t.is(await readFile(join(dir, 'mine', 'letter.txt'), 'utf8'), 'dear');
  // Now it is a bundle of that project, with a letter in it.
  t.is((await run(['render', sample, 'mine'])).code, 0);
  t.is(await readFile(join(dir, 'mine', 'letter.txt'), 'utf8'), 'dear');
  t.deepEqual((await readdir(dir)).sort(), ['file', 'mine']);
});

const bad: Readonly<Record<string, readonly [string | undefined, RegExp]>> = {
  missing: [undefined, /no such file or folder/],
  empty: ['', /is empty/],
  'cut off': ['{"format": "rekindle-inventory", "version": 1, "rows": {"server": [{"id"', /cut off/],
  foreign: ['{"resources": []}', /no inventory of rekindle/],
  'of a newer version': ['{"format": "rekindle-inventory", "version": 9}', /newer than this rekindle/],
  damaged: ['{"format": "rekindle-inventory", "version": 1}', /damaged/],
  binary: ['\u0000\ufffd', /no JSON at all|not JSON|not UTF-8/],
};

for (const [what, [text, message]] of Object.entries(bad)) {
  test(`an inventory that is ${what}: one sentence, code 2, nothing written`, async t => {
    const {dir, run} = await bench(t);
    if (text !== undefined) await writeFile(join(dir, 'x.json'), text);
    const before = await readdir(dir);
    for (const words of [
      ['render', 'x.json', 'out'],
      ['list', 'x.json'],
      ['diff', sample, 'x.json'],
    ]) {
      const {code, stdout, stderr} = await run(words);
      t.is(code, 2);
      t.is(stdout, '');
      t.regex(stderr, /^rekindle: .*x\.json.*\n( {2}.*\n)?$/);
      t.regex(stderr, message);
    }
    t.deepEqual(await readdir(dir), before);
  });
}

test('a bundle that is cut off, or none: one sentence, code 2, before any cloud is asked', async t => {
  const {dir, run} = await bench(t);
  t.is((await run(['render', sample, 'out'])).code, 0);
  const refused = async (message: RegExp, folder = 'out'): Promise<void> => {
    for (const command of ['check', 'deploy', 'verify']) {
      const {code, stdout, stderr} = await run([command, folder, '--os-auth-url', 'http://127.0.0.1:1']);
      t.is(code, 2);
      t.is(stdout, '');
      t.regex(stderr, /^rekindle: .*\n( {2}.*\n)?$/);
      t.regex(stderr, message);
    }
  };
  await refused(/there is no folder/, 'nowhere');
  await mkdir(join(dir, 'other'));
  await refused(/report\.json/, 'other');
  const template = join(dir, 'out', 'template.yaml');
  const text = await readFile(template, 'utf8');
  await writeFile(template, text.slice(0, text.length / 2));
  await refused(/template\.yaml/);
  await writeFile(template, text);
  await writeFile(join(dir, 'out', 'report.json'), '{"format": "rekindle-rep');
  await refused(/report\.json is not whole JSON/);
});

test('a log file takes the messages, and is said if it cannot be written', async t => {
  const {dir, run} = await bench(t);
  const {code} = await run(['list', sample, '--log-file', 'a.log']);
  t.is(code, 0);
  // The sample's cloud has the core services only.
  t.regex(
    await readFile(join(dir, 'a.log'), 'utf8'),
    /^(?:\S+ info [^\n]+: (?:the catalog has no [\w-]+ service|the network service has no extension '[\w-]+')\n)+$/,
  );
  const none = await run(['list', sample, '--log-file', 'no/such/a.log']);
  t.is(none.code, 2);
  t.regex(none.stderr, /^rekindle: can't write the log file /);
});

test('--fold is remembered by the bundle, --no-fold and --reshape end it', async t => {
  const {dir, run} = await bench(t);
  const folds = async (): Promise<boolean> =>
    (await readFile(join(dir, 'out', 'template.yaml'), 'utf8')).includes('OS::Heat::ResourceGroup');
  const first = await run(['render', sample, 'out', '--fold']);
  t.is(first.code, 0);
  t.regex(first.stdout, /^folded: web_servers \(web-1, web-2\)$/m);
  t.true(await folds());
  t.is((await run(['render', 'out', 'out'])).code, 0);
  t.true(await folds());
  t.is((await run(['render', 'out', 'out', '--no-fold'])).code, 0);
  t.false(await folds());
  await run(['render', 'out', 'out', '--fold']);
  t.is((await run(['render', 'out', 'out', '--reshape'])).code, 0);
  t.false(await folds());
  t.is((await run(['render', 'out', 'out', '--fold', '--no-fold'])).code, 2);
  const nothing = await run(['render', sample, 'data', '--fold', '-f', 'json']);
  t.deepEqual((JSON.parse(nothing.stdout) as {folds: unknown}).folds, [
    {name: 'web_servers', file: 'files/web_servers.yaml', members: ['web-1', 'web-2']},
  ]);
});
