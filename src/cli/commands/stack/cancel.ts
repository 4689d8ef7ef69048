import {RekindleError} from '../../../model/errors.ts';
import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {flag} from '../../option-kinds.ts';
import {openTarget, withStackOperand} from './target.ts';
import {act, withAction} from './waiting.ts';

export const cancel = makeCommand({
  examples: [
    'rekindle stack cancel web                 the update is rolled back',
    'rekindle stack cancel web --no-rollback   stop where it is; for a create as well',
  ],
  notes:
    'Exit code 1 means that the stack was done before it could be cancelled, or that the rollback failed.',
  options: cli =>
    withAction(withStackOperand(cli).option('no-rollback', flag('Only stop; the stack is FAILED then'))),
  async run(args, context) {
    const target = await openTarget(args.stack, context);
    const {heat, stack} = target;
    const stop = args['no-rollback'] === true;
    const action = stack.status.replace(/_IN_PROGRESS$/, '');
    if (!(stop ? ['UPDATE', 'CREATE'] : ['UPDATE']).includes(action)) {
      throw new RekindleError(
        'conflict',
        `The stack ${JSON.stringify(stack.name)} is ${stack.status}: there is nothing to cancel`,
        {
          hint:
            action === 'CREATE'
              ? '--no-rollback stops a create; rekindle stack delete takes back what it made'
              : `only an update can be cancelled${stop ? ', or a create' : ''}`,
        },
      );
    }
    const end = await act(
      target,
      {
        actions: stop ? [action] : [action, 'ROLLBACK'],
        ask: () => heat.act(stack, stop ? 'cancel_without_rollback' : 'cancel_update'),
        isGood: status => status.endsWith('_COMPLETE') || (stop && status === `${action}_FAILED`),
        hint: `look at what happened: rekindle stack events ${stack.id} --nested-depth 5`,
      },
      args,
      context,
    );
    if (end?.status !== `${action}_COMPLETE`) return exit.done;
    context.log.log('warn', `the ${action.toLowerCase()} was done before it could be cancelled`);
    return exit.failed;
  },
});
