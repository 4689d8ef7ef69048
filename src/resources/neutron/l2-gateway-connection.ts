import {define, from, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {l2Gateway} from './l2-gateway.ts';
import {network} from './network.ts';
import {foreign, isOurs, joined, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: networking-l2gw `db/l2gateway/l2gateway_db.py`, `_make_l2gw_connections_dict`. */
interface Row extends Common {
  readonly l2_gateway_id: string;
  readonly network_id: string;
  /** '' where the gateway's interfaces have their own. */
  readonly segmentation_id?: number | string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/l2_gateway_connection.py`, `properties_schema`. */
interface Properties {
  readonly l2_gateway_id: Ref<'l2_gateway'>;
  readonly network_id: Ref<'network'>;
  readonly segmentation_id?: string;
}

const r = from<Row>();

export const l2GatewayConnection = define<Row, Properties>()({
  kind: 'l2_gateway_connection',
  section: 'L2 gateways',
  heat: 'OS::Neutron::L2GatewayConnection',
  modelled: true,
  list: {
    service: 'network',
    path: 'l2-gateway-connections',
    key: 'l2_gateway_connections',
    extension: 'l2-gateway-connection',
    ours: true,
  },
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  label: (row, scope) =>
    joined(scope.row(l2Gateway, row.l2_gateway_id)?.name, scope.row(network, row.network_id)?.name),
  under: row => new Ref(l2Gateway.kind, row.l2_gateway_id),
  properties: {
    l2_gateway_id: r.ref(l2Gateway, 'l2_gateway_id'),
    network_id: r.ref(network, 'network_id'),
    segmentation_id: r.derive('segmentation_id', id => (id ? String(id) : undefined)),
  },
  ignores: serverMade,
  example: {
    row: {
      id: 'lc1',
      project_id: 'p1',
      tenant_id: 'p1',
      l2_gateway_id: 'lg1',
      network_id: 'n1',
      segmentation_id: 20,
    },
    with: {
      l2_gateway: [{id: 'lg1', project_id: 'p1', name: 'rack', devices: []}],
      network: [{id: 'n1', project_id: 'p1', name: 'web', admin_state_up: true}],
    },
    emits: {
      l2_gateway_id: {get_resource: 'l2_gateway:lg1'},
      network_id: {get_resource: 'network:n1'},
      segmentation_id: '20',
    },
  },
  moreExamples: [
    {
      row: {
        id: 'lc2',
        project_id: 'p1',
        tenant_id: 'p1',
        l2_gateway_id: 'lg9',
        network_id: 'n9',
        segmentation_id: '',
      },
      emits: {
        l2_gateway_id: {get_param: 'l2_gateway:lg9'},
        network_id: {get_param: 'network:n9'},
      },
    },
  ],
});
