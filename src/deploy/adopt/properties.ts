/**
 * What a template says of its resources, without the names it says it with: two templates made of the same project say
 * the same, whatever they call things and whichever of their values are parameters. Pure.
 */
import type {Report, ReportParameter} from '../../model/bundle.ts';
import {type Fields, fields, text, word} from '../../model/json.ts';
import {isPlainObject} from '../../model/value.ts';
import {withDefaults} from '../check/template.ts';

/** A template with all that its words stand for. */
export interface Said {
  readonly template: Fields;
  readonly report: Pick<Report, 'resources' | 'parameters'>;
  /** Given values of the parameters; defaults count as well. */
  readonly parameters: Fields;
  /** By the name that `get_file` has for it. */
  readonly files: Readonly<Record<string, string>>;
}

/** Property path of a resource, and what it is on both sides; undefined: not said. */
export interface Unlike {
  readonly property: string;
  readonly mine: unknown;
  readonly theirs: unknown;
}

/** By `kind:id`: the resource's properties, where every name is resolved. */
export function meaningOf(said: Said): ReadonlyMap<string, Fields> {
  const {template, report} = said;
  const keys = new Map(report.resources.map(({name, kind, id}) => [name, `${kind}:${id}`]));
  const parameters = new Map(report.parameters.map(parameter => [parameter.name, parameter]));
  const values = withDefaults(template, said.parameters);
  const look = {keys, parameters, values, files: said.files};
  const resources = fields(template['resources']);
  return new Map(
    report.resources.map(({name, kind, id}) => [
      `${kind}:${id}`,
      fields(resolved(fields(resources[name])['properties'], look)),
    ]),
  );
}

interface Look {
  readonly keys: ReadonlyMap<string, string>;
  readonly parameters: ReadonlyMap<string, ReportParameter>;
  readonly values: Fields;
  readonly files: Readonly<Record<string, string>>;
}

function resolved(value: unknown, look: Look): unknown {
  if (Array.isArray(value)) return value.map(item => resolved(item, look));
  if (!isPlainObject(value)) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only !== undefined) {
    const [name, argument] = only;
    if (name === 'get_resource') return {get_resource: look.keys.get(text(argument)) ?? argument};
    if (name === 'get_file') return look.files[text(argument)] ?? value;
    if (name === 'get_param' && typeof argument === 'string') return valueOf(argument, look);
    if (name === 'get_attr' && Array.isArray(argument)) {
      const [of, ...path] = argument as unknown[];
      return {get_attr: [look.keys.get(text(of)) ?? of, ...path]};
    }
    // Which of the two it is, is the deployment's choice: what they are is the project's.
    if (name === 'if' && Array.isArray(argument))
      return {if: argument.slice(1).map(item => resolved(item, look))};
  }
  return Object.fromEntries(entries.map(([key, item]) => [key, resolved(item, look)]));
}

/** A thing of the project's surroundings is the same by its name and by its id; a secret is never looked at. */
function valueOf(name: string, {parameters, values}: Look): unknown {
  const parameter = parameters.get(name);
  const value = values[name];
  if (parameter === undefined) return value;
  const {role, kind, source, value: known} = parameter;
  if (role === 'secret') return {secret: true};
  if (source === undefined || role === 'data') return value;
  const given = word(value);
  const same = given === source.id || given === source.name || given === word(known);
  return same ? {outside: `${kind}:${source.id}`} : value;
}

/** Property by property, down into maps; in the order of their names. */
export function unlike(mine: Fields, theirs: Fields, path = ''): readonly Unlike[] {
  const names = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])].sort();
  return names.flatMap(name => {
    const property = path === '' ? name : `${path}.${name}`;
    const [a, b] = [mine[name], theirs[name]];
    if (isSame(a, b)) return [];
    if (isMap(a) && isMap(b)) return unlike(a, b, property);
    return [{property, mine: a, theirs: b}];
  });
}

function isMap(value: unknown): value is Fields {
  return isPlainObject(value) && Object.keys(value).every(key => !/^(get_|if$|outside$|secret$)/.test(key));
}

/** Heat makes text of numbers and booleans, and the other way round. */
function isSame(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) &&
      Array.isArray(b) &&
      a.length === b.length &&
      a.every((item, index) => isSame(item, b[index]))
    );
  }
  if (isPlainObject(a) || isPlainObject(b)) {
    if (!isPlainObject(a) || !isPlainObject(b)) return false;
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every(name => isSame(a[name], b[name]));
  }
  return a === b || (isScalar(a) && isScalar(b) && asText(a) === asText(b));
}

function isScalar(value: unknown): value is string | number | boolean {
  return ['string', 'number', 'boolean'].includes(typeof value);
}

function asText(value: string | number | boolean): string {
  const said = String(value);
  return /^(true|false)$/i.test(said) ? said.toLowerCase() : said;
}
