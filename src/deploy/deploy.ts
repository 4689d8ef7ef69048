/** A bundle becomes a stack, or the stack becomes what the bundle says: check, create or update, follow, report. */
import {realClock} from '../cloud/index.ts';
import type {Clock, Session} from '../cloud/types.ts';
import type {LoadedBundle, ReportLoss} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {expand} from '../model/expand.ts';
import {fields} from '../model/json.ts';
import {
  type Heat,
  isInDoubt,
  openHeat,
  type Stack,
  type StackBody,
  type StackEvent,
  stackFailed,
  type StackOutput,
  type StackRef,
  type UpdateBody,
  watched,
} from '../heat/index.ts';
import {stepsBeside} from './beside.ts';
import {quoted, refuse} from './check/finding.ts';
import {mendHint} from './check/resolved.ts';
import {appeared, patienceFor} from './doubt.ts';
import {type Forecast, isNothing} from './forecast/index.ts';
import {checkMap, type Mapped} from './mapping/apply.ts';
import {type Finding, preflight, type Preflight, type PreflightOptions, stackBody} from './preflight.ts';
import type {StepOutcome} from './steps/index.ts';
import {update} from './update.ts';

/** What a deployment is about to do. */
export type Plan =
  | {readonly action: 'create'; readonly stack: string; readonly resources: number}
  | {readonly action: 'update'; readonly stack: Stack; readonly forecast: Forecast};

/** The signal stops following; the stack goes on. */
export interface DeployOptions extends PreflightOptions {
  /** Seconds between two looks at the events, at most. */
  readonly pollSeconds?: number | undefined;
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** Everything is checked, and nothing changed yet: what throws here stops it. Not called where there is nothing to do. */
  readonly onPlan?: ((plan: Plan) => Promise<void> | void) | undefined;
  /** The stack has been accepted by Heat. */
  readonly onCreated?: ((stack: StackRef) => void) | undefined;
  /** The update has been accepted by Heat. */
  readonly onUpdating?: ((stack: StackRef) => void) | undefined;
  readonly onEvent?: ((event: StackEvent) => void) | undefined;
  /** Each step beside the stack, once it is done or has failed. */
  readonly onStep?: ((outcome: StepOutcome) => void) | undefined;
  readonly clock?: Clock | undefined;
}

export interface Deployment {
  /** 'nothing': the stack is what the bundle says already. */
  readonly action: 'create' | 'update' | 'nothing';
  readonly stack: StackRef;
  readonly status: string;
  readonly outputs: readonly StackOutput[];
  /** What became of the steps; empty where they were left out. */
  readonly steps: readonly StepOutcome[];
  /** What Heat was given. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Finding[];
  /** What stands for things that the source calls otherwise. */
  readonly mapped: readonly Mapped[];
  /** What the target can't make, and so was left out. */
  readonly losses: readonly ReportLoss[];
  /** Of an update. */
  readonly forecast: Forecast | undefined;
  readonly seconds: number;
  /** HTTP requests that it took. */
  readonly requests: number;
}

/**
 * Creates the stack of a bundle in the session's project, or updates it where it exists, waits for its end, and carries out
 * the bundle's steps. One of those after the stack that fails is told in the result.
 * @throws RekindleError 'not-deployable' with everything that the preflight found, 'conflict' where someone else was
 * quicker, 'stack-failed' with the failed resources, 'aborted' when the signal fired.
 */
