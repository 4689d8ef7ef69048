/** list --tree: reading a project as a tree. */
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import {inventoryOf, PROJECT} from '../support/inventory.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');
const utf8 = {env: {LANG: 'en_GB.UTF-8'}};

test('things stand under their kinds, or under their networks', async t => {
  const {run} = await bench(t);
  const byKind = await run(['list', sample, '--tree'], utf8);
  t.is(byKind.code, 0, byKind.stderr);
  t.regex(byKind.stdout, /^server \(3\)\n├─ web-1 {2}10\.10\.0\.11\n├─ web-2 {2}10\.10\.0\.12\n└─ db/m);
  const byNetwork = await run(['list', sample, '--tree', 'network'], utf8);
  t.regex(
    byNetwork.stdout,
    /^network public {2}external {2}\(not rebuilt\)\n└─ router edge {2}172\.24\.2\.195$/m,
  );
  t.regex(byNetwork.stdout, /^└─ port vip {2}10\.10\.0\.10 \(172\.24\.2\.90\)\n {3}├─ floating ip vip/m);
  t.regex(byNetwork.stdout, /^on no network\n├─ keypair \(1\)\n│ {2}└─ dana$/m);
  t.is((await run(['list', sample, '--tree=network'], utf8)).stdout, byNetwork.stdout);
  t.is(
    (await run(['list', '--tree', sample], utf8)).stdout,
    byKind.stdout,
    'the word after it is the source',
  );
});

test('a terminal without Unicode gets ASCII lines', async t => {
  const {run} = await bench(t);
  const {stdout} = await run(['list', sample, '--tree'], {env: {LC_ALL: 'C', LANG: 'en_GB.UTF-8'}});
  t.regex(stdout, /^server \(3\)\n\|- web-1 {2}10\.10\.0\.11\n\|- web-2 {2}10\.10\.0\.12\n`- db/m);
  t.regex(stdout, /^[\n\u0020-\u007e]*$/);
});

test('of a selection the tree has what is in, on whatever networks that stands', async t => {
  const {run} = await bench(t);
  const words = ['list', sample, '--tree', 'network', '--select', 'server:db'];
  const {stdout} = await run([...words, '--exclude', 'volume:db-boot'], utf8);
  t.regex(stdout, /^network web {2}10\.10\.0\.0\/24$/m);
  t.regex(stdout, /server db/);
  t.notRegex(stdout, /web-1|db-boot$|public/m);
  const without = await run([...words, '--exclude', 'network'], utf8);
  t.regex(
    without.stdout,
    /^network web {2}10\.10\.0\.0\/24 {2}\(not rebuilt\)\n└─ server db {2}10\.10\.0\.20$/m,
  );
});

test('the data of the tree is JSON or YAML; what has rows is refused', async t => {
  const {run} = await bench(t);
  const {stdout} = await run(['list', sample, '--tree', '-f', 'json']);
  const data = JSON.parse(stdout) as {by: string; tree: readonly {kind: string; items: readonly object[]}[]};
  t.is(data.by, 'kind');
  t.deepEqual(data.tree.find(({kind}) => kind === 'keypair')?.items, [
    {key: 'keypair:dana', kind: 'keypair', label: 'dana', standing: 'inside', notes: [], items: []},
  ]);
  t.regex((await run(['list', sample, '--tree', '-f', 'yaml'])).stdout, /^by: kind$/m);
  for (const words of [['--long'], ['--explain'], ['-c', 'kind'], ['-f', 'csv']]) {
    const {code, stderr} = await run(['list', sample, '--tree', ...words]);
    t.is(code, 2);
    t.regex(stderr, /--tree has no rows, as --/);
  }
  t.regex((await run(['list', sample, '--tree=zone'])).stderr, /--tree takes one of/);
});

test('names are only names', async t => {
  const {dir, run} = await bench(t);
  const names = ['\u{1b}[31mred', 'two\nlines', '\u{202e}txt', ''];
  const server = names.map((name, at) => ({id: `s${at}`, name, tenant_id: PROJECT.id, status: 'ACTIVE'}));
  await writeFile(join(dir, 'i.json'), JSON.stringify(inventoryOf({server})));
  const {stdout} = await run(['list', 'i.json', '--tree'], utf8);
  t.regex(
    stdout,
    /^server \(4\)\n├─ \\u\{1b\}\[31mred {2}\(lost\)\n├─ two\\u\{a\}lines .*\n├─ \\u\{202e\}txt .*\n└─ s3/m,
  );
  t.is(
    (await run(['list', '-', '--tree'], {stdin: JSON.stringify(inventoryOf({}))})).stdout,
    'The project is empty.\n',
  );
});
