import {define, from, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {flowClassifier} from './flow-classifier.ts';
import {portPairGroup} from './port-pair-group.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: networking-sfc `db/sfc_db.py`, `_make_port_chain_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  /** In the order in which traffic passes them. */
  readonly port_pair_groups: readonly string[];
  readonly flow_classifiers: readonly string[];
  readonly chain_parameters?: {readonly correlation?: string; readonly symmetric?: boolean};
  /** Unique in the cloud; the service gives one unless asked for another. */
  readonly chain_id?: number;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/sfc/port_chain.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly port_pair_groups: readonly Ref<'port_pair_group'>[];
  readonly flow_classifiers?: readonly Ref<'flow_classifier'>[];
  readonly chain_parameters?: {readonly correlation: string; readonly symmetric: boolean};
}

function parametersOf({chain_parameters: given}: Pick<Row, 'chain_parameters'>) {
  return {correlation: given?.correlation ?? 'mpls', symmetric: given?.symmetric ?? false};
}

const r = from<Row>();

export const portChain = define<Row, Properties>()({
  kind: 'port_chain',
  section: 'Service chains',
  heat: 'OS::Neutron::PortChain',
  modelled: true,
  list: {service: 'network', path: 'sfc/port_chains', key: 'port_chains', extension: 'sfc', ours: true},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    port_pair_groups: r.derive('port_pair_groups', groups =>
      groups.map(id => new Ref(portPairGroup.kind, id)),
    ),
    flow_classifiers: r.derive('flow_classifiers', classifiers =>
      classifiers.length === 0
        ? undefined
        : classifiers.toSorted().map(id => new Ref(flowClassifier.kind, id)),
    ),
    chain_parameters: r.make(['chain_parameters'], row => {
      const {correlation, symmetric} = parametersOf(row);
      return correlation === 'mpls' && !symmetric ? undefined : {correlation, symmetric};
    }),
  },
  unordered: ['flow_classifiers'],
  compares: {chain_parameters: parametersOf},
  ignores: {...serverMade, chain_id: 'read-only'},
  example: {
    row: {
      id: 'pc1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'inspected',
      description: 'all the web',
      port_pair_groups: ['pg2', 'pg1'],
      flow_classifiers: ['fc1'],
      chain_parameters: {correlation: 'nsh', symmetric: true},
      chain_id: 1,
    },
    with: {
      port_pair_group: ['pg1', 'pg2'].map(id => ({id, project_id: 'p1', name: id, port_pairs: []})),
      flow_classifier: [{id: 'fc1', project_id: 'p1', name: 'web', ethertype: 'IPv4'}],
    },
    emits: {
      name: 'inspected',
      description: 'all the web',
      port_pair_groups: [{get_resource: 'port_pair_group:pg2'}, {get_resource: 'port_pair_group:pg1'}],
      flow_classifiers: [{get_resource: 'flow_classifier:fc1'}],
      chain_parameters: {correlation: 'nsh', symmetric: true},
    },
  },
  moreExamples: [
    {
      row: {
        id: 'pc2',
        project_id: 'p1',
        tenant_id: 'p1',
        name: 'plain',
        description: '',
        port_pair_groups: ['pg1'],
        flow_classifiers: [],
        chain_parameters: {correlation: 'mpls', symmetric: false},
        chain_id: 2,
      },
      with: {port_pair_group: [{id: 'pg1', project_id: 'p1', name: 'pg1', port_pairs: []}]},
      emits: {name: 'plain', port_pair_groups: [{get_resource: 'port_pair_group:pg1'}]},
    },
  ],
});
