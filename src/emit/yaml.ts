/** Writes YAML that PyYAML reads back as meant: Heat loads YAML 1.1 (heat `common/template_format.py`). */
import {Document, isScalar, Pair, Scalar, visit, YAMLMap, YAMLSeq, type Node} from 'yaml';
import {printable} from '../model/printable.ts';
import type {Json} from './model.ts';

/** One entry of a top-level section. */
export interface Entry {
  readonly key: string;
  readonly value: Node;
  /** Lines above it; control characters are escaped here. */
  readonly comments?: readonly string[];
  /** On the line of a plain value, above any other. */
  readonly beside?: string | undefined;
  /** A blank line above. */
  readonly space?: boolean;
}

/** Calls short enough to read on one line. */
const INLINE = new Set([
  'get_resource',
  'get_param',
  'get_attr',
  'get_file',
  'equals',
  'not',
  'custom_constraint',
]);
const INLINE_LENGTH = 90;

/** A value as a YAML node; short intrinsics in flow style, all else in blocks. */
export function toNode(value: Json): Node {
  if (Array.isArray(value)) {
    const list = new YAMLSeq();
    for (const item of value as readonly Json[]) list.add(toNode(item));
    if (list.items.length === 0) list.flow = true;
    return list;
  }
  if (typeof value === 'object' && value !== null) {
    const map = new YAMLMap();
    for (const key of Object.keys(value))
      map.add(new Pair(new Scalar(key), toNode((value as Record<string, Json>)[key] as Json)));
    const [only, ...others] = Object.keys(value);
    const call = only !== undefined && others.length === 0 && INLINE.has(only);
    if (only === undefined || (call && JSON.stringify(value).length <= INLINE_LENGTH)) map.flow = true;
    return map;
  }
  return new Scalar(value);
}

/** @returns the entries as one map. */
export function toMap(entries: readonly Entry[]): YAMLMap {
  const map = new YAMLMap();
  for (const {key, value, comments = [], beside, space} of entries) {
    const scalar = new Scalar(key);
    const isLine = isScalar(value) && !String(value.value).includes('\n');
    const above = beside === undefined || isLine ? comments : [...comments, beside];
    if (above.length > 0)
      scalar.commentBefore = above.map(line => (line === '' ? '' : ` ${printable(line)}`)).join('\n');
    if (beside !== undefined && isLine) value.comment = ` ${printable(beside)}`;
    if (space === true) scalar.spaceBefore = true;
    // `add` would look through all of it for the key each time.
    map.items.push(new Pair(scalar, value));
  }
  return map;
}

/** Text of a document. `compat` quotes what YAML 1.1 would read as something else; two gaps are closed here. */
export function stringify(root: YAMLMap, heading?: readonly string[], last: readonly string[] = []): string {
  const document = new Document(root, {compat: 'yaml-1.1', aliasDuplicateObjects: false});
  if (heading !== undefined) document.commentBefore = heading.map(line => ` ${printable(line)}`).join('\n');
  if (last.length > 0) document.comment = last.map(line => ` ${printable(line)}`).join('\n');
  visit(document, {
    Scalar(position, node) {
      if (!isScalar(node) || typeof node.value !== 'string') return;
      // PyYAML takes a plain = for its "value" tag; raw control characters and odd line breaks it refuses.
      // A tab it takes in a block only, a line break in a key not at all.
      const block = position !== 'key' && node.value.includes('\n');
      if (UNSAFE.test(node.value) || (!block && /[\t\n]/.test(node.value))) node.type = Scalar.QUOTE_DOUBLE;
      else if (node.value === '=') node.type = Scalar.QUOTE_SINGLE;
    },
  });
  const text = document.toString({lineWidth: 0, blockQuote: 'literal', singleQuote: true});
  return text.replace(UNSAFE_ALL, escape);
}

// eslint-disable-next-line no-control-regex -- these are the characters to escape
const UNSAFE = /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/;
const UNSAFE_ALL = /[\u007F-\u009F\u2028\u2029\uFEFF\uFFFE\uFFFF]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
