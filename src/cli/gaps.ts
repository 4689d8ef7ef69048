/** What is said on standard error about what could not be read. */
import {mergedGaps, type Inventory} from '../model/inventory.ts';
import type {Log} from './logger.ts';

export function warnOfGaps({gaps}: Inventory, log: Log): void {
  for (const {service, reason, detail, kinds} of mergedGaps(gaps)) {
    // A service or an extension that the cloud doesn't have holds nothing of the project.
    const level = reason === 'no-service' || reason === 'no-extension' ? 'info' : 'warn';
    log.log(level, `${kinds.join(', ')} (${service}): ${detail}`);
  }
}
