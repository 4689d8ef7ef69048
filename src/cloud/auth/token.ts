import {RekindleError} from '../../model/errors.ts';
import {at, isObject, textAt} from '../http/json.ts';
import {type Identity} from '../types.ts';

export interface Endpoint {
  readonly interface: string;
  readonly region: string | undefined;
  readonly url: string;
}

export interface CatalogEntry {
  readonly type: string;
  readonly name: string;
  readonly endpoints: readonly Endpoint[];
}

export interface Token {
  readonly id: string;
  readonly identity: Identity;
  /** Undefined for a token without end (admin_token, none), or one whose end isn't known. */
  readonly expiresAt: Date | undefined;
  readonly scoped: boolean;
  readonly catalog: readonly CatalogEntry[];
}

/** Reads the `token` of a Keystone v3 answer (keystone `api/validation`, `token/schema.py`). */
export function tokenOf(id: string, body: unknown, host: string): Token {
  const token = at(body, 'token');
  const user = personOf(at(token, 'user'));
  const expires = textAt(token, 'expires_at');
  const restricted = at(token, 'application_credential', 'restricted');
  const expiresAt = expires === undefined ? undefined : new Date(expires);
  if (user === undefined || id === '' || (expiresAt !== undefined && Number.isNaN(expiresAt.getTime()))) {
    throw new RekindleError('protocol', `The answer of ${host} to the authentication holds no token`, {
      service: 'identity',
      hint: 'auth_url may point to something that is not Keystone v3',
    });
  }
  return {
    id,
    expiresAt,
    scoped: ['project', 'domain', 'system', 'OS-TRUST:trust'].some(key => isObject(at(token, key))),
    catalog: catalogOf(at(token, 'catalog')),
    identity: {
      project: personOf(at(token, 'project')),
      user,
      roles: listOf(at(token, 'roles'))
        .map(role => textAt(role, 'name') ?? '')
        .filter(name => name !== '')
        .sort(),
      expires_at: expiresAt?.toISOString() ?? '',
      methods: listOf(at(token, 'methods')).filter(method => typeof method === 'string'),
      ...(typeof restricted === 'boolean' ? {restricted} : {}),
    },
  };
}

/** A token that Keystone didn't hand out in this run: what `admin_token` and `none` work with. */
export function fixedToken(id: string, projectId: string | undefined): Token {
  const nobody = {id: '', name: '', domain: {id: '', name: ''}};
  const project = projectId === undefined ? undefined : {...nobody, id: projectId};
  return {
    id,
    expiresAt: undefined,
    scoped: true,
    catalog: [],
    identity: {project, user: nobody, roles: [], expires_at: '', methods: []},
  };
}

function personOf(value: unknown): Identity['user'] | undefined {
  const id = textAt(value, 'id');
  if (id === undefined) return undefined;
  const domain = {id: textAt(value, 'domain', 'id') ?? '', name: textAt(value, 'domain', 'name') ?? ''};
  return {id, name: textAt(value, 'name') ?? '', domain};
}

function catalogOf(value: unknown): readonly CatalogEntry[] {
  return listOf(value).flatMap(entry => {
    const type = textAt(entry, 'type');
    if (type === undefined) return [];
    const endpoints = listOf(at(entry, 'endpoints')).flatMap((endpoint): Endpoint[] => {
      const url = textAt(endpoint, 'url');
      // Endpoints with a null address exist: operators disable services so.
      if (url === undefined || url === '') return [];
      const region = textAt(endpoint, 'region_id') ?? textAt(endpoint, 'region');
      return [{interface: interfaceOf(textAt(endpoint, 'interface') ?? ''), region, url}];
    });
    return [{type, name: textAt(entry, 'name') ?? '', endpoints}];
  });
}

/** `publicURL` and the like are the spelling of v2 catalogs and of old configurations. */
export function interfaceOf(name: string): string {
  return name.trim().replace(/URL$/iu, '').toLowerCase();
}

export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as readonly unknown[]) : [];
}
