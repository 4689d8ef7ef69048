/** Which resource goes into which stack: by the layout that was asked for, and by Heat's limits. Pure. */
import type {EarlierBundle} from '../../model/bundle.ts';
import {RekindleError} from '../../model/errors.ts';
import {shapeOf} from '../../model/report.ts';
import type {Shape} from '../../model/shape.ts';
import {shortHash, slug} from '../names.ts';
import {byLayer, layerSections} from './by-layer.ts';
import {across, base, byNetwork} from './by-network.ts';
import {circlesOf, type Dependencies, quotient} from './dependencies.ts';
import {keep} from './keep.ts';
import {pack} from './pack.ts';
import {Room} from './room.ts';
import {clustersOf} from './ties.ts';
import type {FileSizes, Limits, Weight} from './weights.ts';

export interface Planned {
  readonly name: string;
  /** What the layout calls it: of several stacks of one group each has a number behind that. */
  readonly group: string;
  /** Places in the template. */
  readonly members: readonly number[];
}

export interface PlanInput {
  readonly dependencies: Dependencies;
  readonly weights: readonly Weight[];
  readonly sizes: FileSizes;
  readonly limits: Limits;
  readonly shape: Shape;
  /** Keys (`kind:id`) of the resources, to know those of an earlier bundle again. */
  readonly keys: readonly string[];
  readonly labels: readonly string[];
  readonly earlier: EarlierBundle | undefined;
  /** So much of the limits is used at most, so that what comes later finds room. */
  readonly share: number;
  /** The whole is more than one stack takes. */
  readonly cut: boolean;
}

/** What is cut by size alone. */
const part = 'part';

/** In the order they are deployed; one without a name where nothing has to be cut. @throws RekindleError 'input' */
export function plan(input: PlanInput): readonly Planned[] {
  const {dependencies, shape, weights} = input;
  for (const [index, weight] of weights.entries()) checkOne(index, weight, input);
  const before = placesBefore(input);
  const {layout = 'single'} = shape;
  if (layout === 'single' && before.size === 0 && !input.cut)
    return [{name: '', group: '', members: dependencies.names.map((_, index) => index)}];
  const groups =
    layout === 'by-layer'
      ? byLayer(dependencies)
      : layout === 'by-network'
        ? byNetwork(dependencies, namer(input, before))
        : dependencies.names.map(() => part);
  const planned =
    kept(groups, input, before) ??
    named(ordered(dependencies, groups, layout).flatMap(group => split(group, input)));
  return checked(planned, dependencies);
}

/**
 * A plan with those of its stacks taken apart that turned out to be too much: what a stack hands on takes room too, and is
 * known only once it is cut. The others hold what they held.
 */
export function apart(
  planned: readonly Planned[],
  tooMuch: ReadonlySet<number>,
  input: PlanInput,
): readonly Planned[] {
  const stacks = planned.flatMap((stack, index) =>
    tooMuch.has(index)
      ? divided(stack.members, input).map(members => ({group: stack.group, members}))
      : [stack],
  );
  return checked(named(stacks), input.dependencies);
}

/** A stack that is all of its group has the group's name; several have numbers. */
function named(stacks: readonly Omit<Planned, 'name'>[]): readonly Planned[] {
  const counts = new Map<string, number>();
  for (const {group} of stacks) counts.set(group, (counts.get(group) ?? 0) + 1);
  const numbers = new Map<string, number>();
  return stacks.map(({group, members}) => {
    const number = (numbers.get(group) ?? 0) + 1;
    numbers.set(group, number);
    const isAlone = group !== part && counts.get(group) === 1;
    return {name: isAlone ? group : `${group}-${number}`, group, members};
  });
}

/** As the earlier bundle had it; undefined where there was none, or where that would be too much. */
function kept(
  groups: readonly string[],
  {dependencies, weights, sizes, limits, keys, earlier}: PlanInput,
  before: ReadonlyMap<string, string>,
): readonly Planned[] | undefined {
  const places = keys.map(key => before.get(key));
  const held = new Set(places);
  const names = (earlier?.report.layers ?? []).map(({name}) => name).filter(name => held.has(name));
  if (names.length === 0) return undefined;
  const at = new Map(names.map((name, index) => [name, index]));
  const stacks = keep(
    {
      needs: dependencies.needs,
      users: dependencies.users,
      weights,
      clusters: clustersOf(dependencies),
      before: places.map(place => at.get(place ?? '')),
      groups,
      names,
      anything: part,
    },
    limits,
    sizes,
  );
  if (stacks === undefined) return undefined;
  const members = stacks.names.map((): number[] => []);
  for (const [node, bin] of stacks.bins.entries()) members[bin]?.push(node);
  return stacks.names
    .map((name, bin) => ({name, group: name, members: members[bin] ?? []}))
    .filter(stack => stack.members.length > 0);
}

