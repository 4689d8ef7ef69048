import test from 'ava';
import {stackId} from '../support/heat-stack.ts';
import {changes, stage} from './stage.ts';

const poll = ['--poll', '0.01'];

test('a stack that somebody deletes meanwhile is no success', async t => {
  const {stack} = await stage(t, {vanishes: true});
  const {code, stdout, stderr} = await stack(['suspend', 'web', ...poll]);
  t.is(code, 1);
  t.is(stdout, '');
  t.regex(stderr, /The stack "web" \(.*\) was deleted meanwhile/);
});

for (const [command, body, end] of [
  ['suspend', '{"suspend":null}', 'SUSPEND'],
  ['resume', '{"resume":null}', 'RESUME'],
  ['check', '{"check":null}', 'CHECK'],
] as const) {
  test(`${command}: asks once, tells what happens now, prints the stack`, async t => {
    const {stack, asked} = await stage(t, {server: 'ACTIVE'});
    const {code, stdout, stderr} = await stack([command, 'web', ...poll, '-f', 'json']);
    t.is(code, 0, stderr);
    t.deepEqual(changes(asked), [`POST stacks/web/actions ${body}`]);
    t.like(JSON.parse(stdout), [{ID: stackId, 'Stack Name': 'web', 'Stack Status': `${end}_COMPLETE`}]);
    t.regex(stderr, new RegExp(`\\[web\\]: ${end}_IN_PROGRESS .*\n.*\\[web\\.server\\]: ${end}_COMPLETE`));
    t.notRegex(stderr, /CREATE_/, 'what happened before is no news');
    t.false(stderr.includes('\u001b'));
  });

  test(`${command}: a failure names the resource and the reason`, async t => {
    const {stack} = await stage(t, {server: 'ACTIVE', end: `${end}_FAILED`});
    const {code, stdout, stderr} = await stack([command, 'web', ...poll, '-q']);
    t.is(code, 1);
    t.is(stdout, '');
    t.regex(
      stderr,
      new RegExp(
        `^rekindle: The stack "web" .* ended in ${end}_FAILED\n {2}server \\(OS::Nova::Server server-id\\): gone `,
      ),
    );
  });

  test(`${command} --no-wait: only asks`, async t => {
    const {stack} = await stage(t, {server: 'ACTIVE', end: 'never'});
    const {code, stdout, stderr} = await stack([
      command,
      'web',
      '--no-wait',
      '-f',
      'value',
      '-c',
      'Stack Status',
    ]);
    t.is(code, 0, stderr);
    t.is(stdout, `${end}_IN_PROGRESS\n`);
    t.regex(stderr, new RegExp(`Watch it with: rekindle stack events --follow ${stackId}`));
  });
}

test('what is suspended already, or awake, is left alone', async t => {
  for (const [command, status] of [
    ['suspend', 'SUSPEND_COMPLETE'],
    ['resume', 'RESUME_COMPLETE'],
  ] as const) {
    const {stack, asked} = await stage(t, {status});
    const {code, stdout, stderr} = await stack([command, 'web', '-f', 'value', '-c', 'Stack Status']);
    t.is(code, 0);
    t.is(stdout, `${status}\n`);
    t.regex(stderr, /already/);
    t.deepEqual(changes(asked), []);
  }
});

test('the end of an earlier action is not taken for this one', async t => {
  const {stack} = await stage(t, {status: 'CHECK_COMPLETE', end: 'CHECK_FAILED', server: 'ACTIVE'});
  t.is((await stack(['check', 'web', ...poll, '-q'])).code, 1);
});

