import {RekindleError} from '../../model/errors.ts';

const ALIASES: Readonly<Record<string, string>> = {
  '': 'none',
  none: 'none',
  v3password: 'password',
  v3token: 'token',
  token_endpoint: 'admin_token',
  // Printed in a provider's manual.
  v3application_credential: 'v3applicationcredential',
};

const SUPPORTED = [
  'password',
  'token',
  'v3applicationcredential',
  'v3totp',
  'v3multifactor',
  'v3oidcpassword',
  'v3oidcclientcredentials',
  'v3oidcaccesstoken',
  'admin_token',
  'none',
];

/** Canonical name of an auth type; without one it is told from the options that are there. */
export function authTypeOf(given: string | undefined, has: (key: string) => boolean, where: string): string {
  if (given === undefined) {
    if (has('application_credential_id') || has('application_credential_name'))
      return 'v3applicationcredential';
    if (has('token')) return has('endpoint') && !has('auth_url') ? 'admin_token' : 'token';
    return 'password';
  }
  const name = given.trim().toLowerCase();
  const type = ALIASES[name] ?? name;
  if (SUPPORTED.includes(type)) return type;
  throw new RekindleError('config', `${where}: auth_type ${name} is not supported`, {hint: hintFor(type)});
}

function hintFor(type: string): string {
  if (type.startsWith('v2')) {
    return 'the Identity API v2.0 is gone since 2018; use auth_type password, with project_name and the domains';
  }
  if (type === 'v3websso' || type === 'v3oidcauthcode' || type === 'v3oidcdeviceauthz') {
    return 'it needs a browser: run `openstack token issue` with it, then use auth_type v3token with that token';
  }
  return `supported are ${SUPPORTED.join(', ')}`;
}
