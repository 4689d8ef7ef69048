/** Heat takes over, is asked to check, and to update nothing; and every way in which that can end. */
import test from 'ava';
import {adoptStack, type AdoptStackOptions} from '../../../src/deploy/adopt/stack.ts';
import type {AdoptPlan} from '../../../src/deploy/adopt/plan.ts';
import {openHeat} from '../../../src/heat/index.ts';
import {RekindleError} from '../../../src/model/errors.ts';
import {
  type Asked,
  failure,
  fakeClock,
  fakeCloud,
  type Replies,
  type Reply,
} from '../../support/fake-cloud.ts';
import {bundleOf, eventRow, stackId, stackRow} from '../../support/stack.ts';

const path = `stacks/web/${stackId}`;
const bundle = bundleOf([], {
  net: {type: 'OS::Neutron::Net', properties: {name: 'a'}},
  server: {type: 'OS::Nova::Server'},
});
const plan: AdoptPlan = {
  adopted: [
    {
      name: 'net',
      type: 'OS::Neutron::Net',
      kind: 'network',
      id: 'n1',
      label: '',
      physicalId: 'n1',
      data: {},
    },
    {
      name: 'server',
      type: 'OS::Nova::Server',
      kind: 'server',
      id: 's1',
      label: '',
      physicalId: 's1',
      data: {},
    },
  ],
  leftOut: [],
  findings: [],
  resting: [],
  untried: [],
  owners: [],
};

interface Turns {
  /** How each action ends; default COMPLETE. */
  readonly ends?: Readonly<Record<string, 'COMPLETE' | 'FAILED'>>;
  /** Resources whose status the update changes. */
  readonly updated?: readonly string[];
  /** What Heat says that the server is. */
  readonly server?: string;
}

/** A Heat whose one stack goes where it is told. */
function heat({ends = {}, updated = [], server = 's1'}: Turns = {}): Replies {
  let action = '';
  let count = 0;
  const begin = (next: string): void => {
    action = next;
    count += 1;
  };
  const status = (): string => `${action}_${ends[action] ?? 'COMPLETE'}`;
  const resource = (name: string, id: string): object => ({
    resource_name: name,
    resource_type: 'X',
    physical_resource_id: id,
    resource_status: action === 'UPDATE' && updated.includes(name) ? 'UPDATE_COMPLETE' : 'ADOPT_COMPLETE',
    resource_status_reason: '',
    required_by: [],
    links: [],
  });
  return {
    'GET orchestration stacks': {body: {stacks: []}},
    'POST orchestration stacks': ({options}: Asked): Reply => {
      begin('adopt_stack_data' in (options.json as object) ? 'ADOPT' : 'CREATE');
      return {status: 201, body: {stack: {id: stackId}}};
    },
    [`POST orchestration ${path}/actions`]: () => {
      begin('CHECK');
      return {status: 201};
    },
    [`PUT orchestration ${path}`]: () => {
      begin('UPDATE');
      return {status: 202};
    },
    [`GET orchestration ${path}/events`]: () => ({
      body: {events: [eventRow({id: `e${count}`, status: status()})]},
    }),
    [`GET orchestration ${path}`]: () => ({body: {stack: stackRow(status())}}),
    [`GET orchestration ${path}/resources`]: () => ({
      body: {resources: [resource('net', 'n1'), resource('server', server)]},
    }),
  };
}

function adopted(replies: Replies, options: Partial<AdoptStackOptions> = {}, of: Partial<AdoptPlan> = {}) {
  const {session, asked} = fakeCloud(replies);
  const clock = fakeClock();
  const result = openHeat(session).then(client =>
    adoptStack(client, bundle, {size: '1'}, {...plan, ...of}, {stack: 'web', clock, ...options}),
  );
  const bodies = (method: string, ending: string): readonly unknown[] =>
    asked.filter(one => one.method === method && one.path.endsWith(ending)).map(({options: {json}}) => json);
  return {result, asked, bodies};
}

async function refused(replies: Replies, options: Partial<AdoptStackOptions> = {}) {
  const {result, ...rest} = adopted(replies, options);
  const error: unknown = await result.then(
    () => undefined,
    caught => caught,
  );
  if (error instanceof RekindleError) return {error, ...rest};
  throw new Error('no error');
}

