/** What Heat's answers hold, and how it is read from them. */
import {type Fields, fields, number, objects, text, texts} from '../model/json.ts';

/** What names a stack for every call: a look-up by name alone costs a redirect. */
export interface StackRef {
  readonly name: string;
  readonly id: string;
}

export interface Stack extends StackRef {
  /** As `CREATE_COMPLETE`. */
  readonly status: string;
  readonly reason: string;
  readonly created: string;
  readonly updated: string | undefined;
  readonly description: string;
  readonly tags: readonly string[];
  /** Of a nested stack: the id of the one it is in. */
  readonly parent: string | undefined;
  /** User name. */
  readonly owner: string;
  /** Minutes that an action may take; undefined where the cloud's own limit counts. From `show` only. */
  readonly timeout: number | undefined;
  /** Whether a failed create or update is taken back; undefined unless from `show`. */
  readonly rollback: boolean | undefined;
  /** From `show` only; with hidden values as `******`; Heat shows every value as text. */
  readonly parameters: Fields;
  /** Empty unless asked for. */
  readonly outputs: readonly StackOutput[];
}

export interface StackOutput {
  readonly key: string;
  readonly value: unknown;
  readonly description: string;
  /** Why Heat couldn't work it out. */
  readonly error: string | undefined;
}

export interface StackEvent {
  readonly id: string;
  /** As Heat writes it: ISO time, UTC. */
  readonly time: string;
  /** Logical name; the stack's own name for an event of the stack. */
  readonly resource: string;
  /** Names from the root stack's resources down to this one; empty for an event of the root stack. */
  readonly path: readonly string[];
  /** Name of the stack that told it, nested or not. */
  readonly stackName: string;
  readonly physicalId: string;
  /** As `CREATE_IN_PROGRESS`. */
  readonly status: string;
  readonly reason: string;
}

export interface StackResource {
  /** Logical name; inside nested stacks with the way to it, as `outer.inner` or `group.0.inner`. */
  readonly name: string;
  /** Logical name in the stack that has it. */
  readonly ownName: string;
  /** The stack that has it: the root, or a nested one. */
  readonly stack: StackRef;
  readonly type: string;
  /** Physical id, '' if it was never made. */
  readonly id: string;
  readonly status: string;
  readonly reason: string;
  readonly requiredBy: readonly string[];
  readonly updated: string;
}

export interface ResourceDetail extends StackResource {
  readonly created: string;
  readonly description: string;
  /** As the service has it now. */
  readonly attributes: Fields;
}

export interface StackSnapshot {
  readonly id: string;
  /** '' where none was given. */
  readonly name: string;
  /** `IN_PROGRESS`, `COMPLETE` or `FAILED`. */
  readonly status: string;
  readonly reason: string;
  readonly created: string;
}

/** One property or attribute of a type, as Heat describes it. */
export interface PropertySchema {
  readonly type: string;
  readonly required: boolean;
  readonly updateAllowed: boolean;
  /** It can't be changed at all, not even by a replacement. */
  readonly immutable: boolean;
  /** What it is where it isn't given; undefined where there is none. */
  readonly default: unknown;
  /** Heat's custom constraint, as `nova.flavor`: what it names. */
  readonly constraint: string | undefined;
  /** Of a map: by key; of a list: under `*`. */
  readonly schema: ReadonlyMap<string, PropertySchema> | undefined;
}

export function stackOf(row: Fields): Stack {
  return {
    name: text(row['stack_name']),
    id: text(row['id']),
    status: text(row['stack_status']),
    reason: text(row['stack_status_reason']),
    created: text(row['creation_time']),
    updated: text(row['updated_time']) || undefined,
    description: text(row['description']),
    tags: texts(row['tags']),
    parent: text(row['parent']) || undefined,
    owner: text(row['stack_owner']),
    timeout: number(row['timeout_mins']),
    rollback: typeof row['disable_rollback'] === 'boolean' ? !row['disable_rollback'] : undefined,
    parameters: fields(row['parameters']),
    outputs: objects(row['outputs']).map(output => ({
      key: text(output['output_key']),
      value: output['output_value'],
      description: text(output['description']),
      error: text(output['output_error']) || undefined,
    })),
  };
}

