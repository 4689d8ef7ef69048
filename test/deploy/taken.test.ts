/** Names that the target has already. */
import test from 'ava';
import {preflight} from '../../src/deploy/preflight.ts';
import type {ReportParameter} from '../../src/model/bundle.ts';
import {fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter} from '../support/stack.ts';

const zoneName: ReportParameter = {
  ...parameter('zone_name_example', 'zone', 'example.org.'),
  role: 'given',
  sets: [{kind: 'zone', id: 'z1', field: 'name'}],
};

async function checked(
  parameters: readonly ReportParameter[],
  resources: Readonly<Record<string, unknown>>,
  replies: Replies = {},
  given: Readonly<Record<string, unknown>> = {},
  without: readonly string[] = [],
) {
  const {session, asked} = fakeCloud(
    {
      ...heatReplies({'OS::Swift::Container': ['name'], 'OS::Designate::Zone': ['name']}),
      'GET dns quotas/p1': {body: {}},
      ...replies,
    },
    {without},
  );
  const bundle = bundleOf(parameters, resources);
  return {...(await preflight(session, bundle, {stack: 'web', parameters: given})), asked};
}

const zone = {zone: {type: 'OS::Designate::Zone', properties: {name: {get_param: 'zone_name_example'}}}};
const zones: Replies = {'GET dns zones': {body: {zones: [{id: 'z9', name: 'example.org.'}]}}};

test('a DNS zone that the target has is a problem, and another name is none', async t => {
  t.deepEqual((await checked([zoneName], zone, zones)).findings, [
    {
      severity: 'error',
      where: 'parameter zone_name_example',
      what: 'the target has a DNS zone "example.org." already',
      hint: 'give another name: -P zone_name_example=NAME',
    },
  ]);
  const other = await checked([zoneName], zone, zones, {zone_name_example: 'example.net.'});
  t.deepEqual(other.findings, []);
});

test('it is found also where something else was the first to use the name', async t => {
  const sets = [{kind: 'port', id: 'p', field: 'dns_domain'}, ...(zoneName.sets ?? [])];
  const {findings} = await checked([{...zoneName, kind: 'port', sets}], zone, zones);
  t.is(findings.length, 1);
});

test('a given value that is nobody’s name is not looked up', async t => {
  const url: ReportParameter = {
    ...parameter('alarm_action', 'zone', 'example.org.'),
    role: 'given',
    sets: [{kind: 'zone', id: 'z1', field: 'email'}],
  };
  const {findings, asked} = await checked([url], {}, zones);
  t.deepEqual(findings, []);
  t.false(asked.some(({service}) => service === 'dns'));
});

const box = (name: unknown): Readonly<Record<string, unknown>> => ({
  box: {type: 'OS::Swift::Container', properties: name === undefined ? {} : {name}},
});
const boxes: Replies = {'GET object-store ': {body: [{name: 'photos', count: 3}]}};

test('a container that the target has is a problem: Heat would take it over', async t => {
  const {findings} = await checked([], box('photos'), boxes);
  t.is(findings.length, 1);
  t.like(findings, [
    {
      severity: 'error',
      where: 'resource box',
      what: 'the target has a container "photos" already: Heat would take it over, and delete it with the stack',
    },
  ]);
  const named = {...parameter('box_name', 'container', 'photos'), role: 'data' as const};
  t.is((await checked([named], box({get_param: 'box_name'}), boxes)).findings.length, 1);
  const joined = {list_join: ['', ['pho', {get_param: 'end'}]]};
  const end = {...parameter('end', 'container', 'tos'), role: 'data' as const};
  t.is((await checked([end], box(joined), boxes)).findings.length, 1, 'put together of parts');
});

test('other containers, and one whose name Heat makes up, are none', async t => {
  const replaced = {str_replace: {template: 'photos', params: {}}};
  for (const name of ['Photos', 'photos2', undefined, replaced, {list_join: ['', ['dev-', 'photos']]}])
    t.deepEqual((await checked([], box(name), boxes)).findings, [], JSON.stringify(name));
});

test('where nothing can be listed nothing is taken', async t => {
  const refused: Replies = {'GET dns zones': {status: 403}, 'GET object-store ': {status: 403}};
  t.deepEqual((await checked([zoneName], {...zone, ...box('photos')}, refused)).findings, []);
  const without = await checked([zoneName], {...zone, ...box('photos')}, {}, {}, ['dns', 'object-store']);
  t.deepEqual(without.findings, []);
});

test('lists are read only where something is to be looked up in them', async t => {
  const {asked} = await checked([], {});
  t.false(asked.some(({service}) => service === 'dns' || service === 'object-store'));
});
