import test from 'ava';
import {bench} from './support/world.ts';

const commands = ['snapshot', 'render', 'list', 'check', 'deploy', 'verify', 'diff'];

test('no command: short help on standard error, code 2', async t => {
  const {run} = await bench(t);
  for (const words of [[], ['-v'], ['--os-cloud', 'source'], ['--no-color', '-q']]) {
    const {code, stdout, stderr} = await run(words);
    t.is(code, 2);
    t.is(stdout, '');
    t.true(stderr.startsWith('Usage: rekindle COMMAND [options]\n'));
    for (const command of [...commands, 'completion']) t.regex(stderr, new RegExp(`^ {2}${command} `, 'm'));
  }
});

test('--help is a result: standard output, code 0, examples before options', async t => {
  const {run} = await bench(t);
  const answers = await Promise.all(
    [['--help'], ['-h'], ['help'], ['-v', '--help']].map(words => run(words)),
  );
  for (const {code, stdout, stderr} of answers) {
    t.is(code, 0);
    t.is(stderr, '');
    t.true(stdout.indexOf('Examples:') < stdout.indexOf('--os-cloud '));
    t.regex(stdout, /Exit codes: 0 done or same, 1 failed, 2 usage/);
    t.notRegex(stdout, /--os-tenant-name|<<|undefined/);
    t.is(stdout, answers[0]?.stdout ?? '');
  }
});

test('--show-hidden lists every global option', async t => {
  const {run} = await bench(t);
  for (const words of [
    ['--help', '--show-hidden'],
    ['snapshot', '--show-hidden', '--help'],
  ]) {
    const {code, stdout} = await run(words);
    t.is(code, 0);
    t.regex(stdout, /--os-tenant-name .*\n(?:.*\n)*.*--os-discovery-endpoint /);
    t.regex(stdout, /--verify /);
  }
});

for (const command of commands) {
  test(`help of ${command}`, async t => {
    const {run} = await bench(t);
    const {code, stdout, stderr} = await run([command, '--help']);
    t.is(code, 0);
    t.is(stderr, '');
    t.true(stdout.startsWith(`Usage: rekindle ${command} `));
    t.regex(stdout, new RegExp(`Examples:\n {2}rekindle ${command} `));
    t.true(stdout.indexOf('Options:') < stdout.indexOf('Cloud:'));
    t.notRegex(stdout, /--os-tenant-name|<<|undefined/);
    const asked = await run(['help', command]);
    t.is(asked.stdout, stdout);
  });
}

test('an alias has the same help', async t => {
  const {run} = await bench(t);
  t.is((await run(['ls', '--help'])).stdout, (await run(['list', '--help'])).stdout);
});

test('--version is a result', async t => {
  const {run} = await bench(t);
  for (const words of [['--version'], ['snapshot', '--version'], ['-q', '--version']]) {
    const {code, stdout, stderr} = await run(words);
    t.is(code, 0);
    t.regex(stdout, /^rekindle \d+\.\d+\.\d+\S*\n$/);
    t.is(stderr, '');
  }
});

test('completion: a script, and words to complete with', async t => {
  const {run} = await bench(t);
  const {code, stdout} = await run(['completion']);
  t.is(code, 0);
  t.regex(stdout, /complete .* rekindle/);
  const words = await run(['--get-yargs-completions', 'rekindle', 'sn']);
  t.regex(words.stdout, /^snapshot(:|$)/m);
  t.is(words.code, 0);
});
