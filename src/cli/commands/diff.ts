import {RekindleError} from '../../model/errors.ts';
import {shapeOf} from '../../model/report.ts';
import {makeCommand} from '../command.ts';
import {ignoreRules, printComparison, withComparison} from '../comparison-out.ts';
import {warnOfGaps} from '../gaps.ts';
import {readSource, reportOf, sourceHelp} from '../sources.ts';

export const diff = makeCommand({
  examples: [
    'rekindle diff cloud:source cloud:target',
    'rekindle diff out cloud:source   what drifted since the snapshot',
    'rekindle diff out cloud:source --format unified --ignore drift.yaml',
  ],
  notes: `Exit code 0 means the same; 4 means differences; 3 means that no difference was found, but that something could not
be read. Between two projects what a template can't say is no difference; within one project everything is (docs/drift.md).`,
  options: cli =>
    withComparison(
      cli
        .positional('a', {type: 'string', demandOption: true, describe: sourceHelp})
        .positional('b', {type: 'string', demandOption: true, describe: 'Likewise'}),
    ),
  async run(args, context) {
    if (args.a === '-' && args.b === '-')
      throw new RekindleError('usage', 'Standard input can be one of the two sources only');
    const rules = await ignoreRules(args, context);
    const {diff: differences, isSameProject} = await import('../../pipeline/diff.ts');
    const [a, b, ofA, ofB] = await Promise.all([
      readSource(args.a, context),
      readSource(args.b, context),
      reportOf(args.a, context),
      reportOf(args.b, context),
    ]);
    for (const inventory of [a, b]) warnOfGaps(inventory, context.log);
    const same = isSameProject(a, b);
    const report = ofA ?? ofB;
    const times = [a.captured_at, b.captured_at] as const;
    const comparison = differences(a, b, {
      report: ofA ?? (same ? ofB : undefined),
      ...(report === undefined ? {} : {shape: shapeOf(report)}),
      ips: {source: ofA && shapeOf(ofA).ips, other: ofB && shapeOf(ofB).ips},
    });
    const sides = {source: args.a, clone: args.b, since: same && times[0] < times[1], times};
    return printComparison(comparison, rules, args, context, sides);
  },
});
