import {define, from, resource} from '../../model/define.ts';
import type {Ref} from '../../model/value.ts';
import {holdersOf} from './port-holder.ts';
import {port} from './port.ts';
import {foreign, isOurs, joined, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: tap-as-a-service `db/taas_db.py`, `_make_tap_service_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  /** Where the copies go. */
  readonly port_id: string;
  readonly status?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/taas/tap_service.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly port: Ref<'port'>;
}

const r = from<Row>();

export const tapService = define<Row, Properties>()({
  kind: 'tap_service',
  section: 'Taps',
  heat: 'OS::Neutron::TaaS::TapService',
  modelled: true,
  list: {service: 'network', path: 'taas/tap_services', key: 'tap_services', extension: 'taas', ours: true},
  outside: {constraint: 'neutron.taas.tap_service', prefix: 'tap_service'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  label: (row, scope) => joined(scope.row(port, row.port_id)?.name, 'tap'),
  // It is set up on the host of its port, and Heat waits until it is.
  after: (row, scope) => holdersOf(scope, row.port_id),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    port: r.ref(port, 'port_id'),
  },
  ignores: {...serverMade, status: 'read-only'},
  example: {
    row: {
      id: 'ts1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'probe',
      description: 'what the analyser sees',
      port_id: 'x1',
      status: 'ACTIVE',
    },
    with: {
      port: [
        {
          id: 'x1',
          project_id: 'p1',
          name: 'probe',
          network_id: 'n1',
          device_id: '',
          device_owner: '',
          fixed_ips: [],
        },
      ],
    },
    emits: {name: 'probe', description: 'what the analyser sees', port: {get_resource: 'port:x1'}},
  },
});
