/** Requests whose answer got lost: they may have reached Heat. */
import type {Clock} from '../cloud/types.ts';
import type {Heat, StackRef} from '../heat/index.ts';
import type {RekindleError} from '../model/errors.ts';

/** Waits between looks for what such a request may have begun, in milliseconds. */
export const patience: readonly number[] = [1000, 2000, 4000, 8000, 15_000];

/** The same for a large stack: Heat checks all of it before it begins, while its API has given up after a minute. */
export function patienceFor(resources: number): readonly number[] {
  const more = Math.ceil((resources * 0.3) / 15);
  return [...patience, ...Array.from({length: more}, () => 15_000)];
}

/** Heat's API gave up waiting for its engine, which may be at it still; proof: heat `api/middleware/fault.py`. */
export function isEngineSlow(error: RekindleError): boolean {
  return error.origin.status === 500 && error.message.includes('MessagingTimeout');
}

/** True where the request may have reached Heat although no answer of Heat's came back. */
export function isInDoubt(error: RekindleError): boolean {
  const {status} = error.origin;
  if (isEngineSlow(error)) return true;
  if (status !== undefined) return status === 408 || status === 502 || status === 503 || status === 504;
  return error.code === 'connect' || error.code === 'timeout' || error.code === 'protocol';
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
