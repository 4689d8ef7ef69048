import {type ExecutionContext} from 'ava';

import {
  type CloudOptions,
  type Service,
  type Session,
  type Surroundings,
  openSession,
} from '../../../src/cloud/index.ts';
import {type Handler, type Reply, type Seen, type Server, serve} from './server.ts';
import {type Heard, type TestClock, surroundingsOf} from './surroundings.ts';

export interface CatalogRow {
  readonly type: string;
  readonly name?: string;
  readonly endpoints: readonly object[];
}

export interface TokenChanges {
  readonly id?: string;
  readonly project?: object | null;
  readonly expires_at?: string;
  readonly methods?: readonly string[];
  readonly catalog?: readonly CatalogRow[];
  readonly status?: number;
}

const DOMAIN = {id: 'default', name: 'Default'};

/** Keystone's 201, as the real one answers it. */
export function tokenReply({id = 'token-1', status = 201, ...changes}: TokenChanges = {}): Reply {
  const {project, ...rest} = changes;
  const token = {
    methods: ['password'],
    user: {id: 'u-1', name: 'ann', domain: DOMAIN, password_expires_at: null},
    expires_at: new Date(Date.now() + 3_600_000).toISOString(),
    issued_at: new Date().toISOString(),
    roles: [
      {id: 'r2', name: 'reader'},
      {id: 'r1', name: 'member'},
    ],
    ...(project === null ? {} : {project: project ?? {id: 'p-1', name: 'web', domain: DOMAIN}}),
    ...rest,
  };
  return {status, headers: {'x-subject-token': id}, json: {token}};
}

export const REFUSED: Reply = {
  status: 401,
  json: {
    error: {code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.'},
  },
};

/** A catalog row with one public endpoint. */
export function row(type: string, url: string, region = 'R'): CatalogRow {
  return {type, name: type, endpoints: [{interface: 'public', region_id: region, region, url}]};
}

export interface FakeCloud extends Server {
  /** What was sent to Keystone's token resource. */
  readonly auths: () => readonly unknown[];
}

/** One server that is Keystone and, by the handler, every service. */
export async function cloud(
  t: ExecutionContext,
  services: Handler = () => ({status: 404}),
  auth: (seen: Seen, count: number, url: string) => Reply | Promise<Reply> = () => tokenReply(),
): Promise<FakeCloud> {
  let count = 0;
  const holder = {url: ''};
  const server = await serve(t, (seen, all) =>
    seen.url.endsWith('/auth/tokens') ? auth(seen, count++, holder.url) : services(seen, all),
  );
  holder.url = server.url;
  const auths = (): readonly unknown[] =>
    server.seen
      .filter(seen => seen.method === 'POST' && seen.url.endsWith('/auth/tokens'))
      .map(seen => JSON.parse(seen.body));
  return {...server, auths};
}

export interface Opened {
  readonly session: Session;
  readonly heard: readonly Heard[];
  readonly clock: TestClock;
}

/** Opens a session by variables alone, so that no file of this machine counts. */
export async function open(
  t: ExecutionContext,
  server: {readonly url: string},
  {env = {}, options = {}, ...changes}: Partial<Surroundings> & {readonly options?: CloudOptions} = {},
): Promise<Opened> {
  const password = {OS_USERNAME: 'ann', OS_PASSWORD: 'ann-pass', OS_PROJECT_NAME: 'web'};
  const domains = {OS_USER_DOMAIN_NAME: 'Default', OS_PROJECT_DOMAIN_NAME: 'Default'};
  const own = env['OS_AUTH_TYPE'] === undefined ? {...password, ...domains} : {};
  const surroundings = surroundingsOf({
    cwd: '/nonexistent',
    home: '/nonexistent',
    ...changes,
    env: {OS_AUTH_URL: `${server.url}/identity`, OS_CLOUD_NAME: 'fake', ...own, ...env},
  });
  const session = await openSession(options, surroundings);
  t.teardown(() => session.close());
  return {session, heard: surroundings.heard, clock: surroundings.clock};
}

/** A service that must be there. */
export async function serviceOf(session: Session, type: string): Promise<Service> {
  const service = await session.service(type);
  if (service === undefined) throw new Error(`no ${type} in the catalog`);
  return service;
}
