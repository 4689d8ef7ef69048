/** What a failure looks like, and the exit code it gives. */
import {messageOf, RekindleError} from '../model/errors.ts';
import {withoutLikely} from '../model/likely-secrets.ts';
import {exit, exitOf, exitOfInterruption} from './exit.ts';
import {harmless, type Paint} from './terminal.ts';
import type {Interruption} from './world.ts';

export interface FailureOptions {
  readonly paint: Paint;
  /** Show stacks. */
  readonly debug: boolean;
  /** What interrupted the run, if anything did. */
  readonly interruption: Interruption | undefined;
  /** Takes out the secrets that the run knows of. */
  readonly hide?: ((text: string) => string) | undefined;
}

export interface Failure {
  /** For standard error. */
  readonly text: string;
  readonly code: number;
}

export function failureOf(error: unknown, options: FailureOptions): Failure {
  const {text, code} = told(error, options);
  // An error of Node's may quote what it stumbled over; our own sentences only look as if they did.
  const guessed = error instanceof RekindleError ? text : withoutLikely(text);
  return {text: options.hide?.(guessed) ?? guessed, code};
}

function told(error: unknown, {paint, debug, interruption}: FailureOptions): Failure {
  if (interruption === 'SIGPIPE') return {text: '', code: exitOfInterruption.SIGPIPE};
  const ours = error instanceof RekindleError ? error : undefined;
  if (interruption !== undefined && (ours === undefined || ours.code !== 'aborted')) {
    // Whatever a stage makes of an abort half-way, it is the abort that ended it.
    return {
      text: `${paint('red', 'rekindle:')} interrupted\n${stack(error, debug)}`,
      code: exitOfInterruption[interruption],
    };
  }
  const message = ours === undefined ? `internal error: ${messageOf(error)}` : ours.message;
  const hint = hintOf(ours, debug);
  const lines = [
    `${paint('red', 'rekindle:')} ${harmless(message)}`,
    ...(hint === undefined ? [] : [`  ${harmless(hint).replaceAll('\n', '\n  ')}`]),
    ...(ours?.origin.requestId === undefined || message.includes(ours.origin.requestId)
      ? []
      : [`  request id ${harmless(ours.origin.requestId)}`]),
  ];
  const code =
    interruption === undefined
      ? ours === undefined
        ? exit.failed
        : exitOf(ours.code)
      : exitOfInterruption[interruption];
  return {text: `${lines.join('\n')}\n${stack(error, debug)}`, code};
}

function hintOf(error: RekindleError | undefined, debug: boolean): string | undefined {
  if (error !== undefined && error.code !== 'internal') return error.hint;
  return debug
    ? 'this is a bug of rekindle: please report it'
    : 'this is a bug of rekindle: --debug shows where; please report it';
}

/** Stack and causes; our errors never hold a request, so nothing secret is in them. */
function stack(error: unknown, debug: boolean): string {
  if (!debug) return '';
  let text = '';
  for (let at: unknown = error, depth = 0; at !== undefined && depth < 5; depth += 1) {
    const shown = at instanceof Error ? (at.stack ?? at.message) : messageOf(at);
    text += `${depth === 0 ? '' : 'caused by '}${harmless(shown)}\n`;
    at = at instanceof Error ? at.cause : undefined;
  }
  return text;
}
