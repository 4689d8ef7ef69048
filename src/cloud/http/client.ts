import {readFileSync} from 'node:fs';

import {type Got, type OptionsInit, got} from 'got';
import pLimit, {type LimitFunction} from 'p-limit';

import {RekindleError} from '../../model/errors.ts';
import {type Clock, type Exchange, type Logger} from '../types.ts';
import {createAgents, throughProxy} from './agents.ts';
import {type Failure, failureOf} from './failure.ts';
import {MOST_REDIRECTS, redirected} from './redirect.ts';
import {type HttpAnswer, type HttpRequest, requestIdOf} from './request.ts';
import {retryAfter} from './retry.ts';
import {createSecrets, type Secrets} from '../../model/secrets.ts';
import {signalOf, throwIfAborted} from './signals.ts';
import {createStreams, type Streams} from './streams.ts';
import {type Tls} from './tls.ts';
import {traceAnswer, traceRequest} from './trace.ts';

const CONNECT_MS = 10_000;
const RESPONSE_MS = 60_000;
const TOTAL_MS = 120_000;
/** A list page is at most some ten megabytes: this only keeps a broken or hostile server from filling the memory. */
const LARGEST_BODY = 256 * 1024 * 1024;
const AT_ONCE = 8;
/** Some clouds allow 60 calls a minute and user. */
const AT_ONCE_IDENTITY = 2;

export interface HttpOptions {
  readonly tls: Tls;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** Seconds for one whole request. */
  readonly timeout: number | undefined;
  /** Sent as X-Openstack-Request-Id: one per run, so that an operator finds all of it in the logs. */
  readonly runId: string;
  /** What no message may tell; default: nothing is known. */
  readonly secrets?: Secrets | undefined;
  /** Bytes after decompression; only tests change it. */
  readonly largestBody?: number;
}

export interface Http {
  /**
   * One request with its retries and redirects; every status is an answer.
   * @throws RekindleError where no answer came.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** Bodies that are too large to be held. */
  readonly streams: Streams;
  readonly exchanges: readonly Exchange[];
  readonly secrets: Secrets;
  close(): void;
}

export function createHttp(options: HttpOptions): Http {
  const agents = createAgents(options.env, options.tls);
  const client = clientFor(options);
  const secrets = options.secrets ?? createSecrets();
  const exchanges: Exchange[] = [];
  const limits = new Map<string, LimitFunction>();

  const limitFor = (service: string): LimitFunction => {
    const limit = limits.get(service) ?? pLimit(service === 'identity' ? AT_ONCE_IDENTITY : AT_ONCE);
    limits.set(service, limit);
    return limit;
  };

  const record = (request: HttpRequest, since: number, status?: number, requestId?: string): void => {
    const {service, method, path} = request;
    const exchange = {service, method, path, status, milliseconds: performance.now() - since, requestId};
    exchanges.push(exchange);
    options.logger.timing?.(exchange);
  };

  /** One try of one hop. */
  const exchange = async (
    request: HttpRequest,
  ): Promise<Omit<HttpAnswer, 'tokenDropped' | 'tries'> | Failure> => {
    const signal = signalOf(request, options);
    throwIfAborted(signal, request);
    const idempotent = ['GET', 'HEAD', 'DELETE'].includes(request.method) || request.safe === true;
    const route = agents.route(request.url, !idempotent);
    traceRequest(request, options.logger);
    const since = performance.now();
    try {
      const answer = await receive(client, request, route, signal, options.largestBody ?? LARGEST_BODY);
      record(request, since, answer.status, requestIdOf(answer.headers));
      traceAnswer(request, answer, performance.now() - since, options.logger);
      return answer;
    } catch (thrown) {
      throwIfAborted(signal, request);
      record(request, since);
      if (thrown instanceof RekindleError) throw thrown;
      const failure = failureOf(thrown, request, route.proxy, secrets);
      options.logger.log('debug', `< ${failure.error.message}`);
      return failure;
    }
  };

  const withRedirects = async (first: HttpRequest): Promise<Omit<HttpAnswer, 'tries'> | Failure> => {
    let request = first;
    let tokenDropped = false;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const answer = await exchange(request);
      if ('error' in answer) return answer;
      const next = redirected(request, answer);
      if (next === undefined) return {...answer, tokenDropped};
      request = next.request;
      tokenDropped ||= next.tokenDropped;
    }
    const {service, method, path} = first;
    throw new RekindleError('protocol', `${service}: ${method} ${path} is redirected in circles`, {
      service,
      method,
      path,
    });
  };

  const withRetries = async (request: HttpRequest): Promise<HttpAnswer> => {
    const safe = ['GET', 'HEAD', 'DELETE'].includes(request.method) || request.safe === true;
    for (let tries = 1; ; tries++) {
      const outcome = await withRedirects(request);
      const wait = retryAfter(outcome, tries, safe, options.clock);
      if (wait === undefined) {
        if ('error' in outcome) throw outcome.error;
        return {...outcome, tries};
      }
      const why = 'error' in outcome ? outcome.code : `status ${outcome.status}`;
      const {service, method, path} = request;
      options.logger.log('info', `${service}: ${method} ${path}: ${why}, next try in ${wait} ms`);
      await options.clock.sleep(wait, signalOf(request, options));
    }
  };

  const {tls, logger, clock, signal, timeout, runId} = options;
  return {
    exchanges,
    secrets,
    streams: createStreams({
      agents,
      secrets,
      record,
      tls,
      logger,
      clock,
      signal,
      timeout,
      headers: commonHeaders(runId),
    }),
    send: request => limitFor(request.service)(() => withRetries(request)),
    close: () => agents.close(),
  };
}

