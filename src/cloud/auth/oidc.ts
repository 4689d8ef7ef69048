import {RekindleError} from '../../model/errors.ts';
import {hiddenMessage} from '../http/error-body.ts';
import {textAt} from '../http/json.ts';
import {type CloudSettings} from '../settings.ts';
import {type Keystone, type KeystoneCall} from './keystone.ts';
import {missing, need} from './methods.ts';
import {type Token, tokenOf} from './token.ts';

/**
 * The OpenID Connect types of keystoneauth (`identity/v3/oidc.py`): an access token from the provider, unless it is
 * given, and for it an unscoped token from Keystone's federation.
 */
export async function oidcToken(settings: CloudSettings, keystone: Keystone): Promise<Token> {
  const access =
    settings.authType === 'v3oidcaccesstoken'
      ? need(settings.auth, 'access_token', settings)
      : await accessToken(settings, keystone);
  const provider = encodeURIComponent(need(settings.auth, 'identity_provider', settings));
  const protocol = encodeURIComponent(need(settings.auth, 'protocol', settings));
  const call = {
    method: 'POST',
    path: `OS-FEDERATION/identity_providers/${provider}/protocols/${protocol}/auth`,
    headers: {authorization: `Bearer ${access}`},
  };
  const answer = await keystone.send(call);
  if (answer.status === 201 || answer.status === 200) {
    return tokenOf(answer.headers['x-subject-token'] ?? '', keystone.json(answer, call), keystone.host);
  }
  if (answer.status !== 401 && answer.status !== 403) throw keystone.refused(answer, call);
  throw new RekindleError('auth', `Keystone at ${keystone.host} rejects the access token of ${provider}`, {
    service: 'identity',
    method: call.method,
    path: call.path,
    status: answer.status,
    hint: 'it may have expired, or identity_provider and protocol do not belong to it',
  });
}

async function accessToken(settings: CloudSettings, keystone: Keystone): Promise<string> {
  const {auth} = settings;
  const client = need(auth, 'client_id', settings);
  const secret = auth['client_secret'];
  const form: Record<string, string> = {scope: auth['openid_scope'] ?? 'openid profile'};
  if (settings.authType === 'v3oidcpassword') {
    form['grant_type'] = 'password';
    form['username'] = need(auth, 'username', settings);
    form['password'] = need(auth, 'password', settings);
  } else {
    form['grant_type'] = 'client_credentials';
  }
  if (secret === undefined) form['client_id'] = client;
  const basic = Buffer.from(`${client}:${secret ?? ''}`).toString('base64');
  const url = await tokenEndpoint(settings, keystone);
  const call: KeystoneCall = {
    method: 'POST',
    path: '[token endpoint]',
    url,
    body: {form},
    headers: secret === undefined ? {} : {authorization: `Basic ${basic}`},
  };
  const answer = await keystone.send(call);
  const field = auth['access_token_type'] ?? 'access_token';
  const token = answer.status < 300 ? textAt(keystone.json(answer, call), field) : undefined;
  if (token !== undefined) {
    keystone.secrets.keep(token);
    return token;
  }
  const {host} = new URL(url);
  const said = hiddenMessage(answer, keystone.secrets);
  const rejected = [400, 401, 403].includes(answer.status);
  throw new RekindleError(
    rejected ? 'auth' : 'protocol',
    rejected
      ? `The identity provider at ${host} rejects the credentials (${answer.status}: ${said})`
      : `The identity provider at ${host} answered ${answer.status} without ${field}`,
    {
      service: 'identity',
      method: 'POST',
      status: answer.status,
      hint: 'check client_id, client_secret and the user',
    },
  );
}

async function tokenEndpoint(settings: CloudSettings, keystone: Keystone): Promise<string> {
  const given = settings.auth['access_token_endpoint'];
  if (given !== undefined) return given;
  const url = settings.auth['discovery_endpoint'];
  if (url === undefined) throw missing('discovery_endpoint', settings);
  const call = {method: 'GET', path: '[discovery document]', url};
  const answer = await keystone.send(call);
  const found = answer.status === 200 ? textAt(keystone.json(answer, call), 'token_endpoint') : undefined;
  if (found !== undefined && URL.canParse(found)) return found;
  throw new RekindleError('config', `discovery_endpoint names no token_endpoint (status ${answer.status})`, {
    hint: 'it must be the address of the .well-known/openid-configuration document; or set access_token_endpoint',
  });
}
