import {makeCommand} from '../../../command.ts';
import {confirm} from '../../../confirm.ts';
import {exit} from '../../../exit.ts';
import {flag} from '../../../option-kinds.ts';
import {openTarget, withStackOperand} from '../target.ts';
import {act, withAction} from '../waiting.ts';
import {withSnapshotOperand} from './shared.ts';

export const restore = makeCommand({
  examples: ['rekindle stack snapshot restore web before-upgrade'],
  notes: `What was written since is lost: servers are rebuilt from their images, volumes restored from their backups. In Heat 19
the next update of a stack with volumes fails then: it wants to restore them once more, from "backup None".
It asks first; where there is no terminal to ask on, --yes must say so.`,
  options: cli =>
    withAction(withSnapshotOperand(withStackOperand(cli)).option('yes', flag("Don't ask", 'y'))),
  async run(args, context) {
    const {findSnapshot} = await import('../../../../heat/index.ts');
    const target = await openTarget(args.stack, context);
    const {heat, stack} = target;
    const [snapshot, shown] = await Promise.all([findSnapshot(heat, stack, args.snapshot), heat.show(stack)]);
    const called = snapshot.name === '' ? snapshot.id : `${snapshot.name} (${snapshot.id})`;
    await confirm(
      {
        what: `Put the stack ${stack.name} (${stack.id}) back to ${called} of ${snapshot.created}`,
        yes: args.yes,
        otherwise: 'nothing was changed',
      },
      context,
    );
    await act(
      target,
      {
        actions: shown?.rollback === true ? ['RESTORE', 'ROLLBACK'] : ['RESTORE'],
        ask: () => heat.restore(stack, snapshot.id),
        isGood: status => status === 'RESTORE_COMPLETE',
        hint: `look at what happened: rekindle stack events ${stack.id} --nested-depth 5`,
      },
      args,
      context,
    );
    return exit.done;
  },
});
