/** Hashes of bytes that flow by. */
import {createHash, type Hash as Hashing} from 'node:crypto';
import type {Hash} from './types.ts';

export interface Digests {
  update(chunk: Uint8Array): void;
  /** Ends it; the same again if asked again. Of those hashes that could be computed; the others are not in it. */
  done(): readonly Hash[];
}

/** Python's names that Node spells otherwise. */
const spelt: Readonly<Record<string, string>> = {blake2b: 'blake2b512', blake2s: 'blake2s256'};

/** Glance's default, its old checksum, and those asked for. Without md5 where the machine forbids it (FIPS). */
export function createDigests(asked: readonly Hash[]): Digests {
  const names = [...new Set([...asked.map(({algorithm}) => algorithm), 'sha512', 'md5'])];
  const running = names.flatMap(algorithm => {
    const hashing = start(algorithm);
    return hashing === undefined ? [] : [{algorithm, hashing}];
  });
  let ended: readonly Hash[] | undefined;
  return {
    update(chunk) {
      for (const {hashing} of running) hashing.update(chunk);
    },
    done() {
      ended ??= running.map(({algorithm, hashing}) => ({algorithm, value: hashing.digest('hex')}));
      return ended;
    },
  };
}

function start(algorithm: string): Hashing | undefined {
  try {
    return createHash(spelt[algorithm] ?? algorithm.replaceAll('_', '-'));
  } catch {
    return undefined;
  }
}

/** The first hash of both that differs; undefined where all agree. `compared` is false where none could be. */
export function compare(
  expected: readonly Hash[],
  found: readonly Hash[],
): {readonly compared: boolean; readonly differs?: string} {
  const both = expected.filter(({algorithm}) => found.some(other => other.algorithm === algorithm));
  const wrong = both.find(({algorithm, value}) =>
    found.some(other => other.algorithm === algorithm && other.value !== value),
  );
  return {compared: both.length > 0, ...(wrong === undefined ? {} : {differs: wrong.algorithm})};
}
