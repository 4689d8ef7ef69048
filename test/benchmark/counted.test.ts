/** What a snapshot asks a synthetic cloud for: counted, never timed (docs/benchmark.md). */
import {setTimeout} from 'node:timers/promises';
import test, {type ExecutionContext} from 'ava';
import {readExamples, type Examples} from '../../benchmark/cloud/examples.ts';
import {makeProject} from '../../benchmark/cloud/project.ts';
import {startCloud, type SyntheticCloud} from '../../benchmark/cloud/server.ts';
import {sessionWith} from '../../benchmark/cloud/session.ts';
import {byPath} from '../../benchmark/network.ts';
import {depthOf, planOf} from '../../benchmark/wire/plan.ts';
import {discover} from '../../src/discover/index.ts';
import type {Inventory} from '../../src/model/inventory.ts';

/** What a project of up to 1000 servers may cost (docs/benchmark.md): one request each, beside the outside network. */
const core = [
  'GET /compute/v2.1/os-keypairs',
  'GET /compute/v2.1/os-server-groups',
  'GET /compute/v2.1/servers/detail',
  'GET /image/v2/images',
  'GET /network/v2.0/floatingips',
  'GET /network/v2.0/networks',
  'GET /network/v2.0/ports',
  'GET /network/v2.0/routers',
  'GET /network/v2.0/security-groups',
  'GET /network/v2.0/subnets',
  'GET /volumev3/v3/{id}/volumes/detail',
];
const budget = 12;
const discovery = [
  'GET /compute/v2.1/',
  'GET /network/v2.0/extensions',
  'GET /volumev3/v3/',
  'POST /v3/auth/tokens',
];
/** As many as are asked of one service at once. */
const atOnce = 8;

let examples: Examples;

test.before(async () => {
  examples = await readExamples();
});

interface Taken {
  readonly cloud: SyntheticCloud;
  readonly inventory: Inventory;
  readonly counts: ReadonlyMap<string, number>;
}

async function read(t: ExecutionContext, servers: number, gate?: () => Promise<void>): Promise<Taken> {
  const cloud = await startCloud(makeProject(servers, 1, examples), examples, gate);
  t.teardown(() => cloud.close());
  const session = await sessionWith(cloud.authUrl, examples.recording.region);
  t.teardown(() => session.close());
  const inventory = await discover(session, {now: () => new Date(0)});
  return {cloud, inventory, counts: new Map(byPath(cloud.served))};
}

for (const servers of [20, 200]) {
  test(`${servers} servers: core kinds are read with ${budget} requests beside discovery, none of them for one thing`, async t => {
    const {inventory, counts} = await read(t, servers);
    t.is(inventory.rows['server']?.length, servers);
    t.is(inventory.rows['port']?.length, servers * 1.5 + Math.ceil(servers / 50));
    t.is(inventory.rows['volume']?.length, servers * 1.5);
    t.is(inventory.rows['network']?.length, Math.ceil(servers / 50) + 1);
    const unexpected = inventory.gaps.filter(({reason}) => !['no-service', 'no-extension'].includes(reason));
    t.deepEqual(unexpected, []);
    const cost = core.map(path => counts.get(path) ?? 0);
    t.true(cost.reduce((sum, count) => sum + count, 0) <= budget);
    for (const path of discovery) t.is(counts.get(path), 1, path);
    // Other kinds: one list each, whether there are any or not.
    const others = [...counts].filter(([path]) => !core.includes(path) && !discovery.includes(path));
    t.deepEqual(
      others.filter(([, count]) => count !== 1),
      [],
    );
    const single = [...counts.keys()].filter(path => /\{id\}$|\{id\}\/(?!volumes|stacks)/u.test(path));
    t.deepEqual(single, []);
  });
}

test('requests grow with the pages of a list, and with nothing else', async t => {
  const [small, large] = [await read(t, 20), await read(t, 1200)];
  const grown = [...large.counts]
    .map(([path, count]) => [path, count - (small.counts.get(path) ?? 0)] as const)
    .filter(([, more]) => more !== 0);
  // 1200 servers and 1800 volumes, a thousand to a page.
  t.deepEqual(grown, [
    ['GET /compute/v2.1/servers/detail', 1],
    ['GET /volumev3/v3/{id}/volumes/detail', 1],
  ]);
  t.is(large.inventory.rows['server']?.length, 1200);
  t.is(large.inventory.rows['volume']?.length, 1800);
});

/** Answers only when nothing more is asked, and counts how often that is: how many answers follow one another. */
class Lockstep {
  waves = 0;
  #arrived = 0;
  #over = false;
  readonly #waiting: (() => void)[] = [];

  readonly gate = async (): Promise<void> => {
    this.#arrived += 1;
    await new Promise<void>(resolve => this.#waiting.push(resolve));
  };

  /** Client and cloud share this process: whoever has work does it before the timers run out. */
  async run(): Promise<void> {
    while (!this.#over) {
      for (let [before, calm] = [-1, 0]; calm < 25; before = this.#arrived) {
        calm = this.#arrived === before ? calm + 1 : 0;
        await setTimeout(2);
      }
      if (this.#waiting.length > 0) this.waves += 1;
      for (const go of this.#waiting.splice(0)) go();
    }
  }

  end(): void {
    this.#over = true;
  }
}

test('no request waits for an answer that it does not need, and no service is asked for too much at once', async t => {
  const lockstep = new Lockstep();
  const running = lockstep.run();
  const {cloud} = await read(t, 100, lockstep.gate).finally(() => {
    lockstep.end();
  });
  await running;
  const deep = depthOf(planOf(cloud.served, one => cloud.bodyOf(one)));
  // A token; the versions of Nova, and routers that name the network outside; servers, and that network.
  t.is(deep, 3);
  t.is(lockstep.waves, deep);
  const {all = 0, ...services} = Object.fromEntries(cloud.peaks);
  t.true(all > atOnce);
  for (const [service, peak] of Object.entries(services)) t.true(peak <= atOnce, `${service}: ${peak}`);
});

test('the same seed makes the same project, another one another', t => {
  t.is(textOf(60, 1), textOf(60, 1));
  t.not(textOf(60, 1), textOf(60, 2));
});

function textOf(servers: number, seed: number): string {
  return JSON.stringify([...makeProject(servers, seed, examples).collections]);
}
