import {RekindleError} from '../../model/errors.ts';
import {savedData, summary} from '../bundle-out.ts';
import {makeCommand, type Context} from '../command.ts';
import {comparisonExit, ignoreRules, printComparison, withIgnore, withoutIgnored} from '../comparison-out.ts';
import {
  deploymentData,
  deploymentOptions,
  outputsText,
  readDeployment,
  runDeployment,
  withDeployment,
} from '../deployment.ts';
import {dryRun} from '../dry-run-out.ts';
import {exit} from '../exit.ts';
import {dataText} from '../format/formats.ts';
import {withFormat} from '../format/options.ts';
import {withImagesCopied} from '../copy-images.ts';
import {checkImageArgs, withImages} from '../image-options.ts';
import {flag, text} from '../option-kinds.ts';
import {onlySelection, withSelectFile} from '../select-options.ts';
import {shellWord} from '../shell.ts';
import {prove} from '../proof.ts';
import {stepsExit} from '../steps-out.ts';
import {checkFolder, take, withTaking} from '../taking.ts';

export const clone = makeCommand({
  examples: [
    'rekindle clone --from prod --to staging --stack web',
    'rekindle clone out --from prod --to staging -P flavor_m1_large=m1.small',
    'rekindle clone --from prod --to staging --dry-run   the bundle and the checks; nothing is created',
    'rekindle clone --from prod --to staging --copy-images   images that the target lacks go along',
  ],
  notes: `The bundle stays in the folder: what "rekindle snapshot", "deploy" and "verify" do one after the other is what this does,
and each of them goes on from it. Again, it updates the folder and the stack.

Exit code 4 means that it can't be deployed there, with nothing created, or that the copy differs; 3 that something of the
source could not be read, that a step failed, or that something of the copy could not be compared.`,
  options: cli =>
    withFormat(
      withIgnore(
        withImages(
          withDeployment(
            withTaking(
              cli
                .option('from', {...text('Entry of clouds.yaml to copy'), demandOption: true})
                .option('to', {...text('Entry of clouds.yaml to copy it to'), demandOption: true}),
            ),
          ),
        ),
      ).option('dry-run', flag("Write the bundle, check, with Heat's own preview; create nothing")),
      ['table', 'json', 'yaml'],
    ),
  async run(words, context) {
    const args = await withSelectFile(words, context);
    checkClouds(args, context);
    checkImageArgs(args);
    const {isPartial} = await import('../../model/inventory.ts');
    const given = await deploymentOptions(args, context);
    const rules = await ignoreRules(args, context);
    const target = await onlySelection(args);
    if (target.name !== undefined)
      throw new RekindleError('usage', 'A clone is of one selection, which needs no name', {
        hint: `--select ${shellWord(target.select ?? '')}`,
      });
    await checkFolder(args, [target], context);
    const source = await context.open(args.from);
    // Before the source is read: a wrong password of the target shouldn't cost a snapshot.
    const to = await context.open(args.to);
    const {saved: all, inventory} = await take(source, args, [target], context);
    const [saved] = all;
    if (saved === undefined) throw new RekindleError('internal', 'no bundle was made');
    const {log} = context;
    const {format} = args;
    const {dir} = saved;
    for (const line of summary(saved).trimEnd().split('\n')) log.say(line);
    const {layers, options: read} = await readDeployment(dir, args, given, context);
    const layered = layers.length > 1;
    const from = args['copy-images'] === true ? source : undefined;
    if (args['dry-run'] === true) return dryRun(to, layers, read, args, context, from);
    const options =
      from === undefined ? read : await withImagesCopied({from, to, layers, options: read}, args, context);
    const done = await runDeployment(
      {session: to, layers, options, wait: true, yes: args.yes === true},
      context,
    );
    if (format === 'table') context.print(await outputsText(done, format, layered, context));
    log.waiting(`Reading what ${options.stack} built`);
    const found = await prove(dir, options.stack, async () => to, context);
    const codes = [stepsExit(done.flatMap(({steps}) => steps))];
    if (format === 'table') codes.push(await printComparison(found, rules, {...args, format}, context));
    else {
      const comparison = await withoutIgnored(found, rules, args, context);
      const {comparisonData} = await import('../../verify/index.ts');
      const data = {
        bundle: savedData(saved),
        deployment: deploymentData(done, layered),
        comparison: comparisonData(comparison),
      };
      context.print(await dataText(data, format));
      codes.push(comparisonExit(comparison));
    }
    if (isPartial(inventory)) codes.push(exit.partial);
    return Math.max(...codes);
  },
});

/** Two clouds, and nothing that would speak of one of them only. */
function checkClouds({from, to}: {readonly from: string; readonly to: string}, {args}: Context): void {
  for (const [option, value] of [
    ['--from', from],
    ['--to', to],
  ] as const)
    if (value === '')
      throw new RekindleError('usage', `${option} is empty`, {hint: 'name an entry of clouds.yaml'});
  const one = (
    ['os-cloud', 'os-project-name', 'os-project-id', 'os-auth-url', 'os-region-name'] as const
  ).find(name => args[name] !== undefined);
  if (one !== undefined)
    throw new RekindleError('usage', `--${one} would count for both sides of a clone`, {
      hint: '--from and --to name entries of clouds.yaml, which say the rest',
    });
}
