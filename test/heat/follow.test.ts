import test from 'ava';
import {follow, formatEvent, openHeat, type StackEvent} from '../../src/heat/index.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {type Answering, failure, fakeClock, fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {type Event, eventPages, eventRow, stackId, stackRow} from '../support/stack.ts';

const stack = {name: 'web', id: stackId};
const path = `stacks/web/${stackId}`;
const started = {id: 'e1', status: 'CREATE_IN_PROGRESS', reason: 'Stack CREATE started'};
const done = {id: 'e9', status: 'CREATE_COMPLETE'};

/** Follows a stack that tells these events and shows these statuses, the last one for ever. */
async function followed(
  pages: readonly (readonly Event[])[] | Answering,
  statuses: readonly (string | undefined)[],
  options: {
    readonly actions?: readonly string[];
    readonly signal?: AbortSignal;
    readonly onSeen?: () => void;
  } = {},
) {
  let next = 0;
  const replies: Replies = {
    [`GET orchestration ${path}/events`]: Array.isArray(pages)
      ? eventPages(...(pages as readonly (readonly Event[])[]))
      : (pages as Answering),
    [`GET orchestration ${path}`]: () => {
      const status = statuses[Math.min(next++, statuses.length - 1)];
      return status === undefined ? {status: 404} : {body: {stack: stackRow(status)}};
    },
  };
  const {session, asked} = fakeCloud(replies);
  const clock = fakeClock();
  const seen: StackEvent[] = [];
  const end = await follow(await openHeat(session), stack, {
    actions: options.actions ?? ['CREATE'],
    clock,
    signal: options.signal,
    onEvent: event => {
      seen.push(event);
      options.onSeen?.();
    },
  });
  return {end, asked, clock, ids: seen.map(({id}) => id), seen};
}

test('an event is written as the openstack client writes it', async t => {
  const {seen} = await followed(
    [[started, {id: 'e2', resource: 'port_web', status: 'CREATE_COMPLETE'}, done]],
    ['CREATE_COMPLETE'],
  );
  t.deepEqual(
    seen.map(event => formatEvent(event, 'web')),
    [
      '2026-01-02 03:04:05Z [web]: CREATE_IN_PROGRESS  Stack CREATE started',
      '2026-01-02 03:04:05Z [web.port_web]: CREATE_COMPLETE  state changed',
      '2026-01-02 03:04:05Z [web]: CREATE_COMPLETE  state changed',
    ],
  );
});

function nested(resource: string, physical: string): object {
  return {
    ...eventRow({id: `n-${resource}`, resource, status: 'CREATE_COMPLETE'}),
    physical_resource_id: physical,
    links: [{href: 'http://heat.internal/v1/p1/stacks/web-my-group-t5ykaharpzoj/35083ba6', rel: 'stack'}],
  };
}

test('events of a nested stack are named by the way to them', async t => {
  const rows = [nested('0', 'x'), nested('web-my-group-t5ykaharpzoj', '35083ba6'), eventRow(done)];
  const {seen} = await followed(() => ({body: {events: rows}}), ['CREATE_COMPLETE']);
  t.deepEqual(
    seen.map(event => formatEvent(event, 'web').replace(/^.*\[(.*)\].*$/, '$1')),
    ['web.my-group.0', 'web.my-group', 'web'],
  );
});

test('each look asks for what came after the last event', async t => {
  const {asked} = await followed([[started], [], [done]], ['CREATE_COMPLETE']);
  const markers = asked
    .filter(({path}) => path.endsWith('/events'))
    .map(({options}) => options.query?.['marker']);
  t.deepEqual(markers, [undefined, 'e1', 'e1', 'e9']);
});

test('an event is told once, even if Heat has forgotten the marker and tells all of them again', async t => {
  const {ids} = await followed([[started], [started, done]], ['CREATE_COMPLETE']);
  t.deepEqual(ids, ['e1', 'e9']);
});

