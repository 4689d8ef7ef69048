import test from 'ava';
import {deploy, type DeployOptions, type Plan} from '../../src/deploy/deploy.ts';
import {preflight} from '../../src/deploy/preflight.ts';
import type {LoadedBundle} from '../../src/model/bundle.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {type Asked, failure, fakeClock, fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, reportOf, stackId, standingReplies, type Stood} from '../support/stack.ts';

const path = `stacks/web/${stackId}`;
const net = (name: string): object => ({type: 'OS::Neutron::Net', properties: {name}});
const bundle = bundleOf([], {net: net('new')});
const stood = bundleOf([], {net: net('old')});
const typeOf = (type: string): string => `GET orchestration resource_types/${encodeURIComponent(type)}`;

/** Name may be updated; nothing else is known. */
const base: Replies = {
  ...heatReplies(),
  [typeOf('OS::Neutron::Net')]: {body: {properties: {name: {type: 'string', update_allowed: true}}}},
  [typeOf('OS::Cinder::Volume')]: {body: {properties: {name: {type: 'string'}}}},
  'GET network quotas/p1/details': {body: {quota: {network: {limit: 1, used: 1}}}},
  'GET block-storage os-quota-sets/p1': {body: {quota_set: {volumes: {limit: 1, in_use: 1}}}},
};

function deployed(replies: Replies, options: Partial<DeployOptions> = {}, of: LoadedBundle = bundle) {
  const {session, asked} = fakeCloud({...base, ...replies});
  const asking = (method: string): readonly Asked[] => asked.filter(one => one.method === method);
  return {
    asked,
    puts: () => asking('PUT'),
    asking,
    result: deploy(session, of, {stack: 'web', clock: fakeClock(), ...options}),
  };
}

const standing = (more: Stood = {}): Replies => standingReplies(stood, more);

async function refused(
  replies: Replies,
  code: string,
  options: Partial<DeployOptions> = {},
  of: LoadedBundle = bundle,
) {
  const {result, ...rest} = deployed(replies, options, of);
  try {
    await result;
  } catch (error) {
    if (error instanceof RekindleError && error.code === code) return {error, ...rest};
    throw error;
  }
  throw new Error(`no error ${code}`);
}

test('a stack that is there is updated: forecast first, then followed from its last event on', async t => {
  const plans: Plan[] = [];
  const events: string[] = [];
  const updating: string[] = [];
  const {result, puts, asking} = deployed(standing(), {
    onPlan: plan => void plans.push(plan),
    onUpdating: stack => updating.push(stack.id),
    onEvent: event => events.push(event.id),
  });
  const {action, status, forecast} = await result;
  t.is(action, 'update');
  t.is(status, 'UPDATE_COMPLETE');
  t.like(forecast?.resources, [{name: 'net', fate: 'updated', causes: [{what: 'name'}]}]);
  t.like(plans, [{action: 'update', stack: {id: stackId}}]);
  t.deepEqual(updating, [stackId]);
  t.deepEqual(events, ['n1', 'n2']);
  t.is(puts().length, 1);
  t.deepEqual(
    asking('POST').map(({path}) => path),
    ['stacks/preview'],
  );
});

const same = (status: string): Replies => standingReplies(bundle, {status});

test('a stack that is what the bundle says is left alone; a failed one is not', async t => {
  const {result, puts} = deployed(same('UPDATE_COMPLETE'), {onPlan: () => t.fail()});
  t.is((await result).action, 'nothing');
  t.is(puts().length, 0);
  const failed = deployed(same('UPDATE_FAILED'));
  t.is((await failed.result).action, 'update');
  t.is(failed.puts().length, 1);
});

