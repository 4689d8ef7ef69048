import {setMaxListeners} from 'node:events';

import {RekindleError} from '../../model/errors.ts';
import {type HttpRequest} from './request.ts';

/** What ends a request: its own signal, and the session's, unless it takes back what was begun before that fired. */
export function signalOf(
  request: HttpRequest,
  {signal: session}: {readonly signal: AbortSignal | undefined},
): AbortSignal | undefined {
  const signals = [request.signal, request.detached === true ? undefined : session].filter(
    signal => signal !== undefined,
  );
  // One signal serves a whole run: more than ten requests at once are no leak.
  for (const signal of signals) setMaxListeners(0, signal);
  return signals.length > 1 ? AbortSignal.any(signals) : signals[0];
}

/** @throws RekindleError 'aborted' */
export function throwIfAborted(signal: AbortSignal | undefined, {service, method, path}: HttpRequest): void {
  if (signal?.aborted !== true) return;
  throw new RekindleError('aborted', `${service}: ${method} ${path} was interrupted`, {
    service,
    method,
    path,
  });
}
