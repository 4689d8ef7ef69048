/** Records that Neutron makes of dns_name and dns_domain, where it is joined with Designate. Pure. */
import type {Scope} from '../../model/define.ts';
import {floatingIp} from '../neutron/floating-ip.ts';
import {network} from '../neutron/network.ts';
import {port} from '../neutron/port.ts';

interface Recordset {
  readonly name: string;
  readonly type: string;
  readonly records: readonly string[];
  readonly ttl: number | null;
  readonly description: string | null;
}

/**
 * The API doesn't tell who made a record: it is Neutron's if the name, every address and the lack of anything else are.
 * Proof: neutron `services/externaldns/drivers/designate/driver.py`, `create_record_set`, and `db/dns_db.py`.
 */
export function madeByNeutron(row: Recordset, scope: Scope): boolean {
  if ((row.type !== 'A' && row.type !== 'AAAA') || row.ttl !== null || row.description) return false;
  const named = addressesByName(scope).get(row.name.toLowerCase());
  return named !== undefined && row.records.length > 0 && row.records.every(record => named.has(record));
}

function addressesByName(scope: Scope): ReadonlyMap<string, ReadonlySet<string>> {
  return scope.memo('names that neutron publishes', () => {
    const found = new Map<string, Set<string>>();
    const add = (
      name: string | undefined | null,
      domain: string | undefined | null,
      addresses: readonly string[],
    ): void => {
      if (!name || !domain) return;
      const whole = `${name}.${domain}`.toLowerCase();
      found.set(whole, new Set([...(found.get(whole) ?? []), ...addresses]));
    };
    for (const {dns_name: name, dns_domain: domain, network_id, fixed_ips} of scope.rows(port)) {
      const addresses = fixed_ips.map(ip => ip.ip_address);
      add(name, domain || scope.row(network, network_id)?.dns_domain, addresses);
    }
    for (const row of scope.rows(floatingIp)) {
      const target = scope.row(port, row.port_id);
      add(row.dns_name, row.dns_domain, [row.floating_ip_address]);
      add(target?.dns_name, scope.row(network, target?.network_id)?.dns_domain, [row.floating_ip_address]);
    }
    return found;
  });
}
