import test from 'ava';
import fc from 'fast-check';
import {examples} from '../support/fuzz/pool.ts';
import {inventoryFrom, planOf} from '../support/fuzz/mutate.ts';
import * as check from '../support/fuzz/check.ts';

test('probe', t => {
  const runs = Number(process.env['RUNS'] ?? 500);
  const seed = Number(process.env['SEED'] ?? 1);
  const cases = fc.sample(fc.tuple(planOf(examples), check.shapes), {numRuns: runs, seed});
  const start = process.cpuUsage();
  const outcomes = new Map<string, number>();
  const faults = new Map<string, string>();
  for (const [index, [plan, shape]] of cases.entries()) {
    let stage = 'build';
    try {
      const given = inventoryFrom(plan);
      stage = 'render';
      const {outcome, taken, inventory, error} = check.renderHostile(given, shape);
      const key = error === undefined ? outcome : `${outcome} ${error.message.slice(0, 70)}`;
      outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
      if (taken === undefined || inventory === undefined) continue;
      for (const [name, run] of [
        ['told', () => check.checkTold(inventory, taken)],
        ['files', () => check.checkFiles(taken.bundle)],
        ['template', () => check.checkTemplate(taken, shape)],
        ['same', () => check.checkSame(inventory, shape)],
      ] as const) {
        stage = name;
        try { run(); } catch (error) { note(stage, index, error, shape, plan); }
      }
    } catch (error) {
      note(stage, index, error, shape, plan);
    }
  }
  function note(stage: string, index: number, error: unknown, shape: unknown, plan: {edits: unknown}): void {
    const e = error as Error;
    const at = e instanceof check.Fault ? '' : (e.stack ?? '').split('\n').slice(1, 5).map(line => line.replace(/.*\/dist\//, '').trim()).join(' < ');
    const key = `${stage}: ${e.message.slice(0, 60)} ${at.slice(0, 60)}`;
    if (!faults.has(key)) faults.set(key, `#${index} ${stage} ${e.message.slice(0, 400)}\n   ${at}\n   shape ${JSON.stringify(shape)} edits ${JSON.stringify(plan.edits).slice(0, 600)}`);
  }
  const cpu = process.cpuUsage(start);
  console.log([...outcomes].map(([k, n]) => `${n} ${k}`).join('\n'));
  console.log('CPU', (cpu.user + cpu.system) / 1e6, 's; examples', examples.length);
  for (const text of faults.values()) console.log(text);
  t.pass();
});
