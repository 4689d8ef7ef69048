import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {inventoryOf} from '../support/inventory.ts';
import {heat, testCloud} from './support/cloud.ts';
import {bench, type Bench, type Changes, type Ran} from './support/world.ts';

interface Stage extends Bench {
  /** `rekindle deploy out --stack web --poll 0.01` and more. */
  readonly deploy: (more?: readonly string[], changes?: Changes) => Promise<Ran>;
  readonly asked: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/** A bundle with one server group, and a cloud with a Heat. */
async function stage(t: ExecutionContext, options: Parameters<typeof heat>[0] = {}): Promise<Stage> {
  const made = await bench(t);
  const group = {id: 'g1', name: 'group', policy: 'affinity', rules: {}, members: [], metadata: {}};
  const inventory = inventoryOf({server_group: [{...group, project_id: 'p1', user_id: 'u1'}]});
  await writeFile(join(made.dir, 'inventory.json'), JSON.stringify(inventory));
  const rendered = await made.run(['render', 'inventory.json', 'out']);
  t.is(rendered.code, 0, rendered.stderr);
  const fake = heat(options);
  const {env} = await testCloud(t, fake.fault);
  const words = ['deploy', 'out', '--stack', 'web', '--poll', '0.01'];
  return {
    ...made,
    env,
    asked: fake.asked,
    deploy: (more = [], changes = {}) => made.run([...words, ...more], {env, ...changes}),
  };
}

test('events on standard error as the openstack client writes them, outputs on standard output', async t => {
  const {deploy} = await stage(t);
  const {code, stdout, stderr} = await deploy();
  t.is(code, 0, stderr);
  t.is(
    stdout,
    [
      '+---------+--------------------+',
      '| Output  | Value              |',
      '+---------+--------------------+',
      String.raw`| address | 10.0.0.5\u{1b}[31m |`,
      '+---------+--------------------+',
      '',
    ].join('\n'),
  );
  t.regex(stderr, /^Heat builds the stack web \(/m);
  t.regex(stderr, /^2026-01-01 00:00:02Z \[web\.group\]: CREATE_COMPLETE {2}state changed$/m);
  t.regex(stderr, /^1 of 1 resources$/m);
  t.regex(stderr, /^Prove it with: rekindle verify out --stack web$/m);
  t.false(stderr.includes('\u001b'));
});

test('outputs as data', async t => {
  const {deploy} = await stage(t);
  const {stdout, stderr} = await deploy(['-f', 'json', '-q', '-P', 'x=1;y=2']);
  t.is(stdout, '', 'the template has no such parameters');
  t.regex(stderr, /no parameter "x"/);
  const data = JSON.parse((await deploy(['-f', 'json', '-q'])).stdout) as Readonly<Record<string, unknown>>;
  t.deepEqual(data['outputs'], {address: '10.0.0.5\u001b[31m'});
  t.like(data['stack'], {name: 'web', status: 'CREATE_COMPLETE'});
});

test('-q is quiet, on a terminal too', async t => {
  const {deploy} = await stage(t);
  const {stderr} = await deploy(['-q', '-y'], {terminal: true});
  t.is(stderr, '');
});

test('colours and the count below the events on a terminal only; NO_COLOR and --no-color switch colours off', async t => {
  const {deploy} = await stage(t);
  const {stderr} = await deploy(['-y'], {terminal: true});
  t.true(stderr.includes('\u001b[32mCREATE_COMPLETE\u001b[39m  state changed'));
  t.true(stderr.includes('1 of 1 resources'));
  t.true(stderr.includes('\r\u001b[K'));
  const plain = [
    await deploy(['-y', '--no-color'], {terminal: true}),
    await (await stage(t)).run(['deploy', 'nowhere'], {terminal: true, env: {NO_COLOR: '1'}}),
    await (await stage(t)).run(['deploy', 'nowhere'], {terminal: true, env: {TERM: 'dumb'}}),
    await (await stage(t)).run(['deploy', 'nowhere']),
  ];
  // eslint-disable-next-line no-control-regex -- it is what must not be there
  for (const {stderr} of plain) t.notRegex(stderr, /\u001b\[\d+m/);
  const forced = await (await stage(t)).run(['deploy', 'nowhere'], {env: {FORCE_COLOR: '1', NO_COLOR: '1'}});
  t.true(forced.stderr.startsWith('\u001b[31mrekindle:\u001b[39m '));
});

test('on a terminal it asks first', async t => {
  const {deploy, asked} = await stage(t);
  let question = '';
  const no = await deploy([], {
    terminal: true,
    answer: text => {
      question = text;
      return 'n';
    },
  });
  t.regex(
    question,
    /^Create the stack web with 1 resources? in the project shop at 127\.0\.0\.1:\d+\? \[y\/N\] $/,
  );
  t.is(no.code, 1);
  t.regex(no.stderr, /nothing was created/);
  t.false(asked.includes('POST stacks'));
  t.is((await deploy([], {terminal: true, answer: () => 'Y'})).code, 0);
  t.true(asked.includes('POST stacks'));
});

test('--dry-run checks and creates nothing', async t => {
  const {deploy, asked, run, env} = await stage(t);
  const {code, stdout} = await deploy(['--dry-run']);
  t.is(code, 0, stdout);
  t.regex(stdout, /^It can be deployed: no errors|\nIt can be deployed: no errors/);
  t.is((await run(['check', 'out', '--stack', 'web'], {env})).stdout, stdout);
  t.false(asked.includes('POST stacks'));
  t.true(asked.includes('POST stacks/preview'));
});

test('what is in the way: code 4 from check, --dry-run and deploy', async t => {
  const {deploy, asked, run, env} = await stage(t);
  const wrong = ['-P', 'nonsense=1'];
  const checked = await run(['check', 'out', ...wrong, '-f', 'json'], {env});
  t.is(checked.code, 4);
  t.like(JSON.parse(checked.stdout), [{severity: 'error'}]);
  const dry = await deploy([...wrong, '--dry-run']);
  t.is(dry.code, 4);
  t.regex(dry.stdout, /can't be deployed: 1 error/);
  const {code, stdout, stderr} = await deploy(wrong);
  t.is(code, 4);
  t.is(stdout, '');
  t.regex(stderr, /^rekindle: .*\n {2}.*nonsense.*\n {2}nothing was created/);
  t.false(asked.includes('POST stacks'));
});

test('a stack that is there: the forecast, and nothing to do where nothing changed', async t => {
  const {deploy, asked} = await stage(t, {taken: true});
  const {code, stderr} = await deploy();
  t.is(code, 0, stderr);
  t.regex(stderr, /^The stack web is what the bundle says already: nothing was changed$/m);
  t.false(asked.some(line => /^(PUT|POST stacks$)/.test(line)));
  const dry = await deploy(['--dry-run']);
  t.regex(dry.stdout, /^Forecast: 1 unchanged\nIt can be deployed/);
  const data = JSON.parse((await deploy(['--dry-run', '-f', 'json'])).stdout) as object;
  t.like(data, {
    action: 'update',
    findings: [],
    forecast: {resources: [{name: 'server_group_group', fate: 'unchanged'}]},
  });
});

test('an update that takes something away wants a yes: asked on a terminal, --yes off it', async t => {
  const {deploy, asked} = await stage(t, {taken: true, other: true});
  const puts = (): number => asked.filter(line => line.startsWith('PUT')).length;
  const off = await deploy();
  t.is(off.code, 2);
  t.regex(off.stderr, /^ {2}replace {2}server_group_group \(OS::Nova::ServerGroup\): policies$/m);
  t.regex(
    off.stderr,
    /^rekindle: The update of the stack web takes something away: 1 replaced\n {2}nothing was changed/m,
  );
  let question = '';
  const answer = (text: string): string => {
    question = text;
    return 'n';
  };
  const no = await deploy([], {terminal: true, answer});
  t.regex(question, /^Update the stack web \(1 replaced\) in the project shop at /);
  t.is(no.code, 1);
  t.is(puts(), 0);
  const yes = await deploy(['--yes']);
  t.is(yes.code, 0, yes.stderr);
  t.regex(yes.stderr, /^Heat updates the stack web/m);
  t.is(puts(), 1);
});

test('--rollback and --enable-rollback', async t => {
  const {deploy} = await stage(t);
  t.is((await deploy(['--enable-rollback', '--rollback', 'disabled'])).code, 2);
  t.is((await deploy(['--rollback', 'sometimes'])).code, 2);
  t.is((await deploy(['--rollback', 'enabled'])).code, 0);
});

test('--parameter-file: the text of a file is the value', async t => {
  const {dir, deploy} = await stage(t);
  await writeFile(join(dir, 'value.txt'), 'x');
  t.regex((await deploy(['--parameter-file', 'nosuch=value.txt'])).stderr, /no parameter "nosuch"/);
  t.is((await deploy(['--parameter-file', 'value.txt'])).code, 2);
  t.is((await deploy(['--parameter-file', 'a=none.txt'])).code, 2);
});

test('--no-wait returns once Heat has begun', async t => {
  const {deploy} = await stage(t, {polls: 1e9});
  const {code, stdout, stderr} = await deploy(['--no-wait', '-f', 'json']);
  t.is(code, 0, stderr);
  t.like(JSON.parse(stdout), {stack: {name: 'web', status: 'CREATE_IN_PROGRESS'}});
  t.regex(stderr, /Watch it with: rekindle stack events --follow /);
});

test('a stack that fails: its resources and their reasons, code 1', async t => {
  const {deploy} = await stage(t, {failed: true});
  const {code, stdout, stderr} = await deploy();
  t.is(code, 1);
  t.is(stdout, '');
  t.regex(stderr, /^rekindle: The stack "web" .* CREATE_FAILED\n {2}group \(.*\): Quota exceeded\n/m);
});

for (const [signal, code] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
] as const) {
  test(`${signal} leaves the stack working and says how to go on`, async t => {
    const {deploy, asked} = await stage(t, {polls: 1e9});
    const ran = await deploy([], {interruption: {after: 'CREATE_IN_PROGRESS', what: signal}});
    t.is(ran.code, code);
    t.is(ran.stdout, '');
    t.regex(ran.stderr, /^rekindle: .*goes on without us\n {2}watch it with: /m);
    t.false(asked.some(line => line.startsWith('DELETE')));
  });
}

test('a reader that goes away ends it without a word', async t => {
  const {deploy} = await stage(t, {polls: 1e9});
  const {code, stderr} = await deploy([], {interruption: {after: 'CREATE_IN_PROGRESS', what: 'SIGPIPE'}});
  t.is(code, 141);
  t.notRegex(stderr, /rekindle: /);
});

test('environment files: later ones beat earlier ones, --parameter beats all', async t => {
  const {dir, deploy} = await stage(t);
  await writeFile(join(dir, 'a.yaml'), 'parameters: {a: 1}\n');
  await writeFile(join(dir, 'b.yaml'), 'parameters:\n  b: yes\n');
  const {stderr} = await deploy(['-e', 'a.yaml', '-e', 'b.yaml', '-P', 'c=3', '-P', 'c=4']);
  for (const name of ['a', 'b', 'c']) t.regex(stderr, new RegExp(`no parameter "${name}"`));
  await writeFile(join(dir, 'a.yaml'), 'resource_registry: {}\n');
  const {code, stderr: other} = await deploy(['-e', 'a.yaml']);
  t.is(code, 2);
  t.regex(other, /^rekindle: .*a\.yaml has sections beside parameters: resource_registry\n/);
  t.is((await deploy(['-e', 'none.yaml'])).code, 2);
});

test('numbers and words that are no numbers', async t => {
  const {deploy} = await stage(t);
  for (const more of [
    ['--timeout', 'long'],
    ['--timeout', '1.5'],
    ['--poll', '0'],
    ['-P', 'nameless'],
    ['-P', '=x'],
  ]) {
    const {code, stderr} = await deploy(more);
    t.is(code, 2);
    t.regex(stderr, /^rekindle: --(timeout|poll|parameter) takes /);
  }
});
