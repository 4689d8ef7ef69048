/** A row of an API as a table that people can read. */
import {isPlainObject} from '../../model/value.ts';
import type {PageThing} from '../data.ts';
import {button, fill, h} from './dom.ts';

/** Characters and lines of a value that are shown before somebody asks for all of it. */
const longest = 600;
const mostItems = 30;
const deepest = 12;

export function factsOf({row}: PageThing): HTMLElement {
  return h(
    'section',
    {},
    h('h3', {}, 'Facts'),
    row === undefined
      ? h('p', {class: 'soft'}, 'They are in the bundle: the page would become too large.')
      : table(row, 0),
  );
}

function table(fields: Readonly<Record<string, unknown>>, depth: number): HTMLElement {
  const names = Object.keys(fields).sort();
  return h(
    'table',
    {class: 'facts'},
    h(
      'tbody',
      {},
      ...names.map(name =>
        h('tr', {}, h('th', {scope: 'row'}, ...breakable(name)), h('td', {}, shown(fields[name], depth + 1))),
      ),
    ),
  );
}

/** Names of fields are long; they break where their words end. */
function breakable(name: string): readonly (Node | string)[] {
  return name.split(/(?<=[:_-])/).flatMap((word, at) => (at === 0 ? [word] : [h('wbr'), word]));
}

function shown(value: unknown, depth: number): Node {
  if (depth > deepest) return text(JSON.stringify(value));
  if (typeof value === 'string') return value === '' ? soft('empty') : text(value);
  if (Array.isArray(value)) {
    if (value.length === 0) return soft('none');
    const item = (one: unknown): HTMLElement => h('li', {}, shown(one, depth + 1));
    const list = h('ul', {}, ...value.slice(0, mostItems).map(item));
    const rest = value.slice(mostItems);
    if (rest.length > 0) {
      const more = button(`Show ${rest.length} more`, () =>
        more.parentElement?.replaceWith(...rest.map(item)),
      );
      list.append(h('li', {}, more));
    }
    return list;
  }
  if (isPlainObject(value)) return Object.keys(value).length === 0 ? soft('none') : table(value, depth);
  return value === null || value === undefined ? soft('null') : h('code', {}, JSON.stringify(value));
}

function soft(words: string): HTMLElement {
  return h('span', {class: 'soft'}, words);
}

/** Line breaks stay; whatever else can't be seen is written out. */
function text(value: string): HTMLElement {
  const element = h('span', {class: 'value', dir: 'auto'});
  const put = (part: string, ...more: readonly Node[]): void =>
    fill(element, ...part.split('\n').flatMap((line, at) => (at === 0 ? [line] : [h('br'), line])), ...more);
  if (value.length <= longest) put(value);
  else
    put(
      value.slice(0, longest),
      document.createTextNode('… '),
      button(`Show all ${value.length} characters`, () => put(value)),
    );
  return element;
}
