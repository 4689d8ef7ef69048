import type {Removal} from '../../../deploy/index.ts';
import type {Deletion, LeftBehind} from '../../../heat/index.ts';
import type {LoadedBundle, LoadedLayer} from '../../../model/bundle.ts';
import {RekindleError} from '../../../model/errors.ts';
import {makeCommand, type Context} from '../../command.ts';
import {confirm} from '../../confirm.ts';
import {dataText, type RowOf, rowsText} from '../../format/formats.ts';
import {rowOptions, type RowArgs} from '../../format/options.ts';
import {flag, text} from '../../option-kinds.ts';
import {sayStep, stepData, stepsExit} from '../../steps-out.ts';
import {columnsOf, openOrchestration, openTarget, withStackOperand, type Target} from './target.ts';
import {sayHowToWatch, showingEvents, type WaitArgs, withAction} from './waiting.ts';

export const remove = makeCommand({
  examples: [
    'rekindle stack delete web',
    'rekindle stack delete web --bundle out   with what its steps made beside it',
    'rekindle stack delete web --yes -f json   what it left behind, as data',
  ],
  notes: `With --bundle, what the steps of a deployment made beside the stack is taken back too; of a bundle that is several
stacks (web-network, web-compute) all go, each before those it needs. It asks first; where there is no
terminal to ask on, --yes must say so. What the template keeps (deletion_policy
Retain or Snapshot, external_id) stays in the project: those resources are the result. After a deletion that failed Heat
can't tell any more what that is; the failure names it.`,
  options: cli =>
    withAction(
      withStackOperand(cli)
        .option('bundle', text('Folder it was deployed from: takes back its steps too'))
        .option('yes', flag("Don't ask", 'y')),
    ),
  async run(args, context) {
    if (args.bundle !== undefined && args['no-wait'] === true)
      throw new RekindleError(
        'usage',
        '--no-wait and --bundle contradict each other: some steps wait for the end',
      );
    const layers = args.bundle === undefined ? undefined : await layersOf(args.bundle, context);
    const [only] = layers ?? [];
    if (layers !== undefined && only?.name !== '') {
      const targets = await layerTargets(args.stack, layers, context);
      if (args.yes !== true) {
        const questions = await Promise.all(targets.map(({target}) => question(target)));
        await confirm({what: questions.join('; '), yes: args.yes, otherwise: 'nothing was deleted'}, context);
      }
      const {inTurns, needs} = await import('../../../deploy/index.ts');
      const {done, failure} = await inTurns(targets, {
        // What joined two of them may be gone already.
        waitsFor: ({layer}, {layer: other}) => targets.length < layers.length || needs(other, layer),
        run: async ({target, layer}) => removal(target, layer.bundle, {...args, yes: true}, context),
      });
      if (failure !== undefined) throw failure.error;
      await print(done, true, args, context);
      return stepsExit(done.flatMap(({steps}) => steps));
    }
    const target = await openTarget(args.stack, context);
    const {stack} = target;
    if (stack.parent !== undefined) {
      throw new RekindleError(
        'conflict',
        `The stack ${JSON.stringify(stack.name)} is a part of the stack ${stack.parent}, which would be broken without it`,
        {hint: 'delete that one, or take the resource out of its template'},
      );
    }
    const made = await removal(target, only?.bundle, args, context);
    await print([made], false, args, context);
    return stepsExit(made.steps);
  },
});

async function removal(
  target: Target,
  bundle: LoadedBundle | undefined,
  args: WaitArgs & {readonly yes?: boolean | undefined},
  context: Context,
): Promise<Removal> {
  const {session, heat, stack} = target;
  const before = async (left: readonly LeftBehind[] | undefined): Promise<void> => {
    const what = args.yes === true ? '' : await question(target, left);
    await confirm({what, yes: args.yes, otherwise: 'nothing was deleted'}, context);
    const {wakeTrunks} = await import('../../../heat/index.ts');
    const staying = new Set(left?.map(({name}) => name));
    const woken = await wakeTrunks(session, heat, stack, staying);
    for (const name of woken) context.log.say(`Switched the trunk ${name} on: Heat deletes none that is off`);
  };
  return showingEvents(stack, args, context, async waiting => {
    if (bundle === undefined) {
      const {deleteStack} = await import('../../../heat/index.ts');
      const wait = args['no-wait'] !== true;
      return {...(await deleteStack(heat, stack, {...waiting, wait, before})), steps: []};
    }
    const stage = await import('../../../deploy/index.ts');
    return stage.remove(session, heat, stack, bundle, {
      ...waiting,
      before,
      onStep: outcome => sayStep(outcome, 'Undone', context.log),
    });
  });
}

