/** What of an image its copy gets. Pure. */
import {type Fields, number, text, texts} from '../model/json.ts';
import type {Hash, SourceImage} from './types.ts';

/** Properties by which a copy of ours is known: the source's id, and the hash of what it is to hold. */
export const SOURCE_MARK = 'rekindle_source';
export const HASH_MARK = 'rekindle_hash';

/** Glance's own fields, which aren't properties; proof: glance `api/v2/images.py`, `get_base_properties`. */
const OWN = words(`
  id name status visibility protected os_hidden checksum os_hash_algo os_hash_value owner size virtual_size
  container_format disk_format created_at updated_at tags direct_url min_ram min_disk self file schema locations stores
  validation_data location deleted deleted_at`);

/** What Nova writes into a snapshot of a server: facts of that server, its project and its host. */
const SNAPSHOT = words(`
  base_image_ref boot_roles clean_attempts image_location image_state instance_uuid owner_id owner_project_name
  owner_user_name user_id network_allocated`);

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}

/** Property -> why a copy can't have it, where that is a loss. */
function lossOf(name: string): string | undefined {
  if (name === 'block_device_mapping')
    return "it names volume snapshots of the source's, which the copy has not";
  if (name.startsWith('img_signature'))
    return "it is signed with a certificate in the source's Barbican, with which the target could not check it";
  return undefined;
}

/**
 * `owner_specified.openstack.md5` and `.sha256` tell of the content, which the copy shares; `.object` names a Swift object of
 * the source's, and openstacksdk deletes the object of that name with the image.
 */
function isCarried(name: string, row: Fields): boolean {
  if (name === 'image_type') return row[name] !== 'snapshot';
  // The other half of a block device mapping.
  if (name === 'bdm_v2' || name === 'root_device_name') return row['block_device_mapping'] === undefined;
  return (
    !OWN.has(name) &&
    !SNAPSHOT.has(name) &&
    !name.startsWith('instance_type_') &&
    lossOf(name) === undefined &&
    // Glance's own, which it lets nobody set.
    !name.startsWith('os_glance_') &&
    name !== 'owner_specified.openstack.object' &&
    name !== SOURCE_MARK &&
    name !== HASH_MARK
  );
}

/** What the copy won't have, and why. */
export function losses(row: Fields): readonly {readonly property: string; readonly why: string}[] {
  return Object.entries(row).flatMap(([property, value]) => {
    const why = lossOf(property);
    return why === undefined || value === null || value === '' || value === '[]' ? [] : [{property, why}];
  });
}

/** Why an image can't be copied, and what to do; undefined where nothing speaks against it. */
export function obstacle(row: Fields): readonly [what: string, hint: string] | undefined {
  const status = text(row['status']);
  const mapped = !['', '[]'].includes(text(row['block_device_mapping']));
  if (mapped && (number(row['size']) ?? 0) === 0)
    return [
      'is a snapshot of a server that boots from a volume: its content is in volume snapshots of the source, not in the image',
      'make an image of such a volume (openstack image create --volume), and name it for the target',
    ];
  if (status === 'queued' || number(row['size']) === undefined)
    return [`has no data (${status})`, 'upload its data to the source, or choose another image'];
  // A deactivated one may be had by admins: its download tells.
  if (status !== 'active' && status !== 'deactivated')
    return [`is ${status} in the source`, 'wait until it is active, or choose another image'];
  if (text(row['cinder_encryption_key_id']) !== '')
    return [
      "is of an encrypted volume, whose key stays in the source's Barbican",
      'make an image of an unencrypted copy of the volume',
    ];
  const beside = ['kernel_id', 'ramdisk_id'].filter(name => text(row[name]) !== '');
  if (beside.length > 0)
    return [
      `boots with images of its own (${beside.map(name => `${name} ${text(row[name])}`).join(', ')})`,
      'copy them by hand, and the image with their new ids',
    ];
  if (text(row['disk_format']) === '' || text(row['container_format']) === '')
    return ['has no disk or container format', 'set them in the source: openstack image set --disk-format …'];
  return undefined;
}

/** An active image, as it is copied. */
export function sourceImage(row: Fields): SourceImage {
  const id = text(row['id']);
  const hashes = hashesOf(row);
  const properties = Object.entries(row).filter(
    ([name, value]) => typeof value === 'string' && isCarried(name, row),
  );
  return {
    id,
    name: text(row['name']),
    bytes: number(row['size']) ?? 0,
    hashes,
    body: {
      ...Object.fromEntries(properties.sort(([a], [b]) => (a < b ? -1 : 1))),
      name: text(row['name']),
      disk_format: text(row['disk_format']),
      container_format: text(row['container_format']),
      min_disk: number(row['min_disk']) ?? 0,
      min_ram: number(row['min_ram']) ?? 0,
      tags: [...texts(row['tags'])].sort(),
      visibility: 'private',
      protected: false,
      [SOURCE_MARK]: id,
      ...(hashes.length === 0 ? {} : {[HASH_MARK]: markOf(hashes)}),
    },
  };
}

export function markOf([best]: readonly Hash[]): string {
  return best === undefined ? '' : `${best.algorithm}:${best.value}`;
}

/** The multihash, and the older checksum. */
export function hashesOf(row: Fields): readonly Hash[] {
  return [
    {algorithm: text(row['os_hash_algo']).toLowerCase(), value: text(row['os_hash_value']).toLowerCase()},
    {algorithm: 'md5', value: text(row['checksum']).toLowerCase()},
  ].filter(({algorithm, value}) => algorithm !== '' && value !== '');
}

/** Whether two images hold the same bytes; undefined where they tell nothing that could be compared. */
export function isSameContent(a: readonly Hash[], b: readonly Hash[]): boolean | undefined {
  for (const {algorithm, value} of a) {
    const other = b.find(hash => hash.algorithm === algorithm);
    if (other !== undefined) return other.value === value;
  }
  return undefined;
}
