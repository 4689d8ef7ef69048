import test from 'ava';
import {findPython, pyyaml} from '../../support/pyyaml.ts';
import {parsePyYaml} from '../../../src/model/pyyaml.ts';
import {stackId, template} from '../support/heat-stack.ts';
import {changes, stage} from './stage.ts';

const foreign = {id: 'f0', stack_name: 'foreign', stack_status: 'CREATE_COMPLETE', project: 'somebody else'};

test('list: the titles of the openstack client, in JSON too', async t => {
  const {stack} = await stage(t, {others: [foreign]});
  const {code, stdout, stderr} = await stack(['list', '-f', 'csv']);
  t.is(code, 0, stderr);
  t.is(
    stdout,
    '"ID","Stack Name","Stack Status","Creation Time","Updated Time"\n' +
      `"${stackId}","web","CREATE_COMPLETE","2026-01-01T00:00:00Z",""\n`,
    "an admin's list holds other projects' stacks, which are not shown",
  );
  t.deepEqual(JSON.parse((await stack(['list', '-f', 'json', '-c', 'stack_name', '--nested'])).stdout), [
    {'Stack Name': 'web'},
  ]);
});

test('list: filters are those that Heat has', async t => {
  const {stack} = await stage(t);
  t.is(
    (await stack(['list', '--property', 'name=web', '--tag', 'a,b', '-f', 'value', '-c', 'ID'])).stdout,
    `${stackId}\n`,
  );
  t.is((await stack(['list', '--property', 'name=other', '-f', 'value'])).stdout, '');
  const {code, stderr} = await stack(['list', '--property', 'color=red']);
  t.is(code, 2);
  t.regex(stderr, /--property takes NAME=VALUE, not "color=red"\n {2}Heat finds stacks by id, name, status/);
});

test('show: by name or id; hidden values stay hidden', async t => {
  const {stack} = await stage(t);
  const shown = JSON.parse((await stack(['show', stackId, '-f', 'json'])).stdout) as Readonly<
    Record<string, unknown>
  >;
  t.like(shown, {
    id: stackId,
    stack_name: 'web',
    stack_status: 'CREATE_COMPLETE',
    tags: ['a', 'b'],
    disable_rollback: true,
    timeout_mins: 60,
    parameters: {secret: '******'},
  });
  t.deepEqual((shown['outputs'] as readonly unknown[])[3], {
    output_key: 'broken',
    output_value: null,
    description: '',
    output_error: 'no such attribute',
  });
  const {stdout} = await stack(['show', 'web', '--no-resolve-outputs']);
  t.regex(stdout, /^\| parameters\.secret +\| \*{6} +\|$/m);
  t.notRegex(stdout, /outputs/);
  t.is((await stack(['show', 'web', '-f', 'value', '-c', 'stack_status'])).stdout, 'CREATE_COMPLETE\n');
  const {code, stderr} = await stack(['show', 'web', '-c', 'stack_stats']);
  t.is(code, 2);
  t.regex(stderr, /did you mean stack_status\?/);
});

test('a stack that is not there: the nearest name', async t => {
  const {stack} = await stage(t, {others: [foreign]});
  const {code, stdout, stderr} = await stack(['show', 'wbe']);
  t.is(code, 1);
  t.is(stdout, '');
  t.is(stderr, 'rekindle: The project "shop" has no stack "wbe"\n  did you mean web?\n');
  t.regex((await stack(['events', 'foreign'])).stderr, /no stack "foreign"\n {2}rekindle stack list shows/);
});

test('events: lines as the openstack client writes them, the last ones, of one resource', async t => {
  const {stack} = await stage(t);
  t.is(
    (await stack(['events', 'web'])).stdout,
    '2026-01-01 00:00:01Z [web]: CREATE_IN_PROGRESS  state changed\n' +
      '2026-01-01 00:00:02Z [web.net]: CREATE_COMPLETE  state changed\n' +
      '2026-01-01 00:00:03Z [web]: CREATE_COMPLETE  state changed\n',
  );
  t.is(
    (await stack(['events', 'web', '--limit', '1'])).stdout,
    '2026-01-01 00:00:03Z [web]: CREATE_COMPLETE  state changed\n',
  );
  const data = JSON.parse(
    (await stack(['events', 'web', '--resource', 'net', '-f', 'json'])).stdout,
  ) as object[];
  t.deepEqual(data, [
    {
      resource_name: 'net',
      id: 'event-2',
      resource_status: 'CREATE_COMPLETE',
      resource_status_reason: 'state changed',
      event_time: '2026-01-01T00:00:02Z',
      physical_resource_id: 'net-id',
      logical_resource_id: 'net',
    },
  ]);
  const nested = await stack(['events', 'web', '--nested-depth', '2', '-f', 'value', '-c', 'stack_name']);
  t.is(nested.stdout, 'web\nweb\nweb\n');
  t.is((await stack(['events', 'web', '--follow', '-f', 'json'])).code, 2);
  t.regex(
    (await stack(['events', 'web', '--limit', 'x'])).stderr,
    /--limit takes a whole number from 1, not "x"/,
  );
});

test('events --follow: until the stack rests; the exit code is its end', async t => {
  const words = ['events', 'web', '--follow', '--limit', '1', '--poll', '0.01'];
  const good = await stage(t, {status: 'UPDATE_IN_PROGRESS'});
  const followed = await good.stack(words);
  t.is(followed.code, 0, followed.stderr);
  t.regex(
    followed.stdout,
    /^.*\[web\]: CREATE_COMPLETE .*\n.*\[web\.server\]: UPDATE_COMPLETE .*\n.*\[web\]: UPDATE_COMPLETE/,
  );
  t.false(followed.stdout.includes('\u001b'), 'a reason is hostile text');
  const bad = await stage(t, {status: 'UPDATE_IN_PROGRESS', end: 'UPDATE_FAILED'});
  t.is((await bad.stack(words)).code, 1);
  t.is((await (await stage(t, {status: 'CREATE_FAILED'})).stack(words)).code, 1);
  t.is((await (await stage(t)).stack(words)).code, 0, 'a stack at rest is not waited for');
});

