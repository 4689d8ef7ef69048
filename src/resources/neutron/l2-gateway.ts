import {define, from, resource} from '../../model/define.ts';
import {order} from '../../model/cidr.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

interface Device {
  readonly id?: string;
  readonly device_name: string;
  readonly interfaces: readonly {
    readonly name: string;
    /** Empty where the connections say it. */
    readonly segmentation_id?: readonly string[];
  }[];
}

/** Answered by Neutron; proof: networking-l2gw `db/l2gateway/l2gateway_db.py`, `_make_l2_gateway_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly devices: readonly Device[];
}

interface DeviceProperty {
  readonly device_name: string;
  readonly interfaces: readonly {readonly name: string; readonly segmentation_id?: readonly string[]}[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/l2_gateway.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly devices: readonly DeviceProperty[];
}

/** Sorted by name: the service keeps no order. */
function devicesOf(devices: readonly Device[]): readonly DeviceProperty[] {
  return devices
    .map(({device_name, interfaces}) => ({
      device_name,
      interfaces: interfaces
        .map(({name, segmentation_id}) =>
          segmentation_id?.length
            ? {name, segmentation_id: segmentation_id.toSorted((a, b) => order(Number(a), Number(b)))}
            : {name},
        )
        .sort((a, b) => order(a.name, b.name)),
    }))
    .sort((a, b) => order(a.device_name, b.device_name));
}

const r = from<Row>();

export const l2Gateway = define<Row, Properties>()({
  kind: 'l2_gateway',
  section: 'L2 gateways',
  heat: 'OS::Neutron::L2Gateway',
  modelled: true,
  list: {service: 'network', path: 'l2-gateways', key: 'l2_gateways', extension: 'l2-gateway', ours: true},
  outside: {prefix: 'l2_gateway'},
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    scope.note(
      'by default only an admin may create an L2 gateway; its switch must be in reach of the target',
    );
    return resource;
  },
  properties: {
    name: r.copy('name'),
    devices: r.derive('devices', devicesOf),
  },
  compares: {devices: row => devicesOf(row.devices)},
  ignores: serverMade,
  example: {
    row: {
      id: 'lg1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'rack',
      devices: [
        {
          id: 'ld1',
          device_name: 'switch1',
          interfaces: [
            {name: 'port2', segmentation_id: ['20', '100']},
            {name: 'port1', segmentation_id: ['10']},
          ],
        },
      ],
    },
    emits: {
      name: 'rack',
      devices: [
        {
          device_name: 'switch1',
          interfaces: [
            {name: 'port1', segmentation_id: ['10']},
            {name: 'port2', segmentation_id: ['20', '100']},
          ],
        },
      ],
    },
  },
  moreExamples: [
    {
      row: {
        id: 'lg2',
        project_id: 'p1',
        tenant_id: 'p1',
        name: 'bare',
        devices: [{id: 'ld2', device_name: 'switch1', interfaces: [{name: 'port3', segmentation_id: []}]}],
      },
      emits: {name: 'bare', devices: [{device_name: 'switch1', interfaces: [{name: 'port3'}]}]},
    },
  ],
});
