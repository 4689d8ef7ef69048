/** What a selection brings with it, and what an exclusion takes along. Pure; the same for rows in any order. */
import {isMadeByStack} from '../../model/define.ts';
import type {Node, Place} from '../../model/graph.ts';
import {Attr, references, type Ref} from '../../model/value.ts';
import {kindWord} from './kinds.ts';
import {nameOf} from './match.ts';
import {rules, type Lookup, type Rule, type World} from './rules.ts';

/** Why a thing is in or out, by its key. */
export type Reasons = ReadonlyMap<string, string>;

export interface Selection {
  /** Why each thing is in. */
  readonly inside: Reasons;
  /** Why each other thing that could be in is out. */
  readonly outside: Reasons;
  /** For `relate`: where stands what is out, and what isn't rebuilt anyway. */
  readonly cut: ReadonlyMap<string, Place>;
  readonly settled: ReadonlyMap<string, Place>;
}

const rulesOf = new Map<string, Rule[]>();
for (const rule of rules) rulesOf.set(rule.of, [...(rulesOf.get(rule.of) ?? []), rule]);

function put(map: Map<string, string[]>, at: string | undefined, key: string): void {
  if (at === undefined) return;
  const keys = map.get(at);
  if (keys === undefined) map.set(at, [key]);
  else keys.push(key);
}

export function worldOf(graph: World['graph'], scope: Lookup): World {
  const under = new Map<string, string[]>();
  const ofStack = new Map<string, string[]>();
  for (const node of graph.nodes.values()) {
    put(under, node.under, node.key);
    put(ofStack, node.stack, node.key);
  }
  return {graph, scope, under, ofStack};
}

/** Whether there is anything to select: what isn't rebuilt anyway is neither in nor out. A stack stands for what it owns. */
export function isSelectable({kind, place}: Node): boolean {
  return place.as !== 'skipped' || kind === 'stack';
}

/** As `port web-1_web-net`. */
export function said(node: Node): string {
  return `${kindWord(node.kind).replaceAll('-', ' ')} ${nameOf(node) || node.id}`;
}

interface Exclusion {
  readonly why: string;
  /** It goes with another, and is not excluded by itself. */
  readonly along: boolean;
}

/** @param matched What is excluded by itself, with why. */
export function excludedWith(matched: Reasons, world: World): ReadonlyMap<string, Exclusion> {
  const out = new Map<string, Exclusion>();
  const todo: string[] = [];
  for (const [key, why] of matched) {
    const place = world.graph.nodes.get(key)?.place;
    // Its stack's own template makes it: that goes as a whole or not at all.
    if (isMadeByStack(place) && place?.as === 'part' && !matched.has(`stack:${place.of.id}`)) continue;
    out.set(key, {why, along: false});
    todo.push(key);
  }
  for (let key = todo.pop(); key !== undefined; key = todo.pop()) {
    const node = world.graph.nodes.get(key);
    if (node === undefined) continue;
    const why = `excluded with ${said(node)}`;
    for (const other of goingWith(node, world)) {
      if (out.has(other)) continue;
      out.set(other, {why, along: true});
      todo.push(other);
    }
  }
  return out;
}

function goingWith(node: Node, world: World): readonly string[] {
  return (rulesOf.get(node.kind) ?? [])
    .filter(({owned}) => owned === true)
    .flatMap(({keys}) => keys(node, world))
    .filter(key => world.graph.nodes.has(key));
}

/**
 * @param chosen What is selected by itself, with why, in the graph's order.
 * @returns everything that is in, with why
 */
export function closure(chosen: Reasons, excluded: ReadonlyMap<string, Exclusion>, world: World): Reasons {
  const {nodes} = world.graph;
  const reasons = new Map<string, string>();
  /** What is in for its own sake. */
  const whole = new Set<string>();
  let todo: string[] = [];
  let next: string[] = [];
  const add = (key: string, why: string, own: boolean, insists = false): void => {
    const node = nodes.get(key);
    if (node === undefined || !isSelectable(node)) return;
    const out = excluded.get(key);
    if (out !== undefined && !(insists && out.along)) return;
    const isNew = !reasons.has(key);
    if (isNew) reasons.set(key, why);
    if (own && !whole.has(key)) whole.add(key);
    else if (!isNew) return;
    next.push(key);
  };
  const isExcluded = (key: string): boolean => excluded.has(key);
  const follow = (node: Node): void => {
    const of = said(node);
    for (const ref of neededBy(node)) {
      const why = ref.kind === node.kind ? `referred to by ${of}` : `${words(ref.kind)} of ${of}`;
      add(`${ref.kind}:${ref.id}`, why, false);
    }
    for (const rule of rulesOf.get(node.kind) ?? []) {
      if (rule.whole === true && !whole.has(node.key)) continue;
      // Whatever order the rows are in: of reasons that are as short, it is always the same that is told.
      for (const key of [...rule.keys(node, world)].sort()) {
        if (rule.unless?.(key, world, isExcluded) === true) continue;
        add(key, `${rule.why} ${of}`, rule.owned === true, rule.insists);
      }
    }
  };
  for (const [key, why] of chosen) add(key, why, true);
  // Breadth first: the reason that is told is the shortest.
  while (next.length > 0) {
    [todo, next] = [next, []];
    for (const key of todo) {
      const node = nodes.get(key);
      if (node !== undefined) follow(node);
    }
  }
  return reasons;
}

function words(kind: string): string {
  return kindWord(kind).replaceAll('-', ' ');
}

/** What has to exist for it, as its own template or its steps say. */
export function* neededBy(node: Node): Generator<Ref> {
  const {place, properties, steps, under} = node;
  if (place.as === 'part') yield place.of;
  for (const {ref} of references(properties)) {
    // With something else to say instead, it can do without.
    if (!(ref instanceof Attr) || ref.otherwise === '') yield ref;
  }
  // A lost one needs it too: without what it stands on nobody would say that it is lost.
  if (place.as !== 'step' && place.as !== 'lost') return;
  for (const {command, of = []} of steps) {
    for (const {ref} of references([...command, ...of])) yield ref;
  }
  if (under !== undefined) {
    const at = under.indexOf(':');
    yield {kind: under.slice(0, at), id: under.slice(at + 1)};
  }
}
