import {define, from, isEmpty, lossy, lost, resource, stepwise, type Scope} from '../../model/define.ts';
import {Given, Ref} from '../../model/value.ts';
import {command, foreign, operands} from '../neutron/shared.ts';
import {network} from '../neutron/network.ts';
import {flavor} from '../nova/flavor.ts';

interface Address {
  readonly address: string;
  /** private or public. */
  readonly type: string;
  readonly network?: string;
}

/** Answered by Trove; proof: trove `instance/views.py`, `InstanceDetailView` and `InstanceView`. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly status: string;
  readonly operating_status?: string | null;
  readonly flavor: {readonly id: string};
  readonly datastore: {
    readonly type: string | null;
    readonly version: string | null;
    readonly version_number?: string | null;
  };
  readonly volume?: {readonly size: number | null} & Readonly<Record<string, unknown>>;
  readonly addresses?: readonly Address[];
  readonly ip?: readonly string[];
  readonly hostname?: string | null;
  readonly access?: {readonly is_public?: boolean; readonly allowed_cidrs?: readonly string[]};
  readonly replica_of?: {readonly id: string};
  readonly replicas?: readonly {readonly id: string}[];
  readonly configuration?: {readonly id: string; readonly name: string};
  readonly locality?: string | null;
  readonly region?: string | null;
  readonly created?: string;
  readonly updated?: string;
  readonly service_status_updated?: string | null;
  readonly fault?: unknown;
  readonly local_storage?: unknown;
  readonly password?: string;
  readonly cluster_id?: string;
  readonly shard_id?: string;
  readonly links?: unknown;
  /** For admins. */
  readonly tenant_id?: string;
  readonly server_id?: string | null;
  readonly volume_id?: string | null;
  readonly encrypted_rpc_messaging?: boolean | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/trove/instance.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly flavor: Ref<'flavor'>;
  readonly size?: number;
  readonly datastore_type?: Given;
  readonly datastore_version?: Given;
  readonly networks?: readonly {readonly network: Ref<'network'>}[];
}

/** Networks the instance stands on, without the one that makes it public. */
function networksOf({addresses = []}: Pick<Row, 'addresses'>): readonly string[] {
  const own = addresses.filter(({type, network: id}) => type !== 'public' && id !== undefined);
  return [...new Set(own.map(({network: id}) => id ?? ''))].sort();
}

/** A replica takes all but its name from its source, and Trove refuses what Heat would send beside. */
function replicate(row: Row, scope: Scope): void {
  if (row.replica_of === undefined) return;
  scope.step({
    when: 'after',
    fields: ['replica_of'],
    title: 'replicate a database instance',
    command: command(
      'database instance create --replica-of',
      new Ref('database_instance', row.replica_of.id),
      operands(row.name),
    ),
  });
}

const r = from<Row>();

