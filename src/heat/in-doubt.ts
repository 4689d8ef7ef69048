/** What to say where the signal fires while Heat is being asked. */
import {RekindleError} from '../model/errors.ts';
import type {StackRef} from './rows.ts';

/** Whoever is interrupted while Heat is asked must know that it may go on: it has the request, or will never see it. */
export function inDoubt({name}: Pick<StackRef, 'name'>): (error: unknown) => never {
  return error => {
    if (!(error instanceof RekindleError) || error.code !== 'aborted') throw error;
    throw new RekindleError(
      'aborted',
      `Interrupted while Heat was asked about the stack ${JSON.stringify(name)}: it may have taken the request, and goes on without us`,
      {...error.origin, hint: `see what becomes of it: rekindle stack events --follow ${name}`, cause: error},
    );
  };
}
