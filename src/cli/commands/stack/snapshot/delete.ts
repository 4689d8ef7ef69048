import {makeCommand} from '../../../command.ts';
import {confirm} from '../../../confirm.ts';
import {exit} from '../../../exit.ts';
import {flag} from '../../../option-kinds.ts';
import {seconds} from '../../../numbers.ts';
import {openTarget, withStackOperand} from '../target.ts';
import {withWaiting} from '../waiting.ts';
import {withSnapshotOperand} from './shared.ts';

export const remove = makeCommand({
  examples: ['rekindle stack snapshot delete web before-upgrade --yes'],
  notes: 'It asks first; where there is no terminal to ask on, --yes must say so.',
  options: cli =>
    withWaiting(withSnapshotOperand(withStackOperand(cli)).option('yes', flag("Don't ask", 'y'))),
  async run(args, context) {
    const {deleteSnapshot, findSnapshot} = await import('../../../../heat/index.ts');
    const pollSeconds = seconds('poll', args.poll);
    const {heat, stack} = await openTarget(args.stack, context);
    const {id, name} = await findSnapshot(heat, stack, args.snapshot);
    const called = name === '' ? id : `${name} (${id})`;
    await confirm(
      {
        what: `Delete the snapshot ${called} of the stack ${stack.name}`,
        yes: args.yes,
        otherwise: 'nothing was deleted',
      },
      context,
    );
    const wait = args['no-wait'] !== true;
    if (wait) await deleteSnapshot(heat, stack, id, {signal: context.signal, pollSeconds});
    else await heat.deleteSnapshot(stack, id);
    context.log.say(`${wait ? 'Deleted' : 'Heat deletes'} the snapshot ${called} of the stack ${stack.name}`);
    return exit.done;
  },
});
