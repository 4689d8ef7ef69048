import test from 'ava';

import {redactHeaders, redactJson, redactUrl} from '../../src/cloud/http/redact.ts';
import {get, httpFor} from './support/http.ts';
import {serve} from './support/server.ts';

test('redact: headers that authenticate become a fingerprint, equal for equal values', t => {
  const names = [
    'Authorization',
    'X-Auth-Token',
    'x-subject-token',
    'x-service-token',
    'x-storage-token',
    'openstack-auth-receipt',
    'cookie',
    'set-cookie',
    'proxy-authorization',
    'x-container-sync-key',
    'X-Account-Meta-Temp-URL-Key-2',
  ];
  const shown = redactHeaders(Object.fromEntries(names.map(name => [name, 'hunter22'])));
  t.deepEqual(new Set(Object.values(shown)), new Set(['{SHA256}20d2fe5e']));
  t.deepEqual(redactHeaders({accept: 'application/json'}), {accept: 'application/json'});
});

test('redact: keys at any depth, whatever their value is', t => {
  const body = {
    server: {
      name: 'web',
      adminPass: 'hunter22',
      user_data: 'hunter22',
      personality: [{path: '/x', contents: 'hunter22'}],
      metadata: [{db_password: 'hunter22'}],
    },
    ipsec: {psk: 'hunter22'},
    credentials: {access: 'hunter22'},
    chap: {auth_key: 'hunter22', 'access-key': 1, access_key: 'hunter22', private_key: 'hunter22'},
    secret: {payload: 'hunter22'},
    trust: {token: null, passphrase: ''},
  };
  const shown = JSON.stringify(redactJson(body));
  t.false(shown.includes('hunter22'));
  t.true(shown.includes('"name":"web"'));
  t.true(shown.includes('"token":null'));
});

test('redact: userinfo and secret parts of a query', t => {
  t.is(
    redactUrl(
      new URL(
        'https://u:hunter22@s.test/v1/o?temp_url_sig=hunter22&temp_url_expires=1&limit=5&token=x&signature=y',
      ),
    ),
    'https://s.test/v1/o?temp_url_sig=***&temp_url_expires=***&limit=5&token=***&signature=***',
  );
});

test('trace: a request and its answer, without secrets', async t => {
  const server = await serve(t, () => ({
    status: 202,
    headers: {'x-subject-token': 'hunter22'},
    json: {server: {id: '1', adminPass: 'hunter22'}},
  }));
  const http = httpFor(t);
  await http.send(
    get(`${server.url}/servers?token=hunter22&a=b`, {
      method: 'POST',
      headers: {'x-auth-token': 'hunter22'},
      body: {json: {server: {name: 'web', user_data: 'hunter22'}}},
    }),
  );
  const trace = http.heard.map(({message}) => message).join('\n');
  t.false(trace.includes('hunter22'));
  t.regex(
    trace,
    /> POST http:.*\/servers\?token=\*\*\*&a=b .*\{"server":\{"name":"web","user_data":"\*\*\*"\}\}/u,
  );
  t.regex(trace, /< 202 in \d+ ms .*\{"server":\{"id":"1","adminPass":"\*\*\*"\}\}/u);
});

test('trace: a body that is not JSON is only measured', async t => {
  const server = await serve(t, () => ({text: 'hunter22 is the password'}));
  const http = httpFor(t);
  await http.send(get(server.url));
  t.false(JSON.stringify(http.heard).includes('hunter22'));
  t.true(http.heard.some(({message}) => message.includes('[24 characters of text]')));
});

test('trace: none is made where nobody reads it', async t => {
  const server = await serve(t, () => ({json: {}}));
  const heard: string[] = [];
  const http = httpFor(t, {
    logger: {log: (_, message) => heard.push(message), wants: level => level !== 'debug'},
  });
  await http.send(get(server.url));
  t.deepEqual(heard, []);
});
