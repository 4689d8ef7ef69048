import {define, from, lossy, resource} from '../../model/define.ts';
import {foreign, ids, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/address_scope.py`. */
interface Row extends Common {
  readonly name: string;
  readonly ip_version: number;
  readonly shared?: boolean;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/address_scope.py`. */
interface Properties {
  readonly name: string;
  readonly ip_version?: number;
}

const r = from<Row>();

export const addressScope = define<Row, Properties>()({
  kind: 'address_scope',
  section: 'Address pools',
  heat: 'OS::Neutron::AddressScope',
  list: {
    service: 'network',
    path: 'address-scopes',
    key: 'address_scopes',
    extension: 'address-scope',
    ours: true,
    referred: {
      style: 'repeated',
      parameter: 'id',
      ids: rows => ids(rows, ['subnet_pool'], 'address_scope_id'),
    },
  },
  outside: {constraint: 'neutron.address_scope', prefix: 'address_scope'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    ip_version: r.unless('ip_version', 4),
  },
  ignores: {
    ...serverMade,
    shared: lossy('only an admin may share an address scope: openstack address scope set --share'),
  },
  example: {
    row: {id: 'as1', project_id: 'p1', name: 'campus', ip_version: 6, shared: false},
    emits: {name: 'campus', ip_version: 6},
  },
});
