/** What a step changes: how to see whether it is so already, how to make it so, how to take it back. */
import type {CallOptions, Clock, Query, Session} from '../../cloud/types.ts';
import {RekindleError} from '../../model/errors.ts';
import {type Fields, fields, objects, text, texts} from '../../model/json.ts';
import {isUuid} from '../../model/physical.ts';
import {isPlainObject} from '../../model/value.ts';

export interface Effect {
  /** True where there is nothing left to do. */
  readonly isSo: () => Promise<boolean>;
  readonly apply: () => Promise<void>;
  /** Takes back what no stack deletes, or what keeps Heat from deleting; false where there is nothing. */
  readonly undo?: () => Promise<boolean>;
}

/** A kind of thing in an API. */
export interface Collection {
  readonly service: string;
  readonly path: string;
  /** Key of the rows in a list's answer. */
  readonly rows: string;
  /** Key of one in a request. */
  readonly row: string;
  readonly noun: string;
  readonly microversion?: string;
}

/** What commands reach the cloud with. */
export interface Hands {
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  /** The stack is new: what has the name of a thing to be made is not ours. */
  readonly isNew: boolean;
  /** Names that other steps of the same run give what this one makes: they are how it is found again. */
  readonly laterNames: ReadonlyMap<string, string>;
  /** The body of the answer. */
  call(service: string, method: string, path: string, options?: CallOptions): Promise<unknown>;
  /** The headers that a GET answers; undefined where nothing is there. */
  headers(service: string, path: string, query: Query): Promise<Readonly<Record<string, string>> | undefined>;
  list(collection: Collection, query?: Query): Promise<readonly Fields[]>;
  /** The row with that id. */
  get(collection: Collection, id: string): Promise<Fields>;
  /** @throws RekindleError 'not-found', or 'conflict' where several have the name. */
  idOf(collection: Collection, nameOrId: string): Promise<string>;
  /** From now on the name means this one. */
  remember(collection: Collection, name: string, id: string): void;
  /** Ids that a name of this run means. */
  isTaken(id: string): boolean;
}

export function handsOf(
  session: Session,
  {clock, signal, isNew}: Pick<Hands, 'clock' | 'signal' | 'isNew'>,
): Hands {
  const known = new Map<string, string>();
  const open = async (type: string) => {
    const service = await session.service(type);
    if (service !== undefined) return service;
    throw new RekindleError('no-service', `the cloud has no ${type} service`, {service: type});
  };
  const hands: Hands = {
    clock,
    signal,
    isNew,
    laterNames: new Map(),
    async call(type, method, path, options) {
      return (await (await open(type)).call(method, path, {signal, ...options})).body;
    },
    async headers(type, path, query) {
      const answer = await (await open(type)).call('GET', path, {query, signal, accept: [404], raw: true});
      return answer.status === 404 ? undefined : answer.headers;
    },
    async list({service, path, rows, microversion}, query) {
      return objects(await (await open(service)).list(path, rows, {query, microversion, signal}));
    },
    async get({service, path, row, microversion}, id) {
      const body = await hands.call(service, 'GET', `${path}/${encodeURIComponent(id)}`, {microversion});
      const inner = fields(body)[row];
      return isPlainObject(inner) ? inner : fields(body);
    },
    async idOf(collection, nameOrId) {
      const {path, noun, service} = collection;
      const made = known.get(`${path} ${nameOrId}`);
      if (made !== undefined) return made;
      if (isUuid(nameOrId)) return nameOrId;
      const all = (await hands.list(collection, {name: nameOrId})).filter(row => row['name'] === nameOrId);
      // Networks and policies of others have names too.
      const own = all.filter(row => row['project_id'] === session.identity.project?.id);
      const found = own.length > 0 ? own : all;
      const [only] = found;
      if (only !== undefined && found.length === 1) return text(only['id']);
      throw new RekindleError(
        only === undefined ? 'not-found' : 'conflict',
        `${only === undefined ? 'there is no' : `${found.length} things answer to the`} ${noun} ${JSON.stringify(nameOrId)}`,
        {service},
      );
    },
    remember({path}, name, id) {
      known.set(`${path} ${name}`, id);
    },
    isTaken: id => [...known.values()].includes(id),
  };
  return hands;
}

/** True where the API's value holds all that is wanted: services add keys, and order lists as they like. */
export function holds(actual: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    if (!Array.isArray(actual) || actual.length !== wanted.length) return false;
    return wanted.every(one => actual.some(other => holds(other, one)));
  }
  if (isPlainObject(wanted))
    return isPlainObject(actual) && Object.keys(wanted).every(key => holds(actual[key], wanted[key]));
  return plain(actual) === plain(wanted);
}

/** APIs answer numbers for text, and null for nothing. */
function plain(value: unknown): string {
  return value === null || value === undefined
    ? ''
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
}

/** Sets fields of one thing. */
export function setting(hands: Hands, collection: Collection, id: string, body: Fields): Effect {
  const {service, path, row, microversion} = collection;
  return {
    isSo: async () => holds(await hands.get(collection, id), body),
    async apply() {
      const json = {[row]: body};
      await hands.call(service, 'PUT', `${path}/${encodeURIComponent(id)}`, {json, microversion});
    },
  };
}

/** Those that it has and these: the client's `set --tag` adds. Sorted. */
export async function tagsWith(
  hands: Hands,
  collection: Collection,
  id: string,
  tags: readonly string[],
): Promise<readonly string[]> {
  return [...new Set([...texts((await hands.get(collection, id))['tags']), ...tags])].sort();
}

/** Makes one thing; one that is just like it is taken for it. */
export function making(
  hands: Hands,
  collection: Collection,
  body: Fields,
  options: {
    /** Narrows the list down. */
    readonly query?: Query;
    /** What must be equal, instead of the whole request. */
    readonly like?: Fields;
    /** The stack that has its parent doesn't delete it, or can't be deleted because of it. */
    readonly outlives?: boolean;
    readonly made?: (id: string) => void;
    readonly idField?: string;
    readonly json?: unknown;
    readonly remove?: (id: string) => Promise<void>;
  } = {},
): Effect {
  const {service, path, row, microversion} = collection;
  const {idField = 'id'} = options;
  const find = async (): Promise<string | undefined> => {
    const rows = await hands.list(collection, options.query);
    const found = rows.find(other => holds(other, options.like ?? body));
    return found === undefined ? undefined : text(found[idField]);
  };
  const effect: Effect = {
    async isSo() {
      const id = await find();
      if (id !== undefined) options.made?.(id);
      return id !== undefined;
    },
    async apply() {
      const answer = fields(
        await hands.call(service, 'POST', path, {json: options.json ?? {[row]: body}, microversion}),
      );
      const inner = isPlainObject(answer[row]) ? answer[row] : answer;
      options.made?.(text(inner[idField]));
    },
  };
  if (options.outlives !== true) return effect;
  return {
    ...effect,
    async undo() {
      const id = await find();
      if (id === undefined) return false;
      if (options.remove !== undefined) await options.remove(id);
      else
        await hands.call(service, 'DELETE', `${path}/${encodeURIComponent(id)}`, {
          microversion,
          accept: [404],
        });
      return true;
    },
  };
}
