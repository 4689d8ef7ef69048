/** Looking at and changing property values by path. Values are never changed in place. Pure. */
import {LONGEST_RESULT, PatternError, type Budget} from '../../model/pattern.ts';
import {every, pathText, type PropertyPath} from '../../model/property-path.ts';
import {FileText, Given, isPlainObject, isSpecial, Joined, Ref, type Value} from '../../model/value.ts';
import type {Replacement} from './types.ts';

/** A path without `[*]`. */
export type Place = readonly (string | number)[];

/** The value can't be changed there. */
export class EditFault extends Error {}

/** The places that a path means in this value; `[*]` is every item that there is. */
export function placesOf(value: Value | undefined, path: PropertyPath): readonly Place[] {
  let places: readonly Place[] = [[]];
  for (const part of path) {
    places = places.flatMap(place => {
      if (part !== every) return [[...place, part]];
      const list = valueAt(value, place);
      return Array.isArray(list) ? list.map((_, index) => place.concat(index)) : [];
    });
  }
  return places;
}

export function valueAt(value: Value | undefined, place: Place): Value | undefined {
  let here = value;
  for (const part of place) {
    if (typeof part === 'number') here = Array.isArray(here) ? (here as readonly Value[])[part] : undefined;
    else here = isPlainObject(here) && Object.hasOwn(here, part) ? here[part] : undefined;
  }
  return here;
}

/** Mappings on the way are made; a list grows by one item at most. @throws EditFault */
export function put(value: Value | undefined, place: Place, item: Value, done = 0): Value {
  const part = place[done];
  if (part === undefined) return item;
  const here = pathText(place.slice(0, done));
  if (isSpecial(value)) throw new EditFault(`${here} is ${whatIs(value)}, which has no parts`);
  if (typeof part === 'number') {
    const list = value === undefined ? [] : value;
    if (!Array.isArray(list)) throw new EditFault(`${here} is no list`);
    if (part > list.length)
      throw new EditFault(
        `${here} has ${list.length === 0 ? 'no items' : `the items 0 to ${list.length - 1} only`}`,
      );
    const changed = [...(list as readonly Value[])];
    changed[part] = put(changed[part], place, item, done + 1);
    return changed;
  }
  if (value !== undefined && !isPlainObject(value)) throw new EditFault(`${here} is no mapping`);
  return withKey(
    value ?? {},
    part,
    put(value === undefined ? undefined : ownValue(value, part), place, item, done + 1),
  );
}

/** The value as it is where nothing stands there. */
export function remove(value: Value, place: Place): Value {
  const [part, ...rest] = place;
  if (part === undefined || isSpecial(value)) return value;
  if (typeof part === 'number') {
    if (!Array.isArray(value) || part >= value.length) return value;
    const list = value as readonly Value[];
    if (rest.length === 0) return list.toSpliced(part, 1);
    return list.with(part, remove(list[part] as Value, rest));
  }
  if (!isPlainObject(value) || !Object.hasOwn(value, part)) return value;
  if (rest.length > 0) return withKey(value, part, remove(value[part] as Value, rest));
  const kept = Object.create(null) as Record<string, Value>;
  for (const key of Object.keys(value)) if (key !== part) kept[key] = value[key] as Value;
  return kept;
}

/** Every text in the value changed; keys are left. @throws PatternError where it takes too long or grows too much */
export function replaced(value: Value, replacements: readonly Replacement[], budget: Budget): Value {
  const change = (text: string): string =>
    replacements.reduce((before, replacement) => replacedText(before, replacement, budget), text);
  const walk = (item: Value): Value => {
    if (typeof item === 'string') return change(item);
    if (item instanceof FileText) return new FileText(item.hint, change(item.text));
    if (item instanceof Joined)
      return new Joined(...item.parts.map(part => (typeof part === 'string' ? change(part) : part)));
    if (isSpecial(item)) return item;
    if (Array.isArray(item)) return (item as readonly Value[]).map(walk);
    if (!isPlainObject(item)) return item;
    const result = Object.create(null) as Record<string, Value>;
    for (const key of Object.keys(item)) result[key] = walk(item[key] as Value);
    return result;
  };
  return walk(value);
}

function replacedText(text: string, replacement: Replacement, budget: Budget): string {
  if ('pattern' in replacement) return replacement.pattern.replaceAll(text, replacement.by, budget);
  const parts = text.split(replacement.text);
  budget.left -= 1 + Math.ceil(text.length / 64);
  if (text.length + (parts.length - 1) * replacement.by.length > 2 * LONGEST_RESULT)
    throw new PatternError(`the text grows beyond ${LONGEST_RESULT} characters`);
  if (budget.left < 0) throw new PatternError('the replacements take too long');
  return parts.join(replacement.by);
}

function withKey(map: Readonly<Record<string, unknown>>, key: string, item: Value): Value {
  // No prototype: a key named __proto__ is data like any other.
  const result = Object.create(null) as Record<string, Value>;
  for (const name of Object.keys(map)) result[name] = map[name] as Value;
  result[key] = item;
  return result;
}

function ownValue(map: Readonly<Record<string, unknown>>, key: string): Value | undefined {
  return Object.hasOwn(map, key) ? (map[key] as Value) : undefined;
}

/** What a value is that is no plain data, for messages. */
export function whatIs(value: Value): string {
  if (value instanceof Ref) return `a reference to a ${value.kind.replaceAll('_', ' ')}`;
  if (value instanceof FileText) return 'a file';
  if (value instanceof Given) return 'a parameter';
  return 'no plain data';
}

/** Text that is the same where two values say the same. */
export function sameText(value: Value | undefined): string {
  return (
    JSON.stringify(value, (_, item: unknown): unknown => {
      if (isSpecial(item)) return Object.assign({special: item.constructor.name}, item);
      if (!isPlainObject(item)) return item;
      return Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)));
    }) ?? ''
  );
}
