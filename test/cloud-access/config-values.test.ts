import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {parseConfig} from '../../src/cloud/config/yaml.ts';
import {entry, one} from './support/settings.ts';

const yaml = (auth: string): string =>
  `clouds:\n  c:\n    auth:\n      auth_url: http://k.test\n      username: ann\n      password: p\n      ${auth}\n`;

test('yaml: plain scalars are read as PyYAML reads them', t => {
  const values = [
    '0123',
    '1.10',
    '10:30',
    '1_000',
    '0x1f',
    '0b11',
    '2.0',
    '1.0e+3',
    '+5',
    '-0',
    'y',
    '1e3',
    '08',
    '2024-01-01',
  ];
  const {root} = parseConfig(values.map((value, index) => `k${index}: ${value}`).join('\n'), false);
  // Printed by Python: [str(v) for v in yaml.safe_load(...).values()]
  t.deepEqual(Object.values(root as object), [
    '83',
    '1.1',
    '630',
    '1000',
    '31',
    '3',
    '2.0',
    '1000.0',
    '5',
    '0',
    'y',
    '1e3',
    '08',
    '2024-01-01',
  ]);
});

test('yaml: booleans, null, quotes, merge keys and anchors', t => {
  const text = 'a: &a {x: yes, y: off, n: ~, e: , q: "0123", t: !!str 12}\nb:\n  <<: *a\n  x: 1\n';
  t.deepEqual(parseConfig(text, false).root, {
    a: {x: true, y: false, q: '0123', t: '12'},
    b: {x: '1', y: false, q: '0123', t: '12'},
  });
});

test('yaml: a long number keeps its digits', t => {
  t.deepEqual(parseConfig('a: 12345678901234567890123', false).root, {a: '12345678901234567890123'});
});

test('yaml: an unquoted scalar that changes is warned of, without its value', async t => {
  const {settings, heard} = await one(yaml('project_id: 01234567'));
  t.is(settings.auth['project_id'], '342391');
  const warning = heard.find(({level}) => level === 'warn')?.message ?? '';
  t.regex(warning, /clouds\.c\.auth\.project_id is unquoted.*put it in quotes/u);
  t.false(warning.includes('01234567') || warning.includes('342391'));
});

test('yaml: an all-digit id stays as it is, and nothing is warned of', async t => {
  const {settings, heard} = await one(yaml('project_id: 1234567'));
  t.is(settings.auth['project_id'], '1234567');
  t.false(heard.some(({level}) => level === 'warn'));
});

test('yaml: other entries are not warned of', async t => {
  const text = `${yaml('project_id: 1')}  d:\n    auth: {project_id: 0777}\n`;
  const {heard} = await one(text, {options: {osCloud: 'c'}});
  t.false(heard.some(({level}) => level === 'warn'));
});

test('values: a boolean where text is due says to quote it', async t => {
  const error = await t.throwsAsync(
    one('clouds: {c: {auth: {auth_url: "http://k", username: ann, password: yes}}}'),
    {
      instanceOf: RekindleError,
    },
  );
  t.is(error.code, 'config');
  t.regex(error.message, /\/here\/clouds\.yaml: clouds\.c\.auth: password is a YAML boolean/u);
  t.regex(error.hint ?? '', /quotes/u);
});

test('tls: verify takes true, false, 1, 0, yes and no as words too, and nothing else', async t => {
  for (const [value, verify] of [
    ['false', false],
    ['no', false],
    ['0', false],
    ['TRUE', true],
    ['1', true],
  ] as const) {
    t.is((await one(entry({verify: value}))).settings.tls.verify, verify, value);
  }
  const error = await t.throwsAsync(one(entry({verify: 'maybe'})), {instanceOf: RekindleError});
  t.regex(error.message, /verify is neither true nor false/u);
});

test('tls: insecure beats verify', async t => {
  t.false((await one(entry({verify: true, insecure: true}))).settings.tls.verify);
  t.false(
    (await one(entry({verify: true}), {env: {OS_CLOUD: 'c', OS_INSECURE: 'true'}})).settings.tls.verify,
  );
  t.true((await one(entry({insecure: true}), {options: {insecure: false}})).settings.tls.verify);
});

