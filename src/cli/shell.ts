/** Words for a shell, in commands that we tell people to type. */
import {printable} from '../model/printable.ts';

/** An operand: one that begins with a dash is told from an option. */
export function shellWord(text: string): string {
  const word = commandWord(text);
  return text.startsWith('-') ? `-- ${word}` : word;
}

/** Any word of a command line, options included. */
export function commandWord(text: string): string {
  const shown = printable(text);
  return /^[\w@%+=:,./-]+$/.test(shown) ? shown : `'${shown.replaceAll("'", String.raw`'\''`)}'`;
}

/** A file of a folder, as somebody would type it. */
export function joined(dir: string, file: string): string {
  return `${dir.replace(/\/+$/, '')}/${file}`;
}
