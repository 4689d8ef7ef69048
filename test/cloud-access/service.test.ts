import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {cloud, open, row, tokenReply, serviceOf} from './support/keystone.ts';
import {get, httpFor} from './support/http.ts';
import {type Handler, serve} from './support/server.ts';

const NOVA = {version: {id: 'v2.1', status: 'CURRENT', version: '2.96', min_version: '2.1', links: []}};

const nova =
  (handler: Handler): Handler =>
  (seen, count) =>
    seen.url === '/compute/v2.1/' ? {json: NOVA} : handler(seen, count);

const withCompute = (_: unknown, __: number, url: string) =>
  tokenReply({catalog: [row('compute', `${url}/compute/v2.1`)]});

test('service: found and asked for its version once, however many call at once', async t => {
  const server = await cloud(
    t,
    nova(() => ({json: {servers: []}})),
    withCompute,
  );
  const {session} = await open(t, server);
  const found = await Promise.all(Array.from({length: 10}, () => session.service('compute')));
  t.is(new Set(found).size, 1);
  t.is(server.seen.filter(({url}) => url === '/compute/v2.1/').length, 1);
  t.like(found[0], {
    type: 'compute',
    version: 'v2.1',
    microversion: '2.96',
    microversions: {min: '2.1', max: '2.96'},
  });
  t.is(found[0]?.url, `${server.url}/compute/v2.1`);
});

test('service: undefined where the catalog lacks it', async t => {
  const server = await cloud(t);
  const {session} = await open(t, server);
  t.is(await session.service('orchestration'), undefined);
  t.is((await session.service('identity'))?.url, `${server.url}/identity/v3`);
});

test('service: a discovery that failed is tried again at the next call', async t => {
  let down = true;
  const server = await cloud(t, seen => (down ? {status: 503} : nova(() => ({}))(seen, 0)), withCompute);
  const {session} = await open(t, server);
  const error = await t.throwsAsync(session.service('compute'), {instanceOf: RekindleError});
  t.is(error.code, 'http');
  down = false;
  t.is((await session.service('compute'))?.microversion, '2.96');
});

test('service: without a version document it works, with a warning', async t => {
  const server = await cloud(t, () => ({status: 404}), withCompute);
  const {session, heard} = await open(t, server);
  t.is((await session.service('compute'))?.microversion, undefined);
  t.true(
    heard.some(({level, message}) => level === 'warn' && message.startsWith('compute: no version document')),
  );
});

