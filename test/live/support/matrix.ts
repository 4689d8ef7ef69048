/** What the releases suite found, for people at the end of a run, and for samples/releases.json where that is wanted. */
import {writeFileSync} from 'node:fs';
import {columns, readReleases, releasesFile, type Pair, type Releases} from '../../support/releases.ts';
import type {Outcome} from './clone.ts';

const found: Pair[] = [];
const built = new Map<string, Set<string>>();

/** Call it once a clone was verified. */
export function note(project: string, source: string, target: string, {kinds, ...figures}: Outcome): void {
  found.push({project, source, target, ...figures});
  const known = built.get(target) ?? new Set();
  for (const kind of kinds) known.add(kind);
  built.set(target, known);
}

export function table(): string {
  const rows = found.map(pair => columns.map(key => String(pair[key])));
  const widths = columns.map((key, index) =>
    Math.max(key.length, ...rows.map(row => row[index]?.length ?? 0)),
  );
  return [columns, ...rows]
    .map(row =>
      row
        .map((cell, index) => cell.padEnd(widths[index] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function keyOf({project, source, target}: Pair): string {
  return `${project} ${source} ${target}`;
}

/** What this run did not look at stays as it was recorded. */
export function record(): void {
  const before = readReleases();
  const pairs = new Map([...before.pairs, ...found].map(pair => [keyOf(pair), pair]));
  const kinds = new Map(Object.entries(before.built).map(([release, list]) => [release, new Set(list)]));
  for (const [release, more] of built) {
    const known = kinds.get(release) ?? new Set();
    for (const kind of more) known.add(kind);
    kinds.set(release, known);
  }
  const now: Releases = {
    about: before.about,
    built: Object.fromEntries([...kinds].map(([release, known]) => [release, [...known].sort()])),
    pairs: [...pairs.keys()].sort().flatMap(name => pairs.get(name) ?? []),
  };
  writeFileSync(releasesFile, `${JSON.stringify(now, undefined, 2)}\n`);
}
