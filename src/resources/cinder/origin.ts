/** What a volume is made from in the template: at most one source, the one that loses least. */
import type {Scope, Typed} from '../../model/define.ts';
import {Ask, Ref, isPlainObject} from '../../model/value.ts';
import {image} from '../glance/image.ts';
import {rootOf} from '../nova/disks.ts';
import {snapshot} from './snapshot.ts';

export interface Origins {
  readonly id: string;
  readonly name: string | null;
  readonly size: number;
  readonly bootable: string;
  readonly snapshot_id: string | null;
  readonly source_volid: string | null;
  readonly volume_image_metadata?: Readonly<Record<string, string>>;
  readonly attachments: readonly {readonly server_id: string | null}[];
}

export type Origin =
  | {readonly from: 'volume'; readonly id: string}
  | {readonly from: 'image'; readonly ref: Ref<'image'>}
  | {readonly from: 'snapshot'; readonly name: string}
  | {readonly from: 'unknown image'; readonly ask: Ask}
  | {readonly from: 'nothing'};

const self: Typed<'volume', Origins> = {kind: 'volume'};

export function originOf(id: string, scope: Scope): Origin {
  return scope.memo(`origin:${id}`, () => {
    const row = scope.row(self, id);
    return row === undefined ? {from: 'nothing'} : find(row, scope);
  });
}

function find(row: Origins, scope: Scope): Origin {
  const source = scope.row(self, row.source_volid);
  // Cinder refuses a copy smaller than its source, which may have grown since.
  if (source !== undefined && source.size <= row.size && scope.place(self, source.id)?.as === 'resource')
    return {from: 'volume', id: source.id};
  const made = imageOf(row, scope);
  if (made !== undefined) return {from: 'image', ref: made};
  if (isBootDisk(row, scope)) {
    return {
      from: 'unknown image',
      ask: new Ask(
        'boot_image_of',
        'Image for a volume that a server boots from: what it was made from is unknown. Without one the server fails.',
        {constraint: 'glance.image'},
      ),
    };
  }
  if (typeof row.snapshot_id === 'string')
    return {from: 'snapshot', name: scope.row(snapshot, row.snapshot_id)?.name ?? ''};
  return {from: 'nothing'};
}

/** A deleted image is asked for by the name it had, which another version of it may have now. */
function imageOf(row: Origins, scope: Scope): Ref<'image'> | undefined {
  const made = row.volume_image_metadata;
  if (!isPlainObject(made)) return undefined;
  const {image_id: id, image_name: name} = made;
  if (typeof id !== 'string' || id === '') return undefined;
  if (scope.row(image, id) !== undefined || typeof name !== 'string' || name === '')
    return new Ref('image', id);
  return new Ref('image', name);
}

function isBootDisk(row: Origins, scope: Scope): boolean {
  return row.attachments.some(
    ({server_id: server}) => server !== null && rootOf(server, scope)?.volume_id === row.id,
  );
}

/** What Cinder will say of the volume once it is made. */
export function willBeBootable(id: string, scope: Scope): boolean {
  const origin = originOf(id, scope);
  if (origin.from === 'volume') return scope.row(self, origin.id)?.bootable === 'true';
  // A snapshot is there only if somebody names one.
  return origin.from === 'image' || origin.from === 'unknown image';
}

/** Made of the image's own data, or of no meaning outside the cloud that copied it. */
const given = new Set([
  'image_id',
  'image_name',
  'checksum',
  'container_format',
  'disk_format',
  'min_disk',
  'min_ram',
  'size',
]);

/** What a person, or an image's maker, said about a volume's image. */
export function imageProperties(metadata: unknown): Readonly<Record<string, unknown>> {
  if (!isPlainObject(metadata)) return {};
  const kept = Object.entries(metadata).filter(
    ([key]) => !given.has(key) && !key.startsWith('os_glance_') && !key.startsWith('signature_'),
  );
  return Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Glance's own fields of an image; whatever else its row holds is copied to a volume made of it. */
const ofGlance = new Set(
  (
    'id name disk_format container_format visibility size virtual_size status checksum protected min_ram min_disk ' +
    'owner os_hidden os_hash_algo os_hash_value created_at updated_at tags self file schema stores locations direct_url'
  ).split(' '),
);

/** Words of `openstack volume set` and `unset` that make the image's properties those of the source. */
export function imagePropertyWords(
  row: Origins,
  scope: Scope,
): {readonly set: readonly string[]; readonly unset: readonly string[]} {
  const own = imageProperties(row.volume_image_metadata);
  const copied = copiedProperties(row, scope);
  if (copied === undefined) return {set: [], unset: []};
  return {
    set: Object.entries(own).flatMap(([key, value]) =>
      copied[key] === value ? [] : [`--image-property=${key}=${String(value)}`],
    ),
    unset: Object.keys(copied).flatMap(key => (Object.hasOwn(own, key) ? [] : [`--image-property=${key}`])),
  };
}

/** Undefined where nobody can tell. */
function copiedProperties(row: Origins, scope: Scope): Readonly<Record<string, unknown>> | undefined {
  const origin = originOf(row.id, scope);
  if (origin.from === 'nothing') return {};
  if (origin.from === 'volume') return imageProperties(scope.row(self, origin.id)?.volume_image_metadata);
  if (origin.from !== 'image') return undefined;
  const made = scope.row(image, origin.ref.id);
  if (made === undefined) return undefined;
  const own = Object.entries(made)
    .filter(([key, value]) => !ofGlance.has(key) && value !== null)
    .map(([key, value]) => [key, String(value)]);
  return imageProperties(Object.fromEntries(own));
}
