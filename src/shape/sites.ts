/** Places in a property, found by a path with wildcards, and the property with other values there. Pure. */
import {looksLikeFunction} from '../model/functions.ts';
import {isPlainObject, type Value} from '../model/value.ts';

/**
 * The value with every place at the path replaced; the same object where nothing is.
 * @param path Keys; `*` is every item or key. @param change Gets the value and the keys that lead to it; undefined: it stays.
 */
export function changedAt(
  value: Value,
  path: readonly string[],
  change: (value: Value, keys: readonly string[]) => Value | undefined,
  keys: readonly string[] = [],
): Value {
  const [step, ...rest] = path;
  if (step === undefined) return change(value, keys) ?? value;
  if (Array.isArray(value)) {
    if (step !== '*') return value;
    const list = value as readonly Value[];
    const items = list.map((item, index) => changedAt(item, rest, change, [...keys, String(index)]));
    return items.every((item, index) => item === list[index]) ? value : items;
  }
  // Data that Heat would run is a parameter as a whole.
  if (!isPlainObject(value) || looksLikeFunction(value)) return value;
  const result = Object.create(null) as Record<string, Value>;
  let isSame = true;
  for (const key of Object.keys(value)) {
    const item = value[key] as Value;
    result[key] = step === '*' || step === key ? changedAt(item, rest, change, [...keys, key]) : item;
    if (result[key] !== item) isSame = false;
  }
  return isSame ? value : result;
}
