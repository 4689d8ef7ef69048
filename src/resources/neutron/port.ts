import {define, from, lossy} from '../../model/define.ts';
import {Ref, type Attr} from '../../model/value.ts';
import {forwardingIps} from './forwardings.ts';
import {afterPinned, CHOSEN, followed, followedOwner, isAutomatic, isFree} from './free-address.ts';
import {network} from './network.ts';
import {
  chosenMac,
  isLostAddress,
  lastingIps,
  lastingMac,
  onOurNetwork,
  wantedIps,
  whyNotChosen,
  type FixedIp,
  type WantedIp,
} from './port-addresses.ts';
import {namesOfPort} from './port-names.ts';
import {isPlugged, portPlace} from './port-owners.ts';
import {
  addressPairs,
  capabilities,
  chosenUplink,
  dhcpOptions,
  takeBack,
  type AddressPair,
  type DhcpOption,
} from './port-values.ts';
import {qosPolicy} from './qos-policy.ts';
import {isLeg} from './router-legs.ts';
import {defaultGroup, securityGroup} from './security-group.ts';
import {
  foreign,
  isOurs,
  joined,
  server,
  serverMade,
  valueSpecs,
  type Common,
  type SpecValue,
} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/port.py` and the extensions' definitions beside it. */
export interface PortRow extends Common {
  readonly name: string;
  readonly network_id: string;
  readonly mac_address: string;
  readonly admin_state_up: boolean;
  readonly status?: string;
  readonly device_id: string;
  readonly device_owner: string;
  readonly fixed_ips: readonly FixedIp[];
  readonly security_groups?: readonly string[];
  readonly port_security_enabled?: boolean;
  readonly allowed_address_pairs?: readonly AddressPair[];
  readonly extra_dhcp_opts?: readonly DhcpOption[];
  readonly description?: string | null;
  readonly qos_policy_id?: string | null;
  readonly qos_network_policy_id?: string | null;
  readonly dns_name?: string;
  readonly dns_domain?: string;
  readonly dns_assignment?: readonly object[];
  readonly ip_allocation?: string | null;
  readonly propagate_uplink_status?: boolean;
  readonly tags?: readonly string[];
  readonly trunk_details?: object;
  readonly 'binding:vnic_type'?: string;
  readonly 'binding:profile'?: Readonly<Record<string, unknown>>;
  readonly 'binding:host_id'?: string;
  readonly 'binding:vif_type'?: string;
  readonly 'binding:vif_details'?: object;
  readonly resource_request?: object | null;
  readonly data_plane_status?: string | null;
  readonly numa_affinity_policy?: string | null;
  readonly device_profile?: string | null;
  readonly hints?: object | null;
  readonly hardware_offload_type?: string | null;
  readonly trusted?: boolean | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/port.py`, `properties_schema`. */
interface Properties {
  readonly network: Ref<'network'>;
  readonly name: string;
  readonly fixed_ips?: readonly WantedIp[];
  readonly no_fixed_ips?: boolean;
  readonly mac_address?: string;
  readonly security_groups?: readonly Ref<'security_group'>[];
  readonly port_security_enabled?: boolean;
  readonly allowed_address_pairs?: readonly (Omit<AddressPair, 'ip_address'> & {
    readonly ip_address: string | Attr;
  })[];
  readonly admin_state_up?: boolean;
  readonly 'binding:vnic_type'?: string;
  readonly dns_name?: string;
  readonly qos_policy?: Ref<'qos_policy'>;
  readonly propagate_uplink_status?: boolean;
  readonly tags?: readonly string[];
  readonly value_specs?: Readonly<Record<string, SpecValue>>;
}

const r = from<PortRow>();

