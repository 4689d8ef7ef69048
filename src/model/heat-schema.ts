/** Heat's own word on a resource type, and whether a value fits it. */
import {isPlainObject, isSpecial, type Value} from './value.ts';

/** One property, cut down from Heat's `GET /resource_types/{type}`. */
export interface PropertySchema {
  readonly type: 'string' | 'integer' | 'number' | 'boolean' | 'map' | 'list' | 'any';
  readonly required?: true;
  /** May change in place; otherwise a change replaces the resource. */
  readonly update?: true;
  /** What Heat takes where the template says nothing. */
  readonly default?: Value;
  readonly allowed?: readonly (string | number)[];
  readonly range?: {readonly min?: number; readonly max?: number};
  readonly length?: {readonly min?: number; readonly max?: number};
  /** Of a list. */
  readonly items?: PropertySchema;
  /** Of a map. */
  readonly keys?: Readonly<Record<string, PropertySchema>>;
}

export type TypeSchema = Readonly<Record<string, PropertySchema>>;

/** @returns why Heat would refuse the value, or undefined. References and files are taken to be what they stand for. */
export function misfit(schema: PropertySchema, value: Value): string | undefined {
  if (isSpecial(value)) return undefined;
  switch (schema.type) {
    case 'string':
      // Heat turns booleans and integers into text, but not floats.
      if (typeof value === 'boolean' || (typeof value === 'number' && Number.isInteger(value)))
        return outOfBounds(schema, String(value));
      return typeof value === 'string' ? outOfBounds(schema, value) : 'is not a string';
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'is not a boolean';
    case 'integer':
    case 'number':
      if (typeof value !== 'number' || (schema.type === 'integer' && !Number.isInteger(value)))
        return `is not a ${schema.type}`;
      return outOfBounds(schema, value);
    case 'list':
      if (!Array.isArray(value)) return 'is not a list';
      return firstMisfit(
        (value as readonly Value[]).map((item, index) => [`[${index}]`, schema.items, item] as const),
      );
    case 'map':
      return mapMisfit(schema, value);
    case 'any':
      return undefined;
    default:
      return schema.type satisfies never;
  }
}

function mapMisfit({keys}: PropertySchema, value: Value): string | undefined {
  if (!isPlainObject(value)) return 'is not a map';
  if (keys === undefined) return undefined;
  const stray = Object.keys(value).find(key => !Object.hasOwn(keys, key));
  if (stray !== undefined) return `has a key that Heat does not know: ${JSON.stringify(stray)}`;
  const missing = Object.keys(keys).find(key => keys[key]?.required === true && value[key] === undefined);
  if (missing !== undefined) return `lacks the key ${missing}`;
  return firstMisfit(Object.keys(value).map(key => [`.${key}`, keys[key], value[key] as Value] as const));
}

function firstMisfit(
  parts: readonly (readonly [string, PropertySchema | undefined, Value])[],
): string | undefined {
  for (const [path, schema, value] of parts) {
    const reason = schema === undefined ? undefined : misfit(schema, value);
    if (reason !== undefined) return `${path} ${reason}`;
  }
  return undefined;
}

function outOfBounds(schema: PropertySchema, value: string | number): string | undefined {
  if (schema.allowed !== undefined && !schema.allowed.some(allowed => String(allowed) === String(value))) {
    return `is not one of the ${schema.allowed.length} values it takes`;
  }
  if (typeof value === 'number' && outside(schema.range, value))
    return `is outside ${JSON.stringify(schema.range)}`;
  if (typeof value === 'string' && outside(schema.length, value.length))
    return `is longer or shorter than ${JSON.stringify(schema.length)}`;
  return undefined;
}

function outside(bounds: {readonly min?: number; readonly max?: number} | undefined, value: number): boolean {
  return bounds !== undefined && (value < (bounds.min ?? -Infinity) || value > (bounds.max ?? Infinity));
}
