import {define, from, lossy, lossyWhere, resource, type Scope} from '../../model/define.ts';
import {names} from '../../model/names.ts';
import type {Ref} from '../../model/value.ts';
import {qosPolicy} from './qos-policy.ts';
import {
  foreign,
  ids,
  idsIn,
  isOurs,
  rbacPolicy,
  serverMade,
  valueSpecs,
  type Common,
  type SpecValue,
} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/network.py` and the extensions' definitions beside it. */
interface Row extends Common {
  readonly name: string;
  readonly admin_state_up: boolean;
  readonly status?: string;
  readonly subnets?: readonly string[];
  readonly shared?: boolean;
  readonly mtu?: number;
  readonly port_security_enabled?: boolean;
  readonly qos_policy_id?: string | null;
  readonly dns_domain?: string;
  readonly availability_zone_hints?: readonly string[];
  readonly availability_zones?: readonly string[];
  readonly tags?: readonly string[];
  readonly description?: string | null;
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
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/net.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly admin_state_up?: boolean;
  readonly port_security_enabled?: boolean;
  readonly qos_policy?: Ref<'qos_policy'>;
  readonly dns_domain?: string;
  readonly tags?: readonly string[];
  readonly value_specs?: Readonly<Record<string, SpecValue>>;
}

/** What is left of 1500 and 9000 for each kind of overlay: nobody chose these by hand. */
const COMMON_MTUS = new Set([1500, 1458, 1450, 1442, 1430, 9000, 8958, 8950, 8942, 8930]);

/**
 * The MTU the cloud gives by itself, as far as rows tell: Neutron refuses more than that, so it is the largest of the
 * project's networks, if that is a number overlays leave over.
 */
function usualMtu(scope: Scope): number | undefined {
  return scope.memo('network.usual-mtu', () => {
    const mtus = scope.rows(network).flatMap(row => (isOurs(row, scope) ? [row.mtu ?? 0] : []));
    const largest = Math.max(0, ...mtus);
    return COMMON_MTUS.has(largest) ? largest : undefined;
  });
}

function chosenMtu(mtu: number | undefined, scope: Scope): number | undefined {
  return mtu === undefined || mtu === usualMtu(scope) ? undefined : mtu;
}

/** External for some projects only: their policies say it, and are rebuilt. */
function isExternalForSome(id: string, scope: Scope): boolean {
  const policies = scope
    .by(rbacPolicy, 'object_id', id)
    .filter(({action}) => action === 'access_as_external');
  return policies.length > 0 && policies.every(({target_tenant: target}) => target !== '*');
}

const r = from<Row>();

export const network = define<Row, Properties>()({
  kind: 'network',
  section: 'Networks',
  heat: 'OS::Neutron::Net',
  list: {
    service: 'network',
    path: 'networks',
    key: 'networks',
    ours: true,
    names: names({subnets: 'subnet'}),
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        yield* ids(rows, ['port', 'subnet'], 'network_id');
        yield* ids(rows, ['floating_ip'], 'floating_network_id');
        yield* ids(rows, ['load_balancer'], 'vip_network_id');
        for (const router of rows['router'] ?? []) {
          yield* idsIn(router['external_gateway_info'], 'network_id');
          yield* idsIn(router['external_gateways'], 'network_id');
        }
      },
    },
  },
  outside: {
    constraint: 'neutron.network',
    prefix: row => (row?.['router:external'] === true ? 'external_network' : 'network'),
  },
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    admin_state_up: r.unless('admin_state_up', true),
    port_security_enabled: r.unless('port_security_enabled', true),
    qos_policy: r.ref(qosPolicy, 'qos_policy_id'),
    dns_domain: r.some('dns_domain'),
    tags: r.derive('tags', tags => (tags?.length ? tags.toSorted() : undefined)),
    value_specs: r.make(['description', 'mtu'], (row, scope) =>
      valueSpecs({description: row.description, mtu: chosenMtu(row.mtu, scope)}),
    ),
  },
  // The project's default policy, where it has one.
  assigned: ['qos_policy_id'],
  unordered: ['tags', 'availability_zone_hints'],
  // The usual MTU is the cloud's, and another cloud's may differ.
  compares: {mtu: (row, scope) => chosenMtu(row.mtu, scope)},
  ignores: {
    ...serverMade,
    status: 'read-only',
    subnets: 'elsewhere',
    shared: lossy('only an admin may share a network: openstack network set --share'),
    // Neutron fills in its default zone, which is called nova wherever nobody changed it.
    availability_zone_hints: lossy("the zones are the source cloud's", ['nova']),
    availability_zones: 'read-only',
    vlan_transparent: lossy('few clouds take it: openstack network create --transparent-vlan'),
    qinq: lossy('no Heat property'),
    l2_adjacency: 'read-only',
    is_default: lossy('only an admin may set it: openstack network set --default'),
    ipv4_address_scope: 'read-only',
    ipv6_address_scope: 'read-only',
    'router:external': lossyWhere(
      'only an admin may make a network external: openstack network set --external',
      (row: Row, scope) => !isExternalForSome(row.id, scope),
    ),
    'provider:network_type': 'read-only',
    'provider:physical_network': lossy('only an admin may make a provider network'),
    'provider:segmentation_id': 'read-only',
    segments: lossy('only an admin may make a network of several provider segments'),
  },
  example: {
    row: {
      id: 'n1',
      name: 'web',
      project_id: 'p1',
      admin_state_up: false,
      shared: false,
      mtu: 1400,
      port_security_enabled: false,
      qos_policy_id: 'q1',
      dns_domain: 'web.example.',
      tags: ['b', 'a'],
      description: 'front',
    },
    with: {qos_policy: [{id: 'q1', name: 'bronze'}]},
    emits: {
      name: 'web',
      admin_state_up: false,
      port_security_enabled: false,
      qos_policy: {get_param: 'qos_policy:q1'},
      dns_domain: 'web.example.',
      tags: ['a', 'b'],
      value_specs: {description: 'front', mtu: 1400},
    },
  },
});