export async function deploy(
  session: Session,
  whole: LoadedBundle,
  options: DeployOptions,
): Promise<Deployment> {
  checkMap(whole.report.parameters, options.map ?? []);
  const clock = options.clock ?? realClock;
  const began = clock.now();
  const before = session.requests.length;
  const heat = await openHeat(session);

  const checked = await preflight(session, whole, options);
  for (const finding of checked.findings) options.onFinding?.(finding);
  refuseAll(checked, session);
  const {existing, forecast, parameters, bundle} = checked;
  const beside = stepsBeside(session, bundle, {...options, parameters, isNew: existing === undefined, clock});
  const done = async (
    action: Deployment['action'],
    stack: StackRef,
    status: string,
  ): Promise<Deployment> => ({
    action,
    stack: {name: stack.name, id: stack.id},
    status,
    steps: await beside.after(heat, stack),
    outputs: await outputsOf(heat, stack, status),
    parameters,
    warnings: checked.findings.filter(finding => finding.severity === 'warning'),
    mapped: checked.mapped,
    losses: checked.losses,
    forecast,
    seconds: (clock.now() - began) / 1000,
    requests: session.requests.length - before,
  });

  if (existing !== undefined && forecast !== undefined) {
    // A failed stack is updated even so: it is not known to be whole.
    if (isNothing(forecast) && existing.status.endsWith('_COMPLETE')) {
      await beside.before();
      return done('nothing', existing, existing.status);
    }
    await options.onPlan?.({action: 'update', stack: existing, forecast});
    stopIfAborted(options, 'an update was asked for; nothing was changed');
    await beside.before();
    const body = updateBody(existing, stackBody(bundle, parameters, options), options);
    const {requestId, marker} = await update(heat, existing, body, forecast, clock);
    options.onUpdating?.(existing);
    const actions = body.disable_rollback ? ['UPDATE'] : ['UPDATE', 'ROLLBACK'];
    const end = await followed(heat, existing, {...options, actions, marker, requestId, clock});
    return done('update', end, end.status);
  }

  await options.onPlan?.({action: 'create', stack: options.stack, resources: resourceCount(bundle)});
  stopIfAborted(options, 'the stack was asked for; nothing was created');
  await beside.before();
  const {stack, requestId} = await create(heat, stackBody(bundle, parameters, options), clock);
  options.onCreated?.(stack);
  const actions = options.rollback === true ? ['CREATE', 'ROLLBACK'] : ['CREATE'];
  const end = await followed(heat, stack, {...options, actions, marker: undefined, requestId, clock});
  return done('create', stack, end.status);
}

/** @throws RekindleError that says that the stack stands, and whether it was an interruption that kept its outputs from us. */
async function outputsOf(heat: Heat, stack: StackRef, status: string): Promise<readonly StackOutput[]> {
  try {
    return await heat.outputs(stack);
  } catch (error) {
    if (!(error instanceof RekindleError)) throw error;
    const {code, origin, message} = error;
    const name = `${JSON.stringify(stack.name)} (${stack.id})`;
    throw new RekindleError(
      code,
      code === 'aborted'
        ? `Interrupted when the stack ${name} had come to rest in ${status}; its outputs were not read`
        : `The stack ${name} is ${status}, but its outputs can't be read: ${message}`,
      {...origin, hint: `read them with: rekindle stack outputs ${stack.id}`, cause: error},
    );
  }
}

/** How many resources the template has, with those that a condition may leave out. */
export function resourceCount({template, files}: LoadedBundle): number {
  return Object.keys(fields(expand(template, files).template['resources'])).length;
}

function stopIfAborted({signal}: DeployOptions, before: string): void {
  if (signal?.aborted === true) throw new RekindleError('aborted', `Interrupted before ${before}`);
}

/** An update without tags would take them away, and one without rollback switch it off. */
function updateBody(stack: Stack, body: StackBody, options: DeployOptions): UpdateBody {
  const {template, files, environment} = body;
  const {tags = stack.tags, rollback = stack.rollback, timeoutMinutes = stack.timeout} = options;
  return {
    template,
    files,
    environment,
    disable_rollback: rollback !== true,
    ...(timeoutMinutes === undefined ? {} : {timeout_mins: timeoutMinutes}),
    ...(tags.length === 0 ? {} : {tags: tags.join(',')}),
  };
}

