import test from 'ava';
import {deleteSnapshot, openHeat, serversNotActive} from '../../src/heat/index.ts';
import {fakeClock, fakeCloud} from '../support/fake-cloud.ts';
import {stackId} from '../support/stack.ts';

const stack = {name: 'web', id: stackId};
const path = `stacks/web/${stackId}`;

test('a snapshot is deleted when it is gone', async t => {
  let left = 3;
  const {session, asked} = fakeCloud({
    [`DELETE orchestration ${path}/snapshots/s1`]: {status: 204},
    [`GET orchestration ${path}/snapshots/s1`]: () =>
      left-- > 0 ? {body: {snapshot: {id: 's1'}}} : {status: 404},
  });
  const clock = fakeClock();
  await deleteSnapshot(await openHeat(session), stack, 's1', {clock});
  t.is(clock.slept.length, 3);
  t.is(asked.filter(({method}) => method === 'DELETE').length, 1);
});

test('a snapshot that stays is an error in the end', async t => {
  const {session} = fakeCloud({
    [`DELETE orchestration ${path}/snapshots/s1`]: {status: 204},
    [`GET orchestration ${path}/snapshots/s1`]: {body: {snapshot: {id: 's1'}}},
  });
  await t.throwsAsync(deleteSnapshot(await openHeat(session), stack, 's1', {clock: fakeClock()}), {
    code: 'timeout',
    message: /still there/,
  });
});

test('servers that are not ACTIVE: those of the stack, by one list', async t => {
  const server = (name: string, id: string, more: object = {}): object => ({
    resource_name: name,
    resource_type: 'OS::Nova::Server',
    physical_resource_id: id,
    ...more,
  });
  const {session, asked} = fakeCloud({
    [`GET orchestration ${path}/resources`]: {
      body: {
        resources: [
          server('web', 's1'),
          server('db', 's2'),
          server('0', 's3', {parent_resource: 'group'}),
          server('unmade', ''),
        ],
      },
    },
    'GET compute servers/detail': {
      body: {
        servers: [
          {id: 's1', status: 'ACTIVE'},
          {id: 's3', status: 'SHUTOFF'},
          {id: 'other', status: 'ERROR'},
        ],
      },
    },
  });
  t.deepEqual(await serversNotActive(session, await openHeat(session), stack), [
    {resource: 'db', id: 's2', status: 'gone'},
    {resource: 'group.0', id: 's3', status: 'SHUTOFF'},
  ]);
  t.is(asked.filter(({service}) => service === 'compute').length, 1);
});

test('a stack without servers asks Nova nothing', async t => {
  const {session, asked} = fakeCloud({[`GET orchestration ${path}/resources`]: {body: {resources: []}}});
  t.deepEqual(await serversNotActive(session, await openHeat(session), stack), []);
  t.is(asked.length, 1);
});
