import {define, stepwise} from '../../model/define.ts';
import {command, foreign, idsIn, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/address_group.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly addresses: readonly string[];
  readonly shared?: boolean;
}

/** No Heat has a type for it: its rows are steps, and so are the rules that name it. */
export const addressGroup = define<Row, object>()({
  kind: 'address_group',
  heat: null,
  list: {
    service: 'network',
    path: 'address-groups',
    key: 'address_groups',
    extension: 'address-group',
    ours: true,
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        for (const group of rows['security_group'] ?? [])
          yield* idsIn(group['security_group_rules'], 'remote_address_group_id');
      },
    },
  },
  where: (row, scope) => (isOurs(row, scope) ? {as: 'step'} : foreign),
  properties: {},
  unordered: ['addresses'],
  compares: {name: row => row.name, description: row => row.description ?? ''},
  ignores: {
    ...serverMade,
    name: 'elsewhere',
    description: 'elsewhere',
    addresses: stepwise(row => ({
      when: 'after',
      title: 'create an address group',
      command: command(
        'address group create',
        row.description ? ['--description', row.description] : [],
        row.addresses.toSorted().flatMap(address => ['--address', address]),
        row.name,
      ),
    })),
    shared: 'read-only',
  },
  example: {
    row: {
      id: 'ag1',
      project_id: 'p1',
      name: 'offices',
      description: 'all of them',
      addresses: ['198.51.100.0/24', '2001:db8::/48'],
    },
    place: 'step',
    emits: {},
  },
});
