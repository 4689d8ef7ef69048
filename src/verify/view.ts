/** One side made ready: for each thing that takes part, its comparable fields as trees, its relations, its owner. */
import type {AnySpec} from '../model/define.ts';
import {isEmpty} from '../model/define.ts';
import type {Graph, Node} from '../model/graph.ts';
import type {Row} from '../model/inventory.ts';
import {isPlainObject, Ref, references} from '../model/value.ts';
import {Pointer, pointersOf, type Tree} from './tree.ts';
import type {Side} from './types.ts';

export interface Thing {
  readonly node: Node;
  readonly spec: AnySpec | undefined;
  /** Comparable fields of the row, those that say nothing included. */
  readonly fields: ReadonlyMap<string, Tree>;
  readonly unordered: ReadonlySet<string>;
  readonly relations: readonly {readonly path: string; readonly key: string}[];
  /** Key of the thing it is a part of: without that it can't be. */
  readonly owner: string | undefined;
}

/** Something that rows refer to and that takes no part: outside the snapshot, or skipped. */
export interface Outsider {
  readonly key: string;
  readonly kind: string;
  readonly id: string;
  readonly name: string;
}

export interface View {
  readonly graph: Graph;
  /** What takes part, by key, sorted. */
  readonly things: ReadonlyMap<string, Thing>;
  readonly outsiders: ReadonlyMap<string, Outsider>;
}

export const projectKey = 'project:';
export const userKey = 'user:';

