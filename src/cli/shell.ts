/** Words for a shell, in commands that we tell people to type. */
import {commandWord} from '../model/shell-word.ts';

export {commandWord} from '../model/shell-word.ts';

/** An operand: one that begins with a dash is told from an option. */
export function shellWord(text: string): string {
  const word = commandWord(text);
  return text.startsWith('-') ? `-- ${word}` : word;
}

/** A file of a folder, as somebody would type it. */
export function joined(dir: string, file: string): string {
  return `${dir.replace(/\/+$/, '')}/${file}`;
}
