import {define, from, lossy, resource, stepwise} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {addressScope} from './address-scope.ts';
import {byAddress} from '../../model/cidr.ts';
import {command, foreign, ids, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron, prefix lengths as text; proof: neutron-lib `api/definitions/subnetpool.py`. */
interface Row extends Common {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly ip_version: number;
  readonly min_prefixlen: string | number;
  readonly max_prefixlen: string | number;
  readonly default_prefixlen: string | number;
  readonly default_quota: number | null;
  readonly address_scope_id: string | null;
  readonly description?: string | null;
  readonly is_default?: boolean;
  readonly shared?: boolean;
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/subnetpool.py`. */
interface Properties {
  readonly name: string;
  readonly prefixes: readonly string[];
  readonly address_scope?: Ref<'address_scope'>;
  readonly default_prefixlen?: number;
  readonly min_prefixlen?: number;
  readonly max_prefixlen?: number;
  readonly default_quota?: number;
  readonly tags?: readonly string[];
}

const r = from<Row>();

export const subnetPool = define<Row, Properties>()({
  kind: 'subnet_pool',
  section: 'Address pools',
  heat: 'OS::Neutron::SubnetPool',
  list: {
    service: 'network',
    path: 'subnetpools',
    key: 'subnetpools',
    extension: 'subnet_allocation',
    ours: true,
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        for (const id of ids(rows, ['subnet'], 'subnetpool_id')) {
          if (id !== 'prefix_delegation') yield id;
        }
      },
    },
  },
  outside: {constraint: 'neutron.subnetpool', prefix: 'subnet_pool'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    prefixes: r.derive('prefixes', prefixes =>
      prefixes.toSorted((a, b) => byAddress(a.split('/')[0] ?? '', b.split('/')[0] ?? '')),
    ),
    address_scope: r.ref(addressScope, 'address_scope_id'),
    // Defaults; proof: neutron `objects/subnetpool.py` and `ipam/subnet_alloc.py`, SubnetPoolReader.
    default_prefixlen: r.make(['default_prefixlen', 'min_prefixlen'], row =>
      Number(row.default_prefixlen) === Number(row.min_prefixlen) ? undefined : Number(row.default_prefixlen),
    ),
    min_prefixlen: r.make(['min_prefixlen', 'ip_version'], row =>
      Number(row.min_prefixlen) === (row.ip_version === 6 ? 64 : 8) ? undefined : Number(row.min_prefixlen),
    ),
    max_prefixlen: r.make(['max_prefixlen', 'ip_version'], row =>
      Number(row.max_prefixlen) === (row.ip_version === 6 ? 128 : 32) ? undefined : Number(row.max_prefixlen),
    ),
    default_quota: r.unless('default_quota', null),
    tags: r.derive('tags', tags => (tags?.length ? tags.toSorted() : undefined)),
  },
  unordered: ['tags', 'prefixes'],
  ignores: {
    ...serverMade,
    // Heat's type has no value_specs.
    description: stepwise(row =>
      row.description
        ? {
            when: 'after',
            title: 'describe the subnet pool',
            command: command(
              'subnet pool set',
              ['--description', row.description],
              new Ref('subnet_pool', row.id),
            ),
          }
        : undefined,
    ),
    is_default: lossy('only an admin may set it: openstack subnet pool set --default'),
    shared: lossy('only an admin may share a subnet pool: openstack subnet pool create --share'),
  },
  example: {
    row: {
      id: 'sp1',
      project_id: 'p1',
      name: 'campus',
      prefixes: ['10.64.0.0/12', '10.9.0.0/16'],
      ip_version: 4,
      min_prefixlen: '20',
      max_prefixlen: '28',
      default_prefixlen: '24',
      default_quota: 4096,
      address_scope_id: 'as1',
      tags: ['lab'],
    },
    with: {address_scope: [{id: 'as1', project_id: 'p1', name: 'campus', ip_version: 4, shared: false}]},
    emits: {
      name: 'campus',
      prefixes: ['10.9.0.0/16', '10.64.0.0/12'],
      address_scope: {get_resource: 'address_scope:as1'},
      default_prefixlen: 24,
      min_prefixlen: 20,
      max_prefixlen: 28,
      default_quota: 4096,
      tags: ['lab'],
    },
  },
});