export const databaseInstance = define<Row, Properties>()({
  kind: 'database_instance',
  section: 'Databases',
  heat: 'OS::Trove::Instance',
  modelled: true,
  // Members of database clusters are not in it unless asked for.
  list: {service: 'database', path: 'instances/detail', key: 'instances'},
  where: (row, scope) => {
    if (row.tenant_id !== undefined && row.tenant_id !== scope.project.id) return foreign;
    if (['ERROR', 'FAILED'].includes(row.status)) return lost(`${row.status}: it never came up, or broke`);
    if (row.status === 'BUILD') return lost('still being built when it was read; take the snapshot again');
    if (row.replica_of !== undefined) {
      replicate(row, scope);
      return {as: 'step'};
    }
    scope.lose(
      'databases',
      'what is in it is not read, databases, users and data alike: openstack database db create, database user create',
    );
    return resource;
  },
  properties: {
    name: r.copy('name'),
    flavor: r.derive('flavor', ({id}) => new Ref(flavor.kind, id)),
    size: r.derive('volume', volume => volume?.size ?? undefined),
    datastore_type: r.derive('datastore', ({type}) =>
      isEmpty(type)
        ? undefined
        : new Given(`datastore:${type}`, {
            prefix: 'datastore',
            label: type ?? '',
            description: 'Datastore, by name',
            value: type ?? '',
          }),
    ),
    datastore_version: r.derive('datastore', ({type, version}) =>
      isEmpty(version)
        ? undefined
        : new Given(`datastore_version:${type}:${version}`, {
            prefix: 'datastore_version',
            label: `${type}_${version}`,
            description: `Version of the datastore ${type}, by name`,
            value: version ?? '',
          }),
    ),
    networks: r.make(['addresses'], row => {
      const networks = networksOf(row);
      return networks.length === 0 ? undefined : networks.map(id => ({network: new Ref(network.kind, id)}));
    }),
  },
  compares: {
    addresses: row => networksOf(row).map(id => new Ref(network.kind, id)),
    volume: ({volume}) => volume?.size,
    datastore: ({datastore: {type, version}}) => [type, version],
    access: ({access}) => [access?.is_public ?? false, (access?.allowed_cidrs ?? []).toSorted()],
    replica_of: ({replica_of: source}) =>
      source === undefined ? undefined : new Ref('database_instance', source.id),
  },
  ignores: {
    replica_of: 'elsewhere',
    replicas: 'elsewhere',
    access: stepwise(({id, access}) => {
      const {is_public: open = false, allowed_cidrs: cidrs = []} = access ?? {};
      if (!open && cidrs.length === 0) return undefined;
      return {
        when: 'after',
        title: 'open a database instance to its clients',
        command: command(
          'database instance update',
          open ? ['--is-public'] : [],
          cidrs.toSorted().flatMap(cidr => ['--allowed-cidr', cidr]),
          new Ref('database_instance', id),
        ),
      };
    }),
    configuration: lossy(
      'Heat has no type for configuration groups: openstack database configuration create, database configuration attach',
    ),
    locality: lossy('no Heat property: openstack database instance create --locality'),
    status: 'read-only',
    operating_status: 'read-only',
    ip: 'read-only',
    hostname: 'read-only',
    region: 'read-only',
    created: 'read-only',
    updated: 'read-only',
    service_status_updated: 'read-only',
    fault: 'read-only',
    local_storage: 'read-only',
    password: 'read-only',
    cluster_id: 'read-only',
    shard_id: 'read-only',
    links: 'read-only',
    tenant_id: 'read-only',
    server_id: 'read-only',
    volume_id: 'read-only',
    encrypted_rpc_messaging: 'read-only',
  },
  example: {
    row: {
      id: 'db1',
      name: 'orders',
      status: 'ACTIVE',
      operating_status: 'HEALTHY',
      flavor: {id: 'f1'},
      datastore: {type: 'mysql', version: '8.0-jammy', version_number: '8.0'},
      volume: {size: 20},
      addresses: [
        {address: '10.0.0.30', type: 'private', network: 'n1'},
        {address: '203.0.113.30', type: 'public'},
      ],
      ip: ['10.0.0.30', '203.0.113.30'],
      access: {is_public: true, allowed_cidrs: ['198.51.100.0/24']},
      replicas: [{id: 'db2'}],
      configuration: {id: 'cg1', name: 'tuned'},
      locality: 'anti-affinity',
      region: 'RegionOne',
      created: '2026-01-01T00:00:00',
      updated: '2026-01-01T00:09:00',
      service_status_updated: '2026-01-01T00:10:00',
      tenant_id: 'p1',
      server_id: 'sv1',
      volume_id: 'vo1',
      encrypted_rpc_messaging: true,
    },
    with: {network: [{id: 'n1', project_id: 'p1', name: 'web', admin_state_up: true}]},
    emits: {
      name: 'orders',
      flavor: {get_param: 'flavor:f1'},
      size: 20,
      datastore_type: {given: 'mysql'},
      datastore_version: {given: '8.0-jammy'},
      networks: [{network: {get_resource: 'network:n1'}}],
    },
  },
  moreExamples: [
    {
      row: {
        id: 'db2',
        name: 'orders-copy',
        status: 'ACTIVE',
        flavor: {id: 'f1'},
        datastore: {type: 'mysql', version: '8.0-jammy'},
        volume: {size: 20},
        addresses: [{address: '10.0.0.31', type: 'private', network: 'n1'}],
        ip: ['10.0.0.31'],
        access: {is_public: false},
        replica_of: {id: 'db1'},
        region: 'RegionOne',
      },
      with: {
        database_instance: [
          {
            id: 'db1',
            name: 'orders',
            status: 'ACTIVE',
            flavor: {id: 'f1'},
            datastore: {type: 'mysql', version: '8.0-jammy'},
            volume: {size: 20},
          },
        ],
        network: [{id: 'n1', project_id: 'p1', name: 'web', admin_state_up: true}],
      },
      place: 'step',
      emits: {},
    },
  ],
});
