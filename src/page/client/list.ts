/** The list of all things: a tree of which only the rows that are seen are there, so that thousands cost nothing. */
import {rowsOf, size, type Grouping, type TreeRow, type Twig} from '../state/tree.ts';
import {changeSigns, counted, kindWords} from '../state/words.ts';
import type {View} from '../state/state.ts';
import {button, fill, h, setAll} from './dom.ts';
import type {Store} from './store.ts';
import {treeKeys} from './tree-keys.ts';

/** Pixels; the style has the same. */
const rowHeight = 26;
/** Rows beyond what is seen, above and below. */
const spare = 8;
/** So many hits are all shown at once. */
const enough = 200;

export function listView(place: HTMLElement, store: Store): void {
  const tree = h('div', {
    role: 'tree',
    class: 'tree',
    'aria-label': 'Things of the project',
    'aria-multiselectable': true,
  });
  const room = h('div', {class: 'room', role: 'presentation'});
  tree.append(room);
  const empty = h('p', {class: 'empty', hidden: true}, 'Nothing fits.');
  place.append(groupings(store), empty, tree);

  let rows: readonly TreeRow[] = [];
  let active = 0;
  /** What somebody looks for is to be seen without opening anything: branches that are open as long as they look. */
  let found: Set<string> | undefined;
  let lastOpen: ReadonlySet<string> | undefined;
  const made = new Map<string, HTMLElement>();
  const ids = new WeakMap<Element, string>();
  const rowAt = (target: EventTarget | null): TreeRow | undefined => {
    const element = target instanceof Element ? target.closest('.row') : null;
    const id = element === null ? undefined : ids.get(element);
    return rows.find(({twig}) => twig.id === id);
  };
  const toggle = ({twig}: TreeRow, isOpen: boolean): void => {
    const open = new Set(found ?? store.view.state.open);
    if (isOpen) open.add(twig.id);
    else open.delete(twig.id);
    if (found === undefined) store.update({open, active: twig.id});
    else {
      found = open;
      store.update({active: twig.id});
    }
  };

  const paint = (): void => {
    const {view} = store;
    const first = Math.max(0, Math.floor(tree.scrollTop / rowHeight) - spare);
    const last = Math.ceil((tree.scrollTop + tree.clientHeight) / rowHeight) + spare;
    const wanted = new Map<string, number>();
    for (let at = first; at < Math.min(last, rows.length); at += 1) wanted.set(rows[at]?.twig.id ?? '', at);
    // What has the focus is there wherever it is.
    const current = rows[active];
    if (current !== undefined) wanted.set(current.twig.id, active);
    for (const [id, element] of made)
      if (!wanted.has(id)) {
        element.remove();
        made.delete(id);
      }
    for (const [id, at] of wanted) {
      const row = rows[at];
      if (row === undefined) continue;
      let element = made.get(id);
      if (element === undefined) {
        element = h('div', {role: 'treeitem', class: 'row'});
        ids.set(element, id);
        made.set(id, element);
        room.append(element);
      }
      paintRow(element, row, view, at === active);
      element.style.transform = `translateY(${at * rowHeight}px)`;
    }
  };
  const reveal = (): void => {
    const top = active * rowHeight;
    if (top < tree.scrollTop) tree.scrollTop = top;
    else if (top + rowHeight > tree.scrollTop + tree.clientHeight)
      tree.scrollTop = top + rowHeight - tree.clientHeight;
  };

  tree.addEventListener('scroll', paint, {passive: true});
  new ResizeObserver(paint).observe(tree);
  tree.addEventListener('click', event => {
    const row = rowAt(event.target);
    if (row === undefined || !(event.target instanceof Element)) return;
    const {twig, open} = row;
    if (event.target.closest('.check') !== null || event.shiftKey) {
      store.update({active: twig.id});
      if (twig.thing !== undefined) store.pick([twig.thing.key]);
    } else if (twig.thing === undefined || event.target.closest('.twisty') !== null)
      toggle(row, open !== true);
    else {
      store.update({active: twig.id});
      store.tell([twig.thing.key]);
    }
  });
  treeKeys(tree, store, {
    rows: () => rows,
    at: () => active,
    go(to) {
      const row = rows[to];
      if (row === undefined) return;
      store.update({active: row.twig.id});
      made.get(row.twig.id)?.focus({preventScroll: true});
    },
    toggle,
  });
  store.watch((view, last) => {
    const {state} = view;
    if (view.tree !== last?.tree)
      found =
        view.hits === undefined || view.hits.length > enough ? undefined : new Set(branchesOf(view.tree));
    const open = found ?? state.open;
    if (view.tree !== last?.tree || open !== lastOpen) {
      rows = rowsOf(view.tree, open);
      lastOpen = open;
      room.style.height = `${rows.length * rowHeight}px`;
      empty.hidden = rows.length > 0;
    }
    const before = active;
    const there = rows.findIndex(({twig}) => twig.id === state.active);
    active = there < 0 ? Math.min(active, Math.max(0, rows.length - 1)) : there;
    if (active !== before || state.active !== last?.state.active) reveal();
    const hadFocus = tree.contains(document.activeElement);
    paint();
    const current = rows[active];
    if (hadFocus && current !== undefined && !tree.contains(document.activeElement))
      made.get(current.twig.id)?.focus({preventScroll: true});
  });
}