test('tags, timeout and rollback of the stack are kept, unless others are given', async t => {
  const more = {tags: ['a', 'b'], timeout_mins: 20, disable_rollback: false};
  const kept = deployed(standing({more}));
  await kept.result;
  t.like(kept.puts()[0]?.options.json, {tags: 'a,b', timeout_mins: 20, disable_rollback: false});
  const given = deployed(standing({more}), {tags: ['c'], timeoutMinutes: 5, rollback: false});
  await given.result;
  t.like(given.puts()[0]?.options.json, {tags: 'c', timeout_mins: 5, disable_rollback: true});
  const none = deployed(standing({more}), {tags: []});
  await none.result;
  const sent = Object.keys(none.puts()[0]?.options.json ?? {});
  t.false(sent.includes('tags'));
  t.false(sent.includes('stack_name'));
});

test('other tags alone are an update', async t => {
  const {result, puts} = deployed(standingReplies(bundle), {tags: ['x']});
  t.deepEqual((await result).forecast?.stack, ['tags']);
  t.is(puts().length, 1);
});

for (const [status, what, hint] of [
  ['UPDATE_IN_PROGRESS', /Heat is at work on it/, /rekindle stack events --follow web/],
  ['DELETE_FAILED', /begun to delete/, /rekindle stack delete web/],
  ['SUSPEND_COMPLETE', /suspended/, /rekindle stack resume web/],
] as const) {
  test(`a stack that is ${status} takes no update, and the way on is told`, async t => {
    const {error, puts} = await refused(standing({status}), 'not-deployable');
    t.regex(error.message, what);
    t.regex(error.message, hint);
    t.is(puts().length, 0);
  });
}

for (const status of [
  'CREATE_FAILED',
  'UPDATE_FAILED',
  'ROLLBACK_COMPLETE',
  'CHECK_FAILED',
  'ADOPT_COMPLETE',
]) {
  test(`a stack that is ${status} takes one`, async t => {
    const {result} = deployed(standing({status}));
    t.is((await result).action, 'update');
  });
}

test('what the plan throws stops it before anything changes', async t => {
  const {error, asking} = await refused(standing(), 'aborted', {
    onPlan() {
      throw new RekindleError('aborted', 'no');
    },
  });
  t.is(error.message, 'no');
  t.is(asking('PUT').length + asking('PATCH').length, 0);
});

const trunk = (port: string): object => ({type: 'OS::Neutron::Trunk', properties: {port}});

test('an update that Heat would fail at is refused', async t => {
  const schema = {
    [typeOf('OS::Neutron::Trunk')]: {body: {properties: {port: {type: 'string', immutable: true}}}},
  };
  const from = bundleOf([], {trunk: trunk('a')});
  const to = bundleOf([], {trunk: trunk('b')});
  const {error, puts} = await refused({...standingReplies(from), ...schema}, 'not-deployable', {}, to);
  t.regex(
    error.message,
    /resource trunk: Heat would fail at it: Heat can't change port of OS::Neutron::Trunk/,
  );
  t.regex(error.hint ?? '', /nothing was changed/);
  t.is(puts().length, 0);
});

const volume = (name: string): LoadedBundle =>
  bundleOf([], {v: {type: 'OS::Cinder::Volume', properties: {name, size: 1}}});

test('only what is new, or made anew, needs quota', async t => {
  t.is((await deployed(standing()).result).action, 'update');
  const more = bundleOf([], {net: net('new'), other: net('other')});
  const {error} = await refused(standing(), 'not-deployable', {}, more);
  t.regex(error.message, /quota network: 1 networks needed, 0 free/);
  // Heat makes the new one first.
  const schema = {
    [typeOf('OS::Cinder::Volume')]: {body: {properties: {name: {type: 'string'}, size: {type: 'integer'}}}},
  };
  const replaced = await refused(
    {...standingReplies(volume('a')), ...schema},
    'not-deployable',
    {},
    volume('b'),
  );
  t.regex(replaced.error.message, /quota volumes: 1 volumes needed, 0 free/);
});

