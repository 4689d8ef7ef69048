import {RekindleError} from '../../model/errors.ts';
import {oneLine} from '../http/text.ts';
import {type CloudOptions, type Surroundings} from '../types.ts';
import {type Environment} from './environment.ts';
import {searchPaths, set} from './files.ts';

export interface Chosen {
  readonly name: string;
  /** Whether it is an entry of clouds.yaml; otherwise environment and flags are all there is. */
  readonly entry: boolean;
}

/**
 * Which cloud is meant: the flag, else OS_CLOUD, else the environment, else the file's only entry.
 * @throws RekindleError 'config' that lists what there is.
 */
export function chooseCloud(
  names: readonly string[],
  file: string | undefined,
  options: CloudOptions,
  environment: Environment,
  surroundings: Surroundings,
): Chosen {
  const {env} = surroundings;
  const pseudo = set(env['OS_CLOUD_NAME']) ?? 'envvars';
  if (names.includes(pseudo)) {
    throw new RekindleError(
      'config',
      `${file ?? 'clouds.yaml'} has an entry ${pseudo}, the name of the cloud that the environment makes`,
      {
        hint: 'rename the entry, or set OS_CLOUD_NAME to another name',
      },
    );
  }
  const wanted = set(options.osCloud) ?? set(env['OS_CLOUD']);
  const fromEnvironment = environment.variables.length > 0;
  if (wanted !== undefined) {
    if (names.includes(wanted)) return {name: wanted, entry: true};
    if (wanted === pseudo && fromEnvironment) return {name: pseudo, entry: false};
    throw unknown(wanted, names, surroundings);
  }
  if (fromEnvironment) return {name: pseudo, entry: false};
  const [only] = names;
  if (names.length === 1 && only !== undefined) return {name: only, entry: true};
  if (options.osAuthUrl !== undefined || options.osEndpoint !== undefined)
    return {name: pseudo, entry: false};
  if (names.length === 0) {
    throw new RekindleError('config', `No cloud is configured; looked for ${searched(surroundings)}`, {
      hint: 'write a clouds.yaml, or source an openrc file that sets OS_AUTH_URL and so on',
    });
  }
  throw new RekindleError('config', `No cloud was chosen; ${file ?? 'clouds.yaml'} has ${listed(names)}`, {
    hint: 'name one with --os-cloud or OS_CLOUD',
  });
}

function unknown(wanted: string, names: readonly string[], surroundings: Surroundings): RekindleError {
  const near = nearest(wanted, names);
  const there = names.length === 0 ? 'no cloud is configured' : `there are ${listed(names)}`;
  return new RekindleError(
    'config',
    `There is no cloud ${oneLine(wanted)}: ${there}; looked for ${searched(surroundings)}`,
    {
      hint:
        near === undefined
          ? 'name one of these with --os-cloud or OS_CLOUD'
          : `did you mean ${oneLine(near)}?`,
    },
  );
}

function listed(names: readonly string[]): string {
  return [...names].sort().map(oneLine).join(', ');
}

/** One path a directory is enough to read: the endings are given once. */
function searched(surroundings: Surroundings): string {
  const paths = searchPaths('clouds', surroundings).map(path =>
    path.replace(/clouds\.(?:yaml|yml|json)$/u, 'clouds.yaml'),
  );
  return `${[...new Set(paths)].join(', ')} (or .yml, .json)`;
}

/** The name that differs least, if that is little enough to be a slip. */
export function nearest(wanted: string, names: readonly string[]): string | undefined {
  const near = names
    .map(name => ({name, far: distance(wanted.toLowerCase(), name.toLowerCase())}))
    .filter(({name, far}) => far <= Math.max(1, Math.floor(Math.min(name.length, wanted.length) / 3)))
    .sort((one, other) => one.far - other.far);
  return near[0]?.name;
}

/** Levenshtein's. */
function distance(one: string, other: string): number {
  let row = Array.from({length: other.length + 1}, (_, index) => index);
  for (const [index, letter] of Array.from(one).entries()) {
    const next = [index + 1];
    for (const [column, against] of Array.from(other).entries()) {
      const change = (row[column] ?? 0) + (letter === against ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}
