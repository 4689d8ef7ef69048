/** SOURCE operands: a bundle, an inventory file, standard input or a live project. */
import {RekindleError} from '../model/errors.ts';
import type {Report} from '../model/bundle.ts';
import type {Inventory} from '../model/inventory.ts';
import type {Context} from './command.ts';

/** For the help of commands that take one. */
export const sourceHelp =
  "Bundle folder, inventory file, '-' (an inventory on standard input) or cloud:NAME (a live project)";

const cloudPrefix = 'cloud:';

export function isLive(source: string): boolean {
  return source.startsWith(cloudPrefix);
}

/** @throws RekindleError 'input' for what is no inventory, and whatever a session may throw. */
export async function readSource(source: string, context: Context): Promise<Inventory> {
  const {log, signal, tool} = context;
  if (isLive(source)) {
    const {discover} = await import('../discover/index.ts');
    const name = source.slice(cloudPrefix.length);
    const session = await context.open(name === '' ? undefined : name);
    return discover(session, {logger: log, signal, tool});
  }
  if (source === '') throw new RekindleError('usage', 'The source is empty', {hint: sourceHelp});
  const {parseInventory, readInventory} = await import('../store/index.ts');
  if (source === '-') return parseInventory('standard input', await context.world.stdin());
  return readInventory(context.path(source));
}

/** The report of a source that is a bundle. @throws RekindleError 'input' where it is damaged. */
export async function reportOf(source: string, context: Context): Promise<Report | undefined> {
  if (source === '' || source === '-' || isLive(source)) return undefined;
  const {readReportOf} = await import('../store/index.ts');
  return readReportOf(context.path(source));
}
