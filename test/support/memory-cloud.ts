/** Services that keep what is put into them: lists, single rows, their making, change and deletion, by path. */
import type {Answer, CallOptions, ListOptions, Service, Session} from '../../src/cloud/types.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {isPlainObject} from '../../src/model/value.ts';
import {fakeCloud, made} from './fake-cloud.ts';

type Row = Record<string, unknown>;

/** Of one path below a service's endpoint. */
export interface Shelf {
  readonly service: string;
  readonly path: string;
  readonly rows: string;
  readonly row: string;
  readonly things: Row[];
  /** Fields that the service adds to what it makes. */
  readonly defaults?: Row;
}

export interface Change {
  readonly method: string;
  readonly path: string;
  readonly json: unknown;
}

export interface MemoryCloud {
  readonly session: Session;
  /** All calls that change something. */
  readonly changes: Change[];
}

/** @param special Answers by `METHOD path`, for calls that are no plain making or change. */
export function memoryCloud(
  shelves: readonly Shelf[],
  special: Readonly<Record<string, (json: unknown) => unknown>> = {},
): MemoryCloud {
  const changes: Change[] = [];
  let next = 1;
  const answer = (method: string, service: string, path: string, {json, accept}: CallOptions): unknown => {
    if (method !== 'GET') changes.push({method, path, json});
    const made = special[`${method} ${path}`];
    if (made !== undefined) return made(json);
    const shelf = shelves.find(one => one.service === service && one.path === path);
    if (shelf !== undefined && method === 'POST') {
      const body = isPlainObject(json) && isPlainObject(json[shelf.row]) ? json[shelf.row] : json;
      const row = {id: `new-${next++}`, ...shelf.defaults, ...(body as Row)};
      shelf.things.push(row);
      return {[shelf.row]: row};
    }
    const parent = shelves.find(one => one.service === service && path.startsWith(`${one.path}/`));
    const id = parent === undefined ? '' : decodeURIComponent(path.slice(parent.path.length + 1));
    const index = parent?.things.findIndex(row => row['id'] === id) ?? -1;
    const found = parent?.things[index];
    if (parent === undefined || found === undefined) {
      if (accept?.includes(404) === true) return undefined;
      throw new RekindleError('not-found', `${method} ${path}: not found`, {status: 404});
    }
    if (method === 'DELETE') {
      parent.things.splice(index, 1);
      return undefined;
    }
    if (method !== 'GET') Object.assign(found, isPlainObject(json) ? (json[parent.row] ?? json) : {});
    return {[parent.row]: found};
  };
  const serviceOf = (type: string): Service => ({
    type,
    url: `http://${type}.test`,
    version: undefined,
    microversions: undefined,
    microversion: undefined,
    async call(method, path, options = {}) {
      await Promise.resolve();
      const body = answer(method, type, path, options);
      return {status: 200, headers: {}, body} satisfies Answer;
    },
    async list<T>(path: string, key: string, {query = {}, each}: ListOptions<T> = {}) {
      await Promise.resolve();
      const shelf = shelves.find(one => one.service === type && one.path === path && one.rows === key);
      if (shelf === undefined) throw new RekindleError('not-found', `${path} not found`, {status: 404});
      const rows = shelf.things.filter(row =>
        Object.entries(query).every(([name, value]) => row[name] === value),
      );
      return made(rows, each);
    },
  });
  return {
    changes,
    session: {...fakeCloud({}).session, service: type => Promise.resolve(serviceOf(type))},
  };
}
