/** One file, whole or not at all: written beside it, then one rename. */
import {randomBytes} from 'node:crypto';
import {lstat, open, rename, rm} from 'node:fs/promises';
import {basename, dirname, join} from 'node:path';
import {RekindleError} from '../model/errors.ts';
import {errnoOf, reasonOf} from './text.ts';

export interface WriteTextOptions {
  /** Of a new file. */
  readonly mode: number;
  readonly hint?: string | undefined;
}

/** @throws RekindleError 'input' for a place that can't be written */
export async function writeText(path: string, text: string, {mode, hint}: WriteTextOptions): Promise<void> {
  const beside = join(
    dirname(path),
    `.${basename(path).slice(0, 100)}.rekindle-${randomBytes(6).toString('hex')}`,
  );
  try {
    const handle = await open(beside, 'wx', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, {force: true}).catch(() => {});
    throw writeError(path, error, hint);
  }
}

/**
 * For those who would work long before they get to write it.
 * @throws RekindleError 'exists' where there is something, unless forced and a file; 'input' where nobody can tell
 */
export async function checkFreeFile(path: string, force: boolean): Promise<void> {
  const stats = await lstat(path).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw writeError(path, error, 'nothing was written');
  });
  if (stats === undefined || (force && stats.isFile())) return;
  throw new RekindleError('exists', `${path} is there already`, {
    hint: stats.isFile() ? '--force replaces it' : 'it is no file: name another',
  });
}

function writeError(path: string, error: unknown, hint: string | undefined): RekindleError {
  return new RekindleError('input', `can't write ${path}: ${reasonOf(error)}`, {hint});
}