function checkOne(index: number, weight: Weight, {dependencies, limits, sizes, labels}: PlanInput): void {
  if (new Room(limits, sizes).fits([weight])) return;
  const bytes = weight.files.reduce((sum, name) => sum + sizes.bytes(name), 0);
  const [amount, most] =
    weight.resources > limits.resources
      ? [
          `is ${weight.resources} resources with what is nested in it`,
          `${limits.resources} resources a stack`,
        ]
      : weight.size > limits.size
        ? [`takes ${weight.size} characters`, `${limits.size} characters a template`]
        : [`takes ${weight.size + bytes} bytes with its files`, `${limits.body} bytes a request`];
  throw new RekindleError(
    'input',
    `The resource ${dependencies.names[index] ?? ''} (${JSON.stringify(labels[index] ?? '')}) ${amount}: more than Heat takes, which is ${most}`,
    {
      hint: 'no split helps: leave it out, or, where the operator has raised the limit, give --max-resources or --max-template-size',
    },
  );
}

/** Layers of the earlier bundle by resource, where it was made by the same choices. */
function placesBefore({earlier, shape}: PlanInput): ReadonlyMap<string, string> {
  const {report} = earlier ?? {};
  if (report?.layers === undefined || !isSameLayout(shapeOf(report), shape)) return new Map();
  return new Map(
    report.resources.flatMap(({kind, id, layer}) => (layer === undefined ? [] : [[`${kind}:${id}`, layer]])),
  );
}

function isSameLayout(a: Shape, b: Shape): boolean {
  return (
    (a.layout ?? 'single') === (b.layout ?? 'single') &&
    a.maxResources === b.maxResources &&
    a.maxTemplateSize === b.maxTemplateSize
  );
}

/** Names for groups of networks: the name that the oldest one had, else what it is called. */
function namer({labels, keys, dependencies}: PlanInput, before: ReadonlyMap<string, string>) {
  const taken = new Map<string, number>();
  return (network: number): string => {
    const had = before.get(keys[network] ?? '')?.replace(/-\d+$/, '');
    const plain =
      slug(labels[network] ?? '').slice(0, 40) || (dependencies.names[network] ?? '').slice(0, 40);
    const reserved = new Set([base, across, 'files']);
    for (const name of [had, plain, `${plain}_${shortHash(keys[network] ?? '')}`]) {
      if (name === undefined || reserved.has(name) || (taken.get(name) ?? network) !== network) continue;
      taken.set(name, network);
      return name;
    }
    return `network_${shortHash(keys[network] ?? '', 12)}`;
  };
}

interface Group {
  readonly name: string;
  readonly members: readonly number[];
}

/** Groups after those they need; of several that could be next the one whose first resource stands first. */
function ordered(
  {needs}: Dependencies,
  names: readonly string[],
  layout: NonNullable<Shape['layout']>,
): readonly Group[] {
  const members = new Map<string, number[]>();
  for (const [index, name] of names.entries()) {
    const list = members.get(name);
    if (list === undefined) members.set(name, [index]);
    else list.push(index);
  }
  const known = layout === 'by-layer' ? layerSections.map(([name]) => name) : [base];
  const rank = (name: string): number => {
    const at = known.indexOf(name);
    return at >= 0 ? at : name === across ? known.length + 1 : known.length;
  };
  const all = [...members.keys()].sort((a, b) => rank(a) - rank(b));
  const numbers = new Map(all.map((name, index) => [name, index]));
  const wanted = quotient(
    needs,
    names.map(name => numbers.get(name) ?? 0),
    all.length,
  );
  const done = new Set<number>();
  const order: Group[] = [];
  while (order.length < all.length) {
    const next = all.findIndex(
      (_, index) => !done.has(index) && (wanted[index] ?? []).every(target => done.has(target)),
    );
    const name = all[next];
    if (name === undefined) throw new RekindleError('internal', 'the layers need each other in a circle');
    done.add(next);
    order.push({name, members: members.get(name) ?? []});
  }
  return order;
}

