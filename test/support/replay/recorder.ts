/** A reverse proxy in front of a real cloud that writes down what passes, scrubbed. */
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';
import {askedOf, withWrongSecret} from './credential.ts';
import {keyOf, sortedQuery, type Recorded} from './recording.ts';
import {scrub} from './scrub.ts';

export interface Recorder {
  /** What to give as --os-auth-url instead of the cloud's own. */
  readonly authUrl: string;
  /** Everything that passed so far, scrubbed; the same request twice counts once, with its last answer. */
  exchanges(): Recorded[];
  close(): Promise<void>;
}

interface Token {
  token?: {catalog?: {type: string; endpoints: {url: string}[]}[]};
}

export interface RecorderOptions {
  /** Service types whose lists the recorded role may not read: answered 403 as by their policy. */
  readonly deny?: readonly string[];
}

/** @param authUrl The cloud's own, as `https://cloud.example:5000/v3`. */
export async function startRecorder(authUrl: string, options: RecorderOptions = {}): Promise<Recorder> {
  const keystone = new URL(authUrl);
  /** Real origin to the segment it answers below here; Keystone's has none. */
  const segments = new Map<string, string>([[keystone.origin, '']]);
  const seen = new Map<string, Recorded>();
  const secrets = new Set<string>();
  let own = '';

  const learn = (body: string): void => {
    for (const {type, endpoints} of (JSON.parse(body) as Token).token?.catalog ?? []) {
      for (const {url} of endpoints) {
        const {origin} = new URL(url.replaceAll(/[$%]\([^)]*\)s/g, ''));
        if (segments.has(origin)) continue;
        const taken = new Set(segments.values());
        const names = [`/${type}`, ...[2, 3, 4, 5, 6, 7, 8, 9].map(n => `/${type}-${n}`)];
        segments.set(origin, names.find(name => !taken.has(name)) ?? `/${origin}`);
      }
    }
  };

  const toReal = (url: URL): string => {
    for (const [origin, segment] of segments) {
      if (segment !== '' && (url.pathname === segment || url.pathname.startsWith(`${segment}/`))) {
        return `${origin}${url.pathname.slice(segment.length)}${url.search}`;
      }
    }
    return `${keystone.origin}${url.pathname}${url.search}`;
  };

  /** Version documents stay open, as they are to everybody. */
  const isDenied = ({pathname}: URL): boolean =>
    (options.deny ?? []).some(
      type => pathname.startsWith(`/${type}/`) && !/^\/[^/]*\/(?:v[\d.]+\/?)?$/.test(pathname),
    );

  const rewritten = (text: string, to: string): string => {
    let rewritten = text;
    const byLength = [...segments].sort(([a], [b]) => b.length - a.length);
    for (const [origin, segment] of byLength) rewritten = rewritten.replaceAll(origin, `${to}${segment}`);
    return rewritten;
  };

  const forward = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const url = new URL(request.url ?? '/', own);
    const method = request.method ?? 'GET';
    const body = await textOf(request);
    const headers = passedOn(request);
    const isToken = method === 'POST' && url.pathname.endsWith('/auth/tokens');
    if (headers['x-auth-token'] !== undefined) secrets.add(headers['x-auth-token']);
    const asked = {method, path: url.pathname, query: sortedQuery(url.search)};
    const microversion = headers['openstack-api-version'];
    const record = async (body: string, credential?: 'right' | 'wrong'): Promise<Answer> => {
      const answer = isDenied(url) ? forbidden : await send(method, toReal(url), headers, body);
      const subject = answer.headers['x-subject-token'];
      if (subject !== undefined) secrets.add(subject);
      if (credential === 'right' && answer.status === 201) learn(answer.body);
      const exchange: Recorded = {
        ...asked,
        ...(microversion === undefined ? {} : {microversion}),
        ...(headers['x-auth-token'] === undefined ? {} : {token: true}),
        ...(credential === undefined ? {} : {credential}),
        ...answer,
      };
      seen.set(keyOf(exchange), exchange);
      return answer;
    };
    if (isToken) {
      secrets.add(askedOf(body).secret);
      await record(withWrongSecret(body), 'wrong');
    }
    const answer = await record(body, isToken ? 'right' : undefined);
    const text = rewritten(answer.body, own);
    const back = Object.entries(answer.headers).filter(([name]) => !hopByHop.has(name));
    response.writeHead(answer.status, {
      ...Object.fromEntries(back.map(([name, value]) => [name, rewritten(value, own)])),
      'content-length': String(Buffer.byteLength(text)),
    });
    response.end(Buffer.from(text));
  };

  const server = createServer((request, response) => {
    forward(request, response).catch((error: unknown) => {
      response.writeHead(502, {'content-type': 'text/plain'}).end(String(error));
    });
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  own = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    authUrl: `${own}${keystone.pathname}`,
    exchanges: () => {
      const origins = [...segments].map(([origin, segment]) => [origin, `{{origin}}${segment}`] as const);
      return scrub([...seen.values()], {secrets, origins});
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise(resolve => {
        server.close(resolve);
      });
    },
  };
}

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const forbidden: Answer = {
  status: 403,
  headers: {'content-type': 'application/json'},
  body: '{"forbidden": {"code": 403, "message": "Policy does not allow this request to be performed."}}',
};

const hopByHop = new Set([
  'connection',
  'keep-alive',
  'transfer-encoding',
  'content-length',
  'content-encoding',
]);
const passed = /^(?:accept|content-type|openstack-api-version|x-.*)$/;

function passedOn(request: IncomingMessage): Record<string, string> {
  const entries = Object.entries(request.headers).flatMap(([name, value]) =>
    typeof value === 'string' && passed.test(name) ? [[name, value] as const] : [],
  );
  return {...Object.fromEntries(entries), 'accept-encoding': 'identity'};
}

async function send(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body: string,
): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers,
    redirect: 'manual',
    ...(body === '' ? {} : {body}),
  });
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}
