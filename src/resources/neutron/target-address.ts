/** Addresses of the project that other services' data hold: the target gives its own where none is pinned. Pure. */
import type {Scope} from '../../model/define.ts';
import {Attr, Ref} from '../../model/value.ts';
import {keepsAddress, loadBalancer} from '../octavia/load-balancer.ts';
import {floatingIp} from './floating-ip.ts';
import {isLostAddress} from './port-addresses.ts';
import {port} from './port.ts';

/** The address as the target will have it. */
export function targetAddress(address: string, scope: Scope): string | Attr {
  return addressesOf(scope).get(address) ?? address;
}

/** What the address stands for, to compare by. */
export function addressOwner(address: string, scope: Scope): string | Ref {
  const found = addressesOf(scope).get(address);
  return found === undefined ? address : new Ref(found.kind, found.id);
}

function addressesOf(scope: Scope): ReadonlyMap<string, Attr> {
  return scope.memo('target addresses', () => {
    const found = new Map<string, Attr>();
    const ambiguous = new Set<string>();
    for (const row of scope.rows(port)) {
      if (scope.place(port, row.id)?.as !== 'resource') continue;
      for (const [index, ip] of row.fixed_ips.entries()) {
        if (found.has(ip.ip_address)) ambiguous.add(ip.ip_address);
        const path = ['fixed_ips', index, 'ip_address'];
        // A pinned one counts too: then nobody knows which of the two is meant.
        found.set(ip.ip_address, new Attr(port.kind, row.id, path, ip.ip_address));
        if (!isLostAddress(row, ip, scope)) ambiguous.add(ip.ip_address);
      }
    }
    for (const row of scope.rows(loadBalancer)) {
      if (scope.place(loadBalancer, row.id)?.as !== 'resource' || keepsAddress(row, scope)) continue;
      if (found.has(row.vip_address)) ambiguous.add(row.vip_address);
      found.set(row.vip_address, new Attr(loadBalancer.kind, row.id, ['vip_address'], row.vip_address));
    }
    for (const address of ambiguous) found.delete(address);
    for (const {id, floating_ip_address: address} of scope.rows(floatingIp)) {
      if (scope.place(floatingIp, id)?.as === 'resource')
        found.set(address, new Attr(floatingIp.kind, id, ['floating_ip_address'], address));
    }
    return found;
  });
}
