/** YAML that people write for rekindle -> data with the place of each part. Read as Heat's own parser reads it. */
import {isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Document} from 'yaml';
import {DEEPEST, faultsError, type Entry, type Fault, type Located, type Spot} from '../model/located.ts';
import {pyYaml} from '../model/pyyaml.ts';

/** Anchors let a small file stand for a large one. */
const MOST_PARTS = 200_000;

/** Brackets in texts count as well. */
const MOST_OPEN = 1000;

/**
 * @param from What to call the file in errors.
 * @throws RekindleError 'input': every fault of the text with its line and column.
 */
export function readYamlTree(from: string, text: string): Located {
  const counter = new LineCounter();
  const spot = (offset: number | undefined): Spot => {
    const {line, col} = counter.linePos(offset ?? 0);
    return {line: Math.max(1, line), column: Math.max(1, col)};
  };
  const deep = tooDeep(text);
  if (deep !== undefined) throw faultsError(from, [{at: spotAt(text, deep), what: 'nested too deep'}]);
  const document = parseDocument(text, {
    ...pyYaml,
    // It compares each key with all the others.
    uniqueKeys: false,
    lineCounter: counter,
    prettyErrors: false,
    logLevel: 'silent',
  }) as Document.Parsed;
  if (document.errors.length > 0)
    throw faultsError(
      from,
      document.errors.map(({pos, code}) => ({
        at: spot(pos[0]),
        what: `no YAML: ${code.toLowerCase().replaceAll('_', ' ')}`,
      })),
    );
  const faults: Fault[] = [];
  let parts = 0;
  const anchors = new Map<unknown, unknown>();

  const read = (node: unknown, above: Spot, depth: number): Located => {
    const range = (node as {readonly range?: readonly number[] | null} | null)?.range;
    const at = range === undefined || range === null ? above : spot(range[0]);
    parts += 1;
    if (parts > MOST_PARTS || depth > DEEPEST) {
      if (faults.length === 0)
        faults.push({at, what: depth > DEEPEST ? 'nested too deep' : 'the file stands for too much data'});
      return {at, data: null};
    }
    if (isAlias(node)) {
      // To find an anchor takes a walk over the whole document.
      if (!anchors.has(node)) anchors.set(node, node.resolve(document));
      return {...read(anchors.get(node), at, depth + 1), at};
    }
    if (isSeq(node)) return {at, data: node.items.map(item => read(item, at, depth + 1))};
    if (isMap(node)) {
      const entries = new Map<string, Entry>();
      for (const {key, value} of node.items) {
        const name = read(key, at, depth + 1);
        if (typeof name.data === 'object' && name.data !== null)
          faults.push({at: name.at, what: 'a mapping or a list is used as a key'});
        else if (entries.has(String(name.data))) faults.push({at: name.at, what: 'no YAML: duplicate key'});
        else entries.set(String(name.data), {at: name.at, item: read(value, name.at, depth + 1)});
      }
      return {at, data: entries};
    }
    const value: unknown = isScalar(node) ? node.value : null;
    if (typeof value === 'number' && !Number.isFinite(value))
      faults.push({at, what: 'infinite numbers, and what is no number, have no place in a template'});
    return {at, data: scalar(value)};
  };

  const tree = read(document.contents, {line: 1, column: 1}, 0);
  if (faults.length > 0) throw faultsError(from, faults);
  return tree;
}

/** The parser itself gives up on thousands of open brackets, and takes the process along. */
function tooDeep(text: string): number | undefined {
  let open = 0;
  for (const {0: bracket, index} of text.matchAll(/[[{\]}]/g)) {
    open += bracket === '[' || bracket === '{' ? 1 : -1;
    if (open > MOST_OPEN) return index;
    if (open < 0) open = 0;
  }
  return undefined;
}

function spotAt(text: string, offset: number): Spot {
  const lines = text.slice(0, offset).split('\n');
  return {line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1};
}

function scalar(value: unknown): string | number | boolean | null {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
}
