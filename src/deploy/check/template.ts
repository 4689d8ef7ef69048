/** The parsed template, read for checking: resources that will be made, and values as far as they are known. */
import {type Fields, fields, text} from '../../model/json.ts';
import {truthOf} from '../../model/truth.ts';
import {isPlainObject} from '../../model/value.ts';

export interface CheckedResource {
  readonly name: string;
  readonly type: string;
  readonly properties: Fields;
}

/** Resources whose condition holds with these parameter values; one that can't be worked out counts as true. */
export function resourcesOf(template: Fields, parameters: Fields): readonly CheckedResource[] {
  const conditions = fields(template['conditions']);
  return Object.entries(fields(template['resources']))
    .map(([name, raw]) => ({name, row: fields(raw)}))
    .filter(({row}) => holds(row['condition'], conditions, parameters) !== false)
    .map(({name, row}) => ({name, type: text(row['type']), properties: fields(row['properties'])}));
}

/** All parameter values: those given, else the template's defaults. */
export function withDefaults(template: Fields, given: Fields): Fields {
  const defaults = Object.entries(fields(template['parameters']))
    .map(([name, raw]) => [name, fields(raw)['default']] as const)
    .filter(([, value]) => value !== undefined && value !== null);
  return {...Object.fromEntries(defaults), ...present(given)};
}

/** Without the nulls: to Heat they are parameters that were not given. */
export function present(given: Fields): Fields {
  return Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  );
}

/** The literal value behind a parameter look-up; undefined for what only Heat can work out. */
export function valueOf(value: unknown, parameters: Fields): unknown {
  if (!isPlainObject(value)) return value;
  const keys = Object.keys(value);
  if (keys.length !== 1) return value;
  const wanted = value['get_param'];
  if (typeof wanted === 'string') return parameters[wanted];
  return isFunction(keys[0] ?? '') ? undefined : value;
}

/** As `valueOf`, of a text put together of parameters and literals too: a name with what stands before it. */
export function textOf(value: unknown, parameters: Fields): string | undefined {
  const parts = isPlainObject(value) && Array.isArray(value['list_join']) ? value['list_join'] : undefined;
  if (parts === undefined) {
    const found = valueOf(value, parameters);
    return typeof found === 'string' || typeof found === 'number' ? String(found) : undefined;
  }
  const [delimiter, items] = parts as readonly unknown[];
  if (typeof delimiter !== 'string' || !Array.isArray(items)) return undefined;
  const texts = items.map(item => textOf(item, parameters));
  return texts.includes(undefined) ? undefined : texts.join(delimiter);
}

const functions = new Set(
  (
    'get_param get_resource get_attr get_file str_replace str_replace_strict str_replace_vstrict list_join ' +
    'list_concat list_concat_unique str_split digest repeat map_merge map_replace yaql if equals not and or ' +
    'filter make_url contains resource_facade'
  ).split(' '),
);

export function isFunction(key: string): boolean {
  return functions.has(key);
}

/** Undefined where it can't be worked out. */
export function holds(condition: unknown, conditions: Fields, parameters: Fields): boolean | undefined {
  const seen = new Set<string>();
  const truth = (value: unknown): boolean | undefined => {
    if (value === undefined) return true;
    if (typeof value === 'boolean') return value;
    if (typeof value === 'string') {
      if (seen.has(value) || !Object.hasOwn(conditions, value)) return undefined;
      seen.add(value);
      const result = truth(conditions[value]);
      seen.delete(value);
      return result;
    }
    if (!isPlainObject(value)) return undefined;
    if ('get_param' in value) return truthOf(valueOf(value, parameters));
    if ('not' in value) return negated(truth(value['not']));
    if (Array.isArray(value['and'])) return all(value['and'].map(item => truth(item)));
    if (Array.isArray(value['or'])) return negated(all(value['or'].map(item => negated(truth(item)))));
    if (Array.isArray(value['equals'])) {
      const [a, b] = value['equals'].map(item => valueOf(item, parameters));
      return a === undefined || b === undefined ? undefined : same(a, b);
    }
    return undefined;
  };
  return truth(condition);
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function all(values: readonly (boolean | undefined)[]): boolean | undefined {
  if (values.includes(false)) return false;
  return values.includes(undefined) ? undefined : true;
}

function same(a: unknown, b: unknown): boolean {
  if (typeof a === 'boolean' || typeof b === 'boolean') return truthOf(a) === truthOf(b);
  return JSON.stringify(a) === JSON.stringify(b) || String(a) === String(b);
}
