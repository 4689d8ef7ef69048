/** Expression -> text: `parseSelection` makes the same of it again. */
import {printable} from '../../model/printable.ts';
import type {Expression, Term} from './expression.ts';
import {kindWord} from './kinds.ts';

export function printSelection(expression: Expression): string {
  return print(expression, 0);
}

/** @param around How tightly what stands around it binds: 0 nothing, 1 or, 2 and, 3 not. */
function print(expression: Expression, around: number): string {
  if (expression.is === 'kind' || expression.is === 'field') return printTerm(expression);
  if (expression.is === 'not') return `!${print(expression.of, 3)}`;
  const own = expression.is === 'or' ? 1 : 2;
  const text = expression.of.map(part => print(part, own)).join(expression.is === 'or' ? ' | ' : ' & ');
  return own <= around ? `(${text})` : text;
}

export function printTerm(term: Term): string {
  if (term.is === 'kind') {
    const kind = kindWord(term.kind);
    return term.name === undefined ? kind : `${kind}:${value(term.name)}`;
  }
  const key =
    term.key === undefined ? '' : `.${isPlain(term.key) ? term.key : `"${printable(literal(term.key))}"`}`;
  return `${term.field}${key}${term.unlike ? '!=' : '='}${value(term.value)}`;
}

function isPlain(key: string): boolean {
  return /^[^\s()&|!=:"'\\*?]+$/u.test(key) && printable(key) === key;
}

/** On one line, and harmless: what can't be shown stands as its number. */
function value(pattern: string): string {
  const shown = printable(pattern);
  return shown === '' || /^=|[\s()&|"']/u.test(shown) ? `"${shown.replaceAll('"', String.raw`\"`)}"` : shown;
}

function literal(text: string): string {
  return text.replaceAll(/["\\]/g, String.raw`\$&`);
}
