/** Text as words of a bash script, or of a command that we tell people to type: nothing in a name is ever more than a name. */
import {printable} from './printable.ts';
import {wellFormed} from './well-formed.ts';

/** One word, safe wherever bash expects a word. */
export function shellWord(text: string): string {
  // Bash words hold no NUL, and neither do OpenStack's names.
  const clean = wellFormed(text.replaceAll('\0', ''));
  if (/^[A-Za-z0-9_@%+:,./-]+$/.test(clean)) return clean;
  if (!unprintable.test(clean)) return `'${clean.replaceAll("'", `'\\''`)}'`;
  // $'…' shows what a terminal or an editor would not.
  const escaped = clean
    .replaceAll('\\', '\\\\')
    .replaceAll("'", "\\'")
    .replaceAll('\n', '\\n')
    .replaceAll(new RegExp(unprintable, 'gu'), character =>
      Array.from(
        new TextEncoder().encode(character),
        byte => `\\x${byte.toString(16).padStart(2, '0')}`,
      ).join(''),
    );
  return `$'${escaped}'`;
}

/** One word of a command line for people to read and to type. */
export function commandWord(text: string): string {
  const shown = printable(text);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}

/** One line for a comment or a message: a line break or a control character becomes a space. */
export function shellComment(text: string): string {
  return wellFormed(text)
    .replaceAll(new RegExp(`${unprintable.source}+`, 'gu'), ' ')
    .trim();
}

/** Control characters, line and paragraph separators, and what reorders or hides the text around it. */
const unprintable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
