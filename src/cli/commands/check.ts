import {makeCommand} from '../command.ts';
import {findingsExit, findingsText} from '../findings.ts';
import {rowFormats} from '../format/formats.ts';
import {rowOptions, withRows} from '../format/options.ts';
import {stackName, valuesOf, withStack, withValues} from '../stack-options.ts';

export const check = makeCommand({
  usage: 'check <dir>',
  summary: 'Say whether a bundle can be deployed to a project; changes nothing',
  examples: [
    'rekindle check out --os-cloud target',
    'rekindle check out --os-cloud target -P flavor_m1_small=c2.large',
  ],
  notes: 'Exit code 4 means that it cannot be deployed as it is.',
  options: cli =>
    withRows(
      withValues(
        withStack(
          cli.positional('dir', {type: 'string', demandOption: true, describe: 'Folder of the bundle'}),
        ),
      ),
      rowFormats,
    ),
  async run(args, context) {
    const [{readBundle}, {preflight}] = await Promise.all([
      import('../../store/index.ts'),
      import('../../deploy/index.ts'),
    ]);
    const bundle = await readBundle(context.path(args.dir));
    const parameters = await valuesOf(args, context);
    const session = await context.open();
    const {findings} = await preflight(session, bundle, {
      stack: stackName(args.stack, bundle.report.project),
      parameters,
      signal: context.signal,
    });
    context.print(await findingsText(findings, rowOptions(args, context)));
    return findingsExit(findings);
  },
});
