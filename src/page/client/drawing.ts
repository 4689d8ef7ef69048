/** The drawing: its parts are buttons, with the mouse and with the keyboard. */
import {button, h, setAll, svg} from './dom.ts';
import {mark, partsOf, type Part} from './parts.ts';
import type {Store} from './store.ts';
import {zoomOf, type Zoom} from './zoom.ts';

/** Of what is seen, for each press of an arrow. */
const step = 0.15;

/** @param place Where the drawing is; it stays there. */
export function drawingView(
  drawing: SVGSVGElement,
  place: HTMLElement,
  store: Store,
): {show(key: string): void} {
  setAll(drawing, {role: 'group', preserveAspectRatio: 'xMidYMin meet'});
  const world = svg('g', {class: 'world'});
  world.append(...[...drawing.children].filter(child => child.localName !== 'title'));
  drawing.append(world);
  const parts = partsOf(drawing, store);
  const zoom = zoomOf(drawing, world);
  const box = h('div', {
    class: 'canvas',
    tabindex: 0,
    role: 'group',
    'aria-label':
      'Drawing. Arrows move it, plus and minus zoom, zero shows all; Tab goes to its parts, then arrows from one to the next',
  });
  box.append(drawing, zoomButtons(zoom));
  place.append(box);

  // Addresses come before what they belong to.
  let stop = parts.find(({element}) => element instanceof SVGGElement) ?? parts[0];
  stop?.element.setAttribute('tabindex', '0');
  const enter = (part: Part): void => {
    stop?.element.setAttribute('tabindex', '-1');
    stop = part;
    part.element.setAttribute('tabindex', '0');
  };
  const partAt = (target: EventTarget | null): Part | undefined => {
    const element = target instanceof Element ? target.closest('[data-keys]') : null;
    return parts.find(part => part.element === element);
  };
  const tell = ({things}: Part, enter = false): void =>
    store.tell(
      things.map(({key}) => key),
      {enter},
    );
  const pick = ({things}: Part): void => store.pick(things.map(({key}) => key));

  drawing.addEventListener('click', event => {
    const part = partAt(event.target);
    if (part === undefined) return;
    enter(part);
    if (event.shiftKey) pick(part);
    else tell(part);
  });
  box.addEventListener('keydown', event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const part = partAt(event.target);
    const arrow = arrows[event.key];
    if (event.key === '+' || event.key === '=') zoom.by(1.4);
    else if (event.key === '-') zoom.by(1 / 1.4);
    else if (event.key === '0') zoom.fit();
    else if (arrow !== undefined && part === undefined) zoom.pan(arrow[0] * step, arrow[1] * step);
    else if (arrow !== undefined && part !== undefined) {
      const next = nextTo(part, parts, arrow);
      if (next !== undefined) {
        enter(next);
        zoom.show(next.element);
        next.element.focus({preventScroll: true});
      }
    } else if (part !== undefined && (event.key === 's' || (event.shiftKey && event.key === ' '))) pick(part);
    else if (part !== undefined && (event.key === 'Enter' || event.key === ' '))
      tell(part, event.key === 'Enter');
    else return;
    event.preventDefault();
  });
  store.watch((view, last) => {
    for (const part of parts) mark(part, view);
    const {told} = view.state;
    if (last === undefined || told === last.state.told || told.length === 0) return;
    // Once the panel has taken its room.
    requestAnimationFrame(() => {
      const part = parts.find(({things}) => told.some(key => things.some(thing => thing.key === key)));
      if (part !== undefined) zoom.show(part.element);
    });
  });
  return {
    show(key) {
      const part = parts.find(({things}) => things.some(thing => thing.key === key));
      if (part === undefined) return;
      enter(part);
      zoom.show(part.element);
      part.element.focus({preventScroll: true});
    },
  };
}

const arrows: Readonly<Record<string, readonly [right: number, down: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function zoomButtons(zoom: Zoom): HTMLElement {
  return h(
    'div',
    {class: 'zoom', role: 'group', 'aria-label': 'Zoom'},
    button('+', () => zoom.by(1.4), {'aria-label': 'Zoom in'}),
    button('−', () => zoom.by(1 / 1.4), {'aria-label': 'Zoom out'}),
    button('Fit', () => zoom.fit(), {'aria-label': 'Show the whole drawing'}),
  );
}

/** The nearest in that direction; what lies aside counts as further away, and a lane lies beside all that stands on it. */
function nextTo(
  from: Part,
  parts: readonly Part[],
  [right, down]: readonly [number, number],
): Part | undefined {
  const isAcross = right !== 0;
  const {x, y} = middle(from.element.getBoundingClientRect());
  let best: {readonly part: Part; readonly far: number} | undefined;
  for (const part of parts) {
    if (part === from || part.element.classList.contains('away')) continue;
    const box = part.element.getBoundingClientRect();
    const to = middle(box);
    const along = (to.x - x) * right + (to.y - y) * down;
    if (along <= 1) continue;
    const aside = isAcross ? outside(y, box.top, box.bottom) : outside(x, box.left, box.right);
    const far = along + 2.5 * aside;
    if (best === undefined || far < best.far) best = {part, far};
  }
  return best?.part;
}

function middle({left, top, width, height}: DOMRect): {readonly x: number; readonly y: number} {
  return {x: left + width / 2, y: top + height / 2};
}

function outside(at: number, from: number, to: number): number {
  return Math.max(0, from - at, at - to);
}
