/** Parameters for outside things that take only what the source's project uses of that kind. Pure. */
import type {External, Graph} from '../model/graph.ts';
import {isUuid} from '../model/physical.ts';
import type {Shape} from '../model/shape.ts';

/** Kinds of which a cloud offers several, to choose from. */
const choices: ReadonlySet<string> = new Set([
  'image',
  'flavor',
  'network',
  'volume_type',
  'share_type',
  'availability_zone',
  'volume_availability_zone',
  'lb_flavor',
  'lb_availability_zone',
]);

export function constrain(graph: Graph, {constrain: to}: Shape): Graph {
  if (to !== 'source') return graph;
  const names = new Map<string, Set<string>>();
  for (const external of graph.externals.values()) {
    if (!isNamed(external)) continue;
    const known = names.get(groupOf(external));
    if (known === undefined) names.set(groupOf(external), new Set([external.name]));
    else known.add(external.name);
  }
  const externals = [...graph.externals].map(([key, external]): [string, External] => {
    const allowed = isNamed(external) ? names.get(groupOf(external)) : undefined;
    return [key, allowed === undefined ? external : {...external, allowed: [...allowed].sort()}];
  });
  return {...graph, externals: new Map(externals)};
}

/** External networks are chosen among such. */
function groupOf({kind, prefix}: External): string {
  return `${kind} ${prefix}`;
}

function isNamed({kind, unique, optional, id, name}: External): boolean {
  return choices.has(kind) && unique && !optional && (name !== id || !isUuid(id));
}
