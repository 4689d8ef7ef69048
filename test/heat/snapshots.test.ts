import test from 'ava';
import {deleteSnapshot, openHeat} from '../../src/heat/index.ts';
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
