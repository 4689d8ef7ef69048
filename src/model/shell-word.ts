/** One word of a command line that we tell people to type. */
import {printable} from './printable.ts';

/** Any word of a command line, options included. */
export function commandWord(text: string): string {
  const shown = printable(text);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}
