import net, {type AddressInfo} from 'node:net';

import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {failureOf} from '../../src/cloud/http/failure.ts';
import {get, httpFor} from './support/http.ts';
import {serve} from './support/server.ts';

const REQUEST = get('https://keystone.test:5000/v3/auth/tokens', {service: 'identity'});

const said = (code: string): readonly [string, string] => {
  const {error} = failureOf(Object.assign(new Error('x'), {code}), REQUEST, undefined);
  return [error.code, error.message.replace(/^identity: GET v3\/auth\/tokens: /u, '')];
};

test('failure: an unknown host, a refused connection and an unreachable one read differently', t => {
  t.deepEqual(said('ENOTFOUND'), ['connect', 'no host is called keystone.test']);
  t.deepEqual(said('ECONNREFUSED'), ['connect', 'keystone.test:5000 refuses connections']);
  t.deepEqual(said('EHOSTUNREACH'), ['connect', "keystone.test:5000 can't be reached (EHOSTUNREACH)"]);
  t.deepEqual(said('EAI_AGAIN'), ['connect', "the name keystone.test can't be looked up just now"]);
  t.deepEqual(said('ETIMEDOUT'), ['timeout', 'timed out waiting for the answer: keystone.test:5000']);
});

test('failure: an unknown host is told at once', async t => {
  const http = httpFor(t);
  const error = await t.throwsAsync(http.send(get('http://no-such-host.invalid/v3')), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'connect');
  t.regex(error.message, /no-such-host\.invalid/u);
});

test('failure: something that is not HTTP is a protocol error', async t => {
  const server = net.createServer(socket => socket.end('220 mail.test ESMTP\r\n'));
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  const {port} = server.address() as AddressInfo;
  const error = await t.throwsAsync(httpFor(t).send(get(`http://127.0.0.1:${port}/`)), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'protocol');
});

test('failure: neither the error nor anything chained to it holds the token, the body or got’s request', async t => {
  const server = await serve(t, () => ({raw: request => request.socket.destroy()}));
  const request = get(server.url, {
    method: 'POST',
    headers: {'x-auth-token': 'hunter22-token'},
    body: {json: {password: 'hunter22-pass'}},
  });
  const http = httpFor(t);
  const error = await t.throwsAsync(http.send(request), {instanceOf: RekindleError});
  t.is(error.cause, undefined);
  const {inspect} = await import('node:util');
  t.false(inspect(error, {depth: 9, showHidden: true}).includes('hunter22'));
  t.false(JSON.stringify(http.heard).includes('hunter22'));
});
