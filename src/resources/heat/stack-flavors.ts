/** Flavors that a stack's parameters name: rows of servers tell a flavor's name and never its id, so what was made says which. */
import type {Scope} from '../../model/define.ts';
import {type Fields, fields} from '../../model/json.ts';
import {stackResource} from './stack-resource.ts';
import type {StackRow} from './stack-row.ts';

interface Server {
  readonly id: string;
  readonly flavor?: {readonly original_name?: unknown};
}

/** By parameter of the template: the name of the flavor that all servers have for which it is the flavor. */
export function flavorsOf(row: StackRow, template: Fields, scope: Scope): ReadonlyMap<string, string> {
  const names = new Map<string, Set<unknown>>();
  for (const [resource, definition] of Object.entries(fields(template['resources']))) {
    const {type, properties} = fields(definition);
    const parameter = fields(fields(properties)['flavor'])['get_param'];
    if (type !== 'OS::Nova::Server' || typeof parameter !== 'string') continue;
    const known = names.get(parameter) ?? new Set();
    names.set(parameter, known.add(flavorName(row.id, resource, scope)));
  }
  return new Map(
    [...names].flatMap(([parameter, [name, ...others]]) =>
      typeof name === 'string' && name !== '' && others.length === 0 ? [[parameter, name]] : [],
    ),
  );
}

function flavorName(stack: string, resource: string, scope: Scope): unknown {
  const made = scope
    .by(stackResource, 'stack_id', stack)
    .find(one => one.resource_name === resource && one.parent_resource === undefined);
  return scope.row<string, Server>({kind: 'server'}, made?.physical_resource_id)?.flavor?.original_name;
}
