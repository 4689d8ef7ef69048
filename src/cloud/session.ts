import {randomUUID} from 'node:crypto';

import {RekindleError} from '../model/errors.ts';
import {createSecrets} from '../model/secrets.ts';
import {type Authentication, authenticate} from './auth/authenticate.ts';
import {createKeystone, keystoneUrl} from './auth/keystone.ts';
import {createTokens} from './auth/renewal.ts';
import {sendAuthorized} from './authorized.ts';
import {endpointOf, regionOf, serviceTypesOf} from './catalog.ts';
import {realClock} from './clock.ts';
import {fileReader} from './config/files.ts';
import {loadSettings} from './config/load.ts';
import {fetchProfile} from './config/profile-url.ts';
import {discover} from './discovery.ts';
import {createHttp} from './http/client.ts';
import {jsonOf} from './http/json.ts';
import {hiding} from './http/hiding.ts';
import {serviceError} from './http/service-error.ts';
import {readTls} from './http/tls.ts';
import {chooseMicroversion} from './microversion.ts';
import {createService} from './service.ts';
import {factsOf, officialType} from './service-types.ts';
import {type CloudSettings} from './settings.ts';
import {type CloudOptions, type Service, type Session, type Surroundings} from './types.ts';

/**
 * Reads the configuration, authenticates once and hands out the cloud's services.
 * @throws RekindleError 'config', 'auth', 'connect', 'tls', 'timeout' or 'protocol', each with what to do about it.
 */
export async function openSession(options: CloudOptions, outer: Surroundings): Promise<Session> {
  const secrets = createSecrets();
  const surroundings = {...outer, logger: hiding(outer.logger, secrets)};
  const {env, logger} = surroundings;
  const clock = surroundings.clock ?? realClock;
  const common = {env, logger, clock, signal: surroundings.signal, runId: `req-${randomUUID()}`, secrets};
  const loaded = await loadSettings(options, surroundings, {
    readFile: fileReader,
    fetchProfile: (url, timeout) => fetchProfile(url, timeout, common),
  });
  for (const secret of [...secretsOf(loaded), ...proxyPasswords(env)]) secrets.keep(secret);
  const http = createHttp({...common, tls: readTls(loaded.tls), timeout: loaded.timeout});
  try {
    return await open(loaded, http, surroundings);
  } catch (error) {
    http.close();
    throw error;
  }
}

