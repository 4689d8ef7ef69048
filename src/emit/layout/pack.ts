/**
 * Cuts a graph into stacks that are deployed one after the other: none over the limits, each needing earlier ones only, with
 * few values handed on. Greedy along what belongs together, then moves that save hand-overs. Deterministic.
 */
import {Room} from './room.ts';
import type {FileSizes, Limits, Weight} from './weights.ts';

export interface Packable {
  /** What each node needs; no circles. */
  readonly needs: readonly (readonly number[])[];
  readonly weights: readonly (readonly Weight[])[];
}

/** So many of the best are looked at for what is left of a stack before a new one is begun. */
const tries = 32;
const rounds = 4;

/** @returns the number of its stack for each node. A node beyond the limits has a stack of its own. */
export function pack(graph: Packable, limits: Limits, sizes: FileSizes): readonly number[] {
  const users = usersOf(graph.needs);
  const [bins, rooms] = fill(graph, users, limits, sizes);
  improve(graph, users, bins, rooms);
  return numbered(bins);
}

function usersOf(needs: Packable['needs']): readonly (readonly number[])[] {
  const users: number[][] = needs.map(() => []);
  for (const [node, targets] of needs.entries()) for (const target of targets) users[target]?.push(node);
  return users;
}

/** What can be placed next, the one with the most in common with the stack at hand first. */
interface Candidate {
  readonly node: number;
  readonly score: number;
  readonly touched: number;
}

function isBetter(a: Candidate, b: Candidate): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (a.touched !== b.touched) return a.touched > b.touched;
  return a.node < b.node;
}

class Queue {
  readonly #heap: Candidate[] = [];

  push(one: Candidate): void {
    const heap = this.#heap;
    let at = heap.push(one) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBetter(parent, one)) break;
      heap[at] = parent;
      at = above;
    }
    heap[at] = one;
  }

  pop(): Candidate | undefined {
    const heap = this.#heap;
    const [top] = heap;
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0) return top;
    let at = 0;
    for (;;) {
      let below = 2 * at + 1;
      const [left, right] = [heap[below], heap[below + 1]];
      if (left !== undefined && right !== undefined && isBetter(right, left)) below += 1;
      const child = heap[below];
      if (child === undefined || isBetter(last, child)) break;
      heap[at] = child;
      at = below;
    }
    heap[at] = last;
    return top;
  }
}

function fill(
  {needs, weights}: Packable,
  users: readonly (readonly number[])[],
  limits: Limits,
  sizes: FileSizes,
): [Int32Array, Room[]] {
  const count = needs.length;
  const bins = new Int32Array(count).fill(-1);
  const scores = new Float64Array(count);
  const touched = new Int32Array(count).fill(-1);
  let room = new Room(limits, sizes);
  const rooms = [room];
  let queue = new Queue();
  let sequence = 0;
  let first = 0;
  const weightOf = (node: number): readonly Weight[] => weights[node] ?? [];

  const place = (node: number): void => {
    bins[node] = rooms.length - 1;
    for (const weight of weightOf(node)) room.add(weight);
    sequence += 1;
    const share = 1 / (users[node]?.length ?? 1);
    for (const user of users[node] ?? []) {
      if (bins[user] !== -1) continue;
      scores[user] = (scores[user] ?? 0) + share;
      touched[user] = sequence;
      queue.push({node: user, score: scores[user] ?? 0, touched: sequence});
    }
  };
  const open = (): void => {
    if (room.isEmpty) return;
    room = new Room(limits, sizes);
    rooms.push(room);
    queue = new Queue();
    scores.fill(0);
    // Where the last one stopped the next goes on.
    for (let node = 0; node < count; node++)
      if (bins[node] === -1 && (touched[node] ?? -1) >= 0)
        queue.push({node, score: 0, touched: touched[node] ?? -1});
  };
  /** The node after everything it needs that has no place yet. */
  const withNeeds = (node: number): readonly number[] => {
    const order: number[] = [];
    const seen = new Set([node]);
    const path = [{node, next: 0}];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = needs[top.node]?.[top.next];
      top.next += 1;
      if (target === undefined) {
        order.push(top.node);
        path.pop();
      } else if (bins[target] === -1 && !seen.has(target)) {
        seen.add(target);
        path.push({node: target, next: 0});
      }
    }
    return order;
  };
  const next = (): Candidate | undefined => {
    for (let one = queue.pop(); one !== undefined; one = queue.pop())
      if (bins[one.node] === -1 && one.score === scores[one.node] && one.touched === touched[one.node])
        return one;
    while (first < count && bins[first] !== -1) first += 1;
    return first < count ? {node: first, score: 0, touched: -1} : undefined;
  };

  for (;;) {
    const held: Candidate[] = [];
    let fitting: readonly number[] | undefined;
    let best: readonly number[] | undefined;
    for (let look = 0; look < tries && fitting === undefined; look++) {
      const candidate = next();
      if (candidate === undefined || held.some(({node}) => node === candidate.node)) break;
      const wanted = withNeeds(candidate.node);
      best ??= wanted;
      if (room.fits(wanted.flatMap(weightOf))) fitting = wanted;
      else held.push(candidate);
    }
    for (const one of held) if (one.touched >= 0) queue.push(one);
    if (fitting !== undefined) {
      for (const node of fitting) place(node);
      continue;
    }
    if (best === undefined) return [bins, rooms];
    if (!room.isEmpty) open();
    else
      for (const node of best) {
        // More than a whole stack at once: as much as fits, and on in the next.
        if (!room.fits(weightOf(node))) open();
        place(node);
      }
  }
}

