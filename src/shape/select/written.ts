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
  /** By kind and name: how many have it, and how many of those are wanted. */
  const named = new Map<string, {things: number; wanted: number}>();
  const signOf = (node: Node): string => `${node.kind} ${nameOf(node)}`;
  for (const node of all) {
    const count = named.get(signOf(node)) ?? {things: 0, wanted: 0};
    count.things += 1;
    if (keys.has(node.key)) count.wanted += 1;
    named.set(signOf(node), count);
  }
  const terms = new Map<string, Expression>();
  for (const node of all) {
    if (!keys.has(node.key)) continue;
    const {kind, id} = node;
    const count = named.get(signOf(node));
    const isEnough = nameOf(node) !== '' && count !== undefined && count.things === count.wanted;
    const term: Expression = isEnough
      ? {is: 'kind', kind, name: escapeGlob(nameOf(node)), at: 1}
      : {
          is: 'and',
          of: [
            {is: 'kind', kind, at: 1},
            {is: 'field', field: 'id', value: escapeGlob(id), unlike: false, at: 1},
          ],
        };
    terms.set(printSelection(term), term);
  }
  const of = [...terms.values()];
  const [first] = of;
  if (first === undefined) return undefined;
  return printSelection(of.length === 1 ? first : {is: 'or', of});
}
