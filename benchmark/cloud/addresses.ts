/** Addresses, moments and numbers of a synthetic project. Pure. */
import type {Row} from './examples.ts';

export function range<T>(count: number, make: (n: number) => T): T[] {
  return Array.from({length: count}, (_, n) => make(n));
}

export interface Nic {
  readonly network: number;
  readonly address: string;
  readonly mac: string;
}

export function secondNic(n: number, network: number, host: number): Nic {
  return {network, address: addressOf(network, host + 100), mac: macOf(2 * n + 1)};
}

/** As Nova tells them: by the network's name. */
export function addressesOf(nics: readonly Nic[]): Row {
  const names = [...new Set(nics.map(({network}) => `net-${network}`))];
  const all = nics.map(({network, address, mac}) => ({
    name: `net-${network}`,
    told: {version: 4, addr: address, 'OS-EXT-IPS:type': 'fixed', 'OS-EXT-IPS-MAC:mac_addr': mac},
  }));
  return Object.fromEntries(
    names.map(name => [name, all.filter(one => one.name === name).map(({told}) => told)]),
  );
}

/** A /24 for each network. */
export function addressOf(network: number, host: number): string {
  return `10.${network >> 8}.${network & 255}.${host}`;
}

export function macOf(n: number): string {
  const bytes = [(n >> 16) & 255, (n >> 8) & 255, n & 255].map(byte => byte.toString(16).padStart(2, '0'));
  return `fa:16:3e:${bytes.join(':')}`;
}

export function momentOf(n: number): {readonly created: string; readonly at: string} {
  const text = new Date(Date.UTC(2026, 0, 1) + n * 1000).toISOString().slice(0, 19);
  return {created: `${text}Z`, at: `${text}.000000`};
}
