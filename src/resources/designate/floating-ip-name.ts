import {define, lost, skipped, stepwise, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Joined, Ref} from '../../model/value.ts';
import {floatingIp} from '../neutron/floating-ip.ts';
import {command, operands} from '../neutron/shared.ts';
import {followed, lasting} from './names.ts';

/** Answered by Designate; proof: designate `objects/adapters/api_v2/floating_ip.py`. Every floating IP has a row. */
interface Row {
  /** `region:id`. */
  readonly id: string;
  /** null: it has no name. */
  readonly ptrdname: string | null;
  readonly description: string | null;
  readonly ttl: number | null;
  readonly address: string;
  readonly status?: string;
  readonly action?: string;
  readonly links?: object;
}

function floatingIpOf({address}: Row, scope: Scope): Ref<'floating_ip'> | undefined {
  const [found] = scope.by(floatingIp, 'floating_ip_address', address);
  return found === undefined ? undefined : new Ref(floatingIp.kind, found.id);
}

function where(row: Row, scope: Scope): Place {
  if (!row.ptrdname) return skipped('the floating IP has no name');
  const target = floatingIpOf(row, scope);
  return target !== undefined && scope.place(floatingIp, target.id)?.as === 'resource'
    ? {as: 'step'}
    : lost('its floating IP is not rebuilt');
}

export const floatingIpName = define<Row, object>()({
  kind: 'floating_ip_name',
  section: 'DNS',
  heat: null,
  list: {service: 'dns', path: 'reverse/floatingips', key: 'floatingips'},
  where,
  label: row => row.ptrdname ?? '',
  under: floatingIpOf,
  properties: {},
  compares: {
    ptrdname: (row, scope) => lasting(row.ptrdname ?? '', scope),
    description: row => row.description,
    ttl: row => row.ttl,
    address: (row, scope) => floatingIpOf(row, scope) ?? row.address,
  },
  ignores: {
    ptrdname: stepwise((row, scope) => {
      const target = floatingIpOf(row, scope);
      if (!row.ptrdname || target === undefined) return undefined;
      return {
        when: 'after',
        title: 'name the floating IP in the reverse zone',
        command: command(
          'ptr record set',
          row.ttl === null ? [] : ['--ttl', String(row.ttl)],
          row.description ? [`--description=${row.description}`] : [],
          // The region is the source's: Designate knows floating IPs by it.
          operands(new Joined(/^.*:/.exec(row.id)?.[0] ?? '', target), followed(row.ptrdname, scope)),
        ),
      };
    }),
    description: 'elsewhere',
    ttl: 'elsewhere',
    address: 'elsewhere',
    status: 'read-only',
    action: 'read-only',
    links: 'read-only',
  },
  example: {
    row: {
      id: 'RegionOne:f1',
      ptrdname: 'www.example.org.',
      description: 'front door',
      ttl: 600,
      address: '203.0.113.7',
      status: 'ACTIVE',
      action: 'NONE',
    },
    with: {
      floating_ip: [
        {
          id: 'f1',
          project_id: 'p1',
          floating_ip_address: '203.0.113.7',
          floating_network_id: 'n9',
          port_id: null,
          fixed_ip_address: null,
        },
      ],
    },
    place: 'step',
    emits: {},
  },
});
