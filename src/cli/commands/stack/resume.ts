import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {openTarget, withStackOperand} from './target.ts';
import {act, printStack, withAction} from './waiting.ts';

export const resume = makeCommand({
  examples: ['rekindle stack resume web', 'rekindle stack resume web --no-wait'],
  options: cli => withAction(withStackOperand(cli)),
  async run(args, context) {
    const target = await openTarget(args.stack, context);
    const {heat, stack} = target;
    if (stack.status === 'RESUME_COMPLETE') {
      context.log.say(`The stack ${stack.name} is awake already`);
      return printStack(stack, args, context);
    }
    await act(
      target,
      {
        actions: ['RESUME'],
        ask: () => heat.act(stack, 'resume'),
        hint: 'mend the cause and resume again',
      },
      args,
      context,
    );
    return exit.done;
  },
});
