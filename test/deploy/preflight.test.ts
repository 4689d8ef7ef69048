import test from 'ava';
import {preflight, type PreflightOptions} from '../../src/deploy/preflight.ts';
import type {LoadedBundle} from '../../src/model/bundle.ts';
import {failure, fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter, standingReplies} from '../support/stack.ts';

const quotas: Replies = {
  'GET compute flavors/detail': {body: {flavors: []}},
  'GET compute limits': {body: {limits: {absolute: {}}}},
  'GET network quotas/p1/details': {body: {quota: {}}},
};

async function checked(
  bundle: LoadedBundle,
  replies: Replies = {},
  options: Partial<PreflightOptions> = {},
  more: Parameters<typeof fakeCloud>[1] = {},
) {
  const {session, asked} = fakeCloud({...heatReplies(), ...quotas, ...replies}, more);
  return {...(await preflight(session, bundle, {stack: 'web', ...options})), asked};
}

function type(name: string): string {
  return `GET orchestration resource_types/${encodeURIComponent(name)}`;
}

const empty = bundleOf([], {});
const previews = 'POST orchestration stacks/preview';

test('a stack name that Heat would refuse is an error', async t => {
  for (const stack of ['1web', 'my stack', '', 'x'.repeat(256), 'wéb', "it's", 'a\nb'])
    t.like((await checked(empty, {}, {stack})).findings, [{severity: 'error', where: 'stack'}], stack);
  for (const stack of ['web', 'W_e.b-1', 'x'.repeat(255)])
    t.deepEqual((await checked(empty, {}, {stack})).findings, [], stack);
});

test('a stack that exists comes back, with what an update would do', async t => {
  const {existing, forecast, findings} = await checked(
    empty,
    standingReplies(empty, {status: 'UPDATE_COMPLETE'}),
  );
  t.is(existing?.status, 'UPDATE_COMPLETE');
  t.deepEqual(forecast, {resources: [], stack: []});
  t.deepEqual(findings, []);
});

test('an application credential is warned of, and a restricted one in plainer words', async t => {
  const methods = ['application_credential'];
  t.like((await checked(empty, {}, {}, {methods})).findings, [{severity: 'warning', where: 'credential'}]);
  const {findings} = await checked(empty, {}, {}, {methods, restricted: true});
  t.is(findings.length, 1);
  t.regex(findings[0]?.what ?? '', /^is a restricted application credential/);
  t.regex(findings[0]?.hint ?? '', /--unrestricted/);
  t.deepEqual((await checked(empty)).findings, []);
});

test('types that Heat refuses are told apart, with who uses them', async t => {
  const {findings} = await checked(
    bundleOf([], {
      a: {type: 'OS::Neutron::QoSPolicy'},
      b: {type: 'OS::Nope::X'},
      c: {type: 'OS::Nope::X'},
      d: {type: 'OS::Neutron::ExtraRouteSet'},
    }),
    {
      [type('OS::Neutron::QoSPolicy')]: {status: 403},
      [type('OS::Nope::X')]: {status: 404},
      [type('OS::Neutron::ExtraRouteSet')]: {status: 400, body: {error: {message: 'no such\nextension'}}},
    },
  );
  t.deepEqual(
    findings.map(({where, what}) => `${where}: ${what}`),
    [
      'type OS::Neutron::QoSPolicy: Heat lets only admins use it; used by a',
      "type OS::Nope::X: Heat doesn't know it; used by b, c",
      "type OS::Neutron::ExtraRouteSet: Heat can't use it there: a service or an extension is missing (no such extension); used by d",
    ],
  );
});

test('properties that Heat does not know are named with their path', async t => {
  const schema = {
    name: {type: 'string'},
    rules: {type: 'list', schema: {'*': {type: 'map', schema: {direction: {type: 'string'}}}}},
    value_specs: {type: 'map'},
  };
  const {findings} = await checked(
    bundleOf([], {
      g: {
        type: 'OS::Neutron::SecurityGroup',
        properties: {
          nam: 'x',
          rules: [{direction: 'egress'}, {description: 'y'}, {get_param: 'p'}],
          value_specs: {anything: 1},
        },
      },
    }),
    {
      [`GET orchestration resource_types/${encodeURIComponent('OS::Neutron::SecurityGroup')}`]: {
        body: {properties: schema},
      },
    },
  );
  t.deepEqual(
    findings.map(({what, hint}) => `${what}; ${hint}`),
    [
      'Heat there knows no property nam of OS::Neutron::SecurityGroup; it has name; or go on without: --accept-losses',
      'Heat there knows no property rules[1].description of OS::Neutron::SecurityGroup; its release may be older: take the property out; or go on without: --accept-losses',
    ],
  );
});

const servers = heatReplies({'OS::Nova::Server': ['user_data', 'networks']});
const serverWith = (userData: unknown): Readonly<Record<string, unknown>> => ({
  web: {type: 'OS::Nova::Server', properties: {user_data: userData, networks: [{allocate_network: 'none'}]}},
});

