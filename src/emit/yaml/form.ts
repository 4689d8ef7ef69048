/** What is to be written, and which of it stands on one line: the house style, whoever writes it. */
import {isPlainObject} from '../../model/value.ts';
import type {Json} from '../model.ts';

/** One entry of a map that is written entry by entry. */
export interface Entry {
  readonly key: string;
  readonly value: Content;
  /** Lines above it; control characters are escaped when they are written. */
  readonly comments?: readonly string[];
  /** On the line of a plain value, above any other. */
  readonly beside?: string | undefined;
  /** A blank line above. */
  readonly space?: boolean;
  /** Its own lines with their margin, where they are known; nothing that follows can change them. */
  readonly text?: string | undefined;
}

export type Content = Placed | Section;

/** A value, and the columns that say what of it has room on a line. */
export class Placed {
  readonly json: Json;
  /** Column in which it begins if it goes on the line. */
  readonly start: number;
  /** Column in which the lines of a block of it begin. */
  readonly indent: number;
  /** Of a text, where it is not the usual one. */
  readonly style: 'folded' | 'quoted' | undefined;

  constructor(json: Json, start: number, indent: number, style?: Placed['style']) {
    this.json = json;
    this.start = start;
    this.indent = indent;
    this.style = style;
  }

  /** Of a map that takes several lines: its entries, each placed. */
  entries(): readonly Entry[] | undefined {
    const {json, start, indent} = this;
    if (!isMap(json) || isOneLine(json, start, indent)) return undefined;
    return Object.entries(json).map(([key, item]) => ({
      key,
      value: new Placed(item, startAfter(key, indent), indent + STEP),
    }));
  }
}

/** Entries with what stands above and beside them. */
export class Section {
  readonly entries: readonly Entry[];

  constructor(entries: readonly Entry[]) {
    this.entries = entries;
  }
}

/** Columns that each level is further in. */
export const STEP = 2;

/** A line that is written in flow style ends before this column. */
export const WIDTH = 110;

/** Where the lines inside a resource's property begin: from there on a map of one entry is no more than a value. */
const INSIDE = 8;

/** Calls that read well on one line. */
const CALLS = new Set([
  'get_resource',
  'get_param',
  'get_attr',
  'get_file',
  'if',
  'equals',
  'not',
  'and',
  'or',
  'list_join',
  'custom_constraint',
  'range',
  'length',
  'allowed_pattern',
]);

/** Column in which the value of a key begins. */
export function startAfter(key: string, indent: number): number {
  return indent + key.length + 2;
}

export function isMap(value: Json): value is {readonly [key: string]: Json} {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/**
 * Whether a list or a map stands on one line. Where there is room: calls, lists of plain words and calls, and maps of
 * such that are items of a list, or have one entry inside a property. All else is in blocks.
 */
export function isOneLine(
  value: {readonly [key: string]: Json} | readonly Json[],
  start: number,
  indent: number,
  isItem = false,
): boolean {
  if (isList(value)) return value.every(isShort) && fits(value, start);
  const keys = Object.keys(value);
  const isLine =
    keys.length === 0 ||
    isCall(value) ||
    ((isItem ? keys.length > 1 : keys.length === 1 && indent >= INSIDE) &&
      keys.every(key => isShort(value[key] ?? null)));
  return isLine && fits(value, start);
}

function isShort(value: Json): boolean {
  return isCall(value) || isWord(value);
}

function isWord(value: Json): boolean {
  return typeof value === 'string' ? !/[\n\t]/.test(value) : typeof value !== 'object' || value === null;
}

function isCall(value: Json): boolean {
  if (!isMap(value)) return false;
  const keys = Object.keys(value);
  const [only = ''] = keys;
  return keys.length === 1 && CALLS.has(only) && isFlat(value[only] ?? null);
}

/** Words, calls, lists of them, and bounds like `{ min: 1 }`. */
function isFlat(value: Json): boolean {
  if (Array.isArray(value)) return (value as readonly Json[]).every(isFlat);
  return isShort(value) || (isPlainObject(value) && Object.values(value).every(item => isWord(item)));
}

function fits(value: Json, start: number): boolean {
  return start + flowLength(value, WIDTH) <= WIDTH;
}

/** Columns of the value on one line; past the limit it may be any number above it. */
function flowLength(value: Json, limit: number): number {
  let length = 0;
  if (typeof value === 'string') return value.length + (isQuotedInFlow(value) ? 2 : 0);
  if (typeof value !== 'object' || value === null) return String(value).length;
  if (isList(value)) {
    for (const item of value) {
      if (length > limit) break;
      length += flowLength(item, limit) + 2;
    }
    return length;
  }
  for (const key of Object.keys(value)) {
    if (length > limit) break;
    length += flowLength(value[key] ?? null, limit) + 2 + flowLength(key, limit) + 2;
  }
  return length + 2;
}

/** PyYAML before 5.1 refuses a colon in a plain word of a flow, as in an IPv6 address; proof: its change #104. */
export function isQuotedInFlow(text: string): boolean {
  return /[:?]/.test(text);
}
