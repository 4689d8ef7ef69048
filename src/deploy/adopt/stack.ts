/** Heat takes over what a plan names: adopt or create by external ids, check, and an update that must change nothing. */
import {realClock} from '../../cloud/index.ts';
import type {Clock} from '../../cloud/types.ts';
import {
  type Heat,
  isInDoubt,
  patience,
  type Stack,
  type StackEvent,
  stackFailed,
  type StackRef,
  type StackResource,
  watched,
} from '../../heat/index.ts';
import type {LoadedBundle} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import type {Fields} from '../../model/json.ts';
import {plural} from '../check/finding.ts';
import {appeared} from '../doubt.ts';
import {type AdoptData, adoptData, type Adopted, retained} from './data.ts';
import {externalTemplate} from './external.ts';
import type {AdoptPlan} from './plan.ts';

export interface AdoptStackOptions {
  readonly stack: string;
  /** By `external_id`, where the operator has switched adopt off. */
  readonly external?: boolean | undefined;
  /** An update with the same template, which must change nothing. Default true. */
  readonly update?: boolean | undefined;
  readonly timeoutMinutes?: number | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Seconds between two looks at the events, at most. */
  readonly pollSeconds?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock?: Clock | undefined;
  /** The stack has been accepted by Heat. */
  readonly onStack?: ((stack: StackRef) => void) | undefined;
  readonly onEvent?: ((event: StackEvent) => void) | undefined;
}

/** What was done after the adoption, or why it wasn't. */
export type Proof =
  {readonly done: true; readonly status: string} | {readonly done: false; readonly why: string};

export type UpdateProof =
  | {readonly done: true; readonly status: string; readonly updated: readonly string[]}
  | {readonly done: false; readonly why: string};

export interface AdoptedStack {
  readonly stack: StackRef;
  readonly status: string;
  /** Heat's own check. */
  readonly check: Proof;
  /** The update without a change; `updated`: resources that it changed all the same, which must be none. */
  readonly update: UpdateProof;
  /** Resources that Heat knows by another id than they were given with, which must be none. */
  readonly moved: readonly string[];
}

/** @throws RekindleError 'stack-failed', with the project as it was; 'http' where adopt is switched off. */
export async function adoptStack(
  heat: Heat,
  bundle: LoadedBundle,
  parameters: Fields,
  plan: AdoptPlan,
  options: AdoptStackOptions,
): Promise<AdoptedStack> {
  const clock = options.clock ?? realClock;
  const {external = false} = options;
  const data = adoptData(bundle, parameters, plan.adopted);
  const {stack, requestId} = await ask(heat, bundle, data, plan, options, clock);
  options.onStack?.(stack);
  const road = roadOf(heat, stack, options, clock);
  const end = await road.wait(external ? 'CREATE' : 'ADOPT');
  const complete = external ? 'CREATE_COMPLETE' : 'ADOPT_COMPLETE';
  if (end.status !== complete) throw await failed(heat, end, requestId, road.failures);

  const check = await checked(heat, stack, plan, external, road);
  const update = await updated(heat, stack, {bundle, data, plan, check, options}, road);
  const now = await heat.resources(stack, {nestedDepth: 0});
  const last = update.done ? update.status : check.done ? check.status : end.status;
  return {stack, status: last, check, update, moved: movedOf(plan.adopted, now)};
}

interface Road {
  readonly failures: readonly StackEvent[];
  /** Until the action rests. @throws RekindleError where the stack is gone. */
  wait(action: string): Promise<Stack>;
}

function roadOf(heat: Heat, stack: StackRef, options: AdoptStackOptions, clock: Clock): Road {
  const failures: StackEvent[] = [];
  let marker: string | undefined;
  return {
    failures,
    async wait(action) {
      const {end, failures: more} = await watched(heat, stack, {
        actions: [action],
        marker,
        pollSeconds: options.pollSeconds,
        onEvent: event => {
          marker = event.id;
          options.onEvent?.(event);
        },
        signal: options.signal,
        clock,
      });
      failures.push(...more);
      if (end !== undefined) return end;
      throw new RekindleError(
        'stack-failed',
        `The stack ${JSON.stringify(stack.name)} (${stack.id}) was deleted meanwhile`,
        {hint: 'someone else deleted it; what it had adopted is still there: adopt again'},
      );
    },
  };
}

/** An adoption looks at each thing before it answers, and may take longer than a create. */
const waits = [...patience, 30_000];

