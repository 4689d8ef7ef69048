/** Types and properties, against what the target's own Heat knows of them. */
import {isPlainObject} from '../../model/value.ts';
import type {Heat, PropertySchema} from '../../heat/index.ts';
import type {Lack} from './lack.ts';
import {nearest} from './names.ts';
import {type CheckedResource, isFunction} from './template.ts';

type Schemas = ReadonlyMap<string, PropertySchema>;

export async function schemaLacks(
  resources: readonly CheckedResource[],
  heat: Heat,
  signal: AbortSignal | undefined,
): Promise<readonly Lack[]> {
  const byType = new Map<string, CheckedResource[]>();
  for (const resource of resources)
    byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource]);
  const lacks = await Promise.all(
    [...byType].map(async ([type, users]) => {
      const answer = await heat.resourceType(type, signal);
      if ('refused' in answer) return [refusal(type, users, answer.refused, answer.reason)];
      return users.flatMap(({name, properties}) =>
        [...unknownKeys(properties, answer.properties, '')].map(({path, like}): Lack => ({
          type,
          property: path,
          resources: [name],
          what: `Heat there knows no property ${path} of ${type}`,
          hint:
            like.length === 0
              ? 'its release may be older: take the property out'
              : `it has ${like.join(', ')}`,
          reason: `Heat there knows no property ${path} of ${type}`,
        })),
      );
    }),
  );
  return lacks.flat();
}

function refusal(
  type: string,
  users: readonly CheckedResource[],
  refused: 'forbidden' | 'unknown' | 'unavailable',
  reason: string,
): Lack {
  const resources = users.map(({name}) => name);
  const shown = `${resources.slice(0, 5).join(', ')}${resources.length > 5 ? ` and ${resources.length - 5} more` : ''}`;
  const [what, hint] = {
    forbidden: ['lets only admins use it', 'deploy as an admin, or leave these resources out (--exclude)'],
    unknown: [
      "doesn't know it",
      "the cloud's release is older or newer than the template: leave these resources out (--exclude)",
    ],
    unavailable: [
      "can't use it there: a service or an extension is missing",
      'choose another cloud, or leave these resources out (--exclude)',
    ],
  }[refused] as [string, string];
  const detail =
    refused === 'unavailable' && reason !== '' ? ` (${reason.replaceAll(/\s+/g, ' ').trim()})` : '';
  const said = `Heat ${what}${detail}`;
  return {
    type,
    resources,
    what: `${said}; used by ${shown}`,
    hint,
    reason: `${type} can't be made there: ${said}`,
  };
}

function* unknownKeys(
  value: unknown,
  schemas: Schemas,
  path: string,
): Generator<{readonly path: string; readonly like: readonly string[]}> {
  if (!isPlainObject(value)) return;
  const keys = Object.keys(value);
  // One key that is a function's: Heat works the value out.
  if (keys.length === 1 && isFunction(keys[0] ?? '') && !schemas.has(keys[0] ?? '')) return;
  for (const key of keys) {
    const here = path === '' ? key : `${path}.${key}`;
    const schema = schemas.get(key);
    if (schema === undefined) yield {path: here, like: nearest(key, schemas.keys())};
    else yield* inside(value[key], schema, here);
  }
}

function* inside(value: unknown, schema: PropertySchema, path: string): ReturnType<typeof unknownKeys> {
  if (schema.schema === undefined) return;
  if (schema.type === 'map') yield* unknownKeys(value, schema.schema, path);
  const item = schema.schema.get('*');
  if (schema.type !== 'list' || item === undefined || !Array.isArray(value)) return;
  for (const [index, element] of value.entries()) yield* inside(element, item, `${path}[${index}]`);
}
