/** `{resource: 'kind:name'}` -> the thing that it means. Pure. */
import type {Node} from '../../model/graph.ts';
import type {Row} from '../../model/inventory.ts';
import {nearest} from '../../model/nearest.ts';
import {Ref} from '../../model/value.ts';
import type {Related} from '../../relate/index.ts';
import {specOf} from '../../resources/index.ts';
import {words} from './schema.ts';
import type {SaidResource} from './types.ts';

/** @returns the reference, or why there is none. */
export function referenceTo({kind, name}: SaidResource, {graph, scope}: Related): Ref | string {
  const byId = graph.nodes.get(`${kind}:${name}`);
  const found = byId === undefined ? ofName(kind, name, graph.nodes) : [byId];
  const [node, ...others] = found;
  if (others.length > 0)
    return `${found.length} of kind ${kind} are called ${JSON.stringify(name)}: say which by its id (\`rekindle list --long\` shows it)`;
  if (node === undefined) return outside(kind, name, {graph, scope});
  if (node.place.as === 'lost')
    return `the ${words(kind)} ${JSON.stringify(name)} is not rebuilt: ${node.place.reason}`;
  if (node.place.as === 'part' || node.place.as === 'step')
    return `the ${words(kind)} ${JSON.stringify(name)} is no resource of its own, so nothing can refer to it`;
  return new Ref(kind, node.id);
}

function ofName(kind: string, name: string, nodes: ReadonlyMap<string, Node>): readonly Node[] {
  return [...nodes.values()].filter(node => node.kind === kind && node.label === name);
}

/** Kinds that a template only refers to. */
function outside(kind: string, name: string, {graph, scope}: Related): Ref | string {
  if (specOf(kind)?.heat === undefined) {
    const rows = scope.rows<string, Row>({kind});
    const known = scope.row<string, Row>({kind}, name) ?? rows.find(row => row['name'] === name);
    if (known !== undefined) return new Ref(kind, String(known['id']));
    // Some have no rows: a flavor is what a server says of it.
    if (graph.externals.has(`${kind}:${name}`)) return new Ref(kind, name);
  }
  const names = [
    ...[...graph.nodes.values()].filter(node => node.kind === kind).map(({label}) => label),
    ...[...graph.externals.values()].filter(one => one.kind === kind).map(one => one.name),
  ];
  const like = nearest(name, names);
  return `there is no ${words(kind)} ${JSON.stringify(name)}${like === undefined ? '' : `: did you mean ${like}?`}`;
}
