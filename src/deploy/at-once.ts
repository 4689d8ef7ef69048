/** Work on several stacks: what may be done at the same time is, each after what it waits for. */
import pLimit from 'p-limit';

/**
 * Stacks that Heat works on at the same time. In each it begins but one a second of the resources that need no other, and of
 * those that no other needs when it deletes them (heat `engine/stack.py`, `converge_stack`): many take that long.
 */
const atOnce = 8;

export interface Turns<T, R> {
  /** Whether it has to wait for the end of one before it. */
  readonly waitsFor: (item: T, earlier: T) => boolean;
  readonly run: (item: T) => Promise<R>;
}

export interface Outcomes<T, R> {
  /** Of what was done, in the order of the items. */
  readonly done: readonly R[];
  /** The first in the order of the items; what was under way then was followed to its end, and nothing else begun. */
  readonly failure?: {readonly item: T; readonly error: unknown};
}

/** Runs all of them; what fails is in the result. */
export async function inTurns<T, R>(
  items: readonly T[],
  {waitsFor, run}: Turns<T, R>,
): Promise<Outcomes<T, R>> {
  const turn = pLimit(atOnce);
  const failures: {readonly item: T; readonly error: unknown}[] = [];
  const begun: {readonly item: T; readonly end: Promise<readonly R[]>}[] = [];
  const tried = async (item: T): Promise<readonly R[]> => {
    if (failures.length > 0) return [];
    try {
      return [await run(item)];
    } catch (error) {
      failures.push({item, error});
      return [];
    }
  };
  for (const item of items) {
    const before = begun.filter(earlier => waitsFor(item, earlier.item)).map(async ({end}) => end);
    begun.push({item, end: Promise.all(before).then(async () => turn(async () => tried(item)))});
  }
  const done = (await Promise.all(begun.map(async ({end}) => end))).flat();
  const [failure] = failures.toSorted((a, b) => items.indexOf(a.item) - items.indexOf(b.item));
  return failure === undefined ? {done} : {done, failure};
}
