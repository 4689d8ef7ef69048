import {makeCommand} from '../command.ts';
import {ignoreRules, printComparison, withComparison} from '../comparison-out.ts';
import {prove} from '../proof.ts';
import {withStack} from '../stack-options.ts';

export const verify = makeCommand({
  examples: [
    'rekindle verify out --os-cloud target --stack web',
    'rekindle verify out --os-cloud target --stack web --format unified --ignore drift.yaml',
  ],
  notes: `Of a bundle that is several stacks all are read: NAME-network, NAME-compute and so on. Exit code 0 means the same, but for what the report announced; 4 means differences; 3 means that no difference was
found, but that something could not be read.`,
  options: cli =>
    withComparison(
      withStack(
        cli.positional('dir', {type: 'string', demandOption: true, describe: 'Folder of the bundle'}),
      ),
    ),
  async run(args, context) {
    const rules = await ignoreRules(args, context);
    const comparison = await prove(args.dir, args.stack, () => context.open(), context);
    return printComparison(comparison, rules, args, context);
  },
});
