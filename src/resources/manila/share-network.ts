import {define, from, resource, type Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {network} from '../neutron/network.ts';
import {command, foreign, isOurs} from '../neutron/shared.ts';
import {subnet} from '../neutron/subnet.ts';
import {securityService} from './security-service.ts';

/** One place where share servers stand. */
interface Leg {
  readonly id: string;
  readonly availability_zone: string | null;
  readonly neutron_net_id: string | null;
  readonly neutron_subnet_id: string | null;
  readonly network_type?: string | null;
  readonly segmentation_id?: number | null;
  readonly cidr?: string | null;
  readonly ip_version?: number | null;
  readonly gateway?: string | null;
  readonly mtu?: number | null;
  /** Since 2.78. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly created_at?: string;
  readonly updated_at?: string | null;
}

/** Answered by Manila; proof: manila `api/views/share_networks.py`. */
interface Row {
  readonly id: string;
  readonly project_id: string;
  readonly name: string | null;
  readonly description: string | null;
  /** Since 2.51; before, the only one's fields stand in the row itself. */
  readonly share_network_subnets?: readonly Leg[];
  readonly neutron_net_id?: string | null;
  readonly neutron_subnet_id?: string | null;
  readonly network_type?: string | null;
  readonly segmentation_id?: number | null;
  readonly cidr?: string | null;
  readonly ip_version?: number | null;
  readonly gateway?: string | null;
  readonly mtu?: number | null;
  readonly status?: string;
  readonly security_service_update_support?: boolean;
  readonly network_allocation_update_support?: boolean;
  readonly created_at?: string;
  readonly updated_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/manila/share_network.py`, `properties_schema`. */
interface Properties {
  readonly name?: string;
  readonly description?: string;
  readonly neutron_network?: Ref<'network'>;
  readonly neutron_subnet?: Ref<'subnet'>;
  readonly security_services?: readonly Ref[];
}

type Place = Pick<Leg, 'neutron_net_id' | 'neutron_subnet_id'>;
type Legs = Pick<Row, 'share_network_subnets' | 'neutron_net_id' | 'neutron_subnet_id'>;

/** The one that Heat makes with the share network: that of every zone. */
function mainLeg(row: Legs): Place | undefined {
  if (row.share_network_subnets !== undefined)
    return row.share_network_subnets.find(
      leg => leg.availability_zone === null && leg.neutron_net_id !== null,
    );
  const {neutron_net_id, neutron_subnet_id} = row;
  return neutron_net_id && neutron_subnet_id ? {neutron_net_id, neutron_subnet_id} : undefined;
}

/** Those beside it are added afterwards. */
function otherLegs(row: Legs & {readonly id: string}, scope: Scope): void {
  const main = mainLeg(row);
  for (const leg of row.share_network_subnets ?? []) {
    if (leg === main || leg.neutron_net_id === null || leg.neutron_subnet_id === null) continue;
    scope.step({
      when: 'after',
      fields: ['share_network_subnets'],
      title: 'add a subnet to the share network',
      command: command(
        'share network subnet create',
        ['--neutron-net-id', new Ref(network.kind, leg.neutron_net_id)],
        ['--neutron-subnet-id', new Ref(subnet.kind, leg.neutron_subnet_id)],
        leg.availability_zone === null ? [] : ['--availability-zone', leg.availability_zone],
        new Ref('share_network', row.id),
      ),
    });
  }
}

const r = from<Row>();

export const shareNetwork = define<Row, Properties>()({
  kind: 'share_network',
  section: 'Shares',
  heat: 'OS::Manila::ShareNetwork',
  list: {
    service: 'shared-file-system',
    path: 'share-networks/detail',
    key: 'share_networks',
    microversion: '2.89',
  },
  outside: {constraint: 'manila.share_network', prefix: 'share_network'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.some('name'),
    description: r.some('description'),
    neutron_network: r.make(
      ['share_network_subnets', 'neutron_net_id', 'neutron_subnet_id'],
      (row: Legs & {id: string}, scope) => {
        otherLegs(row, scope);
        const id = mainLeg(row)?.neutron_net_id;
        return id ? new Ref(network.kind, id) : undefined;
      },
    ),
    neutron_subnet: r.make(['share_network_subnets', 'neutron_net_id', 'neutron_subnet_id'], row => {
      const id = mainLeg(row)?.neutron_subnet_id;
      return id ? new Ref(subnet.kind, id) : undefined;
    }),
    security_services: r.make(['id'], (row, scope) => {
      const services = scope.by(securityService, 'share_networks', row.id).map(({id}) => id);
      return services.length === 0
        ? undefined
        : services.toSorted().map(id => new Ref(securityService.kind, id));
    }),
  },
  unordered: ['share_network_subnets'],
  compares: {
    share_network_subnets: row =>
      row.share_network_subnets
        ?.filter(leg => leg.neutron_net_id !== null)
        .map(({availability_zone, neutron_net_id, neutron_subnet_id, metadata}) => ({
          availability_zone,
          neutron_net_id,
          neutron_subnet_id,
          metadata,
        })),
  },
  ignores: {
    project_id: 'read-only',
    // They follow from the Neutron network, once a share server stands in it.
    network_type: 'read-only',
    segmentation_id: 'read-only',
    cidr: 'read-only',
    ip_version: 'read-only',
    gateway: 'read-only',
    mtu: 'read-only',
    status: 'read-only',
    security_service_update_support: 'read-only',
    network_allocation_update_support: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
  },
  example: {
    row: {
      id: 'sn1',
      project_id: 'p1',
      name: 'office',
      description: 'for the staff',
      share_network_subnets: [
        {id: 'l1', availability_zone: null, neutron_net_id: 'n1', neutron_subnet_id: 's1', mtu: 1450},
        {id: 'l2', availability_zone: 'west', neutron_net_id: 'n1', neutron_subnet_id: 's2'},
      ],
      status: 'active',
    },
    with: {
      network: [{id: 'n1', project_id: 'p1', name: 'web'}],
      subnet: [
        {
          id: 's1',
          project_id: 'p1',
          network_id: 'n1',
          cidr: '10.0.0.0/24',
          name: 'web',
          ip_version: 4,
          gateway_ip: null,
          enable_dhcp: true,
          allocation_pools: [],
          dns_nameservers: [],
          host_routes: [],
        },
      ],
      security_service: [
        {id: 'ss1', project_id: 'p1', name: 'staff', type: 'ldap', password: null, share_networks: ['sn1']},
      ],
    },
    emits: {
      name: 'office',
      description: 'for the staff',
      neutron_network: {get_resource: 'network:n1'},
      neutron_subnet: {get_resource: 'subnet:s1'},
      security_services: [{get_resource: 'security_service:ss1'}],
    },
  },
  moreExamples: [
    {
      row: {
        id: 'sn2',
        project_id: 'p1',
        name: null,
        description: null,
        neutron_net_id: 'n9',
        neutron_subnet_id: 's9',
        cidr: '10.9.0.0/24',
      },
      emits: {neutron_network: {get_param: 'network:n9'}, neutron_subnet: {get_param: 'subnet:s9'}},
    },
  ],
});