test('tls: paths know ~ and the working directory', async t => {
  const {settings} = await one(entry({cacert: '~/ca.pem', cert: 'me.pem', key: '/abs/key.pem'}));
  t.like(settings.tls, {cacert: '/home/ann/ca.pem', cert: '/here/me.pem', key: '/abs/key.pem'});
});

test('interface: names, URL spellings and lists', async t => {
  t.deepEqual((await one(entry())).settings.interfaces, ['public']);
  t.deepEqual((await one(entry({interface: ['internal', 'publicURL']}))).settings.interfaces, [
    'internal',
    'public',
  ]);
  t.deepEqual((await one(entry(), {options: {osInterface: 'adminURL'}})).settings.interfaces, ['admin']);
  await t.throwsAsync(one(entry({interface: 'private'})), {
    instanceOf: RekindleError,
    message: /public, internal or admin/u,
  });
});

test('timeout: seconds from file or flag, and nothing else', async t => {
  t.is((await one(entry({api_timeout: 30}))).settings.timeout, 30);
  t.is((await one(entry({api_timeout: 30}), {options: {httpTimeout: 5}})).settings.timeout, 5);
  await t.throwsAsync(one(entry({api_timeout: 'soon'})), {
    instanceOf: RekindleError,
    message: /api_timeout/u,
  });
});

test('services: keys are looked up under the official type, then under its aliases', async t => {
  const {settings} = await one(
    entry({
      volume_api_version: 3,
      volumev3_endpoint_override: 'https://v.test',
      block_storage_region_name: 'R2',
      compute_default_microversion: '2.90',
      load_balancer_endpoint: 'https://lb.test',
      network_interface: 'internal',
      image_service_type: 'imagev2',
      image_service_name: 'glance',
    }),
    {options: {osApiVersions: {orchestration: '1'}}},
  );
  t.like(settings.service('block-storage'), {
    apiVersion: '3',
    endpointOverride: 'https://v.test',
    region: 'R2',
  });
  t.is(settings.service('compute').microversion, '2.90');
  t.is(settings.service('load-balancer').endpointOverride, 'https://lb.test');
  t.deepEqual(settings.service('network').interfaces, ['internal']);
  t.like(settings.service('image'), {serviceType: 'imagev2', serviceName: 'glance'});
  t.is(settings.service('orchestration').apiVersion, '1');
  t.deepEqual(settings.overridden, ['block-storage', 'load-balancer']);
});

test('services: variables and flags set them too', async t => {
  const env = {OS_CLOUD: 'c', OS_COMPUTE_API_VERSION: '2.80', OS_IMAGE_ENDPOINT_OVERRIDE: 'https://i.test'};
  const {settings} = await one(entry(), {env, options: {osApiVersions: {compute: '2.90'}}});
  t.is(settings.service('compute').apiVersion, '2.90');
  t.is(settings.service('image').endpointOverride, 'https://i.test');
});

test('networks: the flags of each entry', async t => {
  const {settings} = await one(
    entry({networks: [{name: 'public', routes_externally: true, 'default-interface': 'yes'}, {name: 'lan'}]}),
  );
  t.deepEqual(settings.networks, [
    {name: 'public', routes_externally: true, default_interface: true},
    {name: 'lan', routes_externally: undefined, default_interface: undefined},
  ]);
});

test('domains: domain_* fills both where there is a project, and is the scope where there is none', async t => {
  const none = {user_domain_name: undefined, project_domain_name: undefined};
  const project = await one(entry({}, {...none, domain_name: 'corp'}));
  t.like(project.settings.auth, {user_domain_name: 'corp', project_domain_name: 'corp'});
  t.is(project.settings.auth['domain_name'], undefined);
  const scope = await one(
    entry({}, {...none, domain_name: 'corp', project_name: undefined, user_domain_id: 'd'}),
  );
  t.is(scope.settings.auth['domain_name'], 'corp');
});

