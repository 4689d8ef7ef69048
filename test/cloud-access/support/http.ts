import {type ExecutionContext} from 'ava';

import {type Http, type HttpOptions, createHttp} from '../../../src/cloud/http/client.ts';
import {type HttpRequest} from '../../../src/cloud/http/request.ts';
import {type Heard, type TestClock, testClock} from './surroundings.ts';

export interface TestHttp extends Http {
  readonly heard: readonly Heard[];
  readonly clock: TestClock;
}

/** The HTTP layer alone, with time that passes at once. */
export function httpFor(t: ExecutionContext, changes: Partial<HttpOptions> = {}): TestHttp {
  const heard: Heard[] = [];
  const clock = testClock();
  const http = createHttp({
    tls: {verify: true, ca: undefined, cert: undefined, key: undefined},
    env: {},
    logger: {log: (level, message) => heard.push({level, message})},
    clock,
    signal: undefined,
    timeout: undefined,
    runId: 'req-00000000-0000-4000-8000-000000000000',
    ...changes,
  });
  t.teardown(() => http.close());
  return {...http, heard, clock};
}

export function get(url: string, changes: Partial<HttpRequest> = {}): HttpRequest {
  const address = new URL(url);
  return {
    service: 'compute',
    method: 'GET',
    url: address,
    path: address.pathname.slice(1),
    headers: {},
    ...changes,
  };
}
