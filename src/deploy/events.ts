/** Following a stack until it comes to rest, event by event. */
import type {Clock} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {Heat, Stack, StackEvent, StackRef} from './heat.ts';

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
  readonly onEvent?: ((event: StackEvent) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly clock: Clock;
}

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
  const {actions, onEvent, signal, clock} = options;
  const longest = (options.pollSeconds ?? 5) * 1000;
  // Heat answers a marker it has purged as if there were none: what was seen already is known by its id.
  const seen = new Set<string>();
  let marker = options.marker;
  let pause = Math.min(1000, longest);
  let silent = 0;
  let quiet = '';
  for (;;) {
    stopIfAborted(signal, stack);
    const events = (await abortable(heat.events(stack, {marker, ...given(signal)}), signal, stack)).filter(
      event => !seen.has(event.id),
    );
    for (const event of events) {
      seen.add(event.id);
      onEvent?.(event);
    }
    marker = events.at(-1)?.id ?? marker;
    silent = events.length === 0 ? silent + 1 : 0;
    // Silence may be a slow resource, or a stack that ended without a word: a look costs one small call.
    if (silent >= 2 || events.some(event => isEnd(event, stack, actions))) {
      const now = await abortable(heat.show(stack, given(signal)), signal, stack);
      // An end that we didn't expect (someone deletes it, no rollback comes) counts once it lasts.
      const lasts = silent >= 2 && now !== undefined && quiet === now.status && isEndStatus(quiet);
      if (silent >= 2) quiet = now?.status ?? '';
      silent = 0;
      if (now === undefined || lasts || isAtRest(now.status, actions)) {
        // Events written between the last look and the end.
        const late = await abortable(heat.events(stack, {marker, ...given(signal)}), signal, stack, []);
        for (const event of late) if (!seen.has(event.id)) onEvent?.(event);
        return now;
      }
    }
    stopIfAborted(signal, stack);
    await clock.sleep(pause, signal);
    pause = Math.min(longest, pause * 1.5);
  }
}

function given(signal: AbortSignal | undefined): {signal?: AbortSignal} {
  return signal === undefined ? {} : {signal};
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

/** The call's result; an abort, whatever the call makes of it, becomes our own error. */
async function abortable<T>(
  call: Promise<T>,
  signal: AbortSignal | undefined,
  stack: StackRef,
  instead?: T,
): Promise<T> {
  try {
    return await call;
  } catch (error) {
    stopIfAborted(signal, stack);
    if (instead !== undefined && error instanceof RekindleError && error.code === 'not-found') return instead;
    throw error;
  }
}

function stopIfAborted(signal: AbortSignal | undefined, stack: StackRef): void {
  if (signal?.aborted !== true) return;
  throw new RekindleError(
    'aborted',
    `Stopped following; the stack ${JSON.stringify(stack.name)} (${stack.id}) goes on without us`,
    {
      hint:
        `watch it with: openstack stack event list --follow ${stack.id}; ` +
        `undo it with: openstack stack delete ${stack.id}`,
    },
  );
}

/** The real time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: (milliseconds, signal) =>
    new Promise(resolve => {
      if (signal?.aborted === true) {
        resolve();
        return;
      }
      const done = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', done);
        resolve();
      };
      const timer = setTimeout(done, milliseconds);
      signal?.addEventListener('abort', done, {once: true});
    }),
};
