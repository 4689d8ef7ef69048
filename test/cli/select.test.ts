/** --select, --exclude and --explain on the web sample. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Report} from '../../src/model/bundle.ts';
import {samplesFolder} from '../support/replay/sample.ts';
import {bench, type Bench} from './support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');

async function reportOf({dir}: Bench, folder: string): Promise<Report> {
  return JSON.parse(await readFile(join(dir, folder, 'report.json'), 'utf8')) as Report;
}

test('a selection makes a bundle of its own, and is kept in it', async t => {
  const made = await bench(t);
  const {code, stdout, stderr} = await made.run(['render', sample, 'out', '--select', 'server: web-*']);
  t.is(stderr, '');
  t.is(code, 0);
  t.regex(stdout, /Left out \|/);
  const {shape, resources, skipped} = await reportOf(made, 'out');
  t.deepEqual(shape, {select: 'server:web-*'});
  t.deepEqual(
    resources.filter(({kind}) => kind === 'server').map(({name}) => name),
    ['server_web_1', 'server_web_2'],
  );
  t.true(skipped.some(({kind, reason}) => kind === 'volume' && reason === 'not selected'));
  const report = await readFile(join(made.dir, 'out', 'report.md'), 'utf8');
  t.regex(report, /- not selected: 1 router, .*2 volume, 1 server/);
  t.false(report.includes('db-data'));

  t.is((await made.run(['render', 'out', 'again'])).code, 0);
  for (const file of await readdir(join(made.dir, 'out'))) {
    const texts = await Promise.all(['out', 'again'].map(dir => readFile(join(made.dir, dir, file), 'utf8')));
    t.is(texts[0], texts[1], file);
  }
  t.is((await made.run(['diff', 'out', sample])).code, 0, 'the same part of both is compared');
  t.is((await made.run(['diff', 'out', join(samplesFolder, 'services', 'inventory.json')])).code, 4);
});

test('an option given replaces the choice, --reshape forgets it', async t => {
  const made = await bench(t);
  const again = async (...words: string[]): Promise<unknown> => {
    const {code, stderr} = await made.run(['render', sample, 'out', ...words]);
    t.is(code, 0, stderr);
    return (await reportOf(made, 'out')).shape;
  };
  t.deepEqual(await again('--select', 'server', '--exclude', 'volume'), {
    select: 'server',
    exclude: 'volume',
  });
  t.deepEqual(await again('--select', 'server:db'), {select: 'server:db', exclude: 'volume'});
  t.deepEqual(await again('--exclude', 'volume:db-data', '--exclude', 'keypair & name=dana'), {
    select: 'server:db',
    exclude: 'volume:db-data | keypair & name=dana',
  });
  t.is(await again('--reshape'), undefined);
});

test('several selections make several bundles, each whole, and what they share is said', async t => {
  const made = await bench(t);
  const both = ['--select', 'web=server:web-*', '--select', 'db=server:db'];
  const {code, stdout} = await made.run(['render', sample, 'out', ...both]);
  t.is(code, 0);
  t.deepEqual((await readdir(join(made.dir, 'out'))).sort(), ['db', 'web']);
  t.regex(
    stdout,
    /5 things that more than one of them needs, and each makes for itself:\n {2}keypair dana: web, db\n/,
  );
  t.deepEqual((await reportOf(made, 'out/db')).shape, {select: 'server:db'});
  const data = JSON.parse((await made.run(['render', sample, 'out', ...both, '-f', 'json'])).stdout) as {
    bundles: readonly {bundle: string; since: object}[];
    shared: readonly {kind: string; in: readonly string[]}[];
  };
  t.deepEqual(
    data.bundles.map(({bundle}) => bundle),
    ['out/web', 'out/db'],
  );
  t.deepEqual(data.bundles[0]?.since, {added: [], gone: []});
  t.true(data.shared.some(({kind, in: bundles}) => kind === 'network' && bundles.join() === 'web,db'));
});

test('nothing is written where one of several can not be made', async t => {
  const made = await bench(t);
  const words = ['render', sample, 'out', '--select', 'web=server:web-*', '--select', 'db=server:bd'];
  const {code, stderr} = await made.run(words);
  t.is(code, 2);
  t.regex(stderr, /nothing in the project is server:bd\n {2}did you mean server:db\?/);
  t.deepEqual(await readdir(made.dir), []);
});

test('mistakes in the options are usage errors with what to do', async t => {
  const {run} = await bench(t);
  const refused = async (...words: string[]): Promise<string> => {
    const {code, stdout, stderr} = await run(['render', sample, 'out', ...words]);
    t.is(code, 2);
    t.is(stdout, '');
    return stderr;
  };
  t.regex(
    await refused('--select', 'server:db', '--select', 'network'),
    /Several selections make several bundles, and each needs a name\n.*--select web='server:web-\*' --select db='server:db'/,
  );
  t.regex(await refused('--select', 'a=server', '--select', 'a=network'), /Two selections are called a\n/);
  t.regex(
    await refused('--select', 'tga=dana'),
    /tga is taken for the name of a bundle\)\n {2}did you mean tag=dana\?/,
  );
  t.regex(await refused('--exclude', 'server &'), /column 9: expected a kind/);
  const listed = await run(['list', sample, '--select', 'a=server', '--select', 'b=port']);
  t.regex(listed.stderr, /takes one selection/);
});

test('--explain says why each thing is in or out, and the bundle is written all the same', async t => {
  const made = await bench(t);
  const words = [
    'render',
    sample,
    'out',
    '--select',
    'server:db',
    '--exclude',
    'volume:db-data',
    '--explain',
  ];
  const table = await made.run(words);
  t.regex(table.stdout, /\| server +\| db +\| in +\| selected by server:db +\|/);
  t.regex(table.stdout, /\| port +\| db +\| in +\| port of server db +\|/);
  t.regex(
    table.stdout,
    /\| volume +\| db-data +\| parameter +\| excluded by volume:db-data; parameter volume_db_data +\|/,
  );
  t.regex(table.stdout, /\| server +\| web-1 +\| out +\| not selected +\|/);
  t.regex(table.stdout, /\| network +\| public +\| out +\| belongs to another project +\|/);
  t.is((await reportOf(made, 'out')).resources.filter(({kind}) => kind === 'server').length, 1);
  const rows = JSON.parse((await made.run([...words, '-f', 'json'])).stdout) as readonly Record<
    string,
    string
  >[];
  t.deepEqual(Object.keys(rows[0] ?? {}), ['kind', 'name', 'id', 'is', 'why']);
});

test('list shows what would be in, and writes nothing', async t => {
  const {dir, run} = await bench(t);
  const select = ['list', sample, '--select', 'server:db', '--exclude', 'volume:db-data'];
  const kinds = JSON.parse((await run([...select, '-f', 'json'])).stdout) as readonly Record<
    string,
    unknown
  >[];
  t.deepEqual(
    kinds.find(({kind}) => kind === 'volume'),
    {kind: 'volume', in: 1, parameter: 1, out: 0},
  );
  const things = (await run([...select, '--long', '-f', 'value', '-c', 'kind', '-c', 'name'])).stdout;
  t.regex(things, /^server db$/m);
  t.notRegex(things, /web-1/);
  const why = (await run([...select, '--explain', '-f', 'value', '-c', 'name', '-c', 'why'])).stdout;
  t.regex(why, /^db selected by server:db$/m);
  const all = (await run(['list', sample, '--explain', '-f', 'value', '-c', 'why'])).stdout;
  t.regex(all, /^everything is in$/m);
  t.deepEqual(await readdir(dir), []);
});
