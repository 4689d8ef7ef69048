/**
 * How work grows with the project: how often each part of each function runs, as V8 counts it. The same on every machine,
 * however busy.
 */
import {Session} from 'node:inspector/promises';
import test from 'ava';
import {readExamples, type Examples} from '../../benchmark/cloud/examples.ts';
import {makeProject} from '../../benchmark/cloud/project.ts';
import {startCloud} from '../../benchmark/cloud/server.ts';
import {sessionWith} from '../../benchmark/cloud/session.ts';
import {growth} from '../../benchmark/figures.ts';
import {otherIds} from '../../benchmark/offline.ts';
import {discover} from '../../src/discover/index.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {diff, render} from '../../src/pipeline/index.ts';

/** Sorting is a little more than linear; a search for each row among all rows is 2. */
const steepest = 1.5;
/** What runs less often costs nothing; a search among 200 for each of 200 runs twice as often. */
const rare = 20_000;

const session = new Session();

/** How often each block of rekindle's own code runs, by its place. */
async function workOf(run: () => Promise<void> | void): Promise<ReadonlyMap<string, number>> {
  // Forgets what ran before.
  await session.post('Profiler.takePreciseCoverage');
  await run();
  const {result} = await session.post('Profiler.takePreciseCoverage');
  const blocks = result.flatMap(({url, functions}) => {
    const [, file] = /\/dist\/((?:src|test)\/.+)$/u.exec(url) ?? [];
    if (file === undefined) return [];
    return functions.flatMap(({functionName, ranges}) =>
      ranges.map(({startOffset, count}) => [`${file} ${functionName} at ${startOffset}`, count] as const),
    );
  });
  return new Map(blocks);
}

async function read(servers: number): Promise<Inventory> {
  const cloud = await startCloud(makeProject(servers, 1, examples), examples);
  try {
    const session = await sessionWith(cloud.authUrl, examples.recording.region);
    try {
      return await discover(session, {now: () => new Date(0)});
    } finally {
      session.close();
    }
  } finally {
    await cloud.close();
  }
}

/** The work for each size, and which blocks of it run more often than a linear one would. */
async function steep(run: (servers: number) => Promise<void> | void): Promise<string[]> {
  // What runs once for all is done before.
  await run(sizes[0] ?? 0);
  const works: [number, ReadonlyMap<string, number>][] = [];
  for (const servers of sizes) works.push([servers, await workOf(async () => run(servers))]);
  return [...(works.at(-1)?.[1] ?? [])]
    .filter(([, most]) => most > rare)
    .map(([place, most]) => {
      const power = growth(works.map(([servers, work]) => [servers, Math.max(1, work.get(place) ?? 0)]));
      return {place, most, power};
    })
    .filter(({power}) => power > steepest)
    .sort((a, b) => b.most - a.most)
    .map(({place, most, power}) => `${place}: ${most} times, grows with the power ${power.toFixed(2)}`);
}

let examples: Examples;
const inventories = new Map<number, Inventory>();
/** The largest is close to what fits one stack. */
const sizes = [50, 100, 200];

test.before(async () => {
  // From the first call on: a function that was compiled before is not counted by blocks.
  session.connect();
  await session.post('Profiler.enable');
  await session.post('Profiler.startPreciseCoverage', {callCount: true, detailed: true});
  examples = await readExamples();
  for (const servers of sizes) inventories.set(servers, await read(servers));
});

test.after(() => {
  session.disconnect();
});

function inventoryOf(servers: number): Inventory {
  const inventory = inventories.get(servers);
  if (inventory === undefined) throw new Error(`no inventory of ${servers}`);
  return inventory;
}

test.serial('a search among all for each is found', async t => {
  const found = await steep(servers => {
    const all = Array.from({length: servers}, (_, n) => n);
    for (const one of all) for (const other of all) if (one > other && one < 0) t.fail();
  });
  t.true(found.length > 0);
  for (const place of found) t.regex(place, /growth\.test\.js .*grows with the power 2\.0/u);
});

test.serial('reading: nothing runs more often than in proportion', async t => {
  t.deepEqual(await steep(async servers => void (await read(servers))), []);
});

test.serial('inventory to bundle: nothing runs more often than in proportion', async t => {
  t.deepEqual(await steep(servers => void render(inventoryOf(servers))), []);
});

test.serial('verify: nothing runs more often than in proportion', async t => {
  const like = new Map(
    sizes.map(servers => [servers, JSON.parse(otherIds(JSON.stringify(inventoryOf(servers)))) as Inventory]),
  );
  const compare = (servers: number): void => {
    t.true(diff(inventoryOf(servers), like.get(servers) as Inventory).same);
  };
  t.deepEqual(await steep(compare), []);
});
