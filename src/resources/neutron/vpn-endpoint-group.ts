import {define} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {command, foreign, isOurs, operands, serverMade, type Common} from './shared.ts';
import {subnet} from './subnet.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/vpn_endpoint_groups.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description: string;
  readonly type: string;
  /** Ids of subnets, or ranges. */
  readonly endpoints: readonly string[];
}

/** No Heat has a type for it. */
export const vpnEndpointGroup = define<Row, object>()({
  kind: 'vpn_endpoint_group',
  section: 'VPN',
  heat: null,
  outside: {prefix: 'vpn_endpoint_group', byId: true},
  list: {
    service: 'network',
    path: 'vpn/endpoint-groups',
    key: 'endpoint_groups',
    extension: 'vpn-endpoint-groups',
    ours: true,
  },
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    const words = row.endpoints.toSorted().map(id => (row.type === 'subnet' ? new Ref(subnet.kind, id) : id));
    scope.step({
      when: 'after',
      fields: ['name', 'description', 'type', 'endpoints'],
      title: 'create a VPN endpoint group',
      command: command(
        'vpn endpoint group create',
        row.description === '' ? [] : ['--description', row.description],
        ['--type', row.type],
        words.flatMap(word => ['--value', word]),
        operands(row.name),
      ),
    });
    return {as: 'step'};
  },
  properties: {},
  unordered: ['endpoints'],
  compares: {
    name: row => row.name,
    description: row => row.description,
    type: row => row.type,
    endpoints: row =>
      row.type === 'subnet' ? row.endpoints.map(id => new Ref(subnet.kind, id)) : row.endpoints,
  },
  ignores: {
    ...serverMade,
    name: 'elsewhere',
    description: 'elsewhere',
    type: 'elsewhere',
    endpoints: 'elsewhere',
  },
  example: {
    row: {
      id: 'g1',
      project_id: 'p1',
      name: 'branch',
      description: 'behind the peer',
      type: 'cidr',
      endpoints: ['198.51.100.0/24', '192.0.2.0/24'],
    },
    place: 'step',
    emits: {},
  },
  moreExamples: [
    {
      row: {
        id: 'g2',
        project_id: 'p1',
        name: 'here',
        description: '',
        type: 'subnet',
        endpoints: ['s1'],
      },
      with: {
        network: [{id: 'n1', project_id: 'p1', name: 'web'}],
        subnet: [{id: 's1', project_id: 'p1', name: 'web', network_id: 'n1', cidr: '10.0.0.0/24'}],
      },
      place: 'step',
      emits: {},
    },
  ],
});
