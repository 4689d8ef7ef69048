import {setTimeout} from 'node:timers/promises';
import test from 'ava';
import {discover} from '../../src/discover/index.ts';
import type {ListCall} from '../../src/model/list-call.ts';
import {RekindleError, type ErrorCode} from '../../src/model/errors.ts';
import {isPartial} from '../../src/model/inventory.ts';
import {failure, fakeSession, spec, type FakeCloud} from './fake.ts';

const servers = spec('server', {service: 'compute', path: 'servers/detail', key: 'servers'});
const ports = spec('port', {service: 'network', path: 'ports', key: 'ports'});
const volumes = spec('volume', {service: 'block-storage', path: 'volumes/detail', key: 'volumes'});
const trunks = spec('trunk', {service: 'network', path: 'trunks', key: 'trunks', extension: 'trunk'});
const specs = [servers, ports, volumes, trunks];

const whole: FakeCloud['replies'] = {
  'compute servers/detail': [{id: 's'}],
  'network ports': [{id: 'p'}],
  'block-storage volumes/detail': [{id: 'v'}],
  'network trunks': [{id: 't'}],
};

async function read(cloud: Partial<FakeCloud>): ReturnType<typeof discover> {
  const {session} = fakeSession({extensions: ['trunk'], replies: whole, ...cloud});
  return discover(session, {specs, now: () => new Date(0)});
}

test('a whole project has no gaps', async t => {
  const inventory = await read({});
  t.deepEqual(inventory.gaps, []);
  t.false(isPartial(inventory));
  t.deepEqual(inventory.source, {
    auth_host: 'keystone.test',
    region: 'RegionOne',
    project: {id: 'p1', name: 'web'},
    user_id: 'u1',
    roles: ['member'],
  });
});

test('a service that the catalog lacks is a gap, and nothing is missing', async t => {
  const inventory = await read({catalog: ['compute', 'network']});
  t.like(inventory.gaps, [{service: 'block-storage', kind: 'volume', reason: 'no-service'}]);
  t.deepEqual(inventory.rows['volume'], []);
  t.false(isPartial(inventory));
});

test('an extension that is absent is a gap without a request, and nothing is missing', async t => {
  const {session, asked} = fakeSession({extensions: [], replies: whole});
  const absent = await discover(session, {specs});
  t.like(absent.gaps, [
    {kind: 'trunk', reason: 'no-extension', detail: "the network service has no extension 'trunk'"},
  ]);
  t.false(asked.some(({path}) => path === 'trunks'));
  t.false(isPartial(absent));
});

test('routers are asked for while the extensions are still being listed; without the extension theirs is no answer', async t => {
  const routers = spec('router', {service: 'network', path: 'routers', key: 'routers', extension: 'router'});
  const order: string[] = [];
  const cloud = (aliases: readonly string[], reply: readonly unknown[] | RekindleError) => ({
    replies: {
      ...whole,
      'network extensions': async () => {
        await setTimeout(10);
        order.push('extensions');
        return aliases.map(alias => ({alias}));
      },
      'network routers': () => {
        order.push('routers');
        if (reply instanceof RekindleError) throw reply;
        return reply;
      },
    },
  });
  const readWith = async (aliases: readonly string[], reply: readonly unknown[] | RekindleError) =>
    discover(fakeSession(cloud(aliases, reply)).session, {specs: [...specs, routers]});
  const usual = await readWith(['router', 'trunk'], [{id: 'r1'}]);
  t.deepEqual(order, ['routers', 'extensions']);
  t.deepEqual(usual.rows['router'], [{id: 'r1'}]);
  t.deepEqual(usual.gaps, []);
  for (const reply of [[{id: 'r1'}], failure('not-found', 404), failure('http', 500)]) {
    const odd = await readWith(['trunk'], reply);
    t.deepEqual(odd.rows['router'], []);
    t.like(odd.gaps, [{kind: 'router', reason: 'no-extension'}]);
  }
  const broken = await readWith(['router', 'trunk'], failure('not-found', 404));
  t.like(broken.gaps, [{kind: 'router', reason: 'failed'}]);
});

test('a 404 tells of an absent extension only where the extensions do not tell otherwise', async t => {
  const {'network trunks': _, ...rest} = whole;
  const listed = await read({replies: rest});
  t.like(listed.gaps, [{kind: 'trunk', reason: 'failed'}]);
  t.true(isPartial(listed));
  const untold = await read({replies: {...rest, 'network extensions': failure('forbidden', 403)}});
  t.like(untold.gaps, [
    {kind: 'extension', reason: 'forbidden'},
    {kind: 'trunk', reason: 'no-extension'},
  ]);
});

test('where extensions may not be read, the list itself tells', async t => {
  const inventory = await read({replies: {...whole, 'network extensions': failure('forbidden', 403)}});
  t.like(inventory.gaps, [{kind: 'extension', reason: 'forbidden'}]);
  t.deepEqual(inventory.rows['trunk'], [{id: 't'}]);
});

test('403 is a gap in every service, and the snapshot partial', async t => {
  for (const key of Object.keys(whole)) {
    const inventory = await read({replies: {...whole, [key]: failure('forbidden', 403)}});
    t.is(inventory.gaps.length, 1);
    t.like(inventory.gaps, [{service: key.split(' ')[0] ?? '', reason: 'forbidden'}]);
    t.true(isPartial(inventory));
  }
});

