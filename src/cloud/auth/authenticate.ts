import {RekindleError} from '../../model/errors.ts';
import {at, textAt} from '../http/json.ts';
import {type HttpAnswer} from '../http/request.ts';
import {oneLine} from '../http/text.ts';
import {type CloudSettings} from '../settings.ts';
import {type Logger} from '../types.ts';
import {type Keystone, type KeystoneCall} from './keystone.ts';
import {identityPart, methodsOf, need} from './methods.ts';
import {oidcToken} from './oidc.ts';
import {receiptOf, required} from './receipt.ts';
import {rejection} from './rejection.ts';
import {scopeAsked, scopeOf} from './scope.ts';
import {type Token, fixedToken, listOf, tokenOf} from './token.ts';

export interface Authentication {
  readonly settings: CloudSettings;
  readonly keystone: Keystone;
  readonly logger: Logger;
  /** Asks for the one-time passcode that a receipt demands. */
  readonly prompt: ((question: string) => Promise<string>) | undefined;
}

const CREATE: Pick<KeystoneCall, 'method' | 'path'> = {method: 'POST', path: 'auth/tokens'};

/** One token, scoped where the cloud lets us: every auth type leads here. */
export async function authenticate(context: Authentication): Promise<Token> {
  const {settings, keystone} = context;
  switch (settings.authType) {
    case 'none':
      return fixedToken('', settings.auth['project_id']);
    case 'admin_token':
      return fixedToken(need(settings.auth, 'token', settings), settings.auth['project_id']);
    case 'token':
      return await scoped(await suppliedToken(context), context);
    case 'v3oidcpassword':
    case 'v3oidcclientcredentials':
    case 'v3oidcaccesstoken':
      return await scoped(await oidcToken(settings, keystone), context);
    default:
      return await scoped(await firstToken(context), context);
  }
}

async function firstToken(context: Authentication): Promise<Token> {
  const {settings} = context;
  const methods = methodsOf(settings);
  // Any scope, even the right one, makes Keystone refuse an application credential.
  const scope = methods.includes('application_credential') ? undefined : scopeOf(settings.auth);
  return await create(context, methods, scope, {});
}

async function create(
  context: Authentication,
  methods: readonly string[],
  scope: unknown,
  headers: Readonly<Record<string, string>>,
): Promise<Token> {
  const {settings, keystone} = context;
  const auth = {identity: identityPart(methods, settings), ...(scope === undefined ? {} : {scope})};
  // A passcode is used up by the first request that carries it.
  const call: KeystoneCall = {...CREATE, body: {json: {auth}}, headers, safe: !methods.includes('totp')};
  const answer = await keystone.send(call);
  if (answer.status === 201 || answer.status === 200) return read(answer, call, keystone);
  const receipt = receiptOf(answer);
  if (receipt === undefined) throw rejection(answer, call, context, methods);
  const missing = required(keystone.json(answer, call), methods);
  const passcode =
    missing.length === 1 && missing[0] === 'totp' && headers['openstack-auth-receipt'] === undefined;
  const given =
    settings.auth['passcode'] ?? (passcode ? await context.prompt?.('One-time passcode: ') : undefined);
  if (!passcode || given === undefined || given === '') throw moreMethods(missing, methods, answer, context);
  keystone.secrets.keep(given);
  const withPasscode = {...context, settings: {...settings, auth: {...settings.auth, passcode: given}}};
  return await create(withPasscode, ['totp'], scope, {'openstack-auth-receipt': receipt});
}

function moreMethods(
  missing: readonly string[],
  methods: readonly string[],
  answer: HttpAnswer,
  {settings, keystone}: Authentication,
): RekindleError {
  const wanted = missing.length === 0 ? 'further methods' : oneLine(missing.join(' and '));
  const all = [...methods, ...missing].map(method => `v3${method.replaceAll('_', '')}`).join(', ');
  return new RekindleError(
    'auth',
    `Keystone at ${keystone.host} accepted ${methods.join(' and ')} and wants ${wanted} as well: this user needs multi-factor authentication`,
    {
      service: 'identity',
      ...CREATE,
      status: answer.status,
      hint: `set auth_type v3multifactor with auth_methods [${oneLine(all)}] in the entry ${settings.name}, and give a passcode by OS_PASSCODE or --os-passcode`,
    },
  );
}

