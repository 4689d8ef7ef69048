/** Template -> template.yaml: sections in HOT's order, parameter groups, a heading per section of resources. */
import {Scalar} from 'yaml';
import type {Json, Template, TemplateParameter, TemplateResource} from './model.ts';
import {stringify, toMap, toNode, type Entry} from './yaml.ts';

/** Every Heat since 2018 takes it, with conditions; proof: heat `engine/hot/template.py`. */
const HOT_VERSION = '2018-08-31';

export function templateYaml(template: Template): string {
  const version = new Scalar(HOT_VERSION);
  version.type = Scalar.QUOTE_SINGLE;
  const sections: Entry[] = [
    {key: 'heat_template_version', value: version},
    {key: 'description', value: toNode(template.description), space: true},
  ];
  if (template.parameters.length > 0) {
    sections.push(
      {key: 'parameter_groups', value: toNode(groups(template.parameters)), space: true},
      {
        key: 'parameters',
        value: toMap(template.parameters.map((parameter, index) => parameterEntry(parameter, index))),
        space: true,
      },
    );
  }
  if (Object.keys(template.conditions).length > 0)
    sections.push({key: 'conditions', value: toNode(template.conditions), space: true});
  sections.push({
    key: 'resources',
    value: toMap(template.resources.map((resource, index) => resourceEntry(resource, index))),
    space: true,
  });
  if (Object.keys(template.outputs).length > 0)
    sections.push({key: 'outputs', value: toNode(template.outputs), space: true});
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
  const constraints = [
    ...(parameter.constraint === undefined ? [] : [{custom_constraint: parameter.constraint}]),
    ...((parameter.constraints ?? []) as readonly Json[]),
  ];
  const value = {
    type: parameter.type,
    ...(parameter.label === undefined ? {} : {label: parameter.label}),
    description: parameter.description,
    ...(parameter.default === undefined ? {} : {default: parameter.default}),
    ...(parameter.hidden === true ? {hidden: true} : {}),
    ...(constraints.length === 0 ? {} : {constraints}),
  };
  return {key: parameter.name, value: toNode(value), space: index > 0};
}

function resourceEntry(resource: TemplateResource, index: number): Entry {
  const comments = [...resource.comments];
  if (resource.section !== undefined)
    comments.unshift(`--- ${resource.section} ---`, ...(comments.length > 0 ? [''] : []));
  const value = {
    type: resource.type,
    ...(resource.condition === undefined ? {} : {condition: resource.condition}),
    ...(resource.dependsOn.length === 0
      ? {}
      : {depends_on: resource.dependsOn.length === 1 ? (resource.dependsOn[0] ?? '') : resource.dependsOn}),
    ...(Object.keys(resource.properties).length === 0 ? {} : {properties: resource.properties}),
  };
  return {key: resource.name, value: toNode(value), comments, space: index > 0};
}
