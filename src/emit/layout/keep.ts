/** Who was in which stack stays there, as long as the order and the limits allow it. */
import {inOrder, type Dependencies} from './dependencies.ts';
import {Room} from './room.ts';
import type {FileSizes, Limits, Weight} from './weights.ts';

interface Kept {
  readonly needs: Dependencies['needs'];
  readonly users: Dependencies['users'];
  readonly weights: readonly Weight[];
  /** Nodes of one number belong together. */
  readonly clusters: readonly number[];
  /** The stack each node was in, by its place in `names`. */
  readonly before: readonly (number | undefined)[];
  /** The group that each node would be in now. */
  readonly groups: readonly string[];
  /** The stacks there were, in their order. */
  readonly names: readonly string[];
  /** The group by which stacks are cut that go by size alone. */
  readonly anything: string;
}

/** Stacks in their order, and the one of each node. */
export interface Stacks {
  readonly names: readonly string[];
  readonly bins: readonly number[];
}

/** True for `compute` and `compute-2` of the group `compute`. */
export function isOf(stack: string, group: string): boolean {
  return stack === group || (stack.startsWith(`${group}-`) && /^\d+$/.test(stack.slice(group.length + 1)));
}

/** Another stack of that group: the first has its name, or a number where all of them have. */
export function nextName(group: string, taken: readonly string[], numbered: boolean): string {
  if (!numbered && !taken.some(name => isOf(name, group))) return group;
  const most = taken
    .filter(name => isOf(name, group))
    .reduce((last, name) => Math.max(last, name === group ? 1 : Number(name.slice(group.length + 1))), 0);
  return `${group}-${most + 1}`;
}

/**
 * What is new goes where its like are and there is room, before what needs it, or into a new stack behind the others.
 * @returns undefined where a stack would be over the limits.
 */
export function keep(kept: Kept, limits: Limits, sizes: FileSizes): Stacks | undefined {
  const {needs, users, weights, clusters, before, groups, anything} = kept;
  const names = [...kept.names];
  const bins = new Int32Array(needs.length).fill(-1);
  const rooms = names.map(() => new Room(limits, sizes));
  // Those that were there have their room before anything new takes it.
  for (const [node, bin] of before.entries())
    if (bin !== undefined && weights[node] !== undefined) rooms[bin]?.add(weights[node]);
  const mates = matesOf(clusters, before);
  const last = (): number => names.length - 1;
  for (const node of inOrder(needs)) {
    const weight = weights[node] ?? {resources: 1, size: 0, files: []};
    const low = (needs[node] ?? []).reduce((least, target) => Math.max(least, bins[target] ?? 0), 0);
    const was = before[node];
    if (was !== undefined) {
      if (was < low) {
        rooms[was]?.add(weight, -1);
        rooms[low]?.add(weight);
      }
      bins[node] = Math.max(was, low);
      continue;
    }
    const high = (users[node] ?? []).reduce(
      (most, user) => Math.min(most, before[user] ?? Infinity),
      Infinity,
    );
    const group = groups[node] ?? anything;
    const near = mostOf([
      ...(needs[node] ?? []).map(target => bins[target] ?? 0),
      ...(users[node] ?? []).map(user => before[user]),
    ]);
    const like = names.flatMap((name, bin) => (isOf(name, group) ? [bin] : []));
    const between = high === Infinity ? [] : downFrom(Math.min(high, last()), low);
    const bin = [
      ...[mates.get(clusters[node] ?? -1), near].filter(one => one !== undefined && like.includes(one)),
      ...like,
      ...between,
    ].find(one => one !== undefined && one >= low && one <= high && rooms[one]?.fits([weight]) === true);
    const behind = like.find(one => one >= low && rooms[one]?.fits([weight]) === true);
    const chosen = bin ?? behind ?? names.length;
    if (chosen === names.length) {
      names.push(nextName(group, names, group === anything));
      rooms.push(new Room(limits, sizes));
    }
    bins[node] = chosen;
    rooms[chosen]?.add(weight);
  }
  return rooms.some(room => room.isOver) ? undefined : {names, bins: [...bins]};
}

function downFrom(high: number, low: number): readonly number[] {
  return Array.from({length: Math.max(0, high - low + 1)}, (_, index) => high - index);
}

/** Where most of a cluster was. */
function matesOf(clusters: readonly number[], before: Kept['before']): ReadonlyMap<number, number> {
  const places = new Map<number, (number | undefined)[]>();
  for (const [node, cluster] of clusters.entries()) {
    const list = places.get(cluster);
    if (list === undefined) places.set(cluster, [before[node]]);
    else list.push(before[node]);
  }
  const found = new Map<number, number>();
  for (const [cluster, bins] of places) {
    const bin = mostOf(bins);
    if (bin !== undefined) found.set(cluster, bin);
  }
  return found;
}

/** The most frequent one; of several the first. */
function mostOf(bins: readonly (number | undefined)[]): number | undefined {
  const counts = new Map<number, number>();
  for (const bin of bins) if (bin !== undefined) counts.set(bin, (counts.get(bin) ?? 0) + 1);
  const best = Math.max(0, ...counts.values());
  return [...counts].filter(([, count]) => count === best).sort(([a], [b]) => a - b)[0]?.[0];
}
