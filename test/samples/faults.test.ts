/** A cloud that misbehaves gives the same bytes or a clear error, never a quietly smaller inventory. */
import test, {type ExecutionContext} from 'ava';
import type {Clock} from '../../src/cloud/index.ts';
import {discover} from '../../src/discover/index.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {isPartial, type Inventory} from '../../src/model/inventory.ts';
import {inventoryText} from '../../src/store/index.ts';
import {readSample} from '../support/replay/sample.ts';
import type {Fault, Request} from '../support/replay/server.ts';
import {openReplay} from '../support/replay/session.ts';

/** Waits end at once. */
const hasty: Clock = {now: () => Date.now(), sleep: async () => Promise.resolve(), random: () => 0};
const recording = await readSample('web');

async function read(
  t: ExecutionContext,
  fault?: (request: Request) => Fault | undefined,
): Promise<{readonly inventory: Inventory; readonly counts: ReadonlyMap<string, number>}> {
  const options = {clock: hasty, ...(fault === undefined ? {} : {fault})};
  const {session, replay, close} = await openReplay(recording, options);
  t.teardown(close);
  return {inventory: await discover(session, {now: () => new Date(0)}), counts: replay.counts};
}

const lists = recording.exchanges.filter(({method, token}) => method === 'GET' && token === true).map(({path}) => path);
const text = async (t: ExecutionContext): Promise<string> => inventoryText((await read(t)).inventory);

test('the lists of a project take one request each', async t => {
  const {inventory, counts} = await read(t);
  t.false(isPartial(inventory));
  for (const [key, count] of counts) t.true(count <= 2, `${key}: ${count}`);
  const requests = [...counts.values()].reduce((sum, count) => sum + count, 0);
  t.log(`${requests} requests:`, Object.fromEntries(counts));
  t.true(requests <= 27, String(requests));
});

const passing: Readonly<Record<string, Fault>> = {
  'a 503': {status: 503},
  'a 429 that says when': {status: 429, headers: {'retry-after': '1'}},
  'an answer cut off': {cut: 10},
};

for (const [name, fault] of Object.entries(passing)) {
  test(`${name}, once for every list, changes nothing`, async t => {
    const {inventory} = await read(t, ({path, before}) => (lists.includes(path) && before === 0 ? fault : undefined));
    t.is(inventoryText(inventory), await text(t));
  });
}

test('a token that ends on the way is renewed, and changes nothing', async t => {
  const {inventory, counts} = await read(t, ({path, before}) =>
    path.endsWith('/servers/detail') && before === 0 ? 'expire' : undefined,
  );
  t.is(inventoryText(inventory), await text(t));
  t.true((counts.get('POST /v3/auth/tokens') ?? 0) >= 2);
});

const lasting: Readonly<Record<string, Fault>> = {
  'a 500': {status: 500, body: '{"computeFault": {"code": 500, "message": "oops"}}'},
  'an answer that is cut off': {cut: 10},
  'a page of a proxy': {status: 200, headers: {'content-type': 'text/html'}, body: '<html>Welcome</html>'},
  'an empty object': {status: 200, body: '{}'},
  'a 404': {status: 404, body: '{}'},
};

for (const [name, fault] of Object.entries(lasting)) {
  test(`${name}, always, is an error or a gap for each list`, async t => {
    const whole = (await read(t)).inventory;
    for (const list of new Set(lists.filter(path => !/\/v[\d.]+\/$/.test(path)))) {
      const result = await read(t, ({path}) => (path === list ? fault : undefined)).catch((error: unknown) => error);
      if (result instanceof RekindleError) {
        t.regex(list, /^\/(?:compute|network)\//, list);
        continue;
      }
      if (result instanceof Error) throw result;
      const {inventory} = result as {inventory: Inventory};
      const missing = Object.keys(whole.rows).filter(
        kind => inventory.rows[kind]?.length !== whole.rows[kind]?.length,
      );
      // What nobody refers to any more is not asked for: its gap is the one of those who would have.
      if (missing.length > 0) t.true(isPartial(inventory), `${list}: ${missing.join(', ')} missing without a gap`);
    }
  });
}

test('a wrong password is an error that says so', async t => {
  const error = await t.throwsAsync(openReplay(recording, {password: 'wrong'}), {instanceOf: RekindleError});
  t.is(error.code, 'auth');
});
