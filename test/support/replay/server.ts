/** Serves a recorded cloud on a loopback port. */
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {askedOf} from './credential.ts';
import {keyOf, sortedQuery, type Recorded, type Recording} from './recording.ts';

export interface Request {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  /** How many requests with this method, path and query came before. */
  readonly before: number;
  readonly body: string;
  /** Lower-case names. */
  readonly headers: IncomingMessage['headers'];
}

/** What to do to an answer; for tests of what goes wrong. */
export type Fault =
  | {readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string}
  /** The connection ends, after that many bytes of the body. */
  | {readonly cut: number}
  /** The body trickles: one piece of that many bytes after another, that many milliseconds between them. */
  | {readonly drip: number; readonly pause: number}
  /** The answer comes that many milliseconds later. */
  | {readonly delay: number}
  /** No answer, ever. */
  | 'stall'
  /** The connection ends before a byte of the answer. */
  | 'reset'
  /** Every token is worth nothing from now on. */
  | 'expire';

/** An answer on its way to the client. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

export interface ReplayOptions {
  readonly fault?: (request: Request) => Fault | undefined;
  /** Makes another answer of what was recorded; for a cloud that pages, or whose rows change. */
  readonly change?: (request: Request, answer: Answered) => Answered;
  /** Finds what was recorded under another query: that a page was asked for, say. */
  readonly recordedQuery?: (request: Request) => string;
}

export interface Replay {
  /** As `http://127.0.0.1:41234`. */
  readonly origin: string;
  /** What --os-auth-url takes. */
  readonly authUrl: string;
  /** Requests that were not recorded, as `GET /compute/v2.1/servers`. */
  readonly misses: readonly string[];
  /** Number of requests by `METHOD /path`. */
  readonly counts: ReadonlyMap<string, number>;
  /** How many connections are open. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

const wrongSecret = 'wrong';

export async function startReplay(recording: Recording, options: ReplayOptions = {}): Promise<Replay> {
  const exchanges = new Map(recording.exchanges.map(exchange => [keyOf(exchange), exchange]));
  const misses: string[] = [];
  const counts = new Map<string, number>();
  const asked = new Map<string, number>();
  const tokens = new Set<string>();
  let origin = '';
  let issued = 0;

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', origin);
    const method = request.method ?? 'GET';
    const [path, query] = [url.pathname, sortedQuery(url.search)];
    const body = await textOf(request);
    counts.set(`${method} ${path}`, (counts.get(`${method} ${path}`) ?? 0) + 1);
    const key = keyOf({method, path, query});
    const before = asked.get(key) ?? 0;
    asked.set(key, before + 1);

    const asking = {method, path, query, before, body, headers: request.headers};
    const fault = options.fault?.(asking);
    if (fault === 'stall') return;
    if (fault === 'reset') {
      request.socket.destroy();
      return;
    }
    if (fault === 'expire') tokens.clear();
    else if (fault !== undefined && 'status' in fault) {
      send(response, fault.status, {'content-type': 'application/json', ...fault.headers}, fault.body ?? '');
      return;
    }
    const recorded = options.recordedQuery?.(asking) ?? query;
    const found = find(method, path, recorded, header(request, 'openstack-api-version'), body);
    if (found === undefined) {
      misses.push(`${method} ${path}${url.search}`);
      send(response, 501, {'content-type': 'text/plain'}, `not recorded: ${key}`);
      return;
    }
    if (found.token === true && !tokens.has(header(request, 'x-auth-token') ?? '')) {
      send(response, 401, {'content-type': 'application/json'}, unauthorized);
      return;
    }
    const token = `replayed-${issued}`;
    if (found.credential === 'right') {
      issued += 1;
      tokens.add(token);
    }
    const fill = (text: string): string =>
      text
        .replaceAll('{{origin}}', origin)
        .replaceAll('{{token}}', token)
        .replaceAll('{{now}}', new Date().toISOString())
        .replaceAll('{{later}}', new Date(Date.now() + 3_600_000).toISOString());
    const plain: Answered = {
      status: found.status,
      headers: Object.fromEntries(Object.entries(found.headers).map(([name, value]) => [name, fill(value)])),
      text: fill(found.body),
    };
    const {status, headers, text} = options.change?.(asking, plain) ?? plain;
    if (fault === undefined || fault === 'expire') {
      send(response, status, headers, text);
    } else if ('delay' in fault) {
      setTimeout(() => send(response, status, headers, text), fault.delay);
    } else {
      const bytes = Buffer.from(text);
      response.writeHead(status, {...headers, 'content-length': String(bytes.length)});
      if ('cut' in fault) response.write(bytes.subarray(0, fault.cut), () => request.socket.destroy());
      else drip(response, bytes, fault);
    }
  };

  const find = (
    method: string,
    path: string,
    query: string,
    microversion: string | undefined,
    body: string,
  ): Recorded | undefined => {
    if (method === 'POST' && path.endsWith('/auth/tokens')) {
      const {secret, project} = askedOf(body);
      const known = project === undefined || projectsOf(recording, exchanges).includes(project);
      const credential = secret === wrongSecret || secret === '' || !known ? 'wrong' : 'right';
      return exchanges.get(keyOf({method, path, query, credential}));
    }
    const asked = {method, path, query};
    return (
      exchanges.get(keyOf(microversion === undefined ? asked : {...asked, microversion})) ??
      exchanges.get(keyOf(asked))
    );
  };

  const server = createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      send(response, 500, {'content-type': 'text/plain'}, String(error));
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    authUrl: `${origin}/v3`,
    misses,
    counts,
    connections: () =>
      new Promise((resolve, reject) => {
        server.getConnections((error, count) => (error === null ? resolve(count) : reject(error)));
      }),
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

const unauthorized = JSON.stringify({
  error: {code: 401, title: 'Unauthorized', message: 'The request you have made requires authentication.'},
});

/** Name and id of the project that the recorded token is for. */
function projectsOf(recording: Recording, exchanges: ReadonlyMap<string, Recorded>): string[] {
  const right = [...exchanges.values()].find(({credential}) => credential === 'right');
  const {token} = JSON.parse(right?.body ?? '{}') as {token?: {project?: {id?: string}}};
  return [recording.project.name, token?.project?.id ?? ''];
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function send(
  response: ServerResponse,
  status: number,
  headers: Readonly<Record<string, string>>,
  body: string,
): void {
  if (response.headersSent) return;
  response.writeHead(status, {...headers, 'content-length': String(Buffer.byteLength(body))});
  // Given a text, Node would write the headers before it in UTF-8 too, and once more encode what already is.
  response.end(Buffer.from(body));
}

function drip(response: ServerResponse, bytes: Buffer, fault: {drip: number; pause: number}): void {
  if (response.destroyed) return;
  response.write(bytes.subarray(0, fault.drip));
  const rest = bytes.subarray(fault.drip);
  if (rest.length === 0) response.end();
  else setTimeout(() => drip(response, rest, fault), fault.pause);
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
