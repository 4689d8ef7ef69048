/** The parts of the page, in the order in which they are read. */
import type {PageData} from '../data.ts';
import {changeSigns, counted} from '../state/words.ts';
import {button, h} from './dom.ts';
import {keysHelp, legend} from './legend.ts';
import {themeButton} from './theme.ts';

export interface Frame {
  readonly find: HTMLElement;
  readonly filters: HTMLElement;
  readonly list: HTMLElement;
  readonly drawing: HTMLElement;
  readonly panel: HTMLElement;
  readonly choose: HTMLElement;
}

/** @param drawing Where the drawing is already. */
export function frameOf(data: PageData, drawing: HTMLElement): Frame {
  const find = h('search', {class: 'find', 'aria-label': 'Find things'});
  const filters = h('div', {class: 'filters', role: 'group', 'aria-label': 'Filters'});
  const list = h('nav', {id: 'things', 'aria-label': 'List of things'});
  const panel = h('aside', {id: 'details', 'aria-label': 'Details', hidden: true});
  const choose = h('section', {id: 'selection', 'aria-label': 'Selection'});
  drawing.setAttribute('aria-label', 'Drawing');
  drawing.append(legend(data));
  document.body.prepend(
    h('a', {class: 'skip', href: '#things'}, 'Skip to the list of things'),
    header(data),
    h('div', {class: 'tools'}, find, filters),
    list,
  );
  drawing.after(panel, choose);
  return {find, filters, list, drawing, panel, choose};
}

function header({project, things, compared, omitted}: PageData): HTMLElement {
  return h(
    'header',
    {class: 'top'},
    h('h1', {dir: 'auto'}, project || 'Topology'),
    h('p', {class: 'soft'}, counted(things.length, 'thing')),
    compared === undefined ? undefined : changes(compared, things),
    omitted === undefined ? undefined : h('p', {class: 'omitted'}, omitted),
    h(
      'div',
      {class: 'own'},
      keysHelp(),
      themeButton(),
      button('Print', () => print()),
    ),
  );
}

function changes(
  {before, after}: NonNullable<PageData['compared']>,
  things: PageData['things'],
): HTMLElement {
  const of = (change: 'added' | 'removed' | 'changed'): HTMLElement =>
    h(
      'span',
      {class: change},
      h('span', {class: 'sign'}, changeSigns[change]),
      ` ${things.filter(thing => thing.change === change).length} ${change} `,
    );
  return h(
    'p',
    {class: 'changes'},
    h('bdi', {}, before),
    ' → ',
    h('bdi', {}, after),
    ': ',
    of('added'),
    of('removed'),
    of('changed'),
  );
}
