/** Requests whose answer got lost: they may have reached Heat. */
import type {RekindleError} from '../model/errors.ts';

/** Waits between looks for what such a request may have begun, in milliseconds. */
export const patience: readonly number[] = [1000, 2000, 4000, 8000, 15_000];

/** True where the request may have reached Heat although no answer of Heat's came back. */
export function isInDoubt(error: RekindleError): boolean {
  const {status} = error.origin;
  if (status !== undefined) return status === 408 || status === 502 || status === 503 || status === 504;
  return error.code === 'connect' || error.code === 'timeout' || error.code === 'protocol';
}
