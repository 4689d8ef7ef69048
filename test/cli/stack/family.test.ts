import test from 'ava';
import {bench} from '../support/world.ts';

const commands = [
  'list',
  'show',
  'events',
  'resources',
  'outputs',
  'template',
  'environment',
  'validate',
  'preview',
  'check',
  'suspend',
  'resume',
  'snapshot',
  'cancel',
  'delete',
];
const snapshots = ['create', 'list', 'show', 'restore', 'delete'];

test('the family lists its members, with the options of every command', async t => {
  const {run} = await bench(t);
  for (const [family, members] of [
    ['stack', commands],
    ['stack snapshot', snapshots],
  ] as const) {
    const words = family.split(' ');
    const {code, stdout, stderr} = await run([...words, '--help']);
    t.is(code, 0);
    t.is(stderr, '');
    t.true(stdout.startsWith(`Usage: rekindle ${family} <command> [options]\n`));
    for (const member of members) t.regex(stdout, new RegExp(`^ {2}${family} ${member} `, 'm'));
    t.true(stdout.indexOf('Examples:\n') < stdout.indexOf('\nCommands:\n'));
    t.true(stdout.indexOf('Commands:') < stdout.indexOf('\nCloud:\n'));
    t.notRegex(stdout, /--os-tenant-name|<<|undefined/);
    t.is((await run(['help', ...words])).stdout, stdout);
    t.regex((await run([...words, '--help', '--show-hidden'])).stdout, /--os-tenant-name /);
    const none = await run(words);
    t.is(none.code, 2);
    t.is(none.stdout, '');
    t.is(none.stderr, stdout);
  }
});

for (const command of [
  ...commands.filter(name => name !== 'snapshot'),
  ...snapshots.map(name => `snapshot ${name}`),
]) {
  test(`help of stack ${command}`, async t => {
    const {run} = await bench(t);
    const words = ['stack', ...command.split(' ')];
    const {code, stdout} = await run([...words, '--help']);
    t.is(code, 0);
    t.true(stdout.startsWith(`Usage: rekindle stack ${command} `));
    t.regex(stdout, new RegExp(`Examples:\n {2}(rekindle|ssh .*rekindle) stack ${command} ?`));
    t.true(stdout.indexOf('Examples:') < stdout.indexOf('Cloud:'));
    t.notRegex(stdout, /<<|undefined/);
    t.is((await run(['help', ...words])).stdout, stdout);
    t.is((await run(['--os-cloud', 'x', ...words, '--help'])).stdout, stdout);
  });
}

test('a mistyped member: what was meant', async t => {
  const {run} = await bench(t);
  for (const [typed, meant] of [
    ['stack evnts', 'stack events'],
    ['stack lst --os-cloud x', 'stack list'],
    ['--os-cloud x stack delte web', 'stack delete'],
    ['stack snapshot crate web', 'stack snapshot create'],
  ] as const) {
    const {code, stdout, stderr} = await run(typed.split(' '));
    t.is(code, 2);
    t.is(stdout, '');
    t.regex(stderr, /^rekindle: There is no command "stack /);
    t.true(stderr.endsWith(`did you mean ${meant}?\n`), stderr);
  }
  const far = await run(['stack', 'xyzzy']);
  t.regex(far.stderr, /There is no command "stack xyzzy"\n {2}rekindle stack --help shows the usage/);
});

test('operands and options are judged by the member', async t => {
  const {run} = await bench(t);
  for (const [typed, message] of [
    ['stack show', /^rekindle: stack show needs another operand\n {2}rekindle stack show --help/],
    ['stack show a b', /^rekindle: stack show takes no further operand "b"/],
    ['stack list --nestd', /There is no option --nestd\n {2}did you mean --nested\?/],
    ['stack snapshot show web', /stack snapshot show needs another operand/],
    ['stack show web -f log', /--format takes one of/],
  ] as const) {
    const {code, stderr} = await run(typed.split(' '));
    t.is(code, 2);
    t.regex(stderr, message);
  }
});
