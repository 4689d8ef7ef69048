/** One text file of its own, written whole or not at all. */
import {randomBytes} from 'node:crypto';
import {lstat, open, rename, rm} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {RekindleError} from '../model/errors.ts';
import {errnoOf, reasonOf} from './text.ts';

/**
 * What `writeFileAnew` would say of the place, for those who would work long before they get there.
 * @throws RekindleError 'exists' where something is there that may not be replaced
 */
export async function checkNewFile(path: string, force: boolean): Promise<void> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw writeError(path, error);
  });
  if (stats === undefined || (force && stats.isFile())) return;
  throw new RekindleError('exists', `${path} exists${stats.isFile() ? '' : ' and is no file'}`, {
    hint: stats.isFile() ? '--force replaces it' : 'name another file',
  });
}

/** Beside it first, then one rename. @throws RekindleError 'exists' or 'input' */
export async function writeFileAnew(path: string, text: string, force = false): Promise<void> {
  await checkNewFile(path, force);
  const beside = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.rekindle-${randomBytes(6).toString('hex')}`,
  );
  try {
    const handle = await open(beside, 'wx', 0o644);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, {force: true}).catch(() => {});
    throw writeError(path, error);
  }
}

function writeError(path: string, error: unknown): RekindleError {
  return new RekindleError('input', `can't write ${path}: ${reasonOf(error)}`, {hint: 'nothing was written'});
}