/** Moves nodes between what they need and what needs them, where that hands over less. */
function improve(
  {needs, weights}: Packable,
  users: readonly (readonly number[])[],
  bins: Int32Array,
  rooms: readonly Room[],
): void {
  if (rooms.length < 2) return;
  /** How many users of a node each stack has. */
  const used = needs.map(() => new Map<number, number>());
  const change = (node: number, bin: number, by: 1 | -1): void => {
    const counts = used[node];
    const now = (counts?.get(bin) ?? 0) + by;
    if (now === 0) counts?.delete(bin);
    else counts?.set(bin, now);
  };
  for (const [node, targets] of needs.entries())
    for (const target of targets) change(target, bins[node] ?? 0, 1);

  /** Values handed over because of the node, if it were in that stack. */
  const cost = (node: number, bin: number): number => {
    const own = bins[node] ?? 0;
    let sum = 0;
    for (const other of used[node]?.keys() ?? []) if (other !== bin) sum += 1;
    for (const target of needs[node] ?? []) {
      if (bins[target] === bin) continue;
      const there = (used[target]?.get(bin) ?? 0) - (bin === own ? 1 : 0);
      if (there === 0) sum += 1;
    }
    return sum;
  };
  for (let round = 0; round < rounds; round++) {
    let moved = false;
    for (const [node, targets] of needs.entries()) {
      const own = bins[node] ?? 0;
      let low = 0;
      let high = rooms.length - 1;
      const near = new Set<number>();
      for (const target of targets) {
        low = Math.max(low, bins[target] ?? 0);
        near.add(bins[target] ?? 0);
      }
      for (const user of users[node] ?? []) {
        high = Math.min(high, bins[user] ?? 0);
        near.add(bins[user] ?? 0);
      }
      near.delete(own);
      if (near.size === 0 || low > high) continue;
      let best = own;
      let least = cost(node, own);
      for (const bin of [...near].sort((a, b) => a - b)) {
        if (bin < low || bin > high || rooms[bin]?.fits(weights[node] ?? []) !== true) continue;
        const price = cost(node, bin);
        if (price < least) [best, least] = [bin, price];
      }
      if (best === own) continue;
      for (const weight of weights[node] ?? []) {
        rooms[own]?.add(weight, -1);
        rooms[best]?.add(weight);
      }
      for (const target of targets) {
        change(target, own, -1);
        change(target, best, 1);
      }
      bins[node] = best;
      moved = true;
    }
    if (!moved) return;
  }
}

/** Stacks that lost everything are no stacks. */
function numbered(bins: Int32Array): readonly number[] {
  const numbers = new Map([...new Set(bins)].sort((a, b) => a - b).map((bin, index) => [bin, index]));
  return Array.from(bins, bin => numbers.get(bin) ?? 0);
}
