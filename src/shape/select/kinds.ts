/** What people call the kinds: as the registry does, as the openstack client does, in the plural. */
import {allNearest} from '../../model/nearest.ts';

/** Words of the openstack client that aren't the registry's. */
const words: Readonly<Record<string, string>> = {
  instance: 'server',
  net: 'network',
  loadbalancer: 'load_balancer',
  loadbalancer_listener: 'listener',
  loadbalancer_pool: 'pool',
  loadbalancer_member: 'member',
  loadbalancer_healthmonitor: 'health_monitor',
  healthmonitor: 'health_monitor',
  loadbalancer_l7policy: 'l7policy',
  loadbalancer_l7rule: 'l7rule',
  floating_ip_port_forwarding: 'port_forwarding',
  floatingip: 'floating_ip',
  network_trunk: 'trunk',
  network_segment: 'segment',
  network_rbac: 'rbac_policy',
  network_qos_policy: 'qos_policy',
  network_meter: 'metering_label',
  network_meter_rule: 'metering_label_rule',
  subnetpool: 'subnet_pool',
  vpn_ike_policy: 'ike_policy',
  vpn_ipsec_policy: 'ipsec_policy',
  ipsec_connection: 'ipsec_site_connection',
  object_store_container: 'container',
  messaging_queue: 'queue',
  appcontainer: 'zun_container',
  coe_cluster: 'cluster',
  coe_cluster_template: 'cluster_template',
  key_pair: 'keypair',
};

/** Words for several kinds, by what those end in. */
const families: Readonly<Record<string, string>> = {alarm: '_alarm', secret_container: '_container'};

/** Of the second family, though it ends as the others do. */
const otherContainers: ReadonlySet<string> = new Set(['zun_container', 'tls_container']);

/** The registry's kind, or a word for several; undefined for a word that is none. `*` is any. */
export function kindOf(word: string, kinds: readonly string[]): string | undefined {
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  if (plain === '*') return plain;
  for (const one of [plain, ...singulars(plain)]) {
    const named = Object.hasOwn(words, one) ? words[one] : one;
    if (named !== undefined && (Object.hasOwn(families, named) || kinds.includes(named))) return named;
  }
  return undefined;
}

function singulars(word: string): readonly string[] {
  if (word.endsWith('ies')) return [`${word.slice(0, -3)}y`];
  if (word.endsWith('s')) return [word.slice(0, -1)];
  return [];
}

/** Whether things of that kind are meant by the word that `kindOf` gave. */
export function isOfKind(kind: string, word: string): boolean {
  if (word === '*' || kind === word) return true;
  const end = Object.hasOwn(families, word) ? families[word] : undefined;
  return end !== undefined && kind.endsWith(end) && !otherContainers.has(kind);
}

/** As people write it: `security-group`. */
export function kindWord(kind: string): string {
  return kind.replaceAll('_', '-');
}

/** Kinds that somebody may have meant. */
export function nearKinds(word: string, kinds: readonly string[]): readonly string[] {
  const plain = word
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  return allNearest(plain, [...kinds, ...Object.keys(words)], 3).map(kindWord);
}
