/** The picker in a real terminal. */
import {execFileSync} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {inventoryOf, PROJECT} from '../../support/inventory.ts';
import {samplesFolder} from '../../support/replay/sample.ts';
import {terminal, type Size, type Terminal} from '../../support/tmux.ts';

const main = join(import.meta.dirname, '../../../src/cli/main.js');
const web = join(samplesFolder, 'web', 'inventory.json');
const hard = join(samplesFolder, 'hard', 'inventory.json');

/** Short words for the shell's line: what is typed is on the screen too. */
async function shell(
  t: ExecutionContext,
  source: string,
  size?: Size,
  env?: Readonly<Record<string, string>>,
): Promise<Terminal & {readonly file: (name: string) => Promise<string>}> {
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-terminal-'));
  t.teardown(() => rm(dir, {recursive: true, force: true}));
  await writeFile(join(dir, 'run'), `#!/bin/sh\nexec '${process.execPath}' '${main}' "$@"\n`, {mode: 0o755});
  await writeFile(join(dir, 'source.json'), await readFile(source, 'utf8'));
  const made = await terminal(t, dir, size, env);
  return {...made, file: name => readFile(join(dir, name), 'utf8')};
}

/** What a program that takes a terminal over must give back. */
async function isSane(t: ExecutionContext, shown: Terminal): Promise<void> {
  t.is(await shown.tell('alternate_on'), '0');
  t.is(await shown.tell('cursor_flag'), '1');
  t.is(await shown.tell('wrap_flag'), '1');
  await shown.type(
    'stty -a | tr " ;" "\\n\\n" | grep -xE -e "-?(icanon|echo|isig)" | sort | tr "\\n" " "; echo stty',
  );
  await shown.press('Enter');
  await shown.see(/^echo icanon isig stty$/m);
}

async function run(shown: Terminal, line: string): Promise<void> {
  await shown.type(line);
  await shown.press('Enter');
}

test.serial(
  'search, select, see what comes along, exclude, switch: the expression is on standard output',
  async t => {
    const shown = await shell(t, web);
    await run(shown, './run select source.json > out; echo "code $?"');
    await shown.see(/^shop: by kind\n> ▾ keypair {2}0 of 1 in$/m);
    t.is(await shown.tell('alternate_on'), '1');
    await shown.type('/server web-1');
    await shown.see(/^\/server web-1█ {2}1 found/m);
    await shown.press('Enter', 'Space');
    const found = await shown.see(/\[x\] web-1/);
    t.regex(
      found,
      /^shop: by kind, with "server web-1"\n {2}▾ server {2}1 of 3 in\n>     \[x\] web-1 {2}10\.10\.0\.11\n/m,
    );
    t.regex(found, /^server web-1 is in: selected\n--select server:web-1\n1 selected, \d+ of 35 in$/m);

    await shown.press('Escape');
    t.regex(await shown.see(/^shop: by kind$/m), /^ {6}\[\+\] web-1 {2}10\.10\.0\.11$/m);
    await shown.type('/volume');
    await shown.press('Enter');
    await shown.see(/^ {6}\[ \] db-data$/m);
    // Esc and a key at once would be that key with Alt.
    await shown.press('Escape');
    await shown.see(/^shop: by kind$/m);
    await shown.press('Tab');
    await shown.see(/^shop: by network$/m);
    await shown.type('/port web-1');
    await shown.press('Enter');
    await shown.see(/^port web-1 is in: port of server web-1$/m);
    await shown.type('/');
    await shown.press('C-u');
    await shown.type('keypair dana');
    await shown.press('Enter');
    await shown.see(/^keypair dana is in: keypair of server web-1$/m);
    await shown.type('x');
    await shown.see(/^--exclude keypair:dana\n1 selected, \d+ of 35 in, 1 excluded$/m);
    await shown.press('Enter');
    await shown.see(/^warning: .*--exclude keypair:dana\ncode 0$/m);
    t.is(await shown.file('out'), 'server:web-1\n');
    await isSane(t, shown);
  },
);

test.serial('it stands in the middle of another command', async t => {
  const shown = await shell(t, web);
  await run(shown, './run list source.json --long -f value -c name --select "$(./run select source.json)"');
  await shown.see(/^shop: by kind$/m);
  await shown.type('/volume db-boot');
  await shown.see(/ found/);
  await shown.press('Enter', 'Home', 'Down', 'Space');
  await shown.see(/^--select volume:db-boot$/m);
  await shown.press('Enter');
  t.notRegex(await shown.see(/^db-boot\nready>$/m), /web-1|db-data/);
});

test.serial('it renders what was selected', async t => {
  const shown = await shell(t, web);
  await run(shown, './run select source.json --render made; echo "code $?"');
  await shown.see(/^shop: by kind$/m);
  await shown.type('/server db');
  await shown.see(/ found/);
  await shown.press('Enter', 'Space', 'Enter');
  await shown.see(/^code 0$/m);
  const {shape} = JSON.parse(await shown.file('made/report.json')) as {shape: object};
  t.deepEqual(shape, {select: 'server:db'});
  await isSane(t, shown);
});

