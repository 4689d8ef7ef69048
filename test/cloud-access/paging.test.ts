import {setTimeout} from 'node:timers/promises';

import test, {type ExecutionContext} from 'ava';

import {RekindleError} from '../../src/model/errors.ts';
import {type ListOptions} from '../../src/cloud/index.ts';
import {cloud, open, row, tokenReply, serviceOf} from './support/keystone.ts';
import {type Reply, type Seen} from './support/server.ts';

interface Read {
  readonly rows: readonly unknown[];
  readonly urls: readonly string[];
}

/** Lists from a fake service; `page` gets the query of each request. */
async function read(
  t: ExecutionContext,
  type: string,
  [path, key]: readonly [string, string],
  page: (query: URLSearchParams, count: number, url: string) => Reply | Promise<Reply>,
  options?: ListOptions,
): Promise<Read> {
  const urls: string[] = [];
  const server = await cloud(
    t,
    ({url}: Seen) => {
      urls.push(url);
      return page(new URL(url, 'http://x').searchParams, urls.length - 1, server.url);
    },
    (_, __, url) => tokenReply({catalog: [row(type, url)]}),
  );
  const {session} = await open(t, server);
  const service = await serviceOf(session, type);
  urls.length = 0;
  return {rows: await service.list(path, key, options), urls};
}

const ROWS = [{id: 'a'}, {id: 'b'}, {id: 'c'}];

test('pages: <key>_links, of which only the query is used', async t => {
  const {rows, urls} = await read(t, 'network', ['networks', 'networks'], query => {
    const last = query.get('marker') === 'b';
    return {
      json: last
        ? {networks: ROWS.slice(2), networks_links: [{rel: 'previous', href: 'http://evil.test/?marker=a'}]}
        : {
            networks: ROWS.slice(0, 2),
            networks_links: [{rel: 'next', href: 'http://evil.test:1/other?limit=2&marker=b'}],
          },
    };
  });
  t.deepEqual(rows, ROWS);
  t.deepEqual(urls, ['/v2.0/networks', '/v2.0/networks?limit=2&marker=b']);
});

test('pages: glance’s relative next, asked for a thousand at once', async t => {
  const {rows, urls} = await read(t, 'image', ['images', 'images'], query =>
    query.has('marker')
      ? {json: {images: ROWS.slice(2), first: '/v2/images?limit=2'}}
      : {json: {images: ROWS.slice(0, 2), next: '/v2/images?marker=b&limit=2'}},
  );
  t.deepEqual(rows, ROWS);
  t.deepEqual(urls, ['/v2/images?limit=1000', '/v2/images?marker=b&limit=2']);
});

test('pages: barbican’s absolute next', async t => {
  const {rows, urls} = await read(t, 'key-manager', ['secrets', 'secrets'], query =>
    query.has('offset')
      ? {json: {secrets: ROWS.slice(2), total: 3, previous: 'http://b.test/v1/secrets?limit=2&offset=0'}}
      : {json: {secrets: ROWS.slice(0, 2), total: 3, next: 'http://b.test/v1/secrets?limit=2&offset=2'}},
  );
  t.deepEqual(rows, ROWS);
  t.is(urls[0], '/v1/secrets?limit=100');
});

test('pages: links.next of designate and keystone, null at the end', async t => {
  const {rows, urls} = await read(t, 'dns', ['zones', 'zones'], query => {
    const next = query.has('marker') ? null : 'http://d.test/v2/zones?limit=max&marker=b';
    return {json: {zones: query.has('marker') ? ROWS.slice(2) : ROWS.slice(0, 2), links: {self: 'x', next}}};
  });
  t.deepEqual(rows, ROWS);
  t.deepEqual(urls, ['/v2/zones?limit=max', '/v2/zones?limit=max&marker=b']);
});

