/** A session whose services answer from a table, remember what was asked, and judge statuses as the real one does. */
import type {
  Answer,
  CallOptions,
  Clock,
  Exchange,
  ListOptions,
  Service,
  Session,
} from '../../src/cloud/types.ts';
import {type ErrorCode, RekindleError} from '../../src/model/errors.ts';

export interface Asked {
  readonly method: string;
  readonly service: string;
  readonly path: string;
  readonly options: CallOptions;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer, an error to throw, or what makes one of them from the question. */
export type Answering = Reply | RekindleError | ((asked: Asked) => Reply | RekindleError);

/** By `METHOD service path`. */
export type Replies = Readonly<Record<string, Answering>>;

const codes: Readonly<Record<number, ErrorCode>> = {
  401: 'auth',
  403: 'forbidden',
  404: 'not-found',
  409: 'conflict',
};

export function fakeCloud(
  replies: Replies,
  more: {
    readonly methods?: readonly string[];
    readonly roles?: readonly string[];
    readonly restricted?: boolean;
    readonly without?: readonly string[];
  } = {},
): {readonly session: Session; readonly asked: Asked[]} {
  const asked: Asked[] = [];
  const requests: Exchange[] = [];
  const answer = async (question: Asked): Promise<Answer> => {
    const {method, service, path, options} = question;
    asked.push(question);
    requests.push({service, method, path, status: 200, milliseconds: 1, requestId: undefined});
    await Promise.resolve();
    if (options.signal?.aborted === true)
      throw new RekindleError('aborted', `${service}: ${path} was interrupted`);
    const found = replies[`${method} ${service} ${path}`];
    const reply = typeof found === 'function' ? found(question) : (found ?? {status: 404});
    if (reply instanceof RekindleError) throw reply;
    const {status = 200, headers = {}, body} = reply;
    if (status >= 300 && options.accept?.includes(status) !== true)
      throw failure(status, `${service}: ${method} ${path} answered ${status}`);
    return {status, headers, body};
  };
  const service = (type: string): Service => ({
    type,
    url: `http://${type}.test`,
    version: undefined,
    microversions: undefined,
    microversion: undefined,
    call: async (method, path, options = {}) => await answer({method, service: type, path, options}),
    list: async <T>(path: string, key: string, {query, signal, each}: ListOptions<T> = {}) => {
      const {body} = await answer({method: 'GET', service: type, path, options: {query, signal}});
      const rows = key === '' ? body : (body as Readonly<Record<string, unknown>> | undefined)?.[key];
      if (Array.isArray(rows)) return made(rows, each);
      throw new RekindleError('protocol', `no list ${key}`);
    },
  });
  const domain = {id: 'default', name: 'Default'};
  return {
    asked,
    session: {
      cloud: 'target',
      authHost: 'keystone.test',
      region: undefined,
      identity: {
        project: {id: 'p1', name: 'target', domain},
        user: {id: 'u1', name: 'alice', domain},
        roles: more.roles ?? ['member'],
        expires_at: '2030-01-01T00:00:00Z',
        methods: more.methods ?? ['password'],
        ...(more.restricted === undefined ? {} : {restricted: more.restricted}),
      },
      serviceTypes: [],
      service: async type =>
        Promise.resolve(more.without?.includes(type) === true ? undefined : service(type)),
      networks: [],
      requests,
      close: () => {},
    },
  };
}

export function failure(status: number | undefined, message: string, code?: ErrorCode): RekindleError {
  return new RekindleError(code ?? codes[status ?? 0] ?? 'http', message, {
    service: 'orchestration',
    status,
    requestId: 'req-lost',
  });
}

/** Time that passes only while somebody sleeps. */
export function fakeClock(): Clock & {readonly slept: number[]} {
  const slept: number[] = [];
  let now = 0;
  return {
    slept,
    now: () => now,
    random: () => 0.5,
    sleep: async milliseconds => {
      slept.push(milliseconds);
      now += milliseconds;
      await Promise.resolve();
    },
  };
}

/** As `Service.list` does it. */
export function made<T>(
  rows: readonly unknown[],
  each: ListOptions<T>['each'] = row => row as T,
): readonly T[] {
  return rows.map(row => each(row));
}
