/** Heat refuses a cycle without naming it (HTTP 500), so none leaves here: order gives way first. */
import {findCycle} from '../model/cycles.ts';
import type {Edge, Node} from '../model/graph.ts';

/**
 * Cycles through `depends_on` lose that edge. A cycle made of references alone is a mapping's mistake; it stays, and
 * the emitter refuses it by name.
 */
export function breakCycles(nodes: ReadonlyMap<string, Node>, edges: readonly Edge[]): readonly Edge[] {
  let kept = edges;
  for (;;) {
    const cycle = findCycle(nodes.keys(), kept);
    const weakest = cycle?.find(edge => edge.property === 'depends_on');
    if (weakest === undefined) return kept;
    kept = kept.filter(edge => edge !== weakest);
  }
}
