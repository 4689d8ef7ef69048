/** What was seen to work on which OpenStack release: `samples/releases.json`, written by the releases suite. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import {order} from '../../src/model/cidr.ts';

/** What became of one clone, in figures. */
export interface Figures {
  readonly resources: number;
  readonly exact: number;
  readonly steps: number;
  readonly losses: number;
  /** Differences that the report, or `check` before the deployment, had announced; and the others. */
  readonly announced: number;
  readonly differences: number;
}

/** A project cloned from one release to another, and verified. */
export interface Pair extends Figures {
  readonly project: string;
  readonly source: string;
  readonly target: string;
}

/** As people read them. */
export const columns = [
  'project',
  'source',
  'target',
  'resources',
  'exact',
  'steps',
  'losses',
  'announced',
  'differences',
] as const satisfies readonly (keyof Pair)[];

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

/** Oldest first. */
export function byAge(a: string, b: string): number {
  return order(rank(a), rank(b));
}

/** Zed is the last that is called by letters. */
function rank(release: string): string {
  return /^\d/.test(release) ? release : `0 ${release}`;
}