test('user data that Nova would refuse is an error: from a file, a parameter or the template', async t => {
  const long = 'é'.repeat(24_575);
  const file = (text: string): LoadedBundle =>
    bundleOf([], serverWith({get_file: 'files/web.sh'}), {files: {'files/web.sh': text}});
  t.regex((await checked(file(long), servers)).findings[0]?.what ?? '', /49150 bytes; Nova takes 49149/);
  t.deepEqual((await checked(file(long.slice(1)), servers)).findings, []);
  const data = {...parameter('boot', '', long), role: 'data' as const};
  t.is((await checked(bundleOf([data], serverWith({get_param: 'boot'})), servers)).findings.length, 1);
  t.is((await checked(bundleOf([], serverWith(long)), servers)).findings.length, 1);
});

test("templates beyond Heat's default limits are warned of", async t => {
  const random = heatReplies({'OS::Heat::Value': ['value']});
  const many = Object.fromEntries(
    Array.from({length: 1001}, (_, index) => [`r${index}`, {type: 'OS::Heat::Value'}]),
  );
  t.like((await checked(bundleOf([], many), random)).findings, [
    {severity: 'warning', what: 'has 1001 resources; Heat takes 1000 a stack by default'},
  ]);
  const long = {r: {type: 'OS::Heat::Value', properties: {value: 'x'.repeat(530_000)}}};
  t.regex((await checked(bundleOf([], long), random)).findings[0]?.what ?? '', /^is 5\d{5} characters long/);
  const files = {'files/a': 'x'.repeat(1_100_000)};
  t.regex(
    (await checked(bundleOf([], {}, {files}))).findings[0]?.what ?? '',
    /^makes a request of 1100\d{3} bytes/,
  );
});

test("Heat's preview has the last word", async t => {
  const {findings} = await checked(empty, {[previews]: failure(400, 'a port has no such address')});
  t.like(findings, [
    {severity: 'error', where: 'template', what: 'Heat refuses it: a port has no such address'},
  ]);
});

test('an internal error of the preview is explained as a circle', async t => {
  const {findings} = await checked(empty, {[previews]: failure(500, 'Internal Error')});
  t.regex(findings[0]?.hint ?? '', /circle/);
});

for (const [refusal, hint] of [
  ['Request limit exceeded: Maximum resources per stack exceeded.', /--max-resources N$/],
  [
    'Request limit exceeded: Template size (900000 bytes) exceeds maximum allowed size (524288 bytes).',
    /--max-template-size 524288$/,
  ],
  [
    'Request limit exceeded: JSON body size (2000000 bytes) exceeds maximum allowed size (1048576 bytes).',
    /--max-template-size 524288$/,
  ],
] as const) {
  test(`a limit of the target shows by its refusal: ${refusal}`, async t => {
    const {findings} = await checked(empty, {[previews]: failure(400, refusal)});
    t.like(findings, [{severity: 'error', where: 'template'}]);
    t.regex(findings[0]?.hint ?? '', hint);
  });
}

test('a preview that Heat itself has no patience for is a warning', async t => {
  const slow = failure(500, 'The server has either erred or is incapable … (MessagingTimeout)');
  const {findings} = await checked(empty, {[previews]: slow});
  t.like(findings, [{severity: 'warning', where: 'template'}]);
});

test('a preview that takes too long is a warning', async t => {
  const {findings} = await checked(empty, {[previews]: failure(undefined, 'timed out', 'timeout')});
  t.like(findings, [{severity: 'warning', where: 'template'}]);
});

test('the preview is given what create will be given', async t => {
  const value = {...parameter('size', '', '7'), role: 'data' as const};
  const {asked} = await checked(
    bundleOf([value], {}),
    {},
    {parameters: {size: '8'}, tags: ['x'], rollback: true},
  );
  t.like(asked.find(({path}) => path === 'stacks/preview')?.options.json, {
    stack_name: 'web',
    environment: {parameters: {size: '8'}},
    disable_rollback: false,
    tags: 'x',
  });
});

test('after an error the preview is spared, and it can be left out', async t => {
  const spared = await checked(empty, {}, {stack: '1web'});
  t.false(spared.asked.some(({path}) => path === 'stacks/preview'));
  const left = await checked(empty, {}, {previewSeconds: 0});
  t.false(left.asked.some(({path}) => path === 'stacks/preview'));
});

test('a target that is down is an error, not a finding', async t => {
  await t.throwsAsync(checked(empty, {'GET orchestration stacks': failure(503, 'down')}), {message: 'down'});
});

test('nothing is asked for but reads and the preview', async t => {
  const {asked} = await checked(bundleOf([], serverWith('x')), servers);
  t.deepEqual(
    asked.filter(({method}) => method !== 'GET').map(({path}) => path),
    ['stacks/preview'],
  );
});
