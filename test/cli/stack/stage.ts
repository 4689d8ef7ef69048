/** The command line in front of a Heat with one stack. */
import type {ExecutionContext} from 'ava';
import {testCloud} from '../support/cloud.ts';
import {heatStack, type Life} from '../support/heat-stack.ts';
import {bench, type Changes, type Ran} from '../support/world.ts';

export interface Stage {
  /** A folder of the test's own; the working directory of the runs. */
  readonly dir: string;
  /** `rekindle stack` and these words. */
  readonly stack: (words: readonly string[], changes?: Changes) => Promise<Ran>;
  readonly run: (words: readonly string[], changes?: Changes) => Promise<Ran>;
  /** As `DELETE stacks/web`. */
  readonly asked: readonly string[];
}

export async function stage(t: ExecutionContext, life: Life = {}): Promise<Stage> {
  const made = await bench(t);
  const fake = heatStack(life);
  const {env} = await testCloud(t, fake.fault);
  const run = (words: readonly string[], changes: Changes = {}): Promise<Ran> =>
    made.run(words, {env, ...changes});
  return {
    dir: made.dir,
    asked: fake.asked,
    run,
    stack: (words, changes) => run(['stack', ...words], changes),
  };
}

/** Requests that change something. */
export function changes(asked: readonly string[]): readonly string[] {
  return asked.filter(line => !line.startsWith('GET '));
}
