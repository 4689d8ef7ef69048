/** Which thing of the clone is which of the source: by content, by name, by what they hang together with. */
import type {Node} from '../model/graph.ts';
import type {Outside} from './outside.ts';
import {Partition, type Wire} from './partition.ts';
import {Signatures} from './signature.ts';
import {pairSimilar} from './similar.ts';
import type {Thing, View} from './view.ts';

export interface MatchOptions {
  readonly outside: Outside;
  readonly seeds?: ReadonlyMap<string, string> | undefined;
  /** Only these things of the clone, and their parts, are meant to be the copy. */
  readonly scope?: 'all' | ReadonlySet<string> | undefined;
  /** See CompareOptions. */
  readonly sameProject?: boolean | undefined;
  /** `kind field` that is known to differ. */
  readonly unsure?: ReadonlySet<string> | undefined;
}

/** Of what two things say, that must agree for a pair without a name in common. */
const leastShare = 0.5;

export interface Matching {
  /** Source key to clone key. */
  readonly pairs: ReadonlyMap<string, string>;
  /** Steps taken. */
  readonly work: number;
}

export function matchThings(source: View, clone: View, options: MatchOptions): Matching {
  const things = [...source.things.values(), ...clone.things.values()];
  const sources = source.things.size;
  const vertexOf = [new Map<string, number>(), new Map<string, number>()] as const;
  for (const [vertex, thing] of things.entries())
    vertexOf[vertex < sources ? 0 : 1].set(thing.node.key, vertex);
  const partition = new Partition(wiresOf(things, sources, vertexOf), sources);
  const signatures = new Signatures(source, clone, options.outside, options.unsure);

  for (const [from, to] of options.seeds ?? []) {
    const a = vertexOf[0].get(from);
    const b = vertexOf[1].get(to);
    if (a === undefined || b === undefined || things[a]?.node.kind !== things[b]?.node.kind) continue;
    if (partition.pair(b) < 0 && (partition.partner[a] ?? -1) < 0) partition.match(a, b);
  }

  const all = things.map((_thing, vertex) => vertex);
  const copies = copiesOf(source, clone, options.scope);
  run(
    all.filter(vertex => vertex < sources || copies === 'all' || copies.has(things[vertex]?.node.key ?? '')),
  );
  if (copies !== 'all') {
    // What the template did not make by itself may be anywhere in the clone's project.
    const free = freeOf(source);
    run(all.filter(vertex => vertex >= sources || free.has(things[vertex]?.node.key ?? '')));
  }

  const pairs = new Map<string, string>();
  for (const [vertex, thing] of things.slice(0, sources).entries()) {
    const partner = things[partition.partner[vertex] ?? -1];
    if (partner !== undefined) pairs.set(thing.node.key, partner.node.key);
  }
  return {pairs, work: partition.work + signatures.work};

  /** Of one project at two times a new thing is the old one only if it says all the same. */
  function saying(vertex: number): string {
    return options.sameProject === true ? signatures.full(vertex) : signatures.sure(vertex);
  }

  function run(vertices: readonly number[]): void {
    const left = (): number[] => vertices.filter(vertex => (partition.partner[vertex] ?? -1) < 0);
    const near = (vertex: number): string => `${saying(vertex)} ${partition.anchors(vertex)}`;
    partition.start(left(), vertex => signatures.full(vertex));
    const pairExact = (radii: readonly number[]): void => {
      for (const radius of radii) {
        if (left().length === 0) return;
        partition.start(left(), near);
        partition.refine(left(), radius);
        partition.pairTwins();
      }
    };
    // What is damaged also makes its neighbours look odd: each time from less far away, and with more pairs known.
    pairExact([10, 10, 4, 2, 1, 0]);
    const weaker: {group: (thing: Thing, vertex: number) => string; atLeast: number}[] = [
      {group: ({node}, vertex) => named(node, partition.anchors(vertex)), atLeast: 0},
      {group: ({node}) => named(node, ''), atLeast: 0},
      {group: ({node}, vertex) => `${node.kind} ${partition.anchors(vertex)}`, atLeast: leastShare},
      {group: ({node, owner}, vertex) => `${node.kind} ${ownerPair(vertex, owner)}`, atLeast: leastShare},
      {group: ({node}) => node.kind, atLeast: leastShare},
    ];
    for (const {group, atLeast} of options.sameProject === true ? weaker.slice(0, 2) : weaker) {
      const vertices = left();
      if (vertices.length === 0) return;
      pairSimilar({
        vertices,
        sources,
        atLeast,
        group: vertex => group(things[vertex] as Thing, vertex),
        order: vertex => signatures.sure(vertex),
        score: (a, b) => {
          const around: [string[], string[]] = [partition.anchorsOf(a), partition.anchorsOf(b)];
          const {share, differing} = signatures.likeness(a, b, pairName, around);
          // A pair with one changed field is less to say than a missing and an extra thing.
          return differing <= 1 ? Math.max(share, leastShare) : share;
        },
        match: (a, b) => partition.match(a, b),
      });
      pairExact([2, 0]);
    }
  }

  /** A name of the pair that a thing belongs to. */
  function pairName(side: 0 | 1, key: string): string | undefined {
    const vertex = vertexOf[side].get(key);
    const pair = vertex === undefined || (partition.partner[vertex] ?? -1) < 0 ? -1 : partition.pair(vertex);
    return pair < 0 ? undefined : String(pair);
  }

  function ownerPair(vertex: number, owner: string | undefined): string {
    const side = vertex < sources ? 0 : 1;
    const under = owner ?? things[vertex]?.node.under;
    return under === undefined ? '' : (pairName(side, under) ?? `${side} ${under}`);
  }
}

