/** One update of a stack, asked for once. */
import type {Clock} from '../cloud/types.ts';
import {type Heat, isInDoubt, lastEvent, type Stack, type UpdateBody} from '../heat/index.ts';
import {RekindleError} from '../model/errors.ts';
import type {Forecast} from './forecast/index.ts';
import {patienceFor} from './doubt.ts';

export interface Updating {
  readonly requestId: string | undefined;
  /** Last event before it. */
  readonly marker: string | undefined;
}

/** Asks Heat for the update; whether it has begun where the answer got lost is looked up. */
export async function update(
  heat: Heat,
  stack: Stack,
  body: UpdateBody,
  forecast: Forecast,
  clock: Clock,
): Promise<Updating> {
  for (const {name, mark} of forecast.resources) {
    // Else Heat would call it complete although it is gone.
    if (mark) await heat.markUnhealthy(stack, name, 'Goes with the rules of its group; to be made again');
  }
  const marker = await lastEvent(heat, stack);
  try {
    const {requestId} = await heat.update(stack, body);
    return {requestId, marker};
  } catch (error) {
    if (!(error instanceof RekindleError)) throw error;
    if (error.origin.status === 409) throw busy(stack, error);
    if (!isInDoubt(error)) throw error;
    const {requestId} = error.origin;
    for (const pause of patienceFor(forecast.resources.length)) {
      await clock.sleep(pause, undefined);
      if (await hasBegun(heat, stack, marker)) return {requestId, marker};
    }
    throw new RekindleError(
      error.code,
      `Heat's answer to the update of ${JSON.stringify(stack.name)} got lost, and none has begun: ${error.message}`,
      {...error.origin, hint: 'deploy again: an update that began after all is waited for', cause: error},
    );
  }
}

/** An update shows as an event of the stack, or as another time of its last update. */
async function hasBegun(heat: Heat, stack: Stack, marker: string | undefined): Promise<boolean> {
  try {
    const now = await heat.show(stack);
    if (now?.status === 'UPDATE_IN_PROGRESS' || now?.updated !== stack.updated) return true;
    const events = await heat.events(stack, {marker, nestedDepth: 0});
    return events.some(({path, status}) => path.length === 0 && status.startsWith('UPDATE_'));
  } catch {
    // The cloud is still out of sorts.
    return false;
  }
}

function busy({name}: Stack, error: RekindleError): RekindleError {
  return new RekindleError(
    'conflict',
    `Someone else has begun something with the stack ${JSON.stringify(name)}: ${error.message}`,
    {
      ...error.origin,
      hint: `wait: rekindle stack events --follow ${name}; then deploy again`,
      cause: error,
    },
  );
}
