import {RekindleError} from '../../model/errors.ts';
import {methodsOf, missing} from '../auth/methods.ts';
import {type AuthOptions, type CloudSettings} from '../settings.ts';
import {type Surroundings} from '../types.ts';
import {authTypeOf} from './auth-type.ts';
import {type Environment} from './environment.ts';
import {expandPath} from './files.ts';
import {type Layer} from './layers.ts';
import {networksOf} from './networks.ts';
import {overriddenTypes, serviceSettings} from './service-keys.ts';
import {booleanOf, filled, interfacesOf, secondsOf, textOf} from './values.ts';
import {type Tree, type TreeMap} from './yaml.ts';

export interface Merged {
  readonly name: string;
  readonly file: string | undefined;
  /** For messages. */
  readonly where: string;
  readonly layer: Layer;
  readonly environment: Environment;
}

/** Turns the merged layers into settings: the rules between keys, the defaults, and the questions. */
export async function finish(merged: Merged, surroundings: Surroundings): Promise<CloudSettings> {
  const {name, file, where, layer} = merged;
  const top = expanded(layer.top);
  const given = authOptions(layer.auth, top, where);
  const authType = authTypeOf(textOf(top, 'auth_type', where), key => given[key] !== undefined, where);
  const {auth: scoped, domainAssumed} = withDomains(given, authType, where, surroundings);
  const settings: CloudSettings = {
    name,
    file,
    authType,
    auth: scoped,
    domainAssumed,
    region: textOf(top, 'region_name', where),
    interfaces: interfacesOf(top, 'interface', where) ?? ['public'],
    tls: tlsOf(top, where, surroundings),
    timeout: secondsOf(top, 'api_timeout', where),
    networks: networksOf(top, where),
    service: type => serviceSettings(type, top, where),
    overridden: overriddenTypes(top),
  };
  checkAddress(settings, where, merged.environment);
  return {...settings, auth: await withSecrets(settings, surroundings)};
}

function expanded(top: TreeMap): TreeMap {
  const entries = Object.entries(top).map(([key, value]): [string, Tree] => [
    key,
    typeof value === 'string' ? filled(value, top) : value,
  ]);
  return Object.fromEntries(entries);
}

function authOptions(auth: TreeMap, top: TreeMap, where: string): AuthOptions {
  const out: Record<string, string> = {};
  for (const [key, value] of Object.entries(auth)) {
    const listed = key === 'auth_methods' && Array.isArray(value) ? value.map(String).join(',') : undefined;
    const text = listed ?? textOf(auth, key, `${where}.auth`);
    if (text !== undefined && text !== '') out[key] = key === 'auth_url' ? filled(text, top) : text;
  }
  return out;
}

