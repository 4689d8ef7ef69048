/** What of a run's requests had to wait for what: the least that any client could have waited for. Pure. */
import {serviceOf, type Served} from '../cloud/server.ts';

export interface Planned {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly service: string;
  /** Places in the plan whose answers must be there before. */
  readonly after: readonly number[];
}

/**
 * A token comes before everything; a version document before its service's lists; a page before the next one, whose
 * address it holds; rows before the questions that name ids out of them.
 * @param bodyOf Text of the answer to one of the requests.
 */
export function planOf(served: readonly Served[], bodyOf: (served: Served) => string): readonly Planned[] {
  const textAt = (n: number): string => bodyOf(served[n] as Served);
  const token = served.findIndex(({method}) => method === 'POST');
  return served.map((request, n) => {
    const {method, path, query, headers} = request;
    const service = serviceOf(path);
    return {method, path, query, headers, service, after: n === token ? [] : needs(n)};
  });

  function needs(n: number): number[] {
    const {path, query} = served[n] as Served;
    const before = served.slice(0, n);
    const pageBefore = /(?:marker|offset)=/.test(query) ? before.findLastIndex(sameList(path, query)) : -1;
    if (pageBefore >= 0) return [pageBefore];
    const ids = new URLSearchParams(query).getAll('id').flatMap(id => id.replace(/^in:/u, '').split(','));
    const holders = ids.map(id =>
      before.findIndex((earlier, i) => earlier.method === 'GET' && textAt(i).includes(id)),
    );
    const version = before.findIndex(
      earlier => isVersions(earlier.path) && serviceOf(earlier.path) === serviceOf(path),
    );
    const found = [...holders, isVersions(path) ? -1 : version].filter(i => i >= 0);
    return found.length === 0 ? [token] : [...new Set(found)];
  }
}

/** Whether a request is for another page of that list. */
function sameList(path: string, query: string): (served: Served) => boolean {
  const wanted = withoutMarker(query);
  return other => other.path === path && withoutMarker(other.query) === wanted;
}

function withoutMarker(query: string): string {
  const search = new URLSearchParams(query);
  search.delete('marker');
  search.delete('offset');
  return search.toString();
}

/** How many answers follow one another: what latency is multiplied with. */
export function depthOf(plan: readonly Planned[]): number {
  const depths: number[] = [];
  for (const {after} of plan) depths.push(1 + Math.max(0, ...after.map(n => depths[n] ?? 0)));
  return Math.max(0, ...depths);
}

function isVersions(path: string): boolean {
  return /^\/[\w-]+\/(?:v\d+(?:\.\d+)?\/)?$/u.test(path);
}
