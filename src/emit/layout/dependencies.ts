/** Which resource of a template needs which: by references, by order, and by who decides about a condition. */
import type {ReportResource} from '../../model/bundle.ts';
import type {Template} from '../model.ts';
import {referencesIn, referencesInCondition} from './references.ts';

/** Resources by their place in the template. */
export interface Dependencies {
  readonly names: readonly string[];
  readonly types: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** What each of them needs, without itself, sorted. */
  readonly needs: readonly (readonly number[])[];
  /** What its values name of that: the rest is order, which several stacks have anyway. */
  readonly refers: readonly ReadonlySet<number>[];
  /** The other way round. */
  readonly users: readonly (readonly number[])[];
}

/** By parameter: the resource it is about, whose stack has it; those of later stacks are told. */
export type Owners = ReadonlyMap<string, string>;

export function ownersOf(
  {parameters}: Pick<Template, 'parameters'>,
  resources: readonly ReportResource[],
): Owners {
  const byKey = new Map(resources.map(({kind, id, name}) => [`${kind}:${id}`, name]));
  const owners = new Map<string, string>();
  for (const {name, role, kind, source} of parameters) {
    if (role !== 'optional-switch' && role !== 'optional-name') continue;
    const owner = byKey.get(`${kind}:${source?.id ?? ''}`);
    if (owner !== undefined) owners.set(name, owner);
  }
  return owners;
}

/** Types that Heat makes after the subnets of a network they name, if those are in the same stack. */
const afterSubnets: ReadonlySet<string> = new Set([
  'OS::Neutron::Port',
  'OS::Neutron::Router',
  'OS::Neutron::FloatingIP',
  'OS::Nova::Server',
  'OS::Octavia::LoadBalancer',
]);

export function dependenciesOf(template: Template, owners: Owners): Dependencies {
  const {resources, conditions} = template;
  const names = resources.map(({name}) => name);
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const deciders = new Map<string, readonly string[]>();
  const decidersOf = (condition: string): readonly string[] => {
    const known = deciders.get(condition);
    if (known !== undefined) return known;
    // Conditions are made of others, but never in a circle: Heat refuses that.
    deciders.set(condition, []);
    const found = new Set<string>();
    for (const {to, name} of referencesInCondition(conditions[condition] ?? null)) {
      if (to === 'condition') for (const one of decidersOf(name)) found.add(one);
      else if (to === 'parameter') found.add(owners.get(name) ?? '');
    }
    found.delete('');
    deciders.set(condition, [...found]);
    return [...found];
  };
  const needs = resources.map(() => new Set<number>());
  const refers = resources.map(() => new Set<number>());
  const subnets = new Map<number, number[]>();
  const named = (index: number, name: string, kind = needs): void => {
    const target = indexOf.get(name);
    if (target !== undefined && target !== index) kind[index]?.add(target);
  };
  for (const [index, {properties, dependsOn, condition, type}] of resources.entries()) {
    for (const name of dependsOn) named(index, name);
    for (const one of condition === undefined ? [] : decidersOf(condition)) named(index, one);
    for (const {to, name} of referencesIn(properties)) {
      if (to === 'resource') {
        named(index, name);
        named(index, name, refers);
      } else if (to === 'condition') for (const one of decidersOf(name)) named(index, one);
      else if (to === 'parameter' && owners.has(name)) named(index, owners.get(name) ?? '');
    }
    if (type === 'OS::Neutron::Subnet')
      for (const network of needs[index] ?? [])
        if (resources[network]?.type === 'OS::Neutron::Net') push(subnets, network, index);
  }
  for (const [index, {type}] of resources.entries()) {
    if (!afterSubnets.has(type)) continue;
    for (const network of needs[index] ?? [])
      for (const subnet of subnets.get(network) ?? []) needs[index]?.add(subnet);
  }
  const users: number[][] = resources.map(() => []);
  for (const [index, targets] of needs.entries()) for (const target of targets) users[target]?.push(index);
  return {
    names,
    types: resources.map(({type}) => type),
    indexOf,
    needs: needs.map(targets => [...targets].sort((a, b) => a - b)),
    refers,
    users,
  };
}

function push<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** Every node after those it needs, else in order. @throws nothing: the graph has no circle. */
export function inOrder(needs: readonly (readonly number[])[]): readonly number[] {
  const order: number[] = [];
  const state = new Uint8Array(needs.length);
  for (let start = 0; start < needs.length; start++) {
    const path: {readonly node: number; next: number}[] = [];
    const enter = (node: number): void => {
      if (state[node] !== 0) return;
      state[node] = 1;
      path.push({node, next: 0});
    };
    enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const target = needs[top.node]?.[top.next];
      top.next += 1;
      if (target !== undefined) {
        enter(target);
        continue;
      }
      order.push(top.node);
      path.pop();
    }
  }
  return order;
}

/** Strongly connected nodes have the same number; numbers are in the order of the first of each. */
export function circlesOf(needs: readonly (readonly number[])[]): readonly number[] {
  const count = needs.length;
  const [index, low, group] = [new Int32Array(count), new Int32Array(count), new Int32Array(count)];
  group.fill(-1);
  const stack: number[] = [];
  let next = 1;
  let groups = 0;
  for (let start = 0; start < count; start++) {
    if (index[start] !== 0) continue;
    const path: {readonly node: number; at: number}[] = [];
    const enter = (node: number): void => {
      index[node] = low[node] = next++;
      stack.push(node);
      path.push({node, at: 0});
    };
    enter(start);
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const {node} = top;
      const target = needs[node]?.[top.at];
      top.at += 1;
      if (target !== undefined) {
        if (index[target] === 0) enter(target);
        else if (group[target] === -1) low[node] = Math.min(low[node] ?? 0, index[target] ?? 0);
        continue;
      }
      path.pop();
      const above = path.at(-1);
      if (above !== undefined) low[above.node] = Math.min(low[above.node] ?? 0, low[node] ?? 0);
      if (low[node] !== index[node]) continue;
      for (let one = stack.pop(); one !== undefined; one = stack.pop()) {
        group[one] = groups;
        if (one === node) break;
      }
      groups += 1;
    }
  }
  // Numbered by their first member, so that a node that comes or goes moves no others about.
  const numbers = new Map<number, number>();
  return Array.from(group, one => {
    const known = numbers.get(one) ?? numbers.size;
    numbers.set(one, known);
    return known;
  });
}

/** The graph of the groups: which needs which. */
export function quotient(
  needs: readonly (readonly number[])[],
  groupOf: readonly number[],
  groups: number,
): readonly (readonly number[])[] {
  const found = Array.from({length: groups}, () => new Set<number>());
  for (const [node, targets] of needs.entries()) {
    const from = groupOf[node] ?? 0;
    for (const target of targets) {
      const to = groupOf[target] ?? 0;
      if (to !== from) found[from]?.add(to);
    }
  }
  return found.map(targets => [...targets].sort((a, b) => a - b));
}
