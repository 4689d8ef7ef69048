/** Parameters -> environment.yaml, grouped as in the template, with the source's values. */
import type {Template, TemplateParameter} from './model.ts';
import {stringify, toMap, toNode, type Entry} from './yaml.ts';

export function environmentYaml(template: Template): string {
  const shown = template.parameters.filter(parameter => parameter.hidden !== true);
  return stringify(toMap([{key: 'parameters', value: toMap(entries(shown))}]), [
    "The source's values. Where the target calls a thing by another name, change it here.",
  ]);
}

/** Hidden parameters; empty unless capturing them was asked for. */
export function secretsYaml(template: Template): string {
  const hidden = template.parameters.filter(parameter => parameter.hidden === true);
  const heading =
    hidden.length === 0
      ? ['No parameter of this template is secret.']
      : ['Secret values: keep this file out of version control.'];
  return stringify(toMap([{key: 'parameters', value: toMap(entries(hidden))}]), heading);
}

function entries(parameters: readonly TemplateParameter[]): readonly Entry[] {
  let group = '';
  return parameters.map((parameter, index) => {
    const comments: string[] = [];
    const first = parameter.group !== group;
    if (first) comments.push(parameter.group);
    group = parameter.group;
    if (parameter.remark !== undefined) comments.push(parameter.remark);
    return {key: parameter.name, value: toNode(parameter.value), comments, space: first && index > 0};
  });
}
