/** The search: a text field with a list of what it finds. */
import {counted, titleOf} from '../state/words.ts';
import {fill, h, setAll} from './dom.ts';
import type {Speaker} from './live.ts';
import type {Store} from './store.ts';

/** More are in the list of things, which shows them all. */
const most = 12;

export function findView(place: HTMLElement, store: Store, speaker: Speaker): {focus(): void} {
  const field = h('input', {
    type: 'search',
    id: 'find',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: 'Name, id, address or kind',
    'aria-expanded': 'false',
    'aria-controls': 'found',
    'aria-autocomplete': 'list',
  });
  const list = h('ul', {id: 'found', role: 'listbox', 'aria-label': 'Found', hidden: true});
  place.append(h('label', {for: 'find'}, 'Find'), field, list);

  let at = -1;
  let keys: readonly string[] = [];
  const isOpen = (): boolean => !list.hidden;
  const open = (is: boolean): void => {
    list.hidden = !is || keys.length === 0;
    setAll(field, {'aria-expanded': String(isOpen())});
    if (!isOpen()) go(-1);
  };
  const go = (to: number): void => {
    at = to;
    for (const [index, item] of [...list.children].entries())
      item.setAttribute('aria-selected', String(index === at));
    setAll(field, {'aria-activedescendant': at < 0 ? undefined : `found-${at}`});
    list.children[at]?.scrollIntoView({block: 'nearest'});
  };
  const choose = (index: number): void => {
    const key = keys[index];
    if (key === undefined) return;
    open(false);
    store.tell([key], {enter: true});
  };
  field.addEventListener('input', () => {
    store.update({query: field.value});
    open(true);
  });
  field.addEventListener('keydown', event => {
    if (event.key === 'ArrowDown' && keys.length > 0) {
      open(true);
      go((at + 1) % keys.length);
    } else if (event.key === 'ArrowUp' && isOpen()) go((at <= 0 ? keys.length : at) - 1);
    else if (event.key === 'Enter') choose(Math.max(0, at));
    else if (event.key === 'Escape' && isOpen()) open(false);
    else return;
    event.preventDefault();
  });
  field.addEventListener('focus', () => open(field.value !== ''));
  field.addEventListener('blur', () => open(false));
  // The field keeps the focus.
  list.addEventListener('mousedown', event => event.preventDefault());
  list.addEventListener('click', event => {
    const item = event.target instanceof Element ? event.target.closest('li') : null;
    if (item !== null) choose([...list.children].indexOf(item));
  });
  store.watch(({state, hits, shown}, last) => {
    if (field.value !== state.query) field.value = state.query;
    if (hits === last?.hits) return;
    keys = (hits ?? []).slice(0, most).map(({key}) => key);
    fill(
      list,
      ...(hits ?? [])
        .slice(0, most)
        .map((thing, index) =>
          h('li', {role: 'option', id: `found-${index}`, 'aria-selected': 'false'}, titleOf(thing)),
        ),
    );
    at = -1;
    if (keys.length === 0) open(false);
    if (hits !== undefined) speaker.say(`${counted(shown.size, 'thing')} found`);
  });
  return {focus: () => field.focus()};
}
