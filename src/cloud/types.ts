/** What the rest of rekindle sees of a cloud: a session and its services. No got type leaks through here. */

import {type Secrets} from '../model/secrets.ts';

/** Where log lines go; the library never writes anywhere by itself. */
export interface Logger {
  /** Level: warn always shows, info at -v, debug at --debug. Text never holds a secret. */
  log(level: 'warn' | 'info' | 'debug', message: string): void;
  /** One finished HTTP exchange, for --timing: no query, no secret. */
  timing?(exchange: Exchange): void;
  /** Whether messages of this level go anywhere: saves making an HTTP trace that nobody reads. Absent means yes. */
  wants?(level: 'warn' | 'info' | 'debug'): boolean;
}

/** Time, so that tests don't wait. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Ends early, without an error, when the signal fires. */
  sleep(milliseconds: number, signal: AbortSignal | undefined): Promise<void>;
  /** From 0 up to 1, for the jitter of retries. */
  random(): number;
}

export interface Exchange {
  readonly service: string;
  readonly method: string;
  /** Path below the endpoint, without the query. */
  readonly path: string;
  /** HTTP status, or undefined where no answer came. */
  readonly status: number | undefined;
  readonly milliseconds: number;
  readonly requestId: string | undefined;
}

/** Who we are on that cloud, from the token's own answer. */
export interface Identity {
  readonly project:
    | {
        readonly id: string;
        readonly name: string;
        readonly domain: {readonly id: string; readonly name: string};
      }
    | undefined;
  readonly user: {
    readonly id: string;
    readonly name: string;
    readonly domain: {readonly id: string; readonly name: string};
  };
  /** Role names, sorted. */
  readonly roles: readonly string[];
  /** ISO time, UTC. */
  readonly expires_at: string;
  /** Token methods, as `password` or `application_credential`. */
  readonly methods: readonly string[];
  /** Of an application credential: Keystone lets it make neither trusts nor other credentials. */
  readonly restricted?: boolean;
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export interface CallOptions {
  readonly query?: Query | undefined;
  /** JSON body. */
  readonly json?: unknown;
  /** Microversion to send for this call, as `2.96`; default: the service's negotiated one. `null` sends none. */
  readonly microversion?: string | null | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  /** As in ListOptions. */
  readonly ordered?: readonly string[] | undefined;
  /** Statuses that are answers and not errors, beside 2xx and 300. */
  readonly accept?: readonly number[] | undefined;
  /** The body holds secrets: neither it nor the answer's is traced. */
  readonly secret?: boolean | undefined;
  /** Take the body as it is: `bytes` instead of `body`. */
  readonly raw?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Goes out though the session was interrupted: to take back what was begun. Give it a signal with a time limit. */
  readonly detached?: boolean | undefined;
}

export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or undefined where the body is empty or not JSON. */
  readonly body: unknown;
  /** Only with `raw`. */
  readonly bytes?: Uint8Array;
}

