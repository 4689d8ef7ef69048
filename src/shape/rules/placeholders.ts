/** What stands in a property for a parameter that a rule names, until all rules have been followed. */
import {Given, isPlainObject, isSpecial, type Plain, type Value} from '../../model/value.ts';
import {EditFault, whatIs, type Place} from './edit.ts';
import {keyOf, nameOfKey} from './parameters.ts';

/** Stands for the parameter until it is settled. @param value Of the source; undefined where none is. */
export function placeholder(name: string, value: Plain | undefined): Given {
  return new Given(keyOf(name), {
    prefix: name,
    label: value === undefined ? unset : '',
    description: '',
    value: value ?? '',
  });
}

/** Marks a placeholder for a parameter that no value of the source became. */
const unset = 'unset';

/** What the source has for it; undefined where it has nothing. */
export function sourceValue({label, value}: Given): Plain | undefined {
  return label === unset ? undefined : value;
}

/** @throws EditFault where the value is none that a parameter could have. */
export function plainValue(value: Value, text: string): Plain {
  if (value instanceof Given && nameOfKey(value.key) !== undefined) {
    const plain = sourceValue(value);
    if (plain === undefined) throw new EditFault(`${text} was set to a parameter already`);
    return plain;
  }
  if (isSpecial(value))
    throw new EditFault(`${text} is ${whatIs(value)}: there is no plain value that a parameter could have`);
  if (Array.isArray(value)) return (value as readonly Value[]).map(item => plainValue(item, text));
  if (!isPlainObject(value)) return value as string | number | boolean;
  return Object.fromEntries(Object.keys(value).map(key => [key, plainValue(value[key] as Value, text)]));
}

/** The parameters inside a value, with the place of each. */
export function* givensIn(value: Value | undefined, place: Place): Generator<{given: Given; place: Place}> {
  if (value instanceof Given) yield {given: value, place};
  else if (Array.isArray(value))
    for (const [index, item] of (value as readonly Value[]).entries())
      yield* givensIn(item, [...place, index]);
  else if (isPlainObject(value))
    for (const key of Object.keys(value)) yield* givensIn(value[key], [...place, key]);
}

/** The value with its parameters as they are settled, by key. */
export function withGivens(value: Value, settled: ReadonlyMap<string, Given>): Value {
  if (value instanceof Given) return settled.get(value.key) ?? value;
  if (isSpecial(value)) return value;
  if (Array.isArray(value)) return (value as readonly Value[]).map(item => withGivens(item, settled));
  if (!isPlainObject(value)) return value;
  const result = Object.create(null) as Record<string, Value>;
  for (const key of Object.keys(value)) result[key] = withGivens(value[key] as Value, settled);
  return result;
}
