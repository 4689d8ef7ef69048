/** Deploying and what goes wrong meanwhile: never a second stack, never success where there is none, always a way on. */
import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {heat, testCloud, password} from '../cli/support/cloud.ts';
import {heatStack} from '../cli/support/heat-stack.ts';
import {bench, type Ran} from '../cli/support/world.ts';
import {
  describeHeat,
  heatPlan,
  heatTroubles,
  spoiled,
  type HeatPlan,
} from '../support/faults/heat-troubles.ts';
import {hasty} from '../support/faults/runs.ts';
import {inventoryOf} from '../support/inventory.ts';

const kinds = ['deploy', 'deploy', 'update', 'delete', 'suspend'] as const;
type Kind = (typeof kinds)[number];
const seeds = 240;
const chunk = 40;

interface Ended extends Ran {
  /** As `POST stacks`: what Heat was asked for and took. */
  readonly taken: readonly string[];
}

async function run(t: ExecutionContext, kind: Kind, plan: HeatPlan): Promise<Ended> {
  const made = await bench(t);
  const settings = {polls: 2, failed: plan.fails, taken: kind === 'update', other: kind === 'update'};
  const fake =
    kind === 'deploy' || kind === 'update' ? heat(settings) : heatStack(plan.fails ? {end: endOf(kind)} : {});
  const {env} = await testCloud(t, spoiled(fake, plan).fault);
  const run = (words: readonly string[]): Promise<Ran> => made.run(words, {env, clock: hasty});
  const group = {id: 'g1', name: 'group', policy: 'affinity', rules: {}, members: [], metadata: {}};
  const inventory = inventoryOf({server_group: [{...group, project_id: 'p1', user_id: 'u1'}]});
  await writeFile(join(made.dir, 'inventory.json'), JSON.stringify(inventory));
  if (kind === 'deploy' || kind === 'update') {
    await run(['render', 'inventory.json', 'out']);
    const ran = await run(['deploy', 'out', '--stack', 'web', '--yes']);
    return {...ran, taken: fake.asked};
  }
  const ran = await run(['stack', kind, 'web', ...(kind === 'delete' ? ['--yes'] : [])]);
  return {...ran, taken: fake.asked};
}

function endOf(kind: Kind): string {
  return kind === 'delete' ? 'DELETE_FAILED' : 'SUSPEND_FAILED';
}

function count(asked: readonly string[], pattern: RegExp): number {
  return asked.filter(line => pattern.test(line)).length;
}

const endings: Record<string, number> = {};
const troubles: Record<string, Record<string, number>> = {};

for (let first = 0; first < seeds; first += chunk) {
  test.serial(`a stack that is changed in a bad hour: seeds ${first} to ${first + chunk - 1}`, async t => {
    for (let seed = first; seed < first + chunk; seed++) {
      const plan = heatPlan(seed);
      const kind = kinds[seed % kinds.length] ?? 'deploy';
      const {code, stdout, stderr, taken} = await run(t, kind, plan);
      const what = `seed ${seed}, ${kind}: ${describeHeat(plan)}\nexit ${code}\n${stdout}\n${stderr}\n${taken.join('\n')}`;
      endings[`${kind} ${code}`] = (endings[`${kind} ${code}`] ?? 0) + 1;
      for (const trouble of new Set(plan.troubles.map(one => one.kind))) {
        const row = (troubles[trouble] ??= {});
        row[code] = (row[code] ?? 0) + 1;
      }
      t.true([0, 1, 4].includes(code), what);
      t.false(/internal error/.test(stderr), what);
      for (const secret of [password, 'replayed-']) t.false(`${stdout}${stderr}`.includes(secret), what);
      t.true(count(taken, /^POST stacks$/) <= 1, `a second stack: ${what}`);
      t.true(count(taken, /^PUT /) <= 1, `a second update: ${what}`);
      if (kind === 'deploy' && code === 0) t.is(count(taken, /^POST stacks$/), 1, what);
      if (kind === 'update' && code === 0) t.is(count(taken, /^PUT /), 1, what);
      // What somebody else deletes meanwhile is deleted.
      const fails = plan.fails && kind !== 'update' && !(kind === 'delete' && plan.gone !== undefined);
      if (fails) t.not(code, 0, what);
      if (plan.gone !== undefined && kind !== 'delete' && count(taken, /\/events/) >= plan.gone)
        t.not(code, 0, what);
      if (code === 0) continue;
      t.regex(stderr, /^rekindle: \S.{10}/m, what);
      const begun = count(taken, /^(?:POST stacks$|PUT |DELETE stacks\/web$|POST stacks\/web\/actions)/) > 0;
      // Once Heat has begun, whoever reads the message must know which stack it is, and how to look at it or go on.
      if (begun) t.regex(stderr, /rekindle stack|deploy again/, `it does not say how to go on: ${what}`);
    }
  });
}

test.serial('the ends are not all alike, and nothing was left out', t => {
  t.log(endings);
  t.log(troubles);
  for (const kind of new Set(kinds)) {
    t.true((endings[`${kind} 0`] ?? 0) >= 3, `${kind} hardly ever worked`);
    t.true((endings[`${kind} 1`] ?? 0) >= 3, `${kind} hardly ever failed`);
  }
  for (const trouble of heatTroubles) t.true(trouble in troubles, trouble);
});
