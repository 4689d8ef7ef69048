/** Which servers are alike with all that only they have: the sets that can become one group each. Pure. */
import type {Edge, Graph} from '../../model/graph.ts';
import type {TemplateResource} from '../model.ts';
import {isOfTheirOwn, signatureOf} from './signature.ts';

/** A server and what only it has, in an order that is the same for each like it: keys. */
export interface Member {
  readonly server: string;
  /** With the server as the first. */
  readonly parts: readonly string[];
  /** Nobody among the parts needs these, so that a group can do without them. */
  readonly floatingIps: readonly string[];
}

/** Members that are the same but for values: in order of age. */
export type Siblings = readonly [Member, Member, ...Member[]];

export interface Whole {
  readonly graph: Graph;
  /** Logical names by node key. */
  readonly names: ReadonlyMap<string, string>;
  /** By logical name. */
  readonly resources: ReadonlyMap<string, TemplateResource>;
  /** Parameters whose values are one thing's own: asked for, secret, or data that no template holds. */
  readonly isOwnParameter: (name: string) => boolean;
}

/** Which end of an edge goes with the other; undefined where neither does. */
function heldBy({from, to, property}: Edge): readonly [thing: string, holder: string] | undefined {
  if (property === 'depends_on') return undefined;
  switch (`${kindOf(from)} ${kindOf(to)}`) {
    case 'server port':
    case 'server volume':
    case 'volume_attachment volume':
      return [to, from];
    case 'volume_attachment server':
    case 'floating_ip port':
      return [from, to];
    case 'trunk port':
      return property.startsWith('sub_ports') ? [to, from] : [from, to];
    default:
      return undefined;
  }
}

function kindOf(key: string): string {
  return key.slice(0, key.indexOf(':'));
}

/** What belongs to one server alone, by that server. */
function membersOf({graph, names}: Whole): readonly Member[] {
  const holders = new Map<string, Set<string>>();
  const held = new Map<string, string[]>();
  for (const edge of graph.edges) {
    const pair = names.has(edge.from) && names.has(edge.to) ? heldBy(edge) : undefined;
    if (pair === undefined) continue;
    const [thing, holder] = pair;
    holders.set(thing, (holders.get(thing) ?? new Set()).add(holder));
    held.set(holder, [...(held.get(holder) ?? []), thing]);
  }
  const owners = new Map<string, string | undefined>();
  /** The one server behind a thing; undefined for none, or several. */
  const ownerOf = (key: string, way: ReadonlySet<string> = new Set()): string | undefined => {
    if (kindOf(key) === 'server') return key;
    if (owners.has(key)) return owners.get(key);
    if (way.has(key)) return undefined;
    const found = new Set([...(holders.get(key) ?? [])].map(one => ownerOf(one, new Set([...way, key]))));
    const [only] = found;
    const owner = found.size === 1 ? only : undefined;
    owners.set(key, owner);
    return owner;
  };
  const members: Member[] = [];
  for (const server of graph.nodes.keys()) {
    if (kindOf(server) !== 'server' || !names.has(server)) continue;
    const parts: string[] = [];
    const todo = [server];
    for (let key = todo.shift(); key !== undefined; key = todo.shift()) {
      if (parts.includes(key) || ownerOf(key) !== server) continue;
      parts.push(key);
      todo.push(...(held.get(key) ?? []));
    }
    members.push({
      server,
      parts: parts.filter(key => kindOf(key) !== 'floating_ip'),
      floatingIps: parts.filter(key => kindOf(key) === 'floating_ip'),
    });
  }
  return members;
}

/** In order of their oldest server. */
export function siblingsOf(whole: Whole): readonly Siblings[] {
  const members = membersOf(whole);
  const stems = grouped(members, member => `${stemOf(member, whole)}\n${signatureOf(member.parts, whole)}`);
  const sets: Member[][] = [];
  const single: Member[] = [];
  for (const set of stems) {
    if (set.length > 1) sets.push(set);
    else single.push(...set);
  }
  // Without a name in common they have to be the same in all but names and addresses.
  sets.push(...grouped(single, ({parts}) => signatureOf(parts, whole, isOfTheirOwn)));
  const age = new Map(members.map((member, index) => [member, index]));
  return sets
    .filter((set): set is [Member, Member, ...Member[]] => set.length > 1)
    .sort(([a], [b]) => (age.get(a) ?? 0) - (age.get(b) ?? 0));
}

/** `web-` of `web-1` and `web-12`. */
function stemOf({server}: Member, {graph}: Whole): string {
  return (graph.nodes.get(server)?.label ?? '').replaceAll(/\d+/g, '#');
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const list = groups.get(key);
    if (list === undefined) groups.set(key, [item]);
    else list.push(item);
  }
  return [...groups.values()];
}
