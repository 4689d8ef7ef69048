/** Properties that need an extension of Neutron: without it Neutron refuses the whole request. */
import {fields} from '../../model/json.ts';
import type {Fault} from './finding.ts';
import {isGiven, type View} from './view.ts';

/** Property path -> extension alias, by type. Proof: neutron-lib `api/definitions`. */
const needs: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'OS::Neutron::Net': {
    port_security_enabled: 'port-security',
    qos_policy: 'qos',
    dns_domain: 'dns-integration',
    availability_zone_hints: 'network_availability_zone',
    tags: 'standard-attr-tag',
    'value_specs.mtu': 'net-mtu-writable',
    'value_specs.description': 'standard-attr-description',
    'value_specs.vlan_transparent': 'vlan-transparent',
  },
  'OS::Neutron::Subnet': {
    segment: 'segment',
    subnetpool: 'subnet_allocation',
    tags: 'standard-attr-tag',
    'value_specs.subnetpool_id': 'subnet_allocation',
    'value_specs.description': 'standard-attr-description',
    'value_specs.dns_publish_fixed_ip': 'subnet-dns-publish-fixed-ip',
    'value_specs.service_types': 'subnet-service-types',
  },
  'OS::Neutron::Port': {
    port_security_enabled: 'port-security',
    allowed_address_pairs: 'allowed-address-pairs',
    qos_policy: 'qos',
    dns_name: 'dns-integration',
    propagate_uplink_status: 'uplink-status-propagation',
    tags: 'standard-attr-tag',
    'value_specs.extra_dhcp_opts': 'extra_dhcp_opt',
    'value_specs.dns_domain': 'dns-domain-ports',
    'value_specs.description': 'standard-attr-description',
  },
  'OS::Neutron::Router': {
    distributed: 'dvr',
    ha: 'l3-ha',
    availability_zone_hints: 'router_availability_zone',
    tags: 'standard-attr-tag',
    'value_specs.description': 'standard-attr-description',
  },
  'OS::Neutron::FloatingIP': {
    dns_name: 'dns-integration',
    dns_domain: 'dns-integration',
    'value_specs.qos_policy_id': 'qos-fip',
    'value_specs.description': 'standard-attr-description',
  },
  'OS::Neutron::SecurityGroup': {stateful: 'stateful-security-group'},
};

/** @param aliases Neutron's extensions; none: it doesn't tell, for a cloud has always some. */
export function* extensionFaults(view: View, aliases: ReadonlySet<string>): Generator<Fault> {
  if (aliases.size === 0) return;
  for (const {name, type, properties} of view.parts) {
    for (const [property, alias] of Object.entries(needs[type] ?? {})) {
      const [head = '', tail] = property.split(/\.(.+)/);
      const value = tail === undefined ? properties[head] : fields(properties[head])[tail];
      if (!isGiven(value) || aliases.has(alias)) continue;
      yield {
        resource: name,
        property,
        value,
        verdict: `needs Neutron's extension ${alias}, which the target lacks`,
        hint: 'leave it out, or choose another cloud',
      };
    }
  }
}
