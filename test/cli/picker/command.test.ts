/** `rekindle select` and --select-file, from words to what is written. */
import {readFile, stat, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import type {Report} from '../../../src/model/bundle.ts';
import {samplesFolder} from '../../support/replay/sample.ts';
import {screenOf} from '../support/screen.ts';
import {bench, type Bench} from '../support/world.ts';

const sample = join(samplesFolder, 'web', 'inventory.json');

async function shapeIn({dir}: Bench, folder: string): Promise<unknown> {
  return (JSON.parse(await readFile(join(dir, folder, 'report.json'), 'utf8')) as Report).shape;
}

test('what is picked is the expression on standard output, and nothing else is', async t => {
  const {run} = await bench(t);
  const screen = screenOf('/server web-1<return> <return>');
  const {code, stdout, stderr} = await run(['select', sample], {screen});
  t.is(code, 0, stderr);
  t.is(stdout, 'server:web-1\n');
  t.is(stderr, '');
  t.is(screen.closed(), 1);
  t.true(screen.written().startsWith('\u001b[2J'));
});

test('the closure follows each key on the screen', async t => {
  const {run} = await bench(t);
  const screen = screenOf('/db-<return><end>q', {columns: 70, rows: 12});
  await run(['select', sample, '--select', 'server:db'], {screen});
  const last = screen.lines();
  t.true(last.includes('>     [+] db-boot_db'), last.join('\n'));
  t.is(last.at(-4), 'volume attachment db-boot_db is in: volume on server db');
  const none = screenOf(' q');
  await run(['select', sample], {screen: none});
  t.is(none.shots[0]?.at(-2), '0 selected, 0 of 35 in');
  t.is(none.shots[1]?.at(-2), '1 selected, 1 of 35 in');
  t.false(none.written().slice(4).includes('\u001b[2J'), 'only what changed is drawn');
});

test('another size is drawn anew', async t => {
  const {run} = await bench(t);
  const screen = screenOf('<resize 40 5><down><resize 60 20>q');
  await run(['select', sample], {screen});
  t.deepEqual(
    screen.shots.map(lines => lines.length),
    [24, 5, 5, 20],
  );
  t.true(screen.shots[2]?.every(line => line.length <= 40));
});

test('who leaves gets nothing, and a code that says so', async t => {
  const {run} = await bench(t);
  for (const keys of [' q', ' <escape>', ' <gone>']) {
    const screen = screenOf(keys);
    const {code, stdout, stderr} = await run(['select', sample], {screen});
    t.is(code, 1);
    t.is(stdout, '');
    t.is(stderr, 'rekindle: Left without a selection; nothing was written\n');
    t.is(screen.closed(), 1);
  }
});

test('options select and exclude beforehand; what is excluded is told as well', async t => {
  const {run} = await bench(t);
  const words = ['select', sample, '--select', 'server:web-*', '--exclude', 'keypair'];
  const {stdout, stderr} = await run(words, {screen: screenOf('<return>')});
  t.is(stdout, 'server:web-1 | server:web-2\n');
  t.is(stderr, 'warning: the expression is not all of it: add --exclude keypair:dana\n');
  const data = await run([...words, '-f', 'json'], {screen: screenOf('<return>')});
  t.deepEqual(JSON.parse(data.stdout), {select: 'server:web-1 | server:web-2', exclude: 'keypair:dana'});
  t.is(data.stderr, '');
  const wrong = await run(['select', sample, '--select', 'server:wbe'], {screen: screenOf('<return>')});
  t.is(wrong.code, 2);
  t.regex(wrong.stderr, /nothing in the project is server:wbe/);
});

test('--render writes the bundle of it, whatever the bundle was selected with before', async t => {
  const made = await bench(t);
  await made.run(['render', sample, 'out', '--select', 'server:db', '--exclude', 'keypair', '--ips', 'auto']);
  const {code, stdout, stderr} = await made.run(['select', 'out', '--render', 'out'], {
    screen: screenOf('/server web-1<return> /<ctrl-u>keypair<return>x<return>'),
  });
  t.is(code, 0, stderr);
  t.regex(stdout, /^out: \d+ resources/);
  t.deepEqual(await shapeIn(made, 'out'), {
    select: 'server:web-1 | server:db',
    ips: 'auto',
  });
  const folded = await made.run(['select', sample, '--render', 'folded', '--fold', '-f', 'json'], {
    screen: screenOf('/server web-<return>a<return>'),
  });
  t.is((JSON.parse(folded.stdout) as {folds: readonly object[]}).folds.length, 1);
});

test('--output writes a file that --select-file reads, to any command and to the next selection', async t => {
  const made = await bench(t);
  const {dir, run} = made;
  const words = ['select', sample, '--output', 'web.txt'];
  const first = await run(words, {
    screen: screenOf('/server web-<return>a/<ctrl-u>keypair<return>x<return>'),
  });
  t.is(first.code, 0);
  t.is(first.stdout, '');
  t.is(first.stderr, 'web.txt: take it with --select-file web.txt\n');
  const text = await readFile(join(dir, 'web.txt'), 'utf8');
  t.regex(text, /^server:web-1 {2}# with /m);
  t.regex(text, /^exclude keypair:dana$/m);
  t.is((await stat(join(dir, 'web.txt'))).mode & 0o077, 0);
  t.is((await run(['render', sample, 'out', '--select-file', 'web.txt'])).code, 0);
  t.deepEqual(await shapeIn(made, 'out'), {select: 'server:web-1 | server:web-2', exclude: 'keypair:dana'});
  const listed = await run([
    'list',
    sample,
    '--long',
    '--select-file',
    'web.txt',
    '-f',
    'value',
    '-c',
    'name',
  ]);
  t.regex(listed.stdout, /^web-1$/m);
  t.notRegex(listed.stdout, /^d/m);
  const drawn = await run(['graph', sample, '--select-file', 'web.txt', '-f', 'json']);
  t.is(
    (JSON.parse(drawn.stdout) as {devices: readonly {standing: string}[]}).devices.filter(
      ({standing}) => standing === 'inside',
    ).length,
    2,
  );
  const again = await run(['select', sample, '--select-file', 'web.txt'], {screen: screenOf('<return>')});
  t.is(again.stdout, 'server:web-1 | server:web-2\n');

  const taken = await run(words, {screen: screenOf(' <return>')});
  t.is(taken.code, 2);
  t.regex(taken.stderr, /web\.txt is there already\n {2}--force replaces it/);
  t.is((await run([...words, '--force'], {screen: screenOf(' <return>')})).code, 0);
  t.regex(await readFile(join(dir, 'web.txt'), 'utf8'), /^keypair:dana$/m);
});

test('without a terminal it is the file, with everything commented out that no option selects', async t => {
  const {dir, run} = await bench(t);
  const {code, stdout} = await run(['select', sample, '--select', 'server:db']);
  t.is(code, 0);
  t.regex(stdout, /^# What of the project "shop" goes into a bundle\./);
  t.deepEqual(
    stdout
      .split('\n')
      .filter(line => line !== '' && !line.startsWith('#'))
      .map(line => line.split(' ')[0]),
    ['server:db'],
  );
  const same = await run(['select', sample, '--select', 'server:db', '--to-edit'], {screen: screenOf('q')});
  t.is(same.stdout, stdout);
  t.is((await run(['select', sample, '--output', 'all.txt'])).code, 0);
  const nothing = await run(['list', sample, '--select-file', 'all.txt']);
  t.is(nothing.code, 2);
  t.regex(nothing.stderr, /all\.txt selects nothing: every line/);
  await writeFile(join(dir, 'bad.txt'), '# x\nserver &\n  sever\n');
  const bad = await run(['render', sample, 'out', '--select-file', 'bad.txt']);
  t.is(bad.code, 2);
  t.regex(
    bad.stderr,
    /^rekindle: bad\.txt:2:9: expected a kind.*\nbad\.txt:3:3: expected a kind, found "sever"/,
  );
  const piped = await run(['list', sample, '--select-file', '-', '--long', '-f', 'value', '-c', 'name'], {
    stdin: 'server:db # the only one\n',
  });
  t.regex(piped.stdout, /^db-data$/m);
});

test('a bundle begins with what it was selected with, as far as that is still there', async t => {
  const {dir, run} = await bench(t);
  await run(['render', sample, 'out', '--select', 'server:web-1 | server:db']);
  const report = await readFile(join(dir, 'out', 'report.json'), 'utf8');
  await writeFile(join(dir, 'out', 'report.json'), report.replace('server:web-1 |', 'server:gone |'));
  const {code, stdout, stderr} = await run(['select', 'out'], {screen: screenOf('<return>')});
  t.is(code, 0, stderr);
  t.is(stdout, 'server:db\n');
});

test('words that say too much or too little are usage errors', async t => {
  const {run} = await bench(t);
  const refused = async (words: readonly string[], said: RegExp, screen = true): Promise<void> => {
    const shown = screenOf(' <return>');
    const {code, stderr} = await run(['select', sample, ...words], screen ? {screen: shown} : {});
    t.is(code, 2);
    t.regex(stderr, said);
    t.is(shown.closed(), 0, 'before the terminal is taken');
  };
  await refused(['--render', 'a', '--output', 'b'], /--output and --render exclude each other/);
  await refused(['--render', 'a'], /There is no terminal to select on.*\n.*--select-file FILE/, false);
  await refused(['--render', 'a', '--to-edit'], /There is no terminal/);
  await refused(['--fold'], /--fold is about a bundle, and none is written\n {2}--render DIR writes one/);
  await refused(['--select', 'a=server'], /One selection is made here/);
  await refused(
    ['--select', 'server', '--select-file', 'x'],
    /--select and --select-file exclude each other/,
  );
  await refused(['--select-file', 'no-such'], /can't read .*no-such: there is no such file/);
});