const failures: [ErrorCode, number?][] = [
  ['http', 500],
  ['http', 503],
  ['not-found', 404],
  ['timeout'],
  ['connect'],
  ['protocol'],
  ['auth', 401],
];

test('any other failure of a list outside the core is a gap, and the snapshot partial', async t => {
  for (const [code, status] of failures) {
    const inventory = await read({
      replies: {...whole, 'block-storage volumes/detail': failure(code, status)},
    });
    t.like(inventory.gaps, [{service: 'block-storage', kind: 'volume', reason: 'failed'}]);
    t.is(inventory.gaps.length, 1);
    t.true(isPartial(inventory));
  }
});

test('any other failure of a list of the core ends the run: never a quietly smaller inventory', async t => {
  for (const key of ['compute servers/detail', 'network ports', 'network extensions']) {
    for (const [code, status] of failures) {
      const error = failure(code, status);
      t.is(await t.throwsAsync(read({replies: {...whole, [key]: error}})), error);
    }
  }
});

test('a catalog without compute or network is an error with a hint, not an empty project', async t => {
  for (const catalog of [['network', 'block-storage'], ['compute']]) {
    const {session} = fakeSession({replies: whole, catalog});
    const error = await t.throwsAsync(discover(session, {specs}), {instanceOf: RekindleError});
    t.is(error.code, 'no-service');
    t.regex(error.hint ?? '', /region/);
  }
});

test('a failure of the core stops what is under way', async t => {
  let stopped = false;
  const hang = async ({options}: {options: {signal?: AbortSignal | undefined}}): Promise<unknown> =>
    new Promise((_, reject) => {
      options.signal?.addEventListener('abort', () => {
        stopped = true;
        reject(new RekindleError('aborted', 'stopped'));
      });
    });
  const error = failure('http', 500);
  const replies = {...whole, 'network ports': hang, 'compute servers/detail': error};
  t.is(await t.throwsAsync(read({replies})), error);
  t.true(stopped);
});

test("the caller's signal ends the run", async t => {
  const controller = new AbortController();
  const {session} = fakeSession({
    replies: {
      ...whole,
      'network ports': () => {
        controller.abort();
        return [];
      },
    },
    extensions: ['trunk'],
  });
  const more: ListCall = {
    service: 'network',
    path: 'ports/{id}',
    key: 'x',
    parent: {kind: 'server', field: 'server_id'},
  };
  const run = discover(session, {specs: [...specs, spec('more', more)], signal: controller.signal});
  const error = await t.throwsAsync(run, {instanceOf: RekindleError});
  t.is(error.code, 'aborted');
});

test('a token without a project is an error before anything is asked', async t => {
  const {session, asked} = fakeSession({replies: whole});
  const unscoped = {...session, identity: {...session.identity, project: undefined}};
  await t.throwsAsync(discover(unscoped, {specs}), {message: /not scoped to a project/});
  t.is(asked.length, 0);
});

test('malformed rows are counted in a gap, never dropped unseen', async t => {
  const rows = [{id: 'a'}, {id: ''}, {id: 7}, null, 'text', ['x'], {}];
  const inventory = await read({replies: {...whole, 'network ports': rows}});
  t.deepEqual(inventory.rows['port'], [{id: 'a'}]);
  t.like(inventory.gaps, [
    {kind: 'port', reason: 'failed', detail: '6 of 7 rows of port are no objects with an id'},
  ]);
  t.true(isPartial(inventory));
});

test('a row that two pages hold counts once; changed in between, it is a gap', async t => {
  const same = [
    {id: 'a', name: 'x', tags: ['1']},
    {tags: ['1'], name: 'x', id: 'a'},
  ];
  const once = await read({replies: {...whole, 'network ports': same}});
  t.is(once.rows['port']?.length, 1);
  t.deepEqual(once.gaps, []);

  const changed = [
    {id: 'a', name: 'x'},
    {id: 'a', name: 'y'},
  ];
  const partial = await read({replies: {...whole, 'network ports': changed}});
  t.is(partial.rows['port']?.length, 1);
  t.like(partial.gaps, [{kind: 'port', reason: 'failed'}]);
});

test('rows that references and pruning choke on are a gap, not a crash', async t => {
  const odd = spec('odd', {
    service: 'image',
    path: 'odd',
    key: 'odd',
    keep: row => (row['list'] as string[]).includes('x'),
    referred: {
      style: 'repeated',
      parameter: 'id',
      ids: rows => (rows['port'] ?? []).flatMap(port => (port['fixed_ips'] as string[]).map(ip => ip)),
    },
  });
  const {session} = fakeSession({replies: {...whole, 'image odd': [{id: 'o'}]}, extensions: ['trunk']});
  const {gaps, rows} = await discover(session, {specs: [...specs, odd]});
  t.deepEqual(rows['odd'], [{id: 'o'}]);
  t.like(gaps, [
    {kind: 'odd', reason: 'failed', detail: 'rows that refer to odd are not shaped as their API promises'},
  ]);
});

test('rows read in the oldest form of an API, because it tells no microversions, are partial', async t => {
  const modern = spec('server', {
    service: 'compute',
    path: 'servers/detail',
    key: 'servers',
    microversion: '2.96',
  });
  const {session} = fakeSession({replies: whole});
  const inventory = await discover(session, {specs: [modern]});
  t.like(inventory.gaps, [{kind: 'server', reason: 'failed'}]);
  t.true(isPartial(inventory));
});
