/** A range of seeds as tests: no run may end wrongly, and the ends must not all be alike. */
import test, {type ExecutionContext} from 'ava';
import {troubleKinds, type Plan} from './plan.ts';
import {endings, openArena, type Arena, type Ending, type Run} from './runs.ts';

type Counts = Record<string, Record<Ending, number>>;

/** Tests of 50 seeds each, and one of how all of them ended. */
export function testSeeds(from: number, to: number): void {
  const counts: Counts = {};
  let arena: Arena | undefined;
  test.before(async () => void (arena = await openArena()));
  test.after.always(async () => arena?.close());
  for (let first = from; first < to; first += 50) {
    const last = Math.min(first + 50, to) - 1;
    test.serial(
      `whatever goes wrong, a snapshot is right or says what is missing: seeds ${first} to ${last}`,
      async t => {
        for (let seed = first; seed <= last; seed++)
          if (arena !== undefined) await runSeed(t, arena, counts, seed);
      },
    );
  }
  test.serial('the ends are not all alike, and nothing was left out', t => {
    t.log(tableOf(counts));
    for (const ending of endings)
      t.true((counts['all']?.[ending] ?? 0) >= (to - from) / 50, `${ending} is too rare`);
    for (const kind of troubleKinds) t.true(kind in counts, `${kind} never happened`);
    t.true((arena?.elsewhere.received.length ?? 0) > 0, 'nothing was ever redirected');
  });
}

async function runSeed(t: ExecutionContext, arena: Arena, counts: Counts, seed: number): Promise<void> {
  const run = await arena.run(seed);
  const what = `seed ${seed} ended as ${run.ending}: ${describe(run.plan)}\n${run.said}`;
  t.deepEqual(run.wrong, [], what);
  if (isHarmless(run.plan)) t.is(run.ending, 'same', what);
  for (const kind of ['all', ...kindsOf(run.plan)]) count(counts, kind, run);
}

export function kindsOf({troubles, happens, refused}: Plan): string[] {
  const kinds = [...troubles, ...happens.map(({name}) => ({kind: name}))].map(({kind}) => kind);
  return [...new Set([...kinds, ...(refused === undefined ? [] : ['refuse'])])];
}

export function describe(plan: Plan): string {
  const troubles = plan.troubles.map(({kind, path, times}) => `${kind} on ${path}, ${times} times`);
  const happens = plan.happens.map(({name, at}) => `${name} before list ${at}`);
  const refused = plan.refused === undefined ? [] : [`${plan.refused} refuses connections`];
  return [...troubles, ...happens, ...refused, `${plan.page} rows a page`].join('; ');
}

/** Troubles that a client gets over by itself, if they come seldom enough. */
const passing: Readonly<Record<string, number>> = {
  delay: Infinity,
  'quick drip': Infinity,
  'row twice': Infinity,
  'next link missing': Infinity,
  expire: 1,
  reset: 3,
  '429': 3,
  '500': 3,
  '502': 3,
  '503': 3,
  '504': 3,
  '502 with HTML': 3,
  '503 with HTML': 3,
};

function isHarmless({troubles, happens, refused, slow, page}: Plan): boolean {
  const [only, ...others] = troubles;
  if (only === undefined || others.length > 0 || happens.length > 0 || refused !== undefined || slow)
    return false;
  // A token that ends on each of several pages ends too often for one request.
  if (only.kind === 'expire' && page < 100) return false;
  return only.times <= (passing[only.kind] ?? 0);
}

function count(counts: Counts, kind: string, {ending}: Pick<Run, 'ending'>): void {
  const row = (counts[kind] ??= {same: 0, later: 0, partial: 0, error: 0});
  row[ending] += 1;
}

function tableOf(counts: Counts): string {
  const lines = Object.keys(counts)
    .sort()
    .map(kind =>
      [kind.padEnd(55), ...endings.map(ending => String(counts[kind]?.[ending] ?? 0).padStart(8))].join(''),
    );
  return [['trouble'.padEnd(55), ...endings.map(ending => ending.padStart(8))].join(''), ...lines].join('\n');
}
