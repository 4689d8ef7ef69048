/** Heat refuses a cycle without naming it (HTTP 500), so none leaves here: order gives way first. */
import {findCycle} from '../model/cycles.ts';
import type {AnySpec} from '../model/define.ts';
import type {Edge, LedgerEntry, Node} from '../model/graph.ts';
import {topOf} from '../model/path.ts';
import {requiredOf} from './plan.ts';

type Specs = ReadonlyMap<string, AnySpec>;

const inStack = 'it needs what a stack makes, and that stack needs this';
const inCircle = 'it is needed by what it refers to, and no template can say a circle';

/**
 * Cycles through `depends_on` lose that edge. Where what a stack makes needs what needs the stack, which only that stack's
 * template could disentangle, the property is lost. Any other cycle stays: whoever made it is told by name.
 * @param nodes Those that lose a property are replaced in it.
 * @returns the edges that stay, and a cycle among them if there is one.
 */
export function breakCycles(
  nodes: Map<string, Node>,
  edges: readonly Edge[],
  specs: Specs,
): {readonly edges: readonly Edge[]; readonly cycle: readonly Edge[] | undefined} {
  let kept = edges;
  for (;;) {
    const cycle = findCycle(nodes.keys(), kept);
    const weakest =
      cycle?.find(edge => edge.property === 'depends_on') ??
      cycle?.find(edge => edge.to.startsWith('stack:'));
    if (weakest === undefined) return {edges: kept, cycle};
    if (weakest.property === 'depends_on') {
      kept = kept.filter(edge => edge !== weakest);
      continue;
    }
    const property = topOf(weakest.property);
    const node = nodes.get(weakest.from);
    if (node !== undefined) nodes.set(node.key, without(property, node, specs, inStack));
    kept = kept.filter(edge => edge.from !== weakest.from || topOf(edge.property) !== property);
  }
}

/**
 * No service lets its things refer to each other in a circle, but a row may say anything: one property of the circle is
 * lost, or where Heat requires them all, the thing that has it.
 * @returns whether anything was.
 */
export function loosen(nodes: Map<string, Node>, cycle: readonly Edge[], specs: Specs): boolean {
  const isOptional = ({from, property}: Edge): boolean => {
    const spec = specs.get(nodes.get(from)?.kind ?? '');
    const top = topOf(property);
    return spec === undefined || (!requiredOf(spec).includes(top) && spec.optional?.property !== top);
  };
  const weakest = cycle.find(isOptional);
  const node = nodes.get((weakest ?? cycle[0])?.from ?? '');
  if (node === undefined) return false;
  nodes.set(
    node.key,
    weakest === undefined ? lost(node) : without(topOf(weakest.property), node, specs, inCircle),
  );
  return true;
}

function without(property: string, node: Node, specs: Specs, reason: string): Node {
  const {[property]: _gone, ...properties} = node.properties;
  const field = specs.get(node.kind)?.properties[property]?.reads[0] ?? property;
  const others = node.ledger.filter(entry => entry.field !== field);
  return {...node, properties, ledger: [...others, {field, fate: 'lost', reason}]};
}

function lost(node: Node): Node {
  const ledger = node.ledger.map((entry): LedgerEntry =>
    entry.fate === 'derived' ? entry : {field: entry.field, fate: 'lost', reason: inCircle},
  );
  const place = {as: 'lost' as const, reason: inCircle};
  return {...node, place, properties: {}, after: [], ledger, steps: [], notes: []};
}
