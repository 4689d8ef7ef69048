/** What two things have in common that differ in values only. Pure. */
import type {Json, TemplateResource} from '../model.ts';
import {callOf, isMap, redirected} from './values.ts';

/** Marks a reference within a member: no logical name begins so. */
const OWN = '#';

interface Named {
  readonly names: ReadonlyMap<string, string>;
  readonly resources: ReadonlyMap<string, TemplateResource>;
  readonly isOwnParameter: (name: string) => boolean;
}

/** Properties that name or place a thing: no two have the same. */
const OWN_VALUES = new Set([
  'name',
  'ip_address',
  'fixed_ip_address',
  'floating_ip_address',
  'mac_address',
  'hostname',
]);

export function isOfTheirOwn(property: string): boolean {
  return OWN_VALUES.has(property);
}

/**
 * The same text for things that are the same but for values, with references to each other taken alike.
 * @param varies Properties whose values may differ. Default: any.
 */
export function signatureOf(
  keys: readonly string[],
  whole: Named,
  varies: (property: string) => boolean = () => true,
): string {
  const bodies = ownBodies(keys, whole).map(({type, condition, dependsOn, properties}) => [
    type,
    condition ?? '',
    dependsOn.filter(name => name.startsWith(OWN)).sort(),
    shape(properties, '', {varies, isOwnParameter: whole.isOwnParameter}),
  ]);
  return JSON.stringify(bodies);
}

/** The resources with references to each other as `#0`, by their place in the list. */
export function ownBodies(keys: readonly string[], {names, resources}: Named): readonly TemplateResource[] {
  const places = new Map(keys.map((key, index) => [names.get(key) ?? '', `${OWN}${index}`]));
  return keys.map(key => {
    const resource = resources.get(names.get(key) ?? '');
    if (resource === undefined) throw new Error(`no resource for ${key}`);
    return {
      ...resource,
      dependsOn: resource.dependsOn.map(name => places.get(name) ?? name),
      properties: redirected(resource.properties, (call, name, path) => {
        const place = places.get(name);
        if (place === undefined) return undefined;
        return call === 'get_resource' ? {get_resource: place} : {get_attr: [place, ...path]};
      }) as TemplateResource['properties'],
    };
  });
}

/** The place that such a reference names; undefined for a logical name. */
export function placeOf(name: string): number | undefined {
  return name.startsWith(OWN) ? Number(name.slice(OWN.length)) : undefined;
}

interface Rules {
  readonly varies: (property: string) => boolean;
  readonly isOwnParameter: (name: string) => boolean;
}

function shape(value: Json, property: string, rules: Rules): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(item => shape(item, property, rules));
  if (isMap(value)) {
    const call = callOf(value);
    if (call === 'get_file' && rules.varies(property)) return {get_file: OWN};
    if (call === 'get_param' && typeof value[call] === 'string' && rules.isOwnParameter(value[call]))
      return {get_param: OWN};
    if (call === 'get_param' || call === 'get_resource' || call === 'get_attr' || call === 'if') return value;
    return Object.keys(value)
      .sort()
      .map(key => [key, shape(value[key] ?? null, call === undefined ? key : property, rules)]);
  }
  return rules.varies(property) ? typeof value : [typeof value, value];
}
