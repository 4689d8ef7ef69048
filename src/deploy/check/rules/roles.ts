/** What Neutron keeps from members by default. The operator may have decided otherwise, so these are warnings. */
import {fields} from '../../../model/json.ts';
import {isGiven} from '../view.ts';
import type {Rule} from './rule.ts';

/** Paths by type. Proof: neutron `conf/policies/*.py`, all `admin_only`. */
const adminOnly: Readonly<Record<string, readonly string[]>> = {
  'OS::Neutron::Net': [
    'shared',
    'dhcp_agent_ids',
    'value_specs.router:external',
    'value_specs.is_default',
    'value_specs.provider:network_type',
    'value_specs.provider:physical_network',
    'value_specs.provider:segmentation_id',
  ],
  'OS::Neutron::Subnet': ['segment', 'value_specs.service_types'],
  'OS::Neutron::SubnetPool': ['shared', 'is_default'],
  'OS::Neutron::AddressScope': ['shared'],
  'OS::Neutron::Router': [
    'distributed',
    'ha',
    'l3_agent_ids',
    'external_gateway_info.enable_snat',
    'external_gateway_info.external_fixed_ips',
  ],
  'OS::Neutron::Port': ['value_specs.binding:host_id', 'value_specs.binding:profile', 'binding:profile'],
  'OS::Neutron::FloatingIP': ['floating_ip_address'],
};

/** Said as false these are what they are anyway, and Neutron's policy passes them. */
const falseIsFree: ReadonlySet<string> = new Set(['shared', 'is_default', 'value_specs.is_default']);

export const roles: Rule = function* ({view, there}) {
  if (there.isAdmin) return;
  for (const {name, type, properties} of view.parts) {
    for (const property of adminOnly[type] ?? []) {
      const [head = '', tail] = property.split(/\.(.+)/);
      const value = tail === undefined ? properties[head] : fields(properties[head])[tail];
      if (!isGiven(value) || (value === false && falseIsFree.has(property))) continue;
      yield {
        resource: name,
        property,
        value,
        verdict: 'is for admins only by default',
        hint: 'leave it out, or deploy as an admin',
        severity: 'warning',
      };
    }
  }
};
