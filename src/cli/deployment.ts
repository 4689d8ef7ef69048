/** Deploying a bundle and telling of it: for `deploy` and `clone`. */
import type {Argv} from 'yargs';
import type {Session} from '../cloud/types.ts';
import type {Deployment, LayersOptions, Plan} from '../deploy/index.ts';
import type {StackRef} from '../heat/index.ts';
import type {LoadedLayer} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import type {Context} from './command.ts';
import {confirmDeployment, type Intent} from './confirm-deployment.ts';
import {forecastData} from './forecast-out.ts';
import {rowsText} from './format/formats.ts';
import {rowOptions} from './format/options.ts';
import {checkMapped, mapOf, withMap, type MapArgs} from './map-options.ts';
import {minutes, seconds} from './numbers.ts';
import {flag, text} from './option-kinds.ts';
import {outputRows} from './outputs.ts';
import {factsOf} from './source-facts.ts';
import {stackName, valuesOf, withStack, withValues, type ValueArgs} from './stack-options.ts';
import {sayStep, stepData} from './steps-out.ts';

export type Layers = readonly [LoadedLayer, ...LoadedLayer[]];

export interface DeploymentArgs extends ValueArgs, MapArgs {
  readonly stack?: string | undefined;
  readonly timeout?: string | undefined;
  readonly tags?: string | undefined;
  readonly rollback?: 'enabled' | 'disabled' | 'keep' | undefined;
  readonly 'enable-rollback'?: boolean | undefined;
  readonly 'no-steps'?: boolean | undefined;
  readonly 'accept-losses'?: boolean | undefined;
  readonly poll?: string | undefined;
  readonly yes?: boolean | undefined;
}

export function withDeployment<Args>(cli: Argv<Args>): Argv<Args & DeploymentArgs> {
  return withMap(withValues(withStack(cli)))
    .option('timeout', text("Minutes that Heat may take; an update keeps the stack's"))
    .option('tags', text("Tags of the stack: A,B; an update keeps the stack's"))
    .option('rollback', {
      ...text("If it fails, let Heat take it back; an update keeps the stack's choice"),
      choices: ['enabled', 'disabled', 'keep'] as const,
    })
    .option('enable-rollback', flag('The same as --rollback enabled'))
    .option('accept-losses', flag("Leave out what the target's release can't make, and announce it as lost"))
    .option('no-steps', flag('Leave out what Heat has no words for'))
    .option('poll', text('Seconds between two looks (5)'))
    .option('yes', flag("Don't ask", 'y'));
}

/** What the options say by themselves, before anything is read. @throws RekindleError 'usage' or 'input' */
export async function deploymentOptions(
  args: DeploymentArgs,
  context: Context,
): Promise<Omit<LayersOptions, 'stack' | 'source'>> {
  const timeoutMinutes = minutes('timeout', args.timeout);
  const pollSeconds = seconds('poll', args.poll);
  const rollback = rollbackOf(args.rollback, args['enable-rollback'] === true);
  return {
    parameters: await valuesOf(args, context),
    ...(await mapOf(args, context)),
    rollback,
    tags: args.tags?.split(',').filter(tag => tag !== ''),
    timeoutMinutes,
    pollSeconds,
    steps: args['no-steps'] !== true,
    acceptLosses: args['accept-losses'] === true,
    signal: context.signal,
    clock: context.world.clock,
  };
}

/** A bundle's folder, read, and what it is deployed with. */
export async function readDeployment(
  dir: string,
  {stack}: Pick<DeploymentArgs, 'stack'>,
  options: Omit<LayersOptions, 'stack' | 'source'>,
  context: Context,
): Promise<{readonly layers: Layers; readonly options: LayersOptions}> {
  const {readLayers} = await import('../store/index.ts');
  const path = context.path(dir);
  const layers = await readLayers(path);
  const [{bundle}] = layers;
  await checkMapped(layers, options);
  const name = stackName(stack, bundle.report.project);
  return {layers, options: {...options, stack: name, source: await factsOf(path)}};
}

export interface Job {
  readonly session: Session;
  readonly layers: Layers;
  readonly options: LayersOptions;
  readonly wait: boolean;
  readonly yes: boolean;
}

/** A deployment, or one that was left to itself. */
export interface Done extends Pick<
  Deployment,
  'action' | 'stack' | 'status' | 'outputs' | 'forecast' | 'steps' | 'mapped' | 'losses'
> {
  readonly followed: boolean;
}

