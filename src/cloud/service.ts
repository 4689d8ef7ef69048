import {setImmediate} from 'node:timers/promises';
import {isDeepStrictEqual} from 'node:util';
import {RekindleError} from '../model/errors.ts';
import {elsewhere, sendAuthorized, type ServiceContext} from './authorized.ts';
import {createBodies} from './bodies.ts';
import {at, jsonOf} from './http/json.ts';
import {type HttpRequest} from './http/request.ts';
import {serviceError} from './http/service-error.ts';
import {microversionHeaders} from './microversion.ts';
import {
  afterFullPage,
  afterSilentPage,
  brokenNext,
  isTruncated,
  markerOf,
  nextQuery,
  positionOf,
  searchOf,
  totalOf,
} from './paging.ts';
import {factsOf, pageLimit} from './service-types.ts';
import {type Answer, type CallOptions, type ListOptions, type Service} from './types.ts';

export function createService(context: ServiceContext): Service {
  const {type, discovered, microversion} = context;
  const base = discovered.url.replace(/\/+$/u, '');

  const request = (
    method: string,
    path: string,
    search: URLSearchParams,
    options: CallOptions,
  ): HttpRequest => {
    const query = search.toString();
    const own = options.microversion === undefined ? microversion : options.microversion;
    return {
      service: type,
      method,
      url: new URL(`${base}/${path}${query === '' ? '' : `${path.includes('?') ? '&' : '?'}${query}`}`),
      path: path.replace(/\?.*$/su, ''),
      headers: {
        ...microversionHeaders(factsOf(type).microversions, type, own),
        ...factsOf(type).headers,
        ...lowerCased(options.headers),
      },
      body: options.json === undefined ? undefined : {json: options.json},
      // Who wants the bytes reads a secret.
      secret: options.raw === true || options.secret === true,
      raw: options.raw,
      secrets: context.http.secrets,
      signal: options.signal,
      detached: options.detached,
    };
  };

  const call = async (
    method: string,
    path: string,
    search: URLSearchParams,
    options: CallOptions,
  ): Promise<Answer> => {
    const asked = request(method, path, search, options);
    const answer = await sendAuthorized(asked, context);
    // Who answers without the token is not the service that was asked, whatever it says.
    if (answer.tokenDropped) throw elsewhere(asked, answer);
    const fine = (answer.status >= 200 && answer.status < 300) || answer.status === 300;
    if (fine || options.accept?.includes(answer.status) === true) {
      if (options.raw === true)
        return {
          status: answer.status,
          headers: answer.headers,
          body: undefined,
          bytes: answer.bytes ?? new Uint8Array(),
        };
      const body = jsonOf(answer, asked, options.ordered);
      return {status: answer.status, headers: answer.headers, body};
    }
    // The first try of a delete may have worked though its answer was lost.
    if (method === 'DELETE' && answer.status === 404 && answer.tries > 1) {
      return {status: 204, headers: answer.headers, body: undefined};
    }
    throw serviceError(answer, asked, context.authHost);
  };

  const rowsOf = (body: unknown, path: string, key: string): readonly unknown[] => {
    const rows: unknown = key === '' ? body : at(body, key);
    if (Array.isArray(rows)) return rows as readonly unknown[];
    const what = key === '' ? 'is not a list' : `has no list "${key}"`;
    throw new RekindleError('protocol', `${type}: the answer to GET ${path} ${what}`, {
      service: type,
      method: 'GET',
      path,
    });
  };

  const pages = async <T>(path: string, key: string, options: ListOptions<T>): Promise<readonly T[]> => {
    const first = searchOf(options.query);
    const limit = options.limit === undefined ? pageLimit(type) : String(options.limit);
    if (limit !== undefined && !first.has('limit')) first.set('limit', limit);
    const {microversion, ordered, signal} = options;
    const ask = async (search: URLSearchParams): Promise<Answer> => {
      try {
        return await call('GET', path, search, {microversion, ordered, signal});
      } catch (error) {
        throw search !== first && isMarkerLost(error) ? new Shifted(error) : error;
      }
    };
    const rows: T[] = [];
    let count = 0;
    const seen = new Set([positionOf(first)]);
    const silent = factsOf(type).silent?.includes(path) === true;
    let total: number | undefined;
    let fullPage: number | undefined;
    let last: unknown;
    let answer = ask(first);
    for (let search = first; ;) {
      const {status, body} = await answer;
      // Swift says so that there is nothing.
      const page = status === 204 && type === 'object-store' ? [] : rowsOf(body, path, key);
      const isSilent = silent && search !== first;
      if (isSilent && !isDeepStrictEqual(page[0], last))
        throw new Shifted(paging(path, 'counts other rows on every page: they change while they are read'));
      const own = isSilent ? page.slice(1) : page;
      count += own.length;
      // Counted from the start, pages move when a row before them goes: one is then in none of them.
      const now = search.has('offset') || search === first ? totalOf(body) : undefined;
      if (total !== undefined && now !== undefined && now !== total)
        throw new Shifted(paging(path, 'counts other rows on every page: they change while they are read'));
      total ??= now;
      fullPage ??= page.length;
      const named = nextQuery(body, key) ?? withMarker(first, markerOf(type, page, options.limit));
      if (named === undefined && (isTruncated(body) || brokenNext(body, key)))
        throw paging(path, 'cuts the list short without a way to go on');
      const next =
        named ??
        (silent
          ? afterSilentPage(first, page, count, fullPage)
          : page.length === fullPage
            ? afterFullPage(search, last, page)
            : undefined);
      if (next === undefined) {
        await take(own, options.each, rows);
        return rows;
      }
      const position = positionOf(next);
      if (seen.has(position)) throw paging(path, 'names a page that was already read');
      seen.add(position);
      // While the next page is under way this one is taken.
      answer = ask(next);
      const taken = take(own, options.each, rows);
      await Promise.allSettled([answer, taken]);
      await taken;
      search = next;
      last = page.at(-1);
    }
  };

  /** A row that is deleted while the pages are read moves them, or leaves a marker that nobody knows: begin again, once. */
  const list = async <T>(path: string, key: string, options: ListOptions<T>): Promise<readonly T[]> => {
    for (let again = true; ; again = false) {
      try {
        return await pages(path, key, options);
      } catch (error) {
        if (!(error instanceof Shifted)) throw error;
        if (!again) throw error.inner;
      }
    }
  };

  const paging = (path: string, what: string): RekindleError =>
    new RekindleError('protocol', `${type}: the answer to GET ${path} ${what}`, {
      service: type,
      method: 'GET',
      path,
    });

  return {
    type,
    url: base,
    version: discovered.version,
    microversions: discovered.microversions,
    microversion,
    call: (method, path, options = {}) => call(method, path, searchOf(options.query), options),
    list: (path, key, options = {}) => list(path, key, options),
    bodies: createBodies(
      (method, path, options) => request(method, path, new URLSearchParams(), options),
      context,
    ),
  };
}

/** Rows that are taken at once: pages of other lists that came meanwhile are read on, and the next ones asked for. */
const portion = 250;

async function take<T>(page: readonly unknown[], each: ListOptions<T>['each'], rows: T[]): Promise<void> {
  for (const [index, row] of page.entries()) {
    if (each !== undefined && index % portion === portion - 1) await setImmediate();
    rows.push(each === undefined ? (row as T) : each(row));
  }
}

/** The pages of a list moved while they were read. */
class Shifted extends Error {
  readonly inner: RekindleError;
  constructor(inner: RekindleError) {
    super('the pages moved');
    this.inner = inner;
  }
}

function isMarkerLost(error: unknown): error is RekindleError {
  return error instanceof RekindleError && [400, 404].includes(error.origin.status ?? 0);
}

function withMarker(first: URLSearchParams, marker: string | undefined): URLSearchParams | undefined {
  if (marker === undefined) return undefined;
  const search = new URLSearchParams(first);
  search.set('marker', marker);
  return search;
}

function lowerCased(headers: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
