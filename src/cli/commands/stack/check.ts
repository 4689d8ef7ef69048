import type {StackServer} from '../../../heat/index.ts';
import {RekindleError} from '../../../model/errors.ts';
import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {flag} from '../../option-kinds.ts';
import {openTarget, withStackOperand, type Target} from './target.ts';
import {act, withAction} from './waiting.ts';

export const check = makeCommand({
  examples: ['rekindle stack check web', 'rekindle stack check web --no-wait'],
  notes: `Heat marks what is not well CHECK_FAILED, and the next update REPLACES what is marked. A server that is stopped,
suspended or rebooting is not well in Heat's eyes: with such a server in the stack nothing is checked, unless --force says
so. Exit code 1 means that something failed the check.`,
  options: cli =>
    withAction(withStackOperand(cli).option('force', flag('Check even if a server is not ACTIVE'))),
  async run(args, context) {
    const target = await openTarget(args.stack, context);
    const {heat, stack} = target;
    await refuseIfStopped(target, args.force === true, context.log);
    const end = await act(
      target,
      {
        actions: ['CHECK'],
        ask: () => heat.act(stack, 'check'),
        hint:
          'the next update replaces what is CHECK_FAILED: mend it and check again first, unless a replacement is what ' +
          'you want',
      },
      args,
      context,
    );
    if (end?.reason.includes('not fully supported') === true) await warnOfUnchecked(target, context.log);
    return exit.done;
  },
});

/** Heat says so in the reason of each, which stays with the resource. Proof: heat `engine/resource.py`, `check`. */
async function warnOfUnchecked({heat, stack}: Target, log: Warner): Promise<void> {
  const found = (await heat.resources(stack)).flatMap(
    ({reason}) => /^CHECK not supported for (\S+)/.exec(reason)?.[1] ?? [],
  );
  const types = [...new Set(found)].sort();
  if (types.length === 0) return;
  log.log(
    'warn',
    `Heat has not looked at resources of these types, which it can't check: ${types.join(', ')}`,
  );
}

interface Warner {
  log(level: 'warn', message: string): void;
}

async function refuseIfStopped({session, heat, stack}: Target, force: boolean, log: Warner): Promise<void> {
  const {serversNotActive} = await import('../../../heat/index.ts');
  const servers = await serversNotActive(session, heat, stack);
  if (servers.length === 0) return;
  const list = servers.map(line).join('\n');
  if (force) {
    log.log('warn', `the next update will replace what is not ACTIVE now:\n${list}`);
    return;
  }
  const one = servers.length === 1;
  throw new RekindleError(
    'conflict',
    `${one ? 'A server' : `${servers.length} servers`} of the stack ${JSON.stringify(stack.name)} ${one ? 'is' : 'are'} not ACTIVE, so nothing was checked:\n${list}`,
    {
      hint:
        'Heat would mark what is not ACTIVE CHECK_FAILED, and the next update would replace it; ' +
        (stack.status === 'SUSPEND_COMPLETE'
          ? `wake it up first (rekindle stack resume ${stack.name}), or give --force`
          : 'start it first, or give --force'),
    },
  );
}

function line({resource, id, status}: StackServer): string {
  return `  ${resource} (${id}): ${status}`;
}
