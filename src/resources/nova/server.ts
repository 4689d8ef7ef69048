import {define, from, isEmpty, lossy, lost, resource, skipped, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ref, type FileText, type Value} from '../../model/value.ts';
import {image} from '../glance/image.ts';
import {HOSTNAME, afterwards, ownDescription, ownHostname} from './afterwards.ts';
import {availabilityZone} from './availability-zone.ts';
import {disksOf, rootOf, usesBefore} from './disks.ts';
import {flavor} from './flavor.ts';
import {foreignKeypair} from './foreign-keypair.ts';
import {trunk, volume} from './handles.ts';
import {hintsOf} from './hints.ts';
import {keypair} from './keypair.ts';
import {namesOfServer} from './names.ts';
import {nicOrder, nicsOf} from './nics.ts';
import {example, moreExamples} from './server-examples.ts';
import type {ServerRow as Row} from './server-row.ts';
import {FIELD as USER_DATA, userDataOf} from './user-data.ts';

/** Taken by Heat; proof: heat `engine/resources/openstack/nova/server.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly flavor: Ref<'flavor'>;
  readonly image?: Ref<'image'>;
  readonly networks: readonly Nic[];
  readonly block_device_mapping_v2?: readonly Mapped[];
  readonly key_name?: Ref<'keypair'> | Ref<'foreign_keypair'>;
  readonly user_data?: FileText;
  readonly user_data_format: 'RAW';
  readonly metadata?: Readonly<Record<string, string>>;
  readonly scheduler_hints?: Readonly<Record<string, Value>>;
  readonly availability_zone?: Ref<'availability_zone'>;
  readonly config_drive?: boolean;
  readonly tags?: readonly string[];
  readonly diskConfig?: 'AUTO';
}

type Nic = {readonly port: Ref<'port'>} | {readonly allocate_network: 'none'};

interface Mapped {
  readonly volume_id: Ref<'volume'>;
  readonly boot_index: 0 | -1;
  readonly delete_on_termination: true | undefined;
}

const r = from<Row>();

function where(row: Row, scope: Scope): Place {
  if (row.tenant_id !== undefined && row.tenant_id !== scope.project.id)
    return skipped('belongs to another project');
  switch (row.status) {
    case 'UNKNOWN':
      return lost('its cell does not answer, so Nova tells no more than its id; take the snapshot again');
    case 'BUILD':
      return lost('still being built when it was read; take the snapshot again');
    case 'ERROR':
      return lost('ERROR: it never came up, or broke; its ports and volumes are rebuilt without it');
    case 'DELETED':
    case 'SOFT_DELETED':
      return skipped('deleted');
    default:
      if (isEmpty(row.image) && rootOf(row.id, scope) === undefined)
        return lost('it boots from a volume that is not rebuilt');
      return resource;
  }
}

function keyOf(row: Pick<Row, 'key_name' | 'user_id'>, scope: Scope): Properties['key_name'] {
  const {key_name: name} = row;
  if (typeof name !== 'string' || name === '') return undefined;
  const own = row.user_id === scope.userId;
  if (own && scope.row(keypair, name) !== undefined) return new Ref(keypair.kind, name);
  scope.note(
    `Its key pair ${JSON.stringify(name)} is ${own ? 'deleted' : "another user's"}: the parameter takes one of yours.`,
  );
  scope.lose(
    'key_name',
    `the key pair is ${own ? 'deleted' : "another user's"}: the server gets none unless the parameter names one`,
  );
  return new Ref(foreignKeypair.kind, name);
}

function imageOf(value: Row['image'], scope: Scope): Ref<'image'> | undefined {
  if (isEmpty(value) || typeof value !== 'object' || value === null) return undefined;
  if (scope.row(image, value.id) === undefined)
    scope.lose('image', 'the image is deleted, or hidden from this role: name another');
  return new Ref(image.kind, value.id);
}

function nicsFor(row: Pick<Row, 'id' | 'addresses'>, scope: Scope): readonly Nic[] {
  const {ports, strange, unsure} = nicsOf(row.id, row.addresses, scope);
  for (const mac of strange)
    scope.lose('addresses', `no port of the project has the NIC ${mac}: it is another project's`);
  if (unsure)
    scope.note('The API does not tell how NICs of different networks were mixed: check their order.');
  // Heat asks Nova with a version that takes no silence for an answer.
  return ports.length === 0
    ? [{allocate_network: 'none'}]
    : ports.map(({id}) => ({port: new Ref('port', id)}));
}

function disksFor(
  row: Pick<Row, 'id' | 'os-extended-volumes:volumes_attached'>,
  scope: Scope,
): readonly Mapped[] | undefined {
  const disks = disksOf(row.id, scope);
  const known = new Set(disks.map(disk => disk.volume));
  for (const {id} of row['os-extended-volumes:volumes_attached']) {
    if (!known.has(id))
      scope.lose('os-extended-volumes:volumes_attached', `the volume ${id} is not rebuilt, so not attached`);
  }
  const mapped = disks.filter(disk => disk.mapped);
  if (mapped.length === 0) return undefined;
  return mapped.map(disk => ({
    volume_id: new Ref('volume', disk.volume),
    // Without one Heat boots from it.
    boot_index: disk.root ? 0 : -1,
    // Left out where it is Heat's default.
    delete_on_termination: disk.deleteOnTermination || undefined,
  }));
}

/**
 * Before 2.96 nobody can tell a zone that was asked for from the one the scheduler took. `nova` is what Nova calls the
 * hosts in no zone, and its manual warns against asking for it (`doc/source/admin/availability-zones.rst`).
 */
