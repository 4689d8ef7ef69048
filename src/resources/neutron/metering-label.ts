import {define, from, resource} from '../../model/define.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/metering.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description: string;
  readonly shared?: boolean;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/metering.py`, `MeteringLabel.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly shared?: boolean;
}

const r = from<Row>();

export const meteringLabel = define<Row, Properties>()({
  kind: 'metering_label',
  section: 'Metering',
  heat: 'OS::Neutron::MeteringLabel',
  outside: {prefix: 'metering_label', byId: true},
  list: {
    service: 'network',
    path: 'metering/metering-labels',
    key: 'metering_labels',
    extension: 'metering',
    ours: true,
  },
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  // Proof: neutron `conf/policies/metering.py`.
  optional: {why: 'Only an admin may create a metering label: true for one', create: false},
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    shared: r.unless('shared', false),
  },
  modelled: true,
  ignores: {...serverMade},
  example: {
    row: {id: 'l1', project_id: 'p1', name: 'outside', description: 'what leaves', shared: true},
    emits: {name: 'outside', description: 'what leaves', shared: true},
  },
});
