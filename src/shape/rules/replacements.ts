/** What `replace` of a rule says: a text or an expression, and what stands there instead. */
import {isEntries, isItems, type Located} from '../../model/located.ts';
import {LONGEST_RESULT, Pattern, PatternError} from '../../model/pattern.ts';
import {isWellFormed} from '../../model/well-formed.ts';
import type {Faults} from './faults.ts';
import type {Replacement} from './types.ts';

/** @returns undefined after a fault. */
export function replacementsAt(item: Located, faults: Faults): readonly Replacement[] | undefined {
  const items = isItems(item.data) ? item.data : [item];
  const before = faults.all.length;
  const found = items.flatMap(one => replacementAt(one, faults) ?? []);
  if (items.length === 0) faults.add(item.at, 'nothing is said to be replaced');
  return faults.all.length === before ? found : undefined;
}

function replacementAt({at, data}: Located, faults: Faults): Replacement | undefined {
  const example = 'as {text: old, with: new} or {match: "^web-(.*)", with: "www-$1"}';
  if (!isEntries(data)) return faults.add(at, `replace takes what to replace and with what, ${example}`);
  const before = faults.all.length;
  faults.onlyKeys(data, ['text', 'match', 'with'], 'replace');
  if (faults.all.length > before) return undefined;
  const textAt = (key: string): string | undefined => {
    const one = data.get(key)?.item;
    if (one === undefined) return undefined;
    const value = typeof one.data === 'number' ? String(one.data) : one.data;
    if (typeof value === 'string' && isWellFormed(value) && value.length <= LONGEST_RESULT) return value;
    return faults.add(one.at, `${key} is no text`);
  };
  const [text, match, by] = [textAt('text'), textAt('match'), textAt('with')];
  if (data.has('text') === data.has('match') || !data.has('with'))
    return faults.add(at, `replace takes text or match, and with, ${example}`);
  if (by === undefined) return undefined;
  if (text !== undefined)
    return text === ''
      ? faults.add(data.get('text')?.item.at ?? at, 'the text to replace is empty')
      : {text, by};
  if (match === undefined) return undefined;
  try {
    const pattern = new Pattern(match);
    return {pattern, by: pattern.replacement(by)};
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const isGroup = error.message.startsWith('there is no group');
    return faults.add(data.get(isGroup ? 'with' : 'match')?.item.at ?? at, error.message);
  }
}
