/** What to say when a stack failed: which resources, why, and the way on. */
import {RekindleError} from '../model/errors.ts';
import type {Heat, Stack, StackRef, StackResource} from './heat.ts';

/** So many reasons are read by a person; the others are counted. */
const shown = 10;

/** Heat stops what it has begun when one resource fails; those say nothing. */
const stopped = /aborted|user triggered cancel|Stack .* (CREATE|UPDATE) (was )?(cancelled|canceled)/i;

/** @param requestId Of the request that started it. */
export async function stackFailed(
  heat: Heat,
  stack: Stack,
  requestId: string | undefined,
): Promise<RekindleError> {
  let failed: readonly StackResource[] = [];
  try {
    failed = (await heat.resources(stack)).filter(resource => resource.status.endsWith('_FAILED'));
  } catch {
    // The stack's own reason must do.
  }
  const request = requestId === undefined ? '' : ` (request ${requestId})`;
  const lines = [
    `The stack ${JSON.stringify(stack.name)} (${stack.id}) ended in ${stack.status}${request}`,
    ...reasons(failed, stack),
  ];
  return new RekindleError('stack-failed', lines.join('\n'), {
    service: 'orchestration',
    requestId,
    hint: wayOn(stack),
  });
}

function reasons(failed: readonly StackResource[], stack: Stack): readonly string[] {
  const culprits = failed.filter(resource => !stopped.test(resource.reason));
  // A resource that holds a nested stack only repeats what failed in it.
  const leaves = culprits.filter(
    resource => !culprits.some(other => other.name.startsWith(`${resource.name}.`)),
  );
  if (leaves.length === 0) return [`  ${oneLine(stack.reason) || 'Heat gives no reason'}`];
  const rest = failed.length - Math.min(leaves.length, shown);
  return [
    ...leaves
      .slice(0, shown)
      .map(
        ({name, type, id, reason}) => `  ${name} (${id === '' ? type : `${type} ${id}`}): ${oneLine(reason)}`,
      ),
    ...(rest > 0 ? [`  and ${rest} more that failed with them`] : []),
  ];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function wayOn(stack: StackRef & {status: string}): string {
  const remove = `openstack stack delete --wait ${stack.id}`;
  if (stack.status.startsWith('ROLLBACK'))
    return `Heat has taken back what it built; remove what is left (${remove}), mend the cause and deploy again`;
  return (
    `what was built is still there to look at (openstack stack resource list ${stack.id}); ` +
    `mend the cause, delete the stack (${remove}) and deploy again`
  );
}