function zoneOf(
  row: Pick<Row, 'pinned_availability_zone' | 'OS-EXT-AZ:availability_zone'>,
): Ref<'availability_zone'> | undefined {
  const pinned = row.pinned_availability_zone;
  const actual = row['OS-EXT-AZ:availability_zone'];
  const zone = pinned === undefined ? (actual === 'nova' ? undefined : actual) : pinned;
  return typeof zone === 'string' && zone !== '' ? new Ref(availabilityZone.kind, zone) : undefined;
}

function isAbsent(field: keyof Row): (row: Row) => boolean {
  return row => !Object.hasOwn(row, field);
}

/** Its trunk: some drivers can't make one of a bound port. Copies of its volumes, and older users of them. */
function after(row: Row, scope: Scope): readonly Ref[] {
  const found: Ref[] = [];
  for (const {id} of nicsOf(row.id, row.addresses, scope).ports)
    found.push(...scope.by(trunk, 'port_id', id).map(parent => new Ref('trunk', parent.id)));
  for (const disk of disksOf(row.id, scope)) {
    if (!disk.mapped) continue;
    // Cinder copies no volume that is being attached.
    found.push(...scope.by(volume, 'source_volid', disk.volume).map(copy => new Ref('volume', copy.id)));
    found.push(...usesBefore(disk.attachment, scope));
  }
  return found;
}

