/** Types and properties, against what the target's own Heat knows of them. */
import {isPlainObject} from '../../model/value.ts';
import type {Heat, PropertySchema} from '../../heat/index.ts';
import {type Finding, problem} from './finding.ts';
import {nearest} from './names.ts';
import {type CheckedResource, isFunction} from './template.ts';

type Schemas = ReadonlyMap<string, PropertySchema>;

export async function checkSchema(
  resources: readonly CheckedResource[],
  heat: Heat,
  signal: AbortSignal | undefined,
): Promise<readonly Finding[]> {
  const byType = new Map<string, CheckedResource[]>();
  for (const resource of resources)
    byType.set(resource.type, [...(byType.get(resource.type) ?? []), resource]);
  const findings = await Promise.all(
    [...byType].map(async ([type, users]) => {
      const answer = await heat.resourceType(type, signal);
      if ('refused' in answer) return [refusal(type, users, answer.refused, answer.reason)];
      return users.flatMap(({name, properties}) =>
        [...unknownKeys(properties, answer.properties, '')].map(({path, like}) =>
          problem(
            `resource ${name}`,
            `Heat there knows no property ${path} of ${type}`,
            like.length === 0
              ? 'its release may be older: take the property out'
              : `it has ${like.join(', ')}`,
          ),
        ),
      );
    }),
  );
  return findings.flat();
}

function refusal(
  type: string,
  users: readonly CheckedResource[],
  refused: 'forbidden' | 'unknown' | 'unavailable',
  reason: string,
): Finding {
  const names = users.map(({name}) => name);
  const shown = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`;
  const [what, hint] = {
    forbidden: ['lets only admins use it', 'deploy as an admin, or leave these resources out'],
    unknown: [
      "doesn't know it",
      "the cloud's release is older or newer than the template: leave these resources out",
    ],
    unavailable: [
      "can't use it there: a service or an extension is missing",
      'choose another cloud, or leave these resources out',
    ],
  }[refused];
  const detail =
    refused === 'unavailable' && reason !== '' ? ` (${reason.replaceAll(/\s+/g, ' ').trim()})` : '';
  return problem(`type ${type}`, `Heat ${what ?? ''}${detail}; used by ${shown}`, hint);
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