export const port = define<PortRow, Properties>()({
  kind: 'port',
  section: 'Ports',
  heat: 'OS::Neutron::Port',
  list: {service: 'network', path: 'ports', key: 'ports', ours: true, names: namesOfPort},
  outside: {constraint: 'neutron.port', prefix: 'port'},
  where: (row, scope) => (isOurs(row, scope) ? portPlace(row, scope) : foreign),
  // Nova makes ports for networks that a stack's template only names.
  madeWith: row =>
    row.device_owner.startsWith('compute:') ? new Ref(server.kind, row.device_id) : undefined,
  label: (row, scope) => {
    const parent = scope.row(network, row.network_id)?.name;
    const holder = scope.row(server, row.device_id)?.name;
    return holder ? joined(holder, parent) : joined(parent, 'port');
  },
  under: (row, scope) =>
    isPlugged(row) && scope.row(server, row.device_id) !== undefined
      ? new Ref(server.kind, row.device_id)
      : new Ref(network.kind, row.network_id),
  after: (row, scope) => {
    const held = row.fixed_ips.filter(ip => !isAutomatic(ip, scope)).map(ip => ip.ip_address);
    return [...forwardingIps(row.id, scope), ...afterPinned(row.network_id, held, scope, row.id)];
  },
  properties: {
    network: r.ref(network, 'network_id'),
    name: r.copy('name'),
    fixed_ips: r.make(['fixed_ips', 'network_id', 'mac_address'], (row, scope) => {
      if (scope.place(port, row.id)?.as === 'resource') {
        if (!onOurNetwork(row, scope) && row.fixed_ips.length > 0)
          scope.lose('fixed_ips.ip_address', `${whyNotChosen(row, scope)}; the target assigns the address`);
        else if (row.fixed_ips.some(ip => !isAutomatic(ip, scope) && isFree(ip.ip_address, scope)))
          scope.lose('fixed_ips.ip_address', CHOSEN);
        else if (row.fixed_ips.some(ip => isLostAddress(row, ip, scope)))
          scope.lose('fixed_ips.ip_address', 'on this subnet the target makes the addresses itself');
      }
      return wantedIps(row, scope);
    }),
    no_fixed_ips: r.derive('fixed_ips', ips => (ips.length === 0 ? true : undefined)),
    mac_address: r.make(['mac_address', 'fixed_ips', 'network_id'], (row, scope) => {
      if (scope.isCut(network, row.network_id) && lastingMac(row, scope) !== undefined)
        scope.lose('mac_address', whyNotChosen(row, scope));
      return chosenMac(row, scope);
    }),
    security_groups: r.make(['security_groups', 'port_security_enabled'], (row, scope) => {
      const groups = row.security_groups;
      // Without port security there are none, and Neutron gives none.
      if (groups === undefined || row.port_security_enabled === false) return undefined;
      takeBack(row.id, groups, scope);
      if (groups.length === 1 && groups[0] === defaultGroup(scope)?.id) return undefined;
      return groups.toSorted().map(id => new Ref(securityGroup.kind, id));
    }),
    port_security_enabled: r.make(['port_security_enabled', 'network_id'], (row, scope) => {
      const usual = scope.row(network, row.network_id)?.port_security_enabled ?? true;
      if (row.port_security_enabled === undefined || row.port_security_enabled === usual) return undefined;
      if (onOurNetwork(row, scope)) return row.port_security_enabled;
      scope.lose('port_security_enabled', whyNotChosen(row, scope));
      return undefined;
    }),
    allowed_address_pairs: r.make(['allowed_address_pairs', 'mac_address', 'network_id'], (row, scope) => {
      const pairs = addressPairs(row);
      if (pairs.length === 0) return undefined;
      if (onOurNetwork(row, scope))
        return pairs.map(({ip_address, ...mac}) =>
          Object.assign(mac, {ip_address: followed(ip_address, scope)}),
        );
      scope.lose('allowed_address_pairs', whyNotChosen(row, scope));
      return undefined;
    }),
    admin_state_up: r.unless('admin_state_up', true),
    'binding:vnic_type': r.make(['binding:vnic_type', 'binding:profile'], (row, scope) => {
      if (capabilities(row['binding:profile']) !== undefined)
        scope.lose('binding:profile', 'only an admin may set it: openstack port set --binding-profile');
      const type = row['binding:vnic_type'];
      return type === 'normal' ? undefined : type;
    }),
    // On a server's port Nova writes the server's name here, and refuses a port that has another.
    dns_name: r.make(['dns_name', 'device_owner'], (row, scope) => {
      if (isPlugged(row) && scope.place(server, (row as PortRow).device_id)?.as !== 'resource')
        scope.lose('device_owner', 'the server that has it is not rebuilt');
      return isPlugged(row) || !row.dns_name ? undefined : row.dns_name;
    }),
    qos_policy: r.ref(qosPolicy, 'qos_policy_id'),
    propagate_uplink_status: r.derive('propagate_uplink_status', chosenUplink),
    tags: r.derive('tags', tags => (tags?.length ? tags.toSorted() : undefined)),
    value_specs: r.make(['description', 'dns_domain', 'extra_dhcp_opts'], row =>
      valueSpecs({
        description: row.description,
        dns_domain: row.dns_domain,
        extra_dhcp_opts: dhcpOptions(row.extra_dhcp_opts),
      }),
    ),
  },
  assigned: ['fixed_ips', 'mac_address'],
  addresses: {holds: ['fixed_ips'], follows: ['allowed_address_pairs']},
  unordered: ['security_groups', 'fixed_ips', 'allowed_address_pairs', 'extra_dhcp_opts', 'tags'],
  compares: {
    mac_address: chosenMac,
    fixed_ips: lastingIps,
    dns_name: row => (isPlugged(row) ? undefined : row.dns_name),
    allowed_address_pairs: (row, scope) =>
      addressPairs(row).map(({ip_address, ...mac}) =>
        Object.assign(mac, {ip_address: followedOwner(ip_address, scope)}),
      ),
    extra_dhcp_opts: row => dhcpOptions(row.extra_dhcp_opts),
    propagate_uplink_status: (row, scope) => chosenUplink(row.propagate_uplink_status, scope),
    'binding:profile': row => capabilities(row['binding:profile']),
    // Behind it stand the server's zone and the router's kind, which are theirs.
    device_owner: row => (isPlugged(row) ? 'compute' : isLeg(row) ? 'router' : row.device_owner),
  },
  ignores: {
    ...serverMade,
    status: 'read-only',
    device_id: 'elsewhere',
    qos_network_policy_id: 'read-only',
    dns_assignment: 'read-only',
    ip_allocation: 'read-only',
    trunk_details: 'elsewhere',
    'binding:host_id': 'read-only',
    'binding:vif_type': 'read-only',
    'binding:vif_details': 'read-only',
    resource_request: 'read-only',
    data_plane_status: 'read-only',
    numa_affinity_policy: lossy('no Heat property: openstack port set --numa-policy-…'),
    device_profile: lossy('only at creation: openstack port create --device-profile'),
    hints: lossy('only an admin may set them: openstack port set --hint'),
    hardware_offload_type: lossy('only at creation: openstack port create --hardware-offload-type'),
    trusted: lossy('only an admin may set it: openstack port set --trusted'),
  },
  example: {
    row: {
      id: 'p1-port',
      project_id: 'p1',
      name: '',
      network_id: 'n1',
      mac_address: '02:00:00:00:00:01',
      admin_state_up: false,
      device_id: '',
      device_owner: '',
      fixed_ips: [
        {subnet_id: 's6', ip_address: '2001:db8:1::ff:fe00:1'},
        {subnet_id: 's4', ip_address: '10.0.0.5'},
      ],
      security_groups: ['g1', 'g0'],
      port_security_enabled: true,
      allowed_address_pairs: [{ip_address: '10.0.0.99', mac_address: '02:00:00:00:00:01'}],
      extra_dhcp_opts: [{opt_name: 'mtu', opt_value: '1400', ip_version: 4}],
      description: 'spare',
      qos_policy_id: 'q1',
      dns_name: 'spare',
      dns_domain: 'web.example.',
      propagate_uplink_status: false,
      'binding:vnic_type': 'direct',
      tags: ['lab'],
    },
    with: {
      network: [
        {id: 'n1', project_id: 'p1', name: 'web', port_security_enabled: false, subnets: ['s4', 's6']},
      ],
      subnet: [
        {id: 's4', project_id: 'p1', name: 'four', network_id: 'n1', cidr: '10.0.0.0/24'},
        {
          id: 's6',
          project_id: 'p1',
          name: 'six',
          network_id: 'n1',
          cidr: '2001:db8:1::/64',
          ipv6_address_mode: 'slaac',
        },
      ],
      security_group: [
        {id: 'g0', project_id: 'p1', name: 'default', security_group_rules: []},
        {id: 'g1', project_id: 'p1', name: 'web', security_group_rules: []},
      ],
      qos_policy: [{id: 'q1', name: 'bronze'}],
      // What most ports have is what the cloud gives.
      port: ['x1', 'x2'].map(id => ({id, project_id: 'p1', propagate_uplink_status: true, device_owner: ''})),
    },
    emits: {
      network: {get_resource: 'network:n1'},
      name: '',
      fixed_ips: [
        {subnet: {get_resource: 'subnet:s4'}, ip_address: '10.0.0.5'},
        {subnet: {get_resource: 'subnet:s6'}},
      ],
      mac_address: '02:00:00:00:00:01',
      security_groups: [{get_param: 'security_group:g0'}, {get_resource: 'security_group:g1'}],
      port_security_enabled: true,
      allowed_address_pairs: [{ip_address: '10.0.0.99'}],
      admin_state_up: false,
      'binding:vnic_type': 'direct',
      dns_name: 'spare',
      qos_policy: {get_param: 'qos_policy:q1'},
      propagate_uplink_status: false,
      tags: ['lab'],
      value_specs: {
        description: 'spare',
        dns_domain: 'web.example.',
        extra_dhcp_opts: [{opt_name: 'mtu', opt_value: '1400'}],
      },
    },
  },
  moreExamples: [
    {
      row: {
        id: 'x3',
        project_id: 'p1',
        name: 'bare',
        network_id: 'n1',
        mac_address: 'fa:16:3e:00:00:01',
        admin_state_up: true,
        device_id: '',
        device_owner: '',
        fixed_ips: [],
        security_groups: [],
        port_security_enabled: true,
      },
      with: {network: [{id: 'n1', project_id: 'p1', name: 'web', port_security_enabled: true, subnets: []}]},
      emits: {
        network: {get_resource: 'network:n1'},
        name: 'bare',
        no_fixed_ips: true,
        security_groups: [],
      },
    },
  ],
});
