/** What servers, ports and volumes say of each other, each in a list of its own service. */
import type {ListCall, Named} from '../../model/list-call.ts';
import type {Row} from '../../model/inventory.ts';
import {valuesAt} from '../../model/names.ts';
import {isPlainObject} from '../../model/value.ts';

const ATTACHED = 'os-extended-volumes:volumes_attached';

/** MAC addresses in `addresses`, once each; a floating IP shows with its port's. */
export function macsOf(server: Row): ReadonlySet<string> {
  const macs = new Set<string>();
  collectMacs(server['addresses'], macs);
  return macs;
}

/** `addresses` is pairs of a network's name and what stands in it. */
function collectMacs(value: unknown, macs: Set<string>): void {
  for (const item of Array.isArray(value) ? (value as unknown[]) : []) {
    if (Array.isArray(item)) collectMacs(item, macs);
    if (!isPlainObject(item) || item['OS-EXT-IPS:type'] === 'floating') continue;
    const mac = item['OS-EXT-IPS-MAC:mac_addr'];
    if (typeof mac === 'string') macs.add(mac.toLowerCase());
  }
}

export const namesOfServer: NonNullable<ListCall['names']> = function* (server): Generator<Named> {
  const {id} = server;
  for (const value of macsOf(server))
    yield {kind: 'port', field: 'mac_address', value, agrees: port => port['device_id'] === id};
  for (const value of valuesAt(server, [ATTACHED, 'id']))
    yield {kind: 'volume', value, agrees: volume => has(volume, ['attachments', 'server_id'], id)};
};

export const namesOfVolume: NonNullable<ListCall['names']> = function* (volume): Generator<Named> {
  const {id} = volume;
  for (const value of valuesAt(volume, ['attachments', 'server_id']))
    yield {kind: 'server', value, agrees: server => has(server, [ATTACHED, 'id'], id)};
};

function has(row: Row, path: readonly string[], wanted: unknown): boolean {
  return valuesAt(row, path).includes(wanted);
}
