/** What configuration comes down to: plain values that the rest of the cloud layer works from. */

import {type CloudNetwork} from './types.ts';

export interface TlsSettings {
  readonly verify: boolean;
  /** Absolute paths. */
  readonly cacert: string | undefined;
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

export interface ServiceSettings {
  readonly endpointOverride: string | undefined;
  readonly interfaces: readonly string[] | undefined;
  readonly region: string | undefined;
  readonly apiVersion: string | undefined;
  readonly microversion: string | undefined;
  /** What to look for in the catalog instead of the official type. */
  readonly serviceType: string | undefined;
  readonly serviceName: string | undefined;
}

/** Options of the auth type by their clouds.yaml key, underscores, no aliases; all are text. */
export type AuthOptions = Readonly<Record<string, string>>;

export interface CloudSettings {
  /** The entry's name, or `envvars`. */
  readonly name: string;
  /** The file that the entry is in, for messages. */
  readonly file: string | undefined;
  /** As in keystoneauth, aliases resolved: `v3password` and `password` are both `password`. */
  readonly authType: string;
  readonly auth: AuthOptions;
  /** No user or project domain was given, so the id `default` was taken. */
  readonly domainAssumed: boolean;
  readonly region: string | undefined;
  /** In order of preference: `public`, `internal` or `admin`. */
  readonly interfaces: readonly string[];
  readonly tls: TlsSettings;
  /** Seconds for one whole request, where set. */
  readonly timeout: number | undefined;
  readonly networks: readonly CloudNetwork[];
  /** Settings of one service by its official type. */
  service(type: string): ServiceSettings;
  /** Official types whose endpoint is set by hand. */
  readonly overridden: readonly string[];
}