test('service: calls send the microversion, another one, or none', async t => {
  const server = await cloud(
    t,
    nova(() => ({json: {}})),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  await compute.call('GET', 'a');
  await compute.call('GET', 'b', {microversion: '2.1'});
  await compute.call('GET', 'c', {microversion: null});
  t.deepEqual(
    server.seen
      .slice(2)
      .map(({headers}) => [headers['openstack-api-version'], headers['x-openstack-nova-api-version']]),
    [
      ['compute 2.96', '2.96'],
      ['compute 2.1', '2.1'],
      [undefined, undefined],
    ],
  );
});

test('service: query, body and headers go out, status, headers and body come back', async t => {
  const server = await cloud(
    t,
    nova(() => ({status: 202, headers: {'X-Thing': 'v'}, json: {server: {id: '1'}}})),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  const answer = await compute.call('POST', 'servers', {
    query: {a: 'x&y', n: 1, b: false, tags: ['p', 'q']},
    json: {server: {name: 'ü'}},
    headers: {'X-Mine': '1'},
  });
  const seen = server.seen.at(-1);
  t.is(seen?.url, '/compute/v2.1/servers?a=x%26y&n=1&b=false&tags=p&tags=q');
  t.is(seen?.body, '{"server":{"name":"ü"}}');
  t.is(seen?.headers['x-mine'], '1');
  t.like(answer, {status: 202, body: {server: {id: '1'}}});
  t.is(answer.headers['x-thing'], 'v');
});

test('service: an accepted status is an answer, another is an error', async t => {
  const server = await cloud(
    t,
    nova(() => ({status: 404, json: {itemNotFound: {message: 'gone'}}})),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  t.is((await compute.call('GET', 'servers/x', {accept: [404]}))?.status, 404);
  const error = await t.throwsAsync(() => compute.call('GET', 'servers/x', {query: {secret: 'y'}}), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'not-found');
  t.is(error.message, 'compute: GET servers/x answered 404: gone');
});

test('service: a delete whose first answer was lost has worked', async t => {
  const server = await cloud(
    t,
    nova((_, count) => (count % 2 === 0 ? {status: 502} : {status: 404})),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  t.is((await compute.call('DELETE', 'servers/x'))?.status, 204);
});

test('service: a delete of what was never there is not found', async t => {
  const server = await cloud(
    t,
    nova(() => ({status: 404})),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  const error = await t.throwsAsync(() => compute.call('DELETE', 'servers/x'), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'not-found');
});

test('service: an empty answer and one that is no JSON have no body', async t => {
  const server = await cloud(
    t,
    nova(({url}) =>
      url.endsWith('/empty') ? {status: 204} : {text: 'hello', headers: {'content-type': 'text/plain'}},
    ),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  t.is((await compute.call('GET', 'empty'))?.body, undefined);
  t.is((await compute.call('GET', 'text'))?.body, undefined);
});

test('service: redirected to another host it is refused there; the error names the setting', async t => {
  const other = await cloud(t, () => ({status: 401}));
  const server = await cloud(
    t,
    nova(() => ({status: 302, headers: {location: `${other.url}/x`}})),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  const error = await t.throwsAsync(() => compute.list('servers', 'servers'), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'protocol');
  t.regex(error.hint ?? '', /compute_endpoint_override/u);
  t.is(other.seen[0]?.headers['x-auth-token'], undefined);
  t.is(server.auths().length, 1);
});

test('service: what another host answers without the token is not taken for the service’s answer', async t => {
  const other = await cloud(t, () => ({json: {servers: []}}));
  const server = await cloud(
    t,
    nova(() => ({status: 302, headers: {location: `${other.url}/x`}})),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  const error = await t.throwsAsync(() => compute.list('servers', 'servers'), {instanceOf: RekindleError});
  t.is(error.code, 'protocol');
  t.is(other.seen.length, 1);
  t.is(other.seen[0]?.headers['x-auth-token'], undefined);
});

test('service: an endpoint override makes a service exist, and holds the project id', async t => {
  const server = await cloud(t, () => ({json: {stacks: []}}));
  const env = {OS_ORCHESTRATION_ENDPOINT_OVERRIDE: `${server.url}/v1/%(project_id)s`};
  const {session} = await open(t, server, {env});
  t.deepEqual(session.serviceTypes, ['orchestration']);
  t.is((await session.service('orchestration'))?.url, `${server.url}/v1/p-1`);
  const wrong = await open(t, server, {env: {OS_IMAGE_ENDPOINT_OVERRIDE: 'http://x/%(zone)s'}});
  const error = await t.throwsAsync(wrong.session.service('image'), {instanceOf: RekindleError});
  t.is(error.code, 'config');
  t.regex(error.message, /image_endpoint_override holds %\(zone\)s/u);
});

test('service: the caller’s signal ends a call', async t => {
  const abort = new AbortController();
  const server = await cloud(
    t,
    nova(() => {
      abort.abort();
      return {raw: () => undefined};
    }),
    withCompute,
  );
  const {session} = await open(t, server);
  const compute = await serviceOf(session, 'compute');
  const error = await t.throwsAsync(() => compute.list('servers', 'servers', {signal: abort.signal}), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'aborted');
});

test('session: every exchange is recorded, and timed for who wants it', async t => {
  const server = await cloud(
    t,
    nova((_, count) =>
      count === 2 ? {status: 503} : {headers: {'x-compute-request-id': 'req-9'}, json: {servers: []}},
    ),
    withCompute,
  );
  const timed: string[] = [];
  const logger = {log: () => undefined, timing: ({path}: {path: string}) => timed.push(path)};
  const {session} = await open(t, server, {logger});
  await (await session.service('compute'))?.list('servers/detail', 'servers', {query: {all: 1}});
  const brief = session.requests.map(({service, method, path, status, requestId}) => [
    service,
    method,
    path,
    status,
    requestId,
  ]);
  t.deepEqual(brief, [
    ['identity', 'POST', 'auth/tokens', 201, undefined],
    ['compute', 'GET', '/compute/v2.1/', 200, undefined],
    ['compute', 'GET', 'servers/detail', 503, undefined],
    ['compute', 'GET', 'servers/detail', 200, 'req-9'],
  ]);
  t.deepEqual(timed, ['auth/tokens', '/compute/v2.1/', 'servers/detail', 'servers/detail']);
});

test('session: it knows the region it ended up in', async t => {
  const server = await cloud(t, undefined, withCompute);
  const {session} = await open(t, server);
  t.is(session.region, 'R');
  t.deepEqual(session.serviceTypes, ['compute']);
});

test('http: the bytes of an answer are kept beside its text only where they are asked for', async t => {
  const server = await serve(t, () => ({text: '{"rows":[]}'}));
  const http = httpFor(t);
  const plain = await http.send(get(server.url));
  t.is(plain.text, '{"rows":[]}');
  t.is(plain.bytes, undefined);
  const raw = await http.send(get(server.url, {raw: true}));
  t.is(Buffer.from(raw.bytes ?? []).toString(), '{"rows":[]}');
});
