import {RekindleError} from '../../model/errors.ts';
import {makeCommand} from '../command.ts';
import {printComparison, withComparison} from '../comparison-out.ts';
import {warnOfGaps} from '../gaps.ts';
import {readSource, sourceHelp} from '../sources.ts';

export const diff = makeCommand({
  usage: 'diff <a> <b>',
  summary: 'Compare two projects, or two times of one, in the terms of a template',
  examples: [
    'rekindle diff cloud:source cloud:target',
    'rekindle diff out cloud:source   what drifted since the snapshot',
  ],
  notes: `Exit code 0 means the same, but for what a template can't say; 4 means differences; 3 means that no difference was
found, but that something could not be read.`,
  options: cli =>
    withComparison(
      cli
        .positional('a', {type: 'string', demandOption: true, describe: sourceHelp})
        .positional('b', {type: 'string', demandOption: true, describe: 'Likewise'}),
    ),
  async run(args, context) {
    if (args.a === '-' && args.b === '-')
      throw new RekindleError('usage', 'Standard input can be one of the two sources only');
    const pipeline = await import('../../pipeline.ts');
    const [a, b] = await Promise.all([readSource(args.a, context), readSource(args.b, context)]);
    for (const inventory of [a, b]) warnOfGaps(inventory, context.log);
    return printComparison(pipeline.diff(a, b), args.format, context);
  },
});
