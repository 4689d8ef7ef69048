import {define, from, resource} from '../../model/define.ts';
import type {Ref} from '../../model/value.ts';
import {holdersOf} from './port-holder.ts';
import {port} from './port.ts';
import {foreign, isOurs, joined, serverMade, type Common} from './shared.ts';

interface Parameters {
  readonly correlation?: string | null;
  readonly weight?: number;
}

/** Answered by Neutron; proof: networking-sfc `db/sfc_db.py`, `_make_port_pair_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly ingress: string;
  readonly egress: string;
  readonly service_function_parameters?: Parameters;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/sfc/port_pair.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly ingress: Ref<'port'>;
  readonly egress: Ref<'port'>;
  readonly service_function_parameters: {readonly correlation?: string; readonly weight?: number};
}

const r = from<Row>();

export const portPair = define<Row, Properties>()({
  kind: 'port_pair',
  section: 'Service chains',
  heat: 'OS::Neutron::PortPair',
  modelled: true,
  list: {service: 'network', path: 'sfc/port_pairs', key: 'port_pairs', extension: 'sfc', ours: true},
  outside: {constraint: 'neutron.port_pair', prefix: 'port_pair'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  label: (row, scope) => joined(scope.row(port, row.ingress)?.name, 'pair'),
  // Neutron refuses ports that no server has; proof: networking-sfc `_validate_port_pair_ingress_egress`.
  after: (row, scope) => holdersOf(scope, row.ingress, row.egress),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    ingress: r.ref(port, 'ingress'),
    egress: r.ref(port, 'egress'),
    // Heat's own default has no weight; for an empty map the service fills in all of its own.
    service_function_parameters: r.derive('service_function_parameters', (given, scope) => {
      const {correlation, weight = 1} = given ?? {};
      if (correlation) return {correlation, weight};
      if (weight !== 1)
        scope.lose(
          'service_function_parameters.weight',
          'a weight needs a correlation beside it, and Heat takes no null for none',
        );
      return {};
    }),
  },
  compares: {
    service_function_parameters: ({service_function_parameters: given}) => ({
      correlation: given?.correlation ?? 'none',
      weight: given?.weight ?? 1,
    }),
  },
  ignores: serverMade,
  example: {
    row: {
      id: 'pp1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'inspector',
      description: 'in and out',
      ingress: 'x1',
      egress: 'x2',
      service_function_parameters: {correlation: 'mpls', weight: 3},
    },
    with: {
      port: ['x1', 'x2'].map(id => ({
        id,
        project_id: 'p1',
        name: id,
        network_id: 'n1',
        device_id: '',
        device_owner: '',
        fixed_ips: [],
      })),
    },
    emits: {
      name: 'inspector',
      description: 'in and out',
      ingress: {get_resource: 'port:x1'},
      egress: {get_resource: 'port:x2'},
      service_function_parameters: {correlation: 'mpls', weight: 3},
    },
  },
});