export const server = define<Row, Properties>()({
  kind: 'server',
  section: 'Servers',
  heat: 'OS::Nova::Server',
  list: {
    service: 'compute',
    path: 'servers/detail',
    key: 'servers',
    microversion: '2.100',
    ordered: ['addresses'],
    names: namesOfServer,
  },
  outside: {constraint: 'nova.server', prefix: 'server', byId: true},
  where,
  after,
  properties: {
    name: r.make(['name', 'description', HOSTNAME, 'status', 'locked', 'locked_reason'], (row, scope) => {
      afterwards(row, scope);
      return row.name;
    }),
    flavor: r.derive('flavor', ({original_name: name, id}) => new Ref(flavor.kind, name ?? id ?? '')),
    image: r.derive('image', imageOf),
    networks: r.make(['addresses'], nicsFor),
    block_device_mapping_v2: r.make(
      ['os-extended-volumes:volumes_attached', 'OS-EXT-SRV-ATTR:root_device_name'],
      disksFor,
    ),
    key_name: r.make(['key_name', 'user_id'], keyOf),
    user_data: r.make(['name', USER_DATA], (row, scope) => userDataOf(row.name, row[USER_DATA], scope)),
    // Otherwise Heat wraps the data, or nothing, in a multipart of its own.
    user_data_format: r.make([], () => 'RAW'),
    metadata: r.some('metadata'),
    scheduler_hints: r.make(['scheduler_hints'], (row, scope) => hintsOf(row.id, row.scheduler_hints, scope)),
    availability_zone: r.make(['pinned_availability_zone', 'OS-EXT-AZ:availability_zone'], zoneOf),
    config_drive: r.derive('config_drive', value => (value === 'True' ? true : undefined)),
    tags: r.derive('tags', tags => (tags?.length ? tags.toSorted() : undefined)),
    diskConfig: r.derive('OS-DCF:diskConfig', value => (value === 'AUTO' ? 'AUTO' : undefined)),
  },
  ignores: {
    // The ports have them.
    security_groups: 'elsewhere',
    accessIPv4: lossy('neither Heat nor the openstack client can set it'),
    accessIPv6: lossy('neither Heat nor the openstack client can set it'),
    trusted_image_certificates: lossy('no Heat property'),
    tenant_id: 'read-only',
    'OS-EXT-SRV-ATTR:host': 'read-only',
    'OS-EXT-SRV-ATTR:instance_name': 'read-only',
    'OS-EXT-SRV-ATTR:hypervisor_hostname': 'read-only',
    'OS-EXT-SRV-ATTR:reservation_id': 'read-only',
    'OS-EXT-SRV-ATTR:launch_index': 'read-only',
    'OS-EXT-SRV-ATTR:kernel_id': 'read-only',
    'OS-EXT-SRV-ATTR:ramdisk_id': 'read-only',
    host_status: 'read-only',
    hostId: 'read-only',
    progress: 'read-only',
    fault: 'read-only',
    'OS-EXT-STS:task_state': 'read-only',
    'OS-EXT-STS:vm_state': 'read-only',
    'OS-EXT-STS:power_state': 'read-only',
    'OS-SRV-USG:launched_at': 'read-only',
    'OS-SRV-USG:terminated_at': 'read-only',
    created: 'read-only',
    updated: 'read-only',
    links: 'read-only',
  },
  // Heat's own words to its agents, where the template doesn't ask for RAW.
  // A copy of what its ports have.
  addresses: {holds: ['addresses']},
  assigned: ['OS-EXT-SRV-ATTR:user_data'],
  unordered: ['tags'],
  // Who is in a group is compared by the group.
  untold: {
    pinned_availability_zone: isAbsent('pinned_availability_zone'),
    scheduler_hints: isAbsent('scheduler_hints'),
    // Nobody asked for one: where it came to be is the scheduler's business.
    'OS-EXT-AZ:availability_zone': row => row.pinned_availability_zone === null,
  },
  compares: {
    'OS-EXT-AZ:availability_zone': ({'OS-EXT-AZ:availability_zone': zone}) =>
      typeof zone === 'string' && zone !== '' ? new Ref(availabilityZone.kind, zone) : zone,
    description: row => ownDescription(row) ?? null,
    [HOSTNAME]: row => ownHostname(row) ?? null,
    // Shelved servers leave their host after a time of the operator's choice.
    status: row => (row.status === 'SHELVED_OFFLOADED' ? 'SHELVED' : row.status),
    // The name and the size; what else a flavor says is the cloud's business.
    flavor: ({flavor: {original_name, id, vcpus, ram, disk, ephemeral, swap}}) =>
      original_name === undefined ? {id} : {original_name, vcpus, ram, disk, ephemeral, swap},
    image: ({image}) => (typeof image === 'object' ? (image?.id ?? '') : image),
    addresses: (row, scope) => nicOrder(row.id, row.addresses, scope),
    'os-extended-volumes:volumes_attached': (row, scope) =>
      disksOf(row.id, scope).map(disk => [disk.volume, disk.deleteOnTermination]),
    'OS-EXT-SRV-ATTR:root_device_name': () => undefined,
    user_id: () => undefined,
  },
  example,
  moreExamples,
});
