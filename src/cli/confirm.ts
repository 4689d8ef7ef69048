/** The question before something is destroyed. */
import {RekindleError} from '../model/errors.ts';
import type {Context} from './command.ts';

export interface Question {
  /** As `Delete the stack web`. */
  readonly what: string;
  /** What --yes was given for. */
  readonly yes: boolean | undefined;
  /** What did not happen, for the one who says no: `nothing was deleted`. */
  readonly otherwise: string;
}

/** @throws RekindleError 'aborted' for any answer but yes, 'usage' where there is no terminal to ask on. */
export async function confirm({what, yes, otherwise}: Question, {world}: Context): Promise<void> {
  if (yes === true) return;
  if (world.ask === undefined) {
    throw new RekindleError('usage', `There is no terminal to ask on; ${otherwise}`, {
      hint: '--yes answers beforehand',
    });
  }
  const answer = await world.ask(`${what}? [y/N] `, false);
  if (!/^\s*y(es)?\s*$/i.test(answer))
    throw new RekindleError('aborted', `Not confirmed; ${otherwise}`, {hint: '--yes answers beforehand'});
}
