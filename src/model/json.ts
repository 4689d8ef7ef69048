/** Reading API answers, which are unknown until looked at. */
import {isPlainObject, type Plain} from './value.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** The value as an object; an empty one where it isn't. */
export function fields(value: unknown): Fields {
  return isPlainObject(value) ? value : {};
}

/** The objects of a list; none where it isn't one. */
export function objects(value: unknown): readonly Fields[] {
  return Array.isArray(value) ? value.filter(item => isPlainObject(item)) : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** A name or id as text, also where YAML made a number of it; '' for anything else. */
export function word(value: unknown): string {
  return typeof value === 'number' ? String(value) : text(value);
}

export function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}

/** All texts in a value, however deep. */
export function* textsIn(value: unknown): Generator<string> {
  if (typeof value === 'string') yield value;
  else if (Array.isArray(value)) for (const item of value as readonly unknown[]) yield* textsIn(item);
  else if (isPlainObject(value)) for (const item of Object.values(value)) yield* textsIn(item);
}

/** A number, also one written as text; undefined for anything else. */
export function number(value: unknown): number | undefined {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const parsed = Number(value);
  return Number.isNaN(parsed) ? undefined : parsed;
}

/** A scalar as text, anything else as JSON. */
export function plainText(value: Plain): string {
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** No service nests deeper; what walks through rows and reports may go down with them. */
export const DEEPEST_JSON = 200;

/** Whether lists and objects lie in one another more than that many deep; without recursion. */
export function isDeeper(value: unknown, limit: number): boolean {
  let level: readonly unknown[] = [value];
  for (let depth = 0; depth <= limit; depth += 1) {
    const inner: unknown[] = [];
    for (const item of level) {
      if (typeof item !== 'object' || item === null) continue;
      for (const child of Object.values(item))
        if (typeof child === 'object' && child !== null) inner.push(child);
    }
    if (inner.length === 0) return false;
    level = inner;
  }
  return true;
}

/** Whether two values are the same data, whatever the order of keys. */
export function isSameJson(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b))
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSameJson(item, b[index]))
    );
  if (!isPlainObject(a) || !isPlainObject(b)) return Object.is(a, b);
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every(key => Object.hasOwn(b, key) && isSameJson(a[key], b[key]))
  );
}
