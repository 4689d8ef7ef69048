import {define, from, isRebuilt, lossy, resource, stepwise, type Scope} from '../../model/define.ts';
import {Attr, Ref} from '../../model/value.ts';
import {loadBalancer} from '../octavia/load-balancer.ts';
import {forwardings} from './forwardings.ts';
import {isFree} from './free-address.ts';
import {legsOnto} from './legs-onto.ts';
import {network} from './network.ts';
import {onOurNetwork} from './port-addresses.ts';
import {port} from './port.ts';
import {namesOfFloatingIp} from './port-names.ts';
import {
  command,
  foreign,
  isOurs,
  joined,
  server,
  serverMade,
  tagWords,
  valueSpecs,
  type Common,
  type SpecValue,
} from './shared.ts';

interface Addressed {
  readonly fixed_ips: readonly {readonly subnet_id: string; readonly ip_address: string}[];
}

/** Where that port has that address. */
function subnetsOf(target: Addressed | undefined, address: string | null): readonly string[] {
  const ips = target?.fixed_ips ?? [];
  return ips.filter(ip => ip.ip_address === address).map(ip => ip.subnet_id);
}

/** Answered by Neutron; proof: neutron-lib `api/definitions/l3.py` and the extensions' definitions beside it. */
interface Row extends Common {
  readonly floating_ip_address: string;
  readonly floating_network_id: string;
  readonly router_id?: string | null;
  readonly port_id: string | null;
  readonly fixed_ip_address: string | null;
  readonly status?: string;
  readonly description?: string | null;
  readonly qos_policy_id?: string | null;
  readonly qos_network_policy_id?: string | null;
  readonly dns_name?: string;
  readonly dns_domain?: string;
  readonly port_details?: object | null;
  readonly port_forwardings?: readonly object[];
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/floatingip.py`, `FloatingIP.properties_schema`. */
interface Properties {
  readonly floating_network: Ref<'network'>;
  readonly port_id?: Ref<'port'> | Attr<'load_balancer'>;
  readonly fixed_ip_address?: string;
  readonly dns_name?: string;
  readonly dns_domain?: string;
  readonly value_specs?: Readonly<Record<string, SpecValue>>;
}

type Target = Pick<Row, 'port_id' | 'fixed_ip_address'>;

/** The port it points at, if the target will have that. */
function builtPort(row: Pick<Row, 'port_id'>, scope: Scope) {
  const target = scope.row(port, row.port_id);
  return target !== undefined && (isRebuilt(scope.place(port, target.id)) || scope.isCut(port, target.id))
    ? target
    : undefined;
}

/** The load balancer whose VIP it points at, if that is built: the service makes the port. */
function builtBalancer(row: Pick<Row, 'port_id'>, scope: Scope) {
  return row.port_id === null
    ? undefined
    : scope
        .by(loadBalancer, 'vip_port_id', row.port_id)
        .find(({id}) => scope.place(loadBalancer, id)?.as === 'resource');
}

/** Neutron takes the port's only IPv4 address by itself. */
function chosenAddress(row: Target, scope: Scope): string | undefined {
  const target = builtPort(row, scope);
  if (target === undefined || row.fixed_ip_address === null || !onOurNetwork(target, scope)) return undefined;
  const candidates = target.fixed_ips.filter(ip => !ip.ip_address.includes(':'));
  return candidates.length > 1 ? row.fixed_ip_address : undefined;
}

const r = from<Row>();

export const floatingIp = define<Row, Properties>()({
  kind: 'floating_ip',
  section: 'Floating IPs',
  heat: 'OS::Neutron::FloatingIP',
  list: {
    service: 'network',
    path: 'floatingips',
    key: 'floatingips',
    extension: 'router',
    ours: true,
    names: namesOfFloatingIp,
  },
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  label: (row, scope) => {
    const balancer = builtBalancer(row, scope);
    if (balancer !== undefined) return balancer.name;
    const target = scope.row(port, row.port_id);
    return scope.row(server, target?.device_id)?.name || target?.name || joined('floating_ip');
  },
  // Heat's own edge needs an interface given by subnet and a port that names it: so it is always said.
  after: (row, scope) => {
    if (!row.router_id) return [];
    const target =
      builtBalancer(row, scope) === undefined ? builtPort(row, scope) : scope.row(port, row.port_id);
    const onto = [
      ...subnetsOf(target, row.fixed_ip_address),
      // Heat must not take the interface away while ports are forwarded through it: Neutron refuses that.
      ...scope
        .by(forwardings, 'floatingip_id', row.id)
        .flatMap(({internal_port_id: id, internal_ip_address: address}) =>
          subnetsOf(scope.row(port, id), address),
        ),
    ];
    return legsOnto(row.router_id, new Set(onto), scope);
  },
  properties: {
    floating_network: r.make(['floating_network_id'], (row, scope) => {
      const {floating_ip_address: address} = row as Partial<Row>;
      if (typeof address === 'string' && address !== '') scope.note(`${address} in the source`);
      return new Ref(network.kind, row.floating_network_id);
    }),
    port_id: r.make(['port_id'], (row, scope) => {
      if (row.port_id === null) return undefined;
      if (builtPort(row, scope) !== undefined) return new Ref(port.kind, row.port_id);
      const balancer = builtBalancer(row, scope);
      if (balancer !== undefined) return new Attr(loadBalancer.kind, balancer.id, ['vip_port_id'], '');
      scope.lose(
        'port_id',
        'the port it points at is not built by the template: openstack floating ip set --port',
      );
      return undefined;
    }),
    fixed_ip_address: r.make(['fixed_ip_address', 'port_id'], chosenAddress),
    dns_name: r.some('dns_name'),
    dns_domain: r.some('dns_domain'),
    value_specs: r.make(['description'], row => valueSpecs({description: row.description})),
  },
  // Where it is one of several that a port has, that stays.
  addresses: {holds: ['floating_ip_address', 'fixed_ip_address']},
  unordered: ['tags'],
  // An address on another project's network is the target's choice.
  compares: {
    port_id: (row, scope) => {
      const balancer = builtBalancer(row, scope);
      return balancer === undefined ? row.port_id : new Ref(loadBalancer.kind, balancer.id);
    },
    fixed_ip_address: (row, scope) => {
      const target = scope.row(port, row.port_id);
      const kept =
        target !== undefined && onOurNetwork(target, scope) && !isFree(row.fixed_ip_address ?? '', scope);
      return kept ? row.fixed_ip_address : undefined;
    },
  },
  ignores: {
    ...serverMade,
    floating_ip_address: lossy('the target assigns the address; an admin may choose it'),
    status: 'read-only',
    router_id: 'elsewhere',
    // Neutron wants an id, and what Heat passes on as it is may be the name of a policy that is there.
    qos_policy_id: stepwise(row =>
      row.qos_policy_id
        ? {
            when: 'after',
            title: 'limit a floating IP',
            command: command(
              'floating ip set',
              ['--qos-policy', new Ref('qos_policy', row.qos_policy_id)],
              new Ref('floating_ip', row.id),
            ),
          }
        : undefined,
    ),
    qos_network_policy_id: 'read-only',
    port_details: 'read-only',
    port_forwardings: 'elsewhere',
    // Heat's type has none.
    tags: stepwise(row =>
      row.tags?.length
        ? {
            when: 'after',
            title: 'tag the floating IP',
            command: command('floating ip set', tagWords(row.tags), new Ref('floating_ip', row.id)),
          }
        : undefined,
    ),
  },
  example: {
    row: {
      id: 'f1',
      project_id: 'p1',
      floating_ip_address: '203.0.113.7',
      floating_network_id: 'n9',
      router_id: 'r1',
      port_id: 'x1',
      fixed_ip_address: '10.0.0.6',
      description: 'front door',
      qos_policy_id: 'q1',
      dns_name: 'www',
      dns_domain: 'example.org.',
    },
    with: {
      network: [
        {id: 'n1', project_id: 'p1', name: 'web'},
        {id: 'n9', project_id: 'p0', name: 'public', 'router:external': true},
      ],
      port: [
        {
          id: 'x1',
          project_id: 'p1',
          name: 'web',
          network_id: 'n1',
          device_id: '',
          device_owner: '',
          fixed_ips: [
            {subnet_id: 's1', ip_address: '10.0.0.5'},
            {subnet_id: 's1', ip_address: '10.0.0.6'},
          ],
        },
      ],
      qos_policy: [{id: 'q1', name: 'bronze'}],
    },
    emits: {
      floating_network: {get_param: 'network:n9'},
      port_id: {get_resource: 'port:x1'},
      fixed_ip_address: '10.0.0.6',
      dns_name: 'www',
      dns_domain: 'example.org.',
      value_specs: {description: 'front door'},
    },
  },
});
