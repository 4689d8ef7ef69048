/** Answers for a synthetic project on loopback, each request as late as it is told, and keeps count. */
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {setTimeout as sleep} from 'node:timers/promises';
import type {Examples} from './examples.ts';
import {pageOf} from './pages.ts';
import type {Project} from './project.ts';

/** One request that was answered. */
export interface Served {
  readonly method: string;
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** What the client sent of what an answer depends on. */
  readonly headers: Readonly<Record<string, string>>;
  readonly status: number;
  readonly bytes: number;
}

export interface SyntheticCloud {
  readonly origin: string;
  /** What --os-auth-url takes. */
  readonly authUrl: string;
  /** Requests since the last `reset`, in the order in which they came. */
  readonly served: readonly Served[];
  /** Most requests that were waited for at the same time, by service, and `all` of them. */
  readonly peaks: ReadonlyMap<string, number>;
  /** Text of what was answered to that one. */
  bodyOf(served: Served): string;
  /** Forgets the requests so far. */
  reset(): void;
  /** Milliseconds from request to answer. */
  delay(milliseconds: number): void;
  close(): Promise<void>;
}

const token = 'synthetic';
const carried = ['openstack-api-version', 'x-openstack-nova-api-version', 'accept'];

/** @param gate Each answer waits for it; default: for nothing but the delay. */
export async function startCloud(
  project: Project,
  examples: Examples,
  gate: () => Promise<void> | void = () => {},
): Promise<SyntheticCloud> {
  const served: Served[] = [];
  const peaks = new Map<string, number>();
  const running = new Map<string, number>();
  const bodies = new Map<string, {readonly status: number; readonly bytes: Buffer}>();
  let origin = '';
  let latency = 0;

  const enter = (service: string, step: 1 | -1): void => {
    for (const name of ['all', service]) {
      const now = (running.get(name) ?? 0) + step;
      running.set(name, now);
      peaks.set(name, Math.max(peaks.get(name) ?? 0, now));
    }
  };

  const fill = (text: string): Buffer =>
    Buffer.from(
      text
        .replaceAll('{{origin}}', origin)
        .replaceAll('{{token}}', token)
        .replaceAll('{{now}}', new Date().toISOString())
        .replaceAll('{{later}}', new Date(Date.now() + 3_600_000).toISOString()),
    );

  const made = (path: string, query: string): {readonly status: number; readonly bytes: Buffer} => {
    const collection = project.collections.get(path);
    const recorded = examples.fixed.get(path);
    if (collection !== undefined) {
      const {status, body} = pageOf(path, collection, query);
      return {status, bytes: fill(JSON.stringify(body))};
    }
    if (recorded !== undefined) return {status: recorded.status, bytes: fill(recorded.body)};
    return {status: 404, bytes: Buffer.from('{"error": {"code": 404, "message": "not in this cloud"}}')};
  };

  const bodyOf = (path: string, query: string): {readonly status: number; readonly bytes: Buffer} => {
    const key = `${path}?${query}`;
    const body = bodies.get(key) ?? made(path, query);
    // Made once: what is measured is the client, not this server.
    bodies.set(key, body);
    return body;
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin);
    const [path, query] = [url.pathname, url.search.replace(/^\?/u, '')];
    const method = request.method ?? 'GET';
    const service = serviceOf(path);
    enter(service, 1);
    request.resume();
    const asks = method === 'POST' && path.endsWith('/auth/tokens');
    const allowed = asks || request.headers['x-auth-token'] === token;
    const {status, bytes} = allowed
      ? bodyOf(path, query)
      : {status: 401, bytes: Buffer.from('{"error": {"code": 401, "message": "no token"}}')};
    const headers = Object.fromEntries(
      carried.flatMap(name => {
        const value = request.headers[name];
        return typeof value === 'string' ? [[name, value] as const] : [];
      }),
    );
    served.push({method, path, query, headers, status, bytes: bytes.length});
    if (latency > 0) await sleep(latency);
    await gate();
    enter(service, -1);
    response.writeHead(status, {
      'content-type': 'application/json',
      'content-length': String(bytes.length),
      ...(asks ? {'x-subject-token': token} : {}),
    });
    response.end(bytes);
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => response.destroy(error as Error));
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    authUrl: `${origin}/v3`,
    served,
    peaks,
    bodyOf: ({path, query}) => bodyOf(path, query).bytes.toString(),
    reset: () => {
      served.length = 0;
      peaks.clear();
    },
    delay: milliseconds => {
      latency = milliseconds;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

/** The first segment: each service lies below one of its own. */
export function serviceOf(path: string): string {
  const segment = path.split('/')[1] ?? '';
  return segment === 'v3' ? 'identity' : segment;
}
