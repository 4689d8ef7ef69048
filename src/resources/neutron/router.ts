import {define, from, lossy, lossyWhere, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {network} from './network.ts';
import {command, foreign, isOurs, serverMade, valueSpecs, type Common, type SpecValue} from './shared.ts';

export interface Gateway {
  readonly network_id: string;
  readonly enable_snat?: boolean;
  readonly external_fixed_ips?: readonly {readonly subnet_id: string; readonly ip_address: string}[];
  /** With the extension qos-gateway-ip, where one is set. */
  readonly qos_policy_id?: string | null;
}

export interface Route {
  readonly destination: string;
  readonly nexthop: string;
}

/** Answered by Neutron; proof: neutron-lib `api/definitions/l3.py` and the extensions' definitions beside it. */
export interface RouterRow extends Common {
  readonly name: string;
  readonly admin_state_up: boolean;
  readonly status?: string;
  readonly external_gateway_info: Gateway | null;
  readonly external_gateways?: readonly Gateway[];
  readonly routes?: readonly Route[];
  readonly distributed?: boolean;
  readonly ha?: boolean;
  readonly availability_zone_hints?: readonly string[];
  readonly availability_zones?: readonly string[];
  readonly description?: string | null;
  readonly flavor_id?: string | null;
  readonly service_type_id?: string | null;
  readonly enable_ndp_proxy?: boolean | null;
  readonly enable_default_route_bfd?: boolean;
  readonly enable_default_route_ecmp?: boolean;
  readonly enable_snat?: boolean;
  readonly qos_policy_id?: string | null;
  readonly qos_network_policy_id?: string | null;
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/router.py`, `Router.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly admin_state_up?: boolean;
  readonly external_gateway_info?: {readonly network: Ref<'network'>};
  readonly tags?: readonly string[];
  readonly value_specs?: Readonly<Record<string, SpecValue>>;
}

/** Networks of the gateways beside the first, whose addresses are the target's. */
function furtherGateways({external_gateways: gateways = []}: RouterRow): readonly string[] {
  return gateways.slice(1).map(({network_id}) => network_id);
}

const r = from<RouterRow>();

export const router = define<RouterRow, Properties>()({
  kind: 'router',
  section: 'Routers',
  heat: 'OS::Neutron::Router',
  list: {service: 'network', path: 'routers', key: 'routers', extension: 'router', ours: true},
  outside: {constraint: 'neutron.router', prefix: 'router'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    admin_state_up: r.unless('admin_state_up', true),
    external_gateway_info: r.make(['external_gateway_info'], (row, scope) => {
      const gateway = row.external_gateway_info;
      if (!gateway?.network_id) return undefined;
      if (gateway.external_fixed_ips?.length)
        scope.lose(
          'external_gateway_info.external_fixed_ips',
          'the target assigns the address; an admin may choose it',
        );
      if (gateway.enable_snat === false)
        scope.lose(
          'external_gateway_info.enable_snat',
          'only an admin may switch it off: openstack router set --external-gateway NETWORK --disable-snat',
        );
      if (gateway.qos_policy_id) {
        // Naming the gateway again changes nothing else of it.
        scope.step({
          when: 'after',
          fields: ['external_gateway_info.qos_policy_id'],
          title: "limit the router's gateway",
          command: command(
            'router set',
            ['--external-gateway', new Ref(network.kind, gateway.network_id)],
            ['--qos-policy', new Ref('qos_policy', gateway.qos_policy_id)],
            new Ref('router', row.id),
          ),
        });
      }
      return {network: new Ref(network.kind, gateway.network_id)};
    }),
    tags: r.derive('tags', tags => (tags?.length ? tags.toSorted() : undefined)),
    value_specs: r.make(['description'], row => valueSpecs({description: row.description})),
  },
  addresses: {holds: ['external_gateway_info', 'external_gateways']},
  unordered: ['tags', 'availability_zone_hints'],
  // The gateway's address is the target's; the policy and whether it translates addresses are not.
  compares: {
    external_gateways: row => furtherGateways(row),
    external_gateway_info: row =>
      row.external_gateway_info === null
        ? null
        : {
            network_id: row.external_gateway_info.network_id,
            enable_snat: row.external_gateway_info.enable_snat ?? true,
            qos_policy_id: row.external_gateway_info.qos_policy_id ?? null,
          },
  },
  ignores: {
    ...serverMade,
    status: 'read-only',
    routes: 'elsewhere',
    // The first is external_gateway_info again.
    external_gateways: lossyWhere(
      'Heat gives a router one gateway: openstack router add gateway',
      (row: RouterRow) => furtherGateways(row).length > 0,
    ),
    distributed: lossy('only an admin may set it: openstack router set --distributed'),
    // Shown to admins where the cloud has it, and mostly the cloud's own choice.
    ha: 'read-only',
    availability_zone_hints: lossy("the zones are the source cloud's", ['nova']),
    availability_zones: 'read-only',
    flavor_id: lossy("the flavor is the source cloud's: openstack router create --flavor-id"),
    service_type_id: lossy('no Heat property'),
    enable_ndp_proxy: lossy('no Heat property: openstack router set --enable-ndp-proxy'),
    enable_default_route_bfd: lossy('no Heat property: openstack router set --enable-default-route-bfd'),
    enable_default_route_ecmp: lossy('no Heat property: openstack router set --enable-default-route-ecmp'),
    enable_snat: 'elsewhere',
    qos_policy_id: 'elsewhere',
    // The gateway network's own.
    qos_network_policy_id: 'read-only',
  },
  example: {
    row: {
      id: 'r1',
      project_id: 'p1',
      name: 'edge',
      admin_state_up: false,
      external_gateway_info: {
        network_id: 'n9',
        enable_snat: true,
        external_fixed_ips: [{subnet_id: 's9', ip_address: '203.0.113.9'}],
      },
      description: 'way out',
      tags: ['lab'],
    },
    with: {network: [{id: 'n9', project_id: 'p0', name: 'public', 'router:external': true}]},
    emits: {
      name: 'edge',
      admin_state_up: false,
      external_gateway_info: {network: {get_param: 'network:n9'}},
      tags: ['lab'],
      value_specs: {description: 'way out'},
    },
  },
});
