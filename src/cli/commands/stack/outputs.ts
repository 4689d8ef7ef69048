import type {StackOutput} from '../../../heat/index.ts';
import {RekindleError} from '../../../model/errors.ts';
import {makeCommand} from '../../command.ts';
import {exit} from '../../exit.ts';
import {dataText, rowFormats, rowsText} from '../../format/formats.ts';
import {rowOptions, withRows} from '../../format/options.ts';
import {harmless} from '../../terminal.ts';
import {columnsOf, nearMiss, openTarget, withStackOperand} from './target.ts';

export const outputs = makeCommand({
  examples: [
    'rekindle stack outputs web',
    'ssh "$(rekindle stack outputs web address)"',
    'rekindle stack outputs web servers -f yaml',
  ],
  notes: 'A value that is no text is printed as JSON.',
  options: cli =>
    withRows(
      withStackOperand(cli).positional('key', {type: 'string', describe: 'Name of one output'}),
      rowFormats,
    ),
  async run(args, context) {
    const {heat, stack} = await openTarget(args.stack, context);
    const all = await heat.outputs(stack);
    const {key, format} = args;
    if (key === undefined) {
      const columns = columnsOf('output_key', 'description', 'output_value', 'output_error');
      const failed = all.some(({error}) => error !== undefined);
      context.print(
        await rowsText(
          {columns: failed ? columns : columns.slice(0, -1), rows: all.map(outputRow)},
          rowOptions(args, context),
        ),
      );
      return exit.done;
    }
    const found = all.find(output => output.key === key);
    if (found === undefined) {
      throw new RekindleError(
        'not-found',
        `The stack ${JSON.stringify(stack.name)} has no output ${JSON.stringify(key)}`,
        {
          hint: nearMiss(
            key,
            all.map(output => output.key),
            all.length === 0 ? 'it has none' : `it has ${all.map(output => output.key).join(', ')}`,
          ),
        },
      );
    }
    if (found.error !== undefined)
      throw new RekindleError(
        'not-found',
        `Heat can't work out the output ${JSON.stringify(key)}: ${found.error}`,
      );
    if (format === 'json' || format === 'yaml') {
      context.print(await dataText(found.value ?? null, format));
      return exit.done;
    }
    const text = bare(found);
    // A script gets the value as it is, a terminal nothing that it would act on.
    context.print(`${context.world.stdout.isTTY === true ? harmless(text) : text}\n`);
    return exit.done;
  },
});

function outputRow({key, description, value, error}: StackOutput): Readonly<Record<string, unknown>> {
  return {output_key: key, description, output_value: value, output_error: error};
}

function bare({value}: StackOutput): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}
