/** Throwaway projects: made with an admin's entry, given to a user, described as a clouds.yaml entry. */
import {randomBytes} from 'node:crypto';
import {Api, type Fields, type Row, type Service} from './api.ts';
import {cloudEnvironment, cloudsYaml, readUser, type CloudEntry} from './clouds.ts';
import {randomSuffix} from './site.ts';

/** Starts the description of everything these tests make in Keystone; a wipe removes nothing else there. */
export const MADE_BY = 'rekindle live test';

const ROLES = ['member', 'load-balancer_member', 'creator'];

export interface ProjectOptions {
  /** An existing project is used as it is; else it is the new one's name. Default: a name with a random suffix. */
  readonly name?: string | undefined;
  /** Who gets it; the password comes from a clouds.yaml entry of that user. Default: alice. */
  readonly user?: string | undefined;
  /** Make a new user instead. */
  readonly freshUser?: boolean | undefined;
  /** Give the user the role admin in it as well. */
  readonly adminRole?: boolean | undefined;
  /** The project whose quotas are generous enough to copy. Default: source. */
  readonly quotasOf?: string | undefined;
}

export interface Project {
  readonly id: string;
  readonly name: string;
  /** False where the project was there before. */
  readonly created: boolean;
  /** The user, scoped to the project. */
  readonly api: Api;
  /** The admin, scoped to the project. */
  readonly admin: Api;
  readonly entry: CloudEntry;
  /** A clouds.yaml with the one entry, named like the project. */
  readonly yaml: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** The same credential in another project. */
export function inProject(entry: CloudEntry, projectId: string): CloudEntry {
  const {project_name: _name, project_domain_name: _domain, project_domain_id: _id, ...auth} = entry.auth;
  return {...entry, auth: {...auth, project_id: projectId}};
}

async function domainId(admin: Api, entry: CloudEntry): Promise<string> {
  const {user_domain_id: id, user_domain_name: name = 'Default'} = entry.auth;
  if (id !== undefined) return id;
  const [found] = await admin.list('identity', `/domains?name=${encodeURIComponent(name)}`, 'domains');
  if (found === undefined) throw new Error(`no domain ${name}`);
  return found.id;
}

export async function findProject(admin: Api, name: string, domain?: string): Promise<Row | undefined> {
  const query = `?name=${encodeURIComponent(name)}${domain === undefined ? '' : `&domain_id=${domain}`}`;
  const found = await admin.list('identity', `/projects${query}`, 'projects');
  if (found.length > 1) throw new Error(`${found.length} projects are called ${name}: give a domain`);
  return found[0];
}

async function grant(admin: Api, projectId: string, userId: string, roles: readonly string[]): Promise<void> {
  const known = await admin.list('identity', '/roles', 'roles');
  const wanted = known.filter(role => roles.includes(String(role['name'])));
  await Promise.all(
    wanted.map(role =>
      admin.call('PUT', 'identity', `/projects/${projectId}/users/${userId}/roles/${role.id}`),
    ),
  );
}

const QUOTAS: readonly (readonly [Service, (id: string) => string, string])[] = [
  ['compute', id => `/os-quota-sets/${id}`, 'quota_set'],
  ['volume', id => `/os-quota-sets/${id}`, 'quota_set'],
  ['network', id => `/quotas/${id}`, 'quota'],
];

async function copyQuotas(admin: Api, from: string, to: string): Promise<void> {
  const model = await findProject(admin, from, 'default');
  if (model === undefined) return;
  await Promise.all(
    QUOTAS.map(async ([service, path, key]) => {
      const limits = Object.entries(await admin.show(service, path(model.id), key)).filter(
        // Newer Nova shows limits of its network proxy, but takes them no more.
        ([name, value]) =>
          typeof value === 'number' && !/^(injected|fixed_ips|floating_ips|security_)/.test(name),
      );
      await admin.update(service, path(to), key, Object.fromEntries(limits));
    }),
  );
}

/** No limit on anything that a project can have many of. */
export async function liftQuotas(admin: Api, projectId: string): Promise<void> {
  await Promise.all(
    QUOTAS.map(async ([service, path, key]) => {
      const limits = Object.entries(await admin.show(service, path(projectId), key)).filter(
        ([name, value]) =>
          typeof value === 'number' &&
          !/^(injected|fixed_ips|floating_ips|security_|metadata_items|per_volume|server_group_members)/.test(
            service === 'network' ? '' : name,
          ),
      );
      const open = Object.fromEntries(limits.map(([name]) => [name, -1]));
      await admin.update(service, path(projectId), key, open);
    }),
  );
}

/** Gives back what `copyQuotas` set; a project that is gone must leave no row behind. */
export async function dropQuotas(admin: Api, projectId: string): Promise<void> {
  await Promise.all(QUOTAS.map(([service, path]) => admin.remove(service, path(projectId))));
}

/** A new user with a random password, who is nothing but a member of the project. */
export async function makeUser(admin: Api, projectId: string, label: string, roles = ROLES): Promise<Api> {
  const project = await admin.show('identity', `/projects/${projectId}`, 'project');
  const fields: Fields = {
    name: `${label}-${randomSuffix()}`,
    domain_id: project['domain_id'],
    default_project_id: projectId,
    description: `${MADE_BY}, for one project`,
    password: randomBytes(12).toString('hex'),
  };
  const user = await admin.create('identity', '/users', 'user', fields);
  await grant(admin, projectId, user.id, roles);
  const auth = {
    auth_url: admin.entry.auth.auth_url,
    username: String(fields['name']),
    password: String(fields['password']),
    user_domain_id: String(project['domain_id']),
    project_id: projectId,
  };
  return Api.login({...withoutAuthType(admin.entry), auth});
}

function withoutAuthType(entry: CloudEntry): CloudEntry {
  const {auth_type: _type, ...rest} = entry;
  return rest;
}

export async function makeProject(admin: Api, options: ProjectOptions = {}): Promise<Project> {
  const userEntry = readUser(options.user ?? 'alice', admin.entry.auth.auth_url);
  const domain = await domainId(admin, userEntry);
  const name = options.name ?? `rekindle-live-${randomSuffix()}`;
  const existing = await findProject(admin, name, domain);
  const row =
    existing ??
    (await admin.create('identity', '/projects', 'project', {
      name,
      domain_id: domain,
      description: `${MADE_BY}, safe to delete`,
    }));
  if (existing === undefined) await copyQuotas(admin, options.quotasOf ?? 'source', row.id);
  await grant(admin, row.id, admin.userId, ['admin', 'member']);
  const roles = options.adminRole === true ? [...ROLES, 'admin'] : ROLES;
  let entry = inProject(userEntry, row.id);
  let api: Api;
  if (options.freshUser === true) {
    api = await makeUser(admin, row.id, 'user', roles);
    entry = api.entry;
  } else {
    const query = `?name=${encodeURIComponent(userEntry.auth.username ?? '')}&domain_id=${domain}`;
    const [user] = await admin.list('identity', `/users${query}`, 'users');
    if (user === undefined) throw new Error(`no user ${userEntry.auth.username}`);
    await grant(admin, row.id, user.id, roles);
    api = await Api.login(entry);
  }
  return {
    id: row.id,
    name,
    created: existing === undefined,
    api,
    admin: await Api.login(inProject(admin.entry, row.id)),
    entry,
    yaml: cloudsYaml({[name]: entry}),
    environment: cloudEnvironment(entry),
  };
}
