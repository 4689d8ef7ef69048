import test from 'ava';
import {changes, stage} from './stage.ts';

const poll = ['--poll', '0.01'];
const one = {
  id: 'snap-1',
  name: 'before',
  status: 'COMPLETE',
  status_reason: 'done',
  creation_time: '2026-01-01T00:00:00Z',
  data: {environment: {parameters: {secret: 'hush'}}},
};

test('snapshot create: waits until it is complete', async t => {
  const {stack, asked} = await stage(t);
  const {code, stdout, stderr} = await stack([
    'snapshot',
    'create',
    'web',
    '--name',
    'new',
    ...poll,
    '-f',
    'json',
  ]);
  t.is(code, 0, stderr);
  t.like(JSON.parse(stdout), {ID: 'snap-new', name: 'new', status: 'COMPLETE'});
  t.regex(stderr, /\[web\]: SNAPSHOT_COMPLETE/);
  t.deepEqual(changes(asked), ['POST stacks/web/snapshots {"name":"new"}']);
});

test('snapshot create: a failure says what to remove', async t => {
  const {stack} = await stage(t, {end: 'SNAPSHOT_FAILED'});
  const {code, stderr} = await stack(['snapshot', 'create', 'web', ...poll, '-q']);
  t.is(code, 1);
  t.regex(stderr, /ended in SNAPSHOT_FAILED(.|\n)*rekindle stack snapshot delete \S+ snap-new\n/);
});

test('snapshot create --no-wait', async t => {
  const {stack} = await stage(t, {end: 'never'});
  const {code, stdout} = await stack([
    'snapshot',
    'create',
    'web',
    '--no-wait',
    '-f',
    'value',
    '-c',
    'status',
  ]);
  t.is(code, 0);
  t.is(stdout, 'IN_PROGRESS\n');
});

test('snapshot list and show: by name or id, and not what is in it', async t => {
  const {stack} = await stage(t, {snapshots: [one]});
  t.is(
    (await stack(['snapshot', 'list', 'web', '-f', 'csv'])).stdout,
    '"id","name","status","status_reason","creation_time"\n' +
      '"snap-1","before","COMPLETE","done","2026-01-01T00:00:00Z"\n',
  );
  const {data: _data, ...shown} = one;
  for (const word of ['before', 'snap-1'])
    t.deepEqual(JSON.parse((await stack(['snapshot', 'show', 'web', word, '-f', 'json'])).stdout), shown);
});

test('snapshot: a name that none has, or several', async t => {
  const {stack} = await stage(t, {snapshots: [one, {...one, id: 'snap-2'}]});
  const several = await stack(['snapshot', 'show', 'web', 'before']);
  t.is(several.code, 1);
  t.regex(
    several.stderr,
    /2 snapshots of the stack "web" are called "before"\n {2}say which by its id: snap-1 .*, snap-2 /,
  );
  const none = await stack(['snapshot', 'restore', 'web', 'after', '--yes']);
  t.is(none.code, 1);
  t.regex(none.stderr, /There is no snapshot "after" of the stack "web"\n {2}it has before, before/);
});

test('snapshot restore: asks, waits, prints the stack', async t => {
  const {stack, asked} = await stage(t, {snapshots: [one]});
  const words = ['snapshot', 'restore', 'web', 'before', ...poll];
  t.is((await stack(words)).code, 2);
  const no = await stack(words, {terminal: true, answer: () => 'n'});
  t.regex(no.stderr, /Not confirmed; nothing was changed/);
  t.deepEqual(changes(asked), []);
  const {code, stdout} = await stack([...words, '--yes', '-f', 'value', '-c', 'Stack Status']);
  t.is(code, 0);
  t.is(stdout, 'RESTORE_COMPLETE\n');
  t.deepEqual(changes(asked), ['POST stacks/web/snapshots/snap-1/restore']);
});

test('snapshot delete: asks, and waits until it is gone', async t => {
  const {stack, asked} = await stage(t, {snapshots: [one]});
  const words = ['snapshot', 'delete', 'web', 'before', ...poll];
  t.is((await stack(words)).code, 2);
  const {code, stdout, stderr} = await stack([...words, '--yes']);
  t.is(code, 0);
  t.is(stdout, '');
  t.regex(stderr, /^Deleted the snapshot before \(snap-1\) of the stack web$/m);
  t.deepEqual(changes(asked), ['DELETE stacks/web/snapshots/snap-1']);
  t.is((await stack(['snapshot', 'list', 'web', '-f', 'value'])).stdout, '');
});
