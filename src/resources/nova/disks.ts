/** Which volumes a server has, in the order of its devices, and what says so in the template. */
import type {Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {attachment, server, volume, type AttachmentRow} from './handles.ts';

export interface Disk {
  readonly attachment: AttachmentRow;
  readonly volume: string;
  readonly deleteOnTermination: boolean;
  readonly root: boolean;
  /** True: in the server's block device mapping; false: a VolumeAttachment. */
  readonly mapped: boolean;
}

/** Attachments of a server whose volumes the target will have, by device: vdz comes before vdaa. */
export function attachmentsOf(id: string, scope: Scope): readonly AttachmentRow[] {
  return allAttachmentsOf(id, scope).filter(row => !scope.isCut(attachment, row.id));
}

/** Those that are left out as well. */
function allAttachmentsOf(id: string, scope: Scope): readonly AttachmentRow[] {
  return scope
    .by(attachment, 'server_id', id)
    .filter(
      row => scope.place(volume, row.volume_id)?.as === 'resource' || scope.isCut(volume, row.volume_id),
    )
    .toSorted((a, b) => byDevice(a.device ?? '', b.device ?? '') || order(a.id, b.id));
}

/** The volume a server without an image boots from. */
export function rootOf(id: string, scope: Scope): AttachmentRow | undefined {
  const own = scope.row(server, id);
  if (typeof own?.image === 'object' && own.image !== null) return undefined;
  const rows = allAttachmentsOf(id, scope);
  const device = own?.['OS-EXT-SRV-ATTR:root_device_name'];
  const root =
    (typeof device === 'string' ? rows.find(row => row.device === device) : undefined) ??
    rows.find(row => scope.row(volume, row.volume_id)?.bootable === 'true') ??
    rows[0];
  return root !== undefined && scope.isCut(attachment, root.id) ? undefined : root;
}

/**
 * A mapping list keeps device order and says delete_on_termination, so it is the first choice. A volume on several
 * servers is in the mapping of the oldest; on the others it is a VolumeAttachment, where it comes after all that
 * is mapped and stays when the server goes.
 */
export function disksOf(id: string, scope: Scope): readonly Disk[] {
  return scope.memo(`disks:${id}`, () => {
    const root = rootOf(id, scope)?.id;
    const ends = new Map<string, boolean>();
    for (const attached of scope.row(server, id)?.['os-extended-volumes:volumes_attached'] ?? [])
      ends.set(attached.id, attached.delete_on_termination === true);
    const rows = attachmentsOf(id, scope);
    // A stack's own template says its servers' mappings: what is attached beside them is attached afterwards.
    const ours = scope.place(server, id)?.as === 'resource';
    let mapped = false;
    const disks = rows.toReversed().map(row => {
      const deleteOnTermination = ends.get(row.volume_id) ?? false;
      mapped ||=
        ours && (row.id === root || deleteOnTermination || usesOf(row.volume_id, scope)[0]?.server_id === id);
      return {attachment: row, volume: row.volume_id, deleteOnTermination, root: row.id === root, mapped};
    });
    return disks.reverse();
  });
}

export function saidByServer(row: AttachmentRow, scope: Scope): boolean {
  return disksOf(row.server_id ?? '', scope).some(disk => disk.attachment.id === row.id && disk.mapped);
}

/**
 * What has to be there before: the attachment to the server of the next older age, and, for one that is not mapped,
 * the server's previous one. Measured on Cinder 21: two servers that reserve one volume at a time fail each other
 * ("status must be available or in-use or downloading to reserve"). Older servers never wait for younger ones, so
 * there is no cycle.
 */
export function usesBefore(row: AttachmentRow, scope: Scope): readonly Ref[] {
  const found: Ref[] = [];
  const uses = usesOf(row.volume_id, scope);
  const older = uses[uses.findIndex(use => use.id === row.id) - 1];
  if (older !== undefined) found.push(useRef(older, scope));
  const disks = disksOf(row.server_id ?? '', scope);
  const index = disks.findIndex(disk => disk.attachment.id === row.id);
  const previous = disks[index - 1];
  if (previous !== undefined && !previous.mapped)
    found.push(new Ref(attachment.kind, previous.attachment.id));
  return found;
}

function useRef(row: AttachmentRow, scope: Scope): Ref {
  return saidByServer(row, scope)
    ? new Ref(server.kind, row.server_id ?? '')
    : new Ref(attachment.kind, row.id);
}

/** Attachments of a volume to servers that are rebuilt, those of the oldest server first. */
function usesOf(id: string, scope: Scope): readonly AttachmentRow[] {
  return scope.memo(`uses:${id}`, () =>
    scope
      .by(attachment, 'volume_id', id)
      .filter(
        row =>
          row.server_id !== null &&
          scope.place(server, row.server_id)?.as === 'resource' &&
          !scope.isCut(attachment, row.id),
      )
      .map(row => ({row, age: scope.row(server, row.server_id)?.created ?? ''}))
      .toSorted((a, b) => order(a.age, b.age) || order(a.row.server_id ?? '', b.row.server_id ?? ''))
      .map(({row}) => row),
  );
}

function byDevice(a: string, b: string): number {
  return a.length - b.length || order(a, b);
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
