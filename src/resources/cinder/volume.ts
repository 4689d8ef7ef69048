import {define, from, lossy, lost, resource, skipped, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ref, type Ask} from '../../model/value.ts';
import {image} from '../glance/image.ts';
import {joined, server} from '../nova/handles.ts';
import {namesOfVolume} from '../nova/names.ts';
import {imageProperties, imagePropertyWords, originOf, willBeBootable, type Origins} from './origin.ts';
import {volumeAvailabilityZone} from './volume-availability-zone.ts';
import {volumeType} from './volume-type.ts';

/** Answered by Cinder; proof: cinder `api/v3/views/volumes.py` and `api/contrib/volume_*_attribute.py`. */
interface Row extends Origins {
  readonly id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly status: string;
  readonly size: number;
  readonly volume_type: string | null;
  /** Since 3.63. */
  readonly volume_type_id?: string | null;
  readonly availability_zone: string | null;
  readonly metadata: Readonly<Record<string, string>>;
  /** "true" or "false". */
  readonly bootable: string;
  readonly encrypted?: boolean;
  readonly encryption_key_id?: string | null;
  readonly multiattach?: boolean;
  readonly snapshot_id: string | null;
  readonly source_volid: string | null;
  readonly volume_image_metadata?: Readonly<Record<string, string>>;
  readonly attachments: readonly Attachment[];
  readonly consistencygroup_id?: string | null;
  readonly group_id?: string | null;
  readonly replication_status?: string | null;
  readonly consumes_quota?: boolean;
  readonly shared_targets?: boolean | null;
  readonly service_uuid?: string | null;
  readonly provider_id?: string | null;
  readonly cluster_name?: string | null;
  readonly migration_status?: string | null;
  readonly 'os-vol-tenant-attr:tenant_id'?: string;
  readonly 'os-vol-host-attr:host'?: string | null;
  readonly 'os-vol-mig-status-attr:migstat'?: string | null;
  readonly 'os-vol-mig-status-attr:name_id'?: string | null;
  readonly user_id?: string;
  readonly created_at?: string;
  readonly updated_at?: string | null;
  readonly links?: readonly object[];
}

