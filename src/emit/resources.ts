/** Graph nodes -> template resources: values to intrinsics, no needless order. */
import {incomingOf, outgoingOf} from '../model/cycles.ts';
import {carriers} from '../model/carriers.ts';
import type {Edge, Graph, Node} from '../model/graph.ts';
import {
  FileText,
  Ask,
  Attr,
  Given,
  Joined,
  OwnProject,
  Ref,
  StackTemplate,
  isPlainObject,
  type Value,
} from '../model/value.ts';
import type {Files} from './files.ts';
import {joinParts} from './join.ts';
import {looksLikeFunction} from '../model/functions.ts';
import type {Kinds} from './kinds.ts';
import type {Json, TemplateResource} from './model.ts';
import {inReadingOrder} from './order.ts';
import type {Parameters} from './parameters.ts';

export interface Context {
  readonly graph: Graph;
  readonly kinds: Kinds;
  /** Logical names by node key. */
  readonly names: ReadonlyMap<string, string>;
  readonly parameters: Parameters;
  readonly files: Files;
  /** Place of a resource in the earlier bundle's template. */
  readonly rankOf?: ((key: string) => number | undefined) | undefined;
}

export function buildResources(context: Context): readonly TemplateResource[] {
  const {edges} = context.graph;
  const ways: Ways = {outgoing: outgoingOf(edges), incoming: incomingOf(edges)};
  const resources: TemplateResource[] = [];
  let section = '';
  for (const {node, root} of inReadingOrder(context.graph, ({key}) => context.rankOf?.(key))) {
    const heading = context.kinds.sectionOf(root.kind);
    resources.push({
      ...buildResource(node, context, ways),
      ...(heading === section ? {} : {section: heading}),
    });
    section = heading;
  }
  return resources;
}

/** Edges by where they start and by where they end. */
interface Ways {
  readonly outgoing: ReadonlyMap<string, readonly Edge[]>;
  readonly incoming: ReadonlyMap<string, readonly Edge[]>;
}

function buildResource(node: Node, context: Context, ways: Ways): TemplateResource {
  const spec = context.kinds.specOf(node.kind);
  const logical = nameOf(node.key, context);
  const optional = context.parameters.optional(node.key);
  const condition = context.parameters.conditionOf(node.key);
  const properties: Record<string, Json> = {};
  for (const [property, value] of Object.entries(node.properties)) {
    // An attribute of nothing that the template builds, and nothing to say instead.
    if (value instanceof Attr && value.otherwise === '' && !context.names.has(`${value.kind}:${value.id}`))
      continue;
    const at = {context, node, logical, property, path: [property], condition};
    properties[property] =
      optional?.name !== undefined && spec?.optional?.property === property
        ? optionalName(value, optional.name, at)
        : toJson(value, at);
  }
  const comments = [...node.notes];
  if (node.stack !== undefined) comments.push(`In the source it belongs to the stack ${node.stack}.`);
  return {
    name: logical,
    comments,
    type: spec?.heat ?? '',
    ...(condition === undefined ? {} : {condition}),
    dependsOn: neededOrder(node.key, ways)
      .map(key => nameOf(key, context))
      .sort(),
    properties,
  };
}

function nameOf(key: string, context: Context): string {
  const name = context.names.get(key);
  if (name === undefined) throw new Error(`no logical name for ${key}`);
  return name;
}

interface At {
  readonly context: Context;
  readonly node: Node;
  readonly logical: string;
  readonly property: string;
  /** Of the value: the property, keys and indexes in it. */
  readonly path: readonly (string | number)[];
  /** What the resource itself depends on. */
  readonly condition: string | undefined;
}

function toJson(value: Value, at: At): Json {
  const {context, node, logical, property} = at;
  if (value instanceof Attr) return attribute(value, at);
  if (value instanceof Ref) return reference(value, at);
  if (value instanceof Given) {
    const parameter = context.parameters.addGiven(value, node, fieldsOf(value, at));
    return parameter === undefined ? value.value : {get_param: parameter};
  }
  if (value instanceof Joined) return joined(value, at);
  if (value instanceof OwnProject) return {get_param: value.parameter};
  if (value instanceof StackTemplate) return {get_file: context.files.addTemplate(value)};
  if (value instanceof FileText) return {get_file: context.files.add(value)};
  if (value instanceof Ask) return {get_param: context.parameters.addAsk(value, logical, node, property)};
  if (Array.isArray(value))
    return (value as readonly Value[]).map((item, index) => toJson(item, {...at, path: [...at.path, index]}));
  if (isPlainObject(value)) {
    const result = Object.create(null) as Record<string, Json>;
    for (const key of Object.keys(value))
      result[key] = toJson(value[key] as Value, {...at, path: [...at.path, key]});
    return looksLikeFunction(value)
      ? {get_param: context.parameters.addData(logical, property, node.key, node.kind, result)}
      : result;
  }
  return value as string | number | boolean | null;
}

