/** Graph -> Template: names, parameters, resources, outputs. */
import {RekindleError} from '../model/errors.ts';
import type {Graph, Node} from '../model/graph.ts';
import type {EarlierBundle} from '../model/bundle.ts';
import {FileText, Given, StackTemplate} from '../model/value.ts';
import {Files, templateText} from './files.ts';
import {keptFiles, KeptNames, owner} from './kept.ts';
import {specialsOf} from './specials.ts';
import type {Kinds} from './kinds.ts';
import type {EmitOptions, Json, Template} from './model.ts';
import {Names, type NameChoices} from './names.ts';
import {Parameters} from './parameters.ts';
import {buildResources} from './resources.ts';

export interface Built {
  readonly template: Template;
  /** Logical names by node key. */
  readonly names: ReadonlyMap<string, string>;
  /** Parameter names by external key. */
  readonly parameterOf: (externalKey: string) => string | undefined;
  readonly givenOf: (key: string) => string | undefined;
  /** The condition a resource stands under, by node key. */
  readonly conditionOf: (key: string) => string | undefined;
  /** By name of a resource or parameter: what it is of. */
  readonly handles: ReadonlyMap<string, string>;
}

/** @param chosen Names by handle, which somebody wants for them. */
export function build(
  graph: Graph,
  kinds: Kinds,
  options: EmitOptions,
  chosen: NameChoices['chosen'] = new Map(),
): Built {
  const names = new Map<string, string>();
  const built = [...graph.nodes.values()].filter(node => node.place.as === 'resource');
  const {earlier} = options;
  const owners = earlier === undefined ? new Set<string>() : ownersIn(graph, built, kinds);
  const kept = new KeptNames(earlier?.report, one => owners.has(one));
  const taken = new Names(kept, {chosen, exact: exactNames(built)});
  for (const node of built)
    names.set(node.key, taken.take(node.kind, node.label, node.key, owner.resource(node.key)));

  const parameters = new Parameters(taken, kinds, options, kept);
  for (const external of [...graph.externals.values()].sort(
    (a, b) => compare(a.prefix, b.prefix) || compare(a.name, b.name) || compare(a.key, b.key),
  )) {
    parameters.addExternal(external, graph.nodes.get(external.key)?.place.as === 'existing');
  }
  for (const node of built) {
    const optional = kinds.specOf(node.kind)?.optional;
    if (optional === undefined) continue;
    const {property, why, create = true} = optional;
    const value = property === undefined ? undefined : node.properties[property];
    const logical = names.get(node.key);
    if ((property !== undefined && typeof value !== 'string') || logical === undefined)
      throw new RekindleError('internal', `${node.key} has no ${property ?? 'name'}`);
    parameters.addOptional(node, logical, value as string | undefined, {why, create});
  }
  for (const node of built) if (node.along !== undefined) parameters.follow(node.key, node.along);
  const files = new Files(textsKept(earlier, built));
  const resources = buildResources({graph, kinds, names, parameters, files});
  return {
    names,
    parameterOf: key => parameters.parameterOf(key),
    givenOf: key => parameters.givenOf(key),
    conditionOf: key => parameters.conditionOf(key),
    handles: taken.handles,
    template: {
      description: `Project ${graph.project.name}, rebuilt from what was deployed in it`,
      parameters: parameters.list,
      conditions: parameters.conditions,
      resources,
      outputs: outputs(built, names),
      files: files.texts,
    },
  };
}

/** Who can have a name in this template; with its place `existing` something is the target's own. */
function ownersIn(graph: Graph, built: readonly Node[], kinds: Kinds): ReadonlySet<string> {
  const owners = new Set<string>();
  for (const {key} of graph.externals.values()) {
    const existing = graph.nodes.get(key)?.place.as === 'existing';
    owners.add(owner.parameter(existing ? 'default-group' : 'outside', key));
  }
  for (const {key, kind, properties} of built) {
    owners.add(owner.resource(key));
    const spec = kinds.specOf(kind);
    if (spec?.optional !== undefined)
      for (const role of ['optional-switch', 'optional-name'] as const)
        owners.add(owner.parameter(role, key));
    for (const role of ['ask', 'secret', 'data'] as const) owners.add(owner.anyOf(role, kind));
    for (const [property, value] of Object.entries(properties)) {
      if (![...specialsOf(value)].some(special => special instanceof Given)) continue;
      for (const field of spec?.properties[property]?.reads ?? []) owners.add(owner.given(key, field));
    }
  }
  return owners;
}

/** Names that parameters have to have, and where that was said. */
function exactNames(built: readonly Node[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const {properties} of built)
    for (const value of Object.values(properties))
      for (const special of specialsOf(value))
        if (special instanceof Given && special.exact !== undefined)
          names.set(special.exact.name, special.exact.at);
  return names;
}

/** Names of the earlier bundle's files whose text is still used. */
function textsKept(earlier: EarlierBundle | undefined, built: readonly Node[]): ReadonlyMap<string, string> {
  const names = keptFiles(earlier);
  if (names.size === 0) return names;
  const used = new Set<string>();
  for (const {properties} of built) {
    for (const value of Object.values(properties)) {
      for (const special of specialsOf(value)) {
        if (special instanceof FileText) used.add(special.text);
        else if (special instanceof StackTemplate) used.add(templateText(special));
      }
    }
  }
  return new Map([...names].filter(([text]) => used.has(text)));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** What people look up after a deployment. */
function outputs(built: readonly Node[], names: ReadonlyMap<string, string>): Template['outputs'] {
  const of = (kind: string, value: (name: string) => Json): Json | undefined => {
    const entries = built
      .filter(node => node.kind === kind)
      .map(node => names.get(node.key))
      .filter(name => name !== undefined)
      .sort()
      .map(name => [name, value(name)] as const);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  };
  const all = {
    servers: {
      description: 'Ids of the servers, and their addresses by network',
      value: of('server', name => ({id: {get_resource: name}, networks: {get_attr: [name, 'networks']}})),
    },
    floating_ips: {
      description: 'Addresses of the floating IPs',
      value: of('floating_ip', name => ({get_attr: [name, 'floating_ip_address']})),
    },
    networks: {description: 'Ids of the networks', value: of('network', name => ({get_resource: name}))},
    volumes: {description: 'Ids of the volumes', value: of('volume', name => ({get_resource: name}))},
  };
  const result: Record<string, {description: string; value: Json}> = {};
  for (const [name, {description, value}] of Object.entries(all)) {
    if (value !== undefined) result[name] = {description, value};
  }
  return result;
}
