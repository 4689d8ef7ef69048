import test from 'ava';
import {patienceFor} from '../../src/deploy/doubt.ts';
import {patience} from '../../src/heat/index.ts';
import {deploy, type DeployOptions} from '../../src/deploy/deploy.ts';
import type {Finding} from '../../src/deploy/preflight.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {
  type Answering,
  type Asked,
  failure,
  fakeClock,
  fakeCloud,
  type Replies,
} from '../support/fake-cloud.ts';
import {bundleOf, eventPages, heatReplies, parameter, stackId, stackRow} from '../support/stack.ts';

const net = {net: {type: 'OS::Neutron::Net', properties: {name: 'web'}}};
const bundle = bundleOf([], net, {files: {'files/web.sh': 'echo\n'}});
const quotas = {'GET network quotas/p1/details': {body: {quota: {}}}};
const heat: Replies = {...heatReplies({'OS::Neutron::Net': ['name']}), ...quotas};
const path = `stacks/web/${stackId}`;

function deployed(replies: Replies, options: Partial<DeployOptions> = {}, from = bundle) {
  const {session, asked} = fakeCloud({...heat, ...replies});
  const clock = fakeClock();
  const created = (): readonly Asked[] =>
    asked.filter(({method, path}) => method === 'POST' && path === 'stacks');
  return {asked, created, clock, result: deploy(session, from, {stack: 'web', clock, ...options})};
}

async function refused(replies: Replies, code: string, options: Partial<DeployOptions> = {}, from = bundle) {
  const {result, ...rest} = deployed(replies, options, from);
  try {
    await result;
  } catch (error) {
    if (error instanceof RekindleError && error.code === code) return {error, ...rest};
    throw error;
  }
  throw new Error(`no error ${code}`);
}

test('a bundle becomes a stack: its id, outputs and costs come back', async t => {
  const events: string[] = [];
  const stacks: string[] = [];
  const {result, asked} = deployed(
    {},
    {
      onEvent: event => events.push(event.id),
      onCreated: stack => stacks.push(stack.id),
    },
  );
  const {stack, status, outputs, requests, seconds} = await result;
  t.deepEqual(stack, {name: 'web', id: stackId});
  t.is(status, 'CREATE_COMPLETE');
  t.deepEqual(outputs, [{key: 'ids', value: {net: 'net-id'}, description: 'Ids', error: undefined}]);
  t.deepEqual(events, ['e1', 'e2', 'e3']);
  t.deepEqual(stacks, [stackId]);
  t.is(requests, asked.length);
  t.true(seconds > 0);
});

test('Heat is given the template as an object, with files, environment and options', async t => {
  const data = {...parameter('size', '', '007'), role: 'data' as const};
  const from = bundleOf(
    [data],
    {net: {...net.net, properties: {name: '007', mtu: 1.1}}},
    {files: bundle.files},
  );
  const types = heatReplies({'OS::Neutron::Net': ['name', 'mtu']});
  const {result, created} = deployed(
    types,
    {timeoutMinutes: 7, tags: ['a', 'b'], parameters: {size: '1e3'}},
    from,
  );
  await result;
  t.deepEqual(created()[0]?.options.json, {
    stack_name: 'web',
    template: from.template,
    files: {'files/web.sh': 'echo\n'},
    environment: {parameters: {size: '1e3'}},
    disable_rollback: true,
    timeout_mins: 7,
    tags: 'a,b',
  });
});

test('everything that the preflight finds is one error, and nothing is created', async t => {
  const findings: Finding[] = [];
  const from = bundleOf([], {...net, odd: {type: 'OS::Nope::X'}}, {parameters: {nosuch: '1'}});
  const {error, created} = await refused(
    {},
    'not-deployable',
    {onFinding: finding => findings.push(finding)},
    from,
  );
  t.regex(error.message, /"target": 2 problems\n.*no parameter "nosuch".*\n.*type OS::Nope::X/);
  t.is(findings.length, 2);
  t.is(created().length, 0);
});

