import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {REFUSED, cloud, open, row, tokenReply, serviceOf} from './support/keystone.ts';
import {type Handler} from './support/server.ts';
import {testClock} from './support/surroundings.ts';

const NETWORKS: Handler = () => ({json: {networks: []}});
const soon = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

test('renewal: twenty calls at once after the end of a token share one authentication', async t => {
  const server = await cloud(
    t,
    ({headers}) => (headers['x-auth-token'] === 'token-1' ? {json: {networks: []}} : REFUSED),
    async (_, count, url) => {
      await new Promise(resolve => setTimeout(resolve, 20));
      return tokenReply({id: `token-${count}`, catalog: [row('network', url)]});
    },
  );
  const {session} = await open(t, server);
  const network = await serviceOf(session, 'network');
  await Promise.all(Array.from({length: 20}, () => network.list('networks', 'networks')));
  t.is(server.auths().length, 2);
});

test('renewal: twenty calls shortly before the end share one, and nothing is refused', async t => {
  const clock = testClock();
  const server = await cloud(t, NETWORKS, (_, count, url) =>
    tokenReply({
      id: `token-${count}`,
      expires_at: soon(count === 0 ? 3600 : 7200),
      catalog: [row('network', url)],
    }),
  );
  const {session} = await open(t, server, {clock});
  const network = await serviceOf(session, 'network');
  await network.list('networks', 'networks');
  t.is(server.auths().length, 1);
  clock.advance(3_500_000);
  await Promise.all(Array.from({length: 20}, () => network.list('networks', 'networks')));
  t.is(server.auths().length, 2);
  t.is(server.seen.at(-1)?.headers['x-auth-token'], 'token-1');
});

test('renewal: a token that is refused again after renewal is an error and no loop', async t => {
  const server = await cloud(
    t,
    () => REFUSED,
    (_, count, url) => tokenReply({id: `t-${count}`, catalog: [row('network', url)]}),
  );
  const {session} = await open(t, server);
  const network = await serviceOf(session, 'network');
  const error = await t.throwsAsync(() => network.list('networks', 'networks'), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'auth');
  t.is(server.auths().length, 2);
  t.is(server.seen.filter(({url}) => url.endsWith('/networks')).length, 2);
});

test('renewal: identity itself may need it on all its places at once', async t => {
  const server = await cloud(
    t,
    ({headers}) => (headers['x-auth-token'] === 'token-0' ? REFUSED : {json: {projects: []}}),
    (_, count, url) => tokenReply({id: `token-${count}`, catalog: [row('identity', `${url}/identity/v3`)]}),
  );
  const {session} = await open(t, server);
  const identity = await serviceOf(session, 'identity');
  await Promise.all(Array.from({length: 6}, () => identity.list('auth/projects', 'projects')));
  t.is(server.auths().length, 2);
});

test('renewal: a clock that is wrong does not fetch a token for every request', async t => {
  const server = await cloud(t, NETWORKS, (_, __, url) =>
    tokenReply({expires_at: soon(-5000), catalog: [row('network', url)]}),
  );
  const {session} = await open(t, server);
  const network = await serviceOf(session, 'network');
  for (let i = 0; i < 5; i++) await network.list('networks', 'networks');
  t.is(server.auths().length, 1);
});

test('renewal: a failed one is told, and the next call tries again', async t => {
  const server = await cloud(
    t,
    ({headers}) => (headers['x-auth-token'] === 'token-2' ? {json: {networks: []}} : REFUSED),
    (_, count, url) =>
      count === 1 ? REFUSED : tokenReply({id: `token-${count}`, catalog: [row('network', url)]}),
  );
  const {session} = await open(t, server);
  const network = await serviceOf(session, 'network');
  const error = await t.throwsAsync(() => network.list('networks', 'networks'), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'auth');
  await t.notThrowsAsync(() => network.list('networks', 'networks'));
});

test('renewal: a given token that has ended says when', async t => {
  const expires = soon(60);
  const clock = testClock();
  const server = await cloud(
    t,
    () => REFUSED,
    (_, __, url) =>
      tokenReply({id: 'given', status: 200, expires_at: expires, catalog: [row('network', url)]}),
  );
  const {session} = await open(t, server, {clock, env: {OS_AUTH_TYPE: 'v3token', OS_TOKEN: 'given'}});
  const network = await serviceOf(session, 'network');
  clock.advance(120_000);
  const error = await t.throwsAsync(() => network.list('networks', 'networks'), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'auth');
  t.regex(error.message, new RegExp(`The token expired at ${expires} and can't be renewed`, 'u'));
  t.is(server.auths().length, 0);
});

test('renewal: a given token that is refused before its end says that, once', async t => {
  const server = await cloud(
    t,
    () => REFUSED,
    (_, __, url) => tokenReply({id: 'given', status: 200, catalog: [row('network', url)]}),
  );
  const {session} = await open(t, server, {env: {OS_AUTH_TYPE: 'v3token', OS_TOKEN: 'given'}});
  const network = await serviceOf(session, 'network');
  const error = await t.throwsAsync(() => network.list('networks', 'networks'), {
    instanceOf: RekindleError,
  });
  t.regex(error.message, /network rejects the token/u);
});
