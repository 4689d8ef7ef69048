import type {Session} from '../../cloud/types.ts';
import type {Deployment, LayersOptions, Plan} from '../../deploy/index.ts';
import type {StackRef} from '../../heat/index.ts';
import type {LoadedLayer} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import {makeCommand, type Context} from '../command.ts';
import {confirmDeployment, type Intent} from '../confirm-deployment.ts';
import {findingsExit} from '../findings.ts';
import {forecastData} from '../forecast-out.ts';
import {dataText, rowsText} from '../format/formats.ts';
import {rowOptions, withFormat} from '../format/options.ts';
import {seconds} from '../numbers.ts';
import {flag, text} from '../option-kinds.ts';
import {outputRows} from '../outputs.ts';
import {dryRunText} from '../dry-run-out.ts';
import {joined, shellWord} from '../shell.ts';
import {factsOf} from '../source-facts.ts';
import {sayStep, stepData, stepsExit} from '../steps-out.ts';
import {stackName, valuesOf, withStack, withValues} from '../stack-options.ts';

const formats = ['table', 'json', 'yaml', 'value'] as const;
type Format = (typeof formats)[number];

type Layers = readonly [LoadedLayer, ...LoadedLayer[]];

export const deploy = makeCommand({
  usage: 'deploy <dir>',
  summary:
    'Make the stack of a bundle, or update it to what the bundle says; follow its events, print its outputs',
  examples: [
    'rekindle deploy out --os-cloud target --stack web',
    'rekindle deploy out --os-cloud target --dry-run   the checks, and what an update would do',
    'rekindle deploy out -P flavor_m1_small=c2.large -e mine.yaml',
  ],
  notes: `A stack of that name is updated: first a forecast says what stays, what changes in place, what is replaced or deleted,
and what is lost by that. On a terminal it asks first, unless --yes is given; off one, an update that replaces or deletes
something needs --yes. What Heat has no words for is done by steps beside the stack. Events go to standard error, outputs to standard output. Ctrl-C stops following; the stack goes on.
Exit code 4 means that the checks found something in the way, and nothing was changed; 3 that the stack stands, but that a
step beside it failed.`,
  options: cli =>
    withFormat(
      withValues(
        withStack(
          cli.positional('dir', {type: 'string', demandOption: true, describe: 'Folder of the bundle'}),
        ),
      )
        .option('timeout', text("Minutes that Heat may take; an update keeps the stack's"))
        .option('tags', text("Tags of the stack: A,B; an update keeps the stack's"))
        .option('rollback', {
          ...text("If it fails, let Heat take it back; an update keeps the stack's choice"),
          choices: ['enabled', 'disabled', 'keep'] as const,
        })
        .option('enable-rollback', flag('The same as --rollback enabled'))
        .option('no-steps', flag('Leave out what Heat has no words for'))
        .option('dry-run', flag("Check, with Heat's own preview, and forecast; change nothing"))
        .option('no-wait', flag('Return once Heat has begun'))
        .option('poll', text('Seconds between two looks (5)'))
        .option('yes', flag("Don't ask", 'y')),
      formats,
    ),
  async run(args, context) {
    const [stage, {readLayers}] = await Promise.all([
      import('../../deploy/index.ts'),
      import('../../store/index.ts'),
    ]);
    const timeoutMinutes = minutes(args.timeout);
    const pollSeconds = seconds('poll', args.poll);
    const rollback = rollbackOf(args.rollback, args['enable-rollback'] === true);
    const layers = await readLayers(context.path(args.dir));
    const [{bundle}] = layers;
    const options: LayersOptions = {
      stack: stackName(args.stack, bundle.report.project),
      parameters: await valuesOf(args, context),
      source: await factsOf(context.path(args.dir)),
      rollback,
      tags: args.tags?.split(',').filter(tag => tag !== ''),
      timeoutMinutes,
      pollSeconds,
      steps: args['no-steps'] !== true,
      signal: context.signal,
    };
    if (args['no-wait'] === true && layers.length > 1)
      throw new RekindleError(
        'usage',
        '--no-wait is for a bundle of one template: a stack waits for those before it',
      );
    const session = await context.open();
    if (args['dry-run'] === true) {
      const checked = await stage.checkLayers(session, layers, options);
      context.print(
        await dryRunText(checked, rowOptions(args, context), context.paint.out, options.steps !== false),
      );
      return findingsExit(checked.flatMap(({checked: {findings}}) => findings));
    }
    const job = {session, layers, options, wait: args['no-wait'] !== true, yes: args.yes === true};
    const done = await run(stage.deployLayers, job, context);
    context.print(await resultText(done, args.format, layers.length > 1, context));
    sayWhatNext(layers, args.dir, done, context);
    return stepsExit(done.flatMap(({steps}) => steps));
  },
});

