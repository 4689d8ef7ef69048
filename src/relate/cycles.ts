/** Heat refuses a cycle without naming it (HTTP 500), so none leaves here: order gives way first. */
import {findCycle} from '../model/cycles.ts';
import type {Edge, Node} from '../model/graph.ts';
import {topOf} from '../model/path.ts';

/**
 * Cycles through `depends_on` lose that edge. Where what a stack makes needs what needs the stack, which only that stack's
 * template could disentangle, the property is lost. A cycle of other references is a mapping's mistake; it stays, and the
 * emitter refuses it by name.
 * @param nodes Those that lose a property are replaced in it.
 */
export function breakCycles(nodes: Map<string, Node>, edges: readonly Edge[]): readonly Edge[] {
  let kept = edges;
  for (;;) {
    const cycle = findCycle(nodes.keys(), kept);
    const weakest =
      cycle?.find(edge => edge.property === 'depends_on') ??
      cycle?.find(edge => edge.to.startsWith('stack:'));
    if (weakest === undefined) return kept;
    if (weakest.property === 'depends_on') {
      kept = kept.filter(edge => edge !== weakest);
      continue;
    }
    const property = topOf(weakest.property);
    const node = nodes.get(weakest.from);
    if (node !== undefined) nodes.set(node.key, without(property, node));
    kept = kept.filter(edge => edge.from !== weakest.from || topOf(edge.property) !== property);
  }
}

function without(property: string, node: Node): Node {
  const {[property]: _gone, ...properties} = node.properties;
  const reason = 'it needs what a stack makes, and that stack needs this';
  return {...node, properties, ledger: [...node.ledger, {field: property, fate: 'lost', reason}]};
}
