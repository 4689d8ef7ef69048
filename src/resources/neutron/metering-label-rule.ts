import {define, from, lost, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {meteringLabel} from './metering-label.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/metering.py`, `metering_source_and_destination_filters.py`. */
interface Row extends Common {
  readonly metering_label_id: string;
  readonly direction: string;
  readonly excluded?: boolean;
  readonly remote_ip_prefix: string | null;
  readonly source_ip_prefix?: string | null;
  readonly destination_ip_prefix?: string | null;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/metering.py`, `MeteringRule.properties_schema`. */
interface Properties {
  readonly metering_label_id: Ref<'metering_label'>;
  readonly remote_ip_prefix?: string;
  readonly direction?: string;
  readonly excluded?: boolean;
}

const r = from<Row>();

export const meteringLabelRule = define<Row, Properties>()({
  kind: 'metering_label_rule',
  section: 'Metering',
  heat: 'OS::Neutron::MeteringRule',
  list: {
    service: 'network',
    path: 'metering/metering-label-rules',
    key: 'metering_label_rules',
    extension: 'metering',
    ours: true,
  },
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    return row.remote_ip_prefix
      ? resource
      : lost(
          'Heat knows no source and destination: openstack network meter rule create --source-ip-prefix --destination-ip-prefix',
        );
  },
  label: (row, scope) => scope.row(meteringLabel, row.metering_label_id)?.name ?? '',
  under: row => new Ref(meteringLabel.kind, row.metering_label_id),
  along: row => new Ref(meteringLabel.kind, row.metering_label_id),
  properties: {
    metering_label_id: r.ref(meteringLabel, 'metering_label_id'),
    remote_ip_prefix: r.some('remote_ip_prefix'),
    direction: r.unless('direction', 'ingress'),
    excluded: r.unless('excluded', false),
  },
  modelled: true,
  ignores: {
    ...serverMade,
    // Neutron takes them only where there is no remote prefix.
    source_ip_prefix: 'elsewhere',
    destination_ip_prefix: 'elsewhere',
  },
  example: {
    row: {
      id: 'lr1',
      project_id: 'p1',
      metering_label_id: 'l1',
      direction: 'egress',
      excluded: true,
      remote_ip_prefix: '198.51.100.0/24',
      source_ip_prefix: null,
      destination_ip_prefix: null,
    },
    with: {metering_label: [{id: 'l1', project_id: 'p1', name: 'outside', description: ''}]},
    emits: {
      metering_label_id: {get_resource: 'metering_label:l1'},
      remote_ip_prefix: '198.51.100.0/24',
      direction: 'egress',
      excluded: true,
    },
  },
});
