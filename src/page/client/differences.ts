/** How a thing differs between the two sources that are compared. */
import type {PageData, PageThing} from '../data.ts';
import {fill, h} from './dom.ts';

export function differencesOf({differences = []}: PageThing, {compared}: PageData): HTMLElement | undefined {
  if (compared === undefined || differences.length === 0) return undefined;
  return h(
    'section',
    {},
    h('h3', {}, 'Differences'),
    h(
      'table',
      {class: 'differences'},
      h(
        'thead',
        {},
        h(
          'tr',
          {},
          ...['property', compared.before, compared.after].map(name => h('th', {scope: 'col'}, name)),
        ),
      ),
      h(
        'tbody',
        {},
        ...differences.map(({property, before, after}) =>
          h(
            'tr',
            {},
            h('th', {scope: 'row'}, property),
            cell('removed', '− ', before),
            cell('added', '+ ', after),
          ),
        ),
      ),
    ),
  );
}

function cell(change: string, sign: string, value: string | undefined): HTMLElement {
  const made = h('td', {class: change, dir: 'auto'});
  if (value === undefined) fill(made, h('span', {class: 'soft'}, 'not there'));
  else
    fill(
      made,
      h('span', {class: 'sign'}, sign),
      ...value.split('\n').flatMap((line, at) => (at === 0 ? [line] : [h('br'), line])),
    );
  return made;
}
