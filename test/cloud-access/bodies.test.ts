import {createHash} from 'node:crypto';
import {Readable} from 'node:stream';
import test, {type ExecutionContext} from 'ava';

import {type Bodies, type Surroundings} from '../../src/cloud/types.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {bytesOf, fakeGlance, type FakeGlance, type GlanceOptions, MIB} from '../support/glance.ts';
import {open, serviceOf} from './support/keystone.ts';
import {makeCertificates} from './support/certificates.ts';
import {get, httpFor} from './support/http.ts';
import {serve} from './support/server.ts';

interface Stage {
  readonly glance: FakeGlance;
  readonly bodies: Bodies;
  readonly close: () => void;
}

async function stage(
  t: ExecutionContext,
  options: GlanceOptions = {},
  changes: Partial<Surroundings> & {readonly timeout?: number} = {},
): Promise<Stage> {
  const glance = await fakeGlance(t, options);
  const {timeout, ...rest} = changes;
  const {session} = await open(t, glance, {...rest, options: {httpTimeout: timeout}});
  const {bodies} = await serviceOf(session, 'image');
  if (bodies === undefined) throw new Error('no bodies');
  return {glance, bodies, close: () => session.close()};
}

async function hashOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha512');
  for await (const chunk of chunks) hash.update(chunk);
  return hash.digest('hex');
}

async function* streamOf(size: number, onTaken?: (bytes: number) => void): AsyncGenerator<Uint8Array> {
  let taken = 0;
  for (const chunk of bytesOf(size)) {
    await Promise.resolve();
    taken += chunk.length;
    onTaken?.(taken);
    yield chunk;
  }
}

const errorOf = async (t: ExecutionContext, promise: Promise<unknown>): Promise<RekindleError> =>
  await t.throwsAsync(promise, {instanceOf: RekindleError});

test('a download: the bytes as they are, and no more of them ahead than buffers hold', async t => {
  const {glance, bodies, close} = await stage(t);
  const size = 64 * MIB;
  const image = glance.add('a', size);
  const {status, chunks, headers} = await bodies.download('images/a/file');
  t.is(status, 200);
  t.is(headers['content-length'], String(size));
  const iterator = chunks[Symbol.asyncIterator]();
  const hash = createHash('sha512');
  const {value} = (await iterator.next()) as {value: Uint8Array};
  hash.update(value);
  // Nobody reads: the source is held back by what the two kernels' buffers take.
  let before = -1;
  while (before !== glance.counts.sent) {
    before = glance.counts.sent;
    await new Promise(resolve => {
      setTimeout(resolve, 100);
    });
  }
  t.true(glance.counts.sent < size / 2, `${glance.counts.sent} bytes were sent ahead`);
  for (let next = await iterator.next(); next.done !== true; next = await iterator.next())
    hash.update(next.value);
  t.is(hash.digest('hex'), image.os_hash_value);
  close();
  t.true(await glance.idle());
});

test('a download from the middle: 206 where the service can, 200 where it does not care', async t => {
  for (const [ranges, status] of [
    [true, 206],
    ['ignored', 200],
  ] as const) {
    const {glance, bodies} = await stage(t, {ranges});
    glance.add('a', MIB);
    const download = await bodies.download('images/a/file', {from: 1000});
    t.is(download.status, status);
    t.is(glance.asked.at(-1), 'GET images/a/file bytes=1000-');
    download.close();
  }
});

test('statuses: those accepted are answers, the others errors with what the service says', async t => {
  const {bodies} = await stage(t, {onDownload: () => ({status: 403, message: 'Not yours'})});
  t.is((await bodies.download('images/a/file', {accept: [403]})).status, 403);
  const {code, message, origin} = await errorOf(t, bodies.download('images/a/file'));
  t.is(code, 'forbidden');
  t.regex(message, /^image: GET images\/a\/file answered 403: Not yours/);
  t.is(origin.status, 403);
});

test('a service that is in trouble is asked again, before the body only', async t => {
  const {glance, bodies} = await stage(t, {onDownload: count => (count < 3 ? {status: 503} : undefined)});
  const image = glance.add('a', MIB);
  t.is(await hashOf((await bodies.download('images/a/file')).chunks), image.os_hash_value);
  t.is(glance.asked.filter(one => one.startsWith('GET images/a/file')).length, 3);
});

test('a connection that breaks off in the body is an error, never a short body', async t => {
  const {glance, bodies, close} = await stage(t, {onDownload: () => ({after: 300_000, how: 'cut'})});
  glance.add('a', MIB);
  const {chunks} = await bodies.download('images/a/file');
  t.is((await errorOf(t, hashOf(chunks))).code, 'connect');
  close();
  t.true(await glance.idle());
});

