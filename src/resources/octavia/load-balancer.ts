import {define, from, lossy, lost, type Scope} from '../../model/define.ts';
import {names} from '../../model/names.ts';
import {Ref} from '../../model/value.ts';
import {afterPinned, CHOSEN, isAutomatic, isFree} from '../neutron/free-address.ts';
import {onOurNetwork} from '../neutron/port-addresses.ts';
import {port} from '../neutron/port.ts';
import {qosPolicy} from '../neutron/qos-policy.ts';
import {securityGroup} from '../neutron/security-group.ts';
import {subnet} from '../neutron/subnet.ts';
import {lbAvailabilityZone} from './availability-zone.ts';
import {lbFlavor} from './flavor.ts';
import {placeOn, serverMade, setAfterwards, Words, type Common, type IdOnly} from './shared.ts';

/** Answered by Octavia; proof: octavia `api/v2/types/load_balancer.py`, `LoadBalancerResponse`. */
interface Row extends Common {
  readonly name: string;
  readonly description: string;
  readonly vip_address: string;
  readonly vip_port_id: string | null;
  readonly vip_subnet_id: string | null;
  readonly vip_network_id: string;
  /** Since 2.26. */
  readonly additional_vips?: readonly object[];
  readonly vip_qos_policy_id?: string | null;
  /** Since 2.29. */
  readonly vip_sg_ids?: readonly string[];
  /** Since 2.28. */
  readonly vip_vnic_type?: string;
  readonly listeners: readonly IdOnly[];
  readonly pools: readonly IdOnly[];
  readonly provider: string;
  readonly flavor_id: string | null;
  readonly availability_zone?: string | null;
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/octavia/loadbalancer.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly vip_subnet?: Ref<'subnet'>;
  readonly vip_address?: string;
  readonly provider: string;
  readonly flavor?: Ref<'lb_flavor'>;
  readonly availability_zone?: Ref<'lb_availability_zone'>;
  readonly admin_state_up?: boolean;
}

type Vip = Pick<Row, 'vip_address' | 'vip_port_id' | 'vip_subnet_id' | 'vip_network_id'>;

/** One made by network or by port may not say it: then its port does. */
function vipSubnet(row: Vip, scope: Scope): string | undefined {
  if (row.vip_subnet_id !== null) return row.vip_subnet_id;
  const ips = scope.row(port, row.vip_port_id)?.fixed_ips ?? [];
  return (ips.find(ip => ip.ip_address === row.vip_address) ?? ips[0])?.subnet_id;
}

/** True where the template may ask for the VIP's address. */
export function keepsAddress(row: Vip, scope: Scope): boolean {
  const subnet_id = vipSubnet(row, scope);
  return (
    onOurNetwork({network_id: row.vip_network_id}, scope) &&
    subnet_id !== undefined &&
    !isAutomatic({subnet_id}, scope) &&
    !isFree(row.vip_address, scope)
  );
}

/** Names of ports that providers make; proof: octavia `allowed_address_pairs.py`, ovn-octavia-provider `common/constants.py`. */
function isMadeByProvider(row: Vip, scope: Scope): boolean {
  const name = scope.row(port, row.vip_port_id)?.name;
  return name === undefined || /^(?:octavia|ovn)-lb-/.test(name);
}

function groupWords({vip_sg_ids: ids = []}: Pick<Row, 'vip_sg_ids'>, scope: Scope): Words {
  const built = ids.filter(id => scope.row(securityGroup, id) !== undefined).toSorted();
  if (built.length < ids.length) scope.lose('vip_sg_ids', 'a group of its VIP can not be seen');
  return new Words().add(
    'vip_sg_ids',
    ...built.flatMap(id => ['--vip-sg-id', new Ref(securityGroup.kind, id)]),
  );
}

const r = from<Row>();

