import {RekindleError} from '../../model/errors.ts';
import {oneLine} from '../http/text.ts';
import {type Logger} from '../types.ts';
import {EMPTY, type Layer, layerOf} from './layers.ts';
import {type Tree, isMap} from './yaml.ts';

export interface Region {
  readonly name: string | undefined;
  readonly values: Layer;
}

/**
 * The region of an entry: the one asked for, else the first that it lists, with that one's own values (openstacksdk
 * `loader.py`, _get_region). `base` is the profile with the entry over it.
 * @throws RekindleError 'config' for a region that isn't listed.
 */
export function chooseRegion(base: Layer, asked: string | undefined, where: string, logger: Logger): Region {
  const {regions, region_name: own} = base.top;
  if (regions === undefined) {
    const names = (Array.isArray(own) ? own : typeof own === 'string' ? own.split(',') : [])
      .map(name => String(name).trim())
      .filter(name => name !== '');
    if (names.length > 1 && asked === undefined) {
      logger.log(
        'warn',
        `${where}: region_name is a list, which is deprecated: use regions; taking ${names[0] ?? ''}`,
      );
    }
    return {name: asked ?? names[0], values: EMPTY};
  }
  if (!Array.isArray(regions)) {
    throw new RekindleError('config', `${where}: regions must be a list of names or of {name, values}`);
  }
  const known = (regions as readonly Tree[]).map(region => expand(region, where));
  const wanted = asked ?? (typeof own === 'string' ? own : undefined);
  if (wanted === undefined) return known[0] ?? {name: undefined, values: EMPTY};
  const found = known.find(region => region.name === wanted);
  if (found !== undefined) return found;
  // A region of the entry's own that an old profile doesn't list; the catalog has the last word on it.
  if (asked === undefined) return {name: wanted, values: EMPTY};
  const names = known.map(region => oneLine(region.name ?? '')).join(', ');
  throw new RekindleError('config', `${where} has no region ${oneLine(wanted)}; its regions are ${names}`, {
    hint: 'upper and lower case count; correct OS_REGION_NAME, --os-region-name or the list',
  });
}

function expand(region: Tree, where: string): Region {
  if (typeof region === 'string') return {name: region, values: EMPTY};
  const name = isMap(region) ? region['name'] : undefined;
  const values = isMap(region) ? (region['values'] ?? {}) : undefined;
  const keys = isMap(region) ? Object.keys(region) : [];
  if (typeof name === 'string' && isMap(values) && keys.every(key => key === 'name' || key === 'values')) {
    return {name, values: layerOf(values, `${where}, region ${name}`)};
  }
  throw new RekindleError(
    'config',
    `${where}: each of regions must be a name or hold name and values alone`,
    {
      hint: 'write - name: X, and below it values: with the keys that differ there',
    },
  );
}
