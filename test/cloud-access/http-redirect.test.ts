import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {get, httpFor} from './support/http.ts';
import {serve} from './support/server.ts';

const TOKEN = {'x-auth-token': 'token-123'};

test('redirect: 300 with a Location is an answer and is not followed', async t => {
  const server = await serve(t, () => ({status: 300, headers: {location: '/v3/'}, json: {versions: []}}));
  const answer = await httpFor(t).send(get(server.url));
  t.is(answer.status, 300);
  t.is(server.seen.length, 1);
});

for (const status of [301, 302, 303, 307, 308]) {
  test(`redirect: ${status} keeps the method, the body and, on the same origin, the token`, async t => {
    const server = await serve(t, ({url}) =>
      url === '/a' ? {status, headers: {location: '/b'}} : {json: {}},
    );
    const request = get(`${server.url}/a`, {method: 'POST', headers: TOKEN, body: {json: {x: 1}}});
    const answer = await httpFor(t).send(request);
    t.is(answer.status, 200);
    const last = server.seen.at(-1);
    t.like(last, {method: 'POST', url: '/b', body: '{"x":1}'});
    t.is(last?.headers['x-auth-token'], 'token-123');
  });
}

test('redirect: the token never goes to another origin', async t => {
  const other = await serve(t, () => ({json: {}}));
  const server = await serve(t, () => ({status: 302, headers: {location: `${other.url}/x`}}));
  const answer = await httpFor(t).send(get(server.url, {headers: {...TOKEN, 'x-other': 'kept'}}));
  t.true(answer.tokenDropped);
  t.is(other.seen[0]?.headers['x-auth-token'], undefined);
  t.is(other.seen[0]?.headers['x-other'], 'kept');
});

test('redirect: it does not come back after a second hop either', async t => {
  const origin = {url: ''};
  const other = await serve(t, () => ({status: 302, headers: {location: `${origin.url}/back`}}));
  const server = await serve(t, ({url}) =>
    url === '/back' ? {json: {}} : {status: 302, headers: {location: other.url}},
  );
  origin.url = server.url;
  await httpFor(t).send(get(server.url, {headers: TOKEN}));
  t.is(server.seen.at(-1)?.url, '/back');
  t.is(server.seen.at(-1)?.headers['x-auth-token'], undefined);
});

test('redirect: a body never goes to another origin', async t => {
  const other = await serve(t, () => ({json: {}}));
  const server = await serve(t, () => ({status: 307, headers: {location: `${other.url}/x`}}));
  const request = get(server.url, {
    service: 'identity',
    method: 'POST',
    body: {json: {password: 'hunter22'}},
  });
  const error = await t.throwsAsync(httpFor(t).send(request), {instanceOf: RekindleError});
  t.is(error.code, 'protocol');
  t.regex(error.message, new RegExp(`redirected to ${other.url}`, 'u'));
  t.regex(error.hint ?? '', /auth_url/u);
  t.is(other.seen.length, 0);
});

test('redirect: circles end', async t => {
  const server = await serve(t, () => ({status: 302, headers: {location: '/again'}}));
  const error = await t.throwsAsync(httpFor(t).send(get(server.url)), {instanceOf: RekindleError});
  t.regex(error.message, /in circles/u);
  t.is(server.seen.length, 6);
});

test('redirect: only HTTP addresses are followed', async t => {
  const server = await serve(t, () => ({status: 302, headers: {location: 'file:///etc/passwd'}}));
  const error = await t.throwsAsync(httpFor(t).send(get(server.url)), {instanceOf: RekindleError});
  t.is(error.code, 'protocol');
});
