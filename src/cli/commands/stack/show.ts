import type {Stack} from '../../../heat/index.ts';
import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {rowOptions} from '../../format/options.ts';
import {recordText, withRecord} from '../../format/record.ts';
import {flag} from '../../option-kinds.ts';
import {openTarget, withStackOperand} from './target.ts';

export const show = makeCommand({
  examples: [
    'rekindle stack show web',
    'rekindle stack show web -f value -c stack_status',
    'rekindle stack show web --no-resolve-outputs   quicker: outputs cost live calls',
  ],
  notes: 'Values of hidden parameters read ******: Heat tells them to nobody.',
  options: cli =>
    withRecord(withStackOperand(cli).option('no-resolve-outputs', flag('Leave the outputs out'))),
  async run(args, context) {
    const {heat, stack} = await openTarget(args.stack, context);
    const outputs = args['no-resolve-outputs'] !== true;
    const shown = (await heat.show(stack, {outputs, signal: context.signal})) ?? stack;
    const options = rowOptions(args, context);
    context.print(await recordText(recordOf(shown, outputs, options.format), options));
    return exit.done;
  },
});

/** Keys as in Heat's answer. */
function recordOf(stack: Stack, outputs: boolean, format: string): Readonly<Record<string, unknown>> {
  return {
    id: stack.id,
    stack_name: stack.name,
    description: stack.description,
    creation_time: stack.created,
    updated_time: stack.updated,
    stack_status: stack.status,
    stack_status_reason: stack.reason,
    parameters: stack.parameters,
    ...(outputs ? {outputs: outputsOf(stack, format)} : {}),
    disable_rollback: stack.rollback === undefined ? undefined : !stack.rollback,
    timeout_mins: stack.timeout,
    tags: stack.tags,
    parent: stack.parent,
    stack_owner: stack.owner,
  };
}

/** Heat's list as data, a map where people read it. */
function outputsOf({outputs}: Stack, format: string): unknown {
  if (format !== 'json' && format !== 'yaml')
    return Object.fromEntries(outputs.map(({key, value, error}) => [key, error ?? value]));
  return outputs.map(({key, value, description, error}) => ({
    output_key: key,
    output_value: value ?? null,
    description,
    ...(error === undefined ? {} : {output_error: error}),
  }));
}
