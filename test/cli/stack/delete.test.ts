import test from 'ava';
import {stackId} from '../support/heat-stack.ts';
import {changes, stage} from './stage.ts';

const words = ['delete', 'web', '--poll', '0.01'];
const left = [
  {
    resource_name: 'group.0',
    resource_type: 'OS::Cinder::Volume',
    physical_resource_id: 'volume-0',
    reason: 'external_id',
  },
  {
    resource_name: 'kept',
    resource_type: 'OS::Neutron::SecurityGroup',
    physical_resource_id: 'kept-id',
    reason: 'deletion_policy: Retain',
  },
];

test('delete: waits, and says what it left behind', async t => {
  const {stack, asked} = await stage(t);
  const {code, stdout, stderr} = await stack([...words, '--yes']);
  t.is(code, 0, stderr);
  t.regex(stdout, /^\| resource_name \| resource_type +\| physical_resource_id \| reason +\|$/m);
  t.regex(stdout, /^\| kept +\| OS::Neutron::SecurityGroup \| kept-id +\| deletion_policy: Retain \|$/m);
  t.regex(stderr, /\[web\]: DELETE_IN_PROGRESS/);
  t.regex(
    stderr,
    new RegExp(`^Deleted the stack web \\(${stackId}\\); 2 resources of it stay in the project$`, 'm'),
  );
  t.deepEqual(changes(asked), ['DELETE stacks/web']);
});

test('delete -f json: the same as data', async t => {
  const {stack} = await stage(t);
  const {stdout} = await stack([...words, '--yes', '-f', 'json', '-q']);
  t.deepEqual(JSON.parse(stdout), {
    stack: {name: 'web', id: stackId, status: 'DELETE_COMPLETE'},
    left,
    steps: [],
  });
});

test('delete --no-wait: Heat has begun', async t => {
  const {stack} = await stage(t, {end: 'never'});
  const {code, stdout, stderr} = await stack([...words, '--yes', '--no-wait', '-f', 'json']);
  t.is(code, 0);
  t.deepEqual(JSON.parse(stdout), {
    stack: {name: 'web', id: stackId, status: 'DELETE_IN_PROGRESS'},
    left,
    steps: [],
  });
  t.regex(stderr, /Watch it with: rekindle stack events --follow /);
});

test('delete: on a terminal it asks, with what goes and what stays', async t => {
  const {stack, asked} = await stage(t);
  let question = '';
  const no = await stack(words, {
    terminal: true,
    answer: text => {
      question = text;
      return '';
    },
  });
  t.regex(
    question,
    /^Delete the stack web \(\S+\) with 4 resources, of which group\.0, kept will stay, in the project shop at 127\.0\.0\.1:\d+\? \[y\/N\] $/,
  );
  t.is(no.code, 1);
  t.regex(no.stderr, /Not confirmed; nothing was deleted/);
  t.deepEqual(changes(asked), []);
  t.is((await stack(words, {terminal: true, answer: () => 'y'})).code, 0);
  t.deepEqual(changes(asked), ['DELETE stacks/web']);
});

test('delete: off a terminal --yes must say so', async t => {
  const {stack, asked} = await stage(t);
  const {code, stderr} = await stack(words);
  t.is(code, 2);
  t.regex(stderr, /There is no terminal to ask on; nothing was deleted\n {2}--yes answers beforehand/);
  t.deepEqual(changes(asked), []);
});

test('delete: a failure names the resource, the reason and the way on', async t => {
  const {stack} = await stage(t, {end: 'DELETE_FAILED'});
  const {code, stdout, stderr} = await stack([...words, '-y', '-q']);
  t.is(code, 1);
  t.is(stdout, '');
  t.regex(stderr, /ended in DELETE_FAILED\n {2}server \(OS::Nova::Server server-id\): gone /);
  t.regex(stderr, new RegExp(`go on with rekindle stack delete ${stackId}; Heat takes up where it stopped`));
});

test('delete: after a deletion that failed nobody knows what stays', async t => {
  const {stack} = await stage(t, {status: 'DELETE_FAILED'});
  const {code, stdout, stderr} = await stack([...words, '-y', '-f', 'json']);
  t.is(code, 0);
  t.like(JSON.parse(stdout), {stack: {status: 'DELETE_COMPLETE'}, left: null});
  t.regex(stderr, /an earlier deletion had emptied its template/);
});

test('delete: a part of another stack is not deleted', async t => {
  const {stack, asked} = await stage(t, {parent: 'outer-id'});
  const {code, stderr} = await stack([...words, '--yes']);
  t.is(code, 1);
  t.regex(stderr, /is a part of the stack outer-id/);
  t.deepEqual(changes(asked), []);
});