interface Attachment {
  readonly id?: string;
  readonly attachment_id: string;
  readonly volume_id?: string;
  readonly server_id: string | null;
  readonly device: string | null;
  readonly host_name?: string | null;
  readonly attached_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/cinder/volume.py`, `properties_schema`. */
interface Properties {
  readonly size: number;
  readonly name: string;
  readonly description?: string;
  readonly volume_type?: Ref<'volume_type'>;
  readonly availability_zone?: Ref<'volume_availability_zone'>;
  readonly image?: Ref<'image'> | Ask;
  readonly source_volid?: Ref<'volume'>;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly read_only?: boolean;
}

const r = from<Row>();

/** Cinder's own words among the user's; proof: cinder `volume/api.py`, `update_readonly_flag` and `attach`. */
function ownMetadata(metadata: Row['metadata']): Readonly<Record<string, string>> | undefined {
  const kept = Object.entries(metadata).filter(([key]) => key !== 'readonly' && key !== 'attached_mode');
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** Proof: cinder `objects/fields.py` and `api/v2/views/volumes.py`, `_get_volume_status`. */
function where(row: Row, scope: Scope): Place {
  const owner = row['os-vol-tenant-attr:tenant_id'];
  if (owner !== undefined && owner !== scope.project.id) return skipped('belongs to another project');
  if (row.consumes_quota === false || row.migration_status?.startsWith('target:') === true)
    return skipped('a temporary volume of Cinder itself');
  switch (row.status) {
    case 'deleting':
    case 'error_deleting':
      return skipped(`${row.status}: it was asked to go`);
    case 'error':
    case 'error_managing':
    case 'error_restoring':
      return lost(`${row.status}: nobody knows what is in it`);
    case 'creating':
    case 'downloading':
    case 'managing':
    case 'restoring-backup':
      return lost(`${row.status}: it was not ready when it was read; take the snapshot again`);
    default:
      return resource;
  }
}

function imageFor(row: Origins, scope: Scope): Ref<'image'> | Ask | undefined {
  const origin = originOf(row.id, scope);
  if (origin.from === 'unknown image') {
    scope.lose(
      'volume_image_metadata',
      'what the volume was made from is unknown: name an image to boot from',
    );
    return origin.ask;
  }
  if (origin.from !== 'image') return undefined;
  if (scope.row(image, origin.ref.id) === undefined)
    scope.lose('volume_image_metadata', 'its image is deleted, or hidden from this role: name another');
  return origin.ref;
}

/** Heat can start from a snapshot, but only one of the target's own project, which can't have it yet. */
function leaveSnapshot(row: Origins, scope: Scope): void {
  if (typeof row.snapshot_id !== 'string') return;
  const origin = originOf(row.id, scope);
  const made =
    origin.from === 'image' || origin.from === 'unknown image'
      ? 'the volume is made from an image'
      : origin.from === 'volume'
        ? 'the volume is made from its source volume'
        : 'the volume is blank';
  scope.lose(
    'snapshot_id',
    `a snapshot can be used in its own project only: ${made}; to restore one, add its id as snapshot_id`,
  );
  if (origin.from === 'snapshot')
    scope.note(
      `Made from the snapshot ${JSON.stringify(origin.name)} in the source: snapshot_id takes the id of a copy.`,
    );
}

function sourceFor(row: Origins, scope: Scope): Ref<'volume'> | undefined {
  if (typeof row.source_volid !== 'string') return undefined;
  const origin = originOf(row.id, scope);
  if (origin.from !== 'volume') {
    scope.lose('source_volid', 'the volume it was copied from is gone, not rebuilt, or larger by now');
    return undefined;
  }
  scope.note('Copied from the other volume as that is rebuilt; data written since is not in it.');
  return new Ref('volume', origin.id);
}

/** The flag, and the properties of the image, follow from the source; what was changed since is set afterwards. */
function stepsFor(row: Pick<Row, keyof Origins>, scope: Scope): void {
  const ref = new Ref('volume', row.id);
  const {set, unset} = imagePropertyWords(row, scope);
  const fields = ['volume_image_metadata'];
  const title = 'Image properties of the volume, changed since it was made';
  if (unset.length > 0)
    scope.step({when: 'after', fields, title, command: ['volume', 'unset', ...unset, ref]});
  if (set.length > 0) scope.step({when: 'after', fields, title, command: ['volume', 'set', ...set, ref]});
  const bootable = row.bootable === 'true';
  if (bootable !== willBeBootable(row.id, scope)) {
    scope.step({
      when: 'after',
      fields: ['bootable'],
      title: bootable ? 'Mark the volume as bootable' : 'Mark the volume as not bootable',
      command: ['volume', 'set', bootable ? '--bootable' : '--non-bootable', ref],
    });
  }
}

export const volume = define<Row, Properties>()({
  kind: 'volume',
  section: 'Volumes',
  heat: 'OS::Cinder::Volume',
  list: {
    service: 'block-storage',
    path: 'volumes/detail',
    key: 'volumes',
    microversion: '3.70',
    names: namesOfVolume,
  },
  outside: {constraint: 'cinder.volume', prefix: 'volume', byId: true},
  where,
  // Nova makes nameless ones for servers that boot from an image.
  madeWith: ({name, attachments: [first, ...others]}) =>
    (name ?? '') === '' && typeof first?.server_id === 'string' && others.length === 0
      ? new Ref(server.kind, first.server_id)
      : undefined,
  label: (row, scope) => {
    const [first] = row.attachments;
    return joined(scope.row(server, first?.server_id)?.name, first?.device?.split('/').at(-1));
  },
  properties: {
    size: r.copy('size'),
    // Heat makes up a name where there is none, and Cinder strips this one.
    name: r.derive('name', (name, scope) => {
      if (name !== null && name.trim() !== '') return name;
      scope.note('It has no name: Cinder strips the blank, which keeps Heat from making one up.');
      return ' ';
    }),
    description: r.some('description'),
    volume_type: r.ref(volumeType, 'volume_type'),
    availability_zone: r.ref(volumeAvailabilityZone, 'availability_zone'),
    image: r.make(['volume_image_metadata', 'bootable', 'snapshot_id'], (row, scope) => {
      const all = row as Row;
      leaveSnapshot(all, scope);
      stepsFor(all, scope);
      return imageFor(all, scope);
    }),
    source_volid: r.make(['source_volid'], (row, scope) => sourceFor(row as Row, scope)),
    metadata: r.derive('metadata', ownMetadata),
    read_only: r.derive('metadata', ({readonly}) =>
      readonly === undefined ? undefined : readonly.toLowerCase() === 'true',
    ),
  },
  ignores: {
    status: 'read-only',
    // Both follow from the type.
    encrypted: 'elsewhere',
    multiattach: 'elsewhere',
    volume_type_id: 'read-only',
    encryption_key_id: 'read-only',
    attachments: 'elsewhere',
    consistencygroup_id: lossy('Heat has no volume groups'),
    group_id: lossy('Heat has no volume groups'),
    replication_status: 'read-only',
    consumes_quota: 'read-only',
    shared_targets: 'read-only',
    service_uuid: 'read-only',
    provider_id: 'read-only',
    cluster_name: 'read-only',
    migration_status: 'read-only',
    'os-vol-tenant-attr:tenant_id': 'read-only',
    'os-vol-host-attr:host': 'read-only',
    'os-vol-mig-status-attr:migstat': 'read-only',
    'os-vol-mig-status-attr:name_id': 'read-only',
    user_id: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
    links: 'read-only',
  },
  compares: {
    name: row => row.name ?? '',
    description: row => row.description ?? '',
    metadata: row => ({...ownMetadata(row.metadata), readonly: row.metadata['readonly'] ?? 'False'}),
    volume_image_metadata: row => ({
      image: row.volume_image_metadata?.['image_id'] ?? null,
      ...imageProperties(row.volume_image_metadata),
    }),
  },
  example: {
    row: {
      id: 'v1',
      name: 'root',
      description: 'system disk',
      status: 'in-use',
      size: 3,
      volume_type: 'fast',
      availability_zone: 'nova',
      metadata: {backup: 'weekly', readonly: 'True', attached_mode: 'rw'},
      bootable: 'true',
      encrypted: false,
      multiattach: false,
      snapshot_id: null,
      source_volid: null,
      volume_image_metadata: {image_id: 'i1', image_name: 'debian', min_disk: '0'},
      attachments: [],
      'os-vol-tenant-attr:tenant_id': 'p1',
      created_at: '2026-01-01T00:00:00.000000',
    },
    with: {image: [{id: 'i1', name: 'debian'}]},
    emits: {
      size: 3,
      name: 'root',
      description: 'system disk',
      volume_type: {get_param: 'volume_type:fast'},
      availability_zone: {get_param: 'volume_availability_zone:nova'},
      image: {get_param: 'image:i1'},
      metadata: {backup: 'weekly'},
      read_only: true,
    },
  },
  moreExamples: [
    {
      row: {
        id: 'v2',
        name: null,
        description: null,
        status: 'available',
        size: 2,
        volume_type: null,
        availability_zone: null,
        metadata: {},
        bootable: 'false',
        snapshot_id: null,
        source_volid: 'v1',
        attachments: [],
      },
      with: {
        volume: [
          {
            id: 'v1',
            name: 'data',
            status: 'available',
            size: 1,
            bootable: 'false',
            metadata: {},
            attachments: [],
          },
        ],
      },
      emits: {size: 2, name: ' ', source_volid: {get_resource: 'volume:v1'}},
    },
    {
      row: {
        id: 'v3',
        name: 'restored',
        description: '',
        status: 'available',
        size: 1,
        volume_type: null,
        availability_zone: null,
        metadata: {},
        bootable: 'false',
        snapshot_id: 'x1',
        source_volid: null,
        attachments: [],
      },
      with: {snapshot: [{id: 'x1', name: 'monday', volume_id: 'v0'}]},
      emits: {size: 1, name: 'restored'},
    },
  ],
});
