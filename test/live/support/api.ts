/**
 * A small REST client for the live tests: Keystone login, catalog, JSON calls, waiting. It shares no code with src/,
 * so that what it reads is a second opinion on what src/ reads.
 */
import pLimit from 'p-limit';
import {readCloud, type CloudAuth, type CloudEntry} from './clouds.ts';

export type Service =
  | 'identity'
  | 'compute'
  | 'network'
  | 'volume'
  | 'image'
  | 'orchestration'
  | 'load-balancer'
  | 'object-store'
  | 'key-manager'
  | 'dns'
  | 'alarm'
  | 'share';

/** What an API answered for one resource. */
export interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}

export type Fields = Readonly<Record<string, unknown>>;

/** An answer of an API that isn't a success. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly status: number;

  constructor(call: string, status: number, text: string) {
    super(`${call}: ${status} ${sentence(text)}`);
    this.status = status;
  }
}

/** The catalog has no such service. */
export class NoService extends Error {
  override readonly name = 'NoService';
}

/** Every service wraps its message in another way; the longest string called message, detail or explanation is it. */
function sentence(text: string): string {
  let found = '';
  const visit = (value: unknown, key: string): void => {
    if (typeof value === 'string' && /message|detail|explanation/i.test(key) && value.length > found.length)
      found = value;
    else if (typeof value === 'object' && value !== null) {
      for (const [inner, item] of Object.entries(value)) visit(item, inner);
    }
  };
  try {
    visit(JSON.parse(text), '');
  } catch {
    // Not JSON: a proxy's page or nothing at all, shown as it is.
  }
  return (found === '' ? text : found).replaceAll(/\s+/g, ' ').slice(0, 600);
}

/** Catalog types of a service, the official one first. */
const TYPES: Readonly<Record<Service, readonly string[]>> = {
  identity: ['identity'],
  compute: ['compute'],
  network: ['network'],
  volume: ['volumev3', 'block-storage', 'block-store'],
  image: ['image'],
  orchestration: ['orchestration'],
  'load-balancer': ['load-balancer'],
  'object-store': ['object-store'],
  'key-manager': ['key-manager'],
  dns: ['dns'],
  alarm: ['alarming', 'alarm'],
  share: ['shared-file-system', 'sharev2'],
};

/** Fixed microversions, old enough for every release since Zed. */
const VERSION_HEADERS: Readonly<Partial<Record<Service, string>>> = {
  compute: 'compute 2.90',
  volume: 'volume 3.66',
};

/** Version path that a catalog endpoint may leave out. */
const VERSION_PATHS: Readonly<Partial<Record<Service, string>>> = {
  network: '/v2.0',
  image: '/v2',
  identity: '/v3',
  'load-balancer': '/v2',
  'key-manager': '/v1',
  dns: '/v2',
  alarm: '/v2',
};

interface Token {
  readonly project?: {readonly id: string; readonly name: string};
  readonly user: {readonly id: string; readonly name: string};
  readonly roles?: readonly {readonly name: string}[];
  readonly catalog?: readonly {
    readonly type: string;
    readonly endpoints: readonly {
      readonly interface: string;
      readonly region: string;
      readonly url: string;
    }[];
  }[];
}

function domain(name: string | undefined, id: string | undefined): Fields {
  if (id !== undefined) return {id};
  return {name: name ?? 'Default'};
}

function identity(auth: CloudAuth): Fields {
  const user =
    auth.user_id === undefined
      ? {name: auth.username, domain: domain(auth.user_domain_name, auth.user_domain_id)}
      : {id: auth.user_id};
  const secret = auth.application_credential_secret;
  if (secret === undefined)
    return {methods: ['password'], password: {user: {...user, password: auth.password}}};
  const credential =
    auth.application_credential_id === undefined
      ? {name: auth.application_credential_name, user}
      : {id: auth.application_credential_id};
  return {methods: ['application_credential'], application_credential: {...credential, secret}};
}

