/** Things that somebody pointed at -> the text that selects them. */
import type {Node} from '../../model/graph.ts';
import {escapeGlob} from '../../model/glob.ts';
import type {Expression} from './expression.ts';
import {isSelectable} from './closure.ts';
import {nameOf} from './match.ts';
import {printSelection} from './print.ts';

/**
 * @param keys Of the things; those that can't be selected are left out.
 * @returns an expression that fits these things and no others, by kind and name where that is enough, else by id;
 * in the graph's order, undefined for nothing
 */
export function expressionOf(
  keys: ReadonlySet<string>,
  nodes: ReadonlyMap<string, Node>,
): string | undefined {
  const all = [...nodes.values()].filter(isSelectable);
  const wanted = all.filter(({key}) => keys.has(key));
  const [there, named] = [countsOf(all), countsOf(wanted)];
  const terms = new Map<string, Expression>();
  for (const node of wanted) {
    const sign = signOf(node);
    const term = termOf(node, there.get(sign) === named.get(sign));
    terms.set(printSelection(term), term);
  }
  const of = [...terms.values()];
  const [first] = of;
  if (first === undefined) return undefined;
  return printSelection(of.length === 1 ? first : {is: 'or', of});
}

/** The expression for each thing alone, by its key, in the graph's order. */
export function expressionsOf(nodes: ReadonlyMap<string, Node>): ReadonlyMap<string, string> {
  const all = [...nodes.values()].filter(isSelectable);
  const there = countsOf(all);
  return new Map(
    all.map(node => [node.key, printSelection(termOf(node, there.get(signOf(node)) === 1))] as const),
  );
}

/** What a term by kind and name says of it. */
function signOf(node: Node): string {
  return `${node.kind} ${nameOf(node)}`;
}

function countsOf(nodes: readonly Node[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(signOf(node), (counts.get(signOf(node)) ?? 0) + 1);
  return counts;
}

/** @param isEnough Kind and name fit nothing else. */
function termOf(node: Node, isEnough: boolean): Expression {
  const {kind, id} = node;
  if (isEnough && nameOf(node) !== '') return {is: 'kind', kind, name: escapeGlob(nameOf(node)), at: 1};
  return {
    is: 'and',
    of: [
      {is: 'kind', kind, at: 1},
      {is: 'field', field: 'id', value: escapeGlob(id), unlike: false, at: 1},
    ],
  };
}
