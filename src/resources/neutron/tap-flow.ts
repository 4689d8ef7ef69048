import {define, from, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {holdersOf} from './port-holder.ts';
import {port} from './port.ts';
import {foreign, isOurs, joined, serverMade, type Common} from './shared.ts';
import {tapService} from './tap-service.ts';

/** Answered by Neutron; proof: tap-as-a-service `db/taas_db.py`, `_make_tap_flow_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly tap_service_id: string;
  /** Whose traffic is copied. */
  readonly source_port: string;
  readonly direction: string;
  /** With the extension taas-vlan-filter. */
  readonly vlan_filter?: string | null;
  readonly status?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/taas/tap_flow.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly port: Ref<'port'>;
  readonly tap_service: Ref<'tap_service'>;
  readonly direction?: string;
  readonly vlan_filter?: string;
}

const r = from<Row>();

export const tapFlow = define<Row, Properties>()({
  kind: 'tap_flow',
  section: 'Taps',
  heat: 'OS::Neutron::TaaS::TapFlow',
  modelled: true,
  list: {service: 'network', path: 'taas/tap_flows', key: 'tap_flows', extension: 'taas', ours: true},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  label: (row, scope) => joined(scope.row(port, row.source_port)?.name, 'tap'),
  under: row => new Ref(tapService.kind, row.tap_service_id),
  after: (row, scope) => holdersOf(scope, row.source_port),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    port: r.ref(port, 'source_port'),
    tap_service: r.ref(tapService, 'tap_service_id'),
    direction: r.unless('direction', 'BOTH'),
    vlan_filter: r.some('vlan_filter'),
  },
  ignores: {...serverMade, status: 'read-only'},
  example: {
    row: {
      id: 'tf1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'web',
      description: 'what comes in',
      tap_service_id: 'ts1',
      source_port: 'x2',
      direction: 'IN',
      vlan_filter: '9,18-27',
      status: 'ACTIVE',
    },
    with: {
      tap_service: [{id: 'ts1', project_id: 'p1', name: 'probe', port_id: 'x1'}],
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
      name: 'web',
      description: 'what comes in',
      port: {get_resource: 'port:x2'},
      tap_service: {get_resource: 'tap_service:ts1'},
      direction: 'IN',
      vlan_filter: '9,18-27',
    },
  },
});
