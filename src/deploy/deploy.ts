/** A bundle becomes a stack: check, create, follow, report. */
import {realClock} from '../cloud/index.ts';
import type {Clock, Session} from '../cloud/types.ts';
import type {LoadedBundle} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {
  follow,
  type Heat,
  openHeat,
  type StackBody,
  type StackEvent,
  stackFailed,
  type StackOutput,
  type StackRef,
} from '../heat/index.ts';
import {type Finding, preflight, type Preflight, type PreflightOptions, stackBody} from './preflight.ts';

/** The signal stops following; the stack goes on. */
export interface DeployOptions extends PreflightOptions {
  /** Seconds between two looks at the events, at most. */
  readonly pollSeconds?: number | undefined;
  readonly onFinding?: ((finding: Finding) => void) | undefined;
  /** The stack has been accepted by Heat. */
  readonly onCreated?: ((stack: StackRef) => void) | undefined;
  readonly onEvent?: ((event: StackEvent) => void) | undefined;
  readonly clock?: Clock | undefined;
}

export interface Deployment {
  readonly stack: StackRef;
  readonly status: string;
  readonly outputs: readonly StackOutput[];
  /** What Heat was given. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly warnings: readonly Finding[];
  readonly seconds: number;
  /** HTTP requests that it took. */
  readonly requests: number;
}

/**
 * Creates the stack of a bundle in the session's project and waits for its end.
 * @throws RekindleError 'conflict' if the stack exists, 'not-deployable' with everything that the preflight found,
 * 'stack-failed' with the failed resources, 'aborted' when the signal fired.
 */
export async function deploy(
  session: Session,
  bundle: LoadedBundle,
  options: DeployOptions,
): Promise<Deployment> {
  const clock = options.clock ?? realClock;
  const began = clock.now();
  const before = session.requests.length;
  const heat = await openHeat(session);

  const checked = await preflight(session, bundle, options);
  if (checked.existing !== undefined) throw taken(options.stack, checked.existing.status);
  for (const finding of checked.findings) options.onFinding?.(finding);
  refuse(checked, session);
  if (options.signal?.aborted === true)
    throw new RekindleError('aborted', 'Interrupted before the stack was asked for; nothing was created');

  const {stack, requestId} = await create(heat, stackBody(bundle, checked.parameters, options), clock);
  options.onCreated?.(stack);
  const failures: StackEvent[] = [];
  const end = await follow(heat, stack, {
    actions: options.rollback === true ? ['CREATE', 'ROLLBACK'] : ['CREATE'],
    pollSeconds: options.pollSeconds,
    onEvent: event => {
      if (event.status.endsWith('_FAILED')) failures.push(event);
      options.onEvent?.(event);
    },
    signal: options.signal,
    clock,
  });
  if (end === undefined) {
    throw new RekindleError(
      'stack-failed',
      `The stack ${JSON.stringify(stack.name)} (${stack.id}) was deleted while it was being created`,
      {hint: 'someone else deleted it: deploy again'},
    );
  }
  if (end.status !== 'CREATE_COMPLETE') throw await stackFailed(heat, end, requestId, failures);
  return {
    stack,
    status: end.status,
    outputs: await heat.outputs(stack),
    parameters: checked.parameters,
    warnings: checked.findings.filter(finding => finding.severity === 'warning'),
    seconds: (clock.now() - began) / 1000,
    requests: session.requests.length - before,
  };
}

function refuse(checked: Preflight, session: Session): void {
  const errors = checked.findings.filter(finding => finding.severity === 'error');
  if (errors.length === 0) return;
  const project = JSON.stringify(session.identity.project?.name ?? '');
  throw new RekindleError(
    'not-deployable',
    [
      `The bundle can't be deployed to the project ${project}: ${errors.length === 1 ? 'one problem' : `${errors.length} problems`}`,
      ...errors.map(({where, what, hint}) => `  ${where}: ${what}${hint === '' ? '' : `; ${hint}`}`),
    ].join('\n'),
    {hint: 'nothing was created; mend these and deploy again'},
  );
}

function taken(name: string, status: string): RekindleError {
  return new RekindleError('conflict', `There is already a stack ${JSON.stringify(name)} (${status})`, {
    service: 'orchestration',
    hint: 'choose another name with --stack, or delete that one first; an existing stack is not updated yet',
  });
}

/** Waits between looks for a stack whose create call got no answer, in milliseconds. */
const patience = [1000, 2000, 4000, 8000, 15_000];

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
    for (const pause of patience) {
      await clock.sleep(pause, undefined);
      const found = await heat.find(body.stack_name).catch(() => undefined);
      if (found !== undefined)
        return {stack: {name: found.name, id: found.id}, requestId: error.origin.requestId};
    }
    throw new RekindleError(
      error.code,
      `Heat's answer to the new stack got lost, and no stack ${JSON.stringify(body.stack_name)} has appeared: ${error.message}`,
      {
        ...error.origin,
        hint: `look once more with: openstack stack show ${body.stack_name}; if there is none, deploy again`,
        cause: error,
      },
    );
  }
}

/** True where the request may have reached Heat although no answer of Heat's came back. */
function isInDoubt(error: RekindleError): boolean {
  const {status} = error.origin;
  if (status !== undefined) return status === 408 || status === 502 || status === 503 || status === 504;
  return error.code === 'connect' || error.code === 'timeout' || error.code === 'protocol';
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
