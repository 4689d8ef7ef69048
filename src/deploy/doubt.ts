/** Requests whose answer got lost: they may have reached Heat. */
import type {Clock} from '../cloud/types.ts';
import {type Heat, patience, type StackRef} from '../heat/index.ts';

/** The same for a large stack: Heat checks all of it before it begins, while its API has given up after a minute. */
export function patienceFor(resources: number): readonly number[] {
  const more = Math.ceil((resources * 0.3) / 15);
  return [...patience, ...Array.from({length: more}, () => 15_000)];
}

/** The stack that such a request may have made: its name was free a moment ago. Undefined where none appears. */
export async function appeared(
  heat: Heat,
  name: string,
  clock: Clock,
  {
    waits = patience,
    signal,
  }: {readonly waits?: readonly number[]; readonly signal?: AbortSignal | undefined} = {},
): Promise<StackRef | undefined> {
  for (const pause of waits) {
    await clock.sleep(pause, signal);
    const found = await heat.find(name).catch(() => undefined);
    if (found !== undefined) return {name: found.name, id: found.id};
  }
  return undefined;
}