test('a key pair that the stack has made is not taken for one of the user', async t => {
  const key = 'ssh-ed25519 AAAA me';
  const parameters = [
    {name: 'key_name', role: 'optional-name', kind: 'keypair', value: 'me', pair: 'make_key'},
    {name: 'make_key', role: 'optional-switch', kind: 'keypair', value: true, pair: 'key_name'},
  ] as const;
  const report = reportOf(parameters, {
    resources: [
      {name: 'key', type: 'OS::Nova::KeyPair', kind: 'keypair', id: 'me', label: 'me', condition: 'make_key'},
    ],
  });
  const properties = {name: {get_param: 'key_name'}, public_key: key};
  const bundle = bundleOf(
    parameters,
    {key: {type: 'OS::Nova::KeyPair', condition: 'make_key', properties}},
    {conditions: {make_key: {equals: [{get_param: 'make_key'}, true]}}, report},
  );
  const declared = {key_name: {type: 'string'}, make_key: {type: 'boolean'}};
  const made = {...bundle, template: {...bundle.template, parameters: declared}};
  const replies = {
    ...base,
    ...standingReplies(made),
    [typeOf('OS::Nova::KeyPair')]: {
      body: {properties: {name: {type: 'string'}, public_key: {type: 'string'}}},
    },
    'GET compute os-keypairs': {body: {keypairs: [{keypair: {name: 'me', public_key: key}}]}},
  };
  const kept = await preflight(fakeCloud(replies).session, made, {stack: 'web'});
  t.true(kept.parameters['make_key']);
  t.deepEqual(
    kept.forecast?.resources.map(({fate}) => fate),
    ['unchanged'],
  );
  // The user's word counts.
  const chosen = await preflight(fakeCloud(replies).session, made, {
    stack: 'web',
    parameters: {make_key: false},
  });
  t.deepEqual(
    chosen.forecast?.resources.map(({fate}) => fate),
    ['deleted'],
  );
});

const rules = (port: number): LoadedBundle =>
  bundleOf([], {
    group: {type: 'OS::Neutron::SecurityGroup', properties: {rules: [{port}]}},
    rule: {type: 'OS::Neutron::SecurityGroupRule', properties: {security_group: {get_resource: 'group'}}},
  });

test('rules that Heat takes away with those of their group are marked, so that they are made again', async t => {
  const schemas = {
    [typeOf('OS::Neutron::SecurityGroup')]: {
      body: {properties: {rules: {type: 'list', update_allowed: true}}},
    },
    [typeOf('OS::Neutron::SecurityGroupRule')]: {body: {properties: {security_group: {type: 'string'}}}},
    'GET network quotas/p1/details': {body: {quota: {}}},
    [`PATCH orchestration ${path}/resources/rule`]: {status: 200},
  };
  const {result, asked} = deployed({...standingReplies(rules(80)), ...schemas}, {}, rules(81));
  const {warnings} = await result;
  t.like(warnings, [{where: 'resource group'}]);
  const changes = asked.filter(({method}) => method === 'PATCH' || method === 'PUT');
  t.deepEqual(
    changes.map(({method}) => method),
    ['PATCH', 'PUT'],
  );
  t.like(changes[0]?.options.json, {mark_unhealthy: true});
});

test('what Heat hides is compared with what it keeps', async t => {
  const parameters = [{name: 'secret', role: 'secret', kind: 'network', value: 'hush'}] as const;
  const of = (): LoadedBundle => {
    const made = bundleOf(parameters, {
      net: {type: 'OS::Neutron::Net', properties: {name: {get_param: 'secret'}}},
    });
    return {...made, template: {...made.template, parameters: {secret: {type: 'string', hidden: true}}}};
  };
  const event = {
    id: 'e9',
    resource_name: 'net',
    physical_resource_id: 'net-id',
    resource_status: 'CREATE_COMPLETE',
    links: [],
  };
  const kept = (name: string): Replies => ({
    ...standingReplies(of(), {parameters: {secret: '******'}}),
    [`GET orchestration ${path}/events`]: {body: {events: [event]}},
    [`GET orchestration ${path}/resources/net/events/e9`]: {body: {event: {resource_properties: {name}}}},
  });
  const same = deployed(kept('hush'), {}, of());
  t.is((await same.result).action, 'nothing');
  t.true(same.asked.find(({path}) => path.endsWith('/events/e9'))?.options.secret);
  const other = fakeCloud({...base, ...kept('other')});
  const {forecast} = await preflight(other.session, of(), {stack: 'web'});
  t.like(forecast?.resources, [{fate: 'updated', sure: true}]);
});