async function layersOf(dir: string, context: Context): Promise<readonly LoadedLayer[]> {
  const {readLayers} = await import('../../../store/index.ts');
  return readLayers(context.path(dir));
}

interface LayerTarget {
  readonly target: Target;
  readonly layer: LoadedLayer;
}

/** The stacks of a bundle's layers that are there, last first. @throws RekindleError 'not-found' where none is. */
async function layerTargets(
  name: string,
  layers: readonly LoadedLayer[],
  context: Context,
): Promise<readonly LayerTarget[]> {
  const [{session, heat}, {stackOf}] = await Promise.all([
    openOrchestration(context),
    import('../../../deploy/index.ts'),
  ]);
  const found: LayerTarget[] = [];
  for (const layer of layers.toReversed()) {
    const stack = await heat.find(stackOf(name, layer.name), context.signal);
    if (stack !== undefined) found.push({target: {session, heat, stack}, layer});
  }
  if (found.length > 0) return found;
  const names = layers.map(({name: layer}) => stackOf(name, layer)).join(', ');
  throw new RekindleError(
    'not-found',
    `The project ${JSON.stringify(session.identity.project?.name ?? '')} has none of the stacks ${names}`,
    {service: 'orchestration', hint: 'rekindle stack list shows those it has'},
  );
}

async function question({session, heat, stack}: Target, left: readonly LeftBehind[] = []): Promise<string> {
  const count = (await heat.resources(stack, {nestedDepth: 0})).length;
  const what = `${count} ${count === 1 ? 'resource' : 'resources'}`;
  const stay = left.length === 0 ? '' : `, of which ${left.map(({name}) => name).join(', ')} will stay,`;
  const project = session.identity.project?.name ?? '';
  return `Delete the stack ${stack.name} (${stack.id}) with ${what}${stay} in the project ${project} at ${session.authHost}`;
}

function rowsOf({left}: Removal): readonly RowOf[] | undefined {
  return left?.map(({name, type, id, why}) => ({
    resource_name: name,
    resource_type: type,
    physical_resource_id: id,
    reason: why,
  }));
}

/** @param layered Of several stacks JSON is a list, also where one was left. */
async function print(
  removals: readonly Removal[],
  layered: boolean,
  args: RowArgs,
  context: Context,
): Promise<void> {
  const {log} = context;
  const {format} = args;
  const rows = removals.flatMap(removal => rowsOf(removal) ?? []);
  if (format === 'json' || format === 'yaml') {
    const data = removals.map(removal => ({
      stack: {...removal.stack, status: removal.status},
      left: rowsOf(removal) ?? null,
      steps: stepData(removal.steps),
    }));
    context.print(await dataText(layered ? {layers: data} : data[0], format));
  } else if (rows.length > 0) {
    const columns = columnsOf('resource_name', 'resource_type', 'physical_resource_id', 'reason');
    context.print(await rowsText({columns, rows}, rowOptions(args, context)));
  }
  for (const {stack, status, left} of removals) {
    const done = status === 'DELETE_COMPLETE';
    log.say(`${done ? 'Deleted' : 'Heat deletes'} the stack ${stack.name} (${stack.id}); ${stays(left)}`);
    if (!done) sayHowToWatch(stack, context);
  }
}

function stays(left: Deletion['left']): string {
  if (left === undefined)
    return 'an earlier deletion had emptied its template, so what it leaves behind is not known any more';
  if (left.length === 0) return 'nothing of it stays';
  return left.length === 1
    ? '1 resource of it stays in the project'
    : `${left.length} resources of it stay in the project`;
}
