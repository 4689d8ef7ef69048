/** Values and names for people: capped, secrets masked, nothing that could drive a terminal. */
import {isSecretName, likelySecretOf} from '../model/likely-secrets.ts';
import {printable} from '../model/printable.ts';
import {isList, isMap, Pointer, type Segment, type Tree} from './tree.ts';
import {Named, type Shown} from './types.ts';

const secret =
  /pass(?:word|wd|phrase)|secret|token|(?:^|[^a-z])psk(?:$|[^a-z])|private_?key|(?:api|auth|access|encryption)_?key|credential|user_?data|admin_?pass/i;
const maxText = 2000;
const maxItems = 50;
const mask = '******';

export function shown(
  tree: Tree,
  path: readonly Segment[],
  named: (pointer: Pointer) => Named | undefined,
): Shown {
  if (tree === undefined) return undefined;
  if (path.some(part => typeof part === 'string' && (secret.test(part) || isSecretName(part)))) return mask;
  if (tree instanceof Pointer) return named(tree) ?? cap(tree.text);
  if (isList(tree)) {
    const items = tree.slice(0, maxItems).map((item, index) => shown(item, [...path, index], named) ?? '');
    return tree.length > maxItems ? [...items, `… ${tree.length - maxItems} more`] : items;
  }
  if (isMap(tree))
    return Object.fromEntries(
      [...tree].slice(0, maxItems).map(([key, item]) => [key, shown(item, [...path, key], named)]),
    );
  if (typeof tree !== 'string') return tree;
  return likelySecretOf(lastName(path), tree) === undefined ? cap(tree) : mask;
}

function lastName(path: readonly Segment[]): string {
  const last = path.at(-1);
  return typeof last === 'string' ? last : '';
}

function cap(text: string): string {
  return text.length > maxText ? `${text.slice(0, maxText)}…` : text;
}

/** One line, quoted, safe for a terminal. */
export function quoted(text: string): string {
  return printable(JSON.stringify(text));
}

/** Without quotes where the text is plain. */
export function bare(text: string): string {
  const inside = quoted(text).slice(1, -1);
  return inside === text ? text : quoted(text);
}

const maxLine = 100;

/** One line for a value. */
export function line(value: Shown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return quoted(value);
  if (value instanceof Named)
    return `${bare(value.kind)} ${value.label === '' ? bare(value.id) : quoted(value.label)}`;
  if (typeof value !== 'object') return String(value);
  if (Array.isArray(value)) return `[${value.map(item => line(item as Shown)).join(', ')}]`;
  const entries = Object.entries(value as Readonly<Record<string, Shown>>);
  return `{${entries.map(([key, item]) => `${bare(key)}: ${line(item)}`).join(', ')}}`;
}

/** Lines of the two values, cut so that where they part is seen. */
export function lines(source: Shown, clone: Shown): readonly [string, string] {
  const [a, b] = [line(source), line(clone)];
  if (a.length <= maxLine && b.length <= maxLine) return [a, b];
  let shared = 0;
  while (shared < a.length && a[shared] === b[shared]) shared++;
  const from = Math.max(0, shared - maxLine / 4);
  return [cut(a, from), cut(b, from)];
}

function cut(text: string, from: number): string {
  const signs = text.length > maxLine ? text.slice(from, from + maxLine) : text;
  if (signs === text) return text;
  return `${from > 0 ? '…' : ''}${signs}${from + maxLine < text.length ? '…' : ''}`;
}
