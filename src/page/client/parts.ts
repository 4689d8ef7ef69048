/** The parts of the drawing that stand for things: found once, marked as often as the view changes. */
import type {PageThing} from '../data.ts';
import type {View} from '../state/state.ts';
import {changeSigns, counted, kindWords, labelOf, titleOf} from '../state/words.ts';
import {setAll, svg} from './dom.ts';
import type {Store} from './store.ts';

export interface Part {
  readonly element: SVGGraphicsElement;
  readonly things: readonly PageThing[];
  /** What is drawn elsewhere and belongs to it: wires, dots. */
  readonly limbs: readonly Element[];
  /** In its corner: how many of a crowd are chosen. */
  readonly badge: SVGTextElement | undefined;
}

export function partsOf(drawing: SVGSVGElement, {project}: Store): readonly Part[] {
  const limbs = new Map<string, Element[]>();
  for (const limb of drawing.querySelectorAll('[data-of]')) {
    const box = limb.getAttribute('data-of') ?? '';
    limbs.set(box, [...(limbs.get(box) ?? []), limb]);
  }
  return [...drawing.querySelectorAll<SVGGraphicsElement>('[data-keys]')].flatMap(element => {
    const keys = JSON.parse(element.getAttribute('data-keys') ?? '[]') as readonly string[];
    const things = keys.flatMap(key => project.byKey.get(key) ?? []);
    if (things.length === 0) return [];
    const own = limbs.get(element.getAttribute('data-box') ?? '') ?? [];
    const part = {element, things, limbs: own, badge: badgeOf(element)};
    prepare(part);
    return [part];
  });
}

function badgeOf(element: Element): SVGTextElement | undefined {
  const box = element.querySelector(':scope > rect.box:last-of-type');
  if (box === null) return undefined;
  const right = Number(box.getAttribute('x')) + Number(box.getAttribute('width'));
  const badge = svg('text', {class: 'badge', x: right - 6, y: Number(box.getAttribute('y')) - 4});
  element.append(badge);
  return badge;
}

function prepare({element, things}: Part): void {
  setAll(element, {role: 'button', tabindex: -1, 'aria-label': nameOf(things)});
  element.classList.add('part');
  // To every reader of the page, not only to its own colours.
  const signs = new Set(things.map(({change = 'same'}) => changeSigns[change]).filter(Boolean));
  const text = element.querySelector('.name') ?? (element instanceof SVGTextElement ? element : null);
  if (signs.size === 0 || text === null) return;
  const [sign = ''] = signs;
  const change =
    signs.size === 1 ? things.find(({change: one = 'same'}) => one !== 'same')?.change : 'changed';
  element.classList.add(change ?? 'changed');
  text.prepend(svg('tspan', {class: 'sign'}, `${signs.size === 1 ? sign : '~'} `));
}

function nameOf(things: readonly PageThing[]): string {
  const [first] = things;
  if (first === undefined) return '';
  const changes = [...new Set(things.map(({change}) => change))].filter(
    one => one !== undefined && one !== 'same',
  );
  const more = [...(first.standing === 'inside' ? [] : [first.standing]), ...changes];
  const said = more.length === 0 ? '' : `, ${more.join(', ')}`;
  const last = things.at(-1);
  return things.length === 1 || last === undefined
    ? `${titleOf(first)}${said}`
    : `${counted(things.length, kindWords(first.kind))}, ${labelOf(first)} to ${labelOf(last)}${said}`;
}

/** Shows what the view says of it. */
export function mark({element, things, limbs, badge}: Part, view: View): void {
  const {state, shown, hits, choosing} = view;
  const inside = choosing.selection?.inside;
  const chosen = inside === undefined ? things.length : things.filter(({key}) => inside.has(key)).length;
  const picked = things.filter(({key}) => choosing.picked.has(key)).length;
  const told = new Set(state.told);
  const classes = {
    told: things.some(({key}) => told.has(key)),
    faded: !things.some(({key}) => shown.has(key)),
    hit: hits !== undefined && things.some(({key}) => shown.has(key)),
    out: inside !== undefined && chosen === 0,
    picked: picked > 0,
    away: !state.filters.outside && things.every(({standing}) => standing === 'outside'),
  };
  for (const [name, is] of Object.entries(classes)) element.classList.toggle(name, is);
  for (const limb of limbs)
    for (const name of ['faded', 'out', 'away'] as const) limb.classList.toggle(name, classes[name]);
  element.setAttribute('aria-pressed', String(classes.told));
  if (badge === undefined) return;
  const count = things.length === 1 ? '' : ` ${chosen} of ${things.length}`;
  badge.textContent = picked > 0 ? `✓${count}` : inside === undefined || chosen === 0 ? '' : `in${count}`;
}
