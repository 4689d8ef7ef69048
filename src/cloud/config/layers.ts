import {RekindleError} from '../../model/errors.ts';
import {type Tree, type TreeMap, isMap} from './yaml.ts';

/** One source of settings: a profile, an entry, a region's values, the environment or the flags. */
export interface Layer {
  readonly top: TreeMap;
  readonly auth: TreeMap;
}

export const EMPTY: Layer = {top: {}, auth: {}};

/** At the top level these beat what `auth` says (openstacksdk `loader.py`, _fix_backwards_project). */
const WINNING = [
  'project_id',
  'project_name',
  'domain_id',
  'domain_name',
  'user_domain_id',
  'user_domain_name',
  'project_domain_id',
  'project_domain_name',
  'token',
  'passcode',
];
/** At the top level these are taken where `auth` lacks them (`loader.py`, _validate_auth). */
const FILLING = [
  'auth_url',
  'username',
  'user_id',
  'password',
  'system_scope',
  'trust_id',
  'default_domain',
  'default_domain_id',
  'default_domain_name',
  'application_credential_id',
  'application_credential_name',
  'application_credential_secret',
  'auth_methods',
  'identity_provider',
  'protocol',
  'client_id',
  'client_secret',
  'openid_scope',
  'access_token',
  'access_token_endpoint',
  'access_token_type',
  'discovery_endpoint',
  'endpoint',
];

const ALIASES: Readonly<Record<string, string>> = {
  tenant_id: 'project_id',
  tenant_name: 'project_name',
  auth_token: 'token',
  auth_plugin: 'auth_type',
  user_name: 'username',
  userid: 'user_id',
  endpoint_type: 'interface',
  cloud: 'profile',
  url: 'endpoint',
  timeout: 'api_timeout',
};

/** Hyphens are underscores, old names are new ones, credentials lie under `auth`. */
export function layerOf(entry: TreeMap, where: string): Layer {
  const plain = renamed(entry);
  const {auth: given, ...top} = plain;
  if (given !== undefined && !isMap(given)) {
    throw new RekindleError('config', `${where}: auth must be a mapping of keys`, {
      hint: 'write auth: and below it, indented, auth_url: and so on',
    });
  }
  const inner = renamed(given ?? {});
  const auth: Record<string, Tree> = {...inner};
  if (auth['scope'] !== undefined) auth['openid_scope'] ??= auth['scope'];
  const rest: Record<string, Tree> = {...top};
  for (const key of [...WINNING, ...FILLING]) {
    const value = rest[key];
    if (value === undefined) continue;
    delete rest[key];
    if (WINNING.includes(key) || auth[key] === undefined) auth[key] = value;
  }
  return {top: rest, auth};
}

function renamed(map: TreeMap): TreeMap {
  const out: Record<string, Tree> = {};
  const entries = Object.entries(map).map(([key, value]) => [key.replaceAll('-', '_'), value] as const);
  // Old names first, so that the current one wins where both are there.
  for (const [key, value] of entries) out[currentName(key)] = value;
  for (const [key, value] of entries) if (currentName(key) === key) out[key] = value;
  return out;
}

function currentName(key: string): string {
  const alias = ALIASES[key];
  if (alias !== undefined) return alias;
  if (key.endsWith('_endpoint_type')) return key.replace(/_endpoint_type$/u, '_interface');
  return key.endsWith('_timeout') ? 'api_timeout' : key;
}

/** Of each pair a layer that sets one half takes the other half from the layers below. */
const EITHER: readonly (readonly [string, string])[] = [
  ['project_id', 'project_name'],
  ['user_id', 'username'],
  ['project_domain_id', 'project_domain_name'],
  ['user_domain_id', 'user_domain_name'],
  ['domain_id', 'domain_name'],
  ['application_credential_id', 'application_credential_name'],
];
/** What a token is for: a layer that names one kind doesn't want the kinds below. */
const SCOPES: readonly (readonly string[])[] = [
  ['project_id', 'project_name'],
  ['system_scope'],
  ['trust_id'],
];

/** The higher layer over the lower one: top-level keys are replaced, `auth` is merged one level. */
export function overlay(lower: Layer, higher: Layer): Layer {
  const auth: Record<string, Tree> = {...lower.auth};
  const says = (key: string): boolean => higher.auth[key] !== undefined;
  for (const [one, other] of EITHER) {
    if (says(one) && !says(other)) delete auth[other];
    if (says(other) && !says(one)) delete auth[one];
  }
  const kinds = SCOPES.filter(keys => keys.some(says));
  if (kinds.length > 0) {
    for (const keys of SCOPES) if (!kinds.includes(keys)) for (const key of keys) delete auth[key];
  }
  return {top: {...lower.top, ...higher.top}, auth: {...auth, ...higher.auth}};
}

/** secure.yaml over clouds.yaml: maps are merged at every depth (`config/_util.py`, merge_clouds). */
export function mergeDeep(lower: TreeMap, higher: TreeMap): TreeMap {
  const out: Record<string, Tree> = {...lower};
  for (const [key, value] of Object.entries(higher)) {
    // An entry may spell a key with hyphens in one file and with underscores in the other.
    const twin = Object.keys(out).find(name => name.replaceAll('-', '_') === key.replaceAll('-', '_')) ?? key;
    const below = Object.hasOwn(out, twin) ? out[twin] : undefined;
    if (twin !== key) delete out[twin];
    out[key] = isMap(below) && isMap(value) ? mergeDeep(below, value) : value;
  }
  return out;
}