test('domains: none at all means the id default, which is told', async t => {
  const {settings, heard} = await one(
    entry({}, {user_domain_name: undefined, project_domain_name: undefined}),
  );
  t.like(settings.auth, {user_domain_id: 'default', project_domain_id: 'default'});
  t.true(settings.domainAssumed);
  t.true(heard.some(({level, message}) => level === 'info' && message.includes('id "default"')));
});

test('domains: default_domain comes before that', async t => {
  const {settings} = await one(entry({}, {user_domain_name: undefined, project_domain_name: undefined}), {
    options: {osDefaultDomain: 'dd'},
  });
  t.like(settings.auth, {user_domain_id: 'dd', project_domain_id: 'dd'});
  t.false(settings.domainAssumed);
});

test('auth type: told from what is there', async t => {
  const base = {username: undefined, password: undefined, project_name: undefined};
  const types = await Promise.all([
    one(entry({}, {...base, application_credential_id: 'i', application_credential_secret: 's', token: 't'})),
    one(entry({}, {...base, auth_url: undefined, token: 't', endpoint: 'http://k.test/v3'})),
    one(entry({}, {...base, token: 't'})),
    one(entry()),
  ]);
  t.deepEqual(
    types.map(({settings}) => settings.authType),
    ['v3applicationcredential', 'admin_token', 'token', 'password'],
  );
});

test('auth type: aliases, and a provider’s spelling', async t => {
  const auth = {
    application_credential_id: 'i',
    application_credential_secret: 's',
    token: 't',
    endpoint: 'http://e.test',
  };
  const type = async (auth_type: string) => (await one(entry({auth_type}, auth))).settings.authType;
  t.is(await type('v3password'), 'password');
  t.is(await type('v3token'), 'token');
  t.is(await type('token_endpoint'), 'admin_token');
  t.is(await type('v3application_credential'), 'v3applicationcredential');
  t.is(await type('None'), 'none');
  t.is(await type(''), 'none');
});

test('auth type: v2password and v3websso are refused with the way out', async t => {
  const v2 = await t.throwsAsync(one(entry({auth_type: 'v2password'})), {instanceOf: RekindleError});
  t.is(v2.code, 'config');
  t.regex(v2.hint ?? '', /v2\.0 is gone/u);
  const sso = await t.throwsAsync(one(entry({auth_type: 'v3websso'})), {instanceOf: RekindleError});
  t.regex(sso.hint ?? '', /openstack token issue.*v3token/u);
  const other = await t.throwsAsync(one(entry({auth_type: 'v3kerberos'})), {instanceOf: RekindleError});
  t.regex(other.hint ?? '', /supported are password/u);
});

test('application credential: project and domain keys are dropped with a debug note', async t => {
  const {settings, heard} = await one(
    entry({}, {application_credential_id: 'i', application_credential_secret: 's'}),
  );
  t.is(settings.auth['project_name'], undefined);
  t.true(heard.some(({level, message}) => level === 'debug' && message.includes('project_name')));
});

test('password: asked for on a terminal', async t => {
  const questions: string[] = [];
  const prompt = (question: string): Promise<string> => {
    questions.push(question);
    return Promise.resolve('typed');
  };
  const {settings} = await one(entry({}, {password: undefined}), {prompt});
  t.is(settings.auth['password'], 'typed');
  t.deepEqual(questions, ['Password of ann (cloud c): ']);
});

test('password: off a terminal the flag, the variable and the key are named', async t => {
  const error = await t.throwsAsync(one(entry({}, {password: undefined})), {instanceOf: RekindleError});
  t.is(error.code, 'config');
  t.is(error.message, 'Cloud c: password is missing');
  t.regex(
    error.hint ?? '',
    /auth\.password in the entry c of \/here\/clouds\.yaml, OS_PASSWORD, or --os-password/u,
  );
});

test('address: one that is missing or no HTTP address is refused', async t => {
  await t.throwsAsync(one(entry({}, {auth_url: undefined})), {
    instanceOf: RekindleError,
    message: /auth_url is missing/u,
  });
  await t.throwsAsync(one(entry({}, {auth_url: 'keystone:5000'})), {
    instanceOf: RekindleError,
    message: /not an HTTP address/u,
  });
});
