/** Near misses: what somebody probably meant. */

/** The most alike of the candidates, if one is alike at all. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  return allNearest(word, candidates, 1)[0];
}

/** Those that are alike at all, the most alike first, each once. */
export function allNearest(word: string, candidates: readonly string[], most: number): readonly string[] {
  const limit = Math.min(3, Math.floor(word.length / 2));
  const scored: {readonly candidate: string; readonly far: number}[] = [];
  for (const candidate of new Set(candidates)) {
    const prefix = word.length >= 3 && candidate.startsWith(word);
    const far = prefix ? 1 : distance(word, candidate, limit);
    if (far <= limit) scored.push({candidate, far});
  }
  return scored
    .sort((a, b) => a.far - b.far)
    .slice(0, most)
    .map(({candidate}) => candidate);
}

/**
 * Edits from one word to the other, two neighbours that swapped places counted as one.
 * @param limit Further away, one more than it is enough to know.
 */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  const rows: number[][] = [Array.from({length: b.length + 1}, (_, j) => j)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Infinity;
  for (let i = 1; i <= a.length; i += 1) {
    rows.push([i]);
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let least = Math.min(at(i - 1, j) + 1, at(i, j - 1) + 1, at(i - 1, j - 1) + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, at(i - 2, j - 2) + 1);
      rows[i]?.push(least);
    }
  }
  return at(a.length, b.length);
}
