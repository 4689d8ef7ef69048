import {define, from, lossy, lost, resource, skipped, type Scope, type Typed} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ref, type Attr} from '../../model/value.ts';
import {commonest, foreign, isOurs} from '../neutron/shared.ts';
import {targetAddress} from '../neutron/target-address.ts';
import {isInline, shareAccess} from './share-access.ts';
import {shareNetwork} from './share-network.ts';
import {shareType} from './share-type.ts';

/** Answered by Manila; proof: manila `api/views/shares.py`. */
interface Row {
  readonly id: string;
  readonly project_id: string;
  readonly name: string | null;
  readonly description: string | null;
  readonly status: string;
  readonly size: number;
  readonly share_proto: string;
  /** Its id; since 2.6, before its name. */
  readonly share_type: string | null;
  readonly share_type_name?: string | null;
  readonly volume_type?: string | null;
  readonly share_network_id: string | null;
  readonly is_public: boolean;
  readonly metadata: Readonly<Record<string, string>>;
  readonly availability_zone: string | null;
  readonly snapshot_id: string | null;
  readonly share_group_id?: string | null;
  readonly source_share_group_snapshot_member_id?: string | null;
  readonly source_backup_id?: string | null;
  readonly encryption_key_ref?: string | null;
  /** Since 2.84. */
  readonly mount_point_name?: string | null;
  readonly is_soft_deleted?: boolean;
  readonly scheduled_to_be_deleted_at?: string | null;
  readonly has_replicas?: boolean;
  readonly replication_type?: string | null;
  readonly snapshot_support?: boolean;
  readonly create_share_from_snapshot_support?: boolean;
  readonly revert_to_snapshot_support?: boolean;
  readonly mount_snapshot_support?: boolean;
  readonly access_rules_status?: string;
  readonly task_state?: string | null;
  readonly progress?: string | null;
  readonly export_location?: string | null;
  readonly export_locations?: readonly unknown[];
  readonly share_server_id?: string | null;
  readonly host?: string | null;
  readonly user_id?: string;
  readonly created_at?: string;
  readonly links?: readonly object[];
}

