/** The resources as Heat will make them: parameters looked up, conditions decided, references followed. Pure. */
import {type Fields, fields, text, texts} from '../../model/json.ts';
import {truthOf} from '../../model/truth.ts';
import {isPlainObject} from '../../model/value.ts';
import {holds, isFunction} from './template.ts';

/** A reference to a resource of the template. */
export class Made {
  readonly name: string;
  constructor(name: string) {
    this.name = name;
  }
}

/** What only Heat or the cloud will know. Rules stay silent on it. */
export const unknown = Symbol('unknown');

/** A resource that will be made, with its values worked out as far as they can be. */
export interface Part {
  readonly name: string;
  readonly type: string;
  /** Values, `Made` for references, `unknown`; without nulls, which Heat takes for absent. */
  readonly properties: Fields;
  /** As the template has them. */
  readonly raw: Fields;
}

/** One resource must wait for another. */
export interface Wait {
  readonly from: string;
  readonly to: string;
  /** Property path that says so, or `depends_on`. */
  readonly property: string;
}

export interface View {
  readonly parts: readonly Part[];
  of(...types: readonly string[]): readonly Part[];
  /** The resource that a value refers to, if it is of that type. */
  target(value: unknown, type?: string): Part | undefined;
  readonly waits: readonly Wait[];
  /** Whether the first waits for the second, be it through others. */
  follows(later: string, earlier: string): boolean;
}

/** @param values All parameter values, defaults included. */
export function viewOf(template: Fields, values: Fields): View {
  const conditions = fields(template['conditions']);
  const types = new Map(
    Object.entries(fields(template['parameters'])).map(([name, raw]) => [name, text(fields(raw)['type'])]),
  );
  const made = new Map(
    Object.entries(fields(template['resources']))
      .map(([name, raw]) => [name, fields(raw)] as const)
      .filter(([, row]) => holds(row['condition'], conditions, values) !== false),
  );
  const waits: Wait[] = [];
  const parts = [...made].map(([name, row]): Part => {
    const wait = (to: string, property: string): void => {
      if (made.has(to)) waits.push({from: name, to, property});
    };
    const depends = row['depends_on'];
    for (const other of typeof depends === 'string' ? [depends] : texts(depends)) wait(other, 'depends_on');
    const raw = fields(row['properties']);
    const resolve = resolver({values, types, conditions, wait, made});
    return {name, type: text(row['type']), raw, properties: fields(resolve(raw, ''))};
  });
  const byName = new Map(parts.map(part => [part.name, part]));
  const next = new Map<string, string[]>();
  for (const {from, to} of waits) next.set(from, [...(next.get(from) ?? []), to]);
  return {
    parts,
    waits,
    of: (...wanted) => parts.filter(({type}) => wanted.includes(type)),
    target(value, type) {
      const part = value instanceof Made ? byName.get(value.name) : undefined;
      return type === undefined || part?.type === type ? part : undefined;
    },
    follows(later, earlier) {
      const seen = new Set<string>();
      const todo = [later];
      for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
        if (at === earlier) return true;
        if (seen.has(at)) continue;
        seen.add(at);
        todo.push(...(next.get(at) ?? []));
      }
      return false;
    },
  };
}

interface Scope {
  readonly values: Fields;
  readonly types: ReadonlyMap<string, string>;
  readonly conditions: Fields;
  readonly made: ReadonlyMap<string, unknown>;
  readonly wait: (to: string, property: string) => void;
}

function resolver(scope: Scope): (value: unknown, path: string) => unknown {
  const {values, types, conditions, wait, made} = scope;
  const resolve = (value: unknown, path: string): unknown => {
    if (Array.isArray(value)) return value.map((item, index) => resolve(item, `${path}[${index}]`));
    if (!isPlainObject(value)) return value;
    const [key = '', ...others] = Object.keys(value);
    if (others.length === 0 && isFunction(key)) return call(key, value[key], path);
    return Object.fromEntries(
      Object.entries(value)
        .map(([name, item]) => [name, resolve(item, path === '' ? name : `${path}.${name}`)] as const)
        .filter(([, item]) => item !== null && item !== undefined),
    );
  };
  const call = (key: string, argument: unknown, path: string): unknown => {
    switch (key) {
      case 'get_param':
        return lookUp(argument, values, types);
      case 'get_resource':
        if (typeof argument !== 'string' || !made.has(argument)) return unknown;
        wait(argument, path);
        return new Made(argument);
      case 'get_attr': {
        const name: unknown = Array.isArray(argument) ? argument[0] : undefined;
        if (typeof name === 'string') wait(name, path);
        return unknown;
      }
      case 'if': {
        if (!Array.isArray(argument)) return unknown;
        const chosen = holds(argument[0], conditions, values);
        if (chosen === undefined) return unknown;
        return resolve(argument[chosen ? 1 : 2], path);
      }
      case 'list_join':
        return joined(resolve(argument, path));
      default:
        // For the references in it.
        resolve(argument, path);
        return unknown;
    }
  };
  return resolve;
}

function lookUp(argument: unknown, values: Fields, types: ReadonlyMap<string, string>): unknown {
  const [name, ...path] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument];
  if (typeof name !== 'string' || !Object.hasOwn(values, name)) return unknown;
  let value = typed(values[name], types.get(name) ?? '');
  for (const key of path) {
    if (typeof key !== 'string' && typeof key !== 'number') return unknown;
    if (!isPlainObject(value) && !Array.isArray(value)) return unknown;
    value = (value as Readonly<Record<string | number, unknown>>)[key];
  }
  return value ?? unknown;
}

/** As Heat makes a parameter's value of what it was given. */
function typed(value: unknown, type: string): unknown {
  if (type === 'boolean') return truthOf(value);
  if (type === 'number' && typeof value === 'string')
    return Number.isNaN(Number(value)) ? unknown : Number(value);
  if (type === 'comma_delimited_list' && typeof value === 'string')
    return value === '' ? [] : value.split(',');
  if (type !== 'json' || typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return unknown;
  }
}

function joined(argument: unknown): unknown {
  const [separator, ...lists] = Array.isArray(argument) ? (argument as readonly unknown[]) : [];
  if (typeof separator !== 'string') return unknown;
  const words: string[] = [];
  for (const list of lists) {
    for (const item of Array.isArray(list) ? (list as readonly unknown[]) : [unknown]) {
      if (typeof item !== 'string' && typeof item !== 'number') return unknown;
      words.push(String(item));
    }
  }
  return words.join(separator);
}

/** The value as text; undefined where it is absent, unknown or something else. */
export function known(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** Neither absent nor unknown nor empty: true only where something certainly is there. */
export function isGiven(value: unknown): boolean {
  if (value === undefined || value === unknown || value === '') return false;
  return !Array.isArray(value) || value.length > 0;
}

/** Items of a list with their path; none where the list isn't known. */
export function itemsOf(
  value: unknown,
  path: string,
): readonly {readonly item: unknown; readonly path: string}[] {
  return Array.isArray(value) ? value.map((item: unknown, index) => ({item, path: `${path}[${index}]`})) : [];
}
