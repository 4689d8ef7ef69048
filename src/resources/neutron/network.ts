import {define, from, lossy, resource, skipped} from '../../model/define.ts';
import type {Ref} from '../../model/value.ts';
import {qosPolicy} from './qos-policy.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/network.py` and the extensions' definitions beside it. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly project_id: string;
  readonly tenant_id?: string;
  readonly admin_state_up: boolean;
  readonly status?: string;
  readonly subnets?: readonly string[];
  readonly shared: boolean;
  readonly mtu?: number;
  readonly port_security_enabled?: boolean;
  readonly qos_policy_id?: string | null;
  readonly dns_domain?: string;
  readonly availability_zone_hints?: readonly string[];
  readonly availability_zones?: readonly string[];
  readonly tags?: readonly string[];
  readonly description?: string;
  readonly vlan_transparent?: boolean | null;
  readonly qinq?: boolean | null;
  readonly l2_adjacency?: boolean;
  readonly is_default?: boolean;
  readonly ipv4_address_scope?: string | null;
  readonly ipv6_address_scope?: string | null;
  readonly 'router:external'?: boolean;
  readonly 'provider:network_type'?: string | null;
  readonly 'provider:physical_network'?: string | null;
  readonly 'provider:segmentation_id'?: number | null;
  readonly segments?: readonly object[];
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly revision_number?: number;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/net.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly admin_state_up?: boolean;
  readonly shared?: boolean;
  readonly port_security_enabled?: boolean;
  readonly qos_policy?: Ref<'qos_policy'>;
  readonly dns_domain?: string;
  readonly tags?: readonly string[];
  readonly value_specs?: Readonly<Record<string, string | number | boolean>>;
}

const r = from<Row>();

export const network = define<Row, Properties>()({
  kind: 'network',
  heat: 'OS::Neutron::Net',
  list: {
    service: 'network',
    path: 'networks',
    key: 'networks',
    ours: true,
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        for (const port of rows['port'] ?? []) yield port['network_id'] as string;
        for (const subnet of rows['subnet'] ?? []) yield subnet['network_id'] as string;
        for (const ip of rows['floating_ip'] ?? []) yield ip['floating_network_id'] as string;
        for (const router of rows['router'] ?? []) {
          const gateway = router['external_gateway_info'] as {network_id?: string} | null | undefined;
          yield gateway?.network_id;
        }
      },
    },
  },
  outside: {
    constraint: 'neutron.network',
    prefix: row => (row?.['router:external'] === true ? 'external_network' : 'network'),
  },
  where: (row, scope) =>
    row.project_id === scope.project.id ? resource : skipped('belongs to another project'),
  properties: {
    name: r.copy('name'),
    admin_state_up: r.unless('admin_state_up', true),
    shared: r.make(['shared'], () => undefined),
    port_security_enabled: r.unless('port_security_enabled', true),
    qos_policy: r.ref(qosPolicy, 'qos_policy_id'),
    dns_domain: r.some('dns_domain'),
    tags: r.some('tags'),
    value_specs: r.make(['description', 'mtu'], () => undefined),
  },
  unordered: ['tags', 'availability_zone_hints'],
  ignores: {
    project_id: 'read-only',
    tenant_id: 'read-only',
    status: 'read-only',
    subnets: 'elsewhere',
    availability_zone_hints: lossy(
      "Heat knows the property only since release 19 and the zones are the source cloud's",
    ),
    availability_zones: 'read-only',
    vlan_transparent: lossy('a template can only ask for it through value_specs, and few clouds take it'),
    qinq: lossy('no Heat property'),
    l2_adjacency: 'read-only',
    is_default: lossy('only an admin may set it'),
    ipv4_address_scope: 'read-only',
    ipv6_address_scope: 'read-only',
    'router:external': lossy('only an admin may make a network external'),
    'provider:network_type': 'read-only',
    'provider:physical_network': 'read-only',
    'provider:segmentation_id': 'read-only',
    segments: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
    revision_number: 'read-only',
  },
  example: {
    row: {
      id: 'n1',
      name: 'web',
      project_id: 'p1',
      admin_state_up: true,
      shared: false,
    },
    emits: {name: 'web'},
  },
});