async function open(
  loaded: CloudSettings,
  http: ReturnType<typeof createHttp>,
  surroundings: Surroundings,
): Promise<Session> {
  const {logger} = surroundings;
  const clock = surroundings.clock ?? realClock;
  const authUrl = loaded.auth['auth_url'] ?? loaded.auth['endpoint'] ?? '';
  const keystone = createKeystone(authUrl, http);
  const context: Authentication = {settings: loaded, keystone, logger, prompt: surroundings.prompt};
  const first = await authenticate(context);
  const tokens = createTokens(loaded, keystone.host, first, () => authenticate(context), {clock, logger});
  const region = regionOf(first.catalog, loaded);
  const settings: CloudSettings = {...loaded, region};
  const projectId = first.identity.project?.id;

  const endpoint = (type: string): string | undefined => {
    const own =
      settings.service(type).endpointOverride ??
      (settings.authType === 'none' ? settings.auth['endpoint'] : undefined);
    if (own !== undefined) return filled(own, type, projectId, first.identity.user.id);
    const found = endpointOf(type, first.catalog, settings);
    // A region without a Keystone of its own, and admin_token, which has no catalog.
    return found ?? (type === 'identity' && settings.authType !== 'none' ? keystoneUrl(authUrl) : undefined);
  };

  const find = async (type: string): Promise<Service | undefined> => {
    const address = endpoint(type);
    if (address === undefined) return undefined;
    if (!URL.canParse(address) || !/^https?:/u.test(address)) {
      throw new RekindleError('protocol', `${type}: the catalog's endpoint is not an HTTP address`, {
        service: type,
        hint: `set ${type.replaceAll('-', '_')}_endpoint_override`,
      });
    }
    const discovered = await discover(type, address, projectId, async url => {
      const request = {
        service: type,
        method: 'GET',
        url: new URL(url),
        path: new URL(url).pathname,
        headers: {},
        secrets: http.secrets,
      };
      const answer = await sendAuthorized(request, {http, tokens});
      // What a missing document means is discovery's business; a service that is down is everybody's.
      if (answer.status >= 500 || answer.status === 401) throw serviceError(answer, request, keystone.host);
      return {status: answer.status, body: jsonOf({...answer, headers: {}}, request)};
    });
    if (discovered.failure !== undefined) {
      logger.log('warn', `${type}: ${discovered.failure}; using ${discovered.url} without a microversion`);
    }
    const facts = factsOf(type).microversions;
    const {microversion: asked, apiVersion} = settings.service(type);
    const wish = asked ?? impliedMicroversion(apiVersion);
    const choice =
      facts === undefined ? {microversion: wish} : chooseMicroversion(facts, discovered.microversions, wish);
    if ('warning' in choice) logger.log('warn', `${type}: ${choice.warning}`);
    return createService({
      type,
      http,
      tokens,
      discovered,
      microversion: choice.microversion,
      authHost: keystone.host,
    });
  };

  const services = new Map<string, Promise<Service | undefined>>();
  return {
    cloud: settings.name,
    authHost: keystone.host,
    region,
    identity: first.identity,
    serviceTypes: serviceTypesOf(first.catalog, settings),
    networks: settings.networks,
    requests: http.exchanges,
    secrets: http.secrets,
    service(type) {
      const official = officialType(type);
      const found = services.get(official) ?? find(official);
      services.set(official, found);
      // A service that was down may be up at the next call.
      found.catch(() => services.delete(official));
      return found;
    },
    close: () => http.close(),
  };
}

/** `x.y` with y other than 0 asks for a microversion: openstacksdk `cloud_region.py`, _get_implied_microversion. */
function impliedMicroversion(apiVersion: string | undefined): string | undefined {
  return apiVersion !== undefined && /^\d+\.[1-9]\d*$/u.test(apiVersion) ? apiVersion : undefined;
}

/** Endpoint overrides may hold the forms that catalogs are written in. */
function filled(url: string, type: string, projectId: string | undefined, userId: string): string {
  return url.replaceAll(/[%$]\((\w+)\)s/gu, (whole, name: string) => {
    const value = ['project_id', 'tenant_id'].includes(name)
      ? projectId
      : name === 'user_id'
        ? userId
        : undefined;
    if (value !== undefined) return encodeURIComponent(value);
    throw new RekindleError(
      'config',
      `${type.replaceAll('-', '_')}_endpoint_override holds ${whole}, which has no value here`,
      {
        hint: '%(project_id)s needs a project-scoped credential; %(user_id)s is the other one known',
      },
    );
  });
}

/** What must not appear in a message, even if Keystone echoes it. */
function secretsOf({auth}: CloudSettings): readonly string[] {
  const keys = [
    'password',
    'token',
    'passcode',
    'application_credential_secret',
    'client_secret',
    'access_token',
  ];
  const own = keys.flatMap(key => (auth[key] === undefined ? [] : [auth[key]]));
  // Of an address that somebody wrote `user:password@` into.
  const urls = Object.values(auth).filter(value => URL.canParse(value));
  return [...own, ...urls.map(url => decoded(new URL(url).password))];
}

function proxyPasswords(env: Surroundings['env']): readonly string[] {
  const names = ['http_proxy', 'https_proxy', 'all_proxy'].flatMap(name => [name, name.toUpperCase()]);
  return names.flatMap(name => {
    const value = env[name] ?? '';
    const address = value.includes('://') ? value : `http://${value}`;
    return URL.canParse(address) ? [decoded(new URL(address).password)] : [];
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
