import {relative} from 'node:path';
import type {Match} from '../../deploy/index.ts';
import {type Context, makeCommand} from '../command.ts';
import {findingsExit, findingsText} from '../findings.ts';
import {rowFormats} from '../format/formats.ts';
import {rowOptions, withRows} from '../format/options.ts';
import {planned} from '../copy-images.ts';
import {checkImageSource, openImageSource, withImageSource} from '../image-options.ts';
import {flag} from '../option-kinds.ts';
import {joined, shellWord} from '../shell.ts';
import {factsOf} from '../source-facts.ts';
import {stackName, valuesOf, withStack, withValues} from '../stack-options.ts';
import {harmless} from '../terminal.ts';

export const check = makeCommand({
  examples: [
    'rekindle check out --os-cloud target',
    'rekindle check out --os-cloud target -P flavor_m1_small=c2.large',
    'rekindle check out --os-cloud target --write-environment   takes what is certainly meant',
  ],
  notes: 'Exit code 4 means that it cannot be deployed as it is.',
  options: cli =>
    withRows(
      withImageSource(
        withValues(
          withStack(
            cli.positional('dir', {type: 'string', demandOption: true, describe: 'Folder of the bundle'}),
          ),
        ),
      )
        .option(
          'copy-images',
          flag('Say which images `deploy --copy-images` would copy, and how much that is'),
        )
        .option(
          'write-environment',
          flag("Write into the bundle's environment.yaml what the target has for values that it lacks"),
        ),
      rowFormats,
    ),
  async run(args, context) {
    checkImageSource(args, context);
    const [{readLayers}, {checkLayers, layerFindings}] = await Promise.all([
      import('../../store/index.ts'),
      import('../../deploy/index.ts'),
    ]);
    const dir = context.path(args.dir);
    const layers = await readLayers(dir);
    const [{bundle}] = layers;
    const parameters = await valuesOf(args, context);
    const source = await factsOf(dir);
    const session = await context.open();
    const from = await openImageSource(args, context);
    const images =
      from === undefined ? undefined : await planned(from, session, layers, {parameters}, context);
    const checked = await checkLayers(session, layers, {
      stack: stackName(args.stack, bundle.report.project),
      ...(images?.known ?? {parameters}),
      source,
      signal: context.signal,
    });
    const findings = [...(images?.findings ?? []), ...layerFindings(checked)];
    context.print(await findingsText(findings, rowOptions(args, context)));
    if (args['write-environment'] === true) {
      const written = await Promise.all(
        checked.map(({bundle: held, checked: one}) => {
          // What the command line says is nothing for the file.
          const wanted = one.matches.filter(({parameter}) => !Object.hasOwn(parameters, parameter));
          return write({file: shownFile(args.dir, dir, held.dir), dir: held.dir}, wanted, context);
        }),
      );
      if (written.some(Boolean)) context.log.say(`Check again: rekindle check ${shellWord(args.dir)}`);
    }
    return findingsExit(findings);
  },
});

function shownFile(given: string, dir: string, folder: string): string {
  const below = relative(dir, folder);
  return harmless(joined(below === '' ? given : joined(given, below), 'environment.yaml'));
}

/** @returns whether there was something to write */
async function write(
  {file, dir}: {readonly file: string; readonly dir: string},
  matches: readonly Match[],
  {log}: Context,
): Promise<boolean> {
  if (matches.length === 0) {
    log.say(`${file}: nothing to write`);
    return false;
  }
  const {writeEnvironment} = await import('../../store/index.ts');
  const values = matches.map(({parameter, value}) => [parameter, value] as const);
  await writeEnvironment(dir, Object.fromEntries(values));
  for (const {parameter, value, why} of matches)
    log.say(`${file}: ${harmless(parameter)}: ${harmless(value)} (${harmless(why)})`);
  return true;
}
