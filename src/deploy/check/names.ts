/** Which of these names was meant. */

/** Levenshtein's distance, with a swap of neighbours as one step. */
export function distance(a: string, b: string): number {
  const from = Array.from(a);
  const to = Array.from(b);
  let before: number[] = [];
  let last = Array.from({length: to.length + 1}, (_, index) => index);
  for (const [i, left] of from.entries()) {
    const row = [i + 1];
    for (const [j, right] of to.entries()) {
      const cost = left === right ? 0 : 1;
      let best = Math.min((last[j + 1] ?? 0) + 1, (row[j] ?? 0) + 1, (last[j] ?? 0) + cost);
      if (i > 0 && j > 0 && left === to[j - 1] && from[i - 1] === right)
        best = Math.min(best, (before[j - 1] ?? 0) + 1);
      row.push(best);
    }
    before = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

/** The names like the wanted one, nearest first: at most three; none that share next to nothing with it. */
export function nearest(wanted: string, names: Iterable<string>): readonly string[] {
  const target = short(wanted);
  return [...new Set(names)]
    .filter(name => name !== '')
    .map(name => ({name, far: distance(target, short(name)), within: isWithin(target, short(name))}))
    .filter(({far, within}) => within || far <= Math.max(1, Math.floor(target.length / 3)))
    .sort((a, b) => a.far - b.far || (a.name < b.name ? -1 : 1))
    .slice(0, 3)
    .map(({name}) => name);
}

function short(text: string): string {
  return text.toLowerCase().slice(0, 80);
}

function isWithin(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 3 && (a.includes(b) || b.includes(a));
}
