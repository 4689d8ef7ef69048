import {define, lost, stepwise, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ref} from '../../model/value.ts';
import {command} from '../neutron/shared.ts';

/** Answered by Manila; proof: manila `api/views/share_accesses.py`. */
export interface ShareAccess {
  readonly id: string;
  /** Ours: the list has it in its query. */
  readonly share_id: string;
  readonly access_type: string;
  readonly access_to: string;
  readonly access_level: string;
  /** Since 2.45, as the list itself. */
  readonly metadata?: Readonly<Record<string, string>>;
  readonly state?: string;
  /** Since 2.21: the backend's own key, for cephx. */
  readonly access_key?: string | null;
  readonly created_at?: string;
  readonly updated_at?: string | null;
}

/** Heat's rules have no metadata; a rule with some is made as a whole afterwards. */
export function isInline({metadata = {}}: Pick<ShareAccess, 'metadata'>): boolean {
  return Object.keys(metadata).length === 0;
}

function where(row: ShareAccess, scope: Scope): Place {
  const home = scope.place({kind: 'share'}, row.share_id);
  if (home?.as !== 'resource') return lost('its share is not rebuilt');
  if (/^\*+$/.test(row.access_to)) return lost('who may mount is hidden from this role');
  return isInline(row) ? {as: 'part', of: new Ref('share', row.share_id)} : {as: 'step'};
}

export const shareAccess = define<ShareAccess, object>()({
  kind: 'share_access',
  section: 'Shares',
  heat: null,
  list: {
    service: 'shared-file-system',
    path: 'share-access-rules',
    query: {share_id: '{id}'},
    key: 'access_list',
    microversion: '2.89',
    parent: {kind: 'share', field: 'share_id'},
  },
  where,
  label: row => `${row.access_type} ${row.access_to}`,
  under: row => new Ref('share', row.share_id),
  properties: {},
  compares: {
    share_id: row => row.share_id,
    access_to: row => row.access_to,
    access_level: row => row.access_level,
    metadata: row => row.metadata,
  },
  ignores: {
    share_id: 'elsewhere',
    access_to: 'elsewhere',
    access_level: 'elsewhere',
    metadata: 'elsewhere',
    state: 'read-only',
    access_key: 'read-only',
    created_at: 'read-only',
    updated_at: 'read-only',
    access_type: stepwise(row =>
      isInline(row)
        ? undefined
        : {
            when: 'after',
            title: 'let somebody mount the share',
            command: command(
              'share access create',
              ['--access-level', row.access_level],
              new Ref('share', row.share_id),
              [row.access_type, row.access_to],
              // It takes as many words as follow.
              [
                '--properties',
                ...Object.entries(row.metadata ?? {}).map(([key, value]) => `${key}=${value}`),
              ],
            ),
          },
    ),
  },
  example: {
    row: {
      id: 'ar1',
      share_id: 'sh1',
      access_type: 'ip',
      access_to: '10.0.0.0/24',
      access_level: 'rw',
      metadata: {why: 'office'},
      state: 'active',
      access_key: null,
    },
    with: {share: [{id: 'sh1', project_id: 'p1', name: 'home', size: 1, share_proto: 'NFS', metadata: {}}]},
    place: 'step',
    emits: {},
  },
});