/** Asked for once: where the answer got lost, the stack is looked up by its name, which was free a moment ago. */
async function ask(
  heat: Heat,
  bundle: LoadedBundle,
  data: AdoptData,
  plan: AdoptPlan,
  options: AdoptStackOptions,
  clock: Clock,
): Promise<{readonly stack: StackRef; readonly requestId: string | undefined}> {
  const {stack: name, timeoutMinutes, tags = [], external = false} = options;
  const common = {
    stack_name: name,
    // Not an option: a failed adoption that is rolled back deletes what it had adopted.
    disable_rollback: true,
    ...(timeoutMinutes === undefined ? {} : {timeout_mins: timeoutMinutes}),
    ...(tags.length === 0 ? {} : {tags: tags.join(',')}),
  } as const;
  try {
    const {id, requestId} = external
      ? await heat.create({
          ...common,
          template: externalTemplate(bundle, plan.adopted, data.environment.parameters),
          files: {},
          environment: {parameters: {}},
        })
      : await heat.adopt({
          ...common,
          adopt_stack_data: JSON.stringify(data),
          environment: {parameters: data.environment.parameters},
          files: bundle.files,
        });
    return {stack: {name, id}, requestId};
  } catch (error) {
    if (!(error instanceof RekindleError)) throw error;
    if (!isInDoubt(error)) throw explained(error, external);
    const stack = await appeared(heat, name, clock, {waits, signal: options.signal});
    if (stack !== undefined) return {stack, requestId: error.origin.requestId};
    throw new RekindleError(
      error.code,
      `Heat's answer got lost, and no stack ${JSON.stringify(name)} has appeared: ${error.message}`,
      {
        ...error.origin,
        hint: `nothing of the project was touched; Heat may still be at it: rekindle stack show ${name}; if there is none, adopt again`,
        cause: error,
      },
    );
  }
}

function explained(error: RekindleError, external: boolean): RekindleError {
  const {status} = error.origin;
  const {message, origin} = error;
  if (!external && status === 400 && /adopt/i.test(message) && /not support/i.test(message)) {
    return new RekindleError(
      'not-deployable',
      `The operator of this cloud has switched adopt off: ${message}`,
      {
        ...origin,
        hint:
          '--external puts it under Heat by external_id: listed and referred to, but no property of it can be updated; ' +
          'or ask the operator for enable_stack_adopt',
        cause: error,
      },
    );
  }
  const hint =
    status === 500
      ? 'with an application credential this is usually a refused trust: adopt with a password; else ask the operator'
      : 'nothing of the project was touched; mend the cause and adopt again';
  return new RekindleError(error.code, message, {...origin, hint: error.hint ?? hint, cause: error});
}

function failed(
  heat: Heat,
  end: Stack,
  requestId: string | undefined,
  failures: readonly StackEvent[],
): Promise<RekindleError> {
  return stackFailed(
    heat,
    end,
    requestId,
    failures,
    'nothing of the project was touched, and nothing goes with the stack: remove it ' +
      `(rekindle stack delete ${end.id}), mend the cause and adopt again`,
  );
}

async function checked(
  heat: Heat,
  stack: StackRef,
  {resting}: AdoptPlan,
  external: boolean,
  road: Road,
): Promise<Proof> {
  if (external) return {done: false, why: 'Heat has checked what is external while it took it'};
  const [first] = resting;
  if (first !== undefined) {
    const more = resting.length === 1 ? '' : ` and ${resting.length - 1} more`;
    return {
      done: false,
      why:
        `${first.name} is ${first.state}${more}: Heat would mark it failed, and replace it with the next update; ` +
        'the rows were compared instead',
    };
  }
  await heat.act(stack, 'check');
  const end = await road.wait('CHECK');
  return {done: true, status: end.status};
}

async function updated(
  heat: Heat,
  stack: StackRef,
  context: {
    readonly bundle: LoadedBundle;
    readonly data: AdoptData;
    readonly plan: AdoptPlan;
    readonly check: Proof;
    readonly options: AdoptStackOptions;
  },
  road: Road,
): Promise<UpdateProof> {
  const {bundle, data, plan, check, options} = context;
  const {update = true, tags = [], timeoutMinutes, external = false} = options;
  if (!update) return {done: false, why: 'not asked for'};
  // Heat replaces what it calls failed.
  if (check.done && check.status !== 'CHECK_COMPLETE')
    return {done: false, why: `the check ended in ${check.status}: an update would replace what failed`};
  if (plan.untried.length > 0) {
    const what = plan.untried.join(', ');
    return {
      done: false,
      why: `an update of adopted ${what} has never been tried: compare with a preview first`,
    };
  }
  const before = new Map(
    (await heat.resources(stack, {nestedDepth: 0})).map(({name, status}) => [name, status]),
  );
  const failing = [...before].filter(([, status]) => status.endsWith('_FAILED'));
  if (failing.length > 0)
    return {
      done: false,
      why: `${failing.length} ${plural('resource')} of the stack failed: Heat would replace them`,
    };
  await heat.update(stack, {
    template: external
      ? externalTemplate(bundle, plan.adopted, data.environment.parameters)
      : retained(bundle.template),
    files: external ? {} : bundle.files,
    environment: {parameters: external ? {} : data.environment.parameters},
    disable_rollback: true,
    ...(timeoutMinutes === undefined ? {} : {timeout_mins: timeoutMinutes}),
    ...(tags.length === 0 ? {} : {tags: tags.join(',')}),
  });
  const end = await road.wait('UPDATE');
  const now = await heat.resources(stack, {nestedDepth: 0});
  const changed = now.filter(({name, status}) => before.get(name) !== status).map(({name}) => name);
  return {done: true, status: end.status, updated: changed.sort()};
}

/** What it has under other ids, what it lacks, and what it has besides. */
function movedOf(adopted: readonly Adopted[], now: readonly StackResource[]): readonly string[] {
  const given = new Map(adopted.map(({name, physicalId}) => [name, physicalId]));
  const has = new Map(now.map(({name, id}) => [name, id]));
  const names = new Set([...given.keys(), ...has.keys()]);
  return [...names].filter(name => given.get(name) !== has.get(name)).sort();
}
