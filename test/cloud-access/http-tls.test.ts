import {writeFileSync} from 'node:fs';
import path from 'node:path';

import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {readTls} from '../../src/cloud/http/tls.ts';
import {type Certificates, makeCertificates} from './support/certificates.ts';
import {get, httpFor} from './support/http.ts';
import {serve} from './support/server.ts';

let made: Certificates;
test.before(() => {
  made = makeCertificates();
});
test.after.always(() => made.remove());

const NONE = {verify: true, ca: undefined, cert: undefined, key: undefined};

test('tls: cacert makes a private authority known', async t => {
  const server = await serve(t, () => ({json: {}}), made.server);
  const tls = readTls({verify: true, cacert: made.caFile, cert: undefined, key: undefined});
  t.is((await httpFor(t, {tls}).send(get(server.url))).status, 200);
});

test('tls: cacert replaces the built-in authorities and does not switch the check off', async t => {
  const server = await serve(t, () => ({json: {}}), made.selfSigned);
  const http = httpFor(t, {tls: {...NONE, ca: made.ca.cert}});
  const error = await t.throwsAsync(http.send(get(server.url)), {instanceOf: RekindleError});
  t.is(error.code, 'tls');
});

test('tls: a self-signed certificate is told as that, with the way out, and not tried again', async t => {
  const server = await serve(t, () => ({json: {}}), made.selfSigned);
  const http = httpFor(t);
  const error = await t.throwsAsync(http.send(get(`${server.url}/v2.1/servers`)), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'tls');
  t.regex(error.message, /compute: GET v2\.1\/servers: the certificate of 127\.0\.0\.1:\d+ is self-signed/u);
  t.regex(error.hint ?? '', /cacert, OS_CACERT or --os-cacert/u);
  t.is(http.exchanges.length, 1);
});

test('tls: an unknown authority, a wrong host and an expired certificate are different things', async t => {
  const said = async (pair: {cert: string; key: string}, ca?: string): Promise<string> => {
    const server = await serve(t, () => ({json: {}}), pair);
    const http = httpFor(t, {tls: {...NONE, ca}});
    return (await t.throwsAsync(http.send(get(server.url)), {instanceOf: RekindleError, message: /./u}))
      .message;
  };
  t.regex(await said(made.server), /unknown authority/u);
  t.regex(await said(made.otherHost, made.ca.cert), /is for another host name/u);
  t.regex(await said(made.expired, made.ca.cert), /has expired/u);
});

test('tls: insecure takes them all', async t => {
  const server = await serve(t, () => ({json: {}}), made.otherHost);
  const tls = readTls({verify: false, cacert: '/is/not/read', cert: undefined, key: undefined});
  t.is((await httpFor(t, {tls}).send(get(server.url))).status, 200);
});

test('tls: a client certificate is shown where one is set, and missed where not', async t => {
  const server = await serve(t, () => ({json: {}}), {
    ...made.server,
    ca: made.ca.cert,
    requestCert: true,
    rejectUnauthorized: true,
    // With TLS 1.3 the refusal comes only with the answer, and the connection may just break.
    maxVersion: 'TLSv1.2',
  });
  const tls = {...NONE, ca: made.ca.cert};
  t.is((await httpFor(t, {tls: {...tls, ...made.client}}).send(get(server.url))).status, 200);
  const error = await t.throwsAsync(httpFor(t, {tls}).send(get(server.url)), {instanceOf: RekindleError});
  t.true(error.code === 'tls' || error.code === 'connect');
});

test('tls: one file may hold certificate and key', t => {
  const both = path.join(made.folder, 'both.pem');
  writeFileSync(both, made.client.cert + made.client.key);
  const tls = readTls({verify: true, cacert: undefined, cert: both, key: undefined});
  t.is(tls.key, tls.cert);
});

test('tls: a server without TLS is told as that', async t => {
  const server = await serve(t, () => ({json: {}}));
  const error = await t.throwsAsync(httpFor(t).send(get(server.url.replace('http:', 'https:'))), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'tls');
  t.regex(error.message, /does not speak TLS/u);
  t.regex(error.hint ?? '', /http:\/\//u);
});

test('tls: a file that is missing or no PEM is a configuration error', t => {
  const settings = {verify: true, cert: undefined, key: undefined};
  const missing = t.throws(() => readTls({...settings, cacert: path.join(made.folder, 'none.pem')}), {
    instanceOf: RekindleError,
  });
  t.is(missing.code, 'config');
  t.regex(missing.message, /cacert: can't read .*none\.pem \(ENOENT\)/u);
  writeFileSync(path.join(made.folder, 'text.pem'), 'hello');
  const text = t.throws(() => readTls({...settings, cacert: path.join(made.folder, 'text.pem')}), {
    instanceOf: RekindleError,
  });
  t.regex(text.message, /holds no PEM/u);
});