function branchesOf(twigs: readonly Twig[]): readonly string[] {
  return twigs.flatMap(({id, twigs: below}) => (below.length === 0 ? [] : [id, ...branchesOf(below)]));
}

function paintRow(element: HTMLElement, row: TreeRow, {state, choosing}: View, isActive: boolean): void {
  const {twig, level, place, siblings, open} = row;
  const {thing} = twig;
  const why = thing === undefined ? undefined : choosing.selection?.inside.get(thing.key);
  const isPicked = thing !== undefined && choosing.picked.has(thing.key);
  const checked = isPicked ? 'true' : why === undefined ? 'false' : 'mixed';
  const count = open === undefined ? '' : String(size(twig));
  const change = thing?.change ?? 'same';
  const standing = thing === undefined || thing.standing === 'inside' ? '' : thing.standing;
  const isTold = thing !== undefined && state.told.includes(thing.key);
  // Painted at each scroll: what is as it was stays.
  const sign = [level, place, siblings, open, twig.label, count, checked, why, isTold, isActive].join('\n');
  if (element.dataset['sign'] === sign) return;
  element.dataset['sign'] = sign;
  setAll(element, {
    tabindex: isActive ? 0 : -1,
    'aria-level': level,
    'aria-setsize': siblings,
    'aria-posinset': place,
    'aria-expanded': open === undefined ? undefined : String(open),
    'aria-selected': thing === undefined ? undefined : String(isTold),
    'aria-checked': thing === undefined ? undefined : checked,
    'aria-label': [
      ...(change === 'same' ? [] : [change]),
      ...(thing === undefined ? [] : [kindWords(thing.kind)]),
      twig.label,
      ...(count === '' ? [] : [counted(Number(count), 'thing')]),
      ...(standing === '' ? [] : [standing]),
      ...(why === undefined ? [] : [`in the selection, ${why}`]),
    ].join(', '),
    title: why === undefined ? undefined : `In the selection: ${why}`,
  });
  element.className = [
    'row',
    change,
    standing,
    choosing.selection !== undefined && thing !== undefined && why === undefined ? 'out' : '',
  ]
    .filter(Boolean)
    .join(' ');
  element.style.paddingInlineStart = `${(level - 1) * 14 + 4}px`;
  fill(
    element,
    h('span', {class: 'twisty'}, open === undefined ? '' : open ? '▾' : '▸'),
    thing === undefined
      ? undefined
      : h('span', {class: `check ${checked}`}, isPicked ? '✓' : why === undefined ? '' : '–'),
    change === 'same' ? undefined : h('span', {class: 'sign'}, changeSigns[change]),
    h('span', {class: 'label'}, twig.label),
    count === '' ? undefined : h('span', {class: 'count'}, count),
    standing === '' ? undefined : h('span', {class: 'mark'}, standing),
  );
}

function groupings(store: Store): HTMLElement {
  const choices: readonly (readonly [Grouping, string])[] = [
    ['kind', 'By kind'],
    ['network', 'By network'],
  ];
  const buttons = choices.map(([grouping, label]) => ({
    grouping,
    element: button(label, () => store.update({grouping})),
  }));
  store.watch(({state}) => {
    for (const {grouping, element} of buttons)
      element.setAttribute('aria-pressed', String(state.grouping === grouping));
  });
  return h(
    'div',
    {class: 'switch', role: 'group', 'aria-label': 'Order of the list'},
    ...buttons.map(({element}) => element),
  );
}
