/** What is to be seen: kinds, a security group, a tag, what is outside, what changed. */
import {isFiltered, tagsOf, unfiltered, type Filters} from '../state/filter.ts';
import {counted, kindWords, labelOf} from '../state/words.ts';
import {button, h} from './dom.ts';
import type {Speaker} from './live.ts';
import type {Store} from './store.ts';

export function filtersView(place: HTMLElement, store: Store, speaker: Speaker): void {
  const {data} = store.project;
  const set = (change: Partial<Filters>): void => {
    store.update({filters: {...store.view.state.filters, ...change}});
    speaker.say(`${counted(store.view.shown.size, 'thing')} of ${data.things.length} shown`);
  };
  const groups = data.things.filter(({kind}) => kind === 'security_group');
  const tags = tagsOf(store.project);
  const reset = button('Show all', () => set(unfiltered), {hidden: true});
  place.append(
    kindsFilter(store, set),
    ...(groups.length === 0
      ? []
      : [
          choice(
            'Group',
            groups.map(group => [group.key, labelOf(group)]),
            store,
            ({group}) => group,
            group => set({group}),
          ),
        ]),
    ...(tags.length === 0
      ? []
      : [
          choice(
            'Tag',
            tags.map(tag => [tag, tag]),
            store,
            ({tag}) => tag,
            tag => set({tag}),
          ),
        ]),
    toggle(
      'What is outside',
      store,
      ({outside}) => outside,
      outside => set({outside}),
    ),
    ...(data.compared === undefined
      ? []
      : [
          toggle(
            'Only changes',
            store,
            ({onlyChanges}) => onlyChanges,
            onlyChanges => set({onlyChanges}),
          ),
        ]),
    reset,
  );
  store.watch(({state}) => (reset.hidden = !isFiltered(state.filters)));
}

function kindsFilter(store: Store, set: (change: Partial<Filters>) => void): HTMLElement {
  const counts = new Map<string, number>();
  for (const {kind} of store.project.data.things) counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const boxes = [...counts].map(([kind, count]) => {
    const box = h('input', {type: 'checkbox'});
    box.addEventListener('change', () => {
      const kinds = new Set(store.view.state.filters.kinds);
      if (box.checked) kinds.add(kind);
      else kinds.delete(kind);
      set({kinds});
    });
    return {
      kind,
      box,
      line: h('label', {}, box, ` ${kindWords(kind)} `, h('span', {class: 'count'}, String(count))),
    };
  });
  const summary = h('summary', {}, 'Kinds');
  const details = h(
    'details',
    {class: 'kinds'},
    summary,
    h('div', {role: 'group', 'aria-label': 'Kinds to show'}, ...boxes.map(({line}) => line)),
  );
  details.addEventListener('keydown', event => {
    if (event.key !== 'Escape' || !details.open) return;
    details.open = false;
    summary.focus();
  });
  document.addEventListener('pointerdown', event => {
    if (event.target instanceof Node && !details.contains(event.target)) details.open = false;
  });
  store.watch(({state: {filters}}) => {
    for (const {kind, box} of boxes) box.checked = filters.kinds.has(kind);
    summary.textContent = filters.kinds.size === 0 ? 'Kinds' : `Kinds (${filters.kinds.size})`;
  });
  return details;
}

function choice(
  name: string,
  options: readonly (readonly [value: string, label: string])[],
  store: Store,
  get: (filters: Filters) => string,
  put: (value: string) => void,
): HTMLElement {
  // Values of a cloud stay out of the attributes: an index is enough.
  const list = h(
    'select',
    {},
    h('option', {value: ''}, 'any'),
    ...options.map(([, label], index) => h('option', {value: index}, label || '(empty)')),
  );
  list.addEventListener('change', () =>
    put(list.value === '' ? '' : (options[Number(list.value)]?.[0] ?? '')),
  );
  store.watch(({state}) => {
    const at = options.findIndex(([value]) => value === get(state.filters));
    list.value = at < 0 ? '' : String(at);
  });
  return h('label', {}, `${name} `, list);
}

function toggle(
  name: string,
  store: Store,
  get: (filters: Filters) => boolean,
  put: (value: boolean) => void,
): HTMLElement {
  const box = h('input', {type: 'checkbox'});
  box.addEventListener('change', () => put(box.checked));
  store.watch(({state}) => (box.checked = get(state.filters)));
  return h('label', {}, box, ` ${name}`);
}
