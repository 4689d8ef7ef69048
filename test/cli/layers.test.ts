/** Bundles that are several templates, on the command line and without a cloud. */
import {readdir, readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {readEarlier, readWhole} from '../../src/store/index.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench, type Bench} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');

async function filesIn(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, {recursive: true, withFileTypes: true});
  return entries
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();
}

async function cut(t: ExecutionContext, ...options: readonly string[]): Promise<Bench & {out: string}> {
  const made = await bench(t);
  const words = options.length === 0 ? ['--layout', 'by-layer'] : options;
  const {code, stderr} = await made.run(['render', sample, 'out', ...words]);
  t.is(code, 0, stderr);
  return {...made, out: join(made.dir, 'out')};
}

async function reportIn(out: string): Promise<Report> {
  return JSON.parse(await readFile(join(out, 'report.json'), 'utf8')) as Report;
}

test('each layer is a folder; ledger, inventory and script are once at the top', async t => {
  const {out, run} = await cut(t);
  const {layers = []} = await reportIn(out);
  t.deepEqual(
    layers.map(({name}) => name),
    ['security', 'network', 'storage', 'compute'],
  );
  const own = ['deploy.sh', 'environment.yaml', 'report.json', 'secrets.yaml', 'template.yaml'];
  const files = await filesIn(out);
  t.deepEqual(
    files.filter(file => !file.startsWith('compute/files/')),
    [
      ...layers.flatMap(({dir}) => own.map(file => `${dir}/${file}`)),
      'deploy.sh',
      'inventory.json',
      'report.json',
      'report.md',
      'topology.html',
      'topology.svg',
    ].sort(),
  );
  const {stdout} = await run(['render', sample, 'other', '--layout', 'by-layer']);
  t.regex(stdout, /^in 4 stacks:$/m);
  t.regex(stdout, /\| compute +\| +\d+ \| +\d+ \|/);
  const data = await run(['render', sample, 'third', '--layout', 'by-layer', '-f', 'json']);
  const {layers: rows} = JSON.parse(data.stdout) as {layers: {layer: string; resources: number}[]};
  t.is(
    rows.reduce((sum, {resources}) => sum + resources, 0),
    (await reportIn(out)).counts.resources,
  );
});

test('what was chosen is kept, and --reshape forgets it', async t => {
  const {out, run} = await cut(t, '--max-resources', '6');
  const {layers = [], shape} = await reportIn(out);
  t.deepEqual(shape, {maxResources: 6});
  t.true(layers.length > 2);
  const before = await Promise.all((await filesIn(out)).map(file => readFile(join(out, file), 'utf8')));
  t.is((await run(['render', 'out', 'out'])).code, 0);
  t.deepEqual(await Promise.all((await filesIn(out)).map(file => readFile(join(out, file), 'utf8'))), before);
  t.is((await run(['render', 'out', 'out', '--reshape'])).code, 0);
  t.is((await reportIn(out)).layers, undefined);
  t.deepEqual(
    (await filesIn(out)).filter(file => /^(?:part|security)/.test(file)),
    [],
    'nothing of the layers is left',
  );
  t.true((await filesIn(out)).includes('template.yaml'));
});

test('what somebody wrote into a layer stays, and follows its parameter', async t => {
  const {out, run} = await cut(t);
  const path = join(out, 'compute/environment.yaml');
  const text = await readFile(path, 'utf8');
  const mine = text.replace(/^( {2}flavor_m1_small): .*$/m, '  # ours\n$1: c2.large # big enough');
  t.not(mine, text);
  await writeFile(path, mine);
  t.is((await run(['render', 'out', 'out'])).code, 0);
  t.regex(await readFile(path, 'utf8'), /# ours\n {2}flavor_m1_small: c2\.large # big enough/);
  // As one template, and as others.
  for (const words of [
    ['--layout', 'single'],
    ['--layout', 'by-network'],
    ['--max-resources', '5'],
  ]) {
    t.is((await run(['render', 'out', 'out', ...words])).code, 0);
    const whole = await readWhole(out);
    t.is(whole.parameters['flavor_m1_small'], 'c2.large', words.join(' '));
  }
});

test('a bundle of one template becomes several, with the values it had', async t => {
  const {dir, run} = await bench(t);
  await run(['render', sample, 'out']);
  const path = join(dir, 'out/environment.yaml');
  await writeFile(
    path,
    (await readFile(path, 'utf8')).replace(/^( {2}flavor_m1_small): .*$/m, '$1: c2.large'),
  );
  t.is((await run(['render', 'out', 'out', '--layout', 'by-layer'])).code, 0);
  const files = await filesIn(join(dir, 'out'));
  for (const file of ['template.yaml', 'environment.yaml', 'secrets.yaml'])
    t.false(files.includes(file), file);
  t.regex(await readFile(join(dir, 'out/compute/environment.yaml'), 'utf8'), /flavor_m1_small: c2\.large/);
  t.is((await readEarlier(join(dir, 'out')))?.layers?.size, 4);
});

test('a user’s own files in the folder stay', async t => {
  const {out, run} = await cut(t);
  await writeFile(join(out, 'README'), 'ours');
  await writeFile(join(out, 'compute/notes'), 'ours too');
  t.is((await run(['render', 'out', 'out', '--layout', 'single'])).code, 0);
  const files = await filesIn(out);
  t.true(files.includes('README') && files.includes('compute/notes'));
  t.false(files.includes('compute/template.yaml'));
});

test('list and diff take it as a whole', async t => {
  const {run} = await cut(t);
  await run(['render', sample, 'single']);
  t.is((await run(['list', 'out'])).stdout, (await run(['list', 'single'])).stdout);
  t.is((await run(['diff', 'out', sample])).code, 0);
});

test('adopt says what it wants', async t => {
  const {run} = await cut(t);
  const {code, stderr} = await run(['adopt', 'out', '--os-cloud', 'nowhere']);
  t.is(code, 2);
  t.regex(stderr, /4 templates, and what runs can be adopted by one stack only/);
  t.regex(stderr, /render out OTHER --layout single --max-resources \d+/);
});

for (const [words, message] of [
  [['--layout', 'circle'], /layout/],
  [['--max-resources', '0'], /--max-resources takes a whole number from 1/],
  [['--max-template-size', 'big'], /--max-template-size takes a whole number from 1000/],
] as const) {
  test(`refused: ${words.join(' ')}`, async t => {
    const {run} = await bench(t);
    const {code, stderr} = await run(['render', sample, 'out', ...words]);
    t.is(code, 2);
    t.regex(stderr, message);
  });
}
