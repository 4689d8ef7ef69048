/** Where following an action must begin that is not a stack's first. */
import type {Heat} from './client.ts';
import type {StackRef} from './rows.ts';

/** Id of the stack's newest event; undefined where it has none. */
export async function lastEvent(heat: Heat, stack: StackRef): Promise<string | undefined> {
  const [event] = await heat.events(stack, {latest: 1});
  return event?.id;
}