test('a stack of that name made by someone else in between is a conflict too', async t => {
  const {error} = await refused({'POST orchestration stacks': failure(409, 'exists')}, 'conflict');
  t.regex(error.message, /already a stack "web"/);
});

/** Finds no stack at first; once create was asked for, from the given look on. */
function appearing(look: number): Replies {
  let posted = false;
  let looks = 0;
  return {
    'POST orchestration stacks': (): RekindleError => {
      posted = true;
      return failure(504, 'the proxy gave up');
    },
    'GET orchestration stacks': () => {
      if (posted) looks += 1;
      return {body: {stacks: looks >= look ? [stackRow('CREATE_IN_PROGRESS')] : []}};
    },
  };
}

test('a larger stack is waited for longer', t => {
  t.deepEqual(patienceFor(0), patience);
  t.true(patienceFor(1000).reduce((all, one) => all + one, 0) >= 300_000);
});

test('a create whose answer got lost is looked up, and never asked for twice', async t => {
  const {result, created} = deployed(appearing(3));
  t.deepEqual((await result).stack, {name: 'web', id: stackId});
  t.is(created().length, 1);
});

for (const lost of [
  failure(502, 'bad gateway'),
  failure(undefined, 'broke off the connection', 'connect'),
  failure(undefined, 'timed out', 'timeout'),
]) {
  test(`a lost create that made nothing is an error: ${lost.message}`, async t => {
    const {error, created} = await refused({'POST orchestration stacks': lost}, lost.code);
    t.true(error.message.includes(lost.message));
    t.regex(error.message, /no stack "web" has appeared/);
    t.regex(error.hint ?? '', /rekindle stack show web/);
    t.is(created().length, 1);
  });
}

test('a create whose answer was cut short is looked up too', async t => {
  let posted = false;
  const cut = new RekindleError('protocol', 'orchestration: POST stacks answered 200 with broken JSON', {
    status: 200,
  });
  const {result, created} = deployed({
    'POST orchestration stacks': () => {
      posted = true;
      return cut;
    },
    [`GET orchestration ${path}/events`]: eventPages([{id: 'e1', status: 'CREATE_COMPLETE'}]),
    'GET orchestration stacks': () => ({body: {stacks: posted ? [stackRow('CREATE_IN_PROGRESS')] : []}}),
  });
  t.deepEqual((await result).stack, {name: 'web', id: stackId});
  t.is(created().length, 1);
});

test('a stack whose outputs can’t be read stands, and the error says so', async t => {
  const {error} = await refused(
    {
      [`GET orchestration ${path}/events`]: eventPages([{id: 'e1', status: 'CREATE_COMPLETE'}]),
      [`GET orchestration ${path}`]: ({options}) =>
        options.query?.['resolve_outputs'] === true
          ? failure(503, 'Heat is in trouble')
          : {body: {stack: stackRow('CREATE_COMPLETE')}},
    },
    'http',
  );
  t.regex(
    error.message,
    /^The stack "web" \(.*\) is CREATE_COMPLETE, but its outputs can't be read: Heat is in trouble$/,
  );
  t.regex(error.hint ?? '', /rekindle stack outputs/);
});

test('a refused create is not looked up', async t => {
  const {error, asked} = await refused({'POST orchestration stacks': failure(400, 'bad template')}, 'http');
  t.is(error.message, 'bad template');
  t.is(asked.filter(({method, path}) => method === 'GET' && path === 'stacks').length, 1);
});

test('an internal error at create names the trust as the usual cause', async t => {
  const {error} = await refused({'POST orchestration stacks': failure(500, 'Internal Error')}, 'http');
  t.regex(error.hint ?? '', /trust/);
});

const failedStack: Replies = {
  [`GET orchestration ${path}/events`]: eventPages([
    {id: 'e1', resource: 'port_web', status: 'CREATE_FAILED', reason: 'BadRequest: no such address'},
    {id: 'e2', status: 'CREATE_FAILED'},
  ]),
  [`GET orchestration ${path}`]: {body: {stack: stackRow('CREATE_FAILED')}},
};

