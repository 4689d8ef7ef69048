import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {HERE, entry, one, settle} from './support/settings.ts';

const PUBLIC = '/here/clouds-public.yaml';

const key = (value: string) => ({auth: {user_domain_name: value}});

test('merge: flags beat environment beats region beats secure beats entry beats profile', async t => {
  const layers: [string, object][] = [
    ['profile', {files: {[PUBLIC]: {'public-clouds': {p: key('profile')}}}}],
    ['entry', {entry: key('entry')}],
    ['secure', {files: {'/here/secure.yaml': {clouds: {c: key('secure')}}}}],
    ['region', {region: key('region')}],
    ['environment', {env: {OS_CLOUD: 'c', OS_USER_DOMAIN_NAME: 'environment'}}],
    ['flags', {options: {osUserDomainName: 'flags'}}],
  ];
  const seen: (string | undefined)[] = [];
  for (let count = 1; count <= layers.length; count++) {
    const merged: {files: object; entry: {auth?: object}; region: object; env: object; options: object} = {
      files: {},
      entry: {},
      region: {},
      env: {},
      options: {},
    };
    for (const [, layer] of layers.slice(0, count)) {
      for (const [name, value] of Object.entries(layer))
        Object.assign(merged[name as keyof typeof merged], value);
    }
    const base = {auth_url: 'http://k.test', username: 'ann', password: 'p', project_id: 'x'};
    const c = {
      ...merged.entry,
      profile: 'p',
      auth: {...base, ...merged.entry.auth},
      regions: [{name: 'R', values: merged.region}],
    };
    const {settings} = await settle({
      files: {...merged.files, [HERE]: {clouds: {c}}},
      env: merged.env as Record<string, string>,
      options: merged.options,
    });
    seen.push(settings.auth['user_domain_name']);
  }
  t.deepEqual(
    seen,
    layers.map(([name]) => name),
  );
});

test('merge: overlays replace top-level keys and keep the rest of auth', async t => {
  const files = {
    [PUBLIC]: {
      'public-clouds': {p: {auth: {auth_url: 'https://p.test/v3'}, interface: 'internal', region_name: 'P'}},
    },
    [HERE]: {
      clouds: {c: {profile: 'p', region_name: 'E', auth: {username: 'ann', password: 'p', project_id: 'x'}}},
    },
  };
  const {settings} = await settle({files});
  t.like(settings.auth, {auth_url: 'https://p.test/v3', username: 'ann'});
  t.deepEqual([settings.region, settings.interfaces], ['E', ['internal']]);
});

test('merge: a project name from above replaces a project id from below, and the other way', async t => {
  const byId = entry({}, {project_name: undefined, project_id: 'p-1'});
  const named = await one(byId, {options: {osProjectName: 'web2'}});
  t.is(named.settings.auth['project_id'], undefined);
  t.is(named.settings.auth['project_name'], 'web2');
  const withId = await one(entry(), {env: {OS_CLOUD: 'c', OS_PROJECT_ID: 'p-2'}});
  t.is(withId.settings.auth['project_name'], undefined);
  t.is(withId.settings.auth['project_id'], 'p-2');
});

test('merge: a system scope from above replaces the project, and the other way', async t => {
  const system = await one(entry(), {options: {osSystemScope: 'all'}});
  t.is(system.settings.auth['project_name'], undefined);
  const project = await one(entry({}, {project_name: undefined, system_scope: 'all'}), {
    options: {osProjectId: 'p'},
  });
  t.is(project.settings.auth['system_scope'], undefined);
});

test('merge: of project id and name in one place the id counts, with a warning', async t => {
  const {settings, heard} = await one(entry({}, {project_id: 'p-1'}));
  t.is(settings.auth['project_id'], 'p-1');
  t.is(settings.auth['project_name'], undefined);
  t.true(heard.some(({level, message}) => level === 'warn' && message.includes('the id counts')));
});

test('keys: hyphens equal underscores, old names equal new ones', async t => {
  const {settings} = await one({
    'auth-plugin': 'v3password',
    endpoint_type: 'internalURL',
    volume_timeout: 30,
    compute_endpoint_type: 'adminURL',
    auth: {
      'auth-url': 'http://k.test',
      'user-name': 'ann',
      password: 'p',
      'tenant-name': 'web',
      'user-domain-id': 'd',
      project_domain_id: 'd',
    },
  });
  t.is(settings.authType, 'password');
  t.like(settings.auth, {username: 'ann', project_name: 'web', user_domain_id: 'd'});
  t.deepEqual(settings.interfaces, ['internal']);
  t.is(settings.timeout, 30);
  t.deepEqual(settings.service('compute').interfaces, ['admin']);
});

test('keys: project, domain, token and passcode at top level beat auth; others only fill it', async t => {
  const {settings} = await one(
    entry({project_name: 'top', username: 'top', auth_token: 'top'}, {token: 'inner'}),
  );
  t.like(settings.auth, {project_name: 'top', token: 'top', username: 'ann'});
});

