/** Options that are numbers. */
import {RekindleError} from '../model/errors.ts';

/** @throws RekindleError 'usage' unless it is a positive number. */
export function seconds(name: string, value: string | undefined): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (value.trim() === '' || !Number.isFinite(number) || number <= 0)
    throw new RekindleError('usage', `--${name} takes a positive number, not ${JSON.stringify(value)}`);
  return number;
}
