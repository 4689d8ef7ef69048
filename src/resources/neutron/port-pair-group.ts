import {define, from, lossy, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {portPair} from './port-pair.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: networking-sfc `db/sfc_db.py`, `_make_port_pair_group_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly port_pairs: readonly string[];
  readonly tap_enabled?: boolean;
  readonly port_pair_group_parameters?: {
    readonly lb_fields?: readonly string[];
    readonly ppg_n_tuple_mapping?: {
      readonly ingress_n_tuple?: object;
      readonly egress_n_tuple?: object;
    };
  };
  /** A number that the service gives. */
  readonly group_id?: number;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/sfc/port_pair_group.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly port_pairs: readonly Ref<'port_pair'>[];
}

const r = from<Row>();

export const portPairGroup = define<Row, Properties>()({
  kind: 'port_pair_group',
  section: 'Service chains',
  heat: 'OS::Neutron::PortPairGroup',
  modelled: true,
  list: {
    service: 'network',
    path: 'sfc/port_pair_groups',
    key: 'port_pair_groups',
    extension: 'sfc',
    ours: true,
  },
  outside: {constraint: 'neutron.port_pair_group', prefix: 'port_pair_group'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    port_pairs: r.derive('port_pairs', pairs => pairs.toSorted().map(id => new Ref(portPair.kind, id))),
  },
  unordered: ['port_pairs'],
  ignores: {
    ...serverMade,
    tap_enabled: lossy('no Heat property: openstack sfc port pair group create --enable-tap'),
    port_pair_group_parameters: lossy(
      'no Heat property: openstack sfc port pair group create --port-pair-group-parameters',
      {lb_fields: [], ppg_n_tuple_mapping: {egress_n_tuple: {}, ingress_n_tuple: {}}},
    ),
    group_id: 'read-only',
  },
  example: {
    row: {
      id: 'pg1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'inspectors',
      description: 'any of them',
      port_pairs: ['pp1'],
      tap_enabled: false,
      port_pair_group_parameters: {
        lb_fields: ['ip_src'],
        ppg_n_tuple_mapping: {
          egress_n_tuple: {source_ip_prefix: '10.0.0.0/24'},
          ingress_n_tuple: {destination_ip_prefix: '10.0.1.0/24'},
        },
      },
      group_id: 1,
    },
    with: {port_pair: [{id: 'pp1', project_id: 'p1', name: 'inspector', ingress: 'x1', egress: 'x2'}]},
    emits: {
      name: 'inspectors',
      description: 'any of them',
      port_pairs: [{get_resource: 'port_pair:pp1'}],
    },
  },
});