function scope(auth: CloudAuth): Fields {
  if (auth.project_id !== undefined) return {scope: {project: {id: auth.project_id}}};
  if (auth.project_name === undefined) return {};
  const owner = domain(auth.project_domain_name, auth.project_domain_id);
  return {scope: {project: {name: auth.project_name, domain: owner}}};
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise(resolve => setTimeout(resolve, milliseconds));

/** Sends once; repeats a call that may be repeated when the server hung up or was busy. */
async function send(url: string, init: RequestInit): Promise<{response: Response; text: string}> {
  const repeatable = init.method === 'GET' || init.method === 'DELETE';
  for (let attempt = 1; ; attempt += 1) {
    try {
      const response = await fetch(url, {...init, signal: AbortSignal.timeout(300_000)});
      const text = await response.text();
      if (response.status < 500 || !repeatable || attempt === 4) return {response, text};
    } catch (error) {
      if (!repeatable || attempt === 4) throw new Error(`${init.method} ${url}: no answer`, {cause: error});
    }
    await sleep(500 * attempt);
  }
}

/**
 * Calls under way, of all clients of this process together. A small cloud answers more of them at once no faster: the
 * two Neutron workers of the test cloud fall behind, take OVN's agent for dead and refuse to bind ports.
 */
const atOnce = pLimit(4);

export class Api {
  readonly entry: CloudEntry;
  readonly projectId: string;
  readonly projectName: string;
  readonly userId: string;
  readonly userName: string;
  readonly roles: readonly string[];
  readonly #token: string;
  readonly #endpoints: ReadonlyMap<Service, string>;

  private constructor(entry: CloudEntry, token: string, about: Token) {
    this.entry = entry;
    this.#token = token;
    this.projectId = about.project?.id ?? '';
    this.projectName = about.project?.name ?? '';
    this.userId = about.user.id;
    this.userName = about.user.name;
    this.roles = (about.roles ?? []).map(role => role.name).sort();
    this.#endpoints = endpoints(entry, about);
  }

  /** Logs in with an entry of clouds.yaml, given by name or as it is. */
  static async login(cloud: string | CloudEntry): Promise<Api> {
    const entry = typeof cloud === 'string' ? readCloud(cloud) : cloud;
    const url = `${entry.auth.auth_url.replace(/\/(v3\/?)?$/, '')}/v3/auth/tokens`;
    const {response, text} = await send(url, {
      method: 'POST',
      headers: {'content-type': 'application/json'},
      body: JSON.stringify({auth: {identity: identity(entry.auth), ...scope(entry.auth)}}),
    });
    const token = response.headers.get('x-subject-token');
    if (!response.ok || token === null) throw new ApiError(`POST ${url}`, response.status, text);
    return new Api(entry, token, (JSON.parse(text) as {token: Token}).token);
  }

  has(service: Service): boolean {
    return this.#endpoints.has(service);
  }

  /**
   * One call; `path` is below the service's endpoint and starts with a slash. An empty answer gives undefined.
   * @param body JSON, or bytes as they are.
   */
  async call(
    method: string,
    service: Service,
    path: string,
    body?: unknown,
    more: Readonly<Record<string, string>> = {},
  ): Promise<unknown> {
    const base = this.#endpoints.get(service);
    if (base === undefined)
      throw new NoService(`the catalog of ${this.entry.auth.auth_url} has no ${service} service`);
    const version = VERSION_HEADERS[service];
    const isBytes = body instanceof Uint8Array;
    const headers: Record<string, string> = {
      accept: 'application/json',
      'x-auth-token': this.#token,
      ...(version === undefined ? {} : {'openstack-api-version': version}),
      ...(body === undefined
        ? {}
        : {'content-type': isBytes ? 'application/octet-stream' : 'application/json'}),
      ...more,
    };
    const payload = body === undefined ? {} : {body: isBytes ? body : JSON.stringify(body)};
    const {response, text} = await atOnce(() => send(base + path, {method, headers, ...payload}));
    if (!response.ok) throw new ApiError(`${method} ${service} ${path}`, response.status, text);
    const isJson = text !== '' && /json/.test(response.headers.get('content-type') ?? 'json');
    return isJson ? (JSON.parse(text) as unknown) : undefined;
  }

  /** Creates a resource: sends `{key: fields}` and gives back what the answer holds under the same key. */
  async create(service: Service, path: string, key: string, fields: Fields): Promise<Row> {
    return field(await this.call('POST', service, path, {[key]: fields}), key) as Row;
  }

  async update(service: Service, path: string, key: string, fields: Fields): Promise<Row> {
    return field(await this.call('PUT', service, path, {[key]: fields}), key) as Row;
  }

  async show(service: Service, path: string, key: string): Promise<Row> {
    return field(await this.call('GET', service, path), key) as Row;
  }

  /** Every row of a list, following the links to the next page. */
  async list(service: Service, path: string, key: string): Promise<Row[]> {
    const rows: Row[] = [];
    for (let next: string | undefined = path; next !== undefined;) {
      const page: unknown = await this.call('GET', service, next);
      rows.push(...(field(page, key) as Row[]));
      next = nextPath(page, key, path);
    }
    return rows;
  }

  /** Deletes; true unless it was gone already. */
  async remove(service: Service, path: string): Promise<boolean> {
    try {
      await this.call('DELETE', service, path);
      return true;
    } catch (error) {
      if (error instanceof ApiError && error.status === 404) return false;
      throw error;
    }
  }

  /** Reads a resource until its status is wanted; throws where it ends in another final one. */
  async waitFor(service: Service, path: string, key: string, wanted: string, seconds = 600): Promise<Row> {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      const row = await this.show(service, path, key);
      const status = String(row['status'] ?? row['stack_status']);
      if (status.toLowerCase() === wanted.toLowerCase()) return row;
      if (/^error|_FAILED$/i.test(status) || Date.now() > end) {
        const reason = JSON.stringify(row['fault'] ?? row['stack_status_reason'] ?? '');
        throw new Error(`${service} ${path}: ${status} instead of ${wanted} ${reason}`);
      }
      await sleep(400);
    }
  }
}