/** Deploys all layers: asks where there is something to ask, and tells of events and steps. */
export async function runDeployment(
  {session, layers, options, wait, yes}: Job,
  context: Context,
): Promise<readonly Done[]> {
  const {log, world, paint, args, signal} = context;
  const [{deployLayers}, {makeProgress}] = await Promise.all([
    import('../deploy/index.ts'),
    import('./progress.ts'),
  ]);
  const progress = makeProgress({world, paint: paint.err, quiet: args.quiet === true});
  const totals = new Map<string, number>();
  const enough = new AbortController();
  let begun: Omit<Done, 'followed'> | undefined;
  const begin = (action: 'create' | 'update', stack: StackRef): void => {
    begun = {
      action,
      stack,
      status: `${action.toUpperCase()}_IN_PROGRESS`,
      outputs: [],
      forecast: undefined,
      steps: [],
      mapped: [],
      losses: [],
    };
    progress.end();
    log.say(`Heat ${action === 'create' ? 'builds' : 'updates'} the stack ${stack.name} (${stack.id})`);
    progress.begin(stack.name, totals.get(stack.name) ?? 0);
    if (!wait) enough.abort();
  };
  try {
    const made = await deployLayers(session, layers, {
      ...options,
      signal: AbortSignal.any([signal, enough.signal]),
      onFinding({severity, where, what, hint}) {
        if (severity === 'note') log.say(`${where} ${what}${hint === '' ? '' : `; ${hint}`}`);
        if (severity === 'warning') log.log('warn', `${where}: ${what}${hint === '' ? '' : `; ${hint}`}`);
      },
      async onPlan(plans) {
        for (const plan of plans) totals.set(nameOf(plan), totalOf(plan));
        await confirmDeployment(plans.map(intentOf), session, yes, context);
      },
      onCreated: stack => begin('create', stack),
      onUpdating: stack => begin('update', stack),
      onEvent: (event, stack) => progress.event(event, stack),
      onStep(outcome) {
        progress.end();
        sayStep(outcome, 'Step', log);
      },
    });
    return made.map(one => Object.assign({followed: true}, one));
  } catch (error) {
    if (begun === undefined || !enough.signal.aborted || signal.aborted) throw error;
    return [{...begun, followed: false}];
  } finally {
    progress.end();
  }
}

function nameOf(plan: Plan): string {
  return plan.action === 'create' ? plan.stack : plan.stack.name;
}

function totalOf(plan: Plan): number {
  return plan.action === 'create'
    ? plan.resources
    : plan.forecast.resources.filter(({fate}) => fate !== 'unchanged').length;
}

function intentOf(plan: Plan): Intent {
  return plan.action === 'create'
    ? {action: 'create', name: plan.stack, resources: plan.resources}
    : {action: 'update', name: plan.stack.name, forecast: plan.forecast};
}

/** Fields are part of the interface. */
export function deploymentData(done: readonly Done[], layered: boolean): object {
  const data = done.map(({action, stack, status, outputs, forecast, steps, mapped, losses}) => ({
    action,
    stack: {...stack, status},
    mapped,
    losses,
    ...(forecast === undefined ? {} : {forecast: forecastData(forecast)}),
    steps: stepData(steps),
    outputs: Object.fromEntries(outputs.map(({key, value, error}) => [key, error ?? value])),
  }));
  return layered ? {layers: data} : (data[0] ?? {});
}

/** The stacks, where there are several, and all outputs. */
export async function outputsText(
  done: readonly Done[],
  format: 'table' | 'value',
  layered: boolean,
  context: Context,
): Promise<string> {
  const options = rowOptions({format}, context);
  const parts: string[] = [];
  if (layered) {
    const columns = [
      {key: 'stack', title: 'Stack'},
      {key: 'action', title: 'Action'},
      {key: 'status', title: 'Status'},
    ];
    const rows = done.map(({action, stack, status}) => ({stack: stack.name, action, status}));
    parts.push(await rowsText({columns, rows}, options));
  }
  const rows = done.flatMap(({stack, outputs}) =>
    outputRows(outputs.map(({key, value, error}) => ({key, value: error ?? value}))).map(({key, value}) => ({
      stack: stack.name,
      key,
      value,
    })),
  );
  const columns = [
    ...(layered ? [{key: 'stack', title: 'Stack'}] : []),
    {key: 'key', title: 'Output'},
    {key: 'value', title: 'Value'},
  ];
  if (rows.length > 0) parts.push(await rowsText({columns, rows}, options));
  return parts.join('');
}

/** Undefined: as it is. */
function rollbackOf(
  given: 'enabled' | 'disabled' | 'keep' | undefined,
  enable: boolean,
): boolean | undefined {
  if (enable && given !== undefined && given !== 'enabled')
    throw new RekindleError('usage', `--enable-rollback and --rollback ${given} contradict each other`);
  if (enable || given === 'enabled') return true;
  return given === 'disabled' ? false : undefined;
}
