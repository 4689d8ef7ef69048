/** Port forwardings as ports and floating IPs look at them: Neutron deletes no floating IP that has any. */
import type {Scope, Typed} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';

interface Forwarding {
  readonly id: string;
  readonly floatingip_id: string;
  readonly internal_port_id: string;
  readonly internal_ip_address: string;
}

export const forwardings: Typed<'port_forwarding', Forwarding> = {kind: 'port_forwarding'};

/**
 * The floating IPs that forward to a port. They come before it, so that they go after it: with the port go the
 * forwardings, which no stack knows of. Proof: neutron `services/portforwarding/pf_plugin.py`.
 */
export function forwardingIps(port: string, scope: Scope): readonly Ref<'floating_ip'>[] {
  const ids = scope.by(forwardings, 'internal_port_id', port).map(({floatingip_id: id}) => id);
  return [...new Set(ids)].sort().map(id => new Ref('floating_ip', id));
}
