/** What is known of one thing, or which things a box stands for. */
import type {PageThing} from '../data.ts';
import {canPick} from '../state/choice.ts';
import type {Link} from '../state/project.ts';
import {changeSigns, counted, kindWords, labelOf, standingWords, titleOf} from '../state/words.ts';
import type {View} from '../state/state.ts';
import {button, fill, h} from './dom.ts';
import {differencesOf} from './differences.ts';
import {factsOf} from './facts.ts';
import {ledgerOf} from './ledger.ts';
import {linesOf} from './lines.ts';
import type {Store} from './store.ts';

/** More links than that are shown when somebody asks for them. */
const most = 50;

/** @param show Shows the thing in the drawing. */
export function panelView(place: HTMLElement, store: Store, show: (key: string) => void): void {
  let from: Element | null = null;
  const close = (): void => {
    store.update({told: []});
    if (from instanceof HTMLElement || from instanceof SVGElement) from.focus();
  };
  place.addEventListener('keydown', event => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    close();
  });
  store.watch((view, last) => {
    if (view.state.told !== last?.state.told) {
      if (!place.contains(document.activeElement)) from = document.activeElement;
      const hadFocus = place.contains(document.activeElement);
      const things = view.state.told.flatMap(key => store.thing(key) ?? []);
      const [first] = things;
      place.hidden = first === undefined;
      if (first === undefined) fill(place);
      else if (things.length === 1) fill(place, ...oneThing(first, store, show, close));
      else fill(place, ...manyThings(things, store, close));
      place.scrollTop = 0;
      if (hadFocus && !place.hidden) place.querySelector('h2')?.focus();
    }
    // Who comes by keyboard goes on there.
    if (last !== undefined && view.state.entered !== last.state.entered) place.querySelector('h2')?.focus();
    tellChoice(place, view, store);
  });
}

function head(title: string, close: () => void, ...more: readonly (Node | undefined)[]): HTMLElement {
  return h(
    'header',
    {},
    h('h2', {tabindex: -1}, title),
    button('×', close, {class: 'close', 'aria-label': 'Close the details'}),
    ...more,
  );
}

function oneThing(
  thing: PageThing,
  store: Store,
  show: (key: string) => void,
  close: () => void,
): readonly (Node | undefined)[] {
  const {key, change = 'same', kind, id} = thing;
  const {project} = store;
  const isPickable = canPick(project, key);
  return [
    head(
      labelOf(thing),
      close,
      h('p', {class: 'soft'}, `${kindWords(kind)} · `, h('code', {}, id)),
      h(
        'p',
        {class: 'acts'},
        isPickable ? button('Select', () => store.pick([key]), {class: 'pick'}) : undefined,
        isPickable && project.hasRows
          ? button('Select with everything it needs', () => store.pick([key], {needs: true}))
          : undefined,
        button('Show in the drawing', () => show(key)),
      ),
    ),
    h('p', {class: `stands ${thing.standing}`}, standingWords(thing)),
    change === 'same'
      ? undefined
      : h('p', {class: change}, h('strong', {class: 'sign'}, changeSigns[change]), ` ${change}`),
    h('p', {class: 'chosen', hidden: true}),
    differencesOf(thing, project.data),
    links('Depends on', project.dependsOn(key), store),
    links('What depends on it', project.dependents(key), store),
    linesOf(thing, project.data),
    factsOf(thing),
    ledgerOf(thing, project.data),
  ];
}

function manyThings(things: readonly PageThing[], store: Store, close: () => void): readonly Node[] {
  const keys = things.map(({key}) => key);
  return [
    head(
      counted(things.length, things[0] === undefined ? 'thing' : kindWords(things[0].kind)),
      close,
      h('p', {class: 'soft'}, 'They are alike but for a number, and drawn as one box.'),
      h(
        'p',
        {class: 'acts'},
        button('Select', () => store.pick(keys), {class: 'pick'}),
      ),
    ),
    h('ul', {class: 'links'}, ...things.map(thing => h('li', {}, link(thing, store)))),
  ];
}

/** Whether it is in the selection, and why. */
function tellChoice(place: HTMLElement, {state, choosing}: View, store: Store): void {
  const {told} = state;
  const isPicked = told.length > 0 && told.every(key => store.isPicked(key));
  const pick = place.querySelector('.pick');
  if (pick !== null) pick.textContent = isPicked ? 'Unselect' : 'Select';
  const line = place.querySelector<HTMLElement>('.chosen');
  if (line === null) return;
  const [key = ''] = told;
  const why = choosing.selection?.inside.get(key);
  const out = choosing.selection?.outside.get(key);
  line.hidden = why === undefined && out === undefined;
  fill(line, why === undefined ? `Not in the selection: ${out ?? ''}.` : `In the selection: ${why}.`);
}

function links(title: string, found: readonly Link[], store: Store): HTMLElement {
  const item = ({key, how}: Link): HTMLElement | undefined => {
    const thing = store.thing(key);
    return thing === undefined
      ? undefined
      : h('li', {}, link(thing, store), ' ', h('span', {class: 'soft'}, how.join(', ')));
  };
  const list = h('ul', {class: 'links'}, ...found.slice(0, most).map(item));
  const rest = found.slice(most);
  const more =
    rest.length === 0
      ? undefined
      : button(`Show ${rest.length} more`, () => {
          list.append(...rest.flatMap(one => item(one) ?? []));
          more?.remove();
        });
  return h(
    'section',
    {},
    h('h3', {}, `${title} (${found.length})`),
    found.length === 0 ? h('p', {class: 'soft'}, 'Nothing.') : list,
    more,
  );
}

function link(thing: PageThing, store: Store): HTMLElement {
  const {change = 'same'} = thing;
  const sign = change === 'same' ? '' : `${changeSigns[change]} `;
  return button(`${sign}${titleOf(thing)}`, () => store.tell([thing.key]), {class: `link ${change}`});
}
