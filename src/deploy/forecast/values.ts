/** What the values of a template come to, as far as that can be known without Heat. */
import {type Fields, fields, text} from '../../model/json.ts';
import {truthOf} from '../../model/truth.ts';
import {isPlainObject} from '../../model/value.ts';
import {isFunction} from '../check/template.ts';

/** A value, or a part of one, that only Heat knows. A class, because data may be shaped like anything. */
export class Unsettled {
  readonly kind: 'resource' | 'attribute' | 'secret' | 'call';
  /** Logical name, parameter or function. */
  readonly name: string;
  /** Path into the attribute; the function's arguments. */
  readonly args: readonly unknown[];
  constructor(kind: Unsettled['kind'], name: string, args: readonly unknown[] = []) {
    this.kind = kind;
    this.name = name;
    this.args = args;
  }
}

/** All that functions look things up in. */
export interface Scope {
  /** By name, of the type that the template declares; secrets that Heat doesn't show are Unsettled. */
  readonly parameters: Fields;
  readonly conditions: Fields;
  readonly files: Readonly<Record<string, string>>;
}

/** Heat's own parameters, which a stack has by itself. */
const pseudo = /^OS::(stack_name|stack_id|project_id)$/;

/** Heat shows hidden values so. */
const hidden = '******';

/**
 * @param given As a stack's environment has them, or as a deployment gives them.
 * @param own Values of Heat's own parameters.
 */
export function scopeOf(
  template: Fields,
  given: Fields,
  files: Readonly<Record<string, string>>,
  own: Fields,
): Scope {
  const declared = Object.entries(fields(template['parameters'])).map(([name, raw]): [string, unknown] => {
    const schema = fields(raw);
    const value = given[name] ?? schema['default'] ?? undefined;
    const isSecret = value === hidden && schema['hidden'] === true;
    return [name, isSecret ? new Unsettled('secret', name) : typed(value, text(schema['type']))];
  });
  const pseudos = Object.entries(own).filter(([name]) => pseudo.test(name));
  return {
    parameters: Object.fromEntries([...declared, ...pseudos]),
    conditions: fields(template['conditions']),
    files,
  };
}

/** As heat `engine/parameters.py` makes it; a value that isn't of the type stays as it is: Heat will say so. */
function typed(value: unknown, type: string): unknown {
  switch (type) {
    case 'string':
      return isPlainObject(value) || Array.isArray(value) || value === undefined ? value : pythonText(value);
    case 'number':
      return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
        ? Number(value)
        : value;
    case 'boolean':
      return truthOf(value) ?? value;
    case 'comma_delimited_list':
      return typeof value === 'string'
        ? value === ''
          ? []
          : value.split(',').map(item => item.trim())
        : value;
    case 'json':
      return typeof value === 'string' ? parsed(value) : value;
    default:
      return value;
  }
}

function parsed(value: string): unknown {
  try {
    return value.trim() === '' ? {} : JSON.parse(value);
  } catch {
    return value;
  }
}

/** As Python's `str`. */
export function pythonText(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return String(value);
}

/** The value with every function in it worked out, or left as Unsettled. */
export function settled(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) return value.map(item => settled(item, scope));
  if (!isPlainObject(value)) return value;
  const keys = Object.keys(value);
  const [key = ''] = keys;
  if (keys.length === 1 && isFunction(key)) return called(key, value[key], scope);
  return Object.fromEntries(keys.map(name => [name, settled(value[name], scope)]));
}

function called(name: string, raw: unknown, scope: Scope): unknown {
  switch (name) {
    case 'get_param':
      return parameter(raw, scope);
    case 'get_file':
      return typeof raw === 'string' && Object.hasOwn(scope.files, raw)
        ? scope.files[raw]
        : new Unsettled('call', name, [raw]);
    case 'get_resource':
      return new Unsettled('resource', text(raw));
    case 'get_attr': {
      const [resource, ...path] = Array.isArray(raw) ? (raw as readonly unknown[]) : [raw];
      return new Unsettled(
        'attribute',
        text(resource),
        path.map(step => settled(step, scope)),
      );
    }
    case 'if': {
      const [condition, yes, no] = Array.isArray(raw) ? (raw as readonly unknown[]) : [];
      const truth = holds(condition, scope);
      if (truth === undefined) return new Unsettled('call', name, [settled(raw, scope)]);
      return settled(truth ? yes : no, scope);
    }
    default: {
      const args = settled(raw, scope);
      return (hasUnsettled(args) ? undefined : plain(name, args)) ?? new Unsettled('call', name, [args]);
    }
  }
}

