/** What `when` asks of a value: a pattern, a number to compare with, or one of several. */
import {glob} from '../../model/glob.ts';
import {isEntries, isItems, type Located} from '../../model/located.ts';
import {every, type PropertyPath} from '../../model/property-path.ts';
import {isPlainObject} from '../../model/value.ts';

export type Test = (value: unknown) => boolean;

const comparisons: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '>=': (a, b) => a >= b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '<': (a, b) => a < b,
};

/**
 * `web-*` is a pattern over the value as text, `=web-*` that very text, `!=web-*` neither; `>=100` compares numbers; null is
 * a value that isn't there; a list is any of its tests.
 * @returns the test, or why it is none.
 */
export function testOf({data}: Located): Test | string {
  if (isItems(data)) {
    const tests = data.map(item => testOf(item));
    const fault = tests.find(test => typeof test === 'string');
    if (fault !== undefined) return fault;
    if (tests.length === 0) return 'a list of no tests matches nothing';
    return value => (tests as Test[]).some(test => test(value));
  }
  if (isEntries(data)) return 'a test is a text, a number, true, false, null or a list of such';
  if (data === null) return value => value === undefined || value === null;
  if (typeof data !== 'string') return value => textOf(value) === String(data);
  const [, sign, rest = ''] = /^(>=|<=|>|<)(.*)$/s.exec(data) ?? [];
  const compare = sign === undefined ? undefined : comparisons[sign];
  if (compare !== undefined) {
    const limit = numberOf(rest.trim());
    if (limit === undefined)
      return `${sign} takes a number: ${JSON.stringify(data)}; for that very text write '=${data}'`;
    return value => {
      const number = numberOf(textOf(value) ?? '');
      return number !== undefined && compare(number, limit);
    };
  }
  if (data.startsWith('!=')) {
    const matches = glob(data.slice(2));
    return value => !matches(textOf(value) ?? '');
  }
  if (data.startsWith('=')) return value => textOf(value) === data.slice(1);
  const matches = glob(data);
  return value => {
    const text = textOf(value);
    return text !== undefined && matches(text);
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}

function numberOf(text: string): number | undefined {
  return /^[-+]?\d{1,20}(?:\.\d{1,20})?$/.test(text) ? Number(text) : undefined;
}

/** What a path leads to in a row: nothing, one value, or several; a list at its end is its items. */
export function valuesAt(row: unknown, path: PropertyPath): readonly unknown[] {
  let values: readonly unknown[] = [row];
  for (const part of path) {
    values = values.flatMap(value => {
      if (part === every) return Array.isArray(value) ? (value as unknown[]) : [];
      if (typeof part === 'number') return Array.isArray(value) && part < value.length ? [value[part]] : [];
      return isPlainObject(value) && Object.hasOwn(value, part) ? [value[part]] : [];
    });
  }
  return values.flatMap((value): readonly unknown[] => (Array.isArray(value) ? value : [value]));
}

/** Whether any of the values passes; where there is none, whether nothing does. */
export function passes(values: readonly unknown[], test: Test): boolean {
  return values.length === 0 ? test(undefined) : values.some(value => test(value));
}
