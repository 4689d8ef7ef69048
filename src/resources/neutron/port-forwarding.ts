import {define, stepwise} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {floatingIp} from './floating-ip.ts';
import {command, foreign, isOurs} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/floating_ip_port_forwarding.py` and those that extend it. */
interface Row {
  readonly id: string;
  /** Ours: the list has it in its path. */
  readonly floatingip_id: string;
  readonly protocol: string;
  readonly internal_port_id: string;
  readonly internal_ip_address: string;
  readonly internal_port?: number | null;
  readonly external_port?: number | null;
  /** `a:b`, always, with the extension floating-ip-port-forwarding-port-ranges. */
  readonly internal_port_range?: string;
  readonly external_port_range?: string;
  readonly description?: string;
}

/** One port, or a range where there is one. */
function portWord(range: string | undefined, single: number | null | undefined): string {
  const [first, last] = range?.split(':') ?? [];
  if (first !== undefined && last !== undefined) return first === last ? first : `${first}:${last}`;
  return String(single ?? '');
}

/** Heat has the type since 19, but that release can't create it (HEAT-E99001), and none takes a description or ranges. */
export const portForwarding = define<Row, object>()({
  kind: 'port_forwarding',
  section: 'Floating IPs',
  heat: 'OS::Neutron::FloatingIPPortForward',
  list: {
    service: 'network',
    path: 'floatingips/{id}/port_forwardings',
    key: 'port_forwardings',
    extension: 'floating-ip-port-forwarding',
    parent: {
      kind: 'floating_ip',
      field: 'floatingip_id',
      // Those embedded in the floating IP lack descriptions and ranges, but tell that there are some.
      when: parent => {
        const embedded = parent['port_forwardings'];
        return Array.isArray(embedded) ? embedded.length > 0 : !parent['port_id'];
      },
    },
  },
  where: (row, scope) => (isOurs(scope.row(floatingIp, row.floatingip_id), scope) ? {as: 'step'} : foreign),
  under: row => new Ref(floatingIp.kind, row.floatingip_id),
  properties: {},
  compares: {
    floatingip_id: row => row.floatingip_id,
    internal_port_id: row => row.internal_port_id,
    internal_ip_address: row => row.internal_ip_address,
    internal_port: row => portWord(row.internal_port_range, row.internal_port),
    external_port: row => portWord(row.external_port_range, row.external_port),
    description: row => row.description ?? '',
  },
  ignores: {
    floatingip_id: 'elsewhere',
    internal_port_id: 'elsewhere',
    internal_ip_address: 'elsewhere',
    internal_port: 'elsewhere',
    external_port: 'elsewhere',
    internal_port_range: 'elsewhere',
    external_port_range: 'elsewhere',
    description: 'elsewhere',
    // Ranges need a client of 2023.1 or newer.
    protocol: stepwise(row => ({
      when: 'after',
      title: 'forward a port of a floating IP',
      command: command(
        'floating ip port forwarding create',
        ['--internal-ip-address', row.internal_ip_address, '--port', new Ref('port', row.internal_port_id)],
        ['--internal-protocol-port', portWord(row.internal_port_range, row.internal_port)],
        ['--external-protocol-port', portWord(row.external_port_range, row.external_port)],
        ['--protocol', row.protocol],
        row.description ? ['--description', row.description] : [],
        new Ref(floatingIp.kind, row.floatingip_id),
      ),
    })),
  },
  example: {
    row: {
      id: 'pf1',
      floatingip_id: 'f1',
      protocol: 'tcp',
      internal_port_id: 'x1',
      internal_ip_address: '10.0.0.5',
      internal_port: 22,
      external_port: 2222,
      internal_port_range: '22:22',
      external_port_range: '2222:2222',
      description: 'ssh',
    },
    with: {
      floating_ip: [{id: 'f1', project_id: 'p1', floating_network_id: 'n9', port_id: null}],
    },
    place: 'step',
    emits: {},
  },
});
