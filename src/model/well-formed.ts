/** Halves of surrogate pairs: JavaScript's texts may hold them, no file in UTF-8 can. */

const halves = /\p{Cs}/gu;

export function isWellFormed(text: string): boolean {
  return text.search(halves) === -1;
}

/** With U+FFFD for each half, as an encoder writes it. */
export function wellFormed(text: string): string {
  return text.replace(halves, '\uFFFD');
}
