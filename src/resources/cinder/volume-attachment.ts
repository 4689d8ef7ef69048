import {define, from, isRebuilt, lost, parts, resource, type Scope, type Typed} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {joined, server} from '../nova/handles.ts';
import {rootOf, saidByServer, usesBefore} from '../nova/disks.ts';
import {volume} from './volume.ts';

/** Part of a volume's row; proof: cinder `api/v2/views/volumes.py`, `_get_attachments`. The id is `attachment_id`. */
interface Row {
  readonly id: string;
  readonly volume_id: string;
  /** Null where a host without Nova holds it. */
  readonly server_id: string | null;
  readonly device: string | null;
  readonly host_name?: string | null;
  readonly attached_at?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/cinder/volume.py`, `CinderVolumeAttachment`. */
interface Properties {
  readonly instance_uuid: Ref<'server'>;
  readonly volume_id: Ref<'volume'>;
}

const r = from<Row>();

/** A volume that a stack was given, or boots from, is attached by the stack. */
function madeByStack(row: Row, owner: Ref, scope: Scope): boolean {
  if (rootOf(row.server_id ?? '', scope)?.id === row.id) return true;
  return scope.row(stack, owner.id)?.environment?.includes(row.volume_id) === true;
}

const stack: Typed<'stack', {readonly id: string; readonly environment?: string}> = {kind: 'stack'};

export const volumeAttachment = define<Row, Properties>()({
  kind: 'volume_attachment',
  section: 'Volumes',
  heat: 'OS::Cinder::VolumeAttachment',
  parts: parts(volume, ({id, attachments}) =>
    attachments.map(({attachment_id, server_id, device, host_name, attached_at}) => ({
      id: attachment_id,
      volume_id: id,
      server_id,
      device,
      ...(host_name === undefined ? {} : {host_name}),
      ...(attached_at === undefined ? {} : {attached_at}),
    })),
  ),
  where: (row, scope) => {
    if (row.server_id === null) return lost('the volume is attached to a host and not to a server');
    if (!isRebuilt(scope.place(volume, row.volume_id)) && !scope.isCut(volume, row.volume_id))
      return lost('its volume is not rebuilt');
    if (!isRebuilt(scope.place(server, row.server_id))) return lost('its server is not rebuilt');
    const host = scope.place(server, row.server_id);
    if (host?.as === 'part') return madeByStack(row, host.of, scope) ? host : resource;
    return saidByServer(row, scope) ? {as: 'part', of: new Ref('server', row.server_id)} : resource;
  },
  label: (row, scope) =>
    joined(scope.row(volume, row.volume_id)?.name, scope.row(server, row.server_id)?.name),
  under: row => new Ref('volume', row.volume_id),
  // Nova's id of an attachment is the volume's; proof: heat `engine/clients/os/nova.py`, `attach_volume`.
  physicalId: row => row.volume_id,
  // Attach order is device order, and Cinder reserves a volume for one attachment at a time.
  after: (row, scope) => usesBefore(row, scope),
  properties: {
    instance_uuid: r.derive('server_id', id => new Ref('server', id ?? '')),
    volume_id: r.ref(volume, 'volume_id'),
  },
  ignores: {
    // The order of a server's volumes, which the server compares; the names are the hypervisor's.
    device: 'elsewhere',
    host_name: 'read-only',
    attached_at: 'read-only',
  },
  example: {
    row: {
      id: 'a2',
      volume_id: 'v1',
      server_id: 's2',
      device: '/dev/vdb',
      host_name: null,
      attached_at: '2026-01-02T00:00:00.000000',
    },
    with: {
      volume: [{id: 'v1', name: 'shared', status: 'in-use', bootable: 'false', attachments: []}],
      volume_attachment: [{id: 'a1', volume_id: 'v1', server_id: 's1', device: '/dev/vdb'}],
      server: ['1', '2'].map(number => ({
        id: `s${number}`,
        name: 'db',
        status: 'ACTIVE',
        flavor: {original_name: 'm1.small'},
        image: {id: 'i1'},
        created: `2026-01-0${number}T00:00:00Z`,
        tenant_id: 'p1',
      })),
    },
    emits: {instance_uuid: {get_resource: 'server:s2'}, volume_id: {get_resource: 'volume:v1'}},
  },
});
