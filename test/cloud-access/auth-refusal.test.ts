import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {REFUSED, cloud, open, row, tokenReply} from './support/keystone.ts';

test('auth: a wrong password names the user, the domain, the host and what may be wrong', async t => {
  const server = await cloud(t, undefined, () => REFUSED);
  const error = await t.throwsAsync(open(t, server), {instanceOf: RekindleError});
  t.is(error.code, 'auth');
  t.is(
    error.message,
    `Keystone at ${new URL(server.url).host} rejects user ann of the domain Default or the password`,
  );
  t.is(
    error.hint,
    'the password is wrong, the user does not exist or the user has no role in the project web',
  );
  t.is(server.seen.length, 1);
});

test('auth: after an assumed domain a rejection says so', async t => {
  const server = await cloud(t, undefined, () => REFUSED);
  const env = {OS_USER_DOMAIN_NAME: '', OS_PROJECT_DOMAIN_NAME: ''};
  const error = await t.throwsAsync(open(t, server, {env}), {instanceOf: RekindleError});
  t.regex(error.hint ?? '', /the id "default" was taken: set user_domain_name and project_domain_name/u);
});

test('auth: a rejected application credential and an expired token read differently', async t => {
  const server = await cloud(t, undefined, () => REFUSED);
  const credential = {
    OS_AUTH_TYPE: 'v3applicationcredential',
    OS_APPLICATION_CREDENTIAL_ID: 'ac-1',
    OS_APPLICATION_CREDENTIAL_SECRET: 'hunter22',
  };
  const first = await t.throwsAsync(open(t, server, {env: credential}), {instanceOf: RekindleError});
  t.regex(first.message, /rejects the application credential ac-1/u);
  const second = await t.throwsAsync(
    open(t, server, {env: {OS_AUTH_TYPE: 'v3token', OS_TOKEN: 'hunter22'}}),
    {
      instanceOf: RekindleError,
    },
  );
  t.regex(second.message, /rejects the token/u);
  t.regex(second.hint ?? '', /expired or was revoked/u);
  t.false(JSON.stringify([first, second]).includes('hunter22'));
});

test('auth: an address without Keystone says so', async t => {
  const server = await cloud(t, undefined, () => ({status: 404, text: '<h1>Not Found</h1>'}));
  const error = await t.throwsAsync(open(t, server), {instanceOf: RekindleError});
  t.is(error.code, 'config');
  t.regex(error.message, /There is no Keystone v3 at .*\/identity\/v3 \(404: Not Found\)/u);
});

test('auth: an answer without a token is a protocol error', async t => {
  const server = await cloud(t, undefined, () => ({text: '<html>Welcome to nginx</html>'}));
  const error = await t.throwsAsync(open(t, server), {instanceOf: RekindleError});
  t.is(error.code, 'protocol');
});

test('auth: an overloaded Keystone is asked again', async t => {
  const server = await cloud(t, undefined, (_, count) => (count < 2 ? {status: 503} : tokenReply()));
  await open(t, server);
  t.is(server.auths().length, 3);
});

test('auth: a passcode is sent only once', async t => {
  const server = await cloud(t, undefined, () => ({status: 503, text: 'busy'}));
  const env = {OS_AUTH_TYPE: 'v3totp', OS_USER_ID: 'u', OS_PASSCODE: '123456'};
  const error = await t.throwsAsync(open(t, server, {env}), {instanceOf: RekindleError});
  t.is(error.code, 'http');
  t.is(server.auths().length, 1);
});

const RECEIPT = {
  status: 401,
  headers: {'openstack-auth-receipt': 'receipt-1'},
  json: {
    receipt: {methods: ['password']},
    required_auth_methods: [
      ['password', 'totp'],
      ['password', 'totp', 'x'],
    ],
  },
};

test('auth: a receipt is not a bad password: the missing method is named, with the settings to use', async t => {
  const server = await cloud(t, undefined, () => RECEIPT);
  const error = await t.throwsAsync(open(t, server), {instanceOf: RekindleError});
  t.is(error.code, 'auth');
  t.regex(error.message, /accepted password and wants totp as well: .*multi-factor/u);
  t.regex(error.hint ?? '', /auth_type v3multifactor with auth_methods \[v3password, v3totp\]/u);
});

test('auth: with a terminal the passcode is asked for and sent with the receipt', async t => {
  const server = await cloud(t, undefined, (_, count) => (count === 0 ? RECEIPT : tokenReply()));
  await open(t, server, {prompt: () => Promise.resolve('123456')});
  const second = server.seen[1];
  t.is(second?.headers['openstack-auth-receipt'], 'receipt-1');
  t.like(server.auths()[1], {
    auth: {
      identity: {methods: ['totp'], totp: {user: {passcode: '123456'}}},
      scope: {project: {name: 'web'}},
    },
  });
});

test('auth: nothing that is logged holds a password, a token or the catalog', async t => {
  const server = await cloud(
    t,
    () => ({json: {servers: []}}),
    (_, __, url) => tokenReply({id: 'hunter22-token', catalog: [row('network', `${url}/hunter22-catalog`)]}),
  );
  const {session, heard} = await open(t, server, {env: {OS_PASSWORD: 'hunter22-pass'}});
  await session.service('network');
  t.true(heard.length > 2);
  t.false(JSON.stringify([heard, session.requests]).includes('hunter22-pass'));
  t.false(JSON.stringify([heard, session.requests]).includes('hunter22-token'));
  t.false(JSON.stringify(heard).includes('hunter22-catalog'));
});
