/** The selection: its text, what it brings and why, and the words to copy. */
import type {PageThing} from '../data.ts';
import {optionsOf, type Written} from '../state/choice.ts';
import type {View} from '../state/state.ts';
import {counted, titleOf} from '../state/words.ts';
import {copy} from './copy.ts';
import {button, fill, h, setAll} from './dom.ts';
import type {Speaker} from './live.ts';
import type {Store} from './store.ts';

/** Things of which the reason is shown; the list shows all. */
const most = 300;

export function chooseView(place: HTMLElement, store: Store, speaker: Speaker): void {
  const inputs = (['select', 'exclude'] as const).map(name => ({name, element: input(name, store)}));
  const count = h('p', {class: 'count'});
  const error = h('p', {class: 'error', id: 'choice-error', role: 'alert', hidden: true});
  const reasons = h('ul', {class: 'reasons'});
  const why = h('details', {hidden: true}, h('summary', {}, 'What is in, and why'), reasons);
  const words = h('output', {class: 'words', 'aria-label': 'For the command line'});
  const copied = button('Copy', () => {
    const done = copy(words);
    speaker.say(done ? 'Copied' : 'It could not be copied');
    copied.textContent = done ? 'Copied' : 'Press Ctrl+C';
    setTimeout(() => (copied.textContent = 'Copy'), 1500);
  });
  const clear = button('Clear', () => store.update({written: {select: '', exclude: ''}}));
  const line = h('div', {class: 'copy', hidden: true}, words, copied, clear);
  place.append(
    h('div', {class: 'written'}, ...inputs.map(({name, element}) => h('label', {}, `--${name} `, element))),
    error,
    count,
    line,
    why,
  );
  why.addEventListener('toggle', () => {
    if (why.open) tellReasons(reasons, store.view, store);
  });
  store.watch((view, last) => {
    const {state, choosing} = view;
    const {written} = state;
    for (const {name, element} of inputs) {
      if (element.value !== written[name]) element.value = written[name];
      const isWrong = choosing.error?.in === name;
      setAll(element, {
        'aria-invalid': isWrong ? 'true' : undefined,
        'aria-describedby': isWrong ? 'choice-error' : undefined,
      });
    }
    if (choosing === last?.choosing) return;
    error.hidden = choosing.error === undefined;
    fill(error, ...(choosing.error === undefined ? [] : said(choosing.error)));
    const text = countText(view, store);
    fill(count, text);
    if (last !== undefined && text !== '') speaker.say(text);
    const isThere = written.select.trim() !== '' || written.exclude.trim() !== '';
    line.hidden = !isThere;
    copied.hidden = choosing.error !== undefined;
    fill(words, choosing.error === undefined ? optionsOf(written) : '');
    why.hidden = choosing.selection === undefined;
    if (why.open) tellReasons(reasons, view, store);
  });
}

function input(name: keyof Written, store: Store): HTMLInputElement {
  const made = h('input', {
    type: 'text',
    autocomplete: 'off',
    spellcheck: 'false',
    placeholder: name === 'select' ? 'everything; or server:web-* & tag=prod' : 'nothing',
  });
  made.addEventListener('input', () =>
    store.update({written: {...store.view.state.written, [name]: made.value}}),
  );
  return made;
}

function said({
  message,
  hint,
}: {
  readonly message: string;
  readonly hint?: string;
}): readonly (Node | string)[] {
  return hint === undefined ? [message] : [message, h('br'), hint];
}

function countText({choosing, state}: View, {project}: Store): string {
  const {selection, picked, error} = choosing;
  if (error !== undefined) return '';
  const {select, exclude} = state.written;
  if (select.trim() === '' && exclude.trim() === '')
    return 'Nothing is selected: a bundle has everything. Pick things, or write an expression.';
  if (selection === undefined)
    return `${counted(picked.size, 'thing')} picked. What comes along is told by rekindle list SOURCE --explain: the page has no rows to tell it by.`;
  const inside = [...selection.inside.keys()].filter(
    key => project.nodes.get(key)?.place.as !== 'skipped',
  ).length;
  const along = inside - [...picked].filter(key => selection.inside.has(key)).length;
  return select.trim() === ''
    ? `${counted(inside, 'thing')} in, ${selection.outside.size} out`
    : `${counted(inside, 'thing')} in, of which ${Math.max(0, along)} come along; ${selection.outside.size} out`;
}

function tellReasons(place: HTMLElement, {choosing}: View, store: Store): void {
  const inside = [...(choosing.selection?.inside ?? [])];
  const item = ([key, why]: readonly [string, string]): HTMLElement | undefined => {
    const thing = store.thing(key);
    return thing === undefined
      ? undefined
      : h('li', {}, name(thing, store), ' ', h('span', {class: 'soft'}, why));
  };
  const more = inside.length - most;
  fill(
    place,
    ...inside.slice(0, most).map(item),
    more > 0 ? h('li', {class: 'soft'}, `and ${more} more: the list says it of each`) : undefined,
  );
}

function name(thing: PageThing, store: Store): HTMLElement {
  return button(titleOf(thing), () => store.tell([thing.key]), {class: 'link'});
}
