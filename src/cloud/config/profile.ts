import {RekindleError} from '../../model/errors.ts';
import {oneLine} from '../http/text.ts';
import {type Surroundings} from '../types.ts';
import {type ReadFile, searchPaths} from './files.ts';
import {EMPTY, type Layer, layerOf} from './layers.ts';
import {entriesOf, findSource} from './sources.ts';
import {type Tree, type TreeMap, isMap} from './yaml.ts';

/** GETs the profile that a provider publishes; the address is the whole one. */
export type FetchProfile = (url: string, timeout: number | undefined) => Promise<unknown>;

/**
 * The vendor profile that an entry names: an entry of clouds-public.yaml, or an address whose host publishes it
 * (openstacksdk `config/vendors/__init__.py`, get_profile). No list of providers comes with us: upstream's is stale.
 */
export async function loadProfile(
  entry: Layer,
  where: string,
  surroundings: Surroundings,
  readFile: ReadFile,
  fetch: FetchProfile,
): Promise<Layer> {
  const named = entry.top['profile'];
  if (named === undefined) return EMPTY;
  if (typeof named !== 'string') {
    throw new RekindleError('config', `${where}: profile must be a name or an address`);
  }
  const found = await findProfile(named, surroundings, readFile, fetch);
  if (found === undefined) {
    const message = `${where}: the profile ${oneLine(named)} is in no clouds-public.yaml`;
    const paths = searchPaths('clouds-public', surroundings).filter(path => path.endsWith('.yaml'));
    if (entry.auth['auth_url'] === undefined) {
      throw new RekindleError('config', message, {
        hint: `write auth_url and the rest of it into the entry, or the profile into one of ${paths.join(', ')}`,
      });
    }
    surroundings.logger.log('warn', message);
    return EMPTY;
  }
  const {status, message, profile: _, name: __, ...rest} = found;
  const said = typeof message === 'string' ? `: ${oneLine(message)}` : '';
  if (status === 'shutdown') {
    throw new RekindleError(
      'config',
      `${where}: the cloud of the profile ${oneLine(named)} no longer exists${said}`,
    );
  }
  if (status === 'deprecated')
    surroundings.logger.log('warn', `The profile ${oneLine(named)} is deprecated${said}`);
  return layerOf(rest, `the profile ${oneLine(named)}`);
}

async function findProfile(
  name: string,
  surroundings: Surroundings,
  readFile: ReadFile,
  fetch: FetchProfile,
  depth = 0,
): Promise<TreeMap | undefined> {
  const profiles = entriesOf(findSource('clouds-public', surroundings, readFile), 'clouds-public');
  const own = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
  const found = isMap(own) ? own : /^https?:\/\//u.test(name) ? await published(name, fetch) : undefined;
  const next = found?.['profile'];
  // Many a profile is only the address of the real one.
  if (typeof next !== 'string' || depth > 0 || next === name) return found;
  const inner = await findProfile(next, surroundings, readFile, fetch, depth + 1);
  return inner === undefined ? found : {...inner, ...found};
}

async function published(address: string, fetch: FetchProfile): Promise<TreeMap> {
  const {origin} = new URL(address);
  const document = await fetch(`${origin}/.well-known/openstack/api`, undefined);
  const profile =
    typeof document === 'object' && document !== null ? Reflect.get(document, 'profile') : undefined;
  const tree = plain(profile);
  if (isMap(tree)) return tree;
  throw new RekindleError('config', `${origin} publishes no OpenStack profile`, {
    hint: 'its /.well-known/openstack/api must be JSON with name and profile; correct profile, or write auth_url instead',
  });
}

function plain(value: unknown): Tree | undefined {
  if (typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.map(plain).filter(item => item !== undefined);
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value).map(([key, inner]) => [key, plain(inner)] as const);
  return Object.fromEntries(entries.filter((pair): pair is [string, Tree] => pair[1] !== undefined));
}
