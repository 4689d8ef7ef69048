/** What changes of a stack beside its resources. */
import type {Fields} from '../../model/json.ts';
import {isDeepSame} from './same.ts';
import type {Definition, StackState} from './types.ts';
import {scopeOf, Unsettled} from './values.ts';

/** Changes that touch no resource, but that the stack is to know. */
export function stackChanges(before: StackState, after: Definition): readonly string[] {
  const parts = [
    'heat_template_version',
    'description',
    'outputs',
    'parameters',
    'conditions',
    'parameter_groups',
  ] as const;
  const changes: string[] = parts.filter(part => !isDeepSame(before.template[part], after.template[part]));
  const [old, fresh] = [valuesOf(before), valuesOf(after)];
  for (const name of Object.keys(fresh)) {
    if (old[name] instanceof Unsettled || isDeepSame(old[name], fresh[name])) continue;
    changes.push(`parameter ${name}`);
  }
  return changes;
}

function valuesOf({template, parameters}: Definition): Fields {
  return scopeOf(template, parameters, {}, {}).parameters;
}
