/** Groups that refer to each other: which references stay inside the groups so that no cycle is left. Pure. */

export interface Reference {
  readonly from: string;
  readonly to: string;
  /** True where one of the rules behind it can hardly stand anywhere else. */
  readonly heavy: boolean;
}

/**
 * The references to take out. Only what lies on a cycle is touched; the heavy ones stay first, then the others in the
 * order of their ids, as long as nothing closes a cycle.
 * @param references One per pair of groups.
 */
export function cutReferences(references: readonly Reference[]): readonly Reference[] {
  const component = components(references);
  const cut: Reference[] = [];
  const kept = new Map<string, string[]>();
  const within = references
    .filter(({from, to}) => from !== to && component.get(from) === component.get(to))
    .toSorted((a, b) => Number(b.heavy) - Number(a.heavy) || compare(a.from, b.from) || compare(a.to, b.to));
  for (const reference of within) {
    if (reaches(kept, reference.to, reference.from)) cut.push(reference);
    else kept.set(reference.from, [...(kept.get(reference.from) ?? []), reference.to]);
  }
  return cut;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function reaches(outgoing: ReadonlyMap<string, readonly string[]>, from: string, to: string): boolean {
  const seen = new Set([from]);
  const open = [from];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next === to) return true;
    for (const target of outgoing.get(next) ?? []) {
      if (!seen.has(target)) {
        seen.add(target);
        open.push(target);
      }
    }
  }
  return false;
}

/** Strongly connected components (Tarjan), without recursion: chains may be long. */
function components(references: readonly Reference[]): ReadonlyMap<string, number> {
  const outgoing = new Map<string, string[]>();
  for (const {from, to} of references) {
    outgoing.set(from, [...(outgoing.get(from) ?? []), to]);
    if (!outgoing.has(to)) outgoing.set(to, []);
  }
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const found = new Map<string, number>();
  const stack: string[] = [];
  for (const start of outgoing.keys()) {
    if (index.has(start)) continue;
    const path = [{id: start, next: 0}];
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const {id} = top;
      if (top.next === 0) {
        index.set(id, index.size);
        low.set(id, index.get(id) ?? 0);
        stack.push(id);
      }
      const to = outgoing.get(id)?.[top.next];
      top.next += 1;
      if (to !== undefined) {
        if (!index.has(to)) path.push({id: to, next: 0});
        else if (!found.has(to)) low.set(id, Math.min(low.get(id) ?? 0, index.get(to) ?? 0));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) low.set(parent.id, Math.min(low.get(parent.id) ?? 0, low.get(id) ?? 0));
      if (low.get(id) !== index.get(id)) continue;
      for (let member = stack.pop(); member !== undefined; member = stack.pop()) {
        found.set(member, index.get(id) ?? 0);
        if (member === id) break;
      }
    }
  }
  return found;
}
