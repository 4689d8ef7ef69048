/** What refers to what: edges between resources, and what is outside of them. Pure. */
import type {AnySpec, Scope} from '../model/define.ts';
import type {Edge, External, Graph, Node} from '../model/graph.ts';
import type {Row} from '../model/inventory.ts';
import {Attr, references, type Ref} from '../model/value.ts';
import {breakCycles, loosen} from './cycles.ts';

/**
 * The nodes' edges and externals, as their properties and steps have them; cycles that order makes are broken.
 * @param scope Look-ups over the rows that the nodes were made of.
 * @param circles Other cycles: 'keep' leaves them, 'lose' gives up what closes them.
 */
export function connect(
  drafts: ReadonlyMap<string, Node>,
  scope: Scope,
  specs: ReadonlyMap<string, AnySpec>,
  circles: 'keep' | 'lose' = 'keep',
): Pick<Graph, 'nodes' | 'edges' | 'externals'> {
  const nodes = new Map(drafts);
  let externals = new Map<string, External>();
  const broken = () => breakCycles(nodes, collectEdges(nodes, scope, specs, externals), specs);
  let {edges, cycle} = broken();
  if (circles === 'lose')
    while (cycle !== undefined && loosen(nodes, cycle, specs)) {
      externals = new Map();
      ({edges, cycle} = broken());
    }
  return {
    nodes,
    edges,
    externals: new Map([...externals].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))),
  };
}

function collectEdges(
  nodes: ReadonlyMap<string, Node>,
  scope: Scope,
  specs: ReadonlyMap<string, AnySpec>,
  externals: Map<string, External>,
): Edge[] {
  const edges: Edge[] = [];
  const users = new Map<string, Set<string>>();
  const use = (ref: Ref, node: Node): void => {
    const key = `${ref.kind}:${ref.id}`;
    const known = users.get(key);
    if (known === undefined) {
      users.set(key, new Set([node.key]));
      externals.set(key, external(ref, scope, specs.get(ref.kind)));
    } else known.add(node.key);
  };
  const isResource = (ref: Ref): boolean => nodes.get(`${ref.kind}:${ref.id}`)?.place.as === 'resource';
  for (const node of nodes.values()) {
    // A step may name an outside thing that no property does: its word is the parameter's value.
    for (const {command, of = []} of node.steps) {
      for (const {ref} of references([...command, ...of])) if (!isResource(ref)) use(ref, node);
    }
    if (node.place.as !== 'resource') continue;
    for (const {ref, path} of references(node.properties)) {
      if (isResource(ref)) edges.push({from: node.key, to: `${ref.kind}:${ref.id}`, property: path});
      else if (!(ref instanceof Attr)) use(ref, node);
    }
    for (const ref of node.after) {
      const key = `${ref.kind}:${ref.id}`;
      if (key !== node.key && isResource(ref)) edges.push({from: node.key, to: key, property: 'depends_on'});
    }
  }
  for (const [key, found] of externals) externals.set(key, {...found, usedBy: [...(users.get(key) ?? [])]});
  return edges;
}

function external(ref: Ref, scope: Scope, spec: AnySpec | undefined): External {
  const row = scope.row<string, Row>({kind: ref.kind}, ref.id);
  const given = row?.['name'];
  const name = typeof given === 'string' && given !== '' ? given : ref.id;
  const outside = spec?.outside;
  const prefix =
    outside === undefined
      ? ref.kind
      : typeof outside.prefix === 'string'
        ? outside.prefix
        : outside.prefix(row as never);
  return {
    key: `${ref.kind}:${ref.id}`,
    kind: ref.kind,
    id: ref.id,
    name,
    unique: row === undefined || scope.by<string, Row>({kind: ref.kind}, 'name', name).length <= 1,
    prefix,
    constraint: outside?.constraint,
    optional: outside?.optional === true,
    byId: outside?.byId === true,
    usedBy: [],
  };
}
