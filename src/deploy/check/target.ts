/** Lists of what the target has, each asked for at most once, and only when something is looked up in it. */
import type {Query, Session} from '../../cloud/types.ts';
import {messageOf, RekindleError} from '../../model/errors.ts';
import {type Fields, fields, text} from '../../model/json.ts';

/** How a kind of thing is listed, and what it is called. */
export interface Listing {
  readonly noun: string;
  readonly service: string;
  readonly path: string;
  readonly key: string;
  readonly query?: Query;
  /** Key inside which each row sits once more. */
  readonly unwrap?: string;
  /** Field with the name; default `name`. */
  readonly name?: string;
  /** Field with the id; default `id`. */
  readonly id?: string;
}

export interface Thing {
  readonly id: string;
  readonly name: string;
  readonly row: Fields;
}

export interface Target {
  readonly session: Session;
  readonly signal: AbortSignal | undefined;
  /** All of a kind; or, as a sentence, why they can't be listed. */
  list(listing: Listing): Promise<readonly Thing[] | string>;
  /** The body of one GET; undefined where the service is absent or refuses. */
  get(service: string, path: string, query?: Query): Promise<Fields | undefined>;
}

export function targetOf(session: Session, signal: AbortSignal | undefined): Target {
  const lists = new Map<string, Promise<readonly Thing[] | string>>();
  return {
    session,
    signal,
    list(listing) {
      const key = `${listing.service} ${listing.path} ${JSON.stringify(listing.query ?? {})}`;
      const known = lists.get(key) ?? read(session, listing, signal);
      lists.set(key, known);
      return known;
    },
    async get(type, path, query) {
      const service = await session.service(type);
      if (service === undefined) return undefined;
      const answer = await service.call('GET', path, {query, signal, accept: [400, 403, 404, 501]});
      return answer.status < 300 ? fields(answer.body) : undefined;
    },
  };
}

async function read(
  session: Session,
  listing: Listing,
  signal: AbortSignal | undefined,
): Promise<readonly Thing[] | string> {
  const service = await session.service(listing.service);
  if (service === undefined) return `the cloud has no ${listing.service} service`;
  try {
    const rows = await service.list(listing.path, listing.key, {query: listing.query, signal});
    return rows.map(raw => {
      const row = listing.unwrap === undefined ? fields(raw) : fields(fields(raw)[listing.unwrap]);
      const name = text(row[listing.name ?? 'name']);
      return {id: text(row[listing.id ?? 'id']) || name, name, row};
    });
  } catch (error) {
    if (error instanceof RekindleError && ['forbidden', 'not-found'].includes(error.code))
      return messageOf(error);
    throw error;
  }
}
