/** What is said on standard error about what could not be read. */
import {isAbsence, mergedGaps, type Inventory} from '../model/inventory.ts';
import type {Log} from './logger.ts';

export function warnOfGaps({gaps}: Inventory, log: Log): void {
  for (const {service, detail, kinds, ...gap} of mergedGaps(gaps)) {
    log.log(isAbsence(gap) ? 'info' : 'warn', `${kinds.join(', ')} (${service}): ${detail}`);
  }
}
