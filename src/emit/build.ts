/** Graph -> Template: names, parameters, resources, outputs. */
import {RekindleError} from '../model/errors.ts';
import {isExisting, type Graph, type Node} from '../model/graph.ts';
import type {EarlierBundle} from '../model/bundle.ts';
import {FileText, Given, Joined, Ref, StackTemplate, type Special, type Value} from '../model/value.ts';
import {Files, templateText} from './files.ts';
import {keptFiles, KeptNames, owner} from './kept.ts';
import {specialsOf} from './specials.ts';
import type {Kinds} from './kinds.ts';
import type {EmitOptions, Template} from './model.ts';
import {Names, type NameChoices} from './names.ts';
import {outputsOf} from './outputs.ts';
import {Parameters} from './parameters.ts';
import {buildResources} from './resources.ts';
import {contentsOf, usersOf} from './words.ts';

export interface Built {
  readonly template: Template;
  /** Logical names by node key; in groups, paths. */
  readonly names: ReadonlyMap<string, string>;
  /** Parameter names by external key. */
  readonly parameterOf: (externalKey: string) => string | undefined;
  /** What stands for an external whose parameter is frozen. */
  readonly literalOf: (externalKey: string) => string | undefined;
  readonly givenOf: (key: string) => string | undefined;
  /** Whether all that would be parameters of what is made of the field are literals. */
  readonly isFrozen: (node: Node, field: string) => boolean;
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
    parameters.addExternal(
      external,
      isExisting(graph.nodes.get(external.key)?.place),
      usersOf(external.usedBy, names, external.prefix),
    );
  }
  for (const node of built) {
    const optional = kinds.specOf(node.kind)?.optional;
    if (optional === undefined) continue;
    const {property, why, create = true} = optional;
    const value = property === undefined ? undefined : ownText(node.properties[property]);
    const logical = names.get(node.key);
    if ((property !== undefined && value === undefined) || logical === undefined)
      throw new RekindleError('internal', `${node.key} has no ${property ?? 'name'}`);
    parameters.addOptional(node, logical, value, {why, create});
  }
  for (const node of built) if (node.along !== undefined) parameters.follow(node.key, node.along);
  const files = new Files(textsKept(earlier, built));
  const resources = buildResources({
    graph,
    kinds,
    names,
    parameters,
    files,
    rankOf: key => kept.rankOf(owner.resource(key)),
  });
  parameters.check();
  return {
    names,
    parameterOf: key => parameters.parameterOf(key),
    literalOf: key => parameters.literalOf(key),
    givenOf: key => parameters.givenOf(key),
    isFrozen: (node, field) => parameters.isAnyFrozen && isFrozen(node, field, kinds, parameters),
    conditionOf: key => parameters.conditionOf(key),
    handles: taken.handles,
    template: {
      description: describe(graph.project.name, names),
      parameters: parameters.list,
      conditions: parameters.conditions,
      resources,
      outputs: outputsOf(built, names, options.shape?.outputs),
      files: files.texts,
    },
  };
}

/** Who can have a name in this template; with its place `existing` something is the target's own. */
function ownersIn(graph: Graph, built: readonly Node[], kinds: Kinds): ReadonlySet<string> {
  const owners = new Set<string>();
  for (const {key} of graph.externals.values()) {
    const existing = isExisting(graph.nodes.get(key)?.place);
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
      for (const special of specialsOf(value)) {
        if (!(special instanceof Given)) continue;
        for (const set of special.sets ?? []) owners.add(owner.given(`${set.kind}:${set.id}`, set.field));
        for (const field of spec?.properties[property]?.reads ?? []) owners.add(owner.given(key, field));
        if (special.role === 'name-prefix') owners.add(owner.parameter(special.role, ''));
      }
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

function describe(project: string, names: ReadonlyMap<string, string>): string {
  const contents = contentsOf(names);
  return `Project ${project}${contents === '' ? '' : ` with ${contents}`}`;
}

/** The thing's own text, without what may stand before it. */
function ownText(value: Value | undefined): string | undefined {
  if (value instanceof Joined) return value.parts.find(part => typeof part === 'string');
  return typeof value === 'string' ? value : undefined;
}

/** Whether what would be parameters in the properties that read the field are literals, all of them. */
function isFrozen(
  {key, kind, properties}: Node,
  field: string,
  kinds: Kinds,
  parameters: Parameters,
): boolean {
  const spec = kinds.specOf(kind);
  const made = Object.entries(spec?.properties ?? {}).filter(([, {reads}]) => reads.includes(field));
  const isLiteral = (special: Special): boolean => {
    if (special instanceof Given) return parameters.isFrozenGiven(special.key);
    return !(special instanceof Ref) || parameters.parameterOf(`${special.kind}:${special.id}`) === undefined;
  };
  const specials = made.flatMap(([property]) => [...specialsOf(properties[property] ?? '')]);
  const frozen = specials.some(
    special =>
      (special instanceof Given && parameters.isFrozenGiven(special.key)) ||
      (special instanceof Ref && parameters.literalOf(`${special.kind}:${special.id}`) !== undefined),
  );
  const isName = made.some(([property]) => property === spec?.optional?.property);
  return (frozen && specials.every(isLiteral)) || (isName && parameters.isAlways(key));
}
