import {RekindleError} from '../../model/errors.ts';
import {requestIdOf, type HttpAnswer} from '../http/request.ts';
import {type CloudSettings} from '../settings.ts';
import {type Keystone, type KeystoneCall} from './keystone.ts';
import {scopeAsked} from './scope.ts';

/**
 * Keystone tells nobody why it refuses: a wrong password, an unknown user and a project without a role all give the
 * same 401. So the message names what was sent, and the hint what may be wrong with it.
 */
export function rejection(
  answer: HttpAnswer,
  call: KeystoneCall,
  {settings, keystone}: {readonly settings: CloudSettings; readonly keystone: Keystone},
  methods: readonly string[],
): RekindleError {
  if (answer.status !== 401 && !(answer.status === 404 && methods.includes('token'))) {
    return keystone.refused(answer, call);
  }
  const [what, hint] = wordsFor(settings, methods);
  const from = settings.file === undefined ? '' : ` (cloud ${settings.name} of ${settings.file})`;
  return new RekindleError('auth', `Keystone at ${keystone.host} rejects ${what}${from}`, {
    service: 'identity',
    method: call.method,
    path: call.path,
    status: answer.status,
    requestId: requestIdOf(answer.headers),
    hint,
  });
}

function wordsFor(settings: CloudSettings, methods: readonly string[]): readonly [string, string] {
  const {auth} = settings;
  if (methods.includes('application_credential')) {
    const which = auth['application_credential_id'] ?? auth['application_credential_name'] ?? '';
    return [
      `the application credential ${which}`,
      'it is unknown, expired or deleted, or its secret is wrong; one given by name needs the right user and domain too',
    ];
  }
  if (methods.includes('token')) {
    return ['the token', 'it has expired or was revoked: get a new one with `openstack token issue`'];
  }
  const user = auth['username'] ?? auth['user_id'] ?? '';
  const secret = methods.includes('totp')
    ? methods.length > 1
      ? 'password or passcode'
      : 'passcode'
    : 'password';
  const domain = auth['user_domain_name'] ?? auth['user_domain_id'];
  const where = auth['user_id'] === undefined && domain !== undefined ? ` of the domain ${domain}` : '';
  const scope = scopeAsked(auth);
  const parts = [
    `the ${secret} is wrong`,
    'the user does not exist',
    ...(scope === undefined ? [] : [`the user has no role in ${scope}`]),
  ];
  const assumed = settings.domainAssumed
    ? '; no domain was given, so the id "default" was taken: set user_domain_name and project_domain_name'
    : '';
  return [
    `user ${user}${where} or the ${secret}`,
    `${parts.slice(0, -1).join(', ')} or ${parts.at(-1) ?? ''}${assumed}`,
  ];
}
