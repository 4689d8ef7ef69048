/** Replaces files one by one in a folder that holds other things, and puts all back if one can't be. */
import {lstat, mkdir, rename, rmdir} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {Bundle} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {foldersOf} from './paths.ts';
import {errnoOf} from './text.ts';

/**
 * @param fresh Folder with the new files, on the same file system.
 * @param old Where to put what is replaced, until all is done.
 * @param stale Files of an earlier bundle to take away.
 */
export async function placeFiles(
  fresh: string,
  target: string,
  old: string,
  bundle: Bundle,
  stale: readonly string[],
): Promise<void> {
  const paths = bundle.map(({path}) => path);
  for (const path of [...paths, ...stale]) await checkPlace(target, path);
  const undo: (() => Promise<unknown>)[] = [];
  try {
    for (const folder of new Set(paths.flatMap(foldersOf))) {
      const made = await mkdir(join(target, folder), {recursive: true, mode: 0o700});
      if (made !== undefined) undo.push(async () => rmdir(made));
    }
    for (const path of [...paths, ...stale]) {
      const [place, kept] = [join(target, path), join(old, path)];
      await mkdir(dirname(kept), {recursive: true, mode: 0o700});
      if (await moved(place, kept)) undo.push(async () => rename(kept, place));
      if (!paths.includes(path)) continue;
      await rename(join(fresh, path), place);
      undo.push(async () => rename(place, join(fresh, path)));
    }
  } catch (error) {
    await undone(error, ...undo.reverse());
  }
}

/** A change failed half-way and could not be taken back: what was replaced must not be removed. */
export class UndoError extends Error {}

/** @throws the error after the steps back, or an UndoError with it as its cause where one of them fails. */
export async function undone(error: unknown, ...steps: readonly (() => Promise<unknown>)[]): Promise<never> {
  for (const step of steps) {
    try {
      await step();
    } catch {
      throw new UndoError('half-way', {cause: error});
    }
  }
  throw error;
}

/** No file of ours goes through a symbolic link, and none replaces a folder. */
async function checkPlace(target: string, path: string): Promise<void> {
  for (const folder of foldersOf(path)) {
    const stats = await lstat(join(target, folder)).catch(() => undefined);
    if (stats !== undefined && !stats.isDirectory()) {
      throw new RekindleError('exists', `${join(target, folder)} is in the way: it is no folder`);
    }
  }
  const stats = await lstat(join(target, path)).catch(() => undefined);
  if (stats?.isDirectory() === true) {
    throw new RekindleError('exists', `${join(target, path)} is in the way: it is a folder`);
  }
}

async function moved(from: string, to: string): Promise<boolean> {
  try {
    await rename(from, to);
    return true;
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw error;
  }
}
