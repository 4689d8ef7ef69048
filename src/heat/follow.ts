/** Following a stack until it comes to rest, event by event. */
import type {Clock} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {Heat} from './client.ts';
import type {Stack, StackEvent, StackRef} from './rows.ts';

/** The openstack client's line: `2026-01-02 03:04:05Z [web.server]: CREATE_COMPLETE  state changed`. */
export function formatEvent(event: StackEvent, stackName: string): string {
  const time = `${event.time.replace('T', ' ').replace(/(Z|\+00:00)?$/, '')}Z`;
  return `${time} [${[stackName, ...event.path].join('.')}]: ${event.status}  ${event.reason}`;
}

export interface FollowOptions {
  /** Seconds between two looks, at most; the first ones are closer together. */
  readonly pollSeconds?: number | undefined;
  /** Last event that is not news. */
  readonly marker?: string | undefined;
  /** Statuses that this action passes through and ends in, as `CREATE`; more than one where rollback may follow. */
  readonly actions: readonly string[];
  /** Levels of nested stacks whose events are told. Default: 5. */
  readonly nestedDepth?: number | undefined;
  readonly onEvent?: ((event: StackEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock: Clock;
}

/** So many looks in a row may fail, by then minutes with the session's own retries, before we give up following. */
const mostFailures = 5;

/**
 * Polls the events after the marker until the stack rests, then reads the stack itself, whose word counts.
 * @returns The stack at rest, without outputs; undefined where it is gone.
 * @throws RekindleError 'aborted' when the signal fires.
 */
export async function follow(
  heat: Heat,
  stack: StackRef,
  options: FollowOptions,
): Promise<Stack | undefined> {
  const {signal, clock} = options;
  const longest = (options.pollSeconds ?? 5) * 1000;
  const look = watch(heat, stack, options);
  let pause = Math.min(1000, longest);
  let failures = 0;
  for (;;) {
    stopIfAborted(options, stack);
    try {
      const end = await look();
      if (end !== 'working') return end;
      failures = 0;
    } catch (error) {
      stopIfAborted(options, stack);
      if (!(error instanceof RekindleError)) throw error;
      failures += 1;
      if (!isPassing(error) || failures >= mostFailures) throw lostSight(error, stack, options);
    }
    stopIfAborted(options, stack);
    await clock.sleep(pause, signal);
    pause = Math.min(longest, pause * 1.5);
  }
}

/** Answers a function that takes one look: tells what is new, and what the stack is once it rests. */
function watch(
  heat: Heat,
  stack: StackRef,
  {actions, onEvent, signal, marker: first, nestedDepth}: FollowOptions,
): () => Promise<Stack | undefined | 'working'> {
  const given = signal === undefined ? {} : {signal};
  const depth = nestedDepth === undefined ? {} : {nestedDepth};
  // Heat answers a marker it has purged as if there were none: what was seen already is known by its id.
  const seen = new Set<string>();
  let marker = first;
  let silent = 0;
  let quiet = '';
  const news = async (): Promise<readonly StackEvent[]> => {
    const events = (await heat.events(stack, {marker, ...depth, ...given})).filter(
      event => !seen.has(event.id),
    );
    for (const event of events) {
      seen.add(event.id);
      onEvent?.(event);
    }
    marker = events.at(-1)?.id ?? marker;
    return events;
  };
  return async () => {
    const events = await unlessGone(news());
    silent = events === undefined || events.length === 0 ? silent + 1 : 0;
    // Silence may be a slow resource, or a stack that ended without a word: a look costs one small call.
    const isSilent = silent >= 2 || events === undefined;
    if (!isSilent && !events.some(event => isEnd(event, stack, actions))) return 'working';
    const now = await heat.show(stack, given);
    // An end that we didn't expect (someone deletes it, no rollback comes) counts once it lasts; so does one of which no
    // event told: it may be that of an earlier action, before ours begins.
    const lasts = isSilent && now !== undefined && quiet === now.status && isEndStatus(quiet);
    if (isSilent) quiet = now?.status ?? '';
    silent = 0;
    if (now !== undefined && !lasts && (seen.size === 0 || !isAtRest(now.status, actions))) return 'working';
    // Events written between the last look and the end.
    await unlessGone(news());
    return now;
  };
}

/** The stack may be deleted at any time: its events go with it. */
async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof RekindleError && error.code === 'not-found') return undefined;
    throw error;
  }
}

/** Trouble that a stack in the making outlives: Heat or the way to it is down for a while. */
function isPassing(error: RekindleError): boolean {
  const {status} = error.origin;
  // A proxy on the way may answer with a page of its own.
  if (['connect', 'timeout', 'protocol'].includes(error.code)) return true;
  return status !== undefined && (status >= 500 || status === 429);
}

function lostSight(error: RekindleError, stack: StackRef, options: FollowOptions): RekindleError {
  return new RekindleError(
    error.code,
    `Lost sight of the stack ${JSON.stringify(stack.name)} (${stack.id}), which may go on: ${error.message}`,
    {...error.origin, hint: wayOn(stack, options), cause: error},
  );
}

function wayOn({id}: StackRef, {actions}: FollowOptions): string {
  const undo = actions.includes('CREATE') ? `; undo it with: rekindle stack delete ${id}` : '';
  return `watch it with: rekindle stack events --follow ${id}${undo}`;
}

function isEnd(event: StackEvent, stack: StackRef, actions: readonly string[]): boolean {
  return event.path.length === 0 && event.physicalId === stack.id && isAtRest(event.status, actions);
}

function isEndStatus(status: string): boolean {
  return /_(COMPLETE|FAILED)$/.test(status);
}

/** A failed action that is rolled back rests only when the rollback does. */
function isAtRest(status: string, actions: readonly string[]): boolean {
  if (!isEndStatus(status)) return false;
  const action = status.replace(/_[A-Z]+$/, '');
  return actions.includes(action) && !(status.endsWith('_FAILED') && action !== actions.at(-1));
}

function stopIfAborted(options: FollowOptions, stack: StackRef): void {
  if (options.signal?.aborted !== true) return;
  throw new RekindleError(
    'aborted',
    `Stopped following; the stack ${JSON.stringify(stack.name)} (${stack.id}) goes on without us`,
    {hint: wayOn(stack, options)},
  );
}
