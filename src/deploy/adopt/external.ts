/** Things named by `external_id`: listed by a stack and referred to in it, and nothing else. Pure. */
import type {LoadedBundle} from '../../model/bundle.ts';
import {type Fields, fields, text, word} from '../../model/json.ts';
import {isPlainObject} from '../../model/value.ts';
import type {Adopted} from './data.ts';

/**
 * Heat asks their service for the thing before it takes it, and for these has no way to ask: its own look-up breaks off.
 * Proof: heat `engine/resource.py`, `validate_external`; `neutron.py`, `_show_resource`, of a type without `entity`.
 */
const unaskable: ReadonlySet<string> = new Set([
  'OS::Neutron::RouterInterface',
  'OS::Neutron::ExtraRoute',
  'OS::Neutron::FloatingIPPortForward',
]);

/** The one property without which Heat can't ask for them; proof: their `_show_resource`, or `_res_get_args`. */
const within: Readonly<Record<string, string>> = {
  'OS::Designate::RecordSet': 'zone',
  'OS::Neutron::QoSBandwidthLimitRule': 'policy',
  'OS::Neutron::QoSDscpMarkingRule': 'policy',
  'OS::Neutron::QoSMinimumBandwidthRule': 'policy',
  'OS::Neutron::QoSMinimumPacketRateRule': 'policy',
  'OS::Octavia::L7Rule': 'l7policy',
  'OS::Octavia::PoolMember': 'pool',
  'OS::Zaqar::Subscription': 'queue_name',
};

/** Why Heat takes no external one; undefined where it does. @param state Of what rests, as `SHUTOFF`. */
export function externalObstacle(type: string, state: string | undefined): string | undefined {
  if (unaskable.has(type)) return `Heat can't look up an external ${type}`;
  return state === undefined ? undefined : `it is ${state}, which Heat takes for a failure`;
}

/** A template that names things by their ids and says nothing else of them: Heat uses no property of such a resource. */
export function externalTemplate(
  {template}: Pick<LoadedBundle, 'template'>,
  adopted: readonly Adopted[],
  values: Fields,
): Fields {
  const ids = new Map(adopted.map(({name, physicalId}) => [name, physicalId]));
  const resources = fields(template['resources']);
  return {
    heat_template_version: template['heat_template_version'],
    ...(text(template['description']) === '' ? {} : {description: template['description']}),
    resources: Object.fromEntries(
      adopted.map(({name, type, physicalId}) => {
        const parent = within[type];
        const holder =
          parent === undefined
            ? undefined
            : idOf(fields(fields(resources[name])['properties'])[parent], ids, values);
        return [
          name,
          {
            type,
            external_id: physicalId,
            deletion_policy: 'Retain',
            ...(parent === undefined || holder === undefined ? {} : {properties: {[parent]: holder}}),
          },
        ];
      }),
    ),
  };
}

function idOf(value: unknown, ids: ReadonlyMap<string, string>, values: Fields): string | undefined {
  if (!isPlainObject(value)) return word(value) || undefined;
  const {get_resource: resource, get_param: parameter} = value;
  if (typeof resource === 'string') return ids.get(resource);
  if (typeof parameter === 'string') return word(values[parameter]) || undefined;
  // `if`: the resource where it is made, else what is there.
  const {if: choice} = value;
  if (!Array.isArray(choice)) return undefined;
  const [, ...ways] = choice as unknown[];
  return ways.map(way => idOf(way, ids, values)).find(id => id !== undefined);
}