test.serial('a large tree: pages, ends, folds; any size of the terminal', async t => {
  const shown = await shell(t, hard, {columns: 100, rows: 30});
  await run(shown, './run select source.json; echo "code $?"');
  await shown.see(/: by kind$/m);
  await shown.press('PageDown', 'PageDown');
  await shown.see(/^>/m);
  await shown.press('End');
  const end = await shown.see(/^> .*\n.*\n(?:--select)?.*\n0 selected/m);
  await shown.press('Home');
  const home = await shown.see(/: by kind\n> /);
  t.not(end, home);
  await shown.press('Left');
  await shown.see(/: by kind\n> ▸ /);
  await shown.press('Right');
  await shown.see(/: by kind\n> ▾ /);

  await shown.resize({columns: 40, rows: 9});
  const small = await shown.see(/^space select {2}x exclude {2}\/ search {2}tab …$/m);
  t.regex(small, /^> ▾ /m);
  await shown.resize({columns: 24, rows: 3});
  t.regex(await shown.see(/^(?:(?!space).)*$/s), /^> ▾ /m);
  await shown.press('Down', 'Down');
  await shown.see(/^> ▸ server group/m);
  await shown.resize({columns: 120, rows: 40});
  await shown.see(/^space select .*\? all keys$/m);
  await shown.type('?');
  await shown.see(/^any key goes back$/m);
  await shown.press('q');
  await shown.see(/: by kind$/m);
  await shown.press('q');
  await shown.see(/^rekindle: Left without a selection; nothing was written\ncode 1$/m);
});

test.serial('Ctrl-C and SIGTERM leave the terminal as it was', async t => {
  const shown = await shell(t, web);
  await run(shown, './run select source.json > out; echo "code $?"');
  await shown.see(/^shop: by kind$/m);
  await shown.press('Space', 'C-c');
  await shown.see(/^rekindle: Interrupted; nothing was selected\ncode 130$/m);
  t.is(await shown.file('out'), '');
  await isSane(t, shown);

  await run(shown, `clear; sh -c 'echo $$ > pid; exec ./run select source.json > out'; echo "code $?"`);
  await shown.see(/^shop: by kind$/m);
  process.kill(Number(await shown.file('pid')), 'SIGTERM');
  await shown.see(/^rekindle: Interrupted; nothing was selected\ncode 143$/m);
  await isSane(t, shown);
});

test.serial('names that would draw, colour, turn or widen are only names', async t => {
  const names = [
    '\u{1b}[2J\u{1b}[31mred',
    'bell\u0007 and\nline',
    '\u{202e}txt.exe',
    '数据库 データ 한국어',
    'e\u0301\u0323 n\u0303',
    '👩‍👩‍👧‍👦 family',
    'long '.repeat(60),
    '\u009b1mcsi',
    '$(id); `id`',
  ];
  const server = names.map((name, at) => ({id: `s${at}`, name, tenant_id: PROJECT.id, status: 'ACTIVE'}));
  const inventory = inventoryOf({server}, {});
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-names-'));
  t.teardown(() => rm(dir, {recursive: true, force: true}));
  await writeFile(join(dir, 'i.json'), JSON.stringify(inventory));
  const shown = await shell(t, join(dir, 'i.json'), {columns: 60, rows: 24});
  await run(shown, './run select source.json > out; echo "code $?"');
  const screen = await shown.see(/^space select/m);
  const lines = screen.split('\n');
  t.is(lines[0], 'web: by kind');
  t.is(lines[1], '> ▾ server  0 of 9 in');
  t.is(lines[2], '      [ ] \\u{1b}[2J\\u{1b}[31mred  (lost)');
  t.is(lines[3], '      [ ] bell\\u{7} and\\u{a}line  (lost)');
  t.is(lines[4], '      [ ] \\u{202e}txt.exe  (lost)');
  t.is(lines[5], '      [ ] 数据库 データ 한국어  (lost)');
  t.regex(lines[8] ?? '', /^ {6}\[ \] long long .*…$/);
  t.is(lines[10], '      [ ] $(id); `id`  (lost)');
  t.regex(lines[23] ?? '', /^space select/);
  await shown.press('Space', 'Enter');
  await shown.see(/^code 0$/m);
  const text = (await shown.file('out')).trimEnd();
  t.false(text.includes('\n'));
  await run(shown, 'clear; ./run list source.json --long -f value -c id --select "$(cat out)"');
  await shown.see(/^s0\ns1\ns2\ns3\ns4\ns5\ns6\ns7\ns8\nready>$/m);
});

test.serial('colours are for those who want them, and lines for those who can see them', async t => {
  const coloured = await shell(t, web);
  await run(coloured, './run select source.json');
  await coloured.see(/^shop: by kind$/m);
  t.true((await coloured.screen(true)).includes('\u001b[1m'));
  const plain = await shell(t, web, undefined, {NO_COLOR: '1', LC_ALL: 'C'});
  await run(plain, './run select source.json');
  const shown = await plain.see(/^> v keypair {2}0 of 1 in$/m);
  t.regex(shown, /^[\n\u0020-\u007e]*$/);
  t.false((await plain.screen(true)).includes('\u001b'));
});

test.serial('without a terminal on its input, or with one that can do nothing, it is the file', async t => {
  const shown = await shell(t, web);
  await run(shown, './run select source.json < /dev/null | grep -c "^#server:"');
  await shown.see(/^3\n/m);
  await run(shown, 'clear; TERM=dumb ./run select source.json | grep -c "^#port:"');
  await shown.see(/^5\n/m);
  t.notThrows(() => execFileSync('tmux', ['-V']));
});
