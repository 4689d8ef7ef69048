/** What the drawing's looks mean, and which keys do what. */
import type {PageData} from '../data.ts';
import {changeSigns} from '../state/words.ts';
import {h} from './dom.ts';

export function legend({compared, things}: PageData): HTMLElement {
  const has = (standing: string): boolean => things.some(thing => thing.standing === standing);
  return h(
    'ul',
    {class: 'legend', 'aria-label': 'Legend'},
    item('inside', '', 'built by the template'),
    ...(has('step') ? [item('step', '', 'a step beside the stack')] : []),
    ...(has('outside') ? [item('outside', '', 'outside')] : []),
    ...(has('lost') ? [item('lost', '', 'lost')] : []),
    ...(compared === undefined
      ? []
      : (['added', 'removed', 'changed'] as const).map(change => item(change, changeSigns[change], change))),
  );
}

function item(look: string, sign: string, means: string): HTMLElement {
  return h('li', {}, h('span', {class: `sample ${look}`, 'aria-hidden': 'true'}, sign), ` ${means}`);
}

const keys: readonly (readonly [keys: string, what: string])[] = [
  ['/', 'find'],
  ['Tab', 'from part to part of the page'],
  ['arrows', 'in the list: up, down, open, close; in the drawing: move it, or go from box to box'],
  ['Home, End, letters', 'in the list: first, last, the next that begins so'],
  ['+ − 0', 'in the drawing: zoom in, zoom out, show all'],
  ['Enter, Space', 'details; Enter goes there'],
  ['Shift+Space, Shift+click, s in the drawing', 'select, or no longer'],
  ['Escape', 'close the details'],
];

export function keysHelp(): HTMLElement {
  return h(
    'details',
    {class: 'keys'},
    h('summary', {}, 'Keys'),
    h('dl', {}, ...keys.flatMap(([key, what]) => [h('dt', {}, h('kbd', {}, key)), h('dd', {}, what)])),
  );
}
