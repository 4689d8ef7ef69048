import {existsSync} from 'node:fs';
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {entryOf, heat, testCloud} from './support/cloud.ts';
import {bench, type Bench, type Ran} from './support/world.ts';

interface Stage extends Bench {
  /** `rekindle clone out --from a --to b --stack web --select server_group --poll 0.01` and more. */
  readonly clone: (...more: readonly string[]) => Promise<Ran>;
  readonly asked: readonly string[];
}

/** A recorded project, and a Heat beside it; both entries of clouds.yaml lead there. */
async function stage(t: ExecutionContext, options: Parameters<typeof heat>[0] = {}): Promise<Stage> {
  const made = await bench(t);
  const fake = heat(options);
  const entry = entryOf(await testCloud(t, fake.fault));
  await writeFile(join(made.dir, 'clouds.yaml'), JSON.stringify({clouds: {a: entry, b: entry}}));
  const words = [
    'clone',
    'out',
    '--from',
    'a',
    '--to',
    'b',
    '--stack',
    'web',
    '--select',
    'server_group',
    '--poll',
    '0.01',
  ];
  return {...made, asked: fake.asked, clone: (...more) => made.run([...words, ...more])};
}

test('it reads, builds and compares: what the copy lacks is a difference', async t => {
  const {clone, asked, dir} = await stage(t);
  const {code, stdout, stderr} = await clone();
  t.is(code, 4, stderr);
  t.true(existsSync(join(dir, 'out/template.yaml')));
  t.is(asked.filter(one => one === 'POST stacks').length, 1);
  t.regex(stderr, /^out: 1 resource, /m);
  t.regex(stderr, /^Heat builds the stack web /m);
  t.regex(stdout, /^\| address \| 10\.0\.0\.5/m);
  t.regex(stdout, /server_group/);
});

test('as data: bundle, deployment, comparison', async t => {
  const {clone} = await stage(t);
  const {stdout} = await clone('-f', 'json', '-q');
  const data = JSON.parse(stdout) as Readonly<Record<string, object>>;
  t.deepEqual(Object.keys(data), ['bundle', 'deployment', 'comparison']);
  t.like(data, {
    bundle: {bundle: 'out', project: 'shop'},
    deployment: {action: 'create', stack: {name: 'web', status: 'CREATE_COMPLETE'}},
    comparison: {format: 'rekindle-differences', same: false},
  });
});

test('--dry-run writes the bundle and creates nothing', async t => {
  const {clone, asked, dir} = await stage(t);
  const {stdout} = await clone('--dry-run');
  t.regex(stdout, /can(?:'t)? be deployed/);
  t.true(existsSync(join(dir, 'out/report.json')));
  t.true(asked.includes('POST stacks/preview'));
  t.false(asked.includes('POST stacks'));
});

test('a stack that fails ends it before anything is compared', async t => {
  const {clone} = await stage(t, {failed: true});
  const {code, stdout, stderr} = await clone();
  t.is(code, 1);
  t.is(stdout, '');
  t.regex(stderr, /CREATE_FAILED/);
});

test('nothing is read where the target can not be reached', async t => {
  const {run, dir} = await stage(t);
  const {code, stderr} = await run(['clone', 'out', '--from', 'a', '--to', 'nowhere']);
  t.is(code, 2);
  t.regex(stderr, /nowhere/);
  t.false(existsSync(join(dir, 'out')));
});

test('options that would count for both clouds are refused', async t => {
  const {clone, run} = await stage(t);
  const {code, stderr} = await clone('--os-cloud', 'a');
  t.is(code, 2);
  t.regex(stderr, /--os-cloud would count for both sides of a clone/);
  t.is((await run(['clone', '--from', '', '--to', 'b'])).code, 2);
  t.is((await run(['clone', '--from', 'a'])).code, 2);
});
