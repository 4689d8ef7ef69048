/** Data of a file that people write, with the place of each part: so that every fault can be pointed at. */
import {RekindleError} from './errors.ts';
import {isPlainObject, type Plain} from './value.ts';

/** Both from 1. */
export interface Spot {
  readonly line: number;
  readonly column: number;
}

export interface Entry {
  /** Of the key. */
  readonly at: Spot;
  readonly item: Located;
}

export interface Located {
  readonly at: Spot;
  readonly data: string | number | boolean | null | readonly Located[] | ReadonlyMap<string, Entry>;
}

export interface Fault {
  readonly at: Spot;
  /** What is wrong, and what to do about it. */
  readonly what: string;
}

/** The data alone. */
export function plainOf({data}: Located): Plain {
  if (Array.isArray(data)) return (data as readonly Located[]).map(item => plainOf(item));
  if (!isEntries(data)) return data as Plain;
  return Object.fromEntries([...data].map(([key, {item}]) => [key, plainOf(item)]));
}

/**
 * Where each part stands, as `3:5 3:9 …`: the whole, then the parts of a list, and each key of a mapping before its value.
 * In the order that JSON keeps.
 */
export function spotsOf(tree: Located): string {
  const spots: string[] = [];
  const visit = ({at, data}: Located): void => {
    spots.push(spotText(at));
    if (isItems(data)) for (const item of data) visit(item);
    else if (isEntries(data))
      for (const key of Object.keys(Object.fromEntries(data))) {
        const entry = data.get(key);
        if (entry === undefined) continue;
        spots.push(spotText(entry.at));
        visit(entry.item);
      }
  };
  visit(tree);
  return spots.join(' ');
}

/**
 * Plain data with places that `spotsOf` wrote down; what has none stands where the whole does.
 * @throws RangeError where it is nested deeper than anybody writes
 */
export function locatedBy(spots: unknown, value: unknown): Located {
  const known = typeof spots === 'string' ? spots.split(' ').map(spot => spotOf(spot)) : [];
  const whole = known[0] ?? {line: 1, column: 1};
  let next = 0;
  const visit = (part: unknown, depth: number): Located => {
    const at = known[next++] ?? whole;
    if (depth > DEEPEST) throw new RangeError('nested too deep');
    if (Array.isArray(part)) return {at, data: part.map(item => visit(item, depth + 1))};
    if (isPlainObject(part)) {
      const entries = new Map<string, Entry>();
      for (const key of Object.keys(part)) {
        const keyAt = known[next++] ?? whole;
        entries.set(key, {at: keyAt, item: visit(part[key], depth + 1)});
      }
      return {at, data: entries};
    }
    const isScalar = typeof part === 'string' || typeof part === 'number' || typeof part === 'boolean';
    return {at, data: isScalar ? part : null};
  };
  return visit(value, 0);
}

export const DEEPEST = 48;

export function isEntries(data: Located['data']): data is ReadonlyMap<string, Entry> {
  return data instanceof Map;
}

export function isItems(data: Located['data']): data is readonly Located[] {
  return Array.isArray(data);
}

/** As `12:3`. */
export function spotText({line, column}: Spot): string {
  return `${line}:${column}`;
}

/** @returns 1:1 for what is no such text: it is for messages only. */
export function spotOf(text: unknown): Spot {
  const [, line, column] = (typeof text === 'string' && /^(\d{1,7}):(\d{1,7})$/.exec(text)) || [];
  return line === undefined ? {line: 1, column: 1} : {line: Number(line), column: Number(column)};
}

/** The last part of a path, as messages and reports name a file; a stranger's report may say anything. */
export function fileName(path: unknown, otherwise: string): string {
  const name = typeof path === 'string' ? (path.split('/').at(-1) ?? '') : '';
  return /^[^\p{C}]{1,255}$/u.test(name) ? name : otherwise;
}

const MOST = 50;

/** All of them, one line each, in the order of the file. @param file As it is called in messages. */
export function faultsError(file: string, faults: readonly Fault[]): RekindleError {
  const sorted = [...faults].sort((a, b) => a.at.line - b.at.line || a.at.column - b.at.column);
  const lines = [...new Set(sorted.map(({at, what}) => `${file}:${spotText(at)}: ${what}`))];
  const more = lines.length > MOST ? [`and ${lines.length - MOST} more`] : [];
  return new RekindleError('input', [...lines.slice(0, MOST), ...more].join('\n'));
}
