import {RekindleError} from '../../model/errors.ts';
import {type AuthOptions, type CloudSettings} from '../settings.ts';

/** The `auth.identity` part of a request: Keystone API v3, "Authentication and token management". */
export interface IdentityPart {
  readonly methods: readonly string[];
  readonly [method: string]: unknown;
}

type Method = (auth: AuthOptions, settings: CloudSettings) => unknown;

const METHODS: Readonly<Record<string, Method>> = {
  password: (auth, settings) => ({user: {...user(auth, settings), password: auth['password'] ?? ''}}),
  totp: (auth, settings) => ({user: {...user(auth, settings), passcode: need(auth, 'passcode', settings)}}),
  token: (auth, settings) => ({id: need(auth, 'token', settings)}),
  application_credential: (auth, settings) => {
    const secret = need(auth, 'application_credential_secret', settings);
    const id = auth['application_credential_id'];
    if (id !== undefined) return {id, secret};
    return {name: need(auth, 'application_credential_name', settings), secret, user: user(auth, settings)};
  },
};

/** Method name of each auth type that is one POST to Keystone. */
const METHOD_OF: Readonly<Record<string, string>> = {
  password: 'password',
  v3totp: 'totp',
  totp: 'totp',
  token: 'token',
  v3applicationcredential: 'application_credential',
  application_credential: 'application_credential',
};

/** Method names that a setting asks for: several with `v3multifactor`. */
export function methodsOf(settings: CloudSettings): readonly string[] {
  if (settings.authType !== 'v3multifactor') {
    const method = METHOD_OF[settings.authType];
    return method === undefined ? [] : [method];
  }
  const named = (settings.auth['auth_methods'] ?? '').split(/[,\s]+/u).filter(name => name !== '');
  if (named.length === 0) throw missing('auth_methods', settings);
  return named.map(name => {
    const method = METHOD_OF[name] ?? METHOD_OF[name.replace(/^v3/u, '')];
    if (method !== undefined) return method;
    throw new RekindleError(
      'config',
      `Cloud ${settings.name}: auth_methods names ${name}, which is not supported`,
      {
        hint: 'supported are v3password, v3totp, v3token and v3applicationcredential',
      },
    );
  });
}

export function identityPart(methods: readonly string[], settings: CloudSettings): IdentityPart {
  const parts = methods.map(method => [method, METHODS[method]?.(settings.auth, settings)] as const);
  return {methods, ...Object.fromEntries(parts)};
}

function user(auth: AuthOptions, settings: CloudSettings): Readonly<Record<string, unknown>> {
  if (auth['user_id'] !== undefined) return {id: auth['user_id']};
  return {name: need(auth, 'username', settings), ...domainOf(auth, 'user')};
}

/** `{domain: {id}}` or `{domain: {name}}` of a user or project that is given by name. */
export function domainOf(auth: AuthOptions, whose: 'user' | 'project'): {readonly domain?: unknown} {
  const id = auth[`${whose}_domain_id`];
  if (id !== undefined) return {domain: {id}};
  const name = auth[`${whose}_domain_name`];
  return name === undefined ? {} : {domain: {name}};
}

export function need(auth: AuthOptions, key: string, settings: CloudSettings): string {
  const value = auth[key];
  if (value === undefined) throw missing(key, settings);
  return value;
}

/** Names the flag, the variable and the key, so that whichever the user works with is there. */
export function missing(key: string, settings: Pick<CloudSettings, 'name' | 'file'>): RekindleError {
  const where = settings.file === undefined ? '' : ` of ${settings.file}`;
  return new RekindleError('config', `Cloud ${settings.name}: ${key} is missing`, {
    hint: `set auth.${key} in the entry ${settings.name}${where}, OS_${key.toUpperCase()}, or --os-${key.replaceAll('_', '-')}`,
  });
}
