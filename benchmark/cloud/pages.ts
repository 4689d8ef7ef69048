/** One page of a collection, with the link to the next in the form of its service. Pure. */
import type {Row} from './examples.ts';
import type {Collection} from './project.ts';

/** `osapi_max_limit` of Nova and Cinder, `api_limit_max` of Glance: their defaults. */
export const LARGEST_PAGE = 1000;
/** Glance's `limit_param_default`. */
const GLANCE_DEFAULT = 25;

export interface Page {
  readonly status: number;
  /** With `{{origin}}` in its links. */
  readonly body: unknown;
}

/** @param search What the client asked for, without the question mark. */
export function pageOf(path: string, collection: Collection, search: string): Page {
  const query = new URLSearchParams(search);
  const {key, paging} = collection;
  // Cut without a word: nova `api/openstack/common.py`, `limited`.
  if (paging === 'silent') {
    const start = Number(query.get('offset') ?? 0);
    return {status: 200, body: {[key]: collection.rows.slice(start, start + LARGEST_PAGE)}};
  }
  const rows = paging === 'neutron' ? filtered(collection.rows, query) : collection.rows;
  const limit = limitOf(paging, query);
  const marker = query.get('marker');
  const start = marker === null ? 0 : rows.findIndex(row => idOf(row) === marker) + 1;
  if (marker !== null && start === 0)
    return {status: 400, body: {badRequest: {code: 400, message: 'marker'}}};
  const page = limit === undefined ? rows : rows.slice(start, start + limit);
  const last = page.at(-1);
  const full = limit !== undefined && page.length === limit && last !== undefined;
  if (!full) return {status: 200, body: {[key]: page, ...(paging === 'glance' ? envelope(query) : {})}};
  query.set('marker', idOf(last));
  const next = `${path}?${query.toString()}`;
  if (paging === 'glance') {
    const relative = next.replace(/^\/image/u, '');
    return {status: 200, body: {[key]: page, ...envelope(query), next: relative}};
  }
  // Nova, Cinder and Neutron name a next page whenever this one is full, though it may be empty.
  return {status: 200, body: {[key]: page, [`${key}_links`]: [{rel: 'next', href: `{{origin}}${next}`}]}};
}

function envelope(query: URLSearchParams): Row {
  query.delete('');
  return {first: '/v2/images', schema: '/v2/schemas/images'};
}

function limitOf(paging: Collection['paging'], query: URLSearchParams): number | undefined {
  const asked = query.get('limit');
  if (paging === 'neutron') return asked === null ? undefined : Number(asked);
  const otherwise = paging === 'glance' ? GLANCE_DEFAULT : LARGEST_PAGE;
  return Math.min(asked === null ? otherwise : Number(asked), LARGEST_PAGE);
}

/** Neutron filters by any field; several values of one are "any of". */
function filtered(rows: readonly Row[], query: URLSearchParams): readonly Row[] {
  const names = [...new Set(query.keys())].filter(name => !['limit', 'marker'].includes(name));
  const wanted = names.map(name => [name, new Set(query.getAll(name))] as const);
  return rows.filter(row => wanted.every(([name, values]) => values.has(String(row[name]))));
}

function idOf(row: Row): string {
  const inner = (row['keypair'] ?? row) as Row;
  return String(inner['id'] ?? inner['name']);
}