/** A token of the user's: asked about first, because one that already has the right scope must not be exchanged. */
async function suppliedToken(context: Authentication): Promise<Token> {
  const {settings, keystone} = context;
  const id = need(settings.auth, 'token', settings);
  const call: KeystoneCall = {
    method: 'GET',
    path: 'auth/tokens',
    headers: {'x-auth-token': id, 'x-subject-token': id},
  };
  const answer = await keystone.send(call);
  if (answer.status === 200) {
    const token = tokenOf(id, keystone.json(answer, call), keystone.host);
    return fits(token, context) ? token : await rescope(token, scopeOf(settings.auth), context);
  }
  // Some clouds let nobody validate tokens.
  if (answer.status === 403) {
    const scope = scopeOf(settings.auth);
    return await create(context, ['token'], scope, {'x-auth-token': id});
  }
  throw rejection(answer, call, context, ['token']);
}

/** Whether a token has the scope that the settings ask for. */
function fits({identity, scoped}: Token, {settings}: Authentication): boolean {
  const {auth} = settings;
  const scope = scopeOf(auth);
  if (scope === undefined) return true;
  const project = identity.project;
  if (!scoped || project === undefined || at(scope, 'project') === undefined) return false;
  if (auth['project_id'] !== undefined) return auth['project_id'] === project.id;
  const {id, name} = project.domain;
  const domain = auth['project_domain_id'] === id || auth['project_domain_name'] === name;
  return auth['project_name'] === project.name && (domain || settings.domainAssumed);
}

async function rescope(token: Token, scope: unknown, context: Authentication): Promise<Token> {
  const {keystone, settings} = context;
  const identity = {methods: ['token'], token: {id: token.id}};
  const call: KeystoneCall = {
    ...CREATE,
    body: {json: {auth: {identity, scope}}},
    headers: {'x-auth-token': token.id},
  };
  const answer = await keystone.send(call);
  if (answer.status === 201 || answer.status === 200) return read(answer, call, keystone);
  if (answer.status !== 401 && answer.status !== 403) throw keystone.refused(answer, call);
  const asked = scopeAsked(settings.auth) ?? 'the scope asked for';
  throw new RekindleError('auth', `Keystone at ${keystone.host} does not give this token for ${asked}`, {
    service: 'identity',
    ...CREATE,
    status: answer.status,
    hint: 'the user may have no role there; and tokens made from an application credential or a trust keep their scope',
  });
}

/** Unscoped tokens have no catalog: take the user's only project, or say which there are. */
async function scoped(token: Token, context: Authentication): Promise<Token> {
  const {settings, keystone, logger} = context;
  if (token.scoped) return token;
  const scope = scopeOf(settings.auth);
  if (scope !== undefined) return await rescope(token, scope, context);
  const call = {method: 'GET', path: 'auth/projects', headers: {'x-auth-token': token.id}};
  const answer = await keystone.send(call);
  if (answer.status !== 200) throw keystone.refused(answer, call);
  const projects = listOf(at(keystone.json(answer, call), 'projects'));
  const names = projects.map(project => oneLine(textAt(project, 'name') ?? textAt(project, 'id') ?? ''));
  const id = textAt(projects[0], 'id');
  if (projects.length === 1 && id !== undefined) {
    logger.log('info', `No project was named; ${names[0] ?? id} is the user's only one`);
    return await rescope(token, {project: {id}}, context);
  }
  const which = names.length === 0 ? 'the user has no project' : `the user has ${names.sort().join(', ')}`;
  throw new RekindleError('config', `Cloud ${settings.name}: no project is named, and ${which}`, {
    hint: 'name one with auth.project_name, OS_PROJECT_NAME or --os-project-name',
  });
}

function read(answer: HttpAnswer, call: KeystoneCall, keystone: Keystone): Token {
  return tokenOf(answer.headers['x-subject-token'] ?? '', keystone.json(answer, call), keystone.host);
}