function resourceRow(name: string, status: string, reason: string, more: object = {}): object {
  return {
    resource_name: name,
    resource_type: 'OS::Neutron::Port',
    physical_resource_id: '',
    resource_status: status,
    resource_status_reason: reason,
    ...more,
  };
}

function resources(...rows: readonly object[]): Answering {
  return {body: {resources: rows}};
}

test('a failed stack names the failed resources with their reasons, the request, and the way on', async t => {
  const {error} = await refused(
    {
      ...failedStack,
      [`GET orchestration ${path}/resources`]: resources(
        resourceRow('net', 'CREATE_COMPLETE', 'state changed'),
        resourceRow(
          'port_web',
          'CREATE_FAILED',
          'BadRequest: resources.port_web: no such\naddress (Request-ID: req-1)',
        ),
        resourceRow('server_web', 'CREATE_FAILED', 'Resource CREATE aborted (user triggered cancel)'),
      ),
    },
    'stack-failed',
  );
  t.is(
    error.message,
    `The stack "web" (${stackId}) ended in CREATE_FAILED (request req-create)\n` +
      '  port_web (OS::Neutron::Port): BadRequest: resources.port_web: no such address (Request-ID: req-1)\n' +
      '  and 1 more that failed with them',
  );
  t.regex(
    error.hint ?? '',
    new RegExp(`deploy again: that updates the stack.*rekindle stack delete ${stackId}`),
  );
});

test('of a nested stack the resource that failed is named, not the one around it', async t => {
  const {error} = await refused(
    {
      ...failedStack,
      [`GET orchestration ${path}/resources`]: resources(
        resourceRow('group', 'CREATE_FAILED', 'resources.group: resources[0]: no room'),
        resourceRow('0', 'CREATE_FAILED', 'no room', {parent_resource: 'group', physical_resource_id: 'p-0'}),
      ),
    },
    'stack-failed',
  );
  t.true(error.message.includes('  group.0 (OS::Neutron::Port p-0): no room\n'));
  t.false(error.message.includes('resources[0]'));
});

test('after a rollback the reasons come from the events', async t => {
  const {error} = await refused(
    {
      [`GET orchestration ${path}/events`]: eventPages(
        [{id: 'e1', resource: 'port_web', status: 'CREATE_FAILED', reason: 'no such address'}],
        [{id: 'e2', status: 'ROLLBACK_COMPLETE'}],
      ),
      [`GET orchestration ${path}`]: {body: {stack: stackRow('ROLLBACK_COMPLETE')}},
    },
    'stack-failed',
    {rollback: true},
  );
  t.regex(error.message, /ended in ROLLBACK_COMPLETE.*\n {2}port_web: no such address$/);
  t.regex(error.hint ?? '', /taken back/);
});

test('a stack that was deleted meanwhile is a failed one', async t => {
  const gone = {
    [`GET orchestration ${path}/events`]: {status: 404},
    [`GET orchestration ${path}`]: {status: 404},
  };
  const {error} = await refused(gone, 'stack-failed');
  t.regex(error.message, /was deleted while it was being created/);
});

test('an abort during the preflight creates nothing', async t => {
  const {error, created} = await refused({}, 'aborted', {signal: AbortSignal.abort()});
  t.regex(error.message, /nothing was created/);
  t.is(created().length, 0);
});

test('an abort while the stack builds leaves it working, and says how to go on', async t => {
  const controller = new AbortController();
  const {error, asked} = await refused({}, 'aborted', {
    signal: controller.signal,
    onCreated: () => controller.abort(),
  });
  t.true(error.message.includes(stackId));
  t.regex(error.hint ?? '', /stack events --follow/);
  t.false(asked.some(({method}) => method === 'DELETE'));
});

test('a cloud without Heat is named', async t => {
  const {session} = fakeCloud({}, {without: ['orchestration']});
  await t.throwsAsync(deploy(session, bundle, {stack: 'web'}), {
    code: 'no-service',
    message: /target has no/,
  });
});