test('pages: a list of links', async t => {
  const {rows} = await read(t, 'message', ['queues', 'queues'], query =>
    query.has('marker')
      ? {json: {queues: ROWS.slice(2), links: []}}
      : {json: {queues: ROWS.slice(0, 2), links: [{rel: 'next', href: '/v2/queues?marker=b&limit=10'}]}},
  );
  t.deepEqual(rows, ROWS);
});

test('pages: heat by marker, where a limit is asked for, keeping the other parts of the query', async t => {
  const {rows, urls} = await read(
    t,
    'orchestration',
    ['stacks', 'stacks'],
    query => ({json: {stacks: query.get('marker') === 'b' ? ROWS.slice(2) : ROWS.slice(0, 2)}}),
    {limit: 2, query: {show_nested: true}},
  );
  t.deepEqual(rows, ROWS);
  t.deepEqual(
    urls.map(url => url.replace(/^.*\?/u, '')),
    ['show_nested=true&limit=2', 'show_nested=true&limit=2&marker=b'],
  );
});

test('pages: heat without a limit answers everything at once', async t => {
  const {urls} = await read(t, 'orchestration', ['stacks', 'stacks'], () => ({json: {stacks: ROWS}}));
  t.is(urls.length, 1);
});

test('pages: swift by the last name until nothing comes, the answer itself being the list', async t => {
  const {rows, urls} = await read(t, 'object-store', ['', ''], query => {
    const marker = query.get('marker');
    if (marker === null) return {json: [{name: 'a'}, {subdir: 'b/'}]};
    return marker === 'b/' ? {json: [{name: 'c d'}]} : {status: 204};
  });
  t.deepEqual(rows, [{name: 'a'}, {subdir: 'b/'}, {name: 'c d'}]);
  t.is(urls.at(-1), '/?marker=c+d');
});

test('pages: none at all', async t => {
  const {rows, urls} = await read(t, 'alarm', ['alarms', ''], () => ({json: ROWS}));
  t.deepEqual(rows, ROWS);
  t.deepEqual(urls, ['/v2/alarms']);
});

const links = (marker: string) => ({
  json: {ports: ROWS, ports_links: [{rel: 'next', href: `?limit=3&marker=${marker}`}]},
});

test('pages: a page that was already read is an error and no endless loop', async t => {
  let asked = 0;
  const error = await t.throwsAsync(
    read(t, 'network', ['ports', 'ports'], (_, count) => {
      asked++;
      return links(['b', 'c', 'b'][count] ?? 'z');
    }),
    {instanceOf: RekindleError},
  );
  t.is(error.code, 'protocol');
  t.regex(error.message, /network: the answer to GET ports names a page that was already read/u);
  t.is(asked, 3);
});

test('pages: a next page that leads to the first one is an error', async t => {
  const error = await t.throwsAsync(
    read(t, 'image', ['images', 'images'], () => ({json: {images: ROWS, next: '/v2/images?limit=1000'}})),
    {instanceOf: RekindleError},
  );
  t.is(error.code, 'protocol');
});

test('pages: a missing list key is an error, not an empty list', async t => {
  for (const body of [{nets: []}, {networks: null}, {networks: {}}, []]) {
    const error = await t.throwsAsync(
      read(t, 'network', ['networks', 'networks'], () => ({json: body})),
      {
        instanceOf: RekindleError,
      },
    );
    t.is(error.code, 'protocol');
    t.regex(error.message, /has no list "networks"/u);
  }
});

test('pages: HTML with 200 is an error, not an empty list', async t => {
  const html = {text: '<html>Sign in</html>', headers: {'content-type': 'text/html'}};
  const error = await t.throwsAsync(
    read(t, 'network', ['networks', 'networks'], () => html),
    {instanceOf: RekindleError},
  );
  t.is(error.code, 'protocol');
});

test('pages: a later page that fails fails the list', async t => {
  const first = {json: {ports: ROWS, ports_links: [{rel: 'next', href: '?marker=c'}]}};
  const error = await t.throwsAsync(
    read(t, 'network', ['ports', 'ports'], query => (query.has('marker') ? {status: 403, json: {}} : first)),
    {instanceOf: RekindleError},
  );
  t.is(error.code, 'forbidden');
});

