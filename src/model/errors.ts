/**
 * The one typed error. Everything rekindle refuses or fails at is a RekindleError with a code of this closed list;
 * the command line maps the code to an exit status, the library hands it to the caller.
 */
export type ErrorCode =
  /** The command's words are off. */
  | 'usage'
  /** clouds.yaml, the environment or an option says something that can't be used. */
  | 'config'
  /** Keystone, or a service, refused the credential. */
  | 'auth'
  /** The credential is good, the role is not enough (403). */
  | 'forbidden'
  /** No connection: unreachable, refused, unknown host. */
  | 'connect'
  /** The TLS handshake failed: unknown authority, wrong host name, no client certificate. */
  | 'tls'
  /** A time limit ran out. */
  | 'timeout'
  /** An API answered with an error status that no other code names. */
  | 'http'
  /** 404. */
  | 'not-found'
  /** 409, or a name that is taken. */
  | 'conflict'
  /** An answer that isn't what the API promises: broken JSON, a missing list key, a repeated page marker. */
  | 'protocol'
  /** The catalog has no such service in this region. */
  | 'no-service'
  /** A file we were given can't be read as what it should be. */
  | 'input'
  /** Writing would destroy something that isn't ours. */
  | 'exists'
  /** A check found that the deployment can't succeed. */
  | 'not-deployable'
  /** Heat reported a failed stack. */
  | 'stack-failed'
  /** The caller's AbortSignal fired. */
  | 'aborted'
  /** A bug of ours: an invariant is broken. */
  | 'internal';

/** Where an API error came from; all fields are safe to print. */
export interface ErrorOrigin {
  /** Catalog service type, as `compute`. */
  readonly service?: string | undefined;
  readonly method?: string | undefined;
  /** Path below the endpoint, without the query. */
  readonly path?: string | undefined;
  readonly status?: number | undefined;
  /** The service's own id for the request (`req-…` or `tx…`). */
  readonly requestId?: string | undefined;
}

export interface ErrorDetails extends ErrorOrigin {
  /** What the user can do about it: one sentence, no full stop needed. */
  readonly hint?: string | undefined;
  /** Kept for `--debug`; never holds a got error, which would carry the token and the body. */
  readonly cause?: unknown;
}

export class RekindleError extends Error {
  override readonly name = 'RekindleError';
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly origin: ErrorOrigin;

  /** @param message One clear sentence: what, where, why; without secrets. */
  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : {cause: details.cause});
    this.code = code;
    this.hint = details.hint;
    const {service, method, path, status, requestId} = details;
    this.origin = {service, method, path, status, requestId};
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
