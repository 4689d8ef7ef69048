/** Images that the target lacks, copied before a deployment, or only told of. */
import type {Session} from '../cloud/types.ts';
import type {LayersOptions} from '../deploy/index.ts';
import type {ImagePlan, PlanOptions} from '../images/index.ts';
import type {Context} from './command.ts';
import {confirm} from './confirm.ts';
import type {Layers} from './deployment.ts';
import {type ImageArgs} from './image-options.ts';

type Values = Readonly<Record<string, unknown>>;

/** What would be copied, told; with what of it the checks are to know. */
export async function planned(
  from: Session,
  to: Session,
  layers: Layers,
  {parameters, map}: Pick<PlanOptions, 'parameters' | 'map'>,
  context: Context,
): Promise<ImagePlan & {readonly known: {readonly parameters: Values; readonly later: ReadonlySet<string>}}> {
  const {imageLabel, planImages, sizeLabel} = await import('../images/index.ts');
  const {log, signal} = context;
  log.waiting(`Looking for images that ${to.cloud} lacks`);
  const bundles = layers.map(({bundle}) => bundle);
  const plan = await planImages(from, to, bundles, {parameters, map, signal});
  for (const one of plan.images) {
    const names = one.parameters.join(', ');
    log.say(
      one.action === 'use'
        ? `${names}: the target has ${imageLabel(one.image)} already`
        : `${names}: ${imageLabel(one.image)} is to be copied, ${sizeLabel(one.image.bytes)}`,
    );
  }
  if (plan.images.length === 0) log.say('No parameter of the bundle means an image of the source');
  return {...plan, known: {parameters: {...parameters, ...plan.values}, later: plan.later}};
}

export interface CopyJob {
  readonly from: Session;
  readonly to: Session;
  readonly layers: Layers;
  readonly options: LayersOptions;
}

/**
 * Copies them, once everything else of the deployment is known to be right. @returns the options with the images' values
 * @throws RekindleError 'not-deployable' with nothing copied, or that of the first image that can't be copied.
 */
export async function withImagesCopied(
  {from, to, layers, options}: CopyJob,
  args: ImageArgs & {readonly yes?: boolean | undefined},
  context: Context,
): Promise<LayersOptions> {
  const plan = await planned(from, to, layers, options, context);
  const copies = plan.images.filter(({action}) => action === 'copy');
  const {known} = plan;
  const [{checkLayers, layerFindings, refuse}, {copyImages, imageLabel, sizeLabel}, {imageProgress}] =
    await Promise.all([
      import('../deploy/index.ts'),
      import('../images/index.ts'),
      import('./image-progress.ts'),
    ]);
  const {log, world, paint, signal} = context;
  for (const {severity, where, what, hint} of plan.findings)
    if (severity === 'warning') log.log('warn', `${where}: ${what}${hint === '' ? '' : `; ${hint}`}`);
  // Gigabytes are not to be moved for a deployment that a quota stops afterwards.
  const checked =
    copies.length === 0 ? [] : layerFindings(await checkLayers(to, layers, {...options, ...known}));
  const project = to.identity.project?.name ?? '';
  refuse(
    [...plan.findings, ...checked],
    `can't be deployed to the project ${JSON.stringify(project)}`,
    'nothing was copied and nothing created; mend these and deploy again',
  );
  if (copies.length === 0) return {...options, parameters: known.parameters};
  if (world.ask !== undefined)
    await confirm(
      {
        what: `Copy ${copies.length === 1 ? 'one image' : `${copies.length} images`} (${sizeLabel(plan.bytes)}) to the project ${project} at ${to.authHost}`,
        yes: args.yes,
        otherwise: 'nothing was copied and nothing created',
      },
      context,
    );
  const progress = imageProgress(world, paint.err, context.args.quiet === true);
  const dir = args['image-dir'];
  try {
    const {values} = await copyImages(from, to, plan, {
      dir: dir === undefined ? undefined : context.path(dir),
      signal,
      logger: log,
      clock: world.clock,
      onProgress: one => progress.show(one),
      onCopied({image, id, refused}) {
        progress.end();
        log.say(`Copied ${imageLabel(image)}: it is ${id} there`);
        if (refused.length > 0)
          log.log('warn', `The target keeps properties to itself; the copy is without ${refused.join(', ')}`);
      },
    });
    return {...options, parameters: {...options.parameters, ...values}};
  } finally {
    progress.end();
  }
}
