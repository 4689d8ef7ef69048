/** TLS material of listeners and pools: Barbican's, named by its URL in every cloud anew. */
import {refer, type Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {idIn} from '../barbican/ids.ts';
import type {Words} from './shared.ts';

/** Known by its URL only. */
interface Row {
  readonly id: string;
}

export const tlsContainer = refer<Row>()({
  kind: 'tls_container',
  section: 'Load balancers',
  outside: {prefix: 'tls_container'},
});

/** Kinds of Barbican's that hold certificates: containers, and secrets with a PKCS #12 bundle or a list in them. */
const holders = ['certificate_container', 'generic_container', 'rsa_container', 'secret'] as const;

/** What stands for it in the target: Barbican's own, if that is part of the snapshot. */
export type Container = Ref<'tls_container' | (typeof holders)[number]>;

export function containerOf(url: string | null | undefined, scope: Scope): Container | undefined {
  if (typeof url !== 'string' || url === '') return undefined;
  const id = idIn(url) ?? url;
  const kind = holders.find(kind => scope.place({kind}, id)?.as === 'resource');
  return kind === undefined ? new Ref(tlsContainer.kind, url) : new Ref(kind, id);
}

/** In one order on both sides: ids are other ones there. */
export function containersOf(urls: readonly string[], scope: Scope): readonly Container[] {
  return urls.toSorted().flatMap(url => containerOf(url, scope) ?? []);
}

/** Fields that listeners and pools share; proof: octavia `api/v2/types/{listener,pool}.py`. */
export interface Tls {
  readonly tls_ciphers?: string | null;
  readonly tls_versions?: readonly string[] | null;
  readonly alpn_protocols?: readonly string[] | null;
}

/** Proof: octavia `common/config.py`, `default_listener_*` and `default_pool_*`, which are the same. */
const USUAL = {
  tls_ciphers:
    'TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_GCM_SHA256:DHE-RSA-AES256-GCM-SHA384:' +
    'DHE-RSA-AES128-GCM-SHA256:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:' +
    'DHE-RSA-AES256-SHA256:DHE-RSA-AES128-SHA256:ECDHE-RSA-AES256-SHA384:ECDHE-RSA-AES128-SHA256',
  tls_versions: ['TLSv1.2', 'TLSv1.3'],
  alpn_protocols: ['h2', 'http/1.1', 'http/1.0'],
};

function differs(list: readonly string[] | null | undefined, usual: readonly string[]): boolean {
  return list?.toSorted().join() !== usual.toSorted().join();
}

/** Words for `set`, where TLS is on and the values are not what Octavia picks by itself. */
export function tlsWords(row: Tls, words: Words): void {
  words.unless('tls_ciphers', '--tls-ciphers', row.tls_ciphers, USUAL.tls_ciphers);
  if (differs(row.tls_versions, USUAL.tls_versions))
    words.each('tls_versions', '--tls-version', row.tls_versions);
  if (differs(row.alpn_protocols, USUAL.alpn_protocols))
    words.each('alpn_protocols', '--alpn-protocol', row.alpn_protocols);
}
