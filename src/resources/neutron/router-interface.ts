import {define, from, parts, resource, type Typed} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {order} from '../../model/cidr.ts';
import {port} from './port.ts';
import {isLeg, isLegBySubnet} from './router-legs.ts';
import {router} from './router.ts';
import {foreign, isOurs, joined} from './shared.ts';
import {network} from './network.ts';
import {subnet} from './subnet.ts';

/** Made of the ports that routers stand on: one for each subnet, or one for a port that somebody gave. */
interface Row {
  readonly id: string;
  readonly by: 'subnet' | 'port';
  readonly router_id: string;
  readonly network_id: string;
  readonly port_id: string;
  /** '' where it is given by port. */
  readonly subnet_id: string;
  /** '' where it is given by port. */
  readonly ip_address: string;
  /** Id of the interface before it on the same port, '' for the first. */
  readonly previous: string;
}

/** Taken by Heat, one of the two; proof: heat `engine/resources/openstack/neutron/router.py`, `RouterInterface`. */
interface Properties {
  readonly router: Ref<'router'>;
  readonly subnet?: Ref<'subnet'>;
  readonly port?: Ref<'port'>;
}

const self: Typed<'router_interface', Row> = {kind: 'router_interface'};
const r = from<Row>();

export const routerInterface = define<Row, Properties>()({
  kind: 'router_interface',
  section: 'Routers',
  heat: 'OS::Neutron::RouterInterface',
  parts: parts(port, (row, scope): readonly Row[] => {
    if (!isLeg(row) || !isOurs(row, scope)) return [];
    const leg = {router_id: row.device_id, network_id: row.network_id, port_id: row.id};
    if (!isLegBySubnet(row, scope))
      return [
        {
          id: `${row.device_id}:${row.id}`,
          by: 'port',
          ...leg,
          subnet_id: '',
          ip_address: '',
          previous: '',
        },
      ];
    const subnets = row.fixed_ips.toSorted((a, b) => order(a.subnet_id, b.subnet_id));
    return subnets.map(({subnet_id, ip_address}, index) => {
      const before = subnets[index - 1];
      const id = `${row.device_id}:${subnet_id}`;
      const previous = before === undefined ? '' : `${row.device_id}:${before.subnet_id}`;
      return Object.assign({id, by: 'subnet' as const, subnet_id, ip_address, previous}, leg);
    });
  }),
  // Proof: `resource_id_set` in `handle_create`.
  physicalId: row =>
    row.by === 'subnet'
      ? `${row.router_id}:subnet_id=${row.subnet_id}`
      : `${row.router_id}:port_id=${row.port_id}`,
  where: (row, scope) => (isOurs(scope.row(router, row.router_id), scope) ? resource : foreign),
  // Added by hand to a stack's router, it is nobody's.
  madeWith: () => undefined,
  label: (row, scope) =>
    joined(
      scope.row(router, row.router_id)?.name,
      scope.row(subnet, row.subnet_id)?.name ||
        scope.row(port, row.port_id)?.name ||
        scope.row(network, row.network_id)?.name,
    ),
  under: row => new Ref(router.kind, row.router_id),
  // IPv6 subnets of one network share a port: added side by side, each would make its own.
  after: (row, scope) => {
    let {previous} = row;
    while (previous !== '' && scope.isCut(self, previous))
      previous = scope.row(self, previous)?.previous ?? '';
    return [previous === '' ? undefined : new Ref('router_interface', previous)];
  },
  properties: {
    router: r.ref(router, 'router_id'),
    subnet: r.make(['subnet_id', 'by'], row =>
      row.by === 'subnet' ? new Ref(subnet.kind, row.subnet_id) : undefined,
    ),
    port: r.make(['port_id', 'by'], row => (row.by === 'port' ? new Ref(port.kind, row.port_id) : undefined)),
  },
  compares: {port_id: row => (row.by === 'port' ? row.port_id : undefined)},
  ignores: {
    // The subnet's gateway, or said on the port.
    ip_address: 'elsewhere',
    previous: 'read-only',
    network_id: 'elsewhere',
  },
  example: {
    row: {
      id: 'r1:s1',
      by: 'subnet',
      router_id: 'r1',
      network_id: 'n1',
      port_id: 'x1',
      subnet_id: 's1',
      ip_address: '10.0.0.1',
      previous: '',
    },
    with: {
      router: [{id: 'r1', project_id: 'p1', name: 'edge', admin_state_up: true, external_gateway_info: null}],
      network: [{id: 'n1', project_id: 'p1', name: 'web'}],
      subnet: [{id: 's1', project_id: 'p1', name: 'web', network_id: 'n1', cidr: '10.0.0.0/24'}],
    },
    emits: {router: {get_resource: 'router:r1'}, subnet: {get_resource: 'subnet:s1'}},
  },
  moreExamples: [
    {
      row: {
        id: 'r1:x1',
        by: 'port',
        router_id: 'r1',
        network_id: 'n1',
        port_id: 'x1',
        subnet_id: '',
        ip_address: '',
        previous: '',
      },
      with: {
        router: [
          {id: 'r1', project_id: 'p1', name: 'edge', admin_state_up: true, external_gateway_info: null},
        ],
        network: [{id: 'n1', project_id: 'p1', name: 'web'}],
        subnet: [{id: 's1', project_id: 'p1', name: 'web', network_id: 'n1', cidr: '10.0.0.0/24'}],
        port: [
          {
            id: 'x1',
            project_id: 'p1',
            name: 'leg',
            network_id: 'n1',
            device_id: 'r1',
            device_owner: 'network:router_interface',
            fixed_ips: [{subnet_id: 's1', ip_address: '10.0.0.254'}],
          },
        ],
      },
      emits: {router: {get_resource: 'router:r1'}, port: {get_resource: 'port:x1'}},
    },
  ],
});
