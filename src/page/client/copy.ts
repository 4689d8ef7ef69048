/** Copies the text that an element shows. */

/** @returns false where the browser lets nobody: then the text is marked, for a key of the reader's */
export function copy(element: Element): boolean {
  const range = document.createRange();
  range.selectNodeContents(element);
  const marked = getSelection();
  marked?.removeAllRanges();
  marked?.addRange(range);
  // The newer way asks for a permission that a page of a file may not get.
  return document.execCommand('copy');
}
