import {define, from, lossy, resource} from '../../model/define.ts';
import {names} from '../../model/names.ts';
import {Ref} from '../../model/value.ts';
import {port} from './port.ts';
import {foreign, isOurs, joined, serverMade, type Common} from './shared.ts';

interface SubPort {
  readonly port_id: string;
  readonly segmentation_type: string;
  readonly segmentation_id: number;
}

/** Answered by Neutron; proof: neutron-lib `api/definitions/trunk.py`. */
interface Row extends Common {
  readonly name: string;
  readonly port_id: string;
  readonly sub_ports: readonly SubPort[];
  readonly admin_state_up: boolean;
  readonly description?: string | null;
  readonly status?: string;
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/trunk.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly port: Ref<'port'>;
  readonly sub_ports?: readonly {
    readonly port: Ref<'port'>;
    readonly segmentation_type: string;
    readonly segmentation_id: number;
  }[];
  readonly description?: string;
  readonly admin_state_up?: boolean;
}

const r = from<Row>();

export const trunk = define<Row, Properties>()({
  kind: 'trunk',
  section: 'Trunks',
  heat: 'OS::Neutron::Trunk',
  list: {
    service: 'network',
    path: 'trunks',
    key: 'trunks',
    extension: 'trunk',
    ours: true,
    names: names({port_id: 'port', 'sub_ports.port_id': 'port'}),
  },
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  label: (row, scope) => joined(scope.row(port, row.port_id)?.name, 'trunk'),
  properties: {
    name: r.copy('name'),
    port: r.ref(port, 'port_id'),
    sub_ports: r.derive('sub_ports', subPorts =>
      subPorts.length === 0
        ? undefined
        : subPorts
            .map(({port_id, segmentation_type, segmentation_id}) => ({
              port: new Ref(port.kind, port_id),
              segmentation_type,
              segmentation_id,
            }))
            .sort((a, b) => a.segmentation_id - b.segmentation_id),
    ),
    description: r.some('description'),
    admin_state_up: r.unless('admin_state_up', true),
  },
  unordered: ['sub_ports', 'tags'],
  ignores: {
    ...serverMade,
    status: 'read-only',
    tags: lossy('neither Heat nor the openstack client sets tags of trunks'),
  },
  example: {
    row: {
      id: 't1',
      project_id: 'p1',
      name: 'uplink',
      port_id: 'x1',
      sub_ports: [
        {port_id: 'x3', segmentation_type: 'vlan', segmentation_id: 20},
        {port_id: 'x2', segmentation_type: 'vlan', segmentation_id: 10},
      ],
      admin_state_up: false,
      description: 'to the racks',
    },
    with: {
      port: ['x1', 'x2', 'x3'].map(id => ({
        id,
        project_id: 'p1',
        name: id,
        network_id: 'n1',
        device_id: '',
        device_owner: '',
        fixed_ips: [],
      })),
      network: [{id: 'n1', project_id: 'p1', name: 'web'}],
    },
    emits: {
      name: 'uplink',
      port: {get_resource: 'port:x1'},
      sub_ports: [
        {port: {get_resource: 'port:x2'}, segmentation_type: 'vlan', segmentation_id: 10},
        {port: {get_resource: 'port:x3'}, segmentation_type: 'vlan', segmentation_id: 20},
      ],
      description: 'to the racks',
      admin_state_up: false,
    },
  },
});
