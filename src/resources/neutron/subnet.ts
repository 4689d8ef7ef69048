import {define, from, lossy, lost, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {byAddress, order, parseAddress, parseCidr, usualGateway, usualPools} from '../../model/cidr.ts';
import {network} from './network.ts';
import {namesOfSubnet} from './port-names.ts';
import {foreign, ids, idsIn, isOurs, serverMade, valueSpecs, type Common, type SpecValue} from './shared.ts';
import {subnetPool} from './subnet-pool.ts';

interface Pool {
  readonly start: string;
  readonly end: string;
}

interface HostRoute {
  readonly destination: string;
  readonly nexthop: string;
}

type Ipv6Mode = 'dhcpv6-stateful' | 'dhcpv6-stateless' | 'slaac';

/** Answered by Neutron; proof: neutron-lib `api/definitions/subnet.py` and the extensions' definitions beside it. */
interface Row extends Common {
  readonly name: string;
  readonly network_id: string;
  readonly ip_version: number;
  readonly cidr: string;
  readonly gateway_ip: string | null;
  readonly enable_dhcp: boolean;
  readonly allocation_pools: readonly Pool[];
  readonly dns_nameservers: readonly string[];
  readonly host_routes: readonly HostRoute[];
  readonly ipv6_ra_mode: Ipv6Mode | null;
  readonly ipv6_address_mode: Ipv6Mode | null;
  readonly subnetpool_id: string | null;
  readonly description?: string | null;
  readonly service_types?: readonly string[];
  readonly segment_id?: string | null;
  readonly dns_publish_fixed_ip?: boolean;
  readonly 'router:external'?: boolean;
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/subnet.py`, `properties_schema`. */
interface Properties {
  readonly network: Ref<'network'>;
  readonly name: string;
  readonly cidr: string;
  readonly ip_version?: number;
  readonly gateway_ip?: string;
  readonly enable_dhcp?: boolean;
  readonly allocation_pools?: readonly Pool[];
  readonly dns_nameservers?: readonly string[];
  readonly host_routes?: readonly HostRoute[];
  readonly ipv6_ra_mode?: Ipv6Mode;
  readonly ipv6_address_mode?: Ipv6Mode;
  readonly tags?: readonly string[];
  readonly value_specs?: Readonly<Record<string, SpecValue>>;
}

/** True where Neutron picks that gateway by itself. No gateway is never picked. */
function isUsualGateway(gateway: string | null, cidr: string): boolean {
  const range = parseCidr(cidr);
  return range !== undefined && parseAddress(gateway ?? '')?.value === usualGateway(range);
}

/** True where Neutron makes those pools by itself, given the gateway. */
function areUsualPools(pools: readonly Pool[], gateway: string | null, cidr: string): boolean {
  const range = parseCidr(cidr);
  if (range === undefined) return false;
  const usual = usualPools(range, parseAddress(gateway ?? '')?.value);
  const own = pools
    .map(pool => [parseAddress(pool.start)?.value, parseAddress(pool.end)?.value] as const)
    .sort(([a], [b]) => order(a ?? 0n, b ?? 0n));
  return (
    own.length === usual.length &&
    own.every(([start, end], index) => start === usual[index]?.[0] && end === usual[index]?.[1])
  );
}

const r = from<Row>();

export const subnet = define<Row, Properties>()({
  kind: 'subnet',
  section: 'Networks',
  heat: 'OS::Neutron::Subnet',
  list: {
    service: 'network',
    path: 'subnets',
    key: 'subnets',
    ours: true,
    names: namesOfSubnet,
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        for (const network of rows['network'] ?? []) {
          // An external network's subnets are nothing a port of ours stands in.
          if (network['router:external'] !== true) yield* ids({network: [network]}, ['network'], 'subnets');
        }
        for (const port of rows['port'] ?? []) yield* idsIn(port['fixed_ips'], 'subnet_id');
        yield* ids(rows, ['load_balancer'], 'vip_subnet_id');
        yield* ids(rows, ['member'], 'subnet_id');
      },
    },
  },
  outside: {constraint: 'neutron.subnet', prefix: 'subnet'},
  where: (row, scope) => {
    const parent = scope.row(network, row.network_id);
    if (!isOurs(parent ?? row, scope))
      return isOurs(row, scope) ? lost('its network belongs to another project') : foreign;
    // The range comes from the router in front; proof: neutron-lib `constants.py`, IPV6_PD_POOL_ID.
    if (row.subnetpool_id === 'prefix_delegation') return lost('its prefix is delegated by a router');
    return resource;
  },
  label: (row, scope) => scope.row(network, row.network_id)?.name ?? '',
  under: row => new Ref('network', row.network_id),
  properties: {
    network: r.ref(network, 'network_id'),
    name: r.copy('name'),
    cidr: r.copy('cidr'),
    ip_version: r.unless('ip_version', 4),
    gateway_ip: r.make(['gateway_ip', 'cidr'], row =>
      // Heat sends null for '', which is Neutron's word for no gateway.
      row.gateway_ip === null ? '' : isUsualGateway(row.gateway_ip, row.cidr) ? undefined : row.gateway_ip,
    ),
    enable_dhcp: r.unless('enable_dhcp', true),
    allocation_pools: r.make(['allocation_pools', 'gateway_ip', 'cidr'], row =>
      areUsualPools(row.allocation_pools, row.gateway_ip, row.cidr)
        ? undefined
        : row.allocation_pools
            .map(({start, end}) => ({start, end}))
            .sort((a, b) => byAddress(a.start, b.start)),
    ),
    // Resolvers are asked in this order.
    dns_nameservers: r.some('dns_nameservers'),
    host_routes: r.derive('host_routes', routes =>
      routes.length === 0
        ? undefined
        : routes
            .map(({destination, nexthop}) => ({destination, nexthop}))
            .sort((a, b) => order(a.destination, b.destination) || order(a.nexthop, b.nexthop)),
    ),
    ipv6_ra_mode: r.some('ipv6_ra_mode'),
    ipv6_address_mode: r.some('ipv6_address_mode'),
    tags: r.derive('tags', tags => (tags?.length ? tags.toSorted() : undefined)),
    // Heat refuses cidr beside subnetpool, Neutron does not: so the range stays and the pool still counts it.
    value_specs: r.make(['description', 'subnetpool_id', 'dns_publish_fixed_ip'], row =>
      valueSpecs({
        description: row.description,
        subnetpool_id: row.subnetpool_id === null ? undefined : new Ref(subnetPool.kind, row.subnetpool_id),
        dns_publish_fixed_ip: row.dns_publish_fixed_ip === true ? true : undefined,
      }),
    ),
  },
  addresses: {holds: ['allocation_pools']},
  unordered: ['allocation_pools', 'host_routes', 'service_types', 'tags'],
  ignores: {
    ...serverMade,
    service_types: lossy('only an admin may set them: openstack subnet set --service-type'),
    segment_id: lossy('only an admin may set it: openstack subnet set --network-segment'),
    'router:external': 'read-only',
  },
  example: {
    row: {
      id: 's1',
      project_id: 'p1',
      name: 'web',
      network_id: 'n1',
      ip_version: 6,
      cidr: '2001:db8:1::/64',
      gateway_ip: null,
      enable_dhcp: false,
      allocation_pools: [
        {start: '2001:db8:1::100', end: '2001:db8:1::1ff'},
        {start: '2001:db8:1::10', end: '2001:db8:1::1f'},
      ],
      dns_nameservers: ['2001:db8::53', '2001:db8::35'],
      host_routes: [{destination: '2001:db8:2::/64', nexthop: '2001:db8:1::2'}],
      ipv6_ra_mode: 'slaac',
      ipv6_address_mode: 'slaac',
      subnetpool_id: 'sp1',
      description: 'front',
      tags: ['lab'],
    },
    with: {
      network: [{id: 'n1', project_id: 'p1', name: 'web'}],
      subnet_pool: [{id: 'sp1', project_id: 'p0', name: 'campus'}],
    },
    emits: {
      network: {get_resource: 'network:n1'},
      name: 'web',
      cidr: '2001:db8:1::/64',
      ip_version: 6,
      gateway_ip: '',
      enable_dhcp: false,
      allocation_pools: [
        {start: '2001:db8:1::10', end: '2001:db8:1::1f'},
        {start: '2001:db8:1::100', end: '2001:db8:1::1ff'},
      ],
      dns_nameservers: ['2001:db8::53', '2001:db8::35'],
      host_routes: [{destination: '2001:db8:2::/64', nexthop: '2001:db8:1::2'}],
      ipv6_ra_mode: 'slaac',
      ipv6_address_mode: 'slaac',
      tags: ['lab'],
      value_specs: {description: 'front', subnetpool_id: {get_param: 'subnet_pool:sp1'}},
    },
  },
});
