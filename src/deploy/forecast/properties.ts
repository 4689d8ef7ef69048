/** A resource's properties as Heat has them when it compares: every one of the type, defaults filled in, values converted. */
import {isPlainObject} from '../../model/value.ts';
import type {PropertySchema} from '../../heat/index.ts';
import type {Fields} from '../../model/json.ts';
import {pythonText, Unsettled} from './values.ts';

export type Schemas = ReadonlyMap<string, PropertySchema>;

/**
 * As heat `engine/properties.py`, `Properties.get`; null where a property has neither value nor default.
 * @param description The resource's own, which stands in for a property of that name.
 */
export function propertiesOf(schemas: Schemas, given: Fields, description: string): Fields {
  return Object.fromEntries(
    [...schemas].map(([name, schema]): [string, unknown] => {
      if (given[name] !== undefined) return [name, valueOf(schema, given[name])];
      if (schema.default !== undefined) return [name, valueOf(schema, null)];
      const stands = name === 'description' && schema.updateAllowed && description !== '';
      return [name, stands ? description : null];
    }),
  );
}

/** As `Property.get_value`. What can't be converted stays: Heat refuses it later. */
function valueOf(schema: PropertySchema, raw: unknown): unknown {
  const value = raw ?? schema.default;
  if (value instanceof Unsettled) return value;
  switch (schema.type) {
    case 'string':
      if (value === undefined) return '';
      return typeof value === 'boolean' || typeof value === 'number' ? pythonText(value) : value;
    case 'integer':
    case 'number':
      if (value === undefined) return 0;
      return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value))
        ? Number(value)
        : value;
    case 'boolean':
      if (value === undefined) return false;
      if (typeof value !== 'string') return value;
      return value.toLowerCase() === 'true' ? true : value.toLowerCase() === 'false' ? false : value;
    case 'map': {
      const map = value ?? {};
      return isPlainObject(map) && schema.schema !== undefined ? propertiesOf(schema.schema, map, '') : map;
    }
    case 'list': {
      if (value === undefined) return [];
      const item = schema.schema?.get('*');
      return Array.isArray(value) && item !== undefined
        ? value.map((one: unknown) => valueOf(item, one))
        : value;
    }
    default:
      return value ?? null;
  }
}
