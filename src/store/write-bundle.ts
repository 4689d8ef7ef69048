/** Writes a bundle: all of it or nothing, over nothing that isn't ours. */
import {constants} from 'node:fs';
import {access, lstat, mkdir, mkdtemp, open, readdir, rename, rm, rmdir} from 'node:fs/promises';
import {basename, dirname, join, relative, resolve} from 'node:path';
import type {Bundle} from '../model/bundle.ts';
import {RekindleError} from '../model/errors.ts';
import {checkPaths, faultOfPath, foldersOf, ownFiles} from './paths.ts';
import {readBundle, readReport} from './read-bundle.ts';
import {placeFiles, undone, UndoError} from './place.ts';
import {errnoOf, reasonOf} from './text.ts';

export interface WriteOptions {
  /** Replace an earlier bundle; what else lies in the folder stays. */
  readonly update?: boolean | undefined;
  /** Replace an earlier bundle, or write among files that aren't ours: those stay. */
  readonly force?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Everything is written beside the folder first and moved into place at the end. A new folder, and one that holds
 * only an earlier bundle, appear by one rename; in a folder with other things each file is replaced by itself.
 * @throws RekindleError 'exists' where something is in the way, 'input' where the place can't be written.
 */
export async function writeBundle(dir: string, bundle: Bundle, options: WriteOptions = {}): Promise<void> {
  checkPaths(bundle.map(({path}) => path));
  const target = resolve(dir);
  const held = await look(dir, target, options);
  let staging: string | undefined;
  let made: string | undefined;
  try {
    made = await mkdir(dirname(target), {recursive: true});
    const inPlace = held === 'other' || (held !== 'none' && (await isFixed(target)));
    const beside = join(dirname(target), `.${basename(target).slice(0, 100)}.rekindle-`);
    staging = await mkdtemp(inPlace ? join(target, '.rekindle-') : beside);
    const [fresh, old] = [join(staging, 'new'), join(staging, 'old')];
    await stage(fresh, bundle, options.signal);
    if (inPlace) await placeFiles(fresh, target, old, bundle, await staleFiles(target, bundle));
    else await swap(fresh, target, old, held);
    made = undefined;
    await syncFolder(inPlace ? target : dirname(target));
  } catch (error) {
    const [kept, cause] = error instanceof UndoError ? [staging, error.cause] : [undefined, error];
    if (kept !== undefined) staging = undefined;
    throw cause instanceof RekindleError ? cause : writeError(dir, cause, kept);
  } finally {
    if (staging !== undefined) await rm(staging, {recursive: true, force: true}).catch(() => {});
    if (made !== undefined) await removeEmpty(dirname(target), made);
  }
}

/** The folders that were made for nothing, the innermost first; one that somebody has put something into stays. */
async function removeEmpty(folder: string, outermost: string): Promise<void> {
  try {
    await rmdir(folder);
  } catch {
    return;
  }
  if (folder !== outermost && folder !== dirname(folder)) await removeEmpty(dirname(folder), outermost);
}

/**
 * What `writeBundle` would say of the folder before it writes, for those who would work long before they get there.
 * @throws RekindleError 'exists'
 */
export async function checkFree(
  dir: string,
  options: Pick<WriteOptions, 'force' | 'update'> = {},
): Promise<void> {
  await look(dir, resolve(dir), options);
}

/** True for a folder that can't be replaced as a whole: one mounted, or with a program standing in it. */
async function isFixed(target: string): Promise<boolean> {
  if (!relative(target, process.cwd()).startsWith('..')) return true;
  const parent = dirname(target);
  const [own, above] = await Promise.all([lstat(target), lstat(parent)]);
  const writable = await access(parent, constants.W_OK).then(
    () => true,
    () => false,
  );
  return own.dev !== above.dev || !writable;
}

/** What is there: nothing, an empty folder, only a bundle of ours, or other things too. */
type Held = 'none' | 'empty' | 'bundle' | 'other';

async function look(
  dir: string,
  target: string,
  {force = false, update = false}: Pick<WriteOptions, 'force' | 'update'>,
): Promise<Held> {
  const stats = await lstat(target).catch((error: unknown) => {
    if (errnoOf(error) === 'ENOENT') return undefined;
    throw writeError(dir, error);
  });
  if (stats === undefined) return 'none';
  if (stats.isSymbolicLink()) {
    throw new RekindleError('exists', `${dir} is a symbolic link`, {hint: 'name the folder it leads to'});
  }
  if (!stats.isDirectory()) {
    throw new RekindleError('exists', `${dir} exists and is no folder`, {hint: 'name another folder'});
  }
  const entries = await readdir(target).catch((error: unknown) => {
    throw writeError(dir, error);
  });
  if (entries.length === 0) return 'empty';
  const earlier = await readReport(target).then(
    () => true,
    () => false,
  );
  if (!force && !(update && earlier)) {
    throw earlier
      ? new RekindleError('exists', `${dir} holds an earlier bundle`, {hint: '--force replaces it'})
      : new RekindleError('exists', `${dir} exists and holds other files`, {
          hint: 'name another folder; --force writes among them',
        });
  }
  if (!earlier) return 'other';
  return (await holdsOnly(target, new Set(await oursIn(target)))) ? 'bundle' : 'other';
}

/** Whether every file below is one of these; links are not followed. */
async function holdsOnly(root: string, files: ReadonlySet<string>, below = ''): Promise<boolean> {
  const folders = new Set([...files].flatMap(foldersOf));
  for (const entry of await readdir(join(root, below), {withFileTypes: true})) {
    const path = `${below}${entry.name}`;
    if (entry.isFile() && files.has(path)) continue;
    if (!entry.isDirectory() || !folders.has(path) || !(await holdsOnly(root, files, `${path}/`)))
      return false;
  }
  return true;
}

/** Files of the bundle that lies there: the fixed names, and what its template reads from `files/`; of each layer too. */
async function oursIn(target: string): Promise<string[]> {
  const report = await readReport(target).catch(() => undefined);
  const layers = (report?.layers ?? []).filter(({dir}) => faultOfPath(dir) === undefined);
  const held = await Promise.all(
    layers.map(async ({dir}) => (await filesIn(join(target, dir))).map(path => `${dir}/${path}`)),
  );
  return [...(await filesIn(target)), ...held.flat()];
}

async function filesIn(target: string): Promise<string[]> {
  const files = await readBundle(target).then(
    // A nested template names the files beside it without the folder.
    bundle => Object.keys(bundle.files).map(name => (name.startsWith('files/') ? name : `files/${name}`)),
    () => [],
  );
  return [...ownFiles, ...files];
}

/** Files of an earlier bundle that the new one doesn't have. */
async function staleFiles(target: string, bundle: Bundle): Promise<string[]> {
  const earlier = await readReport(target).then(
    () => true,
    () => false,
  );
  if (!earlier) return [];
  const fresh = new Set(bundle.map(({path}) => path));
  return (await oursIn(target)).filter(path => !fresh.has(path));
}

async function stage(root: string, bundle: Bundle, signal: AbortSignal | undefined): Promise<void> {
  await mkdir(root, {mode: 0o700});
  const folders = new Set(bundle.flatMap(({path}) => foldersOf(path)));
  for (const folder of [...folders].sort()) await mkdir(join(root, folder), {mode: 0o700});
  for (const {path, text, executable} of bundle) {
    if (signal?.aborted === true)
      throw new RekindleError('aborted', 'stopped before the bundle was in place');
    const handle = await open(join(root, ...path.split('/')), 'wx', executable === true ? 0o700 : 0o600);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  }
  for (const folder of ['', ...folders]) await syncFolder(join(root, folder));
}

/** At any moment the old bundle or the new one is whole, under its name or beside it. */
async function swap(fresh: string, target: string, old: string, held: Held): Promise<void> {
  if (held !== 'bundle') {
    await rename(fresh, target);
    return;
  }
  await rename(target, old);
  try {
    await rename(fresh, target);
  } catch (error) {
    await undone(error, async () => rename(old, target));
  }
}

/** Makes renames last; not every system lets a folder be opened. */
async function syncFolder(path: string): Promise<void> {
  const handle = await open(path, 'r').catch(() => undefined);
  await handle?.sync().catch(() => {});
  await handle?.close();
}

/** @param kept Where the earlier files are, if they could not be put back. */
function writeError(dir: string, error: unknown, kept?: string): RekindleError {
  if (['ENOTEMPTY', 'EEXIST'].includes(errnoOf(error))) {
    return new RekindleError('exists', `${dir} was filled by something else meanwhile`, {
      hint: 'nothing was changed',
    });
  }
  const hint = kept === undefined ? 'nothing was changed' : `its earlier files are in ${join(kept, 'old')}`;
  return new RekindleError('input', `can't write ${dir}: ${reasonOf(error)}`, {hint});
}
