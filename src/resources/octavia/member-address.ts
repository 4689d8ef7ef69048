/** Whose a member's address is: one that moves with its port, or with another load balancer's VIP, is said by that. */
import {isRebuilt, type Scope} from '../../model/define.ts';
import {Attr, Ref} from '../../model/value.ts';
import {isLostAddress} from '../neutron/port-addresses.ts';
import {port, type PortRow} from '../neutron/port.ts';
import {loadBalancer} from './load-balancer.ts';
import {pool} from './pool.ts';

export interface Located {
  readonly pool_id: string;
  readonly subnet_id?: string | null;
}

interface Holder {
  readonly port: PortRow;
  readonly subnet_id: string;
}

/** Ports by address; the same one may be on several networks. */
function holdersOf(address: string, scope: Scope): readonly Holder[] {
  const byAddress = scope.memo('member.ports-by-address', () => {
    const found = new Map<string, Holder[]>();
    for (const row of scope.rows(port)) {
      for (const {ip_address, subnet_id} of row.fixed_ips) {
        const holders = found.get(ip_address);
        if (holders === undefined) found.set(ip_address, [{port: row, subnet_id}]);
        else holders.push({port: row, subnet_id});
      }
    }
    return found;
  });
  return byAddress.get(address) ?? [];
}

/** The only holder, or the only one on the subnet that the member, or the VIP, is on. */
function holderOf(address: string, row: Located, scope: Scope): PortRow | undefined {
  const holders = holdersOf(address, scope);
  const balancer = scope.row(pool, row.pool_id)?.loadbalancers[0]?.id;
  const near = row.subnet_id ?? scope.row(loadBalancer, balancer)?.vip_subnet_id;
  const there = holders.filter(({subnet_id}) => subnet_id === near);
  const [only, ...more] = there.length > 0 ? there : holders;
  return more.length === 0 ? only?.port : undefined;
}

/** What the address stands for, where the template builds it. */
export function standsFor(
  address: string | null | undefined,
  row: Located,
  scope: Scope,
): Ref<'port'> | Ref<'load_balancer'> | undefined {
  if (typeof address !== 'string') return undefined;
  const holder = holderOf(address, row, scope);
  if (holder === undefined) return undefined;
  if (isRebuilt(scope.place(port, holder.id))) return new Ref(port.kind, holder.id);
  const vip = scope
    .by(loadBalancer, 'vip_port_id', holder.id)
    .find(({id, vip_address}) => vip_address === address && isBuilt(id, scope));
  return vip === undefined ? undefined : new Ref(loadBalancer.kind, vip.id);
}

function isBuilt(id: string, scope: Scope): boolean {
  return isRebuilt(scope.place(loadBalancer, id));
}

/** @param lose Called where the target may give the port another address, and which of several can't be said. */
export function addressOf(address: string, row: Located, scope: Scope, lose: (reason: string) => void) {
  const target = standsFor(address, row, scope);
  if (target?.kind === 'load_balancer')
    return new Attr(loadBalancer.kind, target.id, ['vip_address'], address);
  const holder = scope.row(port, target?.id);
  if (holder === undefined) return address;
  // Neutron answers several addresses in an order of its own.
  if (holder.fixed_ips.length === 1)
    return new Attr(port.kind, holder.id, ['fixed_ips', 0, 'ip_address'], address);
  const own = holder.fixed_ips.find(ip => ip.ip_address === address);
  if (own !== undefined && isLostAddress(holder, own, scope))
    lose('the target assigns the addresses of its port, and which of them it is can not be said');
  return address;
}
