/** Requests whose answer got lost: they may have reached Heat. */
import type {Clock} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {Heat} from './client.ts';
import type {StackRef} from './rows.ts';

/** Waits between looks for what such a request may have begun, in milliseconds. */
export const patience: readonly number[] = [1000, 2000, 4000, 8000, 15_000];

/** Heat's API gave up waiting for its engine, which may be at it still; proof: heat `api/middleware/fault.py`. */
export function isEngineSlow(error: RekindleError): boolean {
  return error.origin.status === 500 && error.message.includes('MessagingTimeout');
}

/** True where the request may have reached Heat although no answer of Heat's came back. */
export function isInDoubt(error: RekindleError): boolean {
  const {status} = error.origin;
  if (isEngineSlow(error)) return true;
  // An answer that was cut short may still say that Heat took it; a redirect never does.
  if (error.code === 'protocol') return status === undefined || status < 300;
  if (status !== undefined) return status === 408 || status === 502 || status === 503 || status === 504;
  return error.code === 'connect' || error.code === 'timeout';
}

export interface Asked {
  readonly stack: StackRef;
  /** As `CREATE`: what the stack passes through then. */
  readonly actions: readonly string[];
  /** Last event before it. */
  readonly marker: string | undefined;
  readonly clock: Clock;
  readonly signal?: AbortSignal | undefined;
}

/** Looks for a while whether what was asked for has begun, though its answer got lost. */
export async function hasBegun(heat: Heat, asked: Asked): Promise<boolean> {
  for (const pause of patience) {
    await asked.clock.sleep(pause, asked.signal);
    // The cloud may still be out of sorts.
    if (await look(heat, asked).catch(() => false)) return true;
  }
  return false;
}

async function look(heat: Heat, {stack, actions, marker}: Asked): Promise<boolean> {
  const now = await heat.show(stack);
  if (now === undefined) return actions.includes('DELETE');
  if (actions.some(action => now.status === `${action}_IN_PROGRESS`)) return true;
  const events = await heat.events(stack, {marker, nestedDepth: 0});
  return events.some(
    ({path, status}) => path.length === 0 && actions.some(action => status.startsWith(`${action}_`)),
  );
}

/** It was asked for, and nothing of it is to be seen. */
export function lostAnswer(error: RekindleError, {stack, actions}: Asked): RekindleError {
  return new RekindleError(
    error.code,
    `Heat's answer got lost, and the stack ${JSON.stringify(stack.name)} (${stack.id}) shows no ${actions[0] ?? ''}: ${error.message}`,
    {
      ...error.origin,
      hint: `look at it with: rekindle stack show ${stack.id}; if nothing has begun, ask again`,
      cause: error,
    },
  );
}
