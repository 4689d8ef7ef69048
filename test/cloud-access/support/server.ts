import http from 'node:http';
import https from 'node:https';
import {type AddressInfo} from 'node:net';

import {type ExecutionContext} from 'ava';

export interface Seen {
  readonly method: string;
  /** Path with its query. */
  readonly url: string;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly json?: unknown;
  readonly text?: string;
  /** Does it all itself: breaking the connection, say. */
  readonly raw?: (request: http.IncomingMessage, response: http.ServerResponse) => void;
}

/** @param count How many requests came before this one. */
export type Handler = (seen: Seen, count: number) => Reply | Promise<Reply>;

export interface Server {
  readonly url: string;
  readonly port: number;
  readonly seen: readonly Seen[];
  /** Connections accepted so far. */
  readonly connections: () => number;
  readonly server: http.Server;
  close(): void;
}

/** A real server on loopback, closed with the test. */
export async function serve(
  t: ExecutionContext,
  handler: Handler,
  tls?: https.ServerOptions,
): Promise<Server> {
  const seen: Seen[] = [];
  let connections = 0;
  const listener: http.RequestListener = (request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const one = {
        method: request.method ?? '',
        url: request.url ?? '',
        headers: request.headers,
        body: Buffer.concat(parts).toString('utf8'),
      };
      seen.push(one);
      void answer(one, seen.length - 1, request, response);
    });
  };
  const answer = async (
    one: Seen,
    count: number,
    request: http.IncomingMessage,
    response: http.ServerResponse,
  ): Promise<void> => {
    const {status = 200, headers = {}, json, text, raw} = await handler(one, count);
    if (raw !== undefined) {
      raw(request, response);
      return;
    }
    const type = json === undefined ? {} : {'content-type': 'application/json'};
    response.writeHead(status, {...type, ...headers});
    response.end(json === undefined ? text : JSON.stringify(json));
  };
  const server = tls === undefined ? http.createServer(listener) : https.createServer(tls, listener);
  server.on('connection', () => connections++);
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const {port} = server.address() as AddressInfo;
  const close = (): void => {
    server.closeAllConnections();
    server.close();
  };
  t.teardown(close);
  const scheme = tls === undefined ? 'http' : 'https';
  return {url: `${scheme}://127.0.0.1:${port}`, port, seen, connections: () => connections, server, close};
}
