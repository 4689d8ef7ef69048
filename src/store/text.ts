/** Reading text that somebody else may have written: bounded, UTF-8, with errors that say what and where. */
import {constants} from 'node:fs';
import {open, type FileHandle} from 'node:fs/promises';
import {RekindleError} from '../model/errors.ts';
import {DEEPEST_JSON, isDeeper} from '../model/json.ts';

/**
 * @param follow False for files of a bundle: a symbolic link there leads out of it.
 * @throws RekindleError 'input'
 */
export async function readText(
  path: string,
  limit: number,
  {follow = true}: {readonly follow?: boolean} = {},
): Promise<string> {
  let handle: FileHandle;
  // To open a pipe that nobody writes to would wait for ever; who names a path may mean one.
  const own = constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    handle = await open(path, follow ? constants.O_RDONLY : constants.O_RDONLY | own);
  } catch (error) {
    throw readError(path, error);
  }
  const tooLarge = `${path} is larger than ${sizeOf(limit)}, too large to read`;
  try {
    const stats = await handle.stat();
    if (!follow && !stats.isFile())
      throw new RekindleError(
        'input',
        `can't read ${path}: ${stats.isDirectory() ? 'it is a folder' : 'it is no file'}`,
      );
    if (stats.size > limit) throw new RekindleError('input', tooLarge);
    const chunks: Buffer[] = [];
    let size = 0;
    // A pipe tells no size, and a file may grow.
    for await (const chunk of handle.createReadStream({autoClose: false}) as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limit) throw new RekindleError('input', tooLarge);
      chunks.push(chunk);
    }
    return decode(path, Buffer.concat(chunks));
  } catch (error) {
    throw error instanceof RekindleError ? error : readError(path, error);
  } finally {
    await handle.close();
  }
}

function sizeOf(bytes: number): string {
  const mebibytes = bytes / 1024 / 1024;
  return mebibytes >= 1 ? `${Math.floor(mebibytes)} MiB` : `${Math.floor(bytes / 1024)} KiB`;
}

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    throw new RekindleError('input', `${path} is not UTF-8 text`);
  }
}

/** JSON, without a word of the text in the error: it may hold a secret. */
export function parseJson(path: string, text: string): unknown {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch (error) {
    const whole = /[\]}]\s*$/.test(text);
    const position = /at position (\d+)/.exec(String(error))?.[1];
    const line = position === undefined ? '' : `, line ${text.slice(0, Number(position)).split('\n').length}`;
    if (text.trim() === '') throw new RekindleError('input', `${path} is empty`);
    throw new RekindleError(
      'input',
      whole ? `${path} is not JSON${line}` : `${path} is not whole JSON: it is cut off, or no JSON at all`,
    );
  }
  // What holds a row's fields counts as well.
  if (isDeeper(data, DEEPEST_JSON + 10))
    throw new RekindleError(
      'input',
      `${path} is nested deeper than ${DEEPEST_JSON} levels, too deep to read`,
    );
  return data;
}

export function errnoOf(error: unknown): string {
  const code = (error as {code?: unknown} | null)?.code;
  return typeof code === 'string' ? code : '';
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'a part of the path is not a folder',
  EISDIR: 'it is a folder',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'the file system is read-only',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  ELOOP: 'it is a symbolic link',
  ENAMETOOLONG: 'the name is too long',
};

export function reasonOf(error: unknown): string {
  return reasons[errnoOf(error)] ?? (errnoOf(error) || 'an unexpected error');
}

function readError(path: string, error: unknown): RekindleError {
  return new RekindleError('input', `can't read ${path}: ${reasonOf(error)}`);
}