function endpoints(entry: CloudEntry, about: Token): Map<Service, string> {
  const wanted = entry.interface?.replace(/URL$/, '') ?? 'public';
  const found = new Map<Service, string>([['identity', entry.auth.auth_url]]);
  for (const service of Object.keys(TYPES) as Service[]) {
    const type = TYPES[service].find(name => about.catalog?.some(item => item.type === name));
    const url = about.catalog
      ?.find(item => item.type === type)
      ?.endpoints.find(
        item =>
          item.interface === wanted && (entry.region_name === undefined || item.region === entry.region_name),
      )?.url;
    if (url !== undefined) found.set(service, url);
  }
  for (const [service, url] of found) {
    const base = url.replace(/\/+$/, '');
    const version = VERSION_PATHS[service];
    found.set(service, version === undefined || /\/v\d[\d.]*$/.test(base) ? base : base + version);
  }
  return found;
}

/** One key of an answer; a missing one is an error, never an empty result. */
function field(answer: unknown, key: string): unknown {
  const value = typeof answer === 'object' && answer !== null ? (answer as Fields)[key] : undefined;
  if (value === undefined)
    throw new Error(`the answer has no ${key}: ${JSON.stringify(answer)?.slice(0, 200)}`);
  return value;
}

/** Nova, Cinder and Neutron: `<key>_links`; Keystone: `links.next`; Glance: `next`. Only the query is used. */
function nextPath(page: unknown, key: string, path: string): string | undefined {
  const answer = page as Fields;
  const links = answer[`${key}_links`];
  const keystone = answer['links'];
  let href: unknown = answer['next'];
  if (Array.isArray(links))
    href = (links as {rel: string; href: string}[]).find(link => link.rel === 'next')?.href;
  else if (typeof keystone === 'object' && keystone !== null) href = (keystone as Fields)['next'];
  if (typeof href !== 'string' || !href.includes('?')) return undefined;
  return path.replace(/\?.*/, '') + href.slice(href.indexOf('?'));
}
