/** The same clouds for the command line: exit codes, standard error, and what is written. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {isAbsence, isPartial, mergedGaps, type Inventory} from '../../src/model/inventory.ts';
import {inventoryText} from '../../src/store/index.ts';
import {bench, type Ran} from '../cli/support/world.ts';
import {hasty, leaksOf, openArena, password, type Arena} from '../support/faults/runs.ts';
import {describe} from '../support/faults/seeds.ts';
import {environmentOf} from '../support/replay/environment.ts';
import {startReplay, type ReplayOptions} from '../support/replay/server.ts';
import {readSample} from '../support/replay/sample.ts';

const recording = await readSample('web');
const seeds = Array.from({length: 100}, (_, index) => 5000 + index);
const chunk = 20;

interface Taken extends Ran {
  /** Undefined where no bundle was written. */
  readonly inventory: Inventory | undefined;
  /** By path, without what tells one run from another. */
  readonly files: Readonly<Record<string, string>>;
}

async function snapshot(
  t: ExecutionContext,
  options: ReplayOptions,
  words: readonly string[],
): Promise<Taken> {
  const replay = await startReplay(recording, options);
  t.teardown(async () => replay.close());
  const {dir, run} = await bench(t);
  const env = environmentOf(recording, replay.authUrl, password);
  const ran = await run(['snapshot', 'out', ...words], {env, clock: hasty});
  const folder = join(dir, 'out');
  const names = await readdir(folder).catch(() => []);
  const texts = await Promise.all(
    names.map(async name => [name, await readFile(join(folder, name), 'utf8')] as const),
  );
  const inventory = texts.find(([name]) => name === 'inventory.json')?.[1];
  const files = texts
    .filter(([name]) => name !== 'inventory.json')
    .map(([name, text]) => [name, timeless(text)]);
  return {
    ...ran,
    inventory: inventory === undefined ? undefined : atHome(JSON.parse(inventory) as Inventory),
    files: Object.fromEntries(files) as Record<string, string>,
  };
}

/** As the arena's own runs have it. */
function atHome(inventory: Inventory): Inventory {
  const source = {...inventory.source, auth_host: 'keystone.example:5000'};
  return {...inventory, captured_at: new Date(recording.date).toISOString(), tool: 'rekindle', source};
}

function timeless(text: string): string {
  return text.replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z|127\.0\.0\.1:\d+|\d{4}-\d\d-\d\d \d\d:\d\d/g, '(now)');
}

let arena: Arena | undefined;
const codes: Record<number, number> = {};

test.before(async () => void (arena = await openArena()));
test.after.always(async () => arena?.close());

for (let first = 0; first < seeds.length; first += chunk) {
  const some = seeds.slice(first, first + chunk);
  test.serial(
    `snapshot exits with what it has done: seeds ${some[0] ?? ''} to ${some.at(-1) ?? ''}`,
    async t => {
      if (arena === undefined) throw new Error('no arena');
      const calm = await snapshot(t, {}, []);
      t.is(calm.code, 0, calm.stderr);
      for (const seed of some) {
        const plan = arena.plan(seed);
        const words = [
          ...(plan.slow ? ['--http-timeout', '0.3'] : []),
          ...(seed % 3 === 0 ? ['--debug'] : []),
        ];
        const taken = await snapshot(t, arena.cloud(plan), words);
        const what = `seed ${seed}: ${describe(plan)}\n${taken.code}\n${taken.stderr}`;
        codes[taken.code] = (codes[taken.code] ?? 0) + 1;
        t.deepEqual(leaksOf([taken.stderr, taken.stdout, ...Object.values(taken.files)], []), [], what);
        const {inventory} = taken;
        if (inventory === undefined) {
          t.true(taken.code === 1 || taken.code === 2, what);
          t.regex(taken.stderr, /^rekindle: \S.{10}/m, what);
          t.is(taken.stdout, '', what);
          t.deepEqual(taken.files, {}, what);
        } else if (isPartial(inventory)) {
          t.is(taken.code, 3, what);
          for (const gap of mergedGaps(inventory.gaps)) {
            if (isAbsence(gap)) continue;
            t.true(taken.stderr.includes(gap.detail), `${gap.detail} is not said: ${what}`);
            t.true(
              taken.files['report.json']?.includes(JSON.stringify(gap.detail)),
              `${gap.detail} is not in the report: ${what}`,
            );
          }
        } else {
          t.is(taken.code, 0, what);
          if (inventoryText(inventory) === inventoryText(calm.inventory ?? inventory))
            t.deepEqual(taken.files, calm.files, what);
          else t.true(await arena.isMoment(inventory, plan), what);
        }
      }
    },
  );
}

test.serial('all exit codes came up', t => {
  t.log(codes);
  for (const code of [0, 1, 3]) t.true((codes[code] ?? 0) >= 5, `exit ${code}`);
});
