/** How things are called in the page. Every text of a cloud passes here: nothing in it stays hidden. Pure. */
import {printable} from '../../model/printable.ts';
import type {Change, PageThing} from '../data.ts';

export function kindWords(kind: string): string {
  return printable(kind.replaceAll('_', ' '));
}

/** What a person would call it. */
export function labelOf({label, name, id}: Pick<PageThing, 'label' | 'name' | 'id'>): string {
  return printable(label || name || id);
}

export function titleOf(thing: PageThing): string {
  return `${kindWords(thing.kind)} ${labelOf(thing)}`;
}

export const changeSigns: Readonly<Record<Change, string>> = {
  same: '',
  added: '+',
  removed: '−',
  changed: '~',
};

/** Where a thing stands, as a sentence. */
export function standingWords({standing, place, resource, reason, stack}: PageThing): string {
  const named = resource === undefined ? '' : ` as ${printable(resource)}`;
  const because = reason === undefined || reason === '' ? '' : `: ${printable(reason)}`;
  const owner = stack === undefined ? '' : `. It belongs to the stack ${printable(stack)}`;
  if (standing === 'lost') return `Lost${because}${owner}.`;
  if (standing === 'outside')
    return `${place === 'existing' ? 'Outside: the target has its own' : `Outside${because}`}${owner}.`;
  if (standing === 'step') return `A step beside the stack restores it${owner}.`;
  return `${place === 'part' ? 'Said inside another resource' : 'Built by the template'}${named}${owner}.`;
}

/** `1 thing`, `2 things`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
