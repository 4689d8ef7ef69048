import test from 'ava';
import {deleteStack, leftBehind, openHeat} from '../../src/heat/index.ts';
import {fakeClock, fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {eventRow, stackId, stackRow} from '../support/stack.ts';

const stack = {name: 'web', id: stackId};
const path = `stacks/web/${stackId}`;
const nestedName = 'web-group-t5ykaharpzoj';

function row(name: string, id: string, more: object = {}): object {
  return {
    resource_name: name,
    resource_type: 'OS::Neutron::Net',
    physical_resource_id: id,
    resource_status: 'CREATE_COMPLETE',
    links: [{rel: 'stack', href: `http://heat/v1/p1/stacks/web/${stackId}`}],
    ...more,
  };
}

function inner(name: string, id: string): object {
  const links = [{rel: 'stack', href: `http://heat/v1/p1/stacks/${nestedName}/nested-id`}];
  return row(name, id, {parent_resource: 'group', links});
}

/** A stack of a template, with these resources. */
function holding(template: object, resources: readonly object[], nested: object = {}): Replies {
  const parameters = {policy: 'Retain', other: 'Delete'};
  return {
    [`GET orchestration ${path}/resources`]: {body: {resources}},
    [`GET orchestration ${path}/template`]: {body: template},
    [`GET orchestration ${path}`]: {body: {stack: stackRow('CREATE_COMPLETE', {parameters})}},
    [`GET orchestration stacks/${nestedName}/nested-id/template`]: {body: nested},
    [`GET orchestration stacks/${nestedName}/nested-id`]: {body: {stack: {}}},
  };
}

async function left(replies: Replies): Promise<readonly string[]> {
  const found = await leftBehind(await openHeat(fakeCloud(replies).session), stack);
  return (found ?? []).map(({name, id, why}) => `${name} ${id} ${why}`);
}

test('what a template keeps stays, in all its ways of saying so', async t => {
  const resources = {
    retained: {deletion_policy: 'Retain'},
    lower: {deletion_policy: 'retain'},
    external: {external_id: 'x'},
    copied: {deletion_policy: 'Snapshot'},
    given: {deletion_policy: {get_param: 'policy'}},
    deleted: {deletion_policy: {get_param: 'other'}},
    unknown: {deletion_policy: {if: ['prod', 'Retain', 'Delete']}},
    plain: {},
    none: {deletion_policy: null},
    unmade: {deletion_policy: 'Retain'},
  };
  const rows = Object.keys(resources).map(name => row(name, name === 'unmade' ? '' : `${name}-id`));
  t.deepEqual(await left(holding({resources}, rows)), [
    'copied copied-id deletion_policy: Snapshot',
    'external external-id external_id',
    'given given-id deletion_policy: Retain',
    'lower lower-id deletion_policy: Retain',
    'retained retained-id deletion_policy: Retain',
    'unknown unknown-id deletion_policy: a function, which only Heat resolves; it may be left',
  ]);
});

test("CloudFormation's templates say it otherwise", async t => {
  const template = {Resources: {a: {DeletionPolicy: 'Retain'}, b: {DeletionPolicy: {Ref: 'policy'}}, c: {}}};
  t.deepEqual(await left(holding(template, [row('a', '1'), row('b', '2'), row('c', '3')])), [
    'a 1 deletion_policy: Retain',
    'b 2 deletion_policy: Retain',
  ]);
});

test('nested stacks have templates of their own; one that is kept is kept as a whole', async t => {
  const rows = [row('group', 'nested-id'), inner('0', 'n0'), inner('1', 'n1')];
  const nested = {resources: {'0': {deletion_policy: 'Retain'}, '1': {}}};
  t.deepEqual(await left(holding({resources: {group: {}}}, rows, nested)), [
    'group.0 n0 deletion_policy: Retain',
  ]);
  t.deepEqual(await left(holding({resources: {group: {deletion_policy: 'Retain'}}}, rows, nested)), [
    'group nested-id deletion_policy: Retain',
  ]);
});

/** Answers the deletion, then these statuses; undefined is a stack that is gone. */
function deleting(...statuses: readonly (string | undefined)[]): Replies {
  let asked = false;
  let next = 0;
  const kept = holding({resources: {net: {deletion_policy: 'Retain'}}}, [row('net', 'net-id')]);
  return {
    ...kept,
    [`DELETE orchestration ${path}`]: () => {
      asked = true;
      return {status: 204};
    },
    [`GET orchestration ${path}/events`]: ({options}) =>
      options.query?.['marker'] === undefined
        ? {body: {events: [eventRow({id: 'e1', status: 'DELETE_FAILED'})]}}
        : {body: {events: []}},
    [`GET orchestration ${path}`]: () => {
      if (!asked) return {body: {stack: stackRow('CREATE_COMPLETE')}};
      const status = statuses[Math.min(next++, statuses.length - 1)];
      return status === undefined ? {status: 404} : {body: {stack: stackRow(status)}};
    },
  };
}

test('a deletion ends when the stack is gone, or shown as deleted; hooks run before and after', async t => {
  for (const end of [undefined, 'DELETE_COMPLETE']) {
    const {session, asked} = fakeCloud(deleting('DELETE_IN_PROGRESS', end));
    const order: string[] = [];
    const deletion = await deleteStack(await openHeat(session), stack, {
      clock: fakeClock(),
      before: async kept => {
        order.push(`before ${kept?.length} ${asked.some(({method}) => method === 'DELETE')}`);
        await Promise.resolve();
      },
      after: async kept => {
        order.push(`after ${kept?.length}`);
        await Promise.resolve();
      },
    });
    t.like(deletion, {status: 'DELETE_COMPLETE', stack});
    t.deepEqual(
      deletion.left?.map(({id}) => id),
      ['net-id'],
    );
    t.deepEqual(order, ['before 1 false', 'after 1']);
    t.is(asked.filter(({method}) => method === 'DELETE').length, 1);
  }
});

test('the failure of an earlier deletion is not the end of this one', async t => {
  const {session} = fakeCloud(deleting('DELETE_FAILED', 'DELETE_IN_PROGRESS', undefined));
  const {status} = await deleteStack(await openHeat(session), stack, {clock: fakeClock()});
  t.is(status, 'DELETE_COMPLETE');
});

test('a deletion that fails is an error with the way on', async t => {
  const {session} = fakeCloud(deleting('DELETE_FAILED'));
  const error = await t.throwsAsync(deleteStack(await openHeat(session), stack, {clock: fakeClock()}), {
    code: 'stack-failed',
    message: /ended in DELETE_FAILED/,
  });
  const {hint} = error as Error & {hint: string};
  t.regex(hint, /go on with rekindle stack delete/);
  t.regex(hint, /what the template keeps stays in the project: net \(OS::Neutron::Net net-id\)$/);
});

test('a deletion that has begun has emptied the template: what stays is not known any more', async t => {
  const {session} = fakeCloud({
    ...holding({resources: {}}, [row('net', 'net-id')]),
    [`GET orchestration ${path}`]: {body: {stack: stackRow('DELETE_FAILED')}},
  });
  t.is(await leftBehind(await openHeat(session), stack), undefined);
});

test('what the hook before throws keeps the stack', async t => {
  const {session, asked} = fakeCloud(deleting(undefined));
  await t.throwsAsync(
    deleteStack(await openHeat(session), stack, {before: () => Promise.reject(new Error('no'))}),
    {message: 'no'},
  );
  t.false(asked.some(({method}) => method === 'DELETE'));
});

test('without waiting Heat is only asked', async t => {
  const {session} = fakeCloud(deleting('DELETE_IN_PROGRESS'));
  const deletion = await deleteStack(await openHeat(session), stack, {wait: false});
  t.is(deletion.status, 'DELETE_IN_PROGRESS');
});
