/** The text of a selection, cut into tokens with their columns. */
import {RekindleError} from '../../model/errors.ts';

export type Sign = '(' | ')' | '&' | '|' | '!' | '!=' | '=' | ':';

export interface Token {
  /** `word`: of a kind or field; `value`: what stands after `:`, `=` and `!=`; `quoted`: a text anywhere else. */
  readonly is: Sign | 'word' | 'value' | 'quoted' | 'end';
  /** As a pattern where it is a value or quoted: `*` and `?` are wild, a backslash makes a sign mean itself. */
  readonly text: string;
  /** Columns, from 1: of its first character, and of the one after its last. */
  readonly at: number;
  readonly end: number;
}

const signs: Readonly<Record<string, Sign>> = {
  and: '&',
  or: '|',
  not: '!',
};

/** @throws RekindleError 'usage' with the column. */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let at = 0;
  const push = (is: Token['is'], from: number, value = text.slice(from, at)): void => {
    tokens.push({is, text: value, at: from + 1, end: at + 1});
  };
  while (at < text.length) {
    const from = at;
    const sign = text[at] ?? '';
    const before = tokens.at(-1)?.is;
    if (/\s/.test(sign)) at += 1;
    else if (sign === '"' || sign === "'") {
      const value = quoted(text, at);
      at = value.end;
      push(isValued(before) ? 'value' : 'quoted', from, value.pattern);
    } else if (isValued(before)) {
      const found = /^(?:\\.|[^\s()&|\\])+/su.exec(text.slice(at))?.[0];
      if (found === undefined) throw bad(text, at + 1, `expected a value, found ${said(sign)}`);
      at += found.length;
      push('value', from, canonical(found));
    } else if (sign === '&' || sign === '|') {
      at += text[at + 1] === sign ? 2 : 1;
      push(sign, from);
    } else if (sign === '(' || sign === ')' || sign === ':') {
      at += 1;
      push(sign, from);
    } else if (sign === '!' || sign === '=') {
      at += text[at + 1] === '=' ? 2 : 1;
      push(sign === '=' ? '=' : at - from === 2 ? '!=' : '!', from);
    } else {
      at += /^[^\s()&|!=:"']+/u.exec(text.slice(at))?.[0].length ?? 1;
      const word = text.slice(from, at);
      const operator = word.toLowerCase();
      push(Object.hasOwn(signs, operator) ? (signs[operator] ?? 'word') : 'word', from);
    }
  }
  push('end', at, '');
  return tokens;
}

function isValued(is: Token['is'] | undefined): boolean {
  return is === ':' || is === '=' || is === '!=';
}

function quoted(text: string, from: number): {readonly pattern: string; readonly end: number} {
  const quote = text[from];
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === quote) return {pattern: canonical(text.slice(from + 1, at)), end: at + 1};
  }
  throw bad(
    text,
    text.length + 1,
    `expected ${quote ?? ''} after the text that begins in column ${from + 1}`,
  );
}

/** Backslashes only where they are needed. `\\u{a}` is a character by its number, as reports show those that can't be shown. */
function canonical(pattern: string): string {
  return pattern.replaceAll(
    /\\(?:u\{([0-9a-fA-F]{1,6})\}|(.))/gsu,
    (both, digits?: string, sign?: string) => {
      const code = digits === undefined ? undefined : Number.parseInt(digits, 16);
      if (code !== undefined && code > 0x10ffff) return both.slice(1);
      const meant = code === undefined ? (sign ?? '') : String.fromCodePoint(code);
      return /^[*?\\]$/.test(meant) ? `\\${meant}` : meant;
    },
  );
}

/** A mistake in a selection, with where it is: the text may be a line of a file. */
export class SelectionFault extends RekindleError {
  /** From 1. */
  readonly column: number;
  readonly what: string;

  constructor(text: string, column: number, what: string, hint: string | undefined) {
    super('usage', `The selection ${JSON.stringify(text)}, column ${column}: ${what}`, {hint});
    this.column = column;
    this.what = what;
  }
}

/** The one form that a mistake in a selection is told in. */
export function bad(text: string, column: number, what: string, hint?: string): SelectionFault {
  return new SelectionFault(text, column, what, hint);
}

export function said(text: string): string {
  return text === '' ? 'the end' : JSON.stringify(text);
}
