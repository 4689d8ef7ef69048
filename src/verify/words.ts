/** The words that all forms of a difference share. */
import {bare, quoted} from './show.ts';
import type {Difference, IgnoreRule} from './types.ts';

export function count(number: number, name: string): string {
  return `${number} ${name}${number === 1 ? '' : 's'}`;
}

/** By the name in the template, else its own, else by its id. */
export function thingOf({resource, type, kind, label, sourceId, cloneId}: Difference): string {
  if (resource !== undefined) return `${bare(resource)}${type === undefined ? '' : ` (${type})`}`;
  return `${bare(kind)} ${label === '' ? bare(sourceId ?? cloneId ?? '') : quoted(label)}`;
}

export function fieldOf({field, property}: Difference): string {
  if (field === '*') return 'everything';
  const safe = bare(field);
  const isItself = property === undefined || field === property || /^[.[]/.test(field.slice(property.length));
  return isItself && (property === undefined || field.startsWith(property)) ? safe : `${property} (${safe})`;
}

export function partsOf({parts}: Difference): string {
  return parts === undefined ? '' : `, with ${count(parts, 'part')}`;
}

export function reasonOf({announced}: Difference): string {
  return announced === undefined ? '' : `${announced.fate}: ${bare(announced.reason)}`;
}

/** Why a rule ignores it, or where the rule stands. */
export function ruleOf({why, line}: IgnoreRule): string {
  return why === undefined ? (line === undefined ? 'by a rule' : `by the rule of line ${line}`) : bare(why);
}
