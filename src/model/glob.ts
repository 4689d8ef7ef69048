/** Shell patterns without folders: `*` is any text, `?` one character. */

/** @returns a test that takes time in proportion to text times pattern at most, whatever either says. */
export function glob(pattern: string): (text: string) => boolean {
  const wanted = Array.from(pattern);
  if (!wanted.some(sign => sign === '*' || sign === '?')) return text => text === pattern;
  return text => matches(wanted, Array.from(text));
}

function matches(pattern: readonly string[], text: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let tried = 0;
  for (let index = 0; index < text.length;) {
    const sign = pattern[at];
    if (sign === '*') {
      star = at++;
      tried = index;
    } else if (sign !== undefined && (sign === '?' || sign === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1;
      index = ++tried;
    } else return false;
  }
  while (pattern[at] === '*') at++;
  return at === pattern.length;
}
