/**
 * Writes what is as plain as most of a template is: words that no reader of YAML takes for anything else. The library writes
 * the same bytes, at twenty times the cost; whatever is not plain is left to it.
 */
import type {Json} from '../model.ts';
import {isList, isMap, isOneLine, isQuotedInFlow, type Placed, startAfter, STEP} from './form.ts';

/**
 * @param margin Columns before the key.
 * @returns the entry's lines without a break at the end; undefined for what is not plain
 */
export function plainEntry(key: string, value: Placed, margin: number): string | undefined {
  const writer = new Writer();
  const {json, start, indent, style} = value;
  const text =
    style === undefined ? writer.pair(key, json, start, indent, margin) : writer.quoted(key, value);
  return writer.isPlain ? text : undefined;
}

/** `key:`, where the key is plain. */
export function plainKey(key: string): string | undefined {
  return isPlainWord(key) ? `${key}:` : undefined;
}

class Writer {
  /** Whether all that was met is plain; what was written is of no use otherwise. */
  isPlain = true;

  pair(key: string, value: Json, start: number, indent: number, margin: number): string {
    if (!isPlainWord(key)) this.isPlain = false;
    if (!this.isPlain) return '';
    if (typeof value !== 'object' || value === null) return `${key}: ${this.#word(value)}`;
    if (isOneLine(value, start, indent)) return `${key}: ${this.#inFlow(value)}`;
    const inside = margin + STEP;
    return isEmpty(value)
      ? `${key}: ${this.#inFlow(value)}`
      : `${key}:\n${' '.repeat(inside)}${this.#block(value, indent, inside)}`;
  }

  /** A text that is quoted whether it has to be or not. */
  quoted(key: string, {json, style}: Placed): string {
    const isFit =
      style === 'quoted' && typeof json === 'string' && /^[\w.-]+$/.test(json) && isPlainWord(key);
    if (!isFit) this.isPlain = false;
    return isFit ? `${key}: '${json}'` : '';
  }

  /** The first line is without its margin. */
  #block(value: Exclude<Json, string | number | boolean | null>, indent: number, margin: number): string {
    const lines = isList(value)
      ? value.map(item => `- ${this.#item(item, indent + STEP, margin + STEP)}`)
      : Object.entries(value).map(([key, item]) =>
          this.pair(key, item, startAfter(key, indent), indent + STEP, margin),
        );
    return lines.join(`\n${' '.repeat(margin)}`);
  }

  #item(value: Json, indent: number, margin: number): string {
    if (!this.isPlain) return '';
    if (typeof value !== 'object' || value === null) return this.#word(value);
    return isOneLine(value, indent, indent, true) || isEmpty(value)
      ? this.#inFlow(value)
      : this.#block(value, indent, margin);
  }

  #inFlow(value: Json): string {
    if (isList(value)) return `[${value.map(item => this.#inFlow(item)).join(', ')}]`;
    if (!isMap(value)) return typeof value === 'string' ? this.#wordInFlow(value) : this.#word(value);
    const pairs = Object.entries(value).map(
      ([key, item]) => `${this.#wordInFlow(key)}: ${this.#inFlow(item)}`,
    );
    return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
  }

  #wordInFlow(text: string): string {
    return isQuotedInFlow(text) && isPlainWord(text) ? `'${text}'` : this.#word(text);
  }

  #word(value: string | number | boolean | null): string {
    if (typeof value === 'string') {
      if (value === '') return "''";
      if (isPlainWord(value) || ADDRESS.test(value)) return value;
      if (DIGITS.test(value)) return `'${value}'`;
    } else if (typeof value !== 'number' || (Number.isSafeInteger(value) && !Object.is(value, -0)))
      return String(value);
    this.isPlain = false;
    return '';
  }
}

function isEmpty(value: object): boolean {
  return Object.keys(value).length === 0;
}

/** Words of letters, digits, `_`, `.`, `/` and `-`, which begin with a letter; a colon only within. */
const WORDS = /^[A-Za-z](?:[\w./-]|:(?=[\w:./-])| (?=[\w./-]))*$/;

/** Those that YAML 1.1 or 1.2 reads as a truth value, as nothing or, as `e9`, as a number. */
const READ_OTHERWISE = /^(?:y|yes|n|no|on|off|true|false|null|e-?\d+)$/i;

/** IPv4, with or without the length of its prefix. */
const ADDRESS = /^\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?$/;

/** Would be read as a number. */
const DIGITS = /^\d{1,15}$/;

/** Longer ones may be folded, or have to be explicit keys. */
const LONGEST = 500;

function isPlainWord(text: string): boolean {
  return text.length <= LONGEST && WORDS.test(text) && !READ_OTHERWISE.test(text);
}
