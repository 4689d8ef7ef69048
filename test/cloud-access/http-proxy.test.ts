import net from 'node:net';
import {type AddressInfo} from 'node:net';

import test, {type ExecutionContext} from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {proxyFor} from '../../src/cloud/http/proxy.ts';
import {makeCertificates} from './support/certificates.ts';
import {get, httpFor} from './support/http.ts';
import {type Server, serve} from './support/server.ts';

const proxied = (url: string, env: Record<string, string>): string | undefined =>
  proxyFor(new URL(url), env)?.host;

test('proxy: by scheme, the lower-case name first, then all_proxy', t => {
  const env = {
    http_proxy: 'http://a:1',
    HTTP_PROXY: 'http://b:2',
    HTTPS_PROXY: 'c:3',
    ALL_PROXY: 'http://d:4',
  };
  t.is(proxied('http://x.test', env), 'a:1');
  t.is(proxied('https://x.test', env), 'c:3');
  t.is(proxied('https://x.test', {ALL_PROXY: 'http://d:4'}), 'd:4');
  t.is(proxied('https://x.test', {HTTP_PROXY: 'http://b:2', HTTPS_PROXY: ''}), undefined);
});

const bypassed = (url: string, no_proxy: string): boolean =>
  proxied(url, {HTTPS_PROXY: 'http://p:1', HTTP_PROXY: 'http://p:1', no_proxy}) === undefined;

test('proxy: NO_PROXY knows suffixes, ports, addresses, networks and *', t => {
  t.true(bypassed('https://keystone.corp.test', 'corp.test'));
  t.true(bypassed('https://keystone.corp.test', 'a.test, .corp.test'));
  t.true(bypassed('https://corp.test', '.corp.test'));
  t.false(bypassed('https://notcorp.test', 'corp.test'));
  t.true(bypassed('https://corp.test:5000', 'corp.test:5000'));
  t.false(bypassed('https://corp.test:5001', 'corp.test:5000'));
  t.true(bypassed('http://10.1.2.3:5000', '10.0.0.0/8'));
  t.false(bypassed('http://11.1.2.3:5000', '10.0.0.0/8'));
  t.true(bypassed('http://127.0.0.1:5000', 'localhost,127.0.0.1'));
  t.true(bypassed('https://x.test', '*'));
});

test('proxy: one that is no HTTP proxy is refused, its password unseen', t => {
  const error = t.throws(() => proxied('http://x.test', {HTTP_PROXY: 'socks5://u:hunter22@p:1'}), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'config');
  t.false(`${error.message} ${error.hint}`.includes('hunter22'));
});

test('proxy: plain http asks the proxy for the whole address, with its credentials', async t => {
  const proxy = await serve(t, () => ({json: {via: 'proxy'}}));
  const env = {HTTP_PROXY: `http://ann:p%40ss@127.0.0.1:${proxy.port}`};
  const answer = await httpFor(t, {env}).send(
    get('http://keystone.test:5000/v3?x=1', {headers: {'x-auth-token': 't'}}),
  );
  t.is(answer.text, '{"via":"proxy"}');
  t.like(proxy.seen[0], {method: 'GET', url: 'http://keystone.test:5000/v3?x=1'});
  t.is(proxy.seen[0]?.headers.host, 'keystone.test:5000');
  t.is(proxy.seen[0]?.headers['proxy-authorization'], `Basic ${Buffer.from('ann:p@ss').toString('base64')}`);
});

test('proxy: https goes through a tunnel and is checked end to end', async t => {
  const certificates = makeCertificates();
  t.teardown(() => certificates.remove());
  const server = await serve(t, () => ({json: {}}), certificates.server);
  const tunnels: string[] = [];
  const proxy = await tunnel(t, server, tunnels);
  const env = {HTTPS_PROXY: `http://127.0.0.1:${proxy}`};
  const tls = {verify: true, ca: certificates.ca.cert, cert: undefined, key: undefined};
  const http = httpFor(t, {env, tls});
  await http.send(get(server.url, {headers: {'x-auth-token': 'secret-token'}}));
  await http.send(get(server.url));
  t.is(server.seen.length, 2);
  t.is(tunnels.length, 1);
  t.false(tunnels.join('').includes('secret-token'));
  const distrust = httpFor(t, {env});
  const error = await t.throwsAsync(distrust.send(get(server.url)), {instanceOf: RekindleError});
  t.is(error.code, 'tls');
});

test('proxy: one that wants credentials, refuses or is away is told as the culprit', async t => {
  for (const [status, words] of [
    [407, /wants other credentials \(407\)/u],
    [403, /refuses to connect there \(403\)/u],
  ] as const) {
    const proxy = net.createServer(socket => {
      socket.once('data', () => socket.end(`HTTP/1.1 ${status} No\r\n\r\n`));
    });
    const port = await listen(t, proxy);
    const http = httpFor(t, {env: {HTTPS_PROXY: `http://127.0.0.1:${port}`}});
    const error = await t.throwsAsync(http.send(get('https://keystone.test/v3')), {
      instanceOf: RekindleError,
    });
    t.is(error.code, 'connect');
    t.regex(error.message, words);
  }
  const closed = await serve(t, () => ({}));
  closed.close();
  const http = httpFor(t, {env: {HTTPS_PROXY: closed.url}});
  const error = await t.throwsAsync(http.send(get('https://keystone.test/v3')), {instanceOf: RekindleError});
  t.regex(error.message, /the proxy 127\.0\.0\.1:\d+ refuses connections/u);
});

async function tunnel(t: ExecutionContext, to: Server, seen: string[]): Promise<number> {
  const proxy = net.createServer(socket => {
    socket.on('error', () => undefined);
    socket.once('data', (head: Buffer) => {
      seen.push(head.toString('latin1'));
      const upstream = net.connect(to.port, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connected\r\n\r\n');
        socket.pipe(upstream).pipe(socket);
      });
      upstream.on('error', () => socket.destroy());
    });
  });
  return await listen(t, proxy);
}

async function listen(t: ExecutionContext, server: net.Server): Promise<number> {
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => server.close());
  return (server.address() as AddressInfo).port;
}
