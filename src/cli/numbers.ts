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

/** @throws RekindleError 'usage' unless it is a positive whole number. */
export function minutes(name: string, value: string | undefined): number | undefined {
  const number = seconds(name, value);
  if (number !== undefined && !Number.isInteger(number))
    throw new RekindleError('usage', `--${name} takes whole minutes`);
  return number;
}

/** @throws RekindleError 'usage' unless it is a whole number, and none below the least. */
export function whole(name: string, value: string | undefined, least: number): number | undefined {
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value) || Number(value) < least)
    throw new RekindleError(
      'usage',
      `--${name} takes a whole number from ${least}, not ${JSON.stringify(value)}`,
    );
  return Number(value);
}