/** Grouping by name; the nameless have a group of one each here. */
function named(
  node: {readonly key: string; readonly kind: string; readonly name: string},
  more: string,
): string {
  return node.name === '' ? '' : JSON.stringify([node.kind, node.name, more]);
}

/** Things meant to be the copy: those of the scope, their parts, and what every project has by itself. */
export function copiesOf(
  source: View,
  clone: View,
  scope: MatchOptions['scope'] = 'all',
): 'all' | ReadonlySet<string> {
  if (scope === 'all') return 'all';
  // Of what every project has one's own counts as the copy, unless the source's is left out.
  const shared = new Set(
    [...source.things.values()].flatMap(({node}) => (node.place.as === 'existing' ? [node.kind] : [])),
  );
  const isCopy = (node: Node): boolean =>
    scope.has(node.key) || (node.place.as === 'existing' && shared.has(node.kind));
  const copies = new Set<string>();
  for (const {node, owner} of clone.things.values()) {
    const holder = owner === undefined ? undefined : clone.things.get(owner)?.node;
    if ([node, holder].some(one => one !== undefined && isCopy(one))) copies.add(node.key);
  }
  return copies;
}

function isFree({node, spec}: Thing): boolean {
  return ['step', 'lost', 'existing'].includes(node.place.as) || spec?.optional !== undefined;
}

/** Things of the source that a template does not, or need not, make itself; and their parts. */
function freeOf(source: View): ReadonlySet<string> {
  const free = new Set<string>();
  for (const thing of source.things.values()) {
    const holder = thing.owner === undefined ? undefined : source.things.get(thing.owner);
    if (isFree(thing) || (holder !== undefined && isFree(holder))) free.add(thing.node.key);
  }
  return free;
}

/** Relations as wires in both directions, without the kinds of relation that one side hardly has. */
function wiresOf(
  things: readonly Thing[],
  sources: number,
  vertexOf: readonly [ReadonlyMap<string, number>, ReadonlyMap<string, number>],
): readonly (readonly Wire[])[] {
  const counts = new Map<string, [number, number]>();
  const count = (name: string, vertex: number): void => {
    const known = counts.get(name) ?? [0, 0];
    known[vertex < sources ? 0 : 1]++;
    counts.set(name, known);
  };
  for (const [vertex, {node, relations}] of things.entries()) {
    count(node.kind, vertex);
    for (const {path} of relations) count(`${node.kind} ${path}`, vertex);
  }
  const numbers = new Map<string, number>();
  for (const label of [...counts.keys()].sort()) {
    const [a, b] = counts.get(label) ?? [0, 0];
    const [sizeA, sizeB] = counts.get(label.split(' ')[0] ?? '') ?? [0, 0];
    const [rateA, rateB] = [a / sizeA, b / sizeB];
    if (Math.min(rateA, rateB) * 2 >= Math.max(rateA, rateB)) numbers.set(label, numbers.size * 2);
  }

  const wires: Wire[][] = things.map(() => []);
  for (const [from, {node, relations}] of things.entries()) {
    for (const {path, key} of relations) {
      const label = numbers.get(`${node.kind} ${path}`);
      const to = vertexOf[from < sources ? 0 : 1].get(key);
      if (label === undefined || to === undefined) continue;
      wires[from]?.push({label, to});
      wires[to]?.push({label: label + 1, to: from});
    }
  }
  for (const list of wires) list.sort((a, b) => a.label - b.label);
  return wires;
}
