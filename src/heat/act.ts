/** Asking for an action on a stack that has a history, and following it to its end. */
import {realClock} from '../cloud/index.ts';
import type {Clock} from '../cloud/types.ts';
import {RekindleError} from '../model/errors.ts';
import type {Heat} from './client.ts';
import {hasBegun, isInDoubt, lostAnswer} from './doubt.ts';
import {follow, type FollowOptions} from './follow.ts';
import type {Stack, StackEvent, StackRef} from './rows.ts';

/** How to wait for an action's end. */
export interface Waiting {
  /** Seconds between two looks, at most. */
  readonly pollSeconds?: number | undefined;
  readonly onEvent?: ((event: StackEvent) => void) | undefined;
  /** Stops following; the stack goes on. */
  readonly signal?: AbortSignal | undefined;
  /** Default: the real time. */
  readonly clock?: Clock | undefined;
}

export interface Action<Answer> extends Waiting {
  /** As for `follow`. */
  readonly actions: readonly string[];
  /** Asks Heat for it. */
  readonly ask: () => Promise<Answer>;
}

export interface Watched {
  /** At rest, in whatever state; undefined where it is gone. */
  readonly end: Stack | undefined;
  /** Events that tell of a failure, for `stackFailed`. */
  readonly failures: readonly StackEvent[];
}

export interface Performed<Answer> extends Watched {
  /** Undefined where it got lost. */
  readonly answer: Answer | undefined;
}

/** Id of the last event so far, nested stacks' included: the marker after which news begins. */
export async function lastEvent(
  heat: Heat,
  stack: StackRef,
  signal?: AbortSignal,
): Promise<string | undefined> {
  const events = await heat.events(stack, {latest: 1, ...(signal === undefined ? {} : {signal})});
  return events.at(-1)?.id;
}

/**
 * Asks for an action and follows the stack until it rests. Events of earlier actions are not told, nor taken for the end.
 * @throws RekindleError 'aborted' when the signal fires, and whatever Heat answers to the question.
 */
export async function perform<Answer>(
  heat: Heat,
  stack: StackRef,
  {ask, actions, pollSeconds, onEvent, signal, clock = realClock}: Action<Answer>,
): Promise<Performed<Answer>> {
  const marker = await lastEvent(heat, stack, signal);
  if (signal?.aborted === true)
    throw new RekindleError('aborted', `Interrupted before Heat was asked; ${stack.name} is as it was`);
  const asked = {stack, actions, marker, clock, signal};
  const answer = await ask().catch(async (error: unknown) => {
    if (!(error instanceof RekindleError) || !isInDoubt(error)) throw error;
    if (!(await hasBegun(heat, asked))) throw lostAnswer(error, asked);
    return undefined;
  });
  return {answer, ...(await watched(heat, stack, {marker, actions, pollSeconds, onEvent, signal, clock}))};
}

/** Follows the stack until it rests, and keeps the events that tell of a failure. @throws as `follow` does */
export async function watched(heat: Heat, stack: StackRef, options: FollowOptions): Promise<Watched> {
  const failures: StackEvent[] = [];
  const end = await follow(heat, stack, {
    ...options,
    onEvent(event) {
      if (event.status.endsWith('_FAILED')) failures.push(event);
      options.onEvent?.(event);
    },
  });
  return {end, failures};
}
