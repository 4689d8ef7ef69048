/** One set of siblings -> a group and its nested template. Pure. */
import {INDEX_VARIABLE, RESOURCE_GROUP} from '../../model/expand.ts';
import {textsIn} from '../../model/json.ts';
import type {Json, Template, TemplateResource} from '../model.ts';
import {type Given, lift, type Outer, Refusal} from './lift.ts';
import {roleNames} from './names.ts';
import {ownBodies} from './signature.ts';
import type {Member, Whole} from './siblings.ts';

/** Members with the numbers that Heat knows them by. */
export type Numbered = readonly {readonly index: number; readonly member: Member}[];

export interface Group {
  readonly name: string;
  /** As get_file and type would name it. */
  readonly file: string;
  readonly members: Numbered;
  /** By part. */
  readonly roles: readonly string[];
  readonly nested: readonly TemplateResource[];
  readonly given: readonly Given[];
  /** In the outer template, still with references to single things. */
  readonly resource: TemplateResource;
}

/** @throws Refusal where they can't be folded. */
export function groupOf(
  members: Numbered,
  {
    name,
    file,
    whole,
    outer,
    template,
    waits,
  }: {
    readonly name: string;
    readonly file: string;
    readonly whole: Whole;
    readonly outer: Outer;
    readonly template: Template;
    /** Resources that all of it waits for. */
    readonly waits: readonly string[];
  },
): Group {
  const bodies = members.map(({member}) => ownBodies(member.parts, whole));
  const [first = []] = bodies;
  const byPart = first.map((_, part) => bodies.map(parts => parts[part]).filter(one => one !== undefined));
  const condition = byPart.flat().find(one => one.condition !== undefined)?.condition;
  if (condition !== undefined) throw new Refusal(`they are made only where ${condition} is true`);
  const kinds = (members[0]?.member.parts ?? []).map(key => key.slice(0, key.indexOf(':')));
  const roles = roleNames(
    byPart.map(parts => parts.map(one => one.name)),
    kinds,
  );
  const indices = members.map(({index}) => index);
  const {resources, given, fields} = lift(byPart, {roles, indices, outer});
  const label = ({server}: Member): string =>
    whole.graph.nodes.get(server)?.label || (whole.names.get(server) ?? server);
  const labels = members.map(({member}) => label(member));
  const nested = resources.map((resource, part) =>
    Object.assign(resource, {comments: commentsOf(byPart[part] ?? [], labels)}),
  );
  const properties = [...given];
  const values = fields.length === 0 ? [] : membersValue(fields, indices);
  const usesIndex = fields.length > 0;
  const texts = [
    ...textsIn([...given.map(({value}) => value).filter(value => typeof value !== 'string'), values]),
  ];
  const variable = freeVariable([...texts, ...textsBehind(texts, template)]);
  const fill = (value: Json): Json =>
    typeof value === 'string' ? value.replaceAll(INDEX_VARIABLE, () => variable) : value;
  const all: Given[] = usesIndex
    ? [
        {name: 'index', type: 'string', description: 'Which of them this is', value: INDEX_VARIABLE},
        {name: 'members', type: 'json', description: 'What they differ in, by index', value: values},
        ...properties,
      ]
    : properties;
  const gaps = missing(indices);
  return {
    name,
    file,
    members,
    roles,
    nested,
    given: all,
    resource: {
      name,
      comments: [listed(labels)],
      type: RESOURCE_GROUP,
      dependsOn: waits,
      properties: {
        count: members.length,
        ...(variable === INDEX_VARIABLE ? {} : {index_var: variable}),
        ...(gaps.length === 0 ? {} : {removal_policies: [{resource_list: gaps}]}),
        resource_def: {
          type: file,
          ...(all.length === 0
            ? {}
            : {properties: Object.fromEntries(all.map(one => [one.name, fill(one.value)]))}),
        },
      },
    },
  };
}

/** A list, or a map where numbers are missing: `get_param` looks into both by the same index. */
function membersValue(fields: readonly Readonly<Record<string, Json>>[], indices: readonly number[]): Json {
  return missing(indices).length === 0
    ? fields
    : Object.fromEntries(fields.map((one, at) => [String(indices[at]), one]));
}

/** Numbers of members that are gone: Heat passes them over, for ever. Proof: heat `resource_group.py`, `_resource_names`. */
function missing(indices: readonly number[]): readonly string[] {
  const there = new Set(indices);
  return Array.from({length: Math.max(...indices) + 1}, (_, index) => index)
    .filter(index => !there.has(index))
    .map(String);
}

/** Heat replaces the variable in whatever the properties come to, a user's text as well. */
function freeVariable(texts: readonly string[]): string {
  for (let count = 1; ; count += 1) {
    const variable = count === 1 ? INDEX_VARIABLE : `%index${count}%`;
    if (!texts.some(text => text.includes(variable))) return variable;
  }
}

/** What is behind names of files and parameters. */
function* textsBehind(names: readonly string[], {files, parameters}: Template): Generator<string> {
  const wanted = new Set(names);
  for (const name of wanted) {
    const text = files.get(name);
    if (text !== undefined) yield text;
  }
  for (const {name, value} of parameters) if (wanted.has(name)) yield* textsIn(value);
}

/** Those that all have as they are, those of one with its name. */
function commentsOf(resources: readonly TemplateResource[], labels: readonly string[]): readonly string[] {
  const all = resources.flatMap(({comments}) => comments);
  const shared = new Set(all.filter(line => resources.every(({comments}) => comments.includes(line))));
  const own = resources.flatMap(({comments}, member) =>
    comments.filter(line => !shared.has(line)).map(line => `${labels[member] ?? ''}: ${line}`),
  );
  return [...shared, ...own];
}

function listed(labels: readonly string[]): string {
  const most = 8;
  const some = labels.slice(0, most).join(', ');
  return labels.length <= most ? some : `${some}, … (${labels.length})`;
}