test('check: not with a server that is stopped, which the next update would replace', async t => {
  const {stack, asked} = await stage(t, {server: 'SHUTOFF'});
  const {code, stdout, stderr} = await stack(['check', 'web', ...poll]);
  t.is(code, 1);
  t.is(stdout, '');
  t.regex(
    stderr,
    /A server of the stack "web" is not ACTIVE, so nothing was checked:\n {2}server \(server-id\): SHUTOFF\n/,
  );
  t.regex(stderr, /the next update would replace it; start it first, or give --force/);
  t.deepEqual(changes(asked), []);
  const forced = await stack(['check', 'web', '--force', ...poll]);
  t.is(forced.code, 0);
  t.regex(
    forced.stderr,
    /warning: the next update will replace what is not ACTIVE now:\n {2}server \(server-id\): SHUTOFF/,
  );
  t.deepEqual(changes(asked), ['POST stacks/web/actions {"check":null}']);
});

test('check: types that Heat can not check are named', async t => {
  const {stack} = await stage(t, {server: 'ACTIVE'});
  const {stderr} = await stack(['check', 'web', ...poll]);
  t.regex(
    stderr,
    /warning: Heat has not looked at .*: OS::Cinder::Volume, OS::Heat::ResourceGroup, OS::Neutron::Net, OS::Neutron::SecurityGroup\n/,
  );
});

test('check: a server that Nova lacks is no reason to check', async t => {
  const {stack} = await stage(t, {status: 'SUSPEND_COMPLETE'});
  const {code, stderr} = await stack(['check', 'web']);
  t.is(code, 1);
  t.regex(stderr, /server \(server-id\): gone\n/);
  t.regex(stderr, /wake it up first \(rekindle stack resume web\)/);
});

test('cancel: an update goes back', async t => {
  const {stack, asked} = await stage(t, {status: 'UPDATE_IN_PROGRESS'});
  const {code, stdout} = await stack(['cancel', 'web', ...poll, '-f', 'value', '-c', 'Stack Status']);
  t.is(code, 0);
  t.is(stdout, 'ROLLBACK_COMPLETE\n');
  t.deepEqual(changes(asked), ['POST stacks/web/actions {"cancel_update":null}']);
});

test('cancel --no-rollback: it stops, FAILED', async t => {
  const {stack, asked} = await stage(t, {status: 'UPDATE_IN_PROGRESS', end: 'UPDATE_FAILED'});
  const {code, stdout} = await stack([
    'cancel',
    'web',
    '--no-rollback',
    ...poll,
    '-f',
    'value',
    '-c',
    'Stack Status',
  ]);
  t.is(code, 0);
  t.is(stdout, 'UPDATE_FAILED\n');
  t.deepEqual(changes(asked), ['POST stacks/web/actions {"cancel_without_rollback":null}']);
});

test('cancel: an update that was quicker is no success', async t => {
  const {stack} = await stage(t, {status: 'UPDATE_IN_PROGRESS', end: 'UPDATE_COMPLETE'});
  const {code, stderr} = await stack(['cancel', 'web', ...poll]);
  t.is(code, 1);
  t.regex(stderr, /warning: the update was done before it could be cancelled/);
});

test('cancel: nothing to cancel', async t => {
  for (const [status, words] of [
    ['CREATE_COMPLETE', []],
    ['UPDATE_COMPLETE', []],
    ['CREATE_IN_PROGRESS', []],
    ['DELETE_IN_PROGRESS', ['--no-rollback']],
  ] as const) {
    const {stack, asked} = await stage(t, {status});
    const {code, stderr} = await stack(['cancel', 'web', ...words]);
    t.is(code, 1);
    t.regex(stderr, new RegExp(`The stack "web" is ${status}: there is nothing to cancel`));
    if (status === 'CREATE_IN_PROGRESS') t.regex(stderr, /--no-rollback stops a create/);
    t.deepEqual(changes(asked), []);
  }
});

test('an interruption stops following, not the stack', async t => {
  const {stack, asked} = await stage(t, {end: 'never'});
  const {code, stderr} = await stack(['suspend', 'web', ...poll], {
    interruption: {after: 'SUSPEND_IN_PROGRESS', what: 'SIGINT'},
  });
  t.is(code, 130);
  t.regex(
    stderr,
    /Stopped following; the stack "web" .* goes on without us\n {2}watch it with: \S+ stack event/,
  );
  t.notRegex(stderr, /undo it/);
  t.is(changes(asked).length, 1);
});
