import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {cloud, open, tokenReply} from './support/keystone.ts';

test('auth: OpenID Connect by password, with the provider found by discovery', async t => {
  const server = await cloud(t, ({url, method}) => {
    if (url === '/discovery') return {json: {token_endpoint: `${server.url}/idp/token`}};
    if (url === '/idp/token') return {json: {access_token: 'access-1'}};
    return method === 'POST' && url.endsWith('/auth')
      ? tokenReply({project: null, id: 'unscoped'})
      : {status: 404};
  });
  const env = {
    OS_AUTH_TYPE: 'v3oidcpassword',
    OS_IDENTITY_PROVIDER: 'corp idp',
    OS_PROTOCOL: 'openid',
    OS_CLIENT_ID: 'client',
    OS_CLIENT_SECRET: 'secret',
    OS_DISCOVERY_ENDPOINT: `${server.url}/discovery`,
    OS_USERNAME: 'ann',
    OS_PASSWORD: 'p&1',
    OS_PROJECT_ID: 'p-1',
  };
  await open(t, server, {env});
  const [, token, federation] = server.seen;
  t.is(token?.body, 'scope=openid+profile&grant_type=password&username=ann&password=p%261');
  t.is(token?.headers.authorization, `Basic ${Buffer.from('client:secret').toString('base64')}`);
  t.is(federation?.url, '/identity/v3/OS-FEDERATION/identity_providers/corp%20idp/protocols/openid/auth');
  t.is(federation?.headers.authorization, 'Bearer access-1');
  t.like(server.auths()[0], {auth: {identity: {token: {id: 'unscoped'}}, scope: {project: {id: 'p-1'}}}});
});

test('auth: OpenID Connect by client credentials without a secret, and by access token', async t => {
  const server = await cloud(t, ({url}) =>
    url === '/idp' ? {json: {id_token: 'access-2'}} : tokenReply({project: null, id: 'unscoped'}),
  );
  const base = {OS_IDENTITY_PROVIDER: 'i', OS_PROTOCOL: 'p', OS_PROJECT_ID: 'p-1'};
  await open(t, server, {
    env: {
      ...base,
      OS_AUTH_TYPE: 'v3oidcclientcredentials',
      OS_CLIENT_ID: 'client',
      OS_ACCESS_TOKEN_ENDPOINT: `${server.url}/idp`,
      OS_ACCESS_TOKEN_TYPE: 'id_token',
    },
  });
  t.is(server.seen[0]?.body, 'scope=openid+profile&grant_type=client_credentials&client_id=client');
  t.is(server.seen[0]?.headers.authorization, undefined);
  await open(t, server, {env: {...base, OS_AUTH_TYPE: 'v3oidcaccesstoken', OS_ACCESS_TOKEN: 'mine'}});
  t.is(server.seen[3]?.headers.authorization, 'Bearer mine');
});

test('auth: a rejection by the identity provider names it and shows no secret', async t => {
  const server = await cloud(t, () => ({status: 400, json: {error: 'invalid_grant', hint: 'hunter22'}}));
  const env = {
    OS_AUTH_TYPE: 'v3oidcpassword',
    OS_IDENTITY_PROVIDER: 'i',
    OS_PROTOCOL: 'p',
    OS_CLIENT_ID: 'c',
    OS_ACCESS_TOKEN_ENDPOINT: `${server.url}/idp`,
    OS_USERNAME: 'ann',
    OS_PASSWORD: 'hunter22',
  };
  const error = await t.throwsAsync(open(t, server, {env}), {instanceOf: RekindleError});
  t.is(error.code, 'auth');
  t.regex(
    error.message,
    /identity provider at 127\.0\.0\.1:\d+ rejects the credentials \(400: invalid_grant\)/u,
  );
  t.false(error.message.includes('hunter22'));
});