test('resources: nested ones with their stack, by status, one in detail', async t => {
  const {stack} = await stage(t);
  t.is(
    (await stack(['resources', 'web', '-f', 'value', '-c', 'resource_name'])).stdout,
    'group\nkept\nnet\nserver\n',
  );
  t.is(
    (await stack(['resources', 'web', '--nested-depth', '1', '-f', 'csv'])).stdout.split('\n')[2],
    '"0","volume-0","OS::Cinder::Volume","CREATE_COMPLETE","2026-01-01T00:00:01Z","web-group-t5ykaharpzoj"',
  );
  t.is(
    (await stack(['resources', 'web', '--status', 'failed', '-f', 'value', '-c', 'resource_name'])).stdout,
    'server\n',
  );
  const reasons = await stack([
    'resources',
    'web',
    '-f',
    'value',
    '-c',
    'resource_status_reason',
    '-c',
    'required_by',
  ]);
  t.true(reasons.stdout.includes(String.raw`gone \u{1b}[31m away`));
  t.true(reasons.stdout.includes('OS::Neutron::Net server\n'));
  t.like(JSON.parse((await stack(['resources', 'web', 'net', '-f', 'json'])).stdout), {
    resource_name: 'net',
    physical_resource_id: 'net-id',
    attributes: {mtu: 1500, name: 'yes'},
  });
  t.regex((await stack(['resources', 'web', 'net'])).stdout, /^\| attributes\.mtu +\| 1500 +\|$/m);
  t.like(JSON.parse((await stack(['resources', 'web', 'group.0', '-f', 'json'])).stdout), {
    resource_name: '0',
    stack_name: 'web-group-t5ykaharpzoj',
  });
  t.is((await stack(['resources', 'web', 'net', '--metadata'])).stdout, '{\n  "a": 1\n}\n');
});

test('resources: what makes no sense is said', async t => {
  const {stack} = await stage(t);
  const missing = await stack(['resources', 'web', 'nett']);
  t.is(missing.code, 1);
  t.regex(missing.stderr, /The stack "web" has no resource "nett"\n {2}did you mean net\?/);
  t.is((await stack(['resources', 'web', '--metadata'])).code, 2);
  t.is((await stack(['resources', 'web', 'net', '--status', 'FAILED'])).code, 2);
});

test('outputs: all of them, or one as it is', async t => {
  const {stack} = await stage(t);
  t.like(JSON.parse((await stack(['outputs', 'web', '-f', 'json'])).stdout), [
    {output_key: 'address', output_value: '10.0.0.5\u001b[31m', description: 'Where', output_error: null},
    {output_key: 'key'},
    {output_key: 'map'},
    {output_key: 'broken', output_error: 'no such attribute'},
  ]);
  t.is(
    (await stack(['outputs', 'web', 'address'])).stdout,
    '10.0.0.5\u001b[31m\n',
    'a script gets it as it is',
  );
  t.is(
    (await stack(['outputs', 'web', 'address'], {terminal: true})).stdout,
    `${String.raw`10.0.0.5\u{1b}[31m`}\n`,
    'a terminal does not',
  );
  t.is((await stack(['outputs', 'web', 'key'])).stdout, 'line 1\nline 2\n\n');
  t.is((await stack(['outputs', 'web', 'map'])).stdout, '{"a":[1,2]}\n');
  t.deepEqual(parsePyYaml((await stack(['outputs', 'web', 'map', '-f', 'yaml'])).stdout), {a: [1, 2]});
  const broken = await stack(['outputs', 'web', 'broken']);
  t.is(broken.code, 1);
  t.regex(broken.stderr, /can't work out the output "broken": no such attribute/);
  const missing = await stack(['outputs', 'web', 'adress']);
  t.is(missing.code, 1);
  t.regex(missing.stderr, /has no output "adress"\n {2}did you mean address\?/);
});

test("template: HOT's order, and the same when it is read back", async t => {
  const {stack} = await stage(t);
  const {stdout} = await stack(['template', 'web']);
  t.deepEqual(
    [...stdout.matchAll(/^(\w+):/gm)].map(([, name]) => name),
    ['heat_template_version', 'parameters', 'resources', 'outputs'],
  );
  t.regex(stdout, /kept:\n {4}type: .*\n {4}metadata:\n(?: {6}.*\n)+ {4}deletion_policy: Retain\n/);
  t.deepEqual(parsePyYaml(stdout), template);
  t.deepEqual(JSON.parse((await stack(['template', 'web', '-f', 'json'])).stdout), template);
  t.false(stdout.includes('\u001b'));
  if (findPython() !== undefined) t.deepEqual(pyyaml([stdout]), [{value: template}]);
});

test('environment: the sections that Heat takes again', async t => {
  const {stack} = await stage(t);
  t.deepEqual(parsePyYaml((await stack(['environment', 'web'])).stdout), {
    parameters: {secret: '******'},
    resource_registry: {},
  });
});

test('nothing of this changes anything', async t => {
  const {stack, asked} = await stage(t);
  for (const words of [
    'list',
    'show web',
    'events web',
    'resources web',
    'outputs web',
    'template web',
    'environment web',
  ])
    t.is((await stack(words.split(' '))).code, 0);
  t.deepEqual(changes(asked), []);
});
