/** Words for a shell, in commands that we tell people to type. */
import {printable} from '../model/printable.ts';

export function shellWord(text: string): string {
  const shown = printable(text);
  if (/^[\w@%+=:,./-]+$/.test(shown) && !shown.startsWith('-')) return shown;
  const quoted = `'${shown.replaceAll("'", String.raw`'\''`)}'`;
  return shown.startsWith('-') ? `-- ${quoted}` : quoted;
}

/** A file of a folder, as somebody would type it. */
export function joined(dir: string, file: string): string {
  return `${dir.replace(/\/+$/, '')}/${file}`;
}
