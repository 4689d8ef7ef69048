/** Two values of a template as one and the same. */
import {Unsettled} from './values.ts';

/** Whatever the order of keys; empty and absent are one. */
export function isDeepSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(ordered(a) ?? {}) === JSON.stringify(ordered(b) ?? {});
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null || value instanceof Unsettled) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, ordered(item)]));
}
