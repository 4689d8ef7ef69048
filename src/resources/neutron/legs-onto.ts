/** The interfaces by which a router stands in some subnets: what must be there before a thing that goes through it. */
import type {Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {port} from './port.ts';
import {routerInterface} from './router-interface.ts';

export function legsOnto(
  routerId: string,
  subnets: ReadonlySet<string>,
  scope: Scope,
): readonly Ref<'router_interface'>[] {
  return scope
    .by(routerInterface, 'router_id', routerId)
    .filter(leg =>
      leg.by === 'subnet'
        ? subnets.has(leg.subnet_id)
        : scope.row(port, leg.port_id)?.fixed_ips.some(ip => subnets.has(ip.subnet_id)) === true,
    )
    .map(({id}) => id)
    .toSorted()
    .map(id => new Ref(routerInterface.kind, id));
}
