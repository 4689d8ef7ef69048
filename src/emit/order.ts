/**
 * The order in which a person would read the resources: sections as the registry has them, under each thing what
 * belongs to it (its floating IP too; volumes outlive their servers and have a section), and things that do one job
 * (web-1, web-2) beside each other, servers by the network they are on.
 */
import type {Graph, Node} from '../model/graph.ts';
import {ageOf} from '../model/inventory.ts';
import {isPlainObject, Ref, type Value} from '../model/value.ts';
import {inKeptOrder} from './kept.ts';

/** @param rankOf Place in the earlier bundle's template; who has one stays where it stood. */
export function* inReadingOrder(
  graph: Graph,
  rankOf: (node: Node) => number | undefined = () => undefined,
): Generator<{node: Node; root: Node}> {
  const children = new Map<string | undefined, Node[]>();
  for (const node of graph.nodes.values()) {
    if (node.place.as !== 'resource') continue;
    const above = node.under ?? portOf(node);
    const parent = above !== undefined && graph.nodes.get(above)?.place.as === 'resource' ? above : undefined;
    const list = children.get(parent);
    if (list === undefined) children.set(parent, [node]);
    else list.push(node);
  }
  const done = new Set<string>();
  const networks = new Map<string, number>();
  const visit = function* (root: Node): Generator<{node: Node; root: Node}> {
    const todo = [root];
    for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
      if (done.has(node.key)) continue;
      done.add(node.key);
      if (node.kind === 'network') networks.set(node.key, networks.size);
      yield {node, root};
      todo.push(...inOrder(children.get(node.key) ?? []).toReversed());
    }
  };
  const inOrder = (nodes: readonly Node[]): readonly Node[] =>
    byKind(nodes).flatMap(some => {
      const [first] = some;
      const rank =
        first?.kind === 'server' ? (node: Node) => networkRank(node, graph, networks) : () => undefined;
      return inKeptOrder(byJob(some, rank), rankOf);
    });
  for (const some of byKind(children.get(undefined) ?? []))
    for (const root of inOrder(some)) yield* visit(root);
  // Two that stand under each other would be forgotten otherwise.
  for (const node of graph.nodes.values())
    if (node.place.as === 'resource' && !done.has(node.key)) yield* visit(node);
}

/** What a floating IP points at. */
function portOf({kind, properties}: Node): string | undefined {
  const target = kind === 'floating_ip' ? properties['port_id'] : undefined;
  return target instanceof Ref ? `${target.kind}:${target.id}` : undefined;
}

/** Neighbours of one kind. */
function byKind(nodes: readonly Node[]): readonly (readonly Node[])[] {
  const runs: Node[][] = [];
  for (const node of nodes) {
    const run = runs.at(-1);
    if (run !== undefined && run[0]?.kind === node.kind) run.push(node);
    else runs.push([node]);
  }
  return runs;
}

/** Those of one job together where the oldest stands, by name; the rank comes first. A position in all of them says it. */
function byJob(nodes: readonly Node[], rank: (node: Node) => number | undefined): readonly Node[] {
  const positions = nodes.map(({properties}) => properties['position']);
  if (positions.every(position => typeof position === 'number'))
    return nodes.toSorted((a, b) => Number(a.properties['position']) - Number(b.properties['position']));
  const jobs = new Map<string, Node[]>();
  for (const node of nodes.toSorted(byAge)) {
    const key = `${rank(node) ?? ''} ${jobOf(node)}`;
    const job = jobs.get(key);
    if (job === undefined) jobs.set(key, [node]);
    else job.push(node);
  }
  return [...jobs.values()]
    .map((job, index) => ({job, index, rank: job[0] === undefined ? undefined : rank(job[0])}))
    .sort((a, b) => (a.rank ?? Infinity) - (b.rank ?? Infinity) || a.index - b.index)
    .flatMap(({job}) => job.sort((a, b) => compareNames(a.label, b.label)));
}

/** What was made within the same second, by name. */
function byAge(a: Node, b: Node): number {
  const [left, right] = [ageOf(a.row), ageOf(b.row)];
  return left < right ? -1 : left > right ? 1 : compareNames(a.label, b.label);
}

/** What it is there for: a server's metadata may say so, else its name without the number at its end. */
export function jobOf({kind, label, key, row}: Pick<Node, 'kind' | 'label' | 'key' | 'row'>): string {
  const metadata = kind === 'server' ? row['metadata'] : undefined;
  const role = isPlainObject(metadata) ? metadata['role'] : undefined;
  if (typeof role === 'string' && role !== '') return role;
  return stemOf(label) || key;
}

/** The name without the number at its end, as `web` of `web-12`; '' where no letter is left. */
export function stemOf(name: string): string {
  const stem = name.slice(0, 255).replace(/[-_. ]?\d+$/, '');
  return /\p{L}/u.test(stem) ? stem : '';
}

/** By name, numbers in it by their value. No locale has a say. */
export function compareNames(a: string, b: string): number {
  const [left, right] = [a, b].map(name => name.split(/(\d+)/));
  for (const [index, part] of (left ?? []).entries()) {
    const other = right?.[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    const numbers = index % 2 === 1 ? Number(part) - Number(other) : 0;
    return numbers || (part < other ? -1 : 1);
  }
  return (left?.length ?? 0) - (right?.length ?? 0);
}

/** Where the network of its first NIC stands; undefined for one that the template does not build. */
function networkRank(server: Node, graph: Graph, networks: ReadonlyMap<string, number>): number | undefined {
  const nics = server.properties['networks'];
  const [first] = Array.isArray(nics) ? (nics as readonly Value[]) : [];
  const port = isPlainObject(first) ? first['port'] : undefined;
  if (!(port instanceof Ref)) return undefined;
  const network = graph.nodes.get(`${port.kind}:${port.id}`)?.properties['network'];
  return network instanceof Ref ? networks.get(`${network.kind}:${network.id}`) : undefined;
}
