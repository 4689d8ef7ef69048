/** A template without what the target can't make, and without what can't be made then. Pure. */
import type {Lack} from '../check/lack.ts';
import {isFunction} from '../check/template.ts';
import {type Fields, fields, text, texts} from '../../model/json.ts';
import {isPlainObject} from '../../model/value.ts';

export interface Cut {
  readonly template: Fields;
  /** Why each of these resources is gone. */
  readonly resources: ReadonlyMap<string, string>;
  /** Properties that are gone, by resource: path and reason. */
  readonly properties: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Whether Heat there must be given the property. */
export type IsRequired = (type: string, property: string) => boolean;

export function cutTemplate(template: Fields, lacks: readonly Lack[], isRequired: IsRequired): Cut {
  const before = fields(template['resources']);
  const kept = new Map(Object.entries(before).map(([name, raw]) => [name, fields(raw)]));
  const gone = new Map<string, string>();
  const properties = new Map<string, Map<string, string>>();
  const drop = (name: string, reason: string): void => {
    gone.set(name, reason);
    kept.delete(name);
  };
  const write = (name: string, path: string, left: Fields, reason: string): void => {
    kept.set(name, {...kept.get(name), properties: left});
    properties.set(name, (properties.get(name) ?? new Map<string, string>()).set(path, reason));
  };
  const lose = (name: string, path: string, reason: string): void => {
    const row = kept.get(name);
    if (row === undefined) return;
    const [top = ''] = partsOf(path);
    const left = without(fields(row['properties']), partsOf(path));
    if (!Object.hasOwn(left, String(top)) && isRequired(text(row['type']), String(top))) {
      drop(name, reason);
      return;
    }
    write(name, path, left, reason);
  };
  for (const {type, property, resources, instead, stays, reason} of lacks) {
    if (stays === true) continue;
    if (instead !== undefined && property !== undefined) {
      for (const name of resources) {
        const row = kept.get(name);
        if (row !== undefined)
          write(name, property, {...fields(row['properties']), [property]: instead}, reason);
      }
      continue;
    }
    for (const [name, row] of kept) {
      if (row['type'] !== type) continue;
      if (property === undefined) drop(name, reason);
      else
        for (const path of pathsLike(fields(row['properties']), partsOf(property))) lose(name, path, reason);
    }
  }
  // What refers to a thing that is gone loses that, be it itself.
  for (let count = -1; count !== gone.size;) {
    count = gone.size;
    for (const [name] of kept) {
      const row = kept.get(name) ?? {};
      for (const {path, to} of referencesTo(gone, fields(row['properties']), []).reverse())
        lose(name, path, `needs ${to}, which can't be made there`);
      const left = kept.get(name);
      if (left?.['depends_on'] !== undefined) kept.set(name, {...left, ...waits(left['depends_on'], gone)});
    }
  }
  if (gone.size === 0 && properties.size === 0) return {template, resources: gone, properties};
  const outputs = Object.entries(fields(template['outputs'])).filter(
    ([, output]) => referencesTo(gone, {output}, []).length === 0,
  );
  return {
    template: {
      ...template,
      resources: Object.fromEntries(kept),
      ...(template['outputs'] === undefined ? {} : {outputs: Object.fromEntries(outputs)}),
    },
    resources: gone,
    properties,
  };
}

function waits(value: unknown, gone: ReadonlyMap<string, string>): Fields {
  const names = (typeof value === 'string' ? [value] : texts(value)).filter(name => !gone.has(name));
  return {depends_on: names.length === 0 ? undefined : names};
}

type Part = string | number;

/** `networks[0].tag` and `value_specs.mtu` as keys and places. */
export function partsOf(path: string): readonly Part[] {
  return [...path.matchAll(/\[(\d+)\]|([^.[\]]+)/g)].map(([, place, key]) =>
    place === undefined ? (key ?? '') : Number(place),
  );
}

function pathOf(parts: readonly Part[]): string {
  return parts.reduce<string>(
    (path, part) => (typeof part === 'number' ? `${path}[${part}]` : path === '' ? part : `${path}.${part}`),
    '',
  );
}

/** The same path at every place of each list, the last places first. */
function pathsLike(properties: Fields, parts: readonly Part[]): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown, at: number, done: readonly Part[]): void => {
    const part = parts[at];
    if (part === undefined) {
      if (value !== undefined) found.push(pathOf(done));
    } else if (typeof part === 'number') {
      if (Array.isArray(value))
        for (const [place, item] of value.entries()) visit(item, at + 1, [...done, place]);
    } else if (isPlainObject(value) && Object.hasOwn(value, part))
      visit(value[part], at + 1, [...done, part]);
  };
  visit(properties, 0, []);
  return found.reverse();
}

/** Without that part; an item of a list, and a map or list that is empty then, go as a whole. */
function without(value: Fields, parts: readonly Part[]): Fields {
  const [key = '', ...rest] = parts;
  if (!Object.hasOwn(value, String(key))) return value;
  const {[key]: inner, ...others} = value;
  const left = rest.length === 0 ? undefined : lessened(inner, rest);
  return left === undefined ? others : {...value, [key]: left};
}

function lessened(value: unknown, parts: readonly Part[]): unknown {
  const [first] = parts;
  if (typeof first === 'number') {
    if (!Array.isArray(value)) return value;
    const items = value as readonly unknown[];
    const item = parts.length === 1 ? undefined : lessened(items[first], parts.slice(1));
    const left = items.flatMap((one, place) =>
      place === first ? (item === undefined ? [] : [item]) : [one],
    );
    return left.length === 0 ? undefined : left;
  }
  if (!isPlainObject(value)) return value;
  const left = without(value, parts);
  return Object.keys(left).length === 0 ? undefined : left;
}

interface Reference {
  /** The smallest part of the property that can go: an item of a list, or a key of the properties. */
  readonly path: string;
  readonly to: string;
}

/** In the order of the template. */
function referencesTo(gone: ReadonlyMap<string, string>, value: unknown, at: readonly Part[]): Reference[] {
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return items.flatMap((item, place) => once(referencesTo(gone, item, [...at, place]), [...at, place]));
  }
  if (!isPlainObject(value)) return [];
  const [only = '', ...others] = Object.keys(value);
  // Of a function's arguments none can go by itself. The properties as such are none.
  if (others.length === 0 && at.length > 0 && isFunction(only)) {
    const to = namedIn(value, gone);
    return to === undefined ? [] : [{path: pathOf(at), to}];
  }
  return Object.entries(value).flatMap(([key, item]) => referencesTo(gone, item, [...at, key]));
}

/** The first of them that a value refers to. */
function namedIn(value: unknown, gone: ReadonlyMap<string, string>): string | undefined {
  if (!Array.isArray(value) && !isPlainObject(value)) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const name: unknown = key === 'get_attr' && Array.isArray(item) ? item[0] : item;
    const isName = key === 'get_resource' || key === 'get_attr';
    if (isName && typeof name === 'string' && gone.has(name)) return name;
    const inside = namedIn(item, gone);
    if (inside !== undefined) return inside;
  }
  return undefined;
}

/** An item of a list goes as a whole, once, with all that it refers to. */
function once(found: readonly Reference[], at: readonly Part[]): readonly Reference[] {
  const [first] = found;
  return first === undefined ? [] : [{path: pathOf(at), to: first.to}];
}
