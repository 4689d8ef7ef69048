import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {openTarget, withStackOperand} from './target.ts';
import {act, printStack, withAction} from './waiting.ts';

export const suspend = makeCommand({
  examples: ['rekindle stack suspend web', 'rekindle stack suspend web --no-wait'],
  notes: 'Networks and volumes stay as they are; Heat only notes that they are suspended.',
  options: cli => withAction(withStackOperand(cli)),
  async run(args, context) {
    const target = await openTarget(args.stack, context);
    const {heat, stack} = target;
    if (stack.status === 'SUSPEND_COMPLETE') {
      context.log.say(`The stack ${stack.name} is suspended already`);
      return printStack(stack, args, context);
    }
    await act(
      target,
      {
        actions: ['SUSPEND'],
        ask: () => heat.act(stack, 'suspend'),
        hint: `mend the cause and suspend again, or wake up the rest: rekindle stack resume ${stack.id}`,
      },
      args,
      context,
    );
    return exit.done;
  },
});
