/** Pairs what no exact sign joins: inside small groups the most alike first, so that damage shows as a changed field. */
export interface SimilarOptions {
  readonly vertices: readonly number[];
  /** Vertices below are the source's. */
  readonly sources: number;
  /** Least likeness of a pair, 0 to 1. */
  readonly atLeast: number;
  /** '' for no group. */
  readonly group: (vertex: number) => string;
  /** For groups too big to look at every pair. */
  readonly order: (vertex: number) => string;
  readonly score: (source: number, clone: number) => number;
  readonly match: (source: number, clone: number) => void;
}

/** Pairs looked at in one group, at most; beyond, a few candidates each. */
const maxPairs = 1024;
const maxCandidates = 8;

export function pairSimilar(options: SimilarOptions): void {
  const groups = new Map<string, readonly [number[], number[]]>();
  for (const vertex of options.vertices) {
    const name = options.group(vertex);
    if (name === '') continue;
    const group = groups.get(name) ?? [[], []];
    group[vertex < options.sources ? 0 : 1].push(vertex);
    groups.set(name, group);
  }
  const taken = new Set<number>();
  for (const group of groups.values()) {
    const scored = [...candidatesOf(group, options)]
      .map(([source, clone]) => ({source, clone, score: options.score(source, clone)}))
      .filter(({score}) => score >= options.atLeast)
      .sort((a, b) => b.score - a.score || a.source - b.source || a.clone - b.clone);
    for (const {source, clone} of scored) {
      if (taken.has(source) || taken.has(clone)) continue;
      taken.add(source).add(clone);
      options.match(source, clone);
    }
  }
}

function* candidatesOf(
  [sources, clones]: readonly [readonly number[], readonly number[]],
  options: SimilarOptions,
): Generator<readonly [number, number]> {
  if (sources.length * clones.length <= maxPairs) {
    for (const source of sources) for (const clone of clones) yield [source, clone];
    return;
  }
  // In the order of their content, with the neighbours of the place where each would stand.
  const sorted = [...sources, ...clones]
    .map(vertex => ({vertex, order: options.order(vertex)}))
    .sort((a, b) => (a.order < b.order ? -1 : Number(a.order > b.order)) || a.vertex - b.vertex);
  const others = sorted.filter(({vertex}) => vertex >= options.sources);
  let place = 0;
  for (const {vertex} of sorted) {
    if (vertex >= options.sources) {
      place++;
      continue;
    }
    const from = Math.max(0, place - maxCandidates / 2);
    for (const other of others.slice(from, from + maxCandidates)) yield [vertex, other.vertex];
  }
}
