/** Text from anywhere, made fit to stand in markup. */
import {printable} from './printable.ts';

/** In an element or an attribute of HTML or XML, whichever quotes it has. */
export function markupText(text: string): string {
  return printable(text).replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}
