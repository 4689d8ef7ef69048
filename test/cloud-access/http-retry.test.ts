import {gzipSync} from 'node:zlib';

import test from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {retryAfter} from '../../src/cloud/http/retry.ts';
import {get, httpFor} from './support/http.ts';
import {serve} from './support/server.ts';
import {testClock} from './support/surroundings.ts';

for (const status of [408, 429, 500, 502, 503, 504]) {
  test(`retry: a GET that got ${status} is tried again until it works`, async t => {
    const server = await serve(t, (_, count) => (count < 2 ? {status} : {json: {fine: true}}));
    const http = httpFor(t);
    const answer = await http.send(get(`${server.url}/x`));
    t.is(answer.status, 200);
    t.is(answer.tries, 3);
    t.deepEqual(http.clock.slept, [375, 750]);
    t.deepEqual(
      http.exchanges.map(exchange => exchange.status),
      [status, status, 200],
    );
  });
}

test('retry: four tries, then the last answer stands', async t => {
  const server = await serve(t, () => ({status: 503, text: 'down'}));
  const http = httpFor(t);
  const answer = await http.send(get(server.url));
  t.is(answer.status, 503);
  t.is(server.seen.length, 4);
});

for (const status of [400, 401, 403, 404, 406, 409, 501]) {
  test(`retry: ${status} stands at once`, async t => {
    const server = await serve(t, () => ({status}));
    const http = httpFor(t);
    t.is((await http.send(get(server.url))).status, status);
    t.is(server.seen.length, 1);
  });
}

test('retry: a GET whose connection broke is tried again', async t => {
  const server = await serve(t, (_, count) =>
    count === 0 ? {raw: request => request.socket.destroy()} : {json: []},
  );
  t.is((await httpFor(t).send(get(server.url))).status, 200);
});

test('retry: an answer that ends too early is not taken for a whole one', async t => {
  const whole = JSON.stringify({servers: [{id: '1'}, {id: '2'}]});
  const server = await serve(t, (_, count) =>
    count > 0
      ? {text: whole, headers: {'content-type': 'application/json'}}
      : {
          raw: (_, response) => {
            response.writeHead(200, {
              'content-type': 'application/json',
              'content-length': String(whole.length),
            });
            response.write(whole.slice(0, 12));
            setTimeout(() => response.destroy(), 20);
          },
        },
  );
  const answer = await httpFor(t).send(get(server.url));
  t.is(answer.text, whole);
  t.is(server.seen.length, 2);
});

for (const status of [500, 502, 503, 504]) {
  test(`retry: a POST that got ${status} is not repeated: it may be running`, async t => {
    const server = await serve(t, () => ({status}));
    const answer = await httpFor(t).send(get(server.url, {method: 'POST', body: {json: {a: 1}}}));
    t.is(answer.status, status);
    t.is(server.seen.length, 1);
  });
}

test('retry: a POST whose connection broke is not repeated', async t => {
  const server = await serve(t, () => ({raw: request => request.socket.destroy()}));
  const error = await t.throwsAsync(httpFor(t).send(get(server.url, {method: 'POST', body: {json: {}}})), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'connect');
  t.is(server.seen.length, 1);
});

test('retry: a POST over the rate limit is repeated', async t => {
  const server = await serve(t, (_, count) =>
    count === 0 ? {status: 429, headers: {'retry-after': '7'}} : {status: 201},
  );
  const http = httpFor(t);
  t.is((await http.send(get(server.url, {method: 'POST', body: {json: {a: 1}}}))).status, 201);
  t.deepEqual(http.clock.slept, [7000]);
  t.is(server.seen[1]?.body, '{"a":1}');
});

test('retry: a POST that was refused a connection is repeated', async t => {
  const gone = await serve(t, () => ({}));
  gone.close();
  const http = httpFor(t);
  const error = await t.throwsAsync(http.send(get(gone.url, {method: 'POST', body: {json: {}}})), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'connect');
  t.regex(error.message, /refuses connections/u);
  t.is(http.exchanges.length, 4);
});

test('retry: a POST goes over a connection of its own, so that a closing one cannot swallow it', async t => {
  const server = await serve(t, () => ({json: {}}));
  const http = httpFor(t);
  await http.send(get(server.url));
  await http.send(get(server.url));
  t.is(server.connections(), 1);
  await http.send(get(server.url, {method: 'POST', body: {json: {}}}));
  t.is(server.connections(), 2);
});

test('retry: Retry-After is honoured as seconds and as a date, at most a minute', t => {
  const clock = testClock(Date.parse('2026-01-01T00:00:00Z'));
  const wait = (value: string, status = 503) =>
    retryAfter({status, headers: {'retry-after': value}}, 1, true, clock);
  t.is(wait('3'), 3000);
  t.is(wait('Thu, 01 Jan 2026 00:00:20 GMT'), 20_000);
  t.is(wait('3600'), 60_000);
  t.is(wait('0'), 375);
  t.is(wait('soon'), 375);
  t.is(wait('Wed, 31 Dec 2025 00:00:00 GMT'), 375);
});