test('where a replacement failed Heat goes on with the old one', async t => {
  const events = [
    {id: 'e1', physical_resource_id: 'first', resource_status: 'CREATE_COMPLETE'},
    {id: 'e2', physical_resource_id: 'first', resource_status: 'UPDATE_COMPLETE'},
    {id: 'e3', physical_resource_id: '', resource_status: 'CREATE_FAILED'},
  ].map(event => Object.assign({resource_name: 'net', links: []}, event));
  const replies = {
    ...base,
    ...standingReplies(bundle, {status: 'UPDATE_FAILED', statuses: {net: 'CREATE_FAILED'}}),
    [`GET orchestration ${path}/events`]: {body: {events}},
    [`GET orchestration ${path}/resources/net/events/e2`]: {
      body: {event: {resource_properties: {name: 'new'}}},
    },
  };
  const {forecast} = await preflight(fakeCloud(replies).session, bundle, {stack: 'web'});
  t.like(forecast?.resources, [{name: 'net', fate: 'unchanged', id: 'first'}]);
});

/** Loses the answer to the update; it begins, or not. */
function lost(begins: boolean, error = failure(504, 'the proxy gave up')): Replies {
  const replies = standing();
  const put = replies[`PUT orchestration ${path}`];
  return {
    ...replies,
    [`PUT orchestration ${path}`]: asked => {
      if (begins && typeof put === 'function') put(asked);
      return error;
    },
  };
}

test('an update whose answer got lost is looked up, and never asked for twice', async t => {
  const {result, puts} = deployed(lost(true));
  t.is((await result).status, 'UPDATE_COMPLETE');
  t.is(puts().length, 1);
  const dropped = deployed(lost(true, failure(undefined, 'broke off the connection', 'connect')));
  t.is((await dropped.result).status, 'UPDATE_COMPLETE');
});

test('a lost update that has not begun is an error', async t => {
  const {error, puts} = await refused(lost(false), 'http');
  t.regex(error.message, /update of "web" got lost, and none has begun: the proxy gave up/);
  t.regex(error.hint ?? '', /deploy again/);
  t.is(puts().length, 1);
});

test('someone else was quicker', async t => {
  const {error} = await refused(
    {
      ...standing(),
      [`PUT orchestration ${path}`]: failure(409, 'Stack web already has an action in progress'),
    },
    'conflict',
  );
  t.regex(error.message, /Someone else has begun something with the stack "web"/);
});

test('a failed update names the resource, the request and the way on, which is another update', async t => {
  const replies = standing({
    end: 'UPDATE_FAILED',
    news: [
      {id: 'n1', status: 'UPDATE_IN_PROGRESS'},
      {id: 'n2', resource: 'net', status: 'UPDATE_FAILED', reason: 'no such thing'},
      {id: 'n3', status: 'UPDATE_FAILED'},
    ],
  });
  const {error} = await refused(replies, 'stack-failed');
  t.regex(error.message, /ended in UPDATE_FAILED \(request req-update\)\n {2}net: no such thing/);
  t.regex(error.hint ?? '', /deploy again: that updates the stack/);
  t.notRegex(error.hint ?? '', /delete/);
});

test('Heat previews an update as a new stack, under a name that nobody has', async t => {
  const {result, asking} = deployed(standing());
  await result;
  t.like(asking('POST')[0]?.options.json, {stack_name: `preview-${stackId}`});
  const full = failure(400, 'You have reached the maximum stacks per tenant, 512.');
  t.is((await deployed({...standing(), 'POST orchestration stacks/preview': full}).result).action, 'update');
});
