/** What to say when a stack failed: which resources, why, and the way on. */
import {RekindleError} from '../model/errors.ts';
import type {Heat} from './client.ts';
import type {Stack, StackEvent, StackRef} from './rows.ts';

/** So many reasons are read by a person; the others are counted. */
const shown = 10;

/** Heat stops what it has begun when one resource fails; those say nothing. */
const stopped = /aborted|user triggered cancel|Stack .* (CREATE|UPDATE) (was )?(cancelled|canceled)/i;

/** What is known of a failed resource; its type and id only where it still exists. */
interface Failed {
  readonly name: string;
  readonly type: string;
  readonly id: string;
  readonly reason: string;
}

/**
 * @param requestId Of the request that started it.
 * @param events Those with a failure, as seen while it ran: after a rollback they are all that is left.
 * @param hint The way on, where it is another than after a create.
 */
export async function stackFailed(
  heat: Heat,
  stack: Stack,
  requestId: string | undefined,
  events: readonly StackEvent[],
  hint = wayOn(stack),
): Promise<RekindleError> {
  let failed: readonly Failed[] = [];
  try {
    failed = (await heat.resources(stack)).filter(resource => resource.status.endsWith('_FAILED'));
  } catch {
    // The events must do.
  }
  if (failed.length === 0) failed = fromEvents(events);
  const request = requestId === undefined ? '' : ` (request ${requestId})`;
  const lines = [
    `The stack ${JSON.stringify(stack.name)} (${stack.id}) ended in ${stack.status}${request}`,
    ...reasons(failed, stack),
  ];
  return new RekindleError('stack-failed', lines.join('\n'), {
    service: 'orchestration',
    requestId,
    hint,
  });
}

function fromEvents(events: readonly StackEvent[]): readonly Failed[] {
  const byName = new Map<string, Failed>();
  for (const {path, status, reason} of events) {
    const name = path.join('.');
    if (name !== '' && status.endsWith('_FAILED')) byName.set(name, {name, type: '', id: '', reason});
  }
  return [...byName.values()];
}

function reasons(failed: readonly Failed[], stack: Stack): readonly string[] {
  const culprits = failed.filter(resource => !stopped.test(resource.reason));
  // A resource that holds a nested stack only repeats what failed in it.
  const leaves = culprits.filter(
    resource => !culprits.some(other => other.name.startsWith(`${resource.name}.`)),
  );
  if (leaves.length === 0) return [`  ${oneLine(stack.reason) || 'Heat gives no reason'}`];
  const rest = failed.length - Math.min(leaves.length, shown);
  return [
    ...leaves.slice(0, shown).map(resource => `  ${label(resource)}: ${oneLine(resource.reason)}`),
    ...(rest > 0 ? [`  and ${rest} more that failed with them`] : []),
  ];
}

function label({name, type, id}: Failed): string {
  const what = [type, id].filter(word => word !== '').join(' ');
  return what === '' ? name : `${name} (${what})`;
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function wayOn(stack: StackRef & {status: string}): string {
  const remove = `rekindle stack delete ${stack.id}`;
  if (stack.status.startsWith('ROLLBACK'))
    return `Heat has taken back what it built; remove what is left (${remove}), mend the cause and deploy again`;
  return (
    `what was built is still there to look at (rekindle stack resources ${stack.id}); ` +
    `mend the cause, delete the stack (${remove}) and deploy again`
  );
}