/** Its links say which stack an event or resource is of; empty texts where they don't. */
function ownStack(row: Fields): StackRef {
  const link = objects(row['links']).find(link => link['rel'] === 'stack');
  const found = /\/stacks\/([^/?]+)\/([^/?]+)/.exec(text(link?.['href']));
  return {name: decoded(found?.[1]), id: decoded(found?.[2])};
}

function decoded(segment = ''): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A nested stack is named `ROOT-resource-RANDOM[-resource-RANDOM…]`; the names in between are the way to it. */
function nestedPath(stackName: string, root: string): readonly string[] {
  if (stackName === '' || stackName === root || !stackName.startsWith(`${root}-`)) return [];
  const words = stackName.slice(root.length + 1).split('-');
  // Every second word is the twelve random characters that Heat puts behind a name.
  const path: string[] = [];
  let name: string[] = [];
  for (const word of words) {
    if (/^[a-z2-7]{12}$/.test(word) && name.length > 0) {
      path.push(name.join('-'));
      name = [];
    } else name.push(word);
  }
  return name.length === 0 ? path : [...path, name.join('-')];
}

export function eventOf(row: Fields, stack: StackRef): StackEvent {
  const resource = text(row['resource_name']) || text(row['logical_resource_id']);
  const own = ownStack(row).name;
  const outer = nestedPath(own, stack.name);
  const ofStack = resource === own && resource !== '' && outer.length > 0;
  const ofRoot = resource === stack.name && text(row['physical_resource_id']) === stack.id;
  return {
    id: text(row['id']),
    time: text(row['event_time']),
    resource,
    path: ofRoot ? [] : ofStack ? outer : [...outer, resource],
    stackName: own === '' ? stack.name : own,
    physicalId: text(row['physical_resource_id']),
    status: text(row['resource_status']),
    reason: text(row['resource_status_reason']),
  };
}

export function resourceOf(row: Fields): StackResource {
  const parent = text(row['parent_resource']);
  const name = text(row['resource_name']);
  return {
    name: parent === '' ? name : `${parent}.${name}`,
    ownName: name,
    stack: ownStack(row),
    type: text(row['resource_type']),
    id: text(row['physical_resource_id']),
    status: text(row['resource_status']),
    reason: text(row['resource_status_reason']),
    requiredBy: texts(row['required_by']),
    updated: text(row['updated_time']),
  };
}

/** Names that tell the whole way: Heat gives the last step of it only, and the members of every group are called `0`. */
export function withPaths(resources: readonly StackResource[], root: StackRef): readonly StackResource[] {
  const byStack = new Map(resources.filter(({id}) => id !== '').map(resource => [resource.id, resource]));
  const paths = new Map<string, string>();
  const pathOf = (resource: StackResource, depth = 0): string => {
    const {stack, ownName, name} = resource;
    const known = paths.get(`${stack.id} ${ownName}`);
    if (known !== undefined) return known;
    const outer = stack.id === root.id ? undefined : byStack.get(stack.id);
    // Heat nests no deeper than operators let it, five levels by default.
    const path =
      stack.id === root.id
        ? ownName
        : outer === undefined || depth > 20
          ? name
          : `${pathOf(outer, depth + 1)}.${ownName}`;
    paths.set(`${stack.id} ${ownName}`, path);
    return path;
  };
  return resources.map(resource => ({...resource, name: pathOf(resource)}));
}

export function resourceDetailOf(row: Fields): ResourceDetail {
  return {
    ...resourceOf(row),
    created: text(row['creation_time']),
    description: text(row['description']),
    attributes: fields(row['attributes']),
  };
}

export function snapshotOf(row: Fields): StackSnapshot {
  return {
    id: text(row['id']),
    name: text(row['name']),
    status: text(row['status']),
    reason: text(row['status_reason']),
    created: text(row['creation_time']),
  };
}

export function schemaOf(value: unknown): ReadonlyMap<string, PropertySchema> {
  const entries = Object.entries(fields(value)).map(([name, raw]): [string, PropertySchema] => {
    const row = fields(raw);
    return [
      name,
      {
        type: text(row['type']),
        required: row['required'] === true,
        updateAllowed: row['update_allowed'] === true,
        immutable: row['immutable'] === true,
        default: row['default'] ?? undefined,
        constraint: objects(row['constraints'])
          .map(constraint => text(constraint['custom_constraint']))
          .find(name => name !== ''),
        schema: row['schema'] === undefined ? undefined : schemaOf(row['schema']),
      },
    ];
  });
  return new Map(entries);
}