/** One group as one stack, or as several where it is over the limits. */
function split({name: group, members}: Group, input: PlanInput): readonly Omit<Planned, 'name'>[] {
  const own = members.map(index => weightOf(index, input));
  if (group !== part && new Room(lessOf(input), input.sizes).fits(own)) return [{group, members}];
  return divided(members, input).map(some => ({group, members: some}));
}

/** As many stacks as it takes, in their order. */
function divided(members: readonly number[], input: PlanInput): readonly (readonly number[])[] {
  const {dependencies} = input;
  const local = new Map(members.map((index, at) => [index, at]));
  const needs = members.map(index =>
    (dependencies.needs[index] ?? []).flatMap(target => local.get(target) ?? []),
  );
  const clusters = clustersOf({
    ...dependencies,
    names: members.map(index => dependencies.names[index] ?? ''),
    types: members.map(index => dependencies.types[index] ?? ''),
    needs,
  });
  const own = members.map(index => weightOf(index, input));
  const lists: number[][] = [];
  for (const [at, bin] of packed(needs, own, clusters, input).entries())
    (lists[bin] ??= []).push(members[at] ?? -1);
  return lists;
}

function weightOf(index: number, {weights}: PlanInput): Weight {
  return weights[index] ?? {resources: 1, size: 0, files: []};
}

/** Clusters first; one that is more than a stack is taken apart. */
function packed(
  needs: readonly (readonly number[])[],
  weights: readonly Weight[],
  clusters: readonly number[],
  input: PlanInput,
): readonly number[] {
  const {sizes} = input;
  const less = lessOf(input);
  let groups = condensed(needs, clusters);
  for (let round = 0; ; round++) {
    const held = weightsOfGroups(groups, weights);
    const tooMuch = new Set(
      held.flatMap((group, number) =>
        group.length > 1 && (round > 3 || !new Room(less, sizes).fits(group)) ? [number] : [],
      ),
    );
    if (tooMuch.size === 0) break;
    const loose = groups.map((group, index) => (tooMuch.has(group) ? groups.length + index : group));
    groups = condensed(needs, loose);
    if (round > 3) break;
  }
  const bins = pack(
    {needs: quotient(needs, groups, countOf(groups)), weights: weightsOfGroups(groups, weights)},
    less,
    sizes,
  );
  return groups.map(group => bins[group] ?? 0);
}

/** The limits with room to spare; never less than the largest resource needs. */
function lessOf({limits: {resources, size, body}, share, weights}: PlanInput): Limits {
  const largest = weights.reduce(
    (most, weight) => ({
      resources: Math.max(most.resources, weight.resources),
      size: Math.max(most.size, weight.size),
    }),
    {resources: 1, size: 1},
  );
  return {
    resources: Math.max(largest.resources, Math.floor(resources * share)),
    size: Math.max(largest.size, Math.floor(size * share)),
    body: Math.max(largest.size, Math.floor(body * share)),
  };
}

function countOf(groups: readonly number[]): number {
  return groups.reduce((most, group) => Math.max(most, group), -1) + 1;
}

/** Groups that need each other in a circle are one; numbers follow the order of the first of each. */
function condensed(needs: readonly (readonly number[])[], groups: readonly number[]): readonly number[] {
  const numbers = new Map<number, number>();
  for (const group of groups) if (!numbers.has(group)) numbers.set(group, numbers.size);
  const own = groups.map(group => numbers.get(group) ?? 0);
  const circles = circlesOf(quotient(needs, own, numbers.size));
  return own.map(group => circles[group] ?? 0);
}

function weightsOfGroups(
  groups: readonly number[],
  weights: readonly Weight[],
): readonly (readonly Weight[])[] {
  const held: Weight[][] = [];
  for (const [index, group] of groups.entries()) {
    const weight = weights[index];
    if (weight !== undefined) (held[group] ??= []).push(weight);
  }
  return held;
}

/** @throws RekindleError 'internal': what a stack needs must stand before it. */
function checked(planned: readonly Planned[], {needs, names}: Dependencies): readonly Planned[] {
  const at = new Map(planned.flatMap(({members}, layer) => members.map(index => [index, layer] as const)));
  for (const [index, targets] of needs.entries())
    for (const target of targets)
      if ((at.get(target) ?? 0) > (at.get(index) ?? -1))
        throw new RekindleError(
          'internal',
          `${names[index] ?? ''} would be deployed before ${names[target] ?? ''}`,
        );
  return planned;
}
