import test from 'ava';
import {lastEvent, openHeat, perform} from '../../src/heat/index.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {type Asked, failure, fakeClock, fakeCloud, type Replies, type Reply} from '../support/fake-cloud.ts';
import {type Event, eventRow, stackId, stackRow} from '../support/stack.ts';

const stack = {name: 'web', id: stackId};
const path = `stacks/web/${stackId}`;

/** A stack that was checked before, and tells of the new check on the look of that number. */
function checkedTwice(begins: number, ends: number): {replies: Replies; asks: () => Reply} {
  const events: Event[] = [
    {id: 'e1', status: 'CREATE_COMPLETE'},
    {id: 'e2', status: 'CHECK_COMPLETE'},
  ];
  let status = 'CHECK_COMPLETE';
  let looks = -1;
  const tell = (event: Event): void => {
    events.push(event);
    status = event.status;
  };
  return {
    asks: () => {
      looks = 0;
      return {status: 200};
    },
    replies: {
      [`GET orchestration ${path}/events`]: ({options}: Asked) => {
        const {marker, limit} = options.query ?? {};
        if (limit !== undefined) return {body: {events: events.slice(-Number(limit)).map(eventRow)}};
        if (looks >= 0) looks += 1;
        if (looks === begins) tell({id: 'e3', status: 'CHECK_IN_PROGRESS'});
        if (looks === ends) {
          events.push({id: 'e4', resource: 'net', status: 'CHECK_FAILED', reason: 'gone'});
          tell({id: 'e5', status: 'CHECK_FAILED'});
        }
        const after = events.findIndex(({id}) => id === marker) + 1;
        return {body: {events: events.slice(after).map(eventRow)}};
      },
      [`GET orchestration ${path}`]: () => ({body: {stack: stackRow(status)}}),
    },
  };
}

test('the last event is asked for by itself', async t => {
  const {session, asked} = fakeCloud(checkedTwice(1, 2).replies);
  t.is(await lastEvent(await openHeat(session), stack), 'e2');
  t.deepEqual(asked[0]?.options.query, {nested_depth: 5, sort_dir: 'desc', limit: 1});
});

test('a stack without events has no last one', async t => {
  const {session} = fakeCloud({[`GET orchestration ${path}/events`]: {body: {events: []}}});
  t.is(await lastEvent(await openHeat(session), stack), undefined);
});

for (const [what, begins, ends] of [
  ['at once', 1, 3],
  ['late', 3, 5],
] as const) {
  test(`an action that begins ${what} is followed from its own first event to its own end`, async t => {
    const {replies, asks} = checkedTwice(begins, ends);
    const seen: string[] = [];
    const {answer, end, failures} = await perform(await openHeat(fakeCloud(replies).session), stack, {
      actions: ['CHECK'],
      ask: async () => Promise.resolve(asks()),
      onEvent: ({id}) => void seen.push(id),
      clock: fakeClock(),
    });
    t.is(answer?.status, 200);
    t.is(end?.status, 'CHECK_FAILED');
    t.deepEqual(seen, ['e3', 'e4', 'e5']);
    t.deepEqual(
      failures.map(({resource, reason}) => [resource, reason]),
      [
        ['net', 'gone'],
        ['web', 'state changed'],
      ],
    );
  });
}

test('an action of which nothing is ever heard ends as the stack is', async t => {
  const {replies, asks} = checkedTwice(1e9, 1e9);
  const {end} = await perform(await openHeat(fakeCloud(replies).session), stack, {
    actions: ['CHECK'],
    ask: async () => Promise.resolve(asks()),
    clock: fakeClock(),
  });
  t.is(end?.status, 'CHECK_COMPLETE');
});

test('interrupted beforehand, nothing is asked', async t => {
  const controller = new AbortController();
  const {replies} = checkedTwice(1, 2);
  const {session} = fakeCloud({
    ...replies,
    [`GET orchestration ${path}/events`]: () => {
      controller.abort();
      return {body: {events: []}};
    },
  });
  let asked = false;
  await t.throwsAsync(
    perform(await openHeat(session), stack, {
      actions: ['CHECK'],
      ask: async () => {
        asked = true;
        await Promise.resolve();
      },
      signal: controller.signal,
      clock: fakeClock(),
    }),
    {code: 'aborted', message: /Interrupted before Heat was asked/},
  );
  t.false(asked);
});

test('an action whose answer got lost is followed once it has begun, and never asked for twice', async t => {
  const {replies, asks} = checkedTwice(1, 3);
  let asked = 0;
  const {answer, end} = await perform(await openHeat(fakeCloud(replies).session), stack, {
    actions: ['CHECK'],
    ask: async () => {
      asked += 1;
      asks();
      await Promise.resolve();
      throw failure(504, 'Gateway Timeout');
    },
    clock: fakeClock(),
  });
  t.is(answer, undefined);
  t.is(end?.status, 'CHECK_FAILED');
  t.is(asked, 1);
});

test('an action whose answer got lost and that never begins is an error with the way on', async t => {
  const replies = {
    [`GET orchestration ${path}/events`]: {body: {events: []}},
    [`GET orchestration ${path}`]: {body: {stack: stackRow('CREATE_COMPLETE')}},
  };
  const error = await t.throwsAsync(
    perform(await openHeat(fakeCloud(replies).session), stack, {
      actions: ['CHECK'],
      ask: () => Promise.reject(failure(502, 'Bad Gateway')),
      clock: fakeClock(),
    }),
    {
      instanceOf: RekindleError,
      message: /answer got lost, and the stack "web" .* shows no CHECK: Bad Gateway/,
    },
  );
  t.regex(error.hint ?? '', /rekindle stack show/);
});
