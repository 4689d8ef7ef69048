/** A session whose services answer from a table, and remember what was asked. */
import type {CallOptions, ListOptions, Service, Session} from '../../src/cloud/types.ts';
import {refer, type AnySpec} from '../../src/model/define.ts';
import type {ListCall} from '../../src/model/list-call.ts';
import {RekindleError, type ErrorCode} from '../../src/model/errors.ts';
import {made} from '../support/fake-cloud.ts';

export interface Asked {
  readonly service: string;
  readonly path: string;
  readonly options: ListOptions & CallOptions;
}

export type Reply = readonly unknown[] | RekindleError | ((asked: Asked) => unknown);

/** An answer to a call for one thing. */
export type Single =
  | {readonly headers?: Readonly<Record<string, string>>; readonly text?: string; readonly bytes?: Uint8Array}
  | RekindleError;

export interface FakeCloud {
  /** By `service path`. */
  readonly replies: Readonly<Record<string, Reply>>;
  /** Answers to calls for one thing, by `service path`: headers, and text or bytes that are a secret. */
  readonly answers?: Readonly<Record<string, Single>>;
  readonly microversions?: Readonly<Record<string, {used: string; min: string; max: string}>>;
  /** Services of the catalog; default: those that replies name. */
  readonly catalog?: readonly string[];
  /** Neutron's extension aliases. */
  readonly extensions?: readonly string[];
  readonly roles?: readonly string[];
}

export function fakeSession(cloud: FakeCloud): {
  readonly session: Session;
  readonly asked: Asked[];
  /** Those of `asked` that are for one thing. */
  readonly called: Asked[];
} {
  const asked: Asked[] = [];
  const called: Asked[] = [];
  const named = Object.keys(cloud.replies).map(key => key.split(' ')[0] ?? '');
  const catalog = new Set([
    ...(cloud.catalog ?? named),
    ...(cloud.extensions === undefined ? [] : ['network']),
  ]);
  const replies: Record<string, Reply> = {
    'network extensions': (cloud.extensions ?? []).map(alias => ({alias})),
    ...cloud.replies,
  };
  const service = (type: string): Service => {
    const versions = cloud.microversions?.[type];
    return {
      type,
      url: `http://${type}.test`,
      version: undefined,
      microversions: versions,
      microversion: versions?.used,
      call: async (_method, path, options = {}) => {
        const question = {service: type, path, options};
        asked.push(question);
        called.push(question);
        await Promise.resolve();
        const answer = cloud.answers?.[`${type} ${path}`];
        if (answer === undefined) throw failure('not-found', 404);
        if (answer instanceof RekindleError) throw answer;
        const {headers = {}, text = '', bytes = Buffer.from(text)} = answer;
        return {status: 200, headers, body: undefined, bytes};
      },
      list: async <T>(path: string, _key: string, options: ListOptions<T> = {}) => {
        const question = {service: type, path, options};
        asked.push(question);
        const reply = replies[`${type} ${path}`];
        await Promise.resolve();
        if (reply === undefined) throw failure('not-found', 404);
        if (reply instanceof RekindleError) throw reply;
        const rows = typeof reply === 'function' ? await reply(question) : reply;
        return made(rows as readonly unknown[], options.each);
      },
    };
  };
  const domain = {id: 'default', name: 'Default'};
  const session: Session = {
    cloud: 'fake',
    authHost: 'keystone.test',
    region: 'RegionOne',
    identity: {
      project: {id: 'p1', name: 'web', domain},
      user: {id: 'u1', name: 'alice', domain},
      roles: cloud.roles ?? ['member'],
      expires_at: '2030-01-01T00:00:00Z',
      methods: ['password'],
    },
    serviceTypes: [...catalog],
    service: async type => Promise.resolve(catalog.has(type) ? service(type) : undefined),
    networks: [],
    requests: [],
    close: () => {},
  };
  return {session, asked, called};
}

export function failure(code: ErrorCode, status?: number): RekindleError {
  return new RekindleError(code, `the fake says ${status ?? code} (req-${Math.random()})`, {status});
}

export function spec(kind: string, list: ListCall, unordered: readonly string[] = []): AnySpec {
  const type = refer<{id: string}>()({kind, section: 'Things', outside: {prefix: kind}, list});
  return {...type.spec, unordered};
}