/** Domains and scopes: openstacksdk `loader.py`, _handle_domain_id, and osc-lib's default domain. */
function withDomains(
  given: AuthOptions,
  authType: string,
  where: string,
  {logger}: Surroundings,
): {readonly auth: AuthOptions; readonly domainAssumed: boolean} {
  const auth: Record<string, string> = {...given};
  const drop = (...keys: readonly string[]): void => {
    for (const key of keys) delete auth[key];
  };
  if (authType === 'v3applicationcredential') {
    const scope = [
      'project_id',
      'project_name',
      'project_domain_id',
      'project_domain_name',
      'system_scope',
      'trust_id',
    ];
    const dropped = scope.filter(key => auth[key] !== undefined);
    if (dropped.length > 0)
      logger.log(
        'debug',
        `${where}: an application credential has its own scope; ignoring ${dropped.join(', ')}`,
      );
    drop(...scope);
  }
  if (auth['project_id'] !== undefined && auth['project_name'] !== undefined) {
    logger.log('warn', `${where}: project_id and project_name are both set; the id counts`);
    drop('project_name');
  }
  const named = auth['project_id'] !== undefined || auth['project_name'] !== undefined;
  if (named || authType === 'v3applicationcredential') {
    for (const kind of ['id', 'name'] as const) {
      const domain = auth[`domain_${kind}`];
      for (const whose of ['user', 'project']) {
        const there = auth[`${whose}_domain_id`] ?? auth[`${whose}_domain_name`];
        if (domain !== undefined && there === undefined) auth[`${whose}_domain_${kind}`] = domain;
      }
    }
    drop('domain_id', 'domain_name');
  }
  const assumed = ['user', 'project'].filter(whose => {
    const byName =
      whose === 'user'
        ? auth['username'] !== undefined && auth['user_id'] === undefined
        : auth['project_name'] !== undefined;
    if (!byName || auth[`${whose}_domain_id`] !== undefined || auth[`${whose}_domain_name`] !== undefined)
      return false;
    const id = auth['default_domain_id'] ?? auth['default_domain'];
    const name = id === undefined ? auth['default_domain_name'] : undefined;
    auth[`${whose}_domain_${name === undefined ? 'id' : 'name'}`] = name ?? id ?? 'default';
    return id === undefined && name === undefined;
  });
  const domainAssumed = assumed.length > 0 && !authType.startsWith('v3oidc');
  if (domainAssumed) {
    logger.log(
      'info',
      `${where}: no domain is given for the ${assumed.join(' and the ')}; taking the one with the id "default"`,
    );
  }
  return {auth, domainAssumed};
}

function tlsOf(top: TreeMap, where: string, surroundings: Surroundings): CloudSettings['tls'] {
  const path = (key: string): string | undefined => {
    const text = textOf(top, key, where);
    return text === undefined || text === '' ? undefined : expandPath(text, surroundings);
  };
  const insecure = booleanOf(top['insecure'], 'insecure', where) ?? false;
  const verify = booleanOf(top['verify'], 'verify', where) ?? true;
  return {verify: verify && !insecure, cacert: path('cacert'), cert: path('cert'), key: path('key')};
}

function checkAddress(settings: CloudSettings, where: string, {variables}: Environment): void {
  const {auth, authType} = settings;
  const keys =
    authType === 'none' ? ['endpoint'] : authType === 'admin_token' ? ['endpoint', 'auth_url'] : ['auth_url'];
  const key = keys.find(key => auth[key] !== undefined);
  if (key === undefined) {
    const lack = missing(keys[0] ?? '', settings);
    if (settings.file !== undefined || variables.length === 0) throw lack;
    throw new RekindleError('config', lack.message, {
      hint: `${lack.hint ?? ''}; this cloud is made of ${variables.join(', ')}: an entry of clouds.yaml is chosen with --os-cloud`,
    });
  }
  const text = auth[key] ?? '';
  const unfilled = /\{(\w+)\}/u.exec(text)?.[1];
  if (unfilled !== undefined) {
    throw new RekindleError('config', `${where}: ${key} holds {${unfilled}}, and no key ${unfilled} is set`);
  }
  if (URL.canParse(text) && /^https?:\/\//iu.test(text)) return;
  throw new RekindleError('config', `${where}: ${key} is not an HTTP address`, {
    hint: 'it must be as https://keystone.example.com:5000/v3',
  });
}

/** Asks for what is missing and may be asked for. */
async function withSecrets(settings: CloudSettings, {prompt}: Surroundings): Promise<AuthOptions> {
  const {auth, authType, name} = settings;
  const methods = methodsOf(settings);
  const wanted = [
    ...(methods.includes('password') || authType === 'v3oidcpassword' ? ['password'] : []),
    ...(methods.includes('totp') ? ['passcode'] : []),
  ];
  const out: Record<string, string> = {...auth};
  for (const key of wanted) {
    if (out[key] !== undefined) continue;
    const who = out['username'] ?? out['user_id'];
    if (who === undefined) throw missing('username', settings);
    const typed = await prompt?.(
      `${key === 'password' ? 'Password' : 'One-time passcode'} of ${who} (cloud ${name}): `,
    );
    if (typed === undefined || typed === '') throw missing(key, settings);
    out[key] = typed;
  }
  return out;
}
