/** The bytes of images that nobody holds, and how they are sent. */
import {createHash} from 'node:crypto';
import type http from 'node:http';

export const MIB = 1024 * 1024;
const PIECE = 64 * 1024;

/** Bytes that depend on their place, in pieces. */
export function* bytesOf(size: number, from = 0, seed = 1): Generator<Buffer, void, undefined> {
  for (let at = from; at < size;) {
    const index = Math.floor(at / PIECE);
    const piece = Buffer.alloc(PIECE, (index * 7 + seed) % 251);
    piece.writeUInt32BE(index, 0);
    const end = Math.min(PIECE, size - index * PIECE);
    yield piece.subarray(at - index * PIECE, end);
    at = index * PIECE + end;
  }
}

export function hashesOfBytes(chunks: Iterable<Uint8Array>): {readonly sha512: string; readonly md5: string} {
  const [sha512, md5] = [createHash('sha512'), createHash('md5')];
  for (const chunk of chunks) for (const hash of [sha512, md5]) hash.update(chunk);
  return {sha512: sha512.digest('hex'), md5: md5.digest('hex')};
}

/** What a server does with one download or upload instead of serving it. */
export type Trouble =
  | {readonly status: number; readonly message?: string; readonly headers?: Readonly<Record<string, string>>}
  /** Breaks the connection off after that many bytes of this body; 'silent' leaves it open. */
  | {readonly after: number; readonly how: 'cut' | 'silent'}
  /** Of an upload: takes and keeps all of it, then breaks off before the answer. */
  | {readonly lost: true}
  | undefined;

/** Sends, with what goes wrong on the way; waits where the other side does not take it. */
export async function pump(
  chunks: Iterable<Buffer>,
  response: http.ServerResponse,
  counts: {sent: number},
  trouble: Trouble,
): Promise<void> {
  const limit = trouble !== undefined && 'after' in trouble ? trouble.after : Infinity;
  let sent = 0;
  const step = async (chunk: Buffer): Promise<void> =>
    new Promise(resolve => {
      const done = (): void => {
        response.off('close', done);
        resolve();
      };
      response.once('close', done);
      if (response.write(chunk)) done();
      else response.once('drain', done);
    });
  for (const whole of chunks) {
    const chunk = whole.subarray(0, Math.max(0, limit - sent));
    if (chunk.length > 0) await step(chunk);
    if (response.closed) return;
    sent += chunk.length;
    counts.sent += chunk.length;
    if (sent < limit) continue;
    if (trouble !== undefined && 'after' in trouble && trouble.how === 'silent') return;
    // What was written is to arrive first.
    response.socket?.end();
    return;
  }
  response.end();
}
