import {refer} from '../../model/define.ts';
import type {RowsByKind} from '../../model/list-call.ts';
import type {Row as AnyRow} from '../../model/inventory.ts';
import {isPlainObject} from '../../model/value.ts';

/**
 * Answered by Glance; proof: glance `api/v2/images.py`, `get_base_properties`. Whoever made the image may have added
 * properties of any name.
 */
export interface ImageRow {
  readonly id: string;
  readonly name: string | null;
}

/** Per answer, so that a long list is gone through once. */
const wantedOf = new WeakMap<RowsByKind, {readonly ids: Set<string>; readonly names: Set<string>}>();

/** Images that servers, volumes, clusters and containers were made from. Guards every type: rows are as the cloud sent them. */
function wanted(rows: RowsByKind): {readonly ids: Set<string>; readonly names: Set<string>} {
  let found = wantedOf.get(rows);
  if (found !== undefined) return found;
  found = {ids: new Set(), names: new Set()};
  for (const server of rows['server'] ?? []) {
    if (isPlainObject(server['image'])) add(found.ids, server['image']['id']);
  }
  for (const volume of rows['volume'] ?? []) {
    const origin = volume['volume_image_metadata'];
    if (!isPlainObject(origin)) continue;
    add(found.ids, origin['image_id']);
    add(found.names, origin['image_name']);
  }
  const written = [
    ...(rows['cluster_template'] ?? []).map(row => row['image_id']),
    ...(rows['zun_container'] ?? []).filter(row => row['image_driver'] === 'glance').map(row => row['image']),
  ];
  for (const given of written) {
    // By id or by name, as somebody wrote it.
    add(found.ids, given);
    add(found.names, given);
  }
  for (const image of rows['image'] ?? []) {
    if (found.ids.has(image['id'] as string)) add(found.names, image['name']);
  }
  wantedOf.set(rows, found);
  return found;
}

function add(set: Set<string>, value: unknown): void {
  if (typeof value === 'string' && value !== '') set.add(value);
}

/** Those in use, and those that share a name with one: a name that several have can't stand for one. */
function keep(row: AnyRow, rows: RowsByKind): boolean {
  const {ids, names} = wanted(rows);
  return ids.has(row['id'] as string) || names.has(row['name'] as string);
}

export const image = refer<ImageRow>()({
  kind: 'image',
  section: 'Images',
  outside: {constraint: 'glance.image', prefix: 'image'},
  list: {service: 'image', path: 'images', key: 'images', query: {limit: '1000'}, keep},
});
