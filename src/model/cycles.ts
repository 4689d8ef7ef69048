/** Walks along a graph's edges: what starts where, and cycles. */
import type {Edge} from './graph.ts';

/** Edges by where they start. */
export function outgoingOf(edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  return by('from', edges);
}

/** Edges by where they end. */
export function incomingOf(edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  return by('to', edges);
}

function by(end: 'from' | 'to', edges: readonly Edge[]): ReadonlyMap<string, readonly Edge[]> {
  const lists = new Map<string, Edge[]>();
  for (const edge of edges) {
    const list = lists.get(edge[end]);
    if (list === undefined) lists.set(edge[end], [edge]);
    else list.push(edge);
  }
  return lists;
}

/** One cycle as its edges, or undefined. Depth first without recursion: chains may be long. */
export function findCycle(keys: Iterable<string>, edges: readonly Edge[]): readonly Edge[] | undefined {
  const outgoing = outgoingOf(edges);
  const done = new Set<string>();
  for (const start of keys) {
    // What leads nowhere is in no circle: most things of a project.
    if (done.has(start) || !outgoing.has(start)) continue;
    const path: {key: string; next: number; by: Edge | undefined}[] = [{key: start, next: 0, by: undefined}];
    const onPath = new Set([start]);
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top === undefined) break;
      const edge = outgoing.get(top.key)?.[top.next];
      top.next += 1;
      if (edge === undefined) {
        path.pop();
        onPath.delete(top.key);
        done.add(top.key);
      } else if (onPath.has(edge.to)) {
        const from = path.findIndex(frame => frame.key === edge.to);
        return [...path.slice(from + 1).flatMap(frame => (frame.by === undefined ? [] : [frame.by])), edge];
      } else if (!done.has(edge.to) && outgoing.has(edge.to)) {
        path.push({key: edge.to, next: 0, by: edge});
        onPath.add(edge.to);
      }
    }
  }
  return undefined;
}
