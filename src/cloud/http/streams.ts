/**
 * Bodies that are too large to be held, one way or the other. Node's own client, with the session's agents: got would count
 * the time in which we don't read as the service's silence, and give no say where an answer comes before the body is sent.
 */
import {once} from 'node:events';
import type http from 'node:http';

import {RekindleError} from '../../model/errors.ts';
import {type Failure} from './failure.ts';
import {type Line, lineOf, type StreamsContext} from './line.ts';
import {MOST_REDIRECTS, redirected} from './redirect.ts';
import {type HttpAnswer, type HttpRequest, requestIdOf} from './request.ts';
import {retryAfter} from './retry.ts';
import {signalOf} from './signals.ts';
import {traceAnswer} from './trace.ts';

/** Longest silence of the other side, and longest wait for a first answer. */
const SILENCE_MS = 60_000;
/** A store may need its time to put away what it was sent. */
const STORING_MS = 600_000;
/** RFC 9110 §10.1.1: who doesn't know the expectation never answers it. */
const CONTINUE_MS = 2_000;
/** Of an answer that is no success, and of one to an upload. */
const LARGEST_TEXT = 64 * 1024;

export interface Opened extends Pick<HttpAnswer, 'status' | 'reason' | 'headers' | 'url'> {
  /** Once only. */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** The same as text, cut where it is long; ends it. */
  text(): Promise<string>;
  close(): void;
}

export interface Poured extends Omit<HttpAnswer, 'tokenDropped' | 'tries'> {
  /** Something of the body was taken, so that it can't be sent again. */
  readonly begun: boolean;
}

export interface Streams {
  /** A GET with its retries, and redirects to the same origin, up to the body. @throws RekindleError where no answer came. */
  open(request: HttpRequest): Promise<Opened>;
  /** One request with a body, without retries. @throws what the body throws, or RekindleError where no answer came. */
  pour(request: HttpRequest, body: AsyncIterable<Uint8Array>, size: number): Promise<Poured>;
}

export function createStreams(context: StreamsContext): Streams {
  const {clock, logger, timeout} = context;
  const silence = timeout === undefined ? SILENCE_MS : timeout * 1000;
  const storing = timeout === undefined ? STORING_MS : silence;

  const openOnce = async (request: HttpRequest): Promise<Opened | Failure> => {
    const line = lineOf(request, {}, context);
    const since = performance.now();
    try {
      const response = await line.wait(line.answer, silence);
      const opened = {
        status: response.statusCode ?? 0,
        reason: response.statusMessage ?? '',
        url: request.url,
      };
      const headers = headersOf(response);
      context.record(request, since, opened.status, requestIdOf(headers));
      traceAnswer(request, {...opened, headers, text: ''}, performance.now() - since, logger);
      const chunks = chunksOf(response, line, silence);
      return {...opened, headers, chunks, text: () => textOf(chunks), close: () => line.close()};
    } catch (thrown) {
      line.close();
      context.record(request, since);
      return line.failed(thrown);
    }
  };

  /** Another origin gets neither the token nor the request: who answers without the token is not the service asked. */
  const openThere = async (first: HttpRequest): Promise<Opened | Failure> => {
    let request = first;
    for (let hop = 0; hop <= MOST_REDIRECTS; hop++) {
      const opened = await openOnce(request);
      if ('error' in opened) return opened;
      const next = redirected(request, opened);
      if (next === undefined) return opened;
      opened.close();
      if (next.tokenDropped) throw elsewhereError(request, next.request.url);
      request = next.request;
    }
    throw protocol(first, 'is redirected in circles');
  };

  return {
    async open(request) {
      for (let tries = 1; ; tries++) {
        const outcome = await openThere(request);
        const wait = retryAfter(outcome, tries, true, clock);
        if (wait === undefined) {
          if ('error' in outcome) throw outcome.error;
          return outcome;
        }
        if (!('error' in outcome)) outcome.close();
        const why = 'error' in outcome ? outcome.code : `status ${outcome.status}`;
        logger.log('info', `${request.service}: GET ${request.path}: ${why}, next try in ${wait} ms`);
        await clock.sleep(wait, signalOf(request, context));
      }
    },
    async pour(request, body, size) {
      const more = {'content-length': String(size), expect: '100-continue'};
      const line = lineOf(request, more, context);
      const since = performance.now();
      let begun = false;
      try {
        const early = await line.wait(
          Promise.race([line.answer, once(line.client, 'continue').then(() => undefined), late()]),
          silence,
        );
        if (early === undefined) {
          begun = true;
          await send(body, line, silence);
        }
        const response = await line.wait(line.answer, storing);
        const status = response.statusCode ?? 0;
        const text = await textOf(chunksOf(response, line, silence));
        const headers = headersOf(response);
        const answer = {status, reason: response.statusMessage ?? '', headers, text, url: request.url};
        context.record(request, since, status, requestIdOf(headers));
        traceAnswer(request, answer, performance.now() - since, logger);
        return {...answer, begun};
      } catch (thrown) {
        context.record(request, since);
        if (thrown instanceof BodyError) throw thrown.inner;
        throw line.failed(thrown).error;
      } finally {
        line.close();
      }
    },
  };
}

