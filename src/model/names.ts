/** What rows say of other rows, for lists to be held against each other. */
import type {ListCall, Named} from './list-call.ts';
import {isPlainObject} from './value.ts';

/**
 * Ids in these fields name rows of those kinds. A path as `fixed_ips.subnet_id` goes through lists and objects, and
 * whatever is not shaped so names nothing.
 */
export function names(kinds: Readonly<Record<string, string>>): NonNullable<ListCall['names']> {
  const paths = Object.entries(kinds).map(([path, kind]) => ({path: path.split('.'), kind}));
  return function* (row) {
    for (const {path, kind} of paths) for (const value of valuesAt(row, path)) yield {kind, value};
  };
}

/** The same, where the service makes sure that this project can see them. */
export function surely(kinds: Readonly<Record<string, string>>): NonNullable<ListCall['names']> {
  const plain = names(kinds);
  return function* (row) {
    for (const named of plain(row)) yield {...named, sure: true} satisfies Named;
  };
}

/** Whatever is at a path, through lists on the way. */
export function valuesAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const found: unknown[] = [];
  collect(value, path, 0, found);
  return found;
}

/** No generator: every row comes along here, several times. */
function collect(value: unknown, path: readonly string[], depth: number, found: unknown[]): void {
  if (Array.isArray(value)) {
    for (const item of value as unknown[]) collect(item, path, depth, found);
    return;
  }
  const field = path[depth];
  if (field === undefined) found.push(value);
  else if (isPlainObject(value)) collect(value[field], path, depth + 1, found);
}
