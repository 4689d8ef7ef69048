import test from 'ava';
import {messageOf} from '../../src/model/errors.ts';
import {openReplay} from '../support/replay/session.ts';
import {startReplay} from '../support/replay/server.ts';
import {recording} from './small.ts';

test('a session opens with any password, and a list is served page by page', async t => {
  const {session, replay, close} = await openReplay(recording);
  t.teardown(close);
  t.is(session.identity.project?.name, 'shop');
  const network = await session.service('network');
  const found = await network?.list('networks', 'networks', {query: {project_id: 'p1'}});
  t.deepEqual(found, [{id: 'n1'}, {id: 'n2'}]);
  t.deepEqual(replay.misses, []);
});

test('the wrong password, project or token is refused as it was recorded', async t => {
  const error = await t.throwsAsync(openReplay(recording, {password: 'wrong'}), {code: 'auth'});
  t.regex(messageOf(error), /rejects user dana/);
  const elsewhere = {...recording, project: {...recording.project, name: 'elsewhere'}};
  const replay = await startReplay(recording);
  t.teardown(async () => replay.close());
  const request = {
    auth: {identity: {methods: ['password']}, scope: {project: {name: elsewhere.project.name}}},
  };
  const answer = await fetch(`${replay.authUrl}/auth/tokens`, {
    method: 'POST',
    body: JSON.stringify(request),
  });
  t.is(answer.status, 401);
  t.is((await fetch(`${replay.origin}/network/v2.0/networks?project_id=p1`)).status, 401);
});

test('what was not recorded is a miss, and no empty answer', async t => {
  const replay = await startReplay(recording);
  t.teardown(async () => replay.close());
  const answer = await fetch(`${replay.origin}/network/v2.0/ports?x=1`);
  t.is(answer.status, 501);
  t.deepEqual(replay.misses, ['GET /network/v2.0/ports?x=1']);
});

test('the order of a query means nothing, the microversion does where it was recorded', async t => {
  const replay = await startReplay(recording);
  t.teardown(async () => replay.close());
  const {origin} = replay;
  const token = (await fetch(`${replay.authUrl}/auth/tokens`, login)).headers.get('x-subject-token') ?? '';
  const ask = async (path: string, headers: Record<string, string> = {}): Promise<string> =>
    (await fetch(`${origin}${path}`, {headers: {'x-auth-token': token, ...headers}})).text();
  t.is(
    await ask('/network/v2.0/networks?marker=n1&project_id=p1'),
    await ask('/network/v2.0/networks?project_id=p1&marker=n1'),
  );
  t.is(
    await ask('/compute/v2.1/servers/detail', {'openstack-api-version': 'compute 2.93'}),
    '{"servers": [{"id": "new"}]}',
  );
  t.is(await ask('/compute/v2.1/servers/detail'), '{"servers": [{"id": "old"}]}');
});

test('addresses in answers lead back to the replay', async t => {
  const replay = await startReplay(recording);
  t.teardown(async () => replay.close());
  const {token} = (await (await fetch(`${replay.authUrl}/auth/tokens`, login)).json()) as {
    token: {catalog: {endpoints: {url: string}[]}[]; expires_at: string};
  };
  for (const {endpoints} of token.catalog) {
    for (const {url} of endpoints) t.true(url.startsWith(`${replay.origin}/`), url);
  }
  t.true(Date.parse(token.expires_at) > Date.now());
});

test('faults: a status, a cut answer, a token that ends', async t => {
  let mode: 'status' | 'cut' | 'expire' | undefined = 'status';
  const {session, close} = await openReplay(recording, {
    fault: ({path, before}) => {
      if (!path.endsWith('/networks') || mode === undefined) return undefined;
      if (mode === 'status') return before === 0 ? {status: 503, headers: {'retry-after': '0'}} : undefined;
      if (mode === 'cut') return before % 2 === 0 ? {cut: 5} : undefined;
      mode = undefined;
      return 'expire';
    },
  });
  t.teardown(close);
  const network = await session.service('network');
  for (const next of ['cut', 'expire', undefined] as const) {
    const found = await network?.list('networks', 'networks', {query: {project_id: 'p1'}});
    t.deepEqual(found, [{id: 'n1'}, {id: 'n2'}]);
    mode = next;
  }
});

const login = {
  method: 'POST',
  body: JSON.stringify({
    auth: {
      identity: {methods: ['password'], password: {user: {password: 'x'}}},
      scope: {project: {name: 'shop'}},
    },
  }),
};
