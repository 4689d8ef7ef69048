/** Writes anything, by the YAML library. `compat` quotes what YAML 1.1 would read as something else; two gaps are closed here. */
import {Document, isScalar, Pair, Scalar, visit, YAMLMap, YAMLSeq, type Node, type ScalarTag} from 'yaml';
import {stringifyString} from 'yaml/util';
import {printable} from '../../model/printable.ts';
import type {Json} from '../model.ts';
import {
  type Content,
  type Entry,
  isList,
  isMap,
  isOneLine,
  isQuotedInFlow,
  Placed,
  startAfter,
  STEP,
  WIDTH,
} from './form.ts';

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

function nodeOf(content: Content): Node {
  if (!(content instanceof Placed)) return mapOf(content.entries);
  const {json, start, indent, style} = content;
  if (style === undefined || typeof json !== 'string') return placed(json, start, indent);
  const scalar = new Scalar(json);
  scalar.type = style === 'quoted' ? Scalar.QUOTE_SINGLE : Scalar.BLOCK_FOLDED;
  if (style === 'folded') scalar.format = FOLDED;
  return scalar;
}

function placed(value: Json, start: number, indent: number, isItem = false): Node {
  if (!isList(value) && !isMap(value)) return new Scalar(value);
  if (isOneLine(value, start, indent, isItem)) return inFlow(value);
  if (isList(value)) {
    const list = new YAMLSeq();
    for (const item of value) list.add(placed(item, indent + STEP, indent + STEP, true));
    return list;
  }
  const map = new YAMLMap();
  for (const [key, item] of Object.entries(value))
    // `add` would look through all of it for the key each time.
    map.items.push(new Pair(new Scalar(key), placed(item, startAfter(key, indent), indent + STEP)));
  return map;
}

function inFlow(value: Json): Node {
  if (isList(value)) {
    const list = new FlowList();
    for (const item of value) list.add(inFlow(item));
    return list;
  }
  if (isMap(value)) {
    const map = new FlowMap();
    for (const [key, item] of Object.entries(value)) map.items.push(new Pair(flowScalar(key), inFlow(item)));
    return map;
  }
  return flowScalar(value);
}

function flowScalar(value: string | number | boolean | null): Scalar {
  const scalar = new Scalar(value);
  if (typeof value === 'string' && isQuotedInFlow(value)) scalar.type = Scalar.QUOTE_SINGLE;
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

function mapOf(entries: readonly Entry[]): YAMLMap {
  const map = new YAMLMap();
  for (const {key, value, comments = [], beside, space} of entries) {
    const scalar = new Scalar(key);
    const node = nodeOf(value);
    const isLine = isScalar(node) && !String(node.value).includes('\n');
    const above = beside === undefined || isLine ? comments : [...comments, beside];
    if (above.length > 0)
      scalar.commentBefore = above.map(line => (line === '' ? '' : ` ${printable(line)}`)).join('\n');
    if (beside !== undefined && isLine) node.comment = ` ${printable(beside)}`;
    if (space === true) scalar.spaceBefore = true;
    map.items.push(new Pair(scalar, node));
  }
  return map;
}

/** The text of a document of these entries. @param heading Above all of it. @param last Below. */
export function libraryText(
  entries: readonly Entry[],
  heading: readonly string[] = [],
  last: readonly string[] = [],
): string {
  const document = new Document(mapOf(entries), {
    compat: 'yaml-1.1',
    aliasDuplicateObjects: false,
    customTags: tags => [...tags, folded, exponent],
  });
  if (heading.length > 0) document.commentBefore = heading.map(line => ` ${printable(line)}`).join('\n');
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
