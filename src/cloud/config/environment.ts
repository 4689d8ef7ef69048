import {type CloudOptions} from '../types.ts';
import {set} from './files.ts';
import {type Layer, layerOf} from './layers.ts';
import {type Tree} from './yaml.ts';

/** These choose or find a cloud; they don't make one. */
const SELECTORS = new Set([
  'OS_CLOUD',
  'OS_REGION_NAME',
  'OS_CLIENT_CONFIG_FILE',
  'OS_CLIENT_SECURE_FILE',
  'OS_CLOUD_NAME',
]);

const KNOWN = new Set(
  `AUTH_URL AUTH_TYPE AUTH_PLUGIN AUTH_METHODS USERNAME USER_NAME USER_ID USERID PASSWORD PASSCODE TOKEN AUTH_TOKEN PROJECT_ID
  PROJECT_NAME TENANT_ID TENANT_NAME USER_DOMAIN_ID USER_DOMAIN_NAME PROJECT_DOMAIN_ID PROJECT_DOMAIN_NAME DOMAIN_ID
  DOMAIN_NAME DEFAULT_DOMAIN DEFAULT_DOMAIN_ID DEFAULT_DOMAIN_NAME SYSTEM_SCOPE TRUST_ID APPLICATION_CREDENTIAL_ID
  APPLICATION_CREDENTIAL_NAME APPLICATION_CREDENTIAL_SECRET IDENTITY_PROVIDER PROTOCOL CLIENT_ID CLIENT_SECRET OPENID_SCOPE
  ACCESS_TOKEN ACCESS_TOKEN_ENDPOINT ACCESS_TOKEN_TYPE DISCOVERY_ENDPOINT ENDPOINT URL INTERFACE ENDPOINT_TYPE CACERT CERT
  KEY INSECURE VERIFY REGION_NAME`.split(/\s+/u),
);
const PER_SERVICE =
  /_(?:API_VERSION|ENDPOINT_OVERRIDE|ENDPOINT_TYPE|DEFAULT_MICROVERSION|SERVICE_TYPE|SERVICE_NAME)$/u;

export interface Environment {
  readonly layer: Layer;
  /** Variables that say something about a cloud, without the selectors; sorted. */
  readonly variables: readonly string[];
}

/** `OS_` and the upper-cased key; empty means unset. Unknown ones, as macOS sets some, are left alone. */
export function environmentOf(env: Readonly<Record<string, string | undefined>>): Environment {
  const entry: Record<string, Tree> = {};
  const variables: string[] = [];
  for (const name of Object.keys(env).sort()) {
    const key = name.slice(3);
    const value = set(env[name]);
    if (!name.startsWith('OS_') || value === undefined || !(KNOWN.has(key) || PER_SERVICE.test(key)))
      continue;
    entry[key.toLowerCase()] = value;
    if (!SELECTORS.has(name)) variables.push(name);
  }
  return {layer: layerOf(entry, 'the environment'), variables};
}

/** Variables that decide who acts on what, not merely how. */
export function isIdentity(variable: string): boolean {
  return /^OS_(?:AUTH_URL|USER|PASSWORD|TOKEN|AUTH_TOKEN|PROJECT|TENANT|APPLICATION_CREDENTIAL|TRUST|SYSTEM|DOMAIN)/u.test(
    variable,
  );
}

/** The command's flags as a layer; they win over everything. */
export function flagsOf(options: CloudOptions): Layer {
  const {osCloud: _, osApiVersions, osAuth, insecure, verify, httpTimeout, ...named} = options;
  const entry: Record<string, Tree> = {};
  for (const [name, value] of Object.entries(named)) {
    if (typeof value !== 'string' || value === '') continue;
    entry[
      name
        .slice(2)
        .replaceAll(/[A-Z]/gu, letter => `_${letter.toLowerCase()}`)
        .replace(/^_/u, '')
    ] = value;
  }
  for (const [type, version] of Object.entries(osApiVersions ?? {})) {
    entry[`${type.replaceAll('-', '_')}_api_version`] = version;
  }
  if (insecure !== undefined) entry['insecure'] = insecure;
  if (verify !== undefined) entry['verify'] = verify;
  if (httpTimeout !== undefined) entry['api_timeout'] = String(httpTimeout);
  return layerOf({...entry, auth: {...osAuth}}, 'the options');
}
