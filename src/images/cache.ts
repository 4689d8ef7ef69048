/** Downloads kept in a folder: an interrupted one goes on, a whole one is not fetched again. */
import {createHash} from 'node:crypto';
import {constants} from 'node:fs';
import {type FileHandle, mkdir, open, rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {RekindleError} from '../model/errors.ts';
import {errnoOf, reasonOf} from '../store/text.ts';
import {markOf} from './carried.ts';
import {checked} from './checked.ts';
import {createDigests} from './digests.ts';
import {content, type Glance, openImage, type SourceOptions} from './source.ts';
import type {SourceImage} from './types.ts';

export interface CacheOptions extends SourceOptions {
  /** Bytes that are there. */
  readonly onBytes: (done: number) => void;
}

/** The image's file, whole and proven; downloaded, or what of it is missing. @throws RekindleError */
export async function cached(
  source: Glance,
  image: SourceImage,
  dir: string,
  options: CacheOptions,
): Promise<string> {
  const path = join(dir, `${nameOf(image)}.image`);
  const part = `${path}.part`;
  await local(dir, () => mkdir(dir, {recursive: true, mode: 0o700}));
  if (await isWhole(path, image, options)) return path;
  const handle = await openPart(part);
  try {
    await fill(handle, part, source, image, options);
  } catch (error) {
    // Bytes that are wrong would stay wrong; those that are only too few go on the next time.
    if (error instanceof RekindleError && error.code === 'protocol') await rm(part, {force: true});
    throw error;
  } finally {
    await handle.close();
  }
  await local(path, () => rename(part, path));
  return path;
}

/** Chunks of a file, for an upload. @throws RekindleError 'input' */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  const handle = await local(path, () => open(path, constants.O_RDONLY | constants.O_NOFOLLOW));
  try {
    yield* readAll(handle, path, Number.MAX_SAFE_INTEGER);
  } finally {
    await handle.close();
  }
}

/** Ids are the cloud's words: no path is made of one. The hash tells two clouds' images of one id apart. */
function nameOf({id, hashes}: SourceImage): string {
  const plain = /^[0-9a-f-]{36}$/u.test(id) ? id : createHash('sha256').update(id).digest('hex').slice(0, 36);
  const mark = createHash('sha256').update(markOf(hashes)).digest('hex').slice(0, 12);
  return `${plain}-${mark}`;
}

async function isWhole(path: string, image: SourceImage, {signal}: CacheOptions): Promise<boolean> {
  let handle: FileHandle;
  try {
    handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return false;
    throw failed(path, error);
  }
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) throw new RekindleError('input', `${path} is in the way: it is no file`);
    const bytes = checked(readAll(handle, path, image.bytes + 1), image, createDigests(image.hashes));
    for await (const _ of bytes) stopIfAborted(signal);
    return true;
  } catch (error) {
    if (!(error instanceof RekindleError) || error.code !== 'protocol') throw error;
    await rm(path, {force: true});
    return false;
  } finally {
    await handle.close();
  }
}

async function openPart(part: string): Promise<FileHandle> {
  const flags = constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW;
  const handle = await local(part, () => open(part, flags, 0o600));
  const stats = await handle.stat();
  if (!stats.isFile()) {
    await handle.close();
    throw new RekindleError('input', `${part} is in the way: it is no file`);
  }
  // One that was there may have been open to others.
  await handle.chmod(0o600);
  return handle;
}

/** What is missing is written after what is there. */
async function fill(
  handle: FileHandle,
  part: string,
  source: Glance,
  image: SourceImage,
  options: CacheOptions,
): Promise<void> {
  const {size} = await handle.stat();
  const from = size > image.bytes ? 0 : size;
  if (from !== size) await handle.truncate(0);
  const digests = createDigests(image.hashes);
  const {onBytes, signal} = options;
  async function* all(): AsyncGenerator<Uint8Array, void, undefined> {
    for await (const chunk of readAll(handle, part, from)) {
      stopIfAborted(signal);
      yield chunk;
    }
    onBytes(from);
    if (from === image.bytes) return;
    const first = await openImage(source, image, from, signal);
    let at = from;
    for await (const chunk of content(source, image, from, first, options)) {
      await local(part, () => writeAll(handle, chunk, at));
      at += chunk.length;
      onBytes(at);
      yield chunk;
    }
  }
  for await (const _ of checked(all(), image, digests));
  await local(part, () => handle.sync());
}

async function writeAll(handle: FileHandle, chunk: Uint8Array, at: number): Promise<void> {
  for (let done = 0; done < chunk.length;) {
    const {bytesWritten} = await handle.write(chunk, done, chunk.length - done, at + done);
    done += bytesWritten;
  }
}

async function* readAll(
  handle: FileHandle,
  path: string,
  limit: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = 0; at < limit;) {
    // A buffer each: who takes it may hold it for a while.
    const buffer = new Uint8Array(Math.min(64 * 1024, limit - at));
    const {bytesRead} = await local(path, () => handle.read(buffer, 0, buffer.length, at));
    if (bytesRead === 0) return;
    at += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new RekindleError('aborted', 'Interrupted while an image was read');
}

async function local<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    throw failed(path, error);
  }
}

function failed(path: string, error: unknown): RekindleError {
  return new RekindleError('input', `can't use ${path}: ${reasonOf(error)}`, {
    hint: '--image-dir names a folder of yours with room for the images',
  });
}