test('a stack that ends without a word is noticed', async t => {
  const {end, asked} = await followed([[started]], ['CREATE_IN_PROGRESS', 'CREATE_FAILED']);
  t.is(end?.status, 'CREATE_FAILED');
  t.is(asked.filter(({path}) => !path.endsWith('/events')).length, 2);
});

test('with rollback the failure is not the end', async t => {
  const failed = {id: 'e2', status: 'CREATE_FAILED'};
  const rolledBack = {id: 'e3', status: 'ROLLBACK_COMPLETE'};
  const {end, ids} = await followed(
    [[started, failed], [], [rolledBack]],
    ['CREATE_FAILED', 'ROLLBACK_COMPLETE'],
    {
      actions: ['CREATE', 'ROLLBACK'],
    },
  );
  t.is(end?.status, 'ROLLBACK_COMPLETE');
  t.deepEqual(ids, ['e1', 'e2', 'e3']);
});

test('a failure whose rollback never comes ends the wait', async t => {
  const {end} = await followed([[started, {id: 'e2', status: 'CREATE_FAILED'}]], ['CREATE_FAILED'], {
    actions: ['CREATE', 'ROLLBACK'],
  });
  t.is(end?.status, 'CREATE_FAILED');
});

test('a stack that somebody deletes meanwhile is gone, not waited for', async t => {
  const {end} = await followed([[started]], ['DELETE_IN_PROGRESS', undefined]);
  t.is(end, undefined);
});

test('events written between the last look and the end are told', async t => {
  const late = {id: 'e2', resource: 'net', status: 'CREATE_COMPLETE'};
  const {ids} = await followed([[started, done], [late]], ['CREATE_COMPLETE']);
  t.deepEqual(ids, ['e1', 'e9', 'e2']);
});

test('looks come further apart as time goes on', async t => {
  const {clock} = await followed(
    [[started], [], [], [], [], [], [], [done]],
    ['CREATE_IN_PROGRESS', 'CREATE_COMPLETE'],
  );
  t.true((clock.slept[0] ?? 0) <= 1000);
  t.true(clock.slept.every((pause, index) => pause >= (clock.slept[index - 1] ?? 0) && pause <= 5000));
});

test('an abort stops following and says how to go on', async t => {
  const controller = new AbortController();
  const error = await t.throwsAsync(
    followed([[started], [], []], ['CREATE_IN_PROGRESS'], {
      signal: controller.signal,
      onSeen: () => controller.abort(),
    }),
    {instanceOf: RekindleError, code: 'aborted'},
  );
  t.regex(error.message, /goes on without us/);
  t.regex(error.hint ?? '', new RegExp(`rekindle stack events --follow ${stackId}`));
});

test('a Heat that is down for a while does not end the wait', async t => {
  let asked = 0;
  const flaky: Answering = () => {
    asked += 1;
    if (asked < 4) return failure(503, 'Heat is in trouble');
    return {body: {events: [eventRow(done)]}};
  };
  const {end} = await followed(flaky, ['CREATE_COMPLETE']);
  t.is(end?.status, 'CREATE_COMPLETE');
});

test('a Heat that stays down ends the wait, and the stack is named', async t => {
  const error = await t.throwsAsync(
    followed(() => failure(504, 'Heat is in trouble'), ['CREATE_IN_PROGRESS']),
    {instanceOf: RekindleError, message: /Lost sight of the stack "web" .*Heat is in trouble/},
  );
  t.regex(error.hint ?? '', /stack events --follow/);
});

test('an error that does not pass ends the wait at once, and the stack is named', async t => {
  let asked = 0;
  const refusing: Answering = () => {
    asked += 1;
    return failure(403, 'no');
  };
  const error = await t.throwsAsync(followed(refusing, ['CREATE_IN_PROGRESS']), {
    instanceOf: RekindleError,
    message: /Lost sight of the stack "web" .*: no$/,
  });
  t.regex(error.hint ?? '', /stack events --follow/);
  t.is(asked, 1);
});