export interface ListOptions<T = unknown> {
  readonly query?: Query | undefined;
  readonly microversion?: string | null | undefined;
  /** Page size to ask for; default: as many as the service answers at once. */
  readonly limit?: number | undefined;
  /**
   * Keys whose object value keeps its own order: JavaScript moves integer-like keys first, so such an object arrives
   * as a list of [key, value] pairs instead.
   */
  readonly ordered?: readonly string[] | undefined;
  /**
   * What to make of each row, while the next page is under way; default: itself. Where the pages move while they are read
   * the list is begun again, and what was made is forgotten.
   */
  readonly each?: ((row: unknown) => T) | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface DownloadOptions {
  /** Byte to begin at, asked for by `Range`: 206 where the service can, else 200 with the whole. */
  readonly from?: number | undefined;
  /** Statuses that are answers and not errors, beside 2xx. */
  readonly accept?: readonly number[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Download {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /**
   * The body as it comes; nothing is read ahead of who takes it but what the connection's buffer holds. To be gone through
   * once. Its end, also an early one, ends the connection.
   * @throws RekindleError 'connect' where it breaks off, 'timeout' where nothing comes for too long, 'aborted'
   */
  readonly chunks: AsyncIterable<Uint8Array>;
  /** Ends the connection; harmless when it has ended. */
  close(): void;
}

export interface UploadOptions {
  /** Bytes of the body. */
  readonly size: number;
  readonly headers?: Readonly<Record<string, string>> | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Bodies that are too large to be held. Their time limit is one on silence, not on the whole. */
export interface Bodies {
  /** @throws RekindleError for every status outside 2xx and `accept`, and for a redirect to another host. */
  download(path: string, options?: DownloadOptions): Promise<Download>;
  /**
   * One PUT. The service is asked before the body is begun (`Expect: 100-continue`), so that a refused token is renewed and a
   * refusal costs nothing; once it is begun nothing is tried again, and what the body throws is thrown.
   */
  upload(path: string, body: AsyncIterable<Uint8Array>, options: UploadOptions): Promise<Answer>;
}

export interface Service {
  /** The official service type asked for, as `compute`. */
  readonly type: string;
  /** Base URL that paths are appended to: version segment included (and project id where the service needs it). */
  readonly url: string;
  /** Version document's id, as `v2.1`, where discovery found one. */
  readonly version: string | undefined;
  /** Range the service offers. */
  readonly microversions: {readonly min: string; readonly max: string} | undefined;
  /** What calls send by default: min(server's maximum, the highest tested); undefined where there is none. */
  readonly microversion: string | undefined;
  /** @throws RekindleError for every status outside 2xx, 300 and `accept`. `path` has no leading slash. */
  call(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /**
   * All rows of a paged list, or what `each` made of them, in the order answered, each page checked to hold `key` as an array.
   * `key` '' means that the answer itself is the array.
   * @throws RekindleError 'protocol' for a missing key or a repeated page marker.
   */
  list<T = unknown>(path: string, key: string, options?: ListOptions<T>): Promise<readonly T[]>;
  /** Absent where the session is not one of `openSession`. */
  readonly bodies?: Bodies | undefined;
}

export interface Session {
  /** The name of the cloud entry, or `envvars`. */
  readonly cloud: string;
  /** Host (and port) of Keystone: the only thing of the address a snapshot keeps. */
  readonly authHost: string;
  readonly region: string | undefined;
  readonly identity: Identity;
  /** Official service types in the catalog for this region and interface, plus those with an endpoint override. */
  readonly serviceTypes: readonly string[];
  /** Endpoint found and version discovered once, on first use. Undefined where the catalog lacks the service. */
  service(type: string): Promise<Service | undefined>;
  /** Settings of the clouds.yaml entry that matter to a deployment. */
  readonly networks: readonly CloudNetwork[];
  /** Every HTTP exchange so far, retries and authentication included, in the order they ended. */
  readonly requests: readonly Exchange[];
  /** What no message of this session tells, whatever a service quotes. Absent where nothing is known of any. */
  readonly secrets?: Secrets | undefined;
  /** Ends keep-alive connections. */
  close(): void;
}

export interface CloudNetwork {
  readonly name: string;
  readonly routes_externally: boolean | undefined;
  readonly default_interface: boolean | undefined;
}

/** The openstack client's global options, hyphens and underscores normalised to camel case by the caller. */
export interface CloudOptions {
  readonly osCloud?: string | undefined;
  readonly osAuthUrl?: string | undefined;
  readonly osAuthType?: string | undefined;
  readonly osUsername?: string | undefined;
  readonly osUserId?: string | undefined;
  readonly osPassword?: string | undefined;
  readonly osToken?: string | undefined;
  readonly osPasscode?: string | undefined;
  readonly osProjectName?: string | undefined;
  readonly osProjectId?: string | undefined;
  readonly osUserDomainName?: string | undefined;
  readonly osUserDomainId?: string | undefined;
  readonly osProjectDomainName?: string | undefined;
  readonly osProjectDomainId?: string | undefined;
  readonly osDomainName?: string | undefined;
  readonly osDomainId?: string | undefined;
  readonly osDefaultDomain?: string | undefined;
  readonly osSystemScope?: string | undefined;
  readonly osTrustId?: string | undefined;
  readonly osApplicationCredentialId?: string | undefined;
  readonly osApplicationCredentialName?: string | undefined;
  readonly osApplicationCredentialSecret?: string | undefined;
  readonly osRegionName?: string | undefined;
  readonly osInterface?: string | undefined;
  readonly osEndpoint?: string | undefined;
  readonly osCacert?: string | undefined;
  readonly osCert?: string | undefined;
  readonly osKey?: string | undefined;
  readonly insecure?: boolean | undefined;
  readonly verify?: boolean | undefined;
  /** By official service type, as {compute: '2.90'}. */
  readonly osApiVersions?: Readonly<Record<string, string>> | undefined;
  /** OIDC and other auth options by their clouds.yaml key, as {identity_provider: 'x'}. */
  readonly osAuth?: Readonly<Record<string, string>> | undefined;
  /** Seconds for one whole request. */
  readonly httpTimeout?: number | undefined;
}

/** Everything from outside the process that opening a session needs, so that tests pass their own. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly home: string;
  readonly platform: string;
  readonly logger: Logger;
  readonly signal?: AbortSignal | undefined;
  /** Asks for a secret on a terminal; absent off one. */
  readonly prompt?: ((question: string) => Promise<string>) | undefined;
  /** Default: the real time. */
  readonly clock?: Clock | undefined;
}
