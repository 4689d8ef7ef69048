/** What became of each field of a thing: what is not carried first. */
import type {Fate, LedgerEntry} from '../../model/graph.ts';
import type {PageData, PageThing} from '../data.ts';
import {counted} from '../state/words.ts';
import {h} from './dom.ts';

const fates: readonly (readonly [Fate, string])[] = [
  ['lost', 'the template can not say it'],
  ['step', 'a step beside the stack restores it'],
  ['parameter', 'a parameter of the template'],
  ['exact', 'said by the template'],
  ['derived', 'made anew by the target'],
];

export function ledgerOf({ledger}: PageThing, {entries: all}: PageData): HTMLElement {
  const own = ledger.flatMap(index => all[index] ?? []);
  const groups = fates.flatMap(([fate, means]) => {
    const entries = own.filter(entry => entry.fate === fate);
    return entries.length === 0 ? [] : [group(fate, means, entries)];
  });
  return h(
    'section',
    {},
    h('h3', {}, 'Ledger'),
    ...(groups.length === 0
      ? [h('p', {class: 'soft'}, 'Nothing to account for: it is not rebuilt.')]
      : groups),
  );
}

function group(fate: Fate, means: string, entries: readonly LedgerEntry[]): HTMLElement {
  const needsEyes = fate === 'lost' || fate === 'step';
  return h(
    'details',
    {class: `fate ${fate}`, open: needsEyes},
    h('summary', {}, `${fate}: ${counted(entries.length, 'field')} `, h('span', {class: 'soft'}, means)),
    h(
      'ul',
      {},
      ...entries.map(({field, reason}) =>
        h('li', {}, h('code', {}, field), reason === undefined || reason === '' ? '' : ` ${reason}`),
      ),
    ),
  );
}
