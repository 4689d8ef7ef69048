/**
 * A template whose groups are written out one by one, as Heat makes them: `web_servers.1.port` is the resource `port` of
 * the nested template, for the index 1. Proof: heat `engine/resources/openstack/heat/resource_group.py`,
 * `template_resource.py`, `engine/hot/functions.py` (`GetParam`). Pure.
 */
import {type Fields, fields, text, texts} from './json.ts';
import {parsePyYaml} from './pyyaml.ts';
import {isPlainObject} from './value.ts';

export const RESOURCE_GROUP = 'OS::Heat::ResourceGroup';

/** What Heat puts the index for. */
export const INDEX_VARIABLE = '%index%';

export interface Expansion {
  /** Without those groups; whatever refers to them refers to what is in them. */
  readonly template: Fields;
  /** The groups that were written out, by name. */
  readonly groups: ReadonlyMap<string, ExpandedGroup>;
}

export interface ExpandedGroup {
  /** Its nested template, by the name that the group calls it by. */
  readonly file: string;
  /** Names of its members in Heat, `0` and on. */
  readonly indices: readonly string[];
  /** Names of what it comes to, as `web_servers.0.port`. */
  readonly resources: readonly string[];
}

interface Group extends ExpandedGroup {
  readonly name: string;
  readonly nested: Fields;
  readonly properties: ReadonlyMap<string, Fields>;
  readonly condition: unknown;
  readonly dependsOn: readonly string[];
}

/** Only Heat can say what it comes to. */
class Opaque extends Error {}

/**
 * A group is left as it is where it isn't of the kind that rekindle writes: a nested template among the files, without
 * conditions, with a count that is a number.
 * @param files By the names that the template has.
 */
export function expand(template: Fields, files: Readonly<Record<string, string>>): Expansion {
  const resources = fields(template['resources']);
  const found = new Map<string, {readonly group: Group; readonly members: Fields}>();
  for (const [name, raw] of Object.entries(resources)) {
    const group = groupOf(name, fields(raw), files);
    const members = group === undefined ? undefined : tried(() => membersOf(group));
    if (group !== undefined && members !== undefined) found.set(name, {group, members});
  }
  if (found.size === 0) return {template, groups: new Map()};
  const groups = new Map([...found].map(([name, {group}]) => [name, group]));
  const written = Object.entries(resources).flatMap(([name, raw]) =>
    Object.entries(found.get(name)?.members ?? {[name]: raw}),
  );
  return {
    template: {
      ...template,
      resources: Object.fromEntries(written.map(([name, raw]) => [name, aimed(fields(raw), groups)])),
      ...(template['outputs'] === undefined ? {} : {outputs: outward(template['outputs'], groups)}),
    },
    groups: new Map(
      [...groups].map(([name, {file, indices, resources: made}]) => [name, {file, indices, resources: made}]),
    ),
  };
}

function tried<T>(make: () => T): T | undefined {
  try {
    return make();
  } catch (error) {
    if (error instanceof Opaque) return undefined;
    throw error;
  }
}

function groupOf(name: string, raw: Fields, files: Readonly<Record<string, string>>): Group | undefined {
  if (raw['type'] !== RESOURCE_GROUP) return undefined;
  const {
    count,
    resource_def: definition,
    index_var: variable,
    removal_policies: removal,
  } = fields(raw['properties']);
  const file = text(fields(definition)['type']);
  const nested = Object.hasOwn(files, file) ? templateIn(files[file] ?? '') : undefined;
  const inner = Object.keys(fields(nested?.['resources']));
  if (nested === undefined || !isCount(count, inner.length) || nested['conditions'] !== undefined)
    return undefined;
  const skipped = new Set(
    (Array.isArray(removal) ? removal : []).flatMap((policy: unknown) =>
      texts(fields(policy)['resource_list']),
    ),
  );
  const indices: string[] = [];
  for (let index = 0; indices.length < count; index += 1)
    if (!skipped.has(String(index))) indices.push(String(index));
  const given = fields(fields(definition)['properties']);
  const mark = text(variable) === '' ? INDEX_VARIABLE : text(variable);
  return {
    name,
    file,
    indices,
    nested,
    resources: indices.flatMap(index => inner.map(one => memberName(name, index, one))),
    properties: new Map(indices.map(index => [index, fields(indexed(given, mark, index))])),
    condition: raw['condition'],
    dependsOn: namesOf(raw['depends_on']),
  };
}

/** No Heat takes as many; a stranger's template may ask for any number. */
const MOST_MEMBERS = 100_000;

function isCount(count: unknown, each: number): count is number {
  return (
    Number.isInteger(count) && (count as number) >= 0 && (count as number) * Math.max(1, each) <= MOST_MEMBERS
  );
}

/** A nested template as its file has it; undefined for what is none. */
export function templateIn(source: string): Fields | undefined {
  if (!source.includes('heat_template_version')) return undefined;
  try {
    const data = parsePyYaml(source);
    return isPlainObject(data) && 'heat_template_version' in data ? data : undefined;
  } catch {
    return undefined;
  }
}