test('silence has a limit, in the body too; reading slowly has none', async t => {
  const {glance, bodies} = await stage(
    t,
    {onDownload: count => (count === 1 ? {after: 300_000, how: 'silent'} : undefined)},
    {timeout: 1},
  );
  const image = glance.add('a', 400_000);
  const {code, message} = await errorOf(t, hashOf((await bodies.download('images/a/file')).chunks));
  t.is(code, 'timeout');
  t.regex(message, /silent for 1 s/);
  const {chunks} = await bodies.download('images/a/file');
  const hash = createHash('sha512');
  for await (const chunk of chunks) {
    hash.update(chunk);
    // Longer in all than the limit, none of it the source's fault.
    await new Promise(resolve => {
      setTimeout(resolve, 200);
    });
  }
  t.is(hash.digest('hex'), image.os_hash_value);
});

test('an interruption ends the download at once, and its connection', async t => {
  const abort = new AbortController();
  const {glance, bodies, close} = await stage(
    t,
    {onDownload: () => ({after: 100_000, how: 'silent'})},
    {signal: abort.signal},
  );
  glance.add('a', MIB);
  const {chunks} = await bodies.download('images/a/file');
  const read = hashOf(chunks);
  setTimeout(() => abort.abort(), 50);
  t.is((await errorOf(t, read)).code, 'aborted');
  close();
  t.true(await glance.idle());
  t.is((await errorOf(t, bodies.download('images/a/file'))).code, 'aborted');
});

test('a refused token is renewed before a body is begun, either way', async t => {
  const {glance, bodies} = await stage(t, {refusesTokens: ['token-1']});
  const image = glance.add('a', MIB);
  t.is(await hashOf((await bodies.download('images/a/file')).chunks), image.os_hash_value);
  t.deepEqual(glance.tokens, ['token-1', 'token-2']);

  const other = await stage(t, {refusesTokens: ['token-1']});
  other.glance.images.set('b', {id: 'b', status: 'queued'});
  let begun = 0;
  const body = streamOf(MIB, () => (begun += 1));
  await other.bodies.upload('images/b/file', body, {size: MIB});
  t.deepEqual(other.glance.tokens, ['token-1', 'token-2']);
  t.is(begun, 16);
  t.is(other.glance.images.get('b')?.os_hash_value, await hashOf(streamOf(MIB)));
});

test('an upload that is refused takes nothing of the body', async t => {
  const {glance, bodies, close} = await stage(t, {
    onUpload: () => ({status: 413, message: 'Denying attempt to upload image'}),
  });
  glance.images.set('b', {id: 'b', status: 'queued'});
  let begun = 0;
  const body = streamOf(64 * MIB, () => (begun += 1));
  const {message, origin} = await errorOf(t, bodies.upload('images/b/file', body, {size: 64 * MIB}));
  t.regex(message, /answered 413: Denying attempt/);
  t.is(origin.status, 413);
  t.is(begun, 0);
  close();
  t.true(await glance.idle());
});

test('a server that knows no expectation gets the body all the same', async t => {
  const {glance, bodies} = await stage(t, {deaf: true});
  glance.images.set('b', {id: 'b', status: 'queued'});
  await bodies.upload('images/b/file', streamOf(MIB), {size: MIB});
  t.is(glance.images.get('b')?.['size'], MIB);
});

test('an upload goes as fast as it is taken: the body is not read ahead', async t => {
  const {glance, bodies} = await stage(t, {onUpload: () => ({after: MIB, how: 'silent'})}, {timeout: 1});
  glance.images.set('b', {id: 'b', status: 'queued'});
  const size = 128 * MIB;
  let taken = 0;
  const body = streamOf(size, bytes => (taken = bytes));
  t.is((await errorOf(t, bodies.upload('images/b/file', body, {size}))).code, 'timeout');
  t.true(taken < size / 4, `${taken} bytes were read ahead`);
});

test('what the body throws is what the upload throws, and the connection ends', async t => {
  const {glance, bodies, close} = await stage(t);
  glance.images.set('b', {id: 'b', status: 'queued'});
  const own = new RekindleError('protocol', 'the source lies');
  async function* body(): AsyncGenerator<Uint8Array> {
    yield* streamOf(200_000);
    throw own;
  }
  t.is(await errorOf(t, bodies.upload('images/b/file', body(), {size: MIB})), own);
  close();
  t.true(await glance.idle());
  t.not(glance.images.get('b')?.status, 'active');
});