interface Access {
  readonly access_type: string;
  readonly access_to: string | Attr;
  readonly access_level: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/manila/share.py`, `properties_schema`. */
interface Properties {
  readonly share_protocol: string;
  readonly size: number;
  readonly name?: string;
  readonly description?: string;
  readonly share_type?: Ref<'share_type'>;
  readonly share_network?: Ref<'share_network'>;
  readonly is_public?: boolean;
  readonly metadata?: Readonly<Record<string, string>>;
  readonly access_rules?: readonly Access[];
}

/** Proof: manila `common/constants.py`. */
function where(row: Row, scope: Scope): Place {
  // Public shares of other projects are listed too.
  if (!isOurs(row, scope)) return foreign;
  if (row.is_soft_deleted === true) return skipped('in the recycle bin');
  if (/delet|unmanag/.test(row.status)) return skipped(`${row.status}: it was asked to go`);
  if (row.status === 'error' || row.status === 'manage_error')
    return lost(`${row.status}: nobody knows what is in it`);
  if (/^(?:creating|managing|manage_starting|awaiting_transfer$)/.test(row.status))
    return lost(`${row.status}: it was not ready when it was read; take the snapshot again`);
  return resource;
}

const shares: Typed<'share', Pick<Row, 'id' | 'availability_zone'>> = {kind: 'share'};

/** Every share stands in some zone: only one apart from the others was told where. */
function chosenZone(row: Pick<Row, 'availability_zone'>, scope: Scope): string | undefined {
  const usual = scope.memo('usual zone of shares', () =>
    commonest(scope.rows(shares).flatMap(({availability_zone: zone}) => (zone === null ? [] : [zone]))),
  );
  return row.availability_zone === usual ? undefined : (row.availability_zone ?? undefined);
}

const r = from<Row>();

export const share = define<Row, Properties>()({
  kind: 'share',
  section: 'Shares',
  heat: 'OS::Manila::Share',
  list: {service: 'shared-file-system', path: 'shares/detail', key: 'shares', microversion: '2.89'},
  outside: {prefix: 'share'},
  where,
  properties: {
    share_protocol: r.copy('share_proto'),
    size: r.copy('size'),
    name: r.some('name'),
    description: r.some('description'),
    share_type: r.ref(shareType, 'share_type'),
    share_network: r.make(['share_network_id', 'availability_zone'], (row, scope) => {
      if (chosenZone(row, scope) !== undefined)
        scope.lose('availability_zone', 'Heat has no property for it: Manila chooses one');
      return row.share_network_id === null ? undefined : new Ref(shareNetwork.kind, row.share_network_id);
    }),
    is_public: r.unless('is_public', false),
    metadata: r.some('metadata'),
    access_rules: r.make(['id'], (row, scope) => {
      const rules = scope
        .by(shareAccess, 'share_id', row.id)
        .filter(rule => isInline(rule) && scope.place(shareAccess, rule.id)?.as === 'part')
        .map(({access_type, access_to, access_level}) => ({access_type, access_to, access_level}))
        .toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      return rules.length === 0
        ? undefined
        : rules.map(({access_type, access_to, access_level}) => ({
            access_type,
            access_to: targetAddress(access_to, scope),
            access_level,
          }));
    }),
  },
  compares: {availability_zone: chosenZone},
  ignores: {
    project_id: 'read-only',
    status: 'read-only',
    share_type_name: 'read-only',
    volume_type: 'read-only',
    snapshot_id: lossy('a snapshot can be used in its own project only: the share is empty'),
    share_group_id: lossy('Heat has no share groups'),
    source_share_group_snapshot_member_id: lossy('Heat has no share groups: the share is empty'),
    source_backup_id: lossy('Heat has no share backups: the share is empty'),
    encryption_key_ref: lossy('Heat has no property for it'),
    mount_point_name: lossy('Heat has no property for it'),
    is_soft_deleted: 'read-only',
    scheduled_to_be_deleted_at: 'read-only',
    has_replicas: lossy('Heat has no share replicas: openstack share replica create'),
    // They follow from the type.
    replication_type: 'elsewhere',
    snapshot_support: 'elsewhere',
    create_share_from_snapshot_support: 'elsewhere',
    revert_to_snapshot_support: 'elsewhere',
    mount_snapshot_support: 'elsewhere',
    access_rules_status: 'read-only',
    task_state: 'read-only',
    progress: 'read-only',
    export_location: 'read-only',
    export_locations: 'read-only',
    share_server_id: 'read-only',
    host: 'read-only',
    user_id: 'read-only',
    created_at: 'read-only',
    links: 'read-only',
  },
  example: {
    row: {
      id: 'sh1',
      project_id: 'p1',
      name: 'home',
      description: 'of everybody',
      status: 'available',
      size: 2,
      share_proto: 'NFS',
      share_type: 't1',
      share_network_id: 'sn9',
      is_public: true,
      metadata: {tier: 'gold'},
      availability_zone: 'west',
      snapshot_id: null,
    },
    with: {
      share: ['sh2', 'sh3'].map(id => ({id, project_id: 'p1', name: id, availability_zone: 'nova'})),
      share_type: [{id: 't1', name: 'default'}],
      share_access: [
        {id: 'ar1', share_id: 'sh1', access_type: 'ip', access_to: '10.0.0.0/24', access_level: 'ro'},
      ],
    },
    emits: {
      share_protocol: 'NFS',
      size: 2,
      name: 'home',
      description: 'of everybody',
      share_type: {get_param: 'share_type:t1'},
      share_network: {get_param: 'share_network:sn9'},
      is_public: true,
      metadata: {tier: 'gold'},
      access_rules: [{access_type: 'ip', access_to: '10.0.0.0/24', access_level: 'ro'}],
    },
  },
});
