import {define, from, lossy} from '../../model/define.ts';
import {Ref, type Attr} from '../../model/value.ts';
import {subnet} from '../neutron/subnet.ts';
import {exampleBalancer, examplePool} from './example-rows.ts';
import {addressOf, standsFor} from './member-address.ts';
import {pool} from './pool.ts';
import {placeOn, serverMade, setAfterwards, Words, type Common} from './shared.ts';

/** Answered by Octavia; proof: octavia `api/v2/types/member.py`, `MemberResponse`. */
interface Row extends Common {
  /** Not answered: the pool it was listed under. */
  readonly pool_id: string;
  readonly name: string;
  readonly address: string;
  readonly protocol_port: number;
  readonly weight: number;
  readonly backup: boolean;
  readonly subnet_id: string | null;
  readonly monitor_address: string | null;
  readonly monitor_port: number | null;
  /** Since 2.29. */
  readonly vnic_type?: string;
  readonly tags?: readonly string[];
}

type Address = string | Attr<'port'> | Attr<'load_balancer'>;

/** Taken by Heat; proof: heat `engine/resources/openstack/octavia/pool_member.py`, `properties_schema`. */
interface Properties {
  readonly pool: Ref<'pool'>;
  readonly address: Address;
  readonly protocol_port: number;
  readonly subnet?: Ref<'subnet'>;
  readonly weight?: number;
  readonly monitor_address?: Address;
  readonly monitor_port?: number;
  readonly admin_state_up?: boolean;
  readonly tags?: readonly string[];
}

const r = from<Row>();

export const member = define<Row, Properties>()({
  kind: 'member',
  section: 'Load balancers',
  heat: 'OS::Octavia::PoolMember',
  list: {
    service: 'load-balancer',
    path: 'lbaas/pools/{id}/members',
    key: 'members',
    parent: {
      kind: 'pool',
      field: 'pool_id',
      // A pool without the field may have some.
      when: row => !Array.isArray(row['members']) || row['members'].length > 0,
    },
  },
  where: (row, scope) => placeOn(row, scope, {what: 'pool', place: scope.place(pool, row.pool_id)}),
  label: (row, scope) => {
    const target = standsFor(row.address, row, scope);
    const holder =
      target === undefined
        ? ''
        : (scope.row<string, {id: string; name?: string}>(target, target.id)?.name ?? '');
    const parent = scope.row(pool, row.pool_id)?.name;
    return [parent, holder === '' ? row.address : holder, row.protocol_port].filter(Boolean).join('_');
  },
  under: row => new Ref('pool', row.pool_id),
  properties: {
    pool: r.ref(pool, 'pool_id'),
    address: r.make(['address', 'pool_id', 'subnet_id'], (row, scope) =>
      addressOf(row.address, row, scope, reason => scope.lose('address', reason)),
    ),
    protocol_port: r.copy('protocol_port'),
    subnet: r.ref(subnet, 'subnet_id'),
    weight: r.unless('weight', 1),
    monitor_address: r.make(['monitor_address', 'pool_id', 'subnet_id'], (row, scope) =>
      row.monitor_address === null
        ? undefined
        : addressOf(row.monitor_address, row, scope, reason => scope.lose('monitor_address', reason)),
    ),
    monitor_port: r.some('monitor_port'),
    admin_state_up: r.unless('admin_state_up', true),
    tags: r.make(['tags', 'name', 'backup', 'pool_id'], (row, scope) => {
      const words = new Words().unless('name', '--name', row.name);
      if (row.backup) words.add('backup', '--enable-backup');
      const of = [new Ref('pool', row.pool_id), new Ref('member', row.id)];
      setAfterwards(scope, words, {what: 'member', of});
      return row.tags?.length ? row.tags.toSorted() : undefined;
    }),
  },
  addresses: {follows: ['address', 'monitor_address']},
  unordered: ['tags'],
  compares: {
    address: (row, scope) => standsFor(row.address, row, scope) ?? row.address,
    monitor_address: (row, scope) => standsFor(row.monitor_address, row, scope) ?? row.monitor_address,
  },
  ignores: {
    ...serverMade,
    vnic_type: lossy(
      'the client sets it at creation: openstack loadbalancer member create --vnic-type',
      'normal',
    ),
  },
  example: {
    row: {
      id: 'm1',
      project_id: 'p1',
      pool_id: 'pl1',
      name: 'left',
      provisioning_status: 'ACTIVE',
      operating_status: 'NO_MONITOR',
      admin_state_up: false,
      address: '10.0.0.5',
      protocol_port: 80,
      weight: 0,
      backup: true,
      subnet_id: 's1',
      monitor_address: '192.0.2.9',
      monitor_port: 8080,
      tags: ['blue'],
    },
    with: {
      network: [{id: 'n1', project_id: 'p1', name: 'web', port_security_enabled: true, subnets: ['s1']}],
      subnet: [{id: 's1', project_id: 'p1', name: 'web', network_id: 'n1', cidr: '10.0.0.0/24'}],
      port: [
        {
          id: 'x1',
          project_id: 'p1',
          name: 'web-1',
          network_id: 'n1',
          mac_address: 'fa:16:3e:00:00:01',
          device_id: '',
          device_owner: '',
          fixed_ips: [{subnet_id: 's1', ip_address: '10.0.0.5'}],
        },
      ],
      load_balancer: [exampleBalancer],
      pool: [examplePool],
    },
    emits: {
      pool: {get_resource: 'pool:pl1'},
      address: {get_attr: ['port:x1', 'fixed_ips', 0, 'ip_address']},
      protocol_port: 80,
      subnet: {get_resource: 'subnet:s1'},
      weight: 0,
      monitor_address: '192.0.2.9',
      monitor_port: 8080,
      admin_state_up: false,
      tags: ['blue'],
    },
  },
});
