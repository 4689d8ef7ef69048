/** The values that go in and out of the HTTP layer; nothing of got is in them. */
import {type Secrets} from '../../model/secrets.ts';

export interface HttpRequest {
  /** Service type, for limits, logs and errors. */
  readonly service: string;
  readonly method: string;
  readonly url: URL;
  /** Path below the endpoint without the query: what logs and errors show. */
  readonly path: string;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: HttpBody | undefined;
  /** Whether repeating it is harmless though the method isn't: fetching a token, say. */
  readonly safe?: boolean | undefined;
  /** Request and answer hold credentials: neither body is ever logged. */
  readonly secret?: boolean | undefined;
  /** The answer's bytes are wanted too. */
  readonly raw?: boolean | undefined;
  /** What must not appear in an error message, should the answer echo it. */
  readonly secrets?: Secrets | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The session's own signal does not count. */
  readonly detached?: boolean | undefined;
}

export type HttpBody = {readonly json: unknown} | {readonly form: Readonly<Record<string, string>>};

export interface HttpAnswer {
  readonly status: number;
  readonly reason: string;
  /** Lower-case names, repeated ones joined by a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  /** The body as it came, where the request asked for it. */
  readonly bytes?: Uint8Array;
  /** Where the answer came from in the end. */
  readonly url: URL;
  /** A redirect led to another origin, so the token wasn't sent there. */
  readonly tokenDropped: boolean;
  /** How often it was tried. */
  readonly tries: number;
}

export function requestIdOf(headers: Readonly<Record<string, string>>): string | undefined {
  const id = headers['x-openstack-request-id'] ?? headers['x-compute-request-id'] ?? headers['x-trans-id'];
  return id !== undefined && /^[\w.:-]{1,80}$/u.test(id) ? id : undefined;
}
