/** What is said on standard error about what could not be read. */
import type {Inventory} from '../model/inventory.ts';
import type {Log} from './logger.ts';

export function warnOfGaps({gaps}: Inventory, log: Log): void {
  for (const gap of gaps) {
    // A service or an extension that the cloud doesn't have holds nothing of the project.
    const level = gap.reason === 'no-service' || gap.reason === 'no-extension' ? 'info' : 'warn';
    log.log(level, `${gap.kind} (${gap.service}): ${gap.detail}`);
  }
}
