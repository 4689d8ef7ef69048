import {define, from, lossy, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {legsOnto} from './legs-onto.ts';
import {router} from './router.ts';
import {command, foreign, isOurs, operands, serverMade, type Common} from './shared.ts';
import {subnet} from './subnet.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/vpn.py` and `vpn_flavors.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description: string;
  readonly admin_state_up: boolean;
  readonly router_id: string;
  /** null: the subnets are an endpoint group of each connection. */
  readonly subnet_id: string | null;
  readonly flavor_id?: string | null;
  readonly external_v4_ip?: string | null;
  readonly external_v6_ip?: string | null;
  readonly status?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/vpnservice.py`, `VPNService.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly admin_state_up?: boolean;
  readonly router: Ref<'router'>;
  readonly subnet?: Ref<'subnet'>;
}

const r = from<Row>();

export const vpnService = define<Row, Properties>()({
  kind: 'vpn_service',
  section: 'VPN',
  heat: 'OS::Neutron::VPNService',
  outside: {prefix: 'vpn_service', byId: true},
  list: {service: 'network', path: 'vpn/vpnservices', key: 'vpnservices', extension: 'vpnaas', ours: true},
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    if (row.subnet_id !== null) return resource;
    // Heat's type insists on a subnet.
    scope.step({
      when: 'after',
      fields: ['name', 'description', 'admin_state_up', 'router_id'],
      title: 'create a VPN service for endpoint groups',
      command: command(
        'vpn service create',
        ['--router', new Ref(router.kind, row.router_id)],
        row.description === '' ? [] : ['--description', row.description],
        row.admin_state_up ? [] : ['--disable'],
        operands(row.name),
      ),
    });
    return {as: 'step'};
  },
  label: (row, scope) => scope.row(router, row.router_id)?.name ?? '',
  // Neutron wants the subnet on the router, which no property says.
  after: (row, scope) =>
    legsOnto(row.router_id, new Set(row.subnet_id === null ? [] : [row.subnet_id]), scope),
  optional: {
    why: 'Heat waits until the service is ACTIVE, and some drivers (the reference one) say so only once it has a connection: false where yours does',
  },
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    admin_state_up: r.unless('admin_state_up', true),
    router: r.ref(router, 'router_id'),
    subnet: r.ref(subnet, 'subnet_id'),
  },
  ignores: {
    ...serverMade,
    flavor_id: lossy("the flavor is the source cloud's: openstack vpn service create --flavor"),
    // The router's own address outside.
    external_v4_ip: 'read-only',
    external_v6_ip: 'read-only',
    status: 'read-only',
  },
  example: {
    row: {
      id: 'v1',
      project_id: 'p1',
      name: 'branch',
      description: 'to the branch office',
      admin_state_up: false,
      router_id: 'r1',
      subnet_id: 's1',
      flavor_id: null,
      external_v4_ip: '203.0.113.9',
      external_v6_ip: null,
      status: 'ACTIVE',
    },
    with: {
      router: [{id: 'r1', project_id: 'p1', name: 'edge', admin_state_up: true, external_gateway_info: null}],
      network: [{id: 'n1', project_id: 'p1', name: 'web'}],
      subnet: [{id: 's1', project_id: 'p1', name: 'web', network_id: 'n1', cidr: '10.0.0.0/24'}],
    },
    emits: {
      name: 'branch',
      description: 'to the branch office',
      admin_state_up: false,
      router: {get_resource: 'router:r1'},
      subnet: {get_resource: 'subnet:s1'},
    },
  },
  moreExamples: [
    {
      row: {
        id: 'v2',
        project_id: 'p1',
        name: 'groups',
        description: 'by endpoint groups',
        admin_state_up: false,
        router_id: 'r1',
        subnet_id: null,
      },
      with: {
        router: [
          {id: 'r1', project_id: 'p1', name: 'edge', admin_state_up: true, external_gateway_info: null},
        ],
      },
      place: 'step',
      emits: {},
    },
  ],
});
