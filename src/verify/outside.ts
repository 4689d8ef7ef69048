/** Which outside things of the source (flavors, images, shared networks) are which of the clone's. */
import type {View} from './view.ts';

/** Names the class of an outside thing; equal on both sides for what counts as the same. */
export interface Outside {
  readonly source: (key: string) => string;
  readonly clone: (key: string) => string;
  /** Whether something outside the source stands for that thing of the clone. */
  readonly isMeant: (key: string) => boolean;
}

/**
 * The value given at deploy says which it is, also where that is a thing of the clone's own project; without one the same
 * id, else the same name outside it does. Several things of the source may be one in the clone.
 */
export function outsideOf(source: View, clone: View, mapped: ReadonlyMap<string, string>): Outside {
  const parents = new Map<string, string>();
  const find = (start: string): string => {
    let root = start;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    for (let at = start; at !== root;) {
      const up = parents.get(at) ?? root;
      parents.set(at, root);
      at = up;
    }
    return root;
  };
  const meant = new Set<string>();
  const join = (a: string, b: string): void => {
    meant.add(b);
    const [low, high] = [find(a), find(b)].sort() as [string, string];
    if (low !== high) parents.set(high, low);
  };

  const nodes = new Map([...clone.things.values()].map(({node}) => [node.key, node]));
  const byId = new Map<string, string>();
  const byName = new Map<string, string[]>();
  for (const {key, kind, id, name} of [...clone.outsiders.values(), ...nodes.values()]) {
    byId.set(`${kind}:${id}`, key);
    const keys = byName.get(`${kind}:${name}`);
    if (keys === undefined) byName.set(`${kind}:${name}`, [key]);
    else keys.push(key);
  }
  for (const {key, kind, id, name} of source.outsiders.values()) {
    const value = mapped.get(key) ?? '';
    const same = byId.get(`${kind}:${value === '' ? id : value}`);
    const every = byName.get(`${kind}:${value === '' ? name : value}`) ?? [];
    const named = value === '' ? every.filter(key => !nodes.has(key)) : every;
    for (const other of same === undefined ? named : [same]) join(`source ${key}`, `clone ${other}`);
    // Known by name alone: the clone's rows have it, and nothing lists it.
    if (same === undefined && named.length === 0 && value !== '')
      join(`source ${key}`, `clone ${kind}:${value}`);
  }
  // What one side's rows name and nothing lists, or refers to, is called there as it is in the other.
  const isKnown = (key: string): boolean => byId.has(key) || meant.has(`clone ${key}`);
  return {
    source: key => find(source.outsiders.has(key) || !isKnown(key) ? `source ${key}` : `clone ${key}`),
    clone: key => find(isKnown(key) ? `clone ${key}` : `source ${key}`),
    isMeant: key => meant.has(`clone ${key}`),
  };
}