interface Job {
  readonly session: Session;
  readonly layers: Layers;
  readonly options: LayersOptions;
  readonly wait: boolean;
  readonly yes: boolean;
}

/** A deployment, or one that was left to itself. */
interface Done extends Pick<Deployment, 'action' | 'stack' | 'status' | 'outputs' | 'forecast' | 'steps'> {
  readonly followed: boolean;
}

async function run(
  deployLayers: (session: Session, layers: Layers, options: LayersOptions) => Promise<readonly Deployment[]>,
  {session, layers, options, wait, yes}: Job,
  context: Context,
): Promise<readonly Done[]> {
  const {log, world, paint, args, signal} = context;
  const {makeProgress} = await import('../progress.ts');
  const progressOf = (stack: string, total: number): ReturnType<typeof makeProgress> =>
    makeProgress({world, paint: paint.err, stack, total, quiet: args.quiet === true});
  const totals = new Map<string, number>();
  let progress: ReturnType<typeof makeProgress> | undefined;
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
    };
    log.say(`Heat ${action === 'create' ? 'builds' : 'updates'} the stack ${stack.name} (${stack.id})`);
    progress?.end();
    progress = progressOf(stack.name, totals.get(stack.name) ?? 0);
    if (!wait) enough.abort();
  };
  try {
    const made = await deployLayers(session, layers, {
      ...options,
      signal: AbortSignal.any([signal, enough.signal]),
      onFinding({severity, where, what, hint}) {
        if (severity === 'warning') log.log('warn', `${where}: ${what}${hint === '' ? '' : `; ${hint}`}`);
      },
      async onPlan(plans) {
        for (const plan of plans) totals.set(nameOf(plan), totalOf(plan));
        await confirmDeployment(plans.map(intentOf), session, yes, context);
      },
      onCreated: stack => begin('create', stack),
      onUpdating: stack => begin('update', stack),
      onEvent: event => progress?.event(event),
      onStep: outcome => sayStep(outcome, 'Step', log),
    });
    return made.map(one => Object.assign({followed: true}, one));
  } catch (error) {
    if (begun === undefined || !enough.signal.aborted || signal.aborted) throw error;
    return [{...begun, followed: false}];
  } finally {
    progress?.end();
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

async function resultText(
  done: readonly Done[],
  format: Format,
  layered: boolean,
  context: Context,
): Promise<string> {
  if (format === 'json' || format === 'yaml') {
    const data = done.map(({action, stack, status, outputs, forecast, steps}) => ({
      action,
      stack: {...stack, status},
      ...(forecast === undefined ? {} : {forecast: forecastData(forecast)}),
      steps: stepData(steps),
      outputs: Object.fromEntries(outputs.map(({key, value, error}) => [key, error ?? value])),
    }));
    return dataText(layered ? {layers: data} : data[0], format);
  }
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

function minutes(value: string | undefined): number | undefined {
  const number = seconds('timeout', value);
  if (number !== undefined && !Number.isInteger(number))
    throw new RekindleError('usage', '--timeout takes whole minutes');
  return number;
}