export function memberName(group: string, index: string, resource: string): string {
  return `${group}.${index}.${resource}`;
}

function namesOf(dependsOn: unknown): readonly string[] {
  return typeof dependsOn === 'string' ? [dependsOn] : texts(dependsOn);
}

/** Heat replaces the variable in every text of the properties, not in keys. */
function indexed(value: unknown, variable: string, index: string): unknown {
  if (typeof value === 'string') return value.replaceAll(variable, () => index);
  if (Array.isArray(value)) return value.map(item => indexed(item, variable, index));
  if (!isPlainObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, indexed(item, variable, index)]),
  );
}

function membersOf(group: Group): Fields {
  const {name, nested, indices, condition, dependsOn} = group;
  const members = indices.flatMap(index =>
    Object.entries(fields(nested['resources'])).map(([inner, raw]): [string, Fields] => {
      const {depends_on: own, condition: inside, ...body} = fields(raw);
      if (inside !== undefined) throw new Opaque();
      const after = [...namesOf(own).map(one => memberName(name, index, one)), ...dependsOn];
      return [
        memberName(name, index, inner),
        {
          ...fields(resolved(body, group, index)),
          ...(condition === undefined ? {} : {condition}),
          ...(after.length === 0 ? {} : {depends_on: after}),
        },
      ];
    }),
  );
  return Object.fromEntries(members);
}

/** The value as it is in that member, said from outside. */
function resolved(value: unknown, group: Group, index: string): unknown {
  if (Array.isArray(value)) return value.map(item => resolved(item, group, index));
  if (!isPlainObject(value)) return value;
  const [key = '', ...others] = Object.keys(value);
  if (others.length === 0) {
    const argument = value[key];
    const own = (name: unknown): string => memberName(group.name, index, text(name));
    if (key === 'get_param') return parameter(argument, group, index);
    if (key === 'get_resource') return {get_resource: own(argument)};
    if (key === 'get_attr' && Array.isArray(argument)) {
      const [name, ...path] = argument as readonly unknown[];
      return {get_attr: [own(name), ...path.map(step => resolved(step, group, index))]};
    }
    // A nested template names files beside itself.
    if (key === 'get_file') throw new Opaque();
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, resolved(item, group, index)]),
  );
}

function parameter(argument: unknown, group: Group, index: string): unknown {
  const [name, ...path] = Array.isArray(argument) ? (argument as readonly unknown[]) : [argument];
  if (typeof name !== 'string') throw new Opaque();
  if (name.startsWith('OS::')) {
    // A nested stack has a name and an id of its own.
    if (name !== 'OS::project_id') throw new Opaque();
    return {get_param: argument};
  }
  const given = group.properties.get(index) ?? {};
  const declared = fields(fields(group.nested['parameters'])[name]);
  let value = Object.hasOwn(given, name) ? given[name] : declared['default'];
  for (const raw of path) {
    const step = resolved(raw, group, index);
    if (typeof step !== 'string' && typeof step !== 'number') throw new Opaque();
    if (Array.isArray(value)) value = (value as readonly unknown[])[Number(step)];
    else if (isPlainObject(value) && Object.hasOwn(value, String(step))) value = value[String(step)];
    else throw new Opaque();
  }
  if (value === undefined) throw new Opaque();
  return value;
}

type Groups = ReadonlyMap<string, Group>;

/** A resource that refers to nothing but resources: who waits for a group waits for all that is in it. */
function aimed({depends_on: after, ...body}: Fields, groups: Groups): Fields {
  const names = namesOf(after).flatMap(name => groups.get(name)?.resources ?? [name]);
  return {
    ...fields(outward(body, groups)),
    ...(names.length === 0 ? {} : {depends_on: names}),
  };
}

/** `get_attr: [web_servers, resource.1.port]`, and what stands behind it in the nested template. */
function outward(value: unknown, groups: Groups): unknown {
  if (Array.isArray(value)) return value.map(item => outward(item, groups));
  if (!isPlainObject(value)) return value;
  const argument = value['get_attr'];
  if (Object.keys(value).length === 1 && Array.isArray(argument)) {
    const [name, attribute, ...path] = argument as readonly unknown[];
    const group = groups.get(text(name));
    const output = group === undefined ? undefined : tried(() => outputOf(group, text(attribute), path));
    if (output !== undefined) return outward(output, groups);
  }
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, outward(item, groups)]));
}

function outputOf(group: Group, attribute: string, path: readonly unknown[]): unknown {
  const [, index = '', name = ''] = /^resource\.(\d+)\.(.+)$/.exec(attribute) ?? [];
  const output = fields(fields(group.nested['outputs'])[name])['value'];
  if (output === undefined || !group.indices.includes(index)) throw new Opaque();
  const value = resolved(output, group, index);
  if (path.length === 0) return value;
  const inner = fields(value)['get_attr'];
  if (!Array.isArray(inner)) throw new Opaque();
  return {get_attr: [...(inner as readonly unknown[]), ...path]};
}