/** Fields of the row that carry the value. */
function fieldsOf({exact}: Given, {context, node, property, path}: At): readonly string[] {
  const spec = context.kinds.specOf(node.kind);
  if (spec === undefined) return [];
  // A mapping's own offer is for all that the property reads.
  if (exact === undefined) return spec.properties[property]?.reads ?? [];
  const {own, following} = carriers(spec, node.row, node.properties, path);
  return [...own, ...following];
}

function attribute(attr: Attr, {context: {names, parameters}, condition}: At): Json {
  const key = `${attr.kind}:${attr.id}`;
  const name = names.get(key);
  if (name === undefined) return attr.otherwise;
  const value: Json = {get_attr: [name, ...attr.path]};
  const needed = parameters.conditionOf(key);
  return needed === undefined || needed === condition ? value : {if: [needed, value, attr.otherwise]};
}

/** The parameter that names what is optional; other parameters may stand before it. */
function optionalName(value: Value, parameter: string, at: At): Json {
  const own: Json = {get_param: parameter};
  if (!(value instanceof Joined)) return own;
  return joinedOf(value.parts.map(part => (typeof part === 'string' ? own : toJson(part, at))));
}

function joined({parts}: Joined, at: At): Json {
  return joinedOf(parts.map(part => (typeof part === 'string' ? part : toJson(part, at))));
}

function joinedOf(parts: readonly Json[]): Json {
  return joinParts(parts, (items): Json => ({list_join: ['', items]}));
}

function reference(ref: Ref, {context: {names, parameters}, condition}: At): Json {
  const key = `${ref.kind}:${ref.id}`;
  const name = names.get(key);
  if (name === undefined) {
    const parameter = parameters.parameterOf(key);
    const literal = parameters.literalOf(key);
    if (literal !== undefined) return literal;
    if (parameter === undefined) throw new Error(`nothing stands for ${key}`);
    return {get_param: parameter};
  }
  const optional = parameters.optional(key);
  if (optional?.name === undefined || optional.condition === condition) return {get_resource: name};
  return {if: [optional.condition, {get_resource: name}, {get_param: optional.name}]};
}

/** The depends_on targets that no reference, and no other depends_on, implies already. */
function neededOrder(key: string, {outgoing, incoming}: Ways): readonly string[] {
  const edges = outgoing.get(key) ?? [];
  const wanted = new Set(edges.filter(edge => edge.property === 'depends_on').map(edge => edge.to));
  if (wanted.size === 0) return [];
  const starts = edges.filter(edge => edge.property !== 'depends_on').map(edge => edge.to);
  for (const target of wanted) for (const edge of outgoing.get(target) ?? []) starts.push(edge.to);
  return [...wanted].filter(target => !leads(starts, target, {outgoing, incoming}));
}

/**
 * Whether one of these is that one, or leads to it. Searched from both ends in turns: from one alone the way may go over all
 * of a project whose groups refer to each other, and that for each of its addresses.
 */
function leads(starts: readonly string[], target: string, {outgoing, incoming}: Ways): boolean {
  const [reached, reaching] = [new Set(starts), new Set([target])];
  if (reached.has(target)) return true;
  const ahead = spread(reached, outgoing, 'to');
  const back = spread(reaching, incoming, 'from');
  for (;;) {
    const [next, before] = [ahead.next(), back.next()];
    if (next.done === true || before.done === true) return false;
    if (reaching.has(next.value) || reached.has(before.value)) return true;
  }
}

/** One edge at a time; what is found is added to what it starts from. */
function* spread(
  found: Set<string>,
  edges: ReadonlyMap<string, readonly Edge[]>,
  end: 'from' | 'to',
): Generator<string> {
  for (const key of found)
    for (const {[end]: next} of edges.get(key) ?? []) {
      found.add(next);
      yield next;
    }
}
