/** The resources of a definition, as Heat sees them before it compares: functions worked out, defaults filled in. */
import {type Fields, fields, text} from '../../model/json.ts';
import {propertiesOf} from './properties.ts';
import type {Definition, Knowledge} from './types.ts';
import {holds, scopeOf, settled} from './values.ts';

export interface Resource {
  readonly name: string;
  readonly type: string;
  readonly properties: Fields;
  /** As Heat compares them: every property, defaults filled in. */
  readonly whole: Fields;
  readonly deletionPolicy: string;
  readonly externalId: unknown;
  /** What else Heat compares. */
  readonly rest: Fields;
  /** Undefined where only Heat can tell whether it is in. */
  readonly holds: boolean | undefined;
}

/** Parts of a resource beside its properties whose change is an update, of nothing but the stack's memory. */
export const otherParts = ['metadata', 'depends_on', 'deletion_policy', 'update_policy'] as const;

export function resourcesOf(
  {template, parameters, files}: Definition,
  own: Fields,
  {schemas}: Knowledge,
  stored: ReadonlyMap<string, Fields> = new Map(),
): ReadonlyMap<string, Resource> {
  const scope = scopeOf(template, parameters, files, own);
  const entries = Object.entries(fields(template['resources'])).map(([name, raw]): [string, Resource] => {
    const row = fields(raw);
    const type = text(row['type']);
    const properties = stored.get(name) ?? fields(settled(fields(row['properties']), scope));
    const schema = schemas.get(type);
    const rest = otherParts.map((part): [string, unknown] => {
      const value = settled(row[part], scope);
      return [part, part === 'depends_on' && typeof value === 'string' ? [value] : value];
    });
    return [
      name,
      {
        name,
        type,
        properties,
        whole: schema === undefined ? properties : propertiesOf(schema, properties, text(row['description'])),
        deletionPolicy: text(row['deletion_policy']),
        externalId: settled(row['external_id'], scope),
        rest: Object.fromEntries(rest),
        holds: holds(row['condition'], scope),
      },
    ];
  });
  return new Map(entries);
}