function clientFor({tls, timeout, runId}: HttpOptions): Got {
  const total = timeout === undefined ? TOTAL_MS : timeout * 1000;
  // A limit that the user set is the only one, or a slow service could never be given more time.
  const response = timeout === undefined ? {response: RESPONSE_MS} : {};
  const connect =
    total > CONNECT_MS ? {lookup: CONNECT_MS, connect: CONNECT_MS, secureConnect: CONNECT_MS} : {};
  return got.extend({
    throwHttpErrors: false,
    followRedirect: false,
    retry: {limit: 0},
    http2: false,
    decompress: true,
    responseType: 'text',
    timeout: {...connect, ...response, request: total},
    headers: {accept: 'application/json', ...commonHeaders(runId)},
    https: {
      rejectUnauthorized: tls.verify,
      ...(tls.ca === undefined ? {} : {certificateAuthority: tls.ca}),
      ...(tls.cert === undefined ? {} : {certificate: tls.cert}),
      ...(tls.key === undefined ? {} : {key: tls.key}),
    },
  });
}

async function receive(
  client: Got,
  request: HttpRequest,
  route: ReturnType<ReturnType<typeof createAgents>['route']>,
  signal: AbortSignal | undefined,
  largest: number,
) {
  const {proxy} = route;
  const options: OptionsInit = {
    method: request.method as 'GET',
    headers: {...request.headers},
    agent: route.agent,
    ...(signal === undefined ? {} : {signal}),
    ...(request.body === undefined
      ? {}
      : 'json' in request.body
        ? {json: request.body.json}
        : {form: request.body.form}),
    ...(proxy === undefined || request.url.protocol !== 'http:'
      ? {}
      : {request: (url, options, callback) => throughProxy(url, options, proxy, callback)}),
  };
  const promise = client(request.url, {...options, isStream: false, resolveBodyOnly: false});
  let tooLarge = false;
  void promise.on('downloadProgress', ({transferred}) => {
    if (transferred <= largest) return;
    tooLarge = true;
    promise.cancel();
  });
  try {
    const response = await promise;
    const headers: Record<string, string> = {};
    for (const [name, value] of Object.entries(response.headers)) {
      if (value !== undefined) headers[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
    }
    const text = typeof response.body === 'string' ? response.body : '';
    return {
      status: response.statusCode,
      reason: response.statusMessage ?? '',
      headers,
      text,
      // Pages of lists are large: their bytes would be held beside their text until the last row is taken.
      ...(request.raw === true ? {bytes: response.rawBody} : {}),
      url: request.url,
    };
  } catch (thrown) {
    if (!tooLarge) throw thrown;
    const {service, method, path} = request;
    throw new RekindleError('protocol', `${service}: ${method} ${path} answers more than ${largest} bytes`, {
      service,
      method,
      path,
    });
  }
}

function commonHeaders(runId: string): Readonly<Record<string, string>> {
  return {
    'user-agent': `rekindle/${version()} node/${process.versions.node.split('.')[0] ?? ''}`,
    'x-openstack-request-id': runId,
  };
}

let read: string | undefined;

/** From package.json, which lies three folders above the compiled file. */
function version(): string {
  if (read !== undefined) return read;
  const text = readFileSync(new URL('../../../../package.json', import.meta.url), 'utf8');
  const found = /"version"\s*:\s*"([^"]+)"/u.exec(text)?.[1];
  read = found ?? '0';
  return read;
}
