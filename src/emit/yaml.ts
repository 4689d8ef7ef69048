/** Writes YAML that PyYAML reads back as meant: Heat loads YAML 1.1 (heat `common/template_format.py`). */
import {Document, isScalar, Pair, Scalar, visit, YAMLMap, YAMLSeq, type Node, type ScalarTag} from 'yaml';
import {stringifyString} from 'yaml/util';
import {printable} from '../model/printable.ts';
import {isPlainObject} from '../model/value.ts';
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

/** A line that is written in flow style ends before this column. */
const WIDTH = 110;

/** Where the lines inside a resource's property begin: from there on a map of one entry is no more than a value. */
const INSIDE = 8;

/** Lists without, maps with a blank inside the brackets: `[{ get_resource: web }]`, as the HOT guide has it. */
class FlowList extends YAMLSeq {
  override flow = true;
  override toString(...[context, ...others]: Parameters<YAMLSeq['toString']>): string {
    return super.toString(context && {...context, flowCollectionPadding: ''}, ...others);
  }
}

class FlowMap extends YAMLMap {
  override flow = true;
  override toString(...[context, ...others]: Parameters<YAMLMap['toString']>): string {
    return super.toString(context && {...context, flowCollectionPadding: ' '}, ...others);
  }
}

/**
 * A value as a YAML node. On one line, where that has room: calls, lists of plain words and calls, and maps of such
 * that are items of a list, or have one entry inside a property. All else in blocks.
 * @param indent Column in which the lines of a block of it begin.
 */
export function toNode(value: Json, indent = 0): Node {
  return placed(value, indent, indent);
}

/** @param start Column in which it begins if it goes on the line. */
function placed(value: Json, start: number, indent: number, isItem = false): Node {
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    if (items.every(isShort) && fits(value, start)) return inFlow(value);
    const list = new YAMLSeq();
    for (const item of items) list.add(placed(item, indent + 2, indent + 2, true));
    return list;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    const isLine =
      entries.length === 0 ||
      isCall(value) ||
      ((isItem ? entries.length > 1 : entries.length === 1 && indent >= INSIDE) &&
        entries.every(([, item]) => isShort(item)));
    if (isLine && fits(value, start)) return inFlow(value);
    const map = new YAMLMap();
    for (const [key, item] of entries)
      map.add(new Pair(new Scalar(key), placed(item, indent + key.length + 2, indent + 2)));
    return map;
  }
  return new Scalar(value);
}

/** A sentence: past the width in several lines, which YAML reads as one. */
export function prose(text: string, start: number): Scalar {
  const scalar = new Scalar(text);
  if (start + text.length > WIDTH && /^[!-~]+(?: [!-~]+)*$/.test(text)) {
    scalar.type = Scalar.BLOCK_FOLDED;
    scalar.format = FOLDED;
  }
  return scalar;
}

const FOLDED = 'FOLDED';

/** The library folds all texts or none: this one has its own width. */
const folded: ScalarTag = {
  tag: 'tag:yaml.org,2002:str',
  default: true,
  format: FOLDED,
  identify: value => typeof value === 'string',
  resolve: text => text,
  stringify: (item, context) =>
    stringifyString(item, {
      ...context,
      options: {...context.options, lineWidth: WIDTH, blockQuote: 'folded'},
    }),
};

const EXPONENT = 'EXPONENT';

/** PyYAML takes a number with an exponent for one only where it has a point, which JavaScript leaves out: 1e+21. */
const exponent: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  format: EXPONENT,
  identify: value => typeof value === 'number',
  test: /^-?\d\.0e[-+]\d+$/,
  resolve: Number,
  stringify: ({value}) => String(value).replace('e', '.0e'),
};

function isShort(value: Json): boolean {
  return isCall(value) || isWord(value);
}

function isWord(value: Json): boolean {
  return typeof value === 'string' ? !/[\n\t]/.test(value) : typeof value !== 'object' || value === null;
}

function isCall(value: Json): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const [only, ...others] = Object.entries(value);
  return only !== undefined && others.length === 0 && CALLS.has(only[0]) && isFlat(only[1]);
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
  for (const [key, item] of Object.entries(value)) {
    if (length > limit) break;
    length += flowLength(item, limit) + 2 + (Array.isArray(value) ? 0 : flowLength(key, limit) + 2);
  }
  return length + (Array.isArray(value) ? 0 : 2);
}

function inFlow(value: Json): Node {
  if (Array.isArray(value)) {
    const list = new FlowList();
    for (const item of value as readonly Json[]) list.add(inFlow(item));
    return list;
  }
  if (typeof value === 'object' && value !== null) {
    const map = new FlowMap();
    for (const [key, item] of Object.entries(value)) map.add(new Pair(flowScalar(key), inFlow(item)));
    return map;
  }
  return flowScalar(value);
}

function flowScalar(value: string | number | boolean | null): Scalar {
  const scalar = new Scalar(value);
  if (typeof value === 'string' && isQuotedInFlow(value)) scalar.type = Scalar.QUOTE_SINGLE;
  return scalar;
}

/** PyYAML before 5.1 refuses a colon in a plain word of a flow, as in an IPv6 address; proof: its change #104. */
function isQuotedInFlow(text: string): boolean {
  return /[:?]/.test(text);
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
  const document = new Document(root, {
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
    customTags: tags => [...tags, folded, exponent],
  });
  if (heading !== undefined) document.commentBefore = heading.map(line => ` ${printable(line)}`).join('\n');
  if (last.length > 0) document.comment = last.map(line => ` ${printable(line)}`).join('\n');
  visit(document, {
    Scalar(position, node) {
      if (isScalar(node) && typeof node.value === 'number' && /^-?\de/.test(String(node.value)))
        node.format = EXPONENT;
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
