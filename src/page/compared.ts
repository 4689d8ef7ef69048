/** Two sources as one picture: what is in either, and how the second differs. Pure. */
import type {Graph, Node} from '../model/graph.ts';
import type {Row} from '../model/inventory.ts';
import {isPlainObject} from '../model/value.ts';
import {fieldOf, shownLines, type Comparison} from '../verify/index.ts';
import type {Change, PageDifference} from './data.ts';

export interface Compared {
  /** What the sources are called. */
  readonly before: string;
  readonly after: string;
  /** By key in the joined graph; what is not here is the same in both. */
  readonly changes: ReadonlyMap<
    string,
    {readonly change: Change; readonly differences: readonly PageDifference[]}
  >;
}

/** The first graph, and of the second what the first has not: with the ids of the first, where both have the thing. */
export function joined(
  before: Graph,
  after: Graph,
  {pairs, differences}: Pick<Comparison, 'pairs' | 'differences'>,
): {readonly graph: Graph; readonly changes: Compared['changes']} {
  const keys = new Map([...pairs].map(([one, other]) => [other, one]));
  const ids = new Map([...pairs].map(([one, other]) => [idOf(other), idOf(one)]));
  const changes = new Map<string, {change: Change; differences: PageDifference[]}>();
  const nodes = new Map(before.nodes);
  for (const difference of differences) {
    const {what, kind, sourceId = '', cloneId = '', source, clone} = difference;
    if (difference.announced !== undefined) continue;
    const key = `${kind}:${what === 'extra' ? cloneId : sourceId}`;
    const node = after.nodes.get(`${kind}:${cloneId}`);
    if (what === 'extra' && node !== undefined) nodes.set(key, moved(node, keys, ids));
    const change = what === 'extra' ? 'added' : what === 'missing' ? 'removed' : 'changed';
    const known = changes.get(key) ?? {change, differences: []};
    if (what === 'changed') {
      const [one, other] = shownLines(source, clone);
      known.differences.push({
        property: fieldOf(difference),
        ...(source === undefined ? {} : {before: one}),
        ...(clone === undefined ? {} : {after: other}),
      });
    }
    changes.set(key, known);
  }
  const edges = after.edges
    .map(({from, to, property}) => ({from: keys.get(from) ?? from, to: keys.get(to) ?? to, property}))
    .filter(({from, to}) => changes.get(from)?.change === 'added' || changes.get(to)?.change === 'added');
  return {graph: {...before, nodes, edges: [...before.edges, ...edges]}, changes};
}

function moved(node: Node, keys: ReadonlyMap<string, string>, ids: ReadonlyMap<string, string>): Node {
  const {under, row} = node;
  return {
    ...node,
    row: renamed(row, ids) as Row,
    under: under === undefined ? undefined : (keys.get(under) ?? under),
  };
}

function renamed(value: unknown, ids: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return ids.get(value) ?? value;
  if (Array.isArray(value)) return value.map(one => renamed(one, ids));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, renamed(one, ids)]));
}

function idOf(key: string): string {
  return key.slice(key.indexOf(':') + 1);
}