export const loadBalancer = define<Row, Properties>()({
  kind: 'load_balancer',
  section: 'Load balancers',
  heat: 'OS::Octavia::LoadBalancer',
  list: {
    service: 'load-balancer',
    path: 'lbaas/loadbalancers',
    key: 'loadbalancers',
    ours: true,
    names: names({'listeners.id': 'listener', 'pools.id': 'pool', vip_port_id: 'port'}),
  },
  outside: {constraint: 'octavia.loadbalancer', prefix: 'load_balancer'},
  where: (row, scope) => {
    const place = placeOn(row, scope);
    return place.as === 'resource' && vipSubnet(row, scope) === undefined
      ? lost('Heat wants the subnet of its VIP, which neither its row nor its port tells')
      : place;
  },
  properties: {
    name: r.make(['name', 'tags', 'vip_qos_policy_id', 'vip_sg_ids'], (row, scope) => {
      const of = [new Ref('load_balancer', row.id)];
      const words = new Words().each('tags', '--tag', row.tags);
      if (row.vip_qos_policy_id)
        words.add('vip_qos_policy_id', '--vip-qos-policy-id', new Ref(qosPolicy.kind, row.vip_qos_policy_id));
      setAfterwards(scope, words, {what: 'load balancer', of});
      // By itself: what an older cloud refuses takes nothing else with it.
      setAfterwards(scope, groupWords(row, scope), {what: 'load balancer', of});
      return row.name;
    }),
    description: r.some('description'),
    vip_subnet: r.make(['vip_subnet_id', 'vip_network_id', 'vip_address'], (row, scope) => {
      if (!isMadeByProvider(row as Row, scope))
        scope.lose('vip_port_id', 'its VIP is a port that somebody made; Heat has the service make one');
      const id = vipSubnet(row as Row, scope);
      return id === undefined ? undefined : new Ref(subnet.kind, id);
    }),
    vip_address: r.make(['vip_address', 'vip_network_id', 'vip_subnet_id'], (row, scope) => {
      if (keepsAddress(row as Row, scope)) return row.vip_address;
      scope.lose(
        'vip_address',
        isFree(row.vip_address, scope)
          ? CHOSEN
          : 'the target assigns the address: the network is not ours, or makes its own',
      );
      return undefined;
    }),
    provider: r.copy('provider'),
    flavor: r.ref(lbFlavor, 'flavor_id'),
    availability_zone: r.ref(lbAvailabilityZone, 'availability_zone'),
    admin_state_up: r.unless('admin_state_up', true),
  },
  after: (row, scope) => afterPinned(row.vip_network_id, [row.vip_address], scope),
  addresses: {holds: ['vip_address']},
  unordered: ['tags', 'listeners', 'pools', 'vip_sg_ids'],
  compares: {
    vip_subnet_id: (row, scope) => vipSubnet(row, scope),
    vip_address: (row, scope) => (keepsAddress(row, scope) ? row.vip_address : undefined),
  },
  ignores: {
    ...serverMade,
    vip_port_id: 'read-only',
    listeners: 'elsewhere',
    pools: 'elsewhere',
    additional_vips: lossy('only at creation: openstack loadbalancer create --additional-vip'),
    vip_vnic_type: lossy('the flavor of the load balancer decides it', 'normal'),
  },
  example: {
    row: {
      id: 'lb1',
      project_id: 'p1',
      name: 'www',
      description: 'front door',
      provisioning_status: 'PENDING_UPDATE',
      operating_status: 'ONLINE',
      admin_state_up: false,
      vip_address: '10.0.0.50',
      vip_port_id: 'x1',
      vip_subnet_id: 's1',
      vip_network_id: 'n1',
      additional_vips: [],
      vip_qos_policy_id: 'q1',
      vip_sg_ids: ['g1'],
      listeners: [{id: 'l1'}],
      pools: [{id: 'pl1'}],
      provider: 'amphora',
      flavor_id: 'f1',
      availability_zone: 'west',
      tags: ['front'],
      created_at: '2026-01-01T00:00:00',
      updated_at: null,
    },
    with: {
      network: [{id: 'n1', project_id: 'p1', name: 'web'}],
      subnet: [{id: 's1', project_id: 'p1', name: 'web', network_id: 'n1', cidr: '10.0.0.0/24'}],
      qos_policy: [{id: 'q1', name: 'bronze'}],
      security_group: [{id: 'g1', project_id: 'p1', name: 'web', security_group_rules: []}],
      lb_flavor: [{id: 'f1', name: 'large'}],
    },
    emits: {
      name: 'www',
      description: 'front door',
      vip_subnet: {get_resource: 'subnet:s1'},
      vip_address: '10.0.0.50',
      provider: 'amphora',
      flavor: {get_param: 'lb_flavor:f1'},
      availability_zone: {get_param: 'lb_availability_zone:west'},
      admin_state_up: false,
    },
  },
});