test('keys: unknown ones are ignored', async t => {
  await t.notThrowsAsync(one(entry({statsd: {host: 'x'}, floating_ip_source: 'neutron', x: ['{y}', '{']})));
});

test('regions: the first of the list, with its values, where none is asked for', async t => {
  const c = entry({regions: [{name: 'A', values: {interface: 'admin', auth: {username: 'a'}}}, 'B']});
  const first = await one(c);
  t.is(first.settings.region, 'A');
  t.deepEqual(first.settings.interfaces, ['admin']);
  t.like(first.settings.auth, {username: 'a', password: 'ann-pass'});
  const other = await one(c, {options: {osRegionName: 'B'}});
  t.is(other.settings.region, 'B');
  t.is(other.settings.auth['username'], 'ann');
});

test('regions: one that is not listed is refused, case counts', async t => {
  const error = await t.throwsAsync(
    one(entry({regions: ['A', 'B']}), {env: {OS_CLOUD: 'c', OS_REGION_NAME: 'a'}}),
    {
      instanceOf: RekindleError,
    },
  );
  t.is(error.code, 'config');
  t.regex(error.message, /no region a; its regions are A, B/u);
});

test('regions: a malformed one is refused with the form it should have', async t => {
  const error = await t.throwsAsync(one(entry({regions: [{name: 'A', interface: 'x'}]})), {
    instanceOf: RekindleError,
  });
  t.regex(error.hint ?? '', /values/u);
});

test('regions: region_name may be overridden, and a list in it is deprecated', async t => {
  t.is((await one(entry({region_name: 'A'}), {options: {osRegionName: 'B'}})).settings.region, 'B');
  const list = await one(entry({region_name: 'A,B'}));
  t.is(list.settings.region, 'A');
  t.true(list.heard.some(({message}) => message.includes('deprecated')));
});

test('placeholders: filled in addresses and top-level texts, never in passwords', async t => {
  const c = entry(
    {region_name: 'ber', image_endpoint_override: 'https://image.{region_name}.test'},
    {auth_url: 'https://{region_name}.test/v3', password: '{region_name}'},
  );
  const {settings} = await one(c);
  t.is(settings.auth['auth_url'], 'https://ber.test/v3');
  t.is(settings.auth['password'], '{region_name}');
  t.is(settings.service('image').endpointOverride, 'https://image.ber.test');
});

test('placeholders: an address that holds an unknown one is refused', async t => {
  const error = await t.throwsAsync(one(entry({}, {auth_url: 'https://{zone}.test'})), {
    instanceOf: RekindleError,
  });
  t.regex(error.message, /auth_url holds \{zone\}/u);
});

test('profile: the old key cloud names one too', async t => {
  const files = {
    [PUBLIC]: {'public-clouds': {p: {auth: {auth_url: 'https://p.test'}}}},
    [HERE]: {clouds: {c: {cloud: 'p', auth: {username: 'ann', password: 'p', project_id: 'x'}}}},
  };
  t.is((await settle({files})).settings.auth['auth_url'], 'https://p.test');
});

test('profile: an address is asked for its published profile', async t => {
  const {settings, fetched} = await one(entry({profile: 'https://vendor.test/x'}, {auth_url: undefined}), {
    published: {
      'https://vendor.test/.well-known/openstack/api': {
        name: 'vendor',
        profile: {
          auth: {auth_url: 'https://k.vendor.test/v3'},
          regions: ['one', 'two'],
          status: 'deprecated',
        },
      },
    },
  });
  t.deepEqual(fetched, ['https://vendor.test/.well-known/openstack/api']);
  t.is(settings.auth['auth_url'], 'https://k.vendor.test/v3');
  t.is(settings.region, 'one');
});

test('profile: a name may lead to an address', async t => {
  const files = {
    [PUBLIC]: {'public-clouds': {v: {name: 'v', profile: 'https://vendor.test'}}},
    [HERE]: {clouds: {c: entry({profile: 'v'}, {auth_url: undefined})}},
  };
  const published = {
    'https://vendor.test/.well-known/openstack/api': {profile: {auth: {auth_url: 'https://k.test'}}},
  };
  t.is((await settle({files, published})).settings.auth['auth_url'], 'https://k.test');
});

test('profile: one that is shut down is an error, a missing one names itself', async t => {
  const files = {
    [PUBLIC]: {'public-clouds': {gone: {status: 'shutdown', message: 'moved away'}}},
    [HERE]: {clouds: {c: entry({profile: 'gone'}), d: entry({profile: 'none'}, {auth_url: undefined})}},
  };
  const gone = await t.throwsAsync(settle({files, options: {osCloud: 'c'}}), {instanceOf: RekindleError});
  t.regex(gone.message, /no longer exists: moved away/u);
  const none = await t.throwsAsync(settle({files, options: {osCloud: 'd'}}), {instanceOf: RekindleError});
  t.regex(none.message, /profile none is in no clouds-public\.yaml/u);
});

test('profile: a missing one is only a warning where the entry has an address', async t => {
  const {heard} = await one(entry({profile: 'none'}));
  t.true(heard.some(({level, message}) => level === 'warn' && message.includes('profile none')));
});
