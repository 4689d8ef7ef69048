import {at, isObject, textAt} from './http/json.ts';
import {listOf} from './auth/token.ts';
import {type Query} from './types.ts';

/**
 * Where the next page is, by the answer's own form: `<key>_links` rel next (nova, cinder, neutron, octavia, manila),
 * `next` (glance: relative; barbican, magnum: absolute), `links.next` (keystone, designate), a list of `links` (trove).
 * Only the query is taken: addresses in links often name a host that is not ours.
 */
export function nextQuery(body: unknown, key: string): URLSearchParams | undefined {
  const href =
    relNext(at(body, `${key}_links`)) ??
    textAt(body, 'next') ??
    textAt(body, 'links', 'next') ??
    relNext(at(body, 'links'));
  if (href === undefined || href === '') return undefined;
  const mark = href.indexOf('?');
  return mark === -1 ? undefined : new URLSearchParams(href.slice(mark + 1).replace(/#.*$/u, ''));
}

function relNext(links: unknown): string | undefined {
  const next = listOf(links).find(link => textAt(link, 'rel') === 'next');
  return textAt(next, 'href');
}

/** Whether a next page is promised in a form that can't be followed. */
export function brokenNext(body: unknown, key: string): boolean {
  if (nextQuery(body, key) !== undefined) return false;
  const href = relNext(at(body, `${key}_links`)) ?? textAt(body, 'next') ?? textAt(body, 'links', 'next');
  return href !== undefined && href !== '';
}

/** Services that page by the last row alone and name no next page: heat (with a limit), swift (always). */
export function markerOf(
  service: string,
  rows: readonly unknown[],
  limit: number | undefined,
): string | undefined {
  const full = service === 'object-store' ? rows.length > 0 : limit !== undefined && rows.length >= limit;
  if (!full || !['object-store', 'orchestration'].includes(service)) return undefined;
  const last = rows.at(-1);
  if (typeof last === 'string') return last;
  return service === 'object-store' ? (textAt(last, 'name') ?? textAt(last, 'subdir')) : textAt(last, 'id');
}

/**
 * After a page as full as the first that names no next one: where the service's markers are ids of last rows, what comes
 * after this one's. An honest service answers with nothing, or would have named it.
 * @param search The query of that page. @param before The last row of the page before it.
 */
export function afterFullPage(
  search: URLSearchParams,
  before: unknown,
  rows: readonly unknown[],
): URLSearchParams | undefined {
  const marker = search.get('marker');
  const last = textAt(rows.at(-1), 'id');
  if (marker === null || last === undefined || textAt(before, 'id') !== marker) return undefined;
  const next = new URLSearchParams(search);
  next.set('marker', last);
  return next;
}

/** No service cuts its lists at less. */
const leastLimit = 100;

/**
 * Of a list that is cut in silence: what comes after a page that may have been. The last row is asked for once more: where
 * it isn't the first of the answer, rows have gone, and others have moved to where nobody looks.
 * @param count Rows read. @param full Rows of the first page.
 */
export function afterSilentPage(
  first: URLSearchParams,
  page: readonly unknown[],
  count: number,
  full: number,
): URLSearchParams | undefined {
  if (full < leastLimit || page.length < full) return undefined;
  const next = new URLSearchParams(first);
  next.set('offset', String(count - 1));
  return next;
}

/** How many rows there are in all, where the answer says so: barbican. */
export function totalOf(body: unknown): number | undefined {
  const total = at(body, 'total');
  return typeof total === 'number' ? total : undefined;
}

/** What tells one page from another: the marker, or what stands for it. */
export function positionOf(query: URLSearchParams): string {
  for (const name of ['marker', 'offset', 'page_token', 'page']) {
    const value = query.get(name);
    if (value !== null) return `${name}=${value}`;
  }
  return query.toString();
}

/** Keystone cuts lists that are longer than its `list_limit` and says no more than this. */
export function isTruncated(body: unknown): boolean {
  return isObject(body) && body['truncated'] === true;
}

export function searchOf(query: Query | undefined): URLSearchParams {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query ?? {})) {
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
      search.append(name, String(one));
  }
  return search;
}
