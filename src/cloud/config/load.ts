import {type CloudSettings} from '../settings.ts';
import {type CloudOptions, type Surroundings} from '../types.ts';
import {type Chosen, chooseCloud} from './choose.ts';
import {type Environment, environmentOf, flagsOf, isIdentity} from './environment.ts';
import {type ReadFile} from './files.ts';
import {finish} from './finish.ts';
import {EMPTY, layerOf, mergeDeep, overlay} from './layers.ts';
import {type FetchProfile, loadProfile} from './profile.ts';
import {chooseRegion} from './regions.ts';
import {entriesOf, findSource, warnChanged} from './sources.ts';
import {isMap} from './yaml.ts';

export interface Reading {
  readonly readFile: ReadFile;
  readonly fetchProfile: FetchProfile;
}

/**
 * All settings of one cloud. Low to high: profile, clouds.yaml, secure.yaml, the region's values, environment, flags.
 * @throws RekindleError 'config'
 */
export async function loadSettings(
  options: CloudOptions,
  surroundings: Surroundings,
  {readFile, fetchProfile}: Reading,
): Promise<CloudSettings> {
  const clouds = findSource('clouds', surroundings, readFile);
  const secure = findSource('secure', surroundings, readFile);
  const entries = mergeDeep(entriesOf(clouds, 'clouds'), entriesOf(secure, 'secure'));
  const environment = environmentOf(surroundings.env);
  const chosen = chooseCloud(Object.keys(entries), clouds?.path, options, environment, surroundings);
  const file = chosen.entry ? (clouds?.path ?? secure?.path) : undefined;
  const where = file === undefined ? `cloud ${chosen.name}` : `${file}: clouds.${chosen.name}`;
  tell(chosen, environment, options, surroundings);
  if (chosen.entry) {
    warnChanged(clouds, chosen.name, surroundings);
    warnChanged(secure, chosen.name, surroundings);
  }

  const own = chosen.entry ? entries[chosen.name] : undefined;
  const entry = isMap(own) ? layerOf(own, where) : EMPTY;
  const profile = await loadProfile(entry, where, surroundings, readFile, fetchProfile);
  const base = overlay(profile, entry);
  const flags = flagsOf(options);
  const outer = overlay(environment.layer, flags);
  const asked = outer.top['region_name'];
  const region = chooseRegion(
    base,
    typeof asked === 'string' ? asked : undefined,
    where,
    surroundings.logger,
  );
  const merged = overlay(overlay(base, region.values), outer);
  const top = {...merged.top, ...(region.name === undefined ? {} : {region_name: region.name})};
  return await finish(
    {name: chosen.name, file, where, layer: {top, auth: merged.auth}, environment},
    surroundings,
  );
}

/** With a cloud chosen by name the environment still wins, as in the openstack client: that must not go unseen. */
function tell(
  chosen: Chosen,
  {variables}: Environment,
  options: CloudOptions,
  {logger, env}: Surroundings,
): void {
  if (!chosen.entry) {
    logger.log(
      'info',
      `The cloud ${chosen.name} comes from ${variables.length === 0 ? 'the options' : variables.join(', ')}`,
    );
    return;
  }
  const overriding = env['OS_REGION_NAME'] ? [...variables, 'OS_REGION_NAME'] : variables;
  if (overriding.length === 0) return;
  // Who names a cloud on the command line hardly wants the user or the project of an openrc sourced an hour ago.
  const level = options.osCloud !== undefined && variables.some(isIdentity) ? 'warn' : 'info';
  logger.log(level, `The environment overrides the cloud ${chosen.name}: ${overriding.join(', ')}`);
}
