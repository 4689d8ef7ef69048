/** Makes what a mapping answered fit to be a property: a cloud's JSON may hold anything. */
import {
  Ask,
  Attr,
  FileText,
  Given,
  isPlainObject,
  isSpecial,
  Joined,
  Ref,
  type Special,
  type Value,
} from '../model/value.ts';
import {isWellFormed, wellFormed} from '../model/well-formed.ts';

/** Deeper than any property of Heat's; a row nested deeper is somebody's joke. */
const DEPTH = 24;

/** @returns undefined where nothing is left. @param lose Called with the reason for each part that can't be said. */
export function tidy(value: unknown, lose: (reason: string) => void, depth = 0): Value | undefined {
  if (value === undefined) return undefined;
  if (value instanceof FileText)
    return new FileText(
      written(value.hint, () => undefined),
      written(value.text, lose),
    );
  if (isSpecial(value)) {
    if (namesNothing(value)) lose('it refers to something without an id');
    return namesNothing(value) ? undefined : tidySpecial(value, lose);
  }
  if (typeof value === 'string') return written(value, lose);
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (depth > DEPTH) lose('nested too deep');
  else if (Array.isArray(value)) {
    return value.map(item => tidy(item, lose, depth + 1)).filter(item => item !== undefined);
  } else if (isPlainObject(value)) {
    // No prototype: a key named __proto__ is data like any other.
    const result = Object.create(null) as Record<string, Value>;
    for (const key of Object.keys(value)) {
      const item = tidy(value[key], lose, depth + 1);
      if (item !== undefined) result[written(key, lose)] = item;
    }
    return result;
  } else lose(value === null ? 'Heat takes no null here' : `a ${typeof value} can't be said in a template`);
  return undefined;
}

/** A malformed row gives references that lead nowhere. */
export function namesNothing(value: Special): boolean {
  if (value instanceof Joined)
    return value.parts.some(part => typeof part !== 'string' && namesNothing(part));
  return value instanceof Ref && typeof (value.id as unknown) !== 'string';
}

/** What they say where nothing else is known comes from the cloud, too. */
function tidySpecial(value: Special, lose: (reason: string) => void): Value {
  if (value instanceof Attr)
    return new Attr(value.kind, value.id, value.path, written(value.otherwise, lose));
  if (value instanceof Given) {
    const {key, prefix, form, exact} = value;
    // A malformed row may call itself anything.
    const label = typeof (value.label as unknown) === 'string' ? value.label : '';
    const description = written(value.description, () => undefined);
    const said = typeof value.value === 'string' ? written(value.value, lose) : value.value;
    const {sets, role, group} = value;
    return new Given(key, {prefix, label, description, value: said, form, exact, sets, role, group});
  }
  if (value instanceof Ask) {
    const {prefix, constraint, secret} = value;
    const description = written(value.description, () => undefined);
    return new Ask(prefix, description, {
      ...(constraint === undefined ? {} : {constraint}),
      ...(secret === undefined ? {} : {secret}),
    });
  }
  if (value instanceof Joined) {
    const parts = value.parts.map(part =>
      typeof part === 'string' ? written(part, lose) : tidySpecial(part, lose),
    );
    return new Joined(...(parts as Joined['parts']));
  }
  return value;
}

function written(text: string, lose: (reason: string) => void): string {
  if (isWellFormed(text)) return text;
  lose('the text holds half a surrogate pair, which no YAML can carry; it is replaced by U+FFFD');
  return wellFormed(text);
}
