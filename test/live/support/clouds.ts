/** Reads one entry of clouds.yaml. On purpose independent of src/: the live tests check src/ with it. */
import {readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {join} from 'node:path';
import {parse, stringify} from 'yaml';

/** The keys of an entry's `auth` that these tests use. */
export interface CloudAuth {
  readonly auth_url: string;
  readonly username?: string;
  readonly user_id?: string;
  readonly password?: string;
  readonly user_domain_name?: string;
  readonly user_domain_id?: string;
  readonly project_name?: string;
  readonly project_id?: string;
  readonly project_domain_name?: string;
  readonly project_domain_id?: string;
  readonly application_credential_id?: string;
  readonly application_credential_name?: string;
  readonly application_credential_secret?: string;
}

export interface CloudEntry {
  readonly region_name?: string;
  readonly interface?: string;
  readonly identity_api_version?: number;
  readonly auth_type?: string;
  readonly auth: CloudAuth;
}

/** The places openstacksdk looks in, first hit wins. */
function candidates(): string[] {
  const named = process.env['OS_CLIENT_CONFIG_FILE'];
  return [
    ...(named === undefined || named === '' ? [] : [named]),
    'clouds.yaml',
    join(homedir(), '.config', 'openstack', 'clouds.yaml'),
    '/etc/openstack/clouds.yaml',
  ];
}

function read(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isEntry(value: unknown): value is CloudEntry {
  return isRecord(value) && isRecord(value['auth']) && typeof value['auth']['auth_url'] === 'string';
}

/** Every usable entry; of two with one name the one of the earlier file. */
function readClouds(): Map<string, CloudEntry> {
  const found = new Map<string, CloudEntry>();
  for (const path of candidates()) {
    const text = read(path);
    if (text === undefined) continue;
    const file: unknown = parse(text);
    const clouds = isRecord(file) && isRecord(file['clouds']) ? file['clouds'] : {};
    for (const [name, entry] of Object.entries(clouds)) {
      if (isEntry(entry) && !found.has(name)) found.set(name, entry);
    }
  }
  return found;
}

export function readCloud(name: string): CloudEntry {
  const entry = readClouds().get(name);
  if (entry === undefined)
    throw new Error(`no usable cloud ${name} in any clouds.yaml (${candidates().join(', ')})`);
  return entry;
}

/** An entry of the same cloud that logs this user in with a password: the only place a password may come from. */
export function readUser(username: string, authUrl: string): CloudEntry {
  for (const entry of readClouds().values()) {
    const {auth} = entry;
    if (auth.username === username && auth.password !== undefined && auth.auth_url === authUrl) return entry;
  }
  throw new Error(`no clouds.yaml entry of ${authUrl} has a password for the user ${username}`);
}

/** A whole clouds.yaml with the given entries. */
export function cloudsYaml(entries: Readonly<Record<string, CloudEntry>>): string {
  return stringify({clouds: entries});
}

/** The same credential as OS_* variables. */
export function cloudEnvironment(entry: CloudEntry): Record<string, string> {
  const variables: Record<string, string> = {OS_IDENTITY_API_VERSION: '3'};
  if (entry.region_name !== undefined) variables['OS_REGION_NAME'] = entry.region_name;
  if (entry.interface !== undefined) variables['OS_INTERFACE'] = entry.interface;
  if (entry.auth_type !== undefined) variables['OS_AUTH_TYPE'] = entry.auth_type;
  for (const [key, value] of Object.entries(entry.auth)) {
    if (typeof value === 'string') variables[`OS_${key.toUpperCase()}`] = value;
  }
  return variables;
}
