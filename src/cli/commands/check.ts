import {relative} from 'node:path';
import type {Session} from '../../cloud/types.ts';
import type {CheckedLayer, Match} from '../../deploy/index.ts';
import {type Context, makeCommand} from '../command.ts';
import {findingsExit, findingsText} from '../findings.ts';
import {rowFormats} from '../format/formats.ts';
import {rowOptions, withRows} from '../format/options.ts';
import {planned} from '../copy-images.ts';
import {checkImageSource, openImageSource, withImageSource} from '../image-options.ts';
import {checkMapped, mapOf, withMap} from '../map-options.ts';
import {flag} from '../option-kinds.ts';
import {joined, shellWord} from '../shell.ts';
import {factsOf} from '../source-facts.ts';
import {stackName, valuesOf, withStack, withValues} from '../stack-options.ts';
import {harmless} from '../terminal.ts';

export const check = makeCommand({
  examples: [
    'rekindle check out --os-cloud target',
    'rekindle check out --os-cloud target -P flavor_m1_small=c2.large',
    'rekindle check out --os-cloud target --map flavor:m1.large=c2.large',
    'rekindle check out --os-cloud target --write-environment there.yaml   what the target has for each name',
  ],
  notes: `With --write-environment alone what is certainly meant goes into the bundle's own environment.yaml.
Exit code 4 means that it cannot be deployed as it is.`,
  options: cli =>
    withRows(
      withImageSource(
        withMap(
          withValues(
            withStack(
              cli.positional('dir', {type: 'string', demandOption: true, describe: 'Folder of the bundle'}),
            ),
          ),
        ),
      )
        .option(
          'copy-images',
          flag('Say which images `deploy --copy-images` would copy, and how much that is'),
        )
        .option('write-environment', {
          type: 'string',
          describe: 'Write into that file what the target has for each thing that the bundle names',
          group: 'Options:',
        })
        .option('accept-losses', flag("Check what is left without what the target's release can't make"))
        .option('force', flag('Replace the file of --write-environment')),
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
    const map = await mapOf(args, context);
    await checkMapped(layers, map);
    const file = args['write-environment'];
    if (file !== undefined && file !== '') {
      const {checkFreeFile} = await import('../../store/index.ts');
      await checkFreeFile(context.path(file), args.force === true);
    }
    const source = await factsOf(dir);
    const session = await context.open();
    const from = await openImageSource(args, context);
    const images =
      from === undefined ? undefined : await planned(from, session, layers, {parameters, ...map}, context);
    const checked = await checkLayers(session, layers, {
      stack: stackName(args.stack, bundle.report.project),
      ...(images?.known ?? {parameters}),
      ...map,
      acceptLosses: args['accept-losses'] === true,
      source,
      signal: context.signal,
    });
    const findings = [...(images?.findings ?? []), ...layerFindings(checked)];
    context.print(await findingsText(findings, rowOptions(args, context)));
    if (file !== undefined && file !== '') await propose(file, checked, session, args, context);
    if (file === '') {
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

/** The whole of what the target has, beside the bundle: it stays as it is. */
async function propose(
  file: string,
  checked: readonly CheckedLayer[],
  session: Session,
  args: {readonly dir: string; readonly force?: boolean | undefined},
  context: Context,
): Promise<void> {
  const [{proposalsYaml}, {checkFreeFile, writeText}] = await Promise.all([
    import('../../emit/index.ts'),
    import('../../store/index.ts'),
  ]);
  const proposals = checked.flatMap(({checked: one}) => one.proposals);
  const target = `the project ${JSON.stringify(session.identity.project?.name ?? '')} at ${session.authHost}`;
  const path = context.path(file);
  await checkFreeFile(path, args.force === true);
  await writeText(path, proposalsYaml(proposals, target), {mode: 0o644, hint: 'nothing was written'});
  const names = new Set(proposals.map(({parameter}) => parameter));
  const open = new Set(proposals.filter(({value}) => value === undefined).map(({parameter}) => parameter));
  const {log} = context;
  log.say(
    `${harmless(file)}: ${names.size - open.size} of ${names.size} proposed${open.size === 0 ? '' : `, ${open.size} left for you to choose`}`,
  );
  log.say(`Deploy with it: rekindle deploy ${shellWord(args.dir)} -e ${shellWord(file)}`);
}

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
