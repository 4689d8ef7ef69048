/**
 * What an expert would strike out of a template, as far as a machine can tell: ids of a source, what is declared and
 * not used, order that is said twice, defaults restated, odd order and form.
 */
import {isDeepStrictEqual} from 'node:util';
import type {PropertySchema} from '../../src/model/heat-schema.ts';
import {heatSchemas} from '../../src/resources/heat-schemas.ts';
import {registry} from '../../src/resources/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';

export type Rule =
  | 'id'
  | 'unused'
  | 'undeclared'
  | 'depends_on'
  | 'default'
  | 'order'
  | 'width'
  | 'empty'
  | 'blank'
  | 'unknown-key';

export interface Finding {
  readonly rule: Rule;
  /** Where, as a path or a line: `resources.web.depends_on`, `line 7`. */
  readonly where: string;
  readonly what: string;
}

export interface LintFacts {
  /** Ids of the source; what looks like one is found anyway. */
  readonly ids?: readonly string[];
  /** Files of the bundle, as get_file names them. */
  readonly files?: readonly string[];
  /** Parameters whose values the bundle's steps take from the environment. */
  readonly inSteps?: readonly string[];
}

/** Columns of a line that is not one piece of data. */
export const WIDTH = 110;

/** Defaults of Heat that are worth saying, with the reason. */
const WORTH_SAYING: Readonly<Record<string, string>> = {
  'OS::Nova::ServerGroup.policies': 'the policy is what the group is there for',
  'OS::Neutron::SecurityGroupRule.protocol':
    'tcp, where a rule inside of a group that says none is for all protocols',
};

const SECTIONS = [
  'heat_template_version',
  'description',
  'parameter_groups',
  'parameters',
  'conditions',
  'resources',
  'outputs',
];
const RESOURCE_KEYS = new Set(['type', 'condition', 'depends_on', 'metadata', 'properties']);

type Fields = Readonly<Record<string, unknown>>;

interface Resource {
  readonly type: string;
  readonly properties: Fields;
  readonly dependsOn: readonly string[];
  readonly condition: string | undefined;
  /** Names of the resources that its properties refer to. */
  readonly refers: ReadonlySet<string>;
}

/** @returns what is wrong with the template, by line and then by path. */
export function lintTemplate(text: string, facts: LintFacts = {}): readonly Finding[] {
  const template = fieldsOf(parsePyYaml(text));
  const resources = new Map(
    Object.entries(fieldsOf(template['resources'])).map(([name, one]) => [name, resourceOf(fieldsOf(one))]),
  );
  return [
    ...lines(text, facts),
    ...keys(template),
    ...uses(template, resources, facts),
    ...needlessOrder(resources),
    ...restated(resources),
    ...sections(text, template, resources),
  ];
}

function* lines(text: string, {ids = []}: LintFacts): Generator<Finding> {
  const known = ids.flatMap(id =>
    id.length < 32 ? [] : [id, id.replaceAll('-', ''), id.replaceAll('-', '_')],
  );
  for (const [index, line] of text.split('\n').entries()) {
    const where = `line ${index + 1}`;
    const odd = /(?<![0-9a-f])[0-9a-f]{8}(?:[-_]?[0-9a-f]{4}){3}[-_]?[0-9a-f]{12}(?![0-9a-f])/i.exec(
      line,
    )?.[0];
    const id = odd ?? known.find(one => line.includes(one));
    if (id !== undefined) yield {rule: 'id', where, what: `${id} in: ${line.trim()}`};
    if (/\s$|\t/.test(line)) yield {rule: 'blank', where, what: 'a tab, or a blank at the end'};
    if (line.length > WIDTH && !isOneDatum(line))
      yield {rule: 'width', where, what: `${line.length} columns: ${line.trim().slice(0, 40)}…`};
    if (/: \{\s*\}$/.test(line)) yield {rule: 'empty', where, what: line.trim()};
  }
}

