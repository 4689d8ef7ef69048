/** The layout by-network: networks that routers join, each group with what hangs on it; what several share is below. */
import {circlesOf, type Dependencies, inOrder, quotient} from './dependencies.ts';

/** What several groups use, or what has nothing to do with networks. */
export const base = 'base';
/** What hangs on several groups. */
export const across = 'across';

/** The group that each resource belongs to: the number of its oldest network, or one of these. */
const none = -1;
const several = -2;

export function byNetwork(
  dependencies: Dependencies,
  nameOf: (network: number) => string,
): readonly string[] {
  const {needs, users} = dependencies;
  const groups = networkGroups(dependencies);
  const order = inOrder(needs);
  const homes = new Map<number, number>();
  for (const node of order) {
    const own = groups[node];
    if (own !== undefined) {
      homes.set(node, own);
      continue;
    }
    let home = none;
    for (const target of needs[node] ?? []) {
      const there = homes.get(target) ?? none;
      if (there === none || there === home) continue;
      home = home === none ? there : several;
    }
    homes.set(node, home);
  }
  // A network that nothing hangs on needs no stack of its own.
  const bare = new Set([...homes.values()].filter(home => home >= 0));
  for (const [node, home] of homes) if (!isBare(dependencies.types[node])) bare.delete(home);
  for (const [node, home] of homes) if (bare.has(home)) homes.set(node, none);
  const isNetwork = (node: number): boolean => groups[node] !== undefined;
  // Of what has no network, that which only one group uses goes there.
  for (const node of order.toReversed()) {
    if (homes.get(node) !== none || isNetwork(node)) continue;
    const [first, ...others] = new Set((users[node] ?? []).map(user => homes.get(user) ?? none));
    if (first !== undefined && first >= 0 && others.length === 0) homes.set(node, first);
  }
  const labels = needs.map((_, node) => {
    const home = homes.get(node) ?? none;
    return home === none ? base : home === several ? across : String(home);
  });
  return named(needs, labels, nameOf);
}

function isBare(type = ''): boolean {
  return ['OS::Neutron::Net', 'OS::Neutron::Subnet', 'OS::Neutron::Segment'].includes(type);
}

/** By resource: the oldest network of the group that it holds together; only networks, their parts and routers have one. */
function networkGroups({types, needs}: Dependencies): readonly (number | undefined)[] {
  const root = types.map((_, index) => index);
  const find = (node: number): number => {
    let top = node;
    while (root[top] !== top) top = root[top] ?? top;
    return top;
  };
  const union = (a: number, b: number): void => {
    const [one, other] = [find(a), find(b)];
    root[Math.max(one, other)] = Math.min(one, other);
  };
  const isNet = (node: number): boolean => types[node] === 'OS::Neutron::Net';
  const isPart = (node: number): boolean =>
    ['OS::Neutron::Subnet', 'OS::Neutron::Segment'].includes(types[node] ?? '');
  for (const [node, targets] of needs.entries()) {
    if (isPart(node)) for (const target of targets) if (isNet(target) || isPart(target)) union(node, target);
    // A router's gateway joins nothing: everything would hang on the way out.
    if (types[node] === 'OS::Neutron::RouterInterface') {
      const joined = targets.filter(target => isPart(target) || types[target] === 'OS::Neutron::Router');
      for (const target of joined) union(node, target);
      for (const port of targets.filter(target => types[target] === 'OS::Neutron::Port'))
        for (const target of needs[port] ?? []) if (isNet(target) || isPart(target)) union(node, target);
    }
  }
  const oldest = new Map<number, number>();
  for (const node of types.keys()) {
    const top = find(node);
    if (isNet(node) && !oldest.has(top)) oldest.set(top, node);
  }
  // A subnet on a network of somebody else is a group of its own.
  for (const node of types.keys()) if (isPart(node) && !oldest.has(find(node))) oldest.set(find(node), node);
  return types.map((_, node) => oldest.get(find(node)));
}

/** Groups that need each other are one; each has the name of its oldest network. */
function named(
  needs: Dependencies['needs'],
  labels: readonly string[],
  nameOf: (network: number) => string,
): readonly string[] {
  const all = [...new Set(labels)];
  const numbers = new Map(all.map((label, index) => [label, index]));
  const groupOf = labels.map(label => numbers.get(label) ?? 0);
  const circles = circlesOf(quotient(needs, groupOf, all.length));
  const nameOfCircle = new Map<number, string>();
  const oldest = new Map<number, number>();
  for (const [index, label] of all.entries()) {
    const circle = circles[index] ?? 0;
    if (label === base || label === across) nameOfCircle.set(circle, label);
    else oldest.set(circle, Math.min(oldest.get(circle) ?? Infinity, Number(label)));
  }
  for (const [circle, network] of oldest)
    if (!nameOfCircle.has(circle)) nameOfCircle.set(circle, nameOf(network));
  return groupOf.map(group => nameOfCircle.get(circles[group] ?? 0) ?? '');
}
