/** Paths into the properties of a Heat type, held against Heat's own schema. */
import type {PropertySchema, TypeSchema} from '../../model/heat-schema.ts';
import {nearest} from '../../model/nearest.ts';
import {every, pathText, type PropertyPath} from '../../model/property-path.ts';
import {heatSchemas} from '../../resources/heat-schemas.ts';
import {registry, specOf} from '../../resources/index.ts';

export interface HeatKind {
  readonly kind: string;
  readonly type: string;
  readonly properties: TypeSchema;
}

/** @returns what Heat makes of the kind, or why it makes nothing. */
export function heatKind(kind: string): HeatKind | string {
  const type = specOf(kind)?.heat;
  const properties = typeof type === 'string' ? heatSchemas[type] : undefined;
  if (typeof type === 'string' && properties !== undefined) return {kind, type, properties};
  if (specOf(kind) !== undefined) return `${aKind(kind)} is no resource of a template`;
  const kinds = registry.filter(spec => typeof spec.heat === 'string').map(spec => spec.kind);
  const like = nearest(kind, kinds);
  return `there is no kind ${JSON.stringify(kind)}: ${
    like === undefined ? '`rekindle list SOURCE` shows the kinds' : `did you mean ${like}?`
  }`;
}

/** What stands at the path. A schema that says nothing of it takes anything. */
const anything: PropertySchema = {type: 'any'};

/** @returns the schema of what stands there, or why nothing can. */
export function schemaAt({kind, type, properties}: HeatKind, path: PropertyPath): PropertySchema | string {
  let schema: PropertySchema = {type: 'map', keys: properties};
  for (const [index, part] of path.entries()) {
    if (schema.type === 'any') return anything;
    const here = pathText(path.slice(0, index));
    if (typeof part === 'string') {
      if (schema.type !== 'map')
        return `${here} of ${aKind(kind)} is a ${schema.type}: it has no ${JSON.stringify(part)}`;
      const next: PropertySchema | undefined =
        schema.keys === undefined
          ? anything
          : Object.hasOwn(schema.keys, part)
            ? schema.keys[part]
            : undefined;
      if (next === undefined) {
        const like = nearest(part, Object.keys(schema.keys ?? {}));
        const hint = like === undefined ? '' : `: did you mean ${like}?`;
        return index === 0
          ? `${aKind(kind)} has no property ${JSON.stringify(part)} (${type})${hint}`
          : `${here} of ${aKind(kind)} has no key ${JSON.stringify(part)}${hint}`;
      }
      schema = next;
    } else {
      if (schema.type !== 'list')
        return `${here} of ${aKind(kind)} is a ${schema.type}: it has no ${part === every ? 'items' : 'item'}`;
      schema = schema.items ?? anything;
    }
  }
  return schema;
}

/** Whether Heat takes the thing without what stands there. */
export function isRequired(kind: HeatKind, path: PropertyPath): boolean {
  return (
    typeof path.at(-1) === 'string' && isSchema(schemaAt(kind, path), schema => schema.required === true)
  );
}

function isSchema(schema: PropertySchema | string, test: (schema: PropertySchema) => boolean): boolean {
  return typeof schema !== 'string' && test(schema);
}

/** A kind as people say it. */
export function words(kind: string): string {
  return kind.replaceAll('_', ' ');
}

export function aKind(kind: string): string {
  return `${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${words(kind)}`;
}
