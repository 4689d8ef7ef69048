/** What of a stack's resources counts as made, and what of it Heat gives up. */
import {failedRule, isBeyondRepair, isNested} from './rules.ts';
import type {Existing} from './types.ts';

/** Heat makes a resource that it never got to, or that came to nothing, without anything being replaced. */
export function isMade(there: Existing | undefined): there is Existing {
  if (there === undefined) return false;
  if (there.status === 'INIT_COMPLETE' || there.status === 'DELETE_COMPLETE') return false;
  return there.id !== '' || there.status.endsWith('_COMPLETE');
}

/** Why Heat replaces it although nothing of it changed; undefined where it doesn't. */
export function failure(
  {status, physical}: Existing,
  type: string,
): {readonly why: string; readonly sure: boolean} | undefined {
  if (!status.endsWith('_FAILED')) return undefined;
  // Nested stacks decide for their own resources.
  if (isNested(type)) return undefined;
  if (status === 'CHECK_FAILED') return {why: 'is CHECK_FAILED', sure: true};
  const rule = failedRule(type);
  if (physical === undefined) return {why: `is ${status}`, sure: status === 'CREATE_FAILED'};
  if (rule === 'replace') return {why: `is ${status}`, sure: true};
  if (!physical.there) return {why: `is ${status}, and gone`, sure: true};
  return isBeyondRepair(rule, physical.status)
    ? {why: `is ${status}, and ${physical.status} in its service`, sure: true}
    : undefined;
}
