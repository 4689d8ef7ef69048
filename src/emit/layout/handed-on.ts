/** What stacks take with all that they hand on, nearly: to cut them, only to see that one is too much, is far more work. Pure. */
import type {Dependencies} from './dependencies.ts';
import type {Planned} from './plan.ts';
import type {Weight} from './weights.ts';

/** Characters of an output and of a parameter that it fills, beside the name that each has in it twice. */
const OUTPUT = 82;
const PARAMETER = 75;

/** Characters of each stack's template. */
export function lengthsOf(
  planned: readonly Planned[],
  {names, refers}: Pick<Dependencies, 'names' | 'refers'>,
  weights: readonly Weight[],
): readonly number[] {
  const stackOf = new Int32Array(names.length);
  for (const [stack, {members}] of planned.entries()) for (const index of members) stackOf[index] = stack;
  const lengths = planned.map(({members}) =>
    members.reduce((sum, index) => sum + (weights[index]?.size ?? 0), 0),
  );
  const add = (stack: number, length: number): void => {
    lengths[stack] = (lengths[stack] ?? 0) + length;
  };
  const told = new Set<number>();
  const fed = planned.map(() => new Set<number>());
  for (const [index, targets] of refers.entries()) {
    const to = stackOf[index] ?? 0;
    for (const target of targets) {
      const from = stackOf[target] ?? 0;
      if (from === to) continue;
      const name = 2 * (names[target] ?? '').length;
      if (!told.has(target)) add(from, OUTPUT + name);
      if (fed[to]?.has(target) === false) add(to, PARAMETER + name);
      told.add(target);
      fed[to]?.add(target);
    }
  }
  return lengths;
}
