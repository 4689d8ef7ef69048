import test from 'ava';

import {discover} from '../../src/cloud/discovery.ts';
import {chooseMicroversion, compareVersions, microversionHeaders} from '../../src/cloud/microversion.ts';
import {factsOf, officialType} from '../../src/cloud/service-types.ts';

const NOVA = {
  id: 'v2.1',
  status: 'CURRENT',
  version: '2.93',
  min_version: '2.1',
  links: [{rel: 'self', href: 'http://internal:8774/v2.1/'}],
};
const CINDER = {
  id: 'v3.0',
  status: 'CURRENT',
  version: '3.70',
  min_version: '3.0',
  links: [{rel: 'self', href: 'http://internal/v3/'}],
};

async function find(type: string, endpoint: string, documents: Readonly<Record<string, unknown>>) {
  const asked: string[] = [];
  const found = await discover(type, endpoint, 'pid', url => {
    asked.push(url);
    const body = documents[url];
    return Promise.resolve(body === undefined ? {status: 404, body: undefined} : {status: 300, body});
  });
  return {found, asked};
}

test('discovery: a versioned address costs one request', async t => {
  const {found, asked} = await find('compute', 'https://c.test/compute/v2.1/', {
    'https://c.test/compute/v2.1/': {version: NOVA},
  });
  t.deepEqual(asked, ['https://c.test/compute/v2.1/']);
  t.deepEqual(found, {
    url: 'https://c.test/compute/v2.1',
    version: 'v2.1',
    microversions: {min: '2.1', max: '2.93'},
  });
});

test('discovery: microversions that only the root names are those of that version alone', async t => {
  const magnum = {id: 'v1', status: 'CURRENT', min_version: '1.1', max_version: '1.11'};
  const {found, asked} = await find('container-infrastructure-management', 'https://c.test/magnum/v1', {
    'https://c.test/magnum/v1/': {id: 'v1', media_types: [], links: []},
    'https://c.test/magnum/': {name: 'OpenStack Magnum API', versions: [magnum]},
  });
  t.deepEqual(asked, ['https://c.test/magnum/v1/', 'https://c.test/magnum/']);
  t.deepEqual(found, {
    url: 'https://c.test/magnum/v1',
    version: 'v1',
    microversions: {min: '1.1', max: '1.11'},
  });

  const old = await find('compute', 'https://c.test/v2', {
    'https://c.test/v2/': {version: {id: 'v2.0', status: 'SUPPORTED', version: '', min_version: ''}},
    'https://c.test/': {versions: [NOVA]},
  });
  t.is(old.found.microversions, undefined);
});

test('discovery: services without microversions cost none', async t => {
  for (const type of [
    'network',
    'image',
    'orchestration',
    'load-balancer',
    'dns',
    'key-manager',
    'object-store',
    'identity',
    'alarm',
    'database',
    'message',
    'workflow',
    'application-container',
    'reservation',
  ]) {
    const {asked} = await find(type, 'https://c.test', {});
    t.deepEqual(asked, [], type);
  }
});

test('discovery: the project id steps aside and comes back', async t => {
  const {found, asked} = await find('block-storage', 'https://c.test/v3/pid', {
    'https://c.test/v3/': {versions: [CINDER]},
  });
  t.deepEqual(asked, ['https://c.test/v3/']);
  t.deepEqual(found, {
    url: 'https://c.test/v3/pid',
    version: 'v3.0',
    microversions: {min: '3.0', max: '3.70'},
  });
});

test('discovery: an address without version is asked at its root; only the version of the link is believed', async t => {
  const old = {...NOVA, id: 'v2.0', version: '', min_version: ''};
  const {found} = await find('compute', 'https://c.test/nova', {
    'https://c.test/nova/': {versions: [old, NOVA]},
  });
  t.is(found.url, 'https://c.test/nova/v2.1');
  t.is(found.version, 'v2.1');
});

test('discovery: a wrong major version is left for the right one', async t => {
  const {found, asked} = await find('shared-file-system', 'https://c.test/v1/pid', {
    'https://c.test/': {
      versions: [
        {id: 'v1.0', status: 'DEPRECATED'},
        {
          id: 'v2.0',
          status: 'CURRENT',
          version: '2.73',
          min_version: '2.0',
          links: [{rel: 'self', href: 'x/v2/'}],
        },
      ],
    },
  });
  t.deepEqual(asked, ['https://c.test/']);
  t.is(found.url, 'https://c.test/v2/pid');
});