function parameter(raw: unknown, {parameters}: Scope): unknown {
  const [name, ...path] = Array.isArray(raw) ? (raw as readonly unknown[]) : [raw];
  if (typeof name !== 'string' || !Object.hasOwn(parameters, name))
    return new Unsettled('call', 'get_param', [raw]);
  let value = parameters[name];
  for (const step of path) {
    if (value instanceof Unsettled) return value;
    value = Array.isArray(value) ? (value as readonly unknown[])[Number(step)] : fields(value)[String(step)];
  }
  return value;
}

/** Functions of plain values that bundles use; undefined for one that only Heat works out. */
function plain(name: string, args: unknown): unknown {
  const list = Array.isArray(args) ? (args as readonly unknown[]) : [];
  switch (name) {
    case 'list_join': {
      const [delimiter, ...lists] = list;
      const items = lists.flatMap(item => (Array.isArray(item) ? (item as readonly unknown[]) : [item]));
      return items.every(item => isScalar(item)) ? items.map(pythonText).join(text(delimiter)) : undefined;
    }
    case 'list_concat':
      return list.every(item => Array.isArray(item)) ? list.flat() : undefined;
    case 'map_merge':
      return list.every(item => isPlainObject(item)) ? Object.assign({}, ...list) : undefined;
    case 'str_split': {
      const [delimiter, string, index] = list;
      if (typeof delimiter !== 'string' || typeof string !== 'string') return undefined;
      const parts = string.split(delimiter);
      return index === undefined ? parts : parts[Number(index)];
    }
    case 'str_replace':
    case 'str_replace_strict':
    case 'str_replace_vstrict':
      return replaced(fields(args));
    default:
      return undefined;
  }
}

/** Heat puts the longer keys first, and never replaces in what it has replaced. */
function replaced({template, params}: Fields): string | undefined {
  if (typeof template !== 'string' || !isPlainObject(params)) return undefined;
  const keys = Object.keys(params)
    .filter(key => key !== '')
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1));
  if (keys.some(key => !isScalar(params[key]))) return undefined;
  if (keys.length === 0) return template;
  const pattern = new RegExp(
    keys.map(key => key.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`)).join('|'),
    'g',
  );
  return template.replaceAll(pattern, key => pythonText(params[key]));
}

function isScalar(value: unknown): boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

export function hasUnsettled(value: unknown): boolean {
  if (value instanceof Unsettled) return true;
  if (Array.isArray(value)) return value.some(item => hasUnsettled(item));
  return isPlainObject(value) && Object.values(value).some(item => hasUnsettled(item));
}

/** Whether a condition holds; undefined where that can't be worked out. None at all holds. */
export function holds(condition: unknown, scope: Scope, seen: readonly string[] = []): boolean | undefined {
  if (condition === undefined) return true;
  if (typeof condition === 'boolean') return condition;
  if (typeof condition === 'string') {
    if (seen.includes(condition) || !Object.hasOwn(scope.conditions, condition)) return undefined;
    return holds(scope.conditions[condition], scope, [...seen, condition]);
  }
  if (!isPlainObject(condition)) return undefined;
  const of = (item: unknown): boolean | undefined => holds(item, scope, seen);
  if ('get_param' in condition) return truthOf(settled(condition, scope));
  if ('not' in condition) return negated(of(condition['not']));
  if (Array.isArray(condition['and'])) return all(condition['and'].map(of));
  if (Array.isArray(condition['or'])) return negated(all(condition['or'].map(item => negated(of(item)))));
  if (!Array.isArray(condition['equals'])) return undefined;
  const [a, b] = condition['equals'].map(item => settled(item, scope));
  return hasUnsettled([a, b]) ? undefined : JSON.stringify(a) === JSON.stringify(b);
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function all(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}
