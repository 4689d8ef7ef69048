/** How small a volume may be made: what it is made from must fit. Pure. */
import type {Graph, Node} from '../model/graph.ts';
import {fields, number} from '../model/json.ts';
import {Ref} from '../model/value.ts';

const GIB = 2 ** 30;

/** In GiB; undefined where nothing is known. Proof: cinder `volume/flows/api/create_volume.py`, `_extract_size` and `_check_image_metadata`. */
export function smallestSize({properties, row}: Node, {nodes}: Graph): number | undefined {
  const {source_volid: source, image} = properties;
  const sizes: (number | undefined)[] = [];
  if (source instanceof Ref) sizes.push(number(nodes.get(`${source.kind}:${source.id}`)?.row['size']));
  if (image !== undefined) {
    const {min_disk: least, size} = fields(row['volume_image_metadata']);
    sizes.push(number(least), Math.ceil((number(size) ?? 0) / GIB));
  }
  const known = sizes.filter(size => size !== undefined && size > 0) as number[];
  return known.length === 0 ? undefined : Math.max(...known);
}
