/** Deleting a stack: what stays behind is read before, the end is waited for, a failure is named. */
import {RekindleError} from '../model/errors.ts';
import {perform, type Waiting} from './act.ts';
import type {Heat} from './client.ts';
import {stackFailed} from './failure.ts';
import {type LeftBehind, leftBehind} from './left-behind.ts';
import type {StackRef} from './rows.ts';

/** What stays, or will stay, in the project; undefined where an earlier deletion has emptied the template. */
type Left = readonly LeftBehind[] | undefined;

export interface DeleteOptions extends Waiting {
  /** False: only ask for it. Default: wait. */
  readonly wait?: boolean | undefined;
  /** Called before Heat is asked; what it throws ends the deletion before it began. */
  readonly before?: ((left: Left) => Promise<void>) | undefined;
  /** Called when the stack is gone. Not without waiting. */
  readonly after?: ((left: Left) => Promise<void>) | undefined;
}

export interface Deletion {
  readonly stack: StackRef;
  readonly status: 'DELETE_COMPLETE' | 'DELETE_IN_PROGRESS';
  readonly left: Left;
}

/**
 * A stack that is gone already counts as deleted.
 * @throws RekindleError 'stack-failed' with the resources that could not be deleted, 'aborted' when the signal fired.
 */
export async function deleteStack(
  heat: Heat,
  stack: StackRef,
  options: DeleteOptions = {},
): Promise<Deletion> {
  const {before, after, wait = true} = options;
  const ref = {name: stack.name, id: stack.id};
  const left = await leftBehind(heat, ref);
  await before?.(left);
  if (!wait) {
    await heat.delete(ref);
    return {stack: ref, status: 'DELETE_IN_PROGRESS', left};
  }
  const {end, failures} = await perform(heat, ref, {
    ...options,
    actions: ['DELETE'],
    ask: () => heat.delete(ref),
  });
  // A deleted stack can be shown for a while.
  if (end !== undefined && end.status !== 'DELETE_COMPLETE') {
    if (end.status.startsWith('DELETE_'))
      throw await stackFailed(heat, end, undefined, failures, wayOn(ref, left));
    throw new RekindleError(
      'stack-failed',
      `The stack ${JSON.stringify(end.name)} (${end.id}) was not deleted: it is ${end.status}`,
      {hint: `look at what happened to it: rekindle stack events ${end.id}`},
    );
  }
  await after?.(left);
  return {stack: ref, status: 'DELETE_COMPLETE', left};
}

/** Names what stays as well: the next deletion can't know it. */
function wayOn({id}: StackRef, left: Left = []): string {
  const kept = left.map(({name, type, id: physical}) => `${name} (${type} ${physical})`).join(', ');
  return (
    'what could not be deleted is usually in use by something outside the stack: remove that, then go on with ' +
    `rekindle stack delete ${id}; Heat takes up where it stopped` +
    (kept === '' ? '' : `; what the template keeps stays in the project: ${kept}`)
  );
}
