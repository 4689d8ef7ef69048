/** Whether two values are one to Heat, where parts of them are only known to it. */
import type {PropertySchema} from '../../heat/index.ts';
import {isPlainObject} from '../../model/value.ts';
import {Unsettled} from './values.ts';

export type Verdict = 'same' | 'maybe' | 'changed';

/** What is known of the things that values refer to. */
export interface References {
  /** How `get_resource` of a resource compares with what it was. */
  resource(name: string): Verdict;
  /** How an attribute of a resource compares with what it was. */
  attribute(name: string): Verdict;
  /** What `get_resource` of a resource was; undefined where that isn't known. */
  before(name: string): string | undefined;
  /** How what the stack has stored compares with what `get_resource` or `get_attr` will be. */
  stored(value: unknown, now: Unsettled): Verdict;
  /** The id behind a name, by Heat's constraint. */
  idOf(constraint: string, name: string): string | undefined;
}

/** @param schema Of the property, where names are looked up before they are compared. */
export function compare(
  before: unknown,
  after: unknown,
  known: References,
  schema?: PropertySchema,
): Verdict {
  if (before instanceof Unsettled || after instanceof Unsettled) return unsettled(before, after, known);
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return 'changed';
    const item = schema?.schema?.get('*');
    return worst(before.map((one: unknown, at) => compare(one, after[at], known, item)));
  }
  if (isPlainObject(before) && isPlainObject(after)) {
    const keys = Object.keys(before);
    if (keys.length !== Object.keys(after).length || !keys.every(key => Object.hasOwn(after, key)))
      return 'changed';
    return worst(keys.map(key => compare(before[key], after[key], known, schema?.schema?.get(key))));
  }
  if (before === after) return 'same';
  if (typeof before === 'string' && typeof after === 'string' && schema?.constraint !== undefined) {
    const {constraint} = schema;
    const [a, b] = [before, after].map(name => known.idOf(constraint, name) ?? name);
    return a === b ? 'same' : 'changed';
  }
  return 'changed';
}

function worst(verdicts: readonly Verdict[]): Verdict {
  return verdicts.includes('changed') ? 'changed' : verdicts.includes('maybe') ? 'maybe' : 'same';
}

function unsettled(before: unknown, after: unknown, known: References): Verdict {
  if (!(after instanceof Unsettled)) {
    if (!(before instanceof Unsettled) || before.kind !== 'resource') return 'maybe';
    const id = known.before(before.name);
    return id === undefined ? 'maybe' : id === after ? 'same' : 'changed';
  }
  if (!(before instanceof Unsettled)) {
    return after.kind === 'resource' || after.kind === 'attribute' ? known.stored(before, after) : 'maybe';
  }
  if (before.kind !== after.kind) return 'maybe';
  switch (after.kind) {
    case 'resource':
      return before.name === after.name ? known.resource(after.name) : 'changed';
    case 'attribute':
      if (before.name !== after.name) return 'maybe';
      if (JSON.stringify(before.args) !== JSON.stringify(after.args)) return 'maybe';
      return known.attribute(after.name);
    case 'call':
      // Other arguments may come to the same.
      return before.name === after.name && compare(before.args, after.args, known) === 'same'
        ? 'same'
        : 'maybe';
    case 'secret':
    default:
      return 'maybe';
  }
}