test('pages: a marker that vanished begins the list again, once', async t => {
  const first = {json: {ports: ROWS.slice(0, 2), ports_links: [{rel: 'next', href: '?marker=b'}]}};
  const healed = await read(t, 'network', ['ports', 'ports'], (query, count) => {
    if (!query.has('marker')) return count === 0 ? first : {json: {ports: [ROWS[0], ROWS[2]]}};
    return {status: 404, json: {}};
  });
  t.deepEqual(healed.rows, [ROWS[0], ROWS[2]]);
  let asked = 0;
  const error = await t.throwsAsync(
    read(t, 'network', ['ports', 'ports'], query => {
      asked++;
      return query.has('marker') ? {status: 400, json: {}} : first;
    }),
    {instanceOf: RekindleError},
  );
  t.is(error.code, 'http');
  t.is(asked, 4);
});

test('pages: what is made of each row is made before the next page is there', async t => {
  const all = Array.from({length: 1200}, (_, index) => ({id: `port-${index}`}));
  const taken: unknown[] = [];
  const {rows} = await read(
    t,
    'network',
    ['ports', 'ports'],
    async query => {
      if (!query.has('marker'))
        return {json: {ports: all.slice(0, 1000), ports_links: [{rel: 'next', href: '?marker=port-999'}]}};
      // Where rows were made after the pages this one would never come.
      while (taken.length < 1000) await setTimeout(1);
      return {json: {ports: all.slice(1000)}};
    },
    {
      each: element => {
        taken.push(element);
        return (element as {readonly id: string}).id;
      },
    },
  );
  t.deepEqual(
    rows,
    all.map(({id}) => id),
  );
  t.deepEqual(taken, all);
});

test('pages: what was made of rows is forgotten where the list is begun again', async t => {
  const first = {json: {ports: ROWS.slice(0, 2), ports_links: [{rel: 'next', href: '?marker=b'}]}};
  const {rows} = await read(
    t,
    'network',
    ['ports', 'ports'],
    (query, count) => {
      if (!query.has('marker')) return count === 0 ? first : {json: {ports: [ROWS[0], ROWS[2]]}};
      return {status: 404, json: {}};
    },
    {each: element => `made of ${(element as {readonly id: string}).id}`},
  );
  t.deepEqual(rows, ['made of a', 'made of c']);
});

test('pages: what can be made of no row fails the list, and nothing is left behind', async t => {
  const failing = read(
    t,
    'network',
    ['ports', 'ports'],
    query =>
      query.has('marker')
        ? {status: 500, json: {}}
        : {json: {ports: ROWS, ports_links: [{rel: 'next', href: '?marker=c'}]}},
    {
      each: () => {
        throw new TypeError('no such row');
      },
    },
  );
  await t.throwsAsync(failing, {instanceOf: TypeError, message: 'no such row'});
});

test('pages: a full last page that names no next one is not believed to be the last', async t => {
  const {rows, urls} = await read(t, 'network', ['ports', 'ports'], query => {
    const marker = query.get('marker');
    if (marker === null)
      return {json: {ports: [ROWS[0]], ports_links: [{rel: 'next', href: '?limit=1&marker=a'}]}};
    return {json: {ports: marker === 'a' ? [ROWS[1]] : marker === 'b' ? [ROWS[2]] : []}};
  });
  t.deepEqual(rows, ROWS);
  t.deepEqual(
    urls.slice(1),
    ['a', 'b', 'c'].map(marker => `/v2.0/ports?limit=1&marker=${marker}`),
  );
});

test('pages: the only page is the last one, however full', async t => {
  const {urls} = await read(t, 'network', ['ports', 'ports'], () => ({json: {ports: ROWS}}));
  t.is(urls.length, 1);
});

/** One of barbican's. */
const page = (rows: readonly object[], total: number, next?: string): Reply => ({
  json: {secrets: rows, total, ...(next === undefined ? {} : {next: `http://b.test/v1/secrets?${next}`})},
});
const nothing = (): Reply => ({status: 204});

