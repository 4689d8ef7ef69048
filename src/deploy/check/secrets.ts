/** Hidden parameters are empty until somebody fills them, and Heat's answer to an empty one is no help. */
import type {ReportParameter} from '../../model/bundle.ts';
import {isPlainObject} from '../../model/value.ts';
import {type Fields, word} from '../../model/json.ts';
import {type Finding, problem} from './finding.ts';
import type {CheckedResource} from './template.ts';

/** @param resources Those that will be made: what is switched off needs no secret. */
export function checkSecrets(
  parameters: readonly ReportParameter[],
  resources: readonly CheckedResource[],
  values: Fields,
): readonly Finding[] {
  const empty = parameters.filter(({role, name}) => role === 'secret' && word(values[name]) === '');
  if (empty.length === 0) return [];
  const users = new Map<string, string>();
  for (const {name, properties} of resources)
    for (const parameter of parametersIn(properties)) if (!users.has(parameter)) users.set(parameter, name);
  return empty.flatMap(({name}) => {
    const user = users.get(name);
    if (user === undefined) return [];
    return [
      problem(
        `parameter ${name}`,
        `is a secret without a value, which ${user} needs`,
        'fill it in secrets.yaml',
      ),
    ];
  });
}

/** Names of the parameters that a property looks up, inside conditions too. */
export function* parametersIn(value: unknown): Generator<string> {
  if (Array.isArray(value)) for (const item of value) yield* parametersIn(item);
  else if (isPlainObject(value)) {
    const {get_param: name} = value;
    if (typeof name === 'string') yield name;
    for (const item of Object.values(value)) yield* parametersIn(item);
  }
}
