/** Where the template tells of a thing. */
import type {PageData, PageThing} from '../data.ts';
import {h} from './dom.ts';

export function linesOf({lines, resource}: PageThing, {texts}: PageData): HTMLElement | undefined {
  const file = lines === undefined ? undefined : texts[lines.text];
  if (lines === undefined || file === undefined)
    return resource === undefined
      ? undefined
      : h('section', {}, h('h3', {}, 'Template'), h('p', {}, 'Resource ', h('code', {}, resource)));
  const {from, to} = lines;
  const own = file.text.split('\n').slice(from - 1, to);
  return h(
    'section',
    {},
    h('h3', {}, 'Template'),
    h('p', {class: 'soft'}, `${file.path}, lines ${from} to ${to}`),
    h(
      'pre',
      {tabindex: 0, role: 'region', 'aria-label': `Lines ${from} to ${to} of ${file.path}`},
      ...own.map((line, at) =>
        h(
          'span',
          {class: 'line'},
          h('span', {class: 'number', 'aria-hidden': 'true'}, String(from + at)),
          line || ' ',
        ),
      ),
    ),
  );
}