test('a target that breaks off, or is silent, is an error of its own; so is an interruption', async t => {
  const cut = await stage(t, {onUpload: () => ({after: 300_000, how: 'cut'})});
  cut.glance.images.set('b', {id: 'b', status: 'queued'});
  t.is(
    (await errorOf(t, cut.bodies.upload('images/b/file', streamOf(8 * MIB), {size: 8 * MIB}))).code,
    'connect',
  );

  const abort = new AbortController();
  const slow = await stage(t, {onUpload: () => ({after: 300_000, how: 'silent'})}, {signal: abort.signal});
  slow.glance.images.set('b', {id: 'b', status: 'queued'});
  setTimeout(() => abort.abort(), 100);
  const upload = slow.bodies.upload('images/b/file', streamOf(64 * MIB), {size: 64 * MIB});
  t.is((await errorOf(t, upload)).code, 'aborted');
  slow.close();
  t.true(await slow.glance.idle());
});

test('redirects: to the same origin they are followed; another host never gets the token, nor a request', async t => {
  const other = await serve(t, () => ({text: 'stolen'}));
  const away = {status: 302, headers: {location: `${other.url}/image/v2/images/a/file`}};
  const {glance, bodies} = await stage(t, {
    onDownload: count =>
      count === 1 ? {status: 307, headers: {location: '/image/v2/images/a/file'}} : undefined,
    onUpload: count =>
      count === 1 ? {status: 308, headers: {location: '/image/v2/images/b/file'}} : undefined,
  });
  const image = glance.add('a', MIB);
  t.is(await hashOf((await bodies.download('images/a/file')).chunks), image.os_hash_value);
  glance.images.set('b', {id: 'b', status: 'queued'});
  await bodies.upload('images/b/file', streamOf(MIB), {size: MIB});
  t.is(glance.images.get('b')?.status, 'active');

  const lured = await stage(t, {onDownload: () => away, onUpload: () => away});
  lured.glance.images.set('b', {id: 'b', status: 'queued'});
  const get = await errorOf(t, lured.bodies.download('images/a/file'));
  t.is(get.code, 'protocol');
  t.regex(get.message, /redirected to http:\/\/127\.0\.0\.1:\d+, where the token is not sent/);
  t.is((await errorOf(t, lured.bodies.upload('images/b/file', streamOf(MIB), {size: MIB}))).code, 'protocol');
  t.is(other.seen.length, 0);
});

test('a token is in no message and no trace of a transfer', async t => {
  const glance = await fakeGlance(t, {onDownload: () => ({status: 400, message: 'bad token-1 given'})});
  const {session, heard} = await open(t, glance);
  const {bodies} = await serviceOf(session, 'image');
  const {message} = await errorOf(t, (bodies as Bodies).download('images/a/file'));
  t.false(message.includes('token-1'));
  t.false(heard.some(one => one.message.includes('token-1')));
  t.true(heard.some(one => one.message.includes('> GET')));
});

test('streams speak TLS as every other request does: the authority that is named, and no other', async t => {
  const made = makeCertificates();
  t.teardown(() => made.remove());
  const server = await serve(t, ({body}) => ({text: body === '' ? 'down' : body}), made.server);
  const tls = {verify: true, ca: made.ca.cert, cert: undefined, key: undefined};
  const {streams} = httpFor(t, {tls});
  t.is(await (await streams.open(get(`${server.url}/x`))).text(), 'down');
  const put = {...get(`${server.url}/x`), method: 'PUT'};
  const {status, text} = await streams.pour(put, Readable.from([Buffer.from('up')]), 2);
  t.deepEqual([status, text], [200, 'up']);
  const unknown = httpFor(t, {tls: {...tls, ca: undefined}});
  t.is((await errorOf(t, unknown.streams.open(get(`${server.url}/x`)))).code, 'tls');
});

test('streams go through the proxy, and its password to nobody else', async t => {
  const proxy = await serve(t, seen => ({text: `${seen.method} ${seen.url} ${seen.body}`}));
  const env = {HTTP_PROXY: proxy.url.replace('//', '//ann:pass@')};
  const {streams} = httpFor(t, {env});
  const url = 'http://glance.test/v2/images/a/file';
  t.is(await (await streams.open(get(url))).text(), `GET ${url} `);
  const put = {...get(url), method: 'PUT'};
  t.is((await streams.pour(put, Readable.from([Buffer.from('up')]), 2)).text, `PUT ${url} up`);
  t.is(proxy.seen[0]?.headers['proxy-authorization'], `Basic ${Buffer.from('ann:pass').toString('base64')}`);
  t.is(proxy.seen[1]?.headers.host, 'glance.test');
});
