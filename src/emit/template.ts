/** Template -> template.yaml: sections in HOT's order, parameter groups, a heading per section of resources. */
import type {Json, Template, TemplateParameter, TemplateResource} from './model.ts';
import {headOf, prose, quoted, stringify, textOf, toMap, toNode, valueOf, type Entry} from './yaml.ts';

/** Every Heat since 2018 takes it, with conditions; proof: heat `engine/hot/template.py`. */
export const HOT_VERSION = '2018-08-31';

export function templateYaml(template: Template): string {
  const sections: Entry[] = [
    {key: 'heat_template_version', value: quoted(HOT_VERSION)},
    {key: 'description', value: prose(template.description, 'description: '.length), space: true},
  ];
  if (template.parameters.length > 0) {
    sections.push(
      {key: 'parameter_groups', value: toNode(groups(template.parameters), 2), space: true},
      {
        key: 'parameters',
        value: toMap(template.parameters.map((parameter, index) => parameterEntry(parameter, index))),
        space: true,
      },
    );
  }
  if (Object.keys(template.conditions).length > 0)
    sections.push({key: 'conditions', value: toNode(template.conditions, 2), space: true});
  sections.push({
    key: 'resources',
    value: toMap(template.resources.map((resource, index) => resourceEntry(resource, index))),
    space: true,
  });
  if (Object.keys(template.outputs).length > 0)
    sections.push({key: 'outputs', value: toNode(template.outputs, 2), space: true});
  return stringify(toMap(sections));
}

function groups(parameters: readonly TemplateParameter[]): Json {
  const byGroup = new Map<string, string[]>();
  for (const {group, name} of parameters) {
    const names = byGroup.get(group);
    if (names === undefined) byGroup.set(group, [name]);
    else names.push(name);
  }
  return [...byGroup].map(([label, names]) => ({label, parameters: names}));
}

function parameterEntry(parameter: TemplateParameter, index: number): Entry {
  const {type, form = {}, constraint} = parameter;
  const constraints = [
    ...(constraint === undefined ? [] : [{custom_constraint: constraint}]),
    ...((form.constraints ?? []) as readonly Json[]),
  ];
  const value: Record<string, Json> = {
    type,
    ...(form.label === undefined ? {} : {label: form.label}),
    description: parameter.description,
    ...(parameter.default === undefined ? {} : {default: parameter.default}),
    ...(parameter.hidden === true ? {hidden: true} : {}),
    ...(constraints.length === 0 ? {} : {constraints}),
  };
  const entries = Object.entries(value).map(([key, item]) => ({
    key,
    value:
      key === 'description'
        ? prose(parameter.description, 4 + 'description: '.length)
        : valueOf(key, item, 4),
  }));
  return {key: parameter.name, value: toMap(entries), space: index > 0};
}

export function resourceEntry(resource: TemplateResource, index: number): Entry {
  const comments = [...resource.comments];
  if (resource.section !== undefined)
    comments.unshift(`--- ${resource.section} ---`, ...(comments.length > 0 ? [''] : []));
  return {...bodyOf(resource), comments, space: index > 0};
}

type Body = Pick<Entry, 'key' | 'value' | 'text'>;

/** A resource is measured with the whole template, and written with each that it stands in. */
const bodies = new WeakMap<TemplateResource, Body>();

function bodyOf(resource: TemplateResource): Body {
  const known = bodies.get(resource);
  if (known !== undefined) return known;
  const {name: key, type, condition, dependsOn, properties} = resource;
  const [first, ...others] = dependsOn;
  const data = {
    type,
    ...(condition === undefined ? {} : {condition}),
    ...(first === undefined ? {} : {depends_on: others.length === 0 ? first : dependsOn}),
    ...(Object.keys(properties).length === 0 ? {} : {properties}),
  };
  const value = toNode(data, 4);
  const body = {key, value, text: textOf({key, value}, 1)};
  bodies.set(resource, body);
  return body;
}

/** Characters that a resource takes in a template, with what stands above it. */
export function lengthOf(resource: TemplateResource, index: number): number {
  const entry = resourceEntry(resource, index);
  const {text = linesOf(entry), ...above} = entry;
  return [...headOf(above, '  '), text].reduce((sum, line) => sum + line.length + 1, 0);
}

/** Of what is not plain: as it would be written by itself. */
function linesOf({key, value}: Entry): string {
  const text = stringify(toMap([{key: 'resources', value: toMap([{key, value}])}]));
  return text.slice(text.indexOf('\n') + 1, -1);
}
