import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {
  completed,
  endpointOf,
  endpointParts,
  endpointUrl,
  regionOf,
  serviceTypesOf,
} from '../../src/cloud/catalog.ts';
import {type CatalogEntry} from '../../src/cloud/auth/token.ts';
import {entry, one} from './support/settings.ts';

const PID = '1b2e374ad30847aea6ccfffe6e9f6231';

const item = (
  type: string,
  url: string,
  changes: Partial<{interface: string; region: string; name: string}> = {},
): CatalogEntry => ({
  type,
  name: changes.name ?? type,
  endpoints: [{interface: changes.interface ?? 'public', region: changes.region ?? 'R', url}],
});

const settings = async (changes: object = {}) => (await one(entry({region_name: 'R', ...changes}))).settings;

test('catalog: the official type beats its aliases, whatever the order', async t => {
  const catalog = [
    item('volume', 'http://a/v1'),
    item('volumev3', 'http://b/v3'),
    item('block-storage', 'http://c/v3'),
  ];
  t.is(endpointOf('block-storage', catalog, await settings()), 'http://c/v3');
  t.is(endpointOf('block-storage', catalog.slice(0, 2), await settings()), 'http://b/v3');
  t.is(endpointOf('block-storage', catalog.slice(0, 1), await settings()), 'http://a/v1');
});

test('catalog: no version 3 through volumev2', async t => {
  t.is(endpointOf('block-storage', [item('volumev2', 'http://a/v2/x')], await settings()), undefined);
});

test('catalog: aliases of every service', async t => {
  for (const [official, alias] of [
    ['shared-file-system', 'sharev2'],
    ['alarm', 'alarming'],
    ['container-infrastructure-management', 'container-infra'],
    ['workflow', 'workflowv2'],
    ['message', 'messaging'],
  ] as const) {
    t.is(endpointOf(official, [item(alias, 'http://x')], await settings()), 'http://x', official);
  }
  t.is(endpointOf('compute', [item('compute_legacy', 'http://x')], await settings()), undefined);
});

test('catalog: only the region counts, and a service may have its own', async t => {
  const catalog = [
    item('compute', 'http://a', {region: 'A'}),
    item('compute', 'http://r'),
    item('object-store', 'http://g', {region: 'GRA'}),
  ];
  const own = await settings({object_store_region_name: 'GRA'});
  t.is(endpointOf('compute', catalog, own), 'http://r');
  t.is(endpointOf('object-store', catalog, own), 'http://g');
  t.is(endpointOf('object-store', catalog, await settings()), undefined);
});

test('catalog: interfaces in their order of preference', async t => {
  const catalog = [item('image', 'http://p'), item('image', 'http://i', {interface: 'internal'})];
  t.is(
    endpointOf('image', catalog, await settings({interface: ['admin', 'internal', 'public']})),
    'http://i',
  );
  t.is(endpointOf('image', catalog, await settings({image_interface: 'admin'})), undefined);
});

test('catalog: service_type and service_name choose among several', async t => {
  const catalog = [
    item('image', 'http://old', {name: 'old'}),
    item('image', 'http://new', {name: 'new'}),
    item('imagex', 'http://x'),
  ];
  t.is(endpointOf('image', catalog, await settings({image_service_name: 'new'})), 'http://new');
  t.is(endpointOf('image', catalog, await settings({image_service_type: 'imagex'})), 'http://x');
});

test('catalog: types are official, sorted, with those set by hand, without those of other regions', async t => {
  const catalog = [
    item('volumev3', 'http://v'),
    item('network', 'http://n'),
    item('dns', 'http://d', {region: 'X'}),
  ];
  const types = serviceTypesOf(catalog, await settings({orchestration_endpoint_override: 'http://h'}));
  t.deepEqual(types, ['block-storage', 'network', 'orchestration']);
});

test('region: an unknown one lists those there are, with the right spelling', async t => {
  const catalog = [
    item('compute', 'http://a', {region: 'RegionOne'}),
    item('compute', 'http://b', {region: 'RegionTwo'}),
  ];
  const wrong = await settings({region_name: 'regionone'});
  const error = t.throws(() => regionOf(catalog, wrong), {instanceOf: RekindleError});
  t.is(error.code, 'config');
  t.regex(error.message, /has no region regionone; it has RegionOne, RegionTwo/u);
  t.is(error.hint, 'write it RegionOne');
});

test('region: the only one is taken, of several one must be named', async t => {
  const none = await settings({region_name: undefined});
  const two = [item('compute', 'http://a', {region: 'A'}), item('compute', 'http://b', {region: 'B'})];
  t.is(regionOf(two.slice(0, 1), none), 'A');
  t.is(regionOf([...two.slice(0, 1), item('object-store', 'http://g', {region: 'G'})], none), 'A');
  const error = t.throws(() => regionOf(two, none), {instanceOf: RekindleError});
  t.regex(error.message, /several regions and none was chosen: A, B/u);
  t.is(regionOf([], none), undefined);
});

test('endpoint: prefixes and project ids survive being taken apart', t => {
  for (const url of [
    'https://cloud.test/compute/v2.1',
    `https://cloud.test:8776/v3/${PID}`,
    `https://cloud.test/${PID}`,
    'http://10.0.0.1:9696',
    'https://cloud.test/networking/v2.0',
    'https://cloud.test/v1/AUTH_x',
  ]) {
    t.is(endpointUrl(endpointParts(url, PID)), url);
    t.is(endpointUrl(endpointParts(`${url}/`, PID)), url);
  }
});

test('endpoint: only what is missing is added, and nothing twice', t => {
  const url = (type: string, address: string): string =>
    endpointUrl(completed(type, endpointParts(address, PID), PID));
  t.is(url('network', 'http://n:9696'), 'http://n:9696/v2.0');
  t.is(url('network', 'http://n:9696/v2.0/'), 'http://n:9696/v2.0');
  t.is(url('image', 'http://i/image'), 'http://i/image/v2');
  t.is(url('load-balancer', 'http://l/v2.0'), 'http://l/v2.0');
  t.is(url('dns', 'http://d'), 'http://d/v2');
  t.is(url('key-manager', 'http://k'), 'http://k/v1');
  t.is(url('orchestration', `http://h/v1/${PID}`), `http://h/v1/${PID}`);
  t.is(url('orchestration', 'http://h/v1'), `http://h/v1/${PID}`);
  t.is(url('orchestration', 'http://h/heat'), `http://h/heat/v1/${PID}`);
  t.is(url('identity', 'http://k/v2.0'), 'http://k/v3');
  t.is(url('object-store', 'http://s/v1/AUTH_x'), 'http://s/v1/AUTH_x');
  t.is(url('placement', 'http://p'), 'http://p');
});
