/** One connection with one large body on it, either way; what is waited for has its limit. */
import http from 'node:http';
import https from 'node:https';

import {RekindleError} from '../../model/errors.ts';
import {type Secrets} from '../../model/secrets.ts';
import {type Clock, type Logger} from '../types.ts';
import {type Agents, type Route, throughProxy} from './agents.ts';
import {type Failure, failureOf} from './failure.ts';
import {type HttpRequest} from './request.ts';
import {signalOf, throwIfAborted} from './signals.ts';
import {type Tls} from './tls.ts';
import {traceRequest} from './trace.ts';

export interface StreamsContext {
  readonly agents: Agents;
  readonly secrets: Secrets;
  readonly tls: Tls;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Seconds; here of silence. */
  readonly timeout: number | undefined;
  /** Sent with every request. */
  readonly headers: Readonly<Record<string, string>>;
  record(request: HttpRequest, since: number, status?: number, requestId?: string): void;
}

/** One connection with one request on it. */
export interface Line {
  readonly client: http.ClientRequest;
  readonly answer: Promise<http.IncomingMessage>;
  /** Ends the connection where the promise takes longer. */
  wait<T>(promise: Promise<T>, milliseconds: number): Promise<T>;
  /** What was thrown, in our words. */
  failed(thrown: unknown): Failure;
  close(): void;
}

/** @param more Headers of this kind of request; with an expectation, the body is still to come. */
export function lineOf(
  request: HttpRequest,
  more: Readonly<Record<string, string>>,
  context: StreamsContext,
): Line {
  const signal = signalOf(request, context);
  throwIfAborted(signal, request);
  // A connection of its own: it may be long in use, and is thrown away where the transfer ends early.
  const route = context.agents.route(request.url, true);
  traceRequest(request, context.logger);
  const headers = {...context.headers, 'accept-encoding': 'identity', ...request.headers, ...more};
  const client = begin(request, headers, route, context.tls);
  const stop = (): void => void client.destroy();
  signal?.addEventListener('abort', stop, {once: true});
  const answer = new Promise<http.IncomingMessage>((resolve, reject) => {
    client.once('response', resolve);
    client.on('error', reject);
    client.once('close', () => reject(Object.assign(new Error('closed'), {code: 'ECONNRESET'})));
  });
  answer.catch(() => {});
  client.flushHeaders();
  if (more['expect'] === undefined) client.end();
  let silentFor: number | undefined;
  return {
    client,
    answer,
    async wait(promise, milliseconds) {
      const timer = setTimeout(() => {
        silentFor = milliseconds;
        client.destroy();
      }, milliseconds);
      try {
        return await promise;
      } finally {
        clearTimeout(timer);
      }
    },
    failed(thrown) {
      throwIfAborted(signal, request);
      const failure =
        silentFor !== undefined
          ? silent(request, silentFor)
          : thrown instanceof RekindleError
            ? {code: '', error: thrown}
            : failureOf(thrown, request, route.proxy, context.secrets);
      context.logger.log('debug', `< ${failure.error.message}`);
      return failure;
    },
    close() {
      signal?.removeEventListener('abort', stop);
      client.destroy();
    },
  };
}

function begin(
  {method, url}: HttpRequest,
  headers: Readonly<Record<string, string>>,
  {agent, proxy}: Route,
  tls: Tls,
): http.ClientRequest {
  const options: https.RequestOptions = {
    method,
    headers,
    rejectUnauthorized: tls.verify,
    ...(tls.ca === undefined ? {} : {ca: tls.ca}),
    ...(tls.cert === undefined ? {} : {cert: tls.cert}),
    ...(tls.key === undefined ? {} : {key: tls.key}),
  };
  if (url.protocol === 'https:') return https.request(url, {...options, agent: agent.https});
  if (proxy !== undefined) return throughProxy(url, {...options, agent: agent.http}, proxy);
  return http.request(url, {...options, agent: agent.http});
}

function silent(request: HttpRequest, milliseconds: number): Failure {
  const {service, method, path, url} = request;
  return {
    code: 'ETIMEDOUT',
    error: new RekindleError(
      'timeout',
      `${service}: ${method} ${path}: ${url.host} was silent for ${milliseconds / 1000} s`,
      {service, method, path, hint: 'a longer limit is set with api_timeout or --http-timeout'},
    ),
  };
}