test('adopted, checked, updated: Heat is sent text, ids, Retain, and never a rollback', async t => {
  const {result, bodies} = adopted(heat(), {tags: ['a', 'b'], timeoutMinutes: 7});
  t.deepEqual(await result, {
    stack: {name: 'web', id: stackId},
    status: 'UPDATE_COMPLETE',
    check: {done: true, status: 'CHECK_COMPLETE'},
    update: {done: true, status: 'UPDATE_COMPLETE', updated: []},
    moved: [],
  });
  const [sent] = bodies('POST', 'stacks') as [Record<string, unknown>];
  t.true(sent['disable_rollback']);
  t.is(sent['tags'], 'a,b');
  t.is(sent['timeout_mins'], 7);
  const data = JSON.parse(sent['adopt_stack_data'] as string) as {
    template: {resources: Record<string, {deletion_policy?: string}>};
    resources: Record<string, unknown>;
  };
  t.deepEqual(
    Object.values(data.template.resources).map(resource => resource.deletion_policy),
    ['Retain', 'Retain'],
  );
  t.deepEqual(data.resources['server'], {resource_id: 's1', resource_data: {}, metadata: {}});
  const [update] = bodies('PUT', stackId) as [Record<string, unknown>];
  t.deepEqual(update['template'], data.template, 'the update is of the same template');
  t.true(update['disable_rollback']);
  t.is(update['tags'], 'a,b', 'an update without tags would take them away');
});

test("where something rests Heat's check is left out: it would mark it failed", async t => {
  const {result, bodies} = adopted(heat(), {}, {resting: [{name: 'server', state: 'SHUTOFF'}]});
  const {check, update} = await result;
  t.regex(check.done ? '' : check.why, /server is SHUTOFF/);
  t.true(update.done);
  t.is(bodies('POST', 'actions').length, 0);
});

test('no update after a check that failed: it would replace what failed', async t => {
  const {result, bodies} = adopted(heat({ends: {CHECK: 'FAILED'}}));
  const {check, update, status} = await result;
  t.deepEqual(check, {done: true, status: 'CHECK_FAILED'});
  t.regex(update.done ? '' : update.why, /an update would replace what failed/);
  t.is(status, 'CHECK_FAILED');
  t.is(bodies('PUT', stackId).length, 0);
});

test('no update where it is not wanted, or of types that nobody has tried', async t => {
  const unwanted = adopted(heat(), {update: false});
  t.deepEqual((await unwanted.result).update, {done: false, why: 'not asked for'});
  const untried = adopted(heat(), {}, {untried: ['OS::Zun::Container']});
  const {update} = await untried.result;
  t.regex(update.done ? '' : update.why, /OS::Zun::Container has never been tried/);
  t.is([...unwanted.bodies('PUT', stackId), ...untried.bodies('PUT', stackId)].length, 0);
});

test('an update that changed something is told, by name', async t => {
  const {update} = await adopted(heat({updated: ['server']})).result;
  t.deepEqual(update, {done: true, status: 'UPDATE_COMPLETE', updated: ['server']});
});

test('a thing that Heat knows by another id than it was given is told', async t => {
  t.deepEqual((await adopted(heat({server: 's9'})).result).moved, ['server']);
});

test('a failed adoption says that nothing was touched, and how to go on', async t => {
  const {error} = await refused(heat({ends: {ADOPT: 'FAILED'}}));
  t.is(error.code, 'stack-failed');
  t.regex(error.message, /ended in ADOPT_FAILED/);
  t.regex(error.hint ?? '', /nothing of the project was touched, and nothing goes with the stack: remove it/);
});

test('where adopt is switched off, external ids are offered', async t => {
  const {error, bodies} = await refused({
    ...heat(),
    'POST orchestration stacks': failure(400, 'Stack Adopt is not supported.'),
  });
  t.is(error.code, 'not-deployable');
  t.regex(error.message, /switched adopt off/);
  t.regex(error.hint ?? '', /--external/);
  t.is(bodies('POST', 'stacks').length, 1);
});

test('any other refusal is as Heat says it', async t => {
  const {error} = await refused({
    ...heat(),
    'POST orchestration stacks': failure(400, 'Property error: size'),
  });
  t.is(error.message, 'Property error: size');
  t.regex(error.hint ?? '', /nothing of the project was touched/);
});

test('by external ids: a stack is created whose template says nothing else, and is not checked', async t => {
  const {result, bodies} = adopted(heat(), {external: true});
  const {status, check} = await result;
  t.is(status, 'UPDATE_COMPLETE');
  t.false(check.done);
  const [sent] = bodies('POST', 'stacks') as [Record<string, unknown>];
  t.false('adopt_stack_data' in sent);
  t.deepEqual(sent['environment'], {parameters: {}});
  t.deepEqual((sent['template'] as {resources: Record<string, unknown>}).resources['server'], {
    type: 'OS::Nova::Server',
    external_id: 's1',
    deletion_policy: 'Retain',
  });
});

test('an adoption whose answer got lost is looked up, and never asked for twice', async t => {
  const replies = heat();
  const {'POST orchestration stacks': post} = replies;
  let posted = 0;
  const {result} = adopted({
    ...replies,
    'POST orchestration stacks': question => {
      posted += 1;
      if (typeof post === 'function') post(question);
      return failure(502, 'the proxy gave up');
    },
    'GET orchestration stacks': () => ({
      body: {stacks: posted > 0 ? [stackRow('ADOPT_IN_PROGRESS')] : []},
    }),
  });
  t.is((await result).status, 'UPDATE_COMPLETE');
  t.is(posted, 1);
});
