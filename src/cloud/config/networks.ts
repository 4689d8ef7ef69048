import {RekindleError} from '../../model/errors.ts';
import {type CloudNetwork} from '../types.ts';
import {booleanOf} from './values.ts';
import {type Tree, type TreeMap, isMap} from './yaml.ts';

/** The `networks` of an entry, and the older `external_network` (openstacksdk `loader.py`, _fix_backwards_networks). */
export function networksOf(top: TreeMap, where: string): readonly CloudNetwork[] {
  const listed = top['networks'] ?? [];
  if (!Array.isArray(listed)) throw new RekindleError('config', `${where}: networks must be a list`);
  const networks = (listed as readonly Tree[]).map((entry): CloudNetwork => {
    const plain = isMap(entry) ? underscored(entry) : {};
    const name = plain['name'];
    if (typeof name !== 'string')
      throw new RekindleError('config', `${where}: each of networks needs a name`);
    return {
      name,
      routes_externally: booleanOf(plain['routes_externally'], `networks.${name}.routes_externally`, where),
      default_interface: booleanOf(plain['default_interface'], `networks.${name}.default_interface`, where),
    };
  });
  const external = top['external_network'];
  return typeof external === 'string' && networks.length === 0
    ? [{name: external, routes_externally: true, default_interface: true}]
    : networks;
}

function underscored(map: TreeMap): TreeMap {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key.replaceAll('-', '_'), value]));
}
