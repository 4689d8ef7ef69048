import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import * as library from '../../src/index.ts';
import {openHeat, type Stack} from '../../src/index.ts';
import {pair} from '../images/support.ts';
import {fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {eventPages, heatReplies, stackId, stackRow} from '../support/stack.ts';
import * as examples from './library.ts';

const root = join(import.meta.dirname, '../../..');
const path = `stacks/web/${stackId}`;
const stack = {name: 'web', id: stackId} as Stack;

async function heatOf(replies: Replies): Promise<library.Heat> {
  return openHeat(fakeCloud({...heatReplies(), ...replies}).session);
}

test('every example of docs/library.md is compiled, and every compiled one is shown', async t => {
  const page = await readFile(join(root, 'docs/library.md'), 'utf8');
  const source = await readFile(join(root, 'test/docs/library.ts'), 'utf8');
  const blocks = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, text]) => text ?? '');
  const [imports = '', ...shown] = blocks;
  for (const block of shown) t.true(source.includes(block.trim()), block);
  for (const name of Object.keys(examples)) t.true(page.includes(`function ${name}(`), name);
  const names = [...imports.matchAll(/\w+/g)].map(([word]) => word);
  const imported = names.slice(1, names.indexOf('from'));
  t.true(imported.length > 3);
  for (const name of imported) t.true(name in library, name);
});

test('stacks by tag and state', async t => {
  const {session, asked} = fakeCloud({
    'GET orchestration stacks': {body: {stacks: [stackRow('CREATE_COMPLETE')]}},
  });
  t.deepEqual(await examples.webStacks(await openHeat(session)), [
    'web CREATE_COMPLETE 2026-01-02T03:04:05Z',
  ]);
  t.deepEqual(asked[0]?.options.query, {status: 'COMPLETE', tags: 'web'});
});

function row(name: string, status: string): object {
  return {resource_name: name, resource_status: status};
}

test('what failed', async t => {
  const heat = await heatOf({
    'GET orchestration stacks': {body: {stacks: [stackRow('CREATE_FAILED')]}},
    [`GET orchestration ${path}/resources`]: {
      body: {resources: [row('a', 'CREATE_FAILED'), row('b', 'CREATE_COMPLETE')]},
    },
  });
  t.deepEqual(
    (await examples.failedResources(heat, 'web')).map(({name}) => name),
    ['a'],
  );
});

test('a network made and read', async t => {
  const outputs = [{output_key: 'id', output_value: 'net-id'}];
  const heat = await heatOf({
    [`GET orchestration ${path}/events`]: eventPages([{id: 'e1', status: 'CREATE_COMPLETE'}]),
    [`GET orchestration ${path}`]: {body: {stack: stackRow('CREATE_COMPLETE', {outputs})}},
  });
  t.is(await examples.makeNetwork(heat, 'web'), 'net-id');
});

test('a stack suspended', async t => {
  const heat = await heatOf({
    [`POST orchestration ${path}/actions`]: {status: 202},
    [`GET orchestration ${path}/events`]: eventPages([], [{id: 'e2', status: 'SUSPEND_COMPLETE'}]),
    [`GET orchestration ${path}`]: {body: {stack: stackRow('SUSPEND_COMPLETE')}},
  });
  t.is(await examples.suspendFor(heat, stack, new AbortController().signal), 'SUSPEND_COMPLETE');
});

test('a stack deleted, or not', async t => {
  const links = [{rel: 'stack', href: `http://heat/v1/p1/stacks/web/${stackId}`}];
  const kept = {
    resource_name: 'data',
    resource_type: 'OS::Cinder::Volume',
    physical_resource_id: 'v1',
    links,
  };
  const heat = await heatOf({
    [`GET orchestration ${path}/resources`]: {body: {resources: [kept]}},
    [`GET orchestration ${path}/template`]: {body: {resources: {data: {deletion_policy: 'Retain'}}}},
  });
  await t.throwsAsync(examples.deleteButTell(heat, stack), {message: 'look at the volumes first'});
  const gone = await heatOf({
    [`GET orchestration ${path}`]: {status: 404},
    [`DELETE orchestration ${path}`]: {status: 204},
    [`GET orchestration ${path}/events`]: eventPages([]),
  });
  t.deepEqual(await examples.deleteButTell(gone, stack), []);
});

test('types, versions and builds', async t => {
  const heat = await heatOf({
    'GET orchestration resource_types/OS%3A%3ANeutron%3A%3ANet': {
      body: {properties: {name: {type: 'string', update_allowed: true}}},
    },
    'GET orchestration resource_types/OS%3A%3ANo': {status: 404, body: {error: {message: 'no such type'}}},
    'GET orchestration template_versions': {
      body: {
        template_versions: [
          {version: 'heat_template_version.2018-08-31'},
          {version: 'heat_template_version.2013-05-23'},
        ],
      },
    },
    'GET orchestration build_info': {body: {engine: {revision: '19'}, api: {revision: '19'}}},
  });
  t.true(await examples.canUpdateInPlace(heat, 'OS::Neutron::Net', 'name'));
  t.false(await examples.canUpdateInPlace(heat, 'OS::Neutron::Net', 'other'));
  await t.throwsAsync(examples.canUpdateInPlace(heat, 'OS::No', 'x'), {message: /unknown: no such type/});
  t.is(await examples.about(heat), 'heat-engine 19, templates up to heat_template_version.2018-08-31');
});

test('a cloud that clouds.yaml lacks', async t => {
  await t.throwsAsync(examples.connect('no-such-cloud-anywhere'), {instanceOf: library.RekindleError});
});

test('images go along', async t => {
  const {source, from, to} = await pair(t);
  source.add('264dfde3-36f9-48ac-b5be-8a479d4c5bf0', 100, {name: 'debian-like'});
  source.add('79bf3af9-34e2-4cf7-b424-bc7042306416', 100, {name: 'cirros-like'});
  const values = await examples.copyImagesOf(
    join(root, 'samples/web'),
    [from, to],
    new AbortController().signal,
  );
  t.deepEqual(values, {image_cirros_like: 'cirros-like', image_debian_like: 'debian-like'});
});