/** Waits for the end. @throws RekindleError 'stack-failed' */
async function followed(
  heat: Heat,
  stack: StackRef,
  {
    actions,
    marker,
    requestId,
    clock,
    pollSeconds,
    signal,
    onEvent,
  }: DeployOptions & {
    readonly actions: readonly string[];
    readonly marker: string | undefined;
    readonly requestId: string | undefined;
    readonly clock: Clock;
  },
): Promise<Stack> {
  const [action = ''] = actions;
  const {end, failures} = await watched(heat, stack, {actions, marker, pollSeconds, onEvent, signal, clock});
  if (end === undefined) {
    const doing = action === 'UPDATE' ? 'updated' : 'created';
    throw new RekindleError(
      'stack-failed',
      `The stack ${JSON.stringify(stack.name)} (${stack.id}) was deleted while it was being ${doing}`,
      {hint: 'someone else deleted it: deploy again'},
    );
  }
  if (end.status !== `${action}_COMPLETE`)
    throw await stackFailed(heat, end, requestId, failures, wayOn(end, action));
  return end;
}

/** After a failure the way on is the same: mend it, and deploy again, which goes on from what is there. */
function wayOn({status, id, name}: Stack, action: string): string {
  const again = 'mend the cause and deploy again: that updates the stack, and makes what is missing';
  if (status === 'ROLLBACK_COMPLETE') {
    return action === 'CREATE'
      ? `Heat has taken back what it built; ${again}`
      : `Heat has put the stack back to what it was; ${again}`;
  }
  const undo = action === 'CREATE' ? `; or remove it: rekindle stack delete ${id}` : '';
  return `what was built is still there to look at (rekindle stack resources ${name}); ${again}; --dry-run shows beforehand what that replaces${undo}`;
}

function refuseAll(checked: Preflight, session: Session): void {
  const {findings, existing} = checked;
  const project = quoted(session.identity.project?.name ?? '');
  const nothing = `nothing was ${existing === undefined ? 'created' : 'changed'}`;
  refuse(findings, `can't be deployed to the project ${project}`, mendHint(nothing, [checked]));
}

function taken(name: string, status: string): RekindleError {
  return new RekindleError('conflict', `There is already a stack ${JSON.stringify(name)} (${status})`, {
    service: 'orchestration',
    hint: 'deploy again to update it, or choose another name with --stack',
  });
}

/**
 * Creates the stack; where the answer got lost (a proxy's 502 or 504, a dropped connection) Heat may be at it already,
 * so it is looked up by its name, which was free a moment ago, and never asked for twice.
 */
async function create(
  heat: Heat,
  body: StackBody,
  clock: Clock,
): Promise<{readonly stack: StackRef; readonly requestId: string | undefined}> {
  try {
    const {id, requestId} = await heat.create(body);
    return {stack: {name: body.stack_name, id}, requestId};
  } catch (error) {
    if (!(error instanceof RekindleError)) throw error;
    if (error.origin.status === 409 || error.code === 'conflict') throw taken(body.stack_name, 'just now');
    if (!isInDoubt(error)) throw explained(error);
    const waits = patienceFor(Object.keys(fields(body.template['resources'])).length);
    const stack = await appeared(heat, body.stack_name, clock, {waits});
    if (stack !== undefined) return {stack, requestId: error.origin.requestId};
    throw new RekindleError(
      error.code,
      `Heat's answer to the new stack got lost, and no stack ${JSON.stringify(body.stack_name)} has appeared: ${error.message}`,
      {
        ...error.origin,
        hint: `look once more with: rekindle stack show ${body.stack_name}; if there is none, deploy again`,
        cause: error,
      },
    );
  }
}

/** Heat answers 500 where Keystone refuses it the trust that every stack needs. */
function explained(error: RekindleError): RekindleError {
  if (error.origin.status !== 500) return error;
  return new RekindleError(error.code, error.message, {
    ...error.origin,
    hint: 'with an application credential this is usually a refused trust: deploy with a password; else ask the operator',
    cause: error,
  });
}