test('pages: rows that go while pages are counted from the start begin the list again, once', async t => {
  const more = 'limit=2&offset=2';
  // The first row goes after the first page: the second begins one row too late.
  const healed = await read(t, 'key-manager', ['secrets', 'secrets'], (query, count) => {
    if (count === 0) return page([{id: 'z'}, {id: 'a'}], 4, more);
    return query.has('offset') ? page([{id: 'c'}], 3) : page([{id: 'a'}, {id: 'b'}], 3, more);
  });
  t.deepEqual(healed.rows, ROWS);
  let total = 9;
  const error = await t.throwsAsync(
    read(t, 'key-manager', ['secrets', 'secrets'], query =>
      query.has('offset') ? page([], total--) : page(ROWS.slice(0, 2), total--, more),
    ),
    {instanceOf: RekindleError},
  );
  t.is(error.code, 'protocol');
  t.regex(error.message, /change while they are read/u);
});

const groups = (count: number): readonly object[] =>
  Array.from({length: count}, (_, index) => ({id: `g${index}`}));

/** As Nova answers for server groups: no more than its limit, from an offset, without a word of what is left. */
function silently(all: readonly object[], limit: number): (query: URLSearchParams) => Reply {
  return query => {
    const offset = Number(query.get('offset') ?? 0);
    return {json: {server_groups: all.slice(offset, offset + limit)}};
  };
}

test('pages: a list that is cut without a word is asked for until its end', async t => {
  const list = ['os-server-groups', 'server_groups'] as const;
  for (const [count, requests] of [
    [0, 1],
    [99, 1],
    [100, 2],
    [250, 3],
    [297, 3],
    [298, 4],
    [2250, 23],
  ] as const) {
    const {rows, urls} = await read(t, 'compute', list, silently(groups(count), 100));
    t.deepEqual(rows, groups(count));
    t.is(urls.length, requests, `${count} rows: ${urls.join(' ')}`);
  }
  const {rows, urls} = await read(t, 'compute', list, silently(groups(120), 1000));
  t.deepEqual([rows.length, urls.length], [120, 2]);
});

test('pages: rows that go while a list is cut without a word begin it again, once', async t => {
  const list = ['os-server-groups', 'server_groups'] as const;
  const all = groups(150);
  const healed = await read(t, 'compute', list, (query, count) =>
    silently(count === 0 ? all : all.slice(1), 100)(query),
  );
  t.deepEqual(healed.rows, all.slice(1));
  const error = await t.throwsAsync(
    read(t, 'compute', list, (query, count) => silently(all.slice(count), 100)(query)),
    {instanceOf: RekindleError},
  );
  t.regex(error.message, /change while they are read/u);
});

test('pages: 204 is an empty list of Swift’s, and an error of others', async t => {
  t.deepEqual((await read(t, 'object-store', ['', ''], nothing)).rows, []);
  const error = await t.throwsAsync(read(t, 'network', ['ports', 'ports'], nothing), {
    instanceOf: RekindleError,
  });
  t.is(error.code, 'protocol');
});

test('pages: a list that Keystone cuts without a next page is an error', async t => {
  const error = await t.throwsAsync(
    read(t, 'network', ['users', 'users'], () => ({
      json: {users: ROWS, truncated: true, links: {next: null}},
    })),
    {instanceOf: RekindleError},
  );
  t.regex(error.message, /cuts the list short/u);
});

test('pages: ordered keys reach every page', async t => {
  const {rows} = await read(
    t,
    'network',
    ['networks', 'networks'],
    () => ({text: '{"networks":[{"m":{"b":1,"2":2,"1":3}}]}', headers: {'content-type': 'application/json'}}),
    {ordered: ['m']},
  );
  t.deepEqual(rows, [
    {
      m: [
        ['b', 1],
        ['2', 2],
        ['1', 3],
      ],
    },
  ]);
});