const opaque = /^(?:[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/i;
const idLike = /(?:^|_)(?:ids?|uuid)$/;
/** Where people write what they like, an id too: it may have been copied as it is. */
const freeText =
  /^(?:.*name|.*description|metadata|tags?|.*user_data|.*reason|dns_domain|extra_dhcp_opts|public_key)$/;

export function ignoreOf(spec: AnySpec | undefined, field: string): AnySpec['ignores'][string] | undefined {
  return spec !== undefined && Object.hasOwn(spec.ignores, field) ? spec.ignores[field] : undefined;
}

/** Compares entries are the only reason to compare what the server makes or another resource carries. */
function compareOf(
  spec: AnySpec | undefined,
  field: string,
): NonNullable<AnySpec['compares']>[string] | undefined {
  const compares = spec?.compares;
  return compares !== undefined && Object.hasOwn(compares, field) ? compares[field] : undefined;
}

/**
 * Owner of a part. What is split from another's rows belongs to what it is read with, wherever the template says it:
 * which of two attachments is a resource of its own hangs on the servers' age, and a clone's differ in age.
 */
export function ownerOf(node: Node, spec: AnySpec | undefined): string | undefined {
  if (spec?.parts !== undefined && node.under !== undefined) return node.under;
  return node.place.as === 'part' ? `${node.place.of.kind}:${node.place.of.id}` : undefined;
}

/**
 * @param absent Keys of things that are not to be in the other side: something outside stands for them there.
 * @param prefixed By key, what stands before the thing's name in the other side.
 */
export function viewOf(
  side: Side,
  specs: ReadonlyMap<string, AnySpec>,
  absent: ReadonlyMap<string, string> = new Map(),
  prefixed: ReadonlyMap<string, string> = new Map(),
): View {
  const {graph, scope} = side;
  const takesPart = ({key, place}: Node): boolean => place.as !== 'skipped' && !absent.has(key);
  const outsiders = outsidersOf(side, specs, takesPart);
  const byId = new Map<string, string[]>();
  const known = (id: string, key: string): void => {
    const keys = byId.get(id);
    if (keys === undefined) byId.set(id, [key]);
    else keys.push(key);
  };
  // Things that take part come first: they win where an id is not unique.
  const nodes = [...graph.nodes.values()].filter(takesPart).sort((a, b) => (a.key < b.key ? -1 : 1));
  for (const {id, key} of nodes) known(id, key);
  for (const {id, key} of outsiders.values()) known(id, key);
  known(graph.project.id, projectKey);
  known(scope.userId, userKey);
  byId.delete('');
  const things = new Map(
    nodes.map(node => [node.key, thingOf(node, side, specs, byId, prefixed.get(node.key))]),
  );
  return {graph, things, outsiders};
}

function outsidersOf(
  {graph, scope}: Side,
  specs: ReadonlyMap<string, AnySpec>,
  takesPart: (node: Node) => boolean,
): ReadonlyMap<string, Outsider> {
  const found: Outsider[] = [...graph.externals.values()];
  for (const {kind, heat} of specs.values()) {
    if (heat !== undefined) continue;
    const rows = scope.rows<string, {readonly id: string; readonly name?: unknown}>({kind});
    for (const {id, name} of rows)
      found.push({key: `${kind}:${id}`, kind, id, name: typeof name === 'string' ? name : ''});
  }
  for (const node of graph.nodes.values()) if (!takesPart(node)) found.push(node);
  found.sort((a, b) => (a.key < b.key ? -1 : Number(a.key > b.key)));
  const outsiders = new Map<string, Outsider>();
  for (const one of found) {
    const node = graph.nodes.get(one.key);
    if ((node === undefined || !takesPart(node)) && !outsiders.has(one.key)) outsiders.set(one.key, one);
  }
  return outsiders;
}

function thingOf(
  node: Node,
  side: Side,
  specs: ReadonlyMap<string, AnySpec>,
  byId: ReadonlyMap<string, readonly string[]>,
  prefix = '',
): Thing {
  const spec = specs.get(node.kind);
  const unordered = new Set(spec?.unordered);
  const hints = hintsOf(node, spec);
  const fields = new Map<string, Tree>();
  const relations: {path: string; key: string}[] = [];
  const relate = (path: string, key: string): void => {
    if (key !== node.key && side.graph.nodes.has(key)) relations.push({path, key});
  };

  const build = (value: unknown, field: string, key: string): Tree => {
    if (value instanceof Ref) {
      // A malformed row refers to anything.
      const {kind, id}: {readonly kind: string; readonly id: unknown} = value;
      return typeof id === 'string' ? new Pointer(`${kind}:${id}`, id, false) : build(id, field, key);
    }
    if (isEmpty(value)) return undefined;
    if (typeof value === 'string') return pointerOr(value, field, key);
    if (typeof value === 'number' || typeof value === 'boolean') return value;
    if (Array.isArray(value)) {
      const items = value.filter(item => !isOwnPart(item)).map(item => build(item, field, key));
      return items.length === 0 ? undefined : items;
    }
    if (!isPlainObject(value)) return undefined;
    const map = new Map<string, Tree>();
    for (const name of Object.keys(value).sort()) {
      if (name === 'links' && isLinks(value[name])) continue;
      const item = build(value[name], field, name);
      if (item !== undefined) map.set(name, item);
    }
    return map.size === 0 ? undefined : map;
  };

  const pointerOr = (text: string, field: string, key: string): Tree => {
    const hint = hints.get(field)?.get(text);
    if (hint !== undefined) return new Pointer(hint, text, false);
    const found = byId.get(text)?.[0];
    if (idLike.test(key)) return found === undefined ? text : new Pointer(found, text, false);
    if (!opaque.test(text)) return text;
    if (freeText.test(field) || freeText.test(key)) return new Pointer(found ?? '', text, true);
    return found === undefined ? text : new Pointer(found, text, false);
  };

  /** Parts are things of their own and compared as such. */
  const isOwnPart = (item: unknown): boolean => {
    if (!isPlainObject(item) || typeof item['id'] !== 'string') return false;
    return (byId.get(item['id']) ?? []).some(key => {
      const other = side.graph.nodes.get(key);
      return other !== undefined && specs.get(other.kind)?.parts?.of.kind === node.kind;
    });
  };

  const names = new Set([...Object.keys(node.row), ...Object.keys(spec?.compares ?? {})]);
  names.delete('id');
  for (const field of [...names].sort()) {
    const compare = compareOf(spec, field);
    const ignore = ignoreOf(spec, field);
    if (compare === undefined && ignore === 'read-only') continue;
    const found = comparable(node.row, field, compare, side);
    const value = field === 'name' && typeof found === 'string' ? withPrefix(prefix, found) : found;
    // A type that compares in its own way means it when it says no.
    const saysNothing = isNeutral(ignore, value) || (compare === undefined && value === false);
    const tree =
      value === false && !saysNothing ? value : build(saysNothing ? undefined : value, field, field);
    const elsewhere = compare === undefined && ignore === 'elsewhere';
    for (const {pointer, path} of pointersOf(tree, field, elsewhere || unordered.has(field)))
      relate(path, pointer.key);
    if (!elsewhere) fields.set(field, tree);
  }
  const owner = ownerOf(node, spec);
  if (owner !== undefined) relate('*part of', owner);
  if (node.under !== undefined && node.under !== owner) relate('*under', node.under);
  return {node, spec, fields, unordered, relations, owner};
}

/** What has no name has none in the clone. */
function withPrefix(prefix: string, name: string): string {
  return name.trim() === '' ? name : prefix + name;
}

function comparable(row: Row, field: string, compare: ReturnType<typeof compareOf>, side: Side): unknown {
  if (compare === undefined) return row[field];
  try {
    return compare(row as never, side.scope);
  } catch {
    return row[field]; // A malformed row is compared as it is.
  }
}

/** Which strings of which fields the type itself takes for references. */
function hintsOf(node: Node, spec: AnySpec | undefined): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const hints = new Map<string, Map<string, string>>();
  for (const [property, value] of Object.entries(node.properties)) {
    const source = spec?.properties[property];
    if (source === undefined) continue;
    for (const {ref} of references(value)) {
      for (const field of source.reads) {
        const ids = hints.get(field) ?? new Map<string, string>();
        hints.set(field, ids.set(ref.id, `${ref.kind}:${ref.id}`));
      }
    }
  }
  return hints;
}

function isLinks(value: unknown): boolean {
  return Array.isArray(value) && value.every(item => isPlainObject(item) && 'href' in item);
}

/** A value that a lossy field may hold without saying anything. */
function isNeutral(ignore: AnySpec['ignores'][string] | undefined, value: unknown): boolean {
  if (typeof ignore !== 'object' || !('lossy' in ignore)) return false;
  return ignore.neutral.some(
    neutral =>
      neutral === value ||
      (typeof neutral === 'object' && neutral !== null && JSON.stringify(neutral) === JSON.stringify(value)),
  );
}
