/** Shell patterns without folders: `*` is any text, `?` one character. */

/** @returns a test that takes time in proportion to text times pattern at most, whatever either says. */
export function glob(pattern: string): (text: string) => boolean {
  return matcher(Array.from(pattern, sign => wild.get(sign) ?? sign));
}

/** The same, where a backslash makes a sign mean itself. */
export function escapedGlob(pattern: string): (text: string) => boolean {
  const signs: Sign[] = [];
  let escaped = false;
  for (const sign of pattern) {
    if (!escaped && sign === '\\') escaped = true;
    else {
      signs.push(escaped ? sign : (wild.get(sign) ?? sign));
      escaped = false;
    }
  }
  return matcher(escaped ? [...signs, '\\'] : signs);
}

/** The text that an `escapedGlob` finds only itself by. */
export function escapeGlob(text: string): string {
  return text.replaceAll(/[*?\\]/g, String.raw`\$&`);
}

const many = Symbol('*');
const one = Symbol('?');
type Sign = string | typeof many | typeof one;
const wild: ReadonlyMap<string, Sign> = new Map<string, Sign>([
  ['*', many],
  ['?', one],
]);

function matcher(wanted: readonly Sign[]): (text: string) => boolean {
  if (!wanted.some(sign => typeof sign !== 'string')) {
    const literal = wanted.join('');
    return text => text === literal;
  }
  return text => matches(wanted, Array.from(text));
}

function matches(pattern: readonly Sign[], text: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let tried = 0;
  for (let index = 0; index < text.length;) {
    const sign = pattern[at];
    if (sign === many) {
      star = at++;
      tried = index;
    } else if (sign !== undefined && (sign === one || sign === text[index])) {
      at++;
      index++;
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1;
      index = ++tried;
    } else return false;
  }
  while (pattern[at] === many) at++;
  return at === pattern.length;
}
