/** What of a template the target can't make: a type, a property, one that needs an extension of Neutron, or a name. */
import type {Heat} from '../../heat/index.ts';
import {text} from '../../model/json.ts';
import {type Finding, problem, quoted, shownValue, warning} from './finding.ts';
import type {Lack} from './lack.ts';
import {extensionFaults} from './extensions.ts';
import {nameLacks} from './plain-names.ts';
import {extensionsListing, rowsOf} from './there.ts';
import {schemaLacks} from './schema.ts';
import type {Target} from './target.ts';
import type {CheckedResource} from './template.ts';
import type {View} from './view.ts';

/** @param resources All of the template that will be made. */
export async function lacksOf(
  resources: readonly CheckedResource[],
  view: View,
  heat: Heat,
  target: Target,
): Promise<readonly Lack[]> {
  const [bySchema, extensions] = await Promise.all([
    schemaLacks(resources, heat, target.signal),
    view.parts.some(({type}) => type.startsWith('OS::Neutron::')) ? rowsOf(extensionsListing, target) : [],
  ]);
  const aliases = new Set(extensions?.map(row => text(row['alias'])));
  const types = new Map(view.parts.map(({name, type}) => [name, type]));
  const byExtension = [...extensionFaults(view, aliases)].map((fault): Lack => {
    const {resource, property, value, verdict, hint} = fault;
    const type = types.get(resource) ?? '';
    return {
      type,
      property,
      resources: [resource],
      what: `${property} ${shownValue(value)} ${verdict}`,
      hint,
      reason: `${property} ${verdict}`,
    };
  });
  return [...bySchema, ...byExtension, ...nameLacks(view, aliases)];
}

/** @param accepted They are left out, and the deployment goes on. */
export function lackFindings(lacks: readonly Lack[], accepted: boolean): readonly Finding[] {
  return lacks.map(({type, property, resources, instead, stays, what, hint}) => {
    const where = property === undefined ? `type ${type}` : `resource ${resources[0] ?? ''}`;
    const there = instead === undefined ? 'left out' : `there it is ${quoted(instead)}`;
    if (stays === true) return problem(where, what, hint);
    return accepted
      ? warning(where, `${what}: ${there}`, 'it is announced as lost, and verify counts it so')
      : problem(where, what, `${hint}; or go on without: --accept-losses`);
  });
}
