/** A stack's snapshots: found by name or id, and deleted for good. */
import {realClock} from '../cloud/index.ts';
import {RekindleError} from '../model/errors.ts';
import type {Waiting} from './act.ts';
import type {Heat} from './client.ts';
import type {StackRef, StackSnapshot} from './rows.ts';

/**
 * By id, or by a name that only one of them has.
 * @throws RekindleError 'not-found', or 'conflict' where several have the name.
 */
export async function findSnapshot(heat: Heat, stack: StackRef, nameOrId: string): Promise<StackSnapshot> {
  const all = await heat.snapshots(stack);
  const byId = all.find(({id}) => id === nameOrId);
  if (byId !== undefined) return byId;
  const named = all.filter(({name}) => name === nameOrId && name !== '');
  const [only] = named;
  if (only !== undefined && named.length === 1) return only;
  const of = `the stack ${JSON.stringify(stack.name)}`;
  if (named.length > 1) {
    throw new RekindleError(
      'conflict',
      `${named.length} snapshots of ${of} are called ${JSON.stringify(nameOrId)}`,
      {hint: `say which by its id: ${named.map(({id, created}) => `${id} (${created})`).join(', ')}`},
    );
  }
  const names = all.map(({id, name}) => name || id).join(', ');
  throw new RekindleError('not-found', `There is no snapshot ${JSON.stringify(nameOrId)} of ${of}`, {
    hint: names === '' ? 'it has none' : `it has ${names}`,
  });
}

/** So long a deletion may take, in milliseconds: Heat says nothing of one that failed. */
const longest = 10 * 60 * 1000;

/**
 * Deletes a snapshot and waits until it is gone.
 * @throws RekindleError 'timeout' where it stays, 'aborted' when the signal fires.
 */
export async function deleteSnapshot(
  heat: Heat,
  stack: StackRef,
  id: string,
  {clock = realClock, signal, pollSeconds = 5}: Waiting = {},
): Promise<void> {
  await heat.deleteSnapshot(stack, id);
  const began = clock.now();
  let pause = Math.min(500, pollSeconds * 1000);
  while ((await heat.snapshot(stack, id)) !== undefined) {
    if (signal?.aborted === true)
      throw new RekindleError('aborted', `Stopped waiting; Heat goes on deleting the snapshot ${id}`);
    if (clock.now() - began > longest) {
      throw new RekindleError(
        'timeout',
        `Heat was asked to delete the snapshot ${id}, but it is still there`,
        {
          hint: 'a backup or image of it may be in use; the log of heat-engine has the reason',
        },
      );
    }
    await clock.sleep(pause, signal);
    pause = Math.min(pollSeconds * 1000, pause * 1.5);
  }
}
