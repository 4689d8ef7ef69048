/** Text that may hold anything, made fit to be read. */

/** Text from a cloud on one line of a comment, report or terminal: no control, format or bidirectional characters. */
export function printable(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{Cn}]/gu, character => {
    const code = character.codePointAt(0) ?? 0;
    return code === 0x200d ? character : `\\u{${code.toString(16)}}`; // Joins emoji; harmless.
  });
}
