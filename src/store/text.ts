/** Reading text that somebody else may have written: bounded, UTF-8, with errors that say what and where. */
import {constants} from 'node:fs';
import {open, type FileHandle} from 'node:fs/promises';
import {RekindleError} from '../model/errors.ts';

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
  try {
    handle = await open(path, follow ? constants.O_RDONLY : constants.O_RDONLY | constants.O_NOFOLLOW);
  } catch (error) {
    throw readError(path, error);
  }
  const tooLarge = `${path} is larger than ${Math.floor(limit / 1024)} KiB, too large to read`;
  try {
    if ((await handle.stat()).size > limit) throw new RekindleError('input', tooLarge);
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

function decode(path: string, bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', {fatal: true}).decode(bytes);
  } catch {
    throw new RekindleError('input', `${path} is not UTF-8 text`);
  }
}

/** JSON, without a word of the text in the error: it may hold a secret. */
export function parseJson(path: string, text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
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
