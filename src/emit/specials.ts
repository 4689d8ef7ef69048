/** The values inside a value that are no JSON, in the order in which they are written. */
import {isPlainObject, isSpecial, Joined, type Special, type Value} from '../model/value.ts';

export function* specialsOf(value: Value): Generator<Special> {
  if (value instanceof Joined) {
    for (const part of value.parts) if (typeof part !== 'string') yield part;
  } else if (isSpecial(value)) yield value;
  else if (Array.isArray(value)) for (const item of value as readonly Value[]) yield* specialsOf(item);
  else if (isPlainObject(value)) for (const key of Object.keys(value)) yield* specialsOf(value[key] as Value);
}