const at = async (version: string) =>
  (
    await find('block-storage', 'https://c.test/v3', {
      'https://c.test/v3/': {versions: [{...CINDER, version}]},
    })
  ).found.url;

test('discovery: Cinder below 3.67 needs the project id even where the catalog lacks it', async t => {
  t.is(await at('3.66'), 'https://c.test/v3/pid');
  t.is(await at('3.67'), 'https://c.test/v3');
});

test('discovery: every shape of document, and experimental versions are no versions', async t => {
  for (const body of [{versions: {values: [NOVA]}}, {versions: [NOVA]}, {version: NOVA}, NOVA]) {
    const {found} = await find('compute', 'https://c.test/v2.1', {'https://c.test/v2.1/': body});
    t.is(found.microversions?.max, '2.93');
  }
  const experimental = {...NOVA, id: 'v2.9', status: 'EXPERIMENTAL', version: '2.999'};
  const {found} = await find('compute', 'https://c.test/v2.1', {
    'https://c.test/v2.1/': {versions: [experimental, NOVA]},
  });
  t.is(found.microversions?.max, '2.93');
});

test('discovery: max_version is read as version is', async t => {
  const {version, ...rest} = NOVA;
  const body = {version: {...rest, max_version: version}};
  t.is(
    (await find('compute', 'https://c.test/v2.1', {'https://c.test/v2.1/': body})).found.microversions?.max,
    '2.93',
  );
});

test('discovery: where nothing is found the catalog’s address is used, and the failure told', async t => {
  const {found, asked} = await find('block-storage', 'https://c.test/vol', {});
  t.deepEqual(asked, ['https://c.test/vol/']);
  t.is(found.url, 'https://c.test/vol/v3/pid');
  t.is(found.microversions, undefined);
  t.regex(found.failure ?? '', /no version document \(\/vol\/ answered 404\)/u);
});

const COMPUTE = factsOf('compute').microversions ?? {name: '', highest: ''};
const choose = (max: string, asked?: string) => chooseMicroversion(COMPUTE, {min: '2.1', max}, asked);

test('microversion: the lower of what the server has and what was tested', t => {
  t.deepEqual(choose('2.93'), {microversion: '2.93'});
  t.deepEqual(choose('2.104'), {microversion: '2.100'});
  t.is(compareVersions('2.9', '2.10') < 0, true);
});

test('microversion: what the user asks for counts within the server’s range', t => {
  t.deepEqual(choose('2.93', '2.80'), {microversion: '2.80'});
  t.like(choose('2.93', '2.96'), {
    microversion: '2.93',
    warning: "microversion 2.96 is above the cloud's 2.93; using 2.93",
  });
  t.like(choose('2.104', '2.103'), {
    microversion: '2.103',
    warning: 'microversion 2.103 is above 2.100, the highest tested',
  });
});

test('microversion: 2.1 of an old openrc means the API and is told', t => {
  t.like(choose('2.93', '2.1'), {
    microversion: '2.93',
    warning: 'microversion 2.1 is below 2.64, the lowest we read; using 2.93',
  });
});

test('microversion: an old server is used as it is, with a warning', t => {
  t.like(choose('2.60'), {
    microversion: '2.60',
    warning: "the cloud's microversion 2.60 is below 2.64: some fields can't be read",
  });
});

const headers = (type: string, version: string | null | undefined) =>
  microversionHeaders(factsOf(officialType(type)).microversions, type, version);

test('microversion: every service has its own names for the headers', t => {
  t.deepEqual(headers('compute', '2.90'), {
    'openstack-api-version': 'compute 2.90',
    'x-openstack-nova-api-version': '2.90',
  });
  t.deepEqual(headers('block-storage', '3.70'), {'openstack-api-version': 'volume 3.70'});
  t.deepEqual(headers('shared-file-system', '2.73'), {
    'openstack-api-version': 'shared-file-system 2.73',
    'x-openstack-manila-api-version': '2.73',
  });
  t.deepEqual(headers('container-infra', '1.11'), {'openstack-api-version': 'container-infra 1.11'});
  t.deepEqual(headers('placement', '1.39'), {'openstack-api-version': 'placement 1.39'});
  t.deepEqual(headers('compute', null), {});
  t.deepEqual(headers('compute', undefined), {});
});
