/** What was seen to work on which OpenStack release: `samples/releases.json`, written by the releases suite. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';

/** A project cloned from one release to another, and verified. */
export interface Pair {
  readonly project: string;
  readonly source: string;
  readonly target: string;
  readonly resources: number;
  readonly exact: number;
  readonly steps: number;
  readonly losses: number;
  readonly announced: number;
  readonly differences: number;
}

export interface Releases {
  readonly about: string;
  /** By release: kinds whose things were built there and found the same, by the template or by a step. */
  readonly built: Readonly<Record<string, readonly string[]>>;
  readonly pairs: readonly Pair[];
}

export const releasesFile = join(import.meta.dirname, '../../..', 'samples', 'releases.json');

export function readReleases(): Releases {
  return JSON.parse(readFileSync(releasesFile, 'utf8')) as Releases;
}

/** Oldest first. Zed is the last that has a name of letters only. */
export function byAge(a: string, b: string): number {
  const rank = (name: string): string => (/^\d/.test(name) ? name : `0 ${name}`);
  return rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0;
}