async function* chunksOf(
  response: http.IncomingMessage,
  line: Line,
  silence: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const iterator = (response as AsyncIterable<Uint8Array>)[Symbol.asyncIterator]();
  try {
    for (;;) {
      // Only while somebody waits for it is the other side's silence counted.
      const {done, value} = await line.wait(iterator.next(), silence);
      if (done === true) return;
      yield value;
    }
  } catch (thrown) {
    throw line.failed(thrown).error;
  } finally {
    line.close();
  }
}

/** The body failed, not the connection. */
class BodyError extends Error {
  readonly inner: unknown;
  constructor(inner: unknown) {
    super('the body failed');
    this.inner = inner;
  }
}

/**
 * Sends all, until an answer comes or the connection ends; never more ahead than the connection's buffer holds.
 * @throws BodyError, or RekindleError 'timeout'
 */
async function send(body: AsyncIterable<Uint8Array>, line: Line, silence: number): Promise<void> {
  const {client} = line;
  const iterator = body[Symbol.asyncIterator]();
  const over = overOf(client);
  try {
    for (;;) {
      const next = iterator.next().catch((error: unknown) => {
        throw new BodyError(error);
      });
      const part = await over.or(next);
      if (part === undefined) break;
      if (part.done === true) {
        client.end();
        return;
      }
      if (client.write(part.value)) continue;
      const drained = new Promise<true>(resolve => {
        client.once('drain', () => resolve(true));
      });
      if ((await line.wait(over.or(drained), silence)) === undefined) break;
    }
  } catch (error) {
    if (error instanceof BodyError) throw error;
    abandon(iterator);
    throw error;
  }
  abandon(iterator);
}

/** Its end is not waited for: it may hang on a connection that only its owner ends. */
function abandon(iterator: AsyncIterator<Uint8Array>): void {
  iterator.return?.().catch(() => {});
}

/**
 * An answer, or the end of the connection, while something else is waited for. Not by Promise.race: the one promise that lives
 * as long as the upload would keep every chunk that it was raced with.
 */
function overOf(client: http.ClientRequest): {or<T>(promise: Promise<T>): Promise<T | undefined>} {
  let isOver = false;
  let wake: (() => void) | undefined;
  const stop = (): void => {
    isOver = true;
    wake?.();
  };
  client.once('response', stop);
  client.once('close', stop);
  return {
    async or<T>(promise: Promise<T>): Promise<T | undefined> {
      // Whoever is woken first leaves the other to itself.
      promise.catch(() => {});
      if (isOver) return undefined;
      const found = await new Promise<T | undefined>((resolve, reject) => {
        wake = () => resolve(undefined);
        promise.then(value => resolve(value), reject);
      });
      wake = undefined;
      return found;
    },
  };
}

async function textOf(chunks: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    parts.push(chunk);
    size += chunk.length;
    if (size >= LARGEST_TEXT) break;
  }
  return Buffer.concat(parts).toString('utf8', 0, LARGEST_TEXT);
}

function headersOf({headers}: http.IncomingMessage): Readonly<Record<string, string>> {
  const given = Object.entries(headers).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [
      name.toLowerCase(),
      Array.isArray(value) ? value.join(', ') : String(value),
    ]),
  );
}

async function late(): Promise<undefined> {
  await new Promise<void>(resolve => {
    setTimeout(resolve, CONTINUE_MS).unref();
  });
  return undefined;
}

function elsewhereError(request: HttpRequest, there: URL): RekindleError {
  return protocol(request, `is redirected to ${there.origin}, where the token is not sent`);
}

function protocol({service, method, path}: HttpRequest, what: string): RekindleError {
  return new RekindleError('protocol', `${service}: ${method} ${path} ${what}`, {service, method, path});
}