test('retry: 413 is a rate limit only where it says how long to wait', t => {
  const clock = testClock();
  t.is(retryAfter({status: 413, headers: {'retry-after': '2'}}, 1, false, clock), 2000);
  t.is(retryAfter({status: 413, headers: {'retry-after': '0'}}, 1, true, clock), undefined);
  t.is(retryAfter({status: 413, headers: {}}, 1, true, clock), undefined);
});

test('retry: unknown hosts and certificates do not heal', t => {
  const clock = testClock();
  for (const code of ['ENOTFOUND', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', '']) {
    t.is(retryAfter({code}, 1, true, clock), undefined, code);
  }
  for (const code of ['ECONNRESET', 'ETIMEDOUT', 'EPIPE', 'ECONNREFUSED', 'EAI_AGAIN']) {
    t.is(retryAfter({code}, 1, true, clock), 375, code);
  }
});

const at = (random: number, tried: number) =>
  retryAfter({code: 'EPIPE'}, tried, true, {...testClock(), random: () => random});

test('retry: the wait doubles and has jitter', t => {
  t.deepEqual([at(0, 1), at(0.999_99, 1), at(0, 2), at(0, 3), at(0, 4)], [250, 500, 500, 1000, undefined]);
});

for (const [service, most] of [
  ['compute', 8],
  ['identity', 2],
] as const) {
  test(`limits: ${most} requests of ${service} at once`, async t => {
    const waiting: (() => void)[] = [];
    let peak = 0;
    const server = await serve(t, async () => {
      await new Promise<void>(resolve => {
        waiting.push(resolve);
        peak = Math.max(peak, waiting.length);
        // Held until as many as may are there, and a little longer for one that may not.
        if (waiting.length === most) setTimeout(() => waiting.splice(0).forEach(release => release()), 20);
      });
      return {json: {}};
    });
    const http = httpFor(t);
    await Promise.all(Array.from({length: most * 3}, () => http.send(get(server.url, {service}))));
    t.is(peak, most);
  });
}

test('abort: a request that hangs ends at once', async t => {
  const abort = new AbortController();
  const server = await serve(t, () => {
    setTimeout(() => abort.abort(), 10);
    return {raw: () => undefined};
  });
  const error = await t.throwsAsync(httpFor(t, {signal: abort.signal}).send(get(server.url)), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'aborted');
});

test('abort: a wait between tries ends too, and nothing more is sent', async t => {
  const abort = new AbortController();
  const server = await serve(t, () => ({status: 503}));
  const http = httpFor(t, {
    clock: {
      ...testClock(),
      sleep: () => {
        abort.abort();
        return Promise.resolve();
      },
    },
  });
  const error = await t.throwsAsync(http.send(get(server.url, {signal: abort.signal})), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'aborted');
  t.is(server.seen.length, 1);
});

test('timeout: the limit of the user is the limit of the whole request, and is not tried again', async t => {
  const server = await serve(t, () => ({raw: () => undefined}));
  const http = httpFor(t, {timeout: 0.05});
  const error = await t.throwsAsync(http.send(get(server.url)), {instanceOf: RekindleError});
  t.is(error.code, 'timeout');
  t.regex(error.hint ?? '', /--http-timeout/u);
  t.is(http.exchanges.length, 1);
});

test('headers: who we are, what we take, the id of the run', async t => {
  const server = await serve(t, () => ({json: {}}));
  await httpFor(t).send(get(server.url));
  const headers = server.seen[0]?.headers ?? {};
  t.regex(headers['user-agent'] ?? '', /^rekindle\/\d+\.\d+\.\d+ node\/\d+$/u);
  t.is(headers['accept'], 'application/json');
  t.regex(headers['accept-encoding'] ?? '', /gzip/u);
  t.is(headers['x-openstack-request-id'], 'req-00000000-0000-4000-8000-000000000000');
});

test('body: gzip is unpacked', async t => {
  const packed = gzipSync('{"servers":[]}');
  const server = await serve(t, () => ({
    raw: (_, response) => {
      response.writeHead(200, {'content-type': 'application/json', 'content-encoding': 'gzip'});
      response.end(packed);
    },
  }));
  t.is((await httpFor(t).send(get(server.url))).text, '{"servers":[]}');
});

test('body: a packed one that ends too early is tried again', async t => {
  const packed = gzipSync(JSON.stringify({servers: Array.from({length: 99}, (_, id) => ({id}))}));
  const server = await serve(t, (_, count) => ({
    raw: (_, response) => {
      response.writeHead(200, {'content-type': 'application/json', 'content-encoding': 'gzip'});
      response.end(count === 0 ? packed.subarray(0, 60) : packed);
    },
  }));
  const answer = await httpFor(t).send(get(server.url));
  t.is(answer.tries, 2);
  t.true(answer.text.endsWith('{"id":98}]}'));
});

test('body: one that unpacks to more than any list is cut off', async t => {
  const packed = gzipSync(Buffer.alloc(3_000_000, 32));
  const server = await serve(t, () => ({
    raw: (_, response) => {
      response.writeHead(200, {'content-encoding': 'gzip'});
      response.end(packed);
    },
  }));
  const http = httpFor(t, {largestBody: 1_000_000});
  const error = await t.throwsAsync(http.send(get(server.url)), {instanceOf: RekindleError});
  t.is(error.code, 'protocol');
  t.regex(error.message, /answers more than 1000000 bytes/u);
});
