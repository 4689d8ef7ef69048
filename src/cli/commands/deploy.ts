import {RekindleError} from '../../model/errors.ts';
import {makeCommand, type Context} from '../command.ts';
import {
  deploymentData,
  deploymentOptions,
  outputsText,
  readDeployment,
  runDeployment,
  withDeployment,
  type Done,
  type Layers,
} from '../deployment.ts';
import {dryRun} from '../dry-run-out.ts';
import {dataText} from '../format/formats.ts';
import {withFormat} from '../format/options.ts';
import {withImagesCopied} from '../copy-images.ts';
import {checkImageSource, openImageSource, withImages, withImageSource} from '../image-options.ts';
import {flag} from '../option-kinds.ts';
import {joined, shellWord} from '../shell.ts';
import {stepsExit} from '../steps-out.ts';

const formats = ['table', 'json', 'yaml', 'value'] as const;

export const deploy = makeCommand({
  examples: [
    'rekindle deploy out --os-cloud target --stack web',
    'rekindle deploy out --os-cloud target --dry-run   the checks, and what an update would do',
    'rekindle deploy out -P flavor_m1_small=c2.large -e mine.yaml',
    'rekindle deploy out --os-cloud target --copy-images --from source   images that it lacks are copied first',
  ],
  notes: `A stack of that name is updated: first a forecast says what stays, what changes in place, what is replaced or deleted,
and what is lost by that. On a terminal it asks first, unless --yes is given; off one, an update that replaces or deletes
something needs --yes. What Heat has no words for is done by steps beside the stack. Events go to standard error, outputs to standard output. Ctrl-C stops following; the stack goes on.
Exit code 4 means that the checks found something in the way, and nothing was changed; 3 that the stack stands, but that a
step beside it failed.`,
  options: cli =>
    withFormat(
      withImages(
        withImageSource(
          withDeployment(
            cli.positional('dir', {type: 'string', demandOption: true, describe: 'Folder of the bundle'}),
          ),
        ),
      )
        .option('dry-run', flag("Check, with Heat's own preview, and forecast; change nothing"))
        .option('no-wait', flag('Return once Heat has begun')),
      formats,
    ),
  async run(args, context) {
    checkImageSource(args, context);
    const given = await deploymentOptions(args, context);
    const {layers, options: read} = await readDeployment(args.dir, args, given, context);
    const layered = layers.length > 1;
    if (args['no-wait'] === true && layered)
      throw new RekindleError(
        'usage',
        '--no-wait is for a bundle of one template: a stack waits for those before it',
      );
    const session = await context.open();
    const from = await openImageSource(args, context);
    if (args['dry-run'] === true) return dryRun(session, layers, read, args, context, from);
    const options =
      from === undefined
        ? read
        : await withImagesCopied({from, to: session, layers, options: read}, args, context);
    const job = {session, layers, options, wait: args['no-wait'] !== true, yes: args.yes === true};
    const done = await runDeployment(job, context);
    const {format} = args;
    context.print(
      format === 'json' || format === 'yaml'
        ? await dataText(deploymentData(done, layered), format)
        : await outputsText(done, format, layered, context),
    );
    sayWhatNext(layers, args.dir, done, context);
    return stepsExit(done.flatMap(({steps}) => steps));
  },
});

function sayWhatNext(layers: Layers, dir: string, done: readonly Done[], {log, args}: Context): void {
  const cloud = args['os-cloud'] === undefined ? '' : ` --os-cloud ${shellWord(args['os-cloud'])}`;
  for (const {action, stack, followed} of done) {
    if (action === 'nothing')
      log.say(`The stack ${stack.name} is what the bundle says already: nothing was changed`);
    if (!followed) log.say(`Watch it with: rekindle stack events${cloud} --follow ${stack.id}`);
  }
  const [first] = done;
  if (first === undefined) return;
  const [{name, bundle}] = layers;
  if (name !== '') {
    const stack = first.stack.name.slice(0, -name.length - 1);
    log.say(`Prove it with: rekindle verify ${shellWord(dir)}${cloud} --stack ${shellWord(stack)}`);
    return;
  }
  if (!first.followed) {
    if (bundle.report.steps.length > 0)
      log.say('Once it is complete, deploy again: that carries out the steps beside it');
    return;
  }
  const left = bundle.report.steps.length - first.steps.length;
  if (left > 0)
    log.say(
      `${left} ${left === 1 ? 'step' : 'steps'} beside the stack left out: ${joined(dir, 'report.md')} lists the commands`,
    );
  log.say(`Prove it with: rekindle verify ${shellWord(dir)}${cloud} --stack ${shellWord(first.stack.name)}`);
}
