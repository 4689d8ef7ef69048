/** Discovery over real HTTP, from services that answer as the real ones do. */
import type {ExecutionContext} from 'ava';
import {discover} from '../../../src/discover/index.ts';
import type {Inventory} from '../../../src/model/inventory.ts';
import {specOf} from '../../../src/resources/index.ts';
import {cloud, open, row, tokenReply} from '../../cloud-access/support/keystone.ts';
import type {Seen} from '../../cloud-access/support/server.ts';

export interface Answered {
  readonly inventory: Inventory;
  /** What was asked of the service, paths with queries, in order. */
  readonly urls: readonly string[];
  readonly seen: readonly Seen[];
}

/**
 * Reads these kinds from one service.
 * @param path The endpoint's, as catalogs have it.
 * @param answers By path with query: the answer's JSON. `{origin}` in it stands for where the service is.
 */
export async function answered(
  t: ExecutionContext,
  {type, path, kinds}: {readonly type: string; readonly path: string; readonly kinds: readonly string[]},
  answers: Readonly<Record<string, unknown>>,
): Promise<Answered> {
  const seen: Seen[] = [];
  const holder = {origin: ''};
  const server = await cloud(
    t,
    one => {
      seen.push(one);
      const body = answers[one.url];
      if (body === undefined) return {status: 404, json: {error: {code: 404, message: 'no such page'}}};
      return {json: JSON.parse(JSON.stringify(body).replaceAll('{origin}', holder.origin))};
    },
    (_, __, url) => tokenReply({catalog: [row(type, `${url}${path}`)]}),
  );
  holder.origin = server.url;
  const {session} = await open(t, server);
  const specs = kinds.map(kind => specOf(kind)).filter(spec => spec !== undefined);
  const inventory = await discover(session, {specs, now: () => new Date(0), tool: 'rekindle test'});
  return {inventory, urls: seen.map(({url}) => url), seen};
}
