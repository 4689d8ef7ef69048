import {define, from, lossy, resource} from '../../model/define.ts';
import type {Ref} from '../../model/value.ts';
import {holdersOf} from './port-holder.ts';
import {port} from './port.ts';
import {foreign, isOurs, joined, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: networking-sfc `db/flowclassifier_db.py`, `_make_flow_classifier_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly ethertype: string;
  readonly protocol?: string | null;
  readonly source_port_range_min?: number | null;
  readonly source_port_range_max?: number | null;
  readonly destination_port_range_min?: number | null;
  readonly destination_port_range_max?: number | null;
  readonly source_ip_prefix?: string | null;
  readonly destination_ip_prefix?: string | null;
  readonly logical_source_port?: string | null;
  readonly logical_destination_port?: string | null;
  readonly l7_parameters?: Readonly<Record<string, unknown>>;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/sfc/flow_classifier.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly ethertype?: string;
  readonly protocol?: string;
  readonly source_port_range_min?: number;
  readonly source_port_range_max?: number;
  readonly destination_port_range_min?: number;
  readonly destination_port_range_max?: number;
  readonly source_ip_prefix?: string;
  readonly destination_ip_prefix?: string;
  readonly logical_source_port?: Ref<'port'>;
  readonly logical_destination_port?: Ref<'port'>;
}

const r = from<Row>();

export const flowClassifier = define<Row, Properties>()({
  kind: 'flow_classifier',
  section: 'Service chains',
  heat: 'OS::Neutron::FlowClassifier',
  modelled: true,
  list: {
    service: 'network',
    path: 'sfc/flow_classifiers',
    key: 'flow_classifiers',
    extension: 'flow_classifier',
    ours: true,
  },
  outside: {constraint: 'neutron.flow_classifier', prefix: 'flow_classifier'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  label: (row, scope) => joined('from', scope.row(port, row.logical_source_port)?.name),
  // Where the flow starts is looked up by the server that has the port.
  after: (row, scope) => holdersOf(scope, row.logical_source_port, row.logical_destination_port),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    ethertype: r.unless('ethertype', 'IPv4'),
    protocol: r.some('protocol'),
    source_port_range_min: r.some('source_port_range_min'),
    source_port_range_max: r.some('source_port_range_max'),
    destination_port_range_min: r.some('destination_port_range_min'),
    destination_port_range_max: r.some('destination_port_range_max'),
    source_ip_prefix: r.some('source_ip_prefix'),
    destination_ip_prefix: r.some('destination_ip_prefix'),
    logical_source_port: r.ref(port, 'logical_source_port'),
    logical_destination_port: r.ref(port, 'logical_destination_port'),
  },
  ignores: {...serverMade, l7_parameters: lossy('Heat takes none')},
  example: {
    row: {
      id: 'fc1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'web',
      description: 'to the inspectors',
      ethertype: 'IPv6',
      protocol: 'tcp',
      source_port_range_min: 1024,
      source_port_range_max: 65535,
      destination_port_range_min: 80,
      destination_port_range_max: 443,
      source_ip_prefix: '2001:db8::/64',
      destination_ip_prefix: '2001:db8:1::/64',
      logical_source_port: 'x1',
      logical_destination_port: 'x9',
      l7_parameters: {},
    },
    with: {
      port: [
        {
          id: 'x1',
          project_id: 'p1',
          name: 'in',
          network_id: 'n1',
          device_id: '',
          device_owner: '',
          fixed_ips: [],
        },
      ],
    },
    emits: {
      name: 'web',
      description: 'to the inspectors',
      ethertype: 'IPv6',
      protocol: 'tcp',
      source_port_range_min: 1024,
      source_port_range_max: 65535,
      destination_port_range_min: 80,
      destination_port_range_max: 443,
      source_ip_prefix: '2001:db8::/64',
      destination_ip_prefix: '2001:db8:1::/64',
      logical_source_port: {get_resource: 'port:x1'},
      logical_destination_port: {get_param: 'port:x9'},
    },
  },
});