/** A key and a text, or a text in a list or a block. */
function isOneDatum(line: string): boolean {
  const value = line.trim().replace(/^(?:- )*(?:[\w.-]+: )?/, '');
  return !/^[{[#]/.test(value);
}

function* keys(template: Fields): Generator<Finding> {
  const stray = Object.keys(template).filter(key => !SECTIONS.includes(key));
  for (const key of stray) yield {rule: 'unknown-key', where: key, what: 'no section of HOT'};
  for (const [name, one] of Object.entries(fieldsOf(template['resources']))) {
    for (const key of Object.keys(fieldsOf(one)))
      if (!RESOURCE_KEYS.has(key))
        yield {rule: 'unknown-key', where: `resources.${name}.${key}`, what: 'Heat takes no such key'};
  }
}

function* uses(
  template: Fields,
  resources: ReadonlyMap<string, Resource>,
  {files, inSteps = []}: LintFacts,
): Generator<Finding> {
  const parameters = Object.keys(fieldsOf(template['parameters']));
  const conditions = Object.keys(fieldsOf(template['conditions']));
  const used = {
    parameter: new Set(inSteps),
    condition: new Set<string>(),
    resource: new Set<string>(),
    file: new Set<string>(),
  };
  collect(template['resources'], used);
  collect(template['outputs'], used);
  for (const [name, value] of Object.entries(fieldsOf(template['conditions']))) {
    collect(value, used);
    for (const other of conditionsIn(value)) if (other !== name) used.condition.add(other);
  }
  for (const {condition, dependsOn} of resources.values()) {
    if (condition !== undefined) used.condition.add(condition);
    for (const name of dependsOn) used.resource.add(name);
  }
  yield* compare('parameter', parameters, used.parameter);
  yield* compare('condition', conditions, used.condition);
  for (const name of used.resource)
    if (!resources.has(name)) yield {rule: 'undeclared', where: name, what: 'no such resource'};
  if (files !== undefined) yield* compare('file', files, used.file);
}

function* compare(what: string, declared: readonly string[], used: ReadonlySet<string>): Generator<Finding> {
  for (const name of declared)
    if (!used.has(name)) yield {rule: 'unused', where: name, what: `nothing uses this ${what}`};
  for (const name of used) {
    if (!declared.includes(name) && !name.startsWith('OS::'))
      yield {rule: 'undeclared', where: name, what: `no such ${what}`};
  }
}

/** What the calls in a value name. */
function collect(
  value: unknown,
  used: Readonly<Record<'parameter' | 'condition' | 'resource' | 'file', Set<string>>>,
): void {
  if (Array.isArray(value)) for (const item of value as unknown[]) collect(item, used);
  if (!isFields(value)) return;
  const [[call, argument] = ['', undefined], ...others] = Object.entries(value);
  const first: unknown = Array.isArray(argument) ? (argument as unknown[])[0] : argument;
  if (others.length === 0 && typeof first === 'string') {
    if (call === 'get_param') used.parameter.add(first);
    else if (call === 'get_resource' || call === 'get_attr') used.resource.add(first);
    else if (call === 'get_file') used.file.add(first);
    else if (call === 'if') used.condition.add(first);
  }
  for (const item of Object.values(value)) collect(item, used);
}

/** Conditions by name, inside of a condition. */
function conditionsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (Array.isArray(value)) return (value as unknown[]).flatMap(conditionsIn);
  if (!isFields(value)) return [];
  return ['and', 'or', 'not'].flatMap(call => conditionsIn(value[call]));
}

function* needlessOrder(resources: ReadonlyMap<string, Resource>): Generator<Finding> {
  for (const [name, {refers, dependsOn}] of resources) {
    for (const target of dependsOn) {
      const others = [...refers, ...dependsOn.filter(one => one !== target)];
      if (!reaches(others, target, resources) && target !== name) continue;
      yield {
        rule: 'depends_on',
        where: `resources.${name}.depends_on`,
        what: `that it comes after ${target} is said already`,
      };
    }
  }
}

function reaches(from: readonly string[], target: string, resources: ReadonlyMap<string, Resource>): boolean {
  const seen = new Set<string>();
  const todo = [...from];
  for (let name = todo.pop(); name !== undefined; name = todo.pop()) {
    if (name === target) return true;
    if (seen.has(name)) continue;
    seen.add(name);
    const {refers = [], dependsOn = []} = resources.get(name) ?? {};
    todo.push(...refers, ...dependsOn);
  }
  return false;
}

function* restated(resources: ReadonlyMap<string, Resource>): Generator<Finding> {
  for (const [name, {type, properties}] of resources) {
    const schema = heatSchemas[type] ?? {};
    for (const [property, value] of Object.entries(properties)) {
      for (const path of defaultsIn(schema[property], value, property)) {
        if (!Object.hasOwn(WORTH_SAYING, `${type}.${path}`))
          yield {rule: 'default', where: `resources.${name}.${path}`, what: `the default of ${type}`};
      }
    }
    if (type === 'OS::Neutron::Subnet' && isFirstAddress(properties))
      yield {
        rule: 'default',
        where: `resources.${name}.gateway_ip`,
        what: 'the first address is what Neutron takes',
      };
  }
}

function* defaultsIn(schema: PropertySchema | undefined, value: unknown, path: string): Generator<string> {
  if (schema === undefined) return;
  // Heat's own may be a word for a boolean.
  const isSame =
    isDeepStrictEqual(value, schema.default) ||
    (typeof value === 'boolean' && schema.default === String(value)) ||
    (typeof value === 'string' && value === JSON.stringify(schema.default));
  if (schema.default !== undefined && schema.required !== true && isSame) yield path;
  else if (Array.isArray(value))
    for (const item of value as unknown[]) yield* defaultsIn(schema.items, item, `${path}.*`);
  else if (isFields(value) && schema.keys !== undefined)
    for (const [key, item] of Object.entries(value))
      yield* defaultsIn(schema.keys[key], item, `${path}.${key}`);
}

/** Of an IPv4 range: Neutron's own choice; with a pool Neutron chooses the range as well. */
function isFirstAddress({cidr, gateway_ip: gateway}: Fields): boolean {
  if (typeof cidr !== 'string' || typeof gateway !== 'string') return false;
  const [network = '', length = ''] = cidr.split('/');
  return (
    /^[\d.]+$/.test(network + gateway) && Number(length) < 31 && numberOf(gateway) === numberOf(network) + 1
  );
}

function numberOf(address: string): number {
  return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** HOT's sections in HOT's order, parameters as grouped, each heading once, and each resource under its own. */
function* sections(
  text: string,
  template: Fields,
  resources: ReadonlyMap<string, Resource>,
): Generator<Finding> {
  const present = Object.keys(template);
  if (
    !isDeepStrictEqual(
      present,
      SECTIONS.filter(section => present.includes(section)),
    )
  )
    yield {rule: 'order', where: present.join(', '), what: 'the sections are not in the order of HOT'};
  const grouped = (
    template['parameter_groups'] as readonly {parameters: readonly string[]}[] | undefined
  )?.flatMap(({parameters}) => parameters);
  if (grouped !== undefined && !isDeepStrictEqual(grouped, Object.keys(fieldsOf(template['parameters']))))
    yield {rule: 'order', where: 'parameters', what: 'their order is not that of their groups'};
  const seen = new Set<string>();
  for (const {heading, names} of headings(text)) {
    if (seen.has(heading)) yield {rule: 'order', where: heading, what: 'the heading is there twice'};
    seen.add(heading);
    const above: string[] = [];
    for (const name of names) {
      const one = resources.get(name);
      if (one === undefined) continue;
      const ours = sectionsOf(one.type).has(heading);
      const belongs = above.some(other => one.refers.has(other) || resources.get(other)?.refers.has(name));
      if (!ours && !belongs)
        yield {rule: 'order', where: `resources.${name}`, what: `it does not belong under ${heading}`};
      above.push(name);
    }
  }
}

function headings(text: string): readonly {readonly heading: string; readonly names: readonly string[]}[] {
  const found: {heading: string; names: string[]}[] = [];
  const body = /^resources:\n([^]*?)(?=^\w|$(?![^]))/m.exec(text)?.[1] ?? '';
  for (const line of body.split('\n')) {
    const heading = /^ {2}# --- (.+) ---$/.exec(line)?.[1];
    const name = /^ {2}([\w.-]+):/.exec(line)?.[1];
    if (heading !== undefined) found.push({heading, names: []});
    else if (name !== undefined) found.at(-1)?.names.push(name);
  }
  return found;
}

function sectionsOf(type: string): ReadonlySet<string> {
  return new Set(registry.filter(({heat}) => heat === type).map(({section}) => section));
}

function resourceOf(fields: Fields): Resource {
  const properties = fieldsOf(fields['properties']);
  const used = {
    parameter: new Set<string>(),
    condition: new Set<string>(),
    resource: new Set<string>(),
    file: new Set<string>(),
  };
  collect(properties, used);
  const after = fields['depends_on'];
  const condition = fields['condition'];
  return {
    type: String(fields['type']),
    properties,
    dependsOn:
      typeof after === 'string' ? [after] : Array.isArray(after) ? (after as unknown[]).map(String) : [],
    condition: typeof condition === 'string' ? condition : undefined,
    refers: used.resource,
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function fieldsOf(value: unknown): Fields {
  return isFields(value) ? value : {};
}
