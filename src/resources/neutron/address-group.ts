import {define, lossy, type Scope} from '../../model/define.ts';
import {isPlainName} from '../../model/plain-name.ts';
import {command, foreign, idsIn, isOurs, operands, serverMade, type Common} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/address_group.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly addresses: readonly string[];
  readonly shared?: boolean;
}

/** True where the group's name finds it and nothing else. */
function isUnique(name: string, scope: Scope): boolean {
  return name !== '' && scope.by(addressGroup, 'name', name).length === 1;
}

/**
 * What the group is called while the steps run: rules find it by its name, for nobody tells them its id. A name that newer
 * releases refuse must not keep it from being made there.
 */
export function stepName(row: Pick<Row, 'id' | 'name'>, scope: Scope): string {
  return isUnique(row.name, scope) && isPlainName(row.name) ? row.name : `rekindle-${row.id}`;
}

/** No Heat has a type for it: its rows are steps, and so are the rules that name it. */
export const addressGroup = define<Row, object>()({
  kind: 'address_group',
  section: 'Security groups',
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
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    const name = stepName(row, scope);
    scope.step({
      when: 'before',
      fields: ['addresses', 'description'],
      title: 'create an address group',
      command: command(
        'address group create',
        row.description ? ['--description', row.description] : [],
        row.addresses.toSorted().flatMap(address => ['--address', address]),
        operands(name),
      ),
    });
    if (name !== row.name) {
      scope.step({
        when: 'after',
        fields: ['name'],
        title: 'give the address group its own name',
        command: command('address group set', ['--name', row.name], operands(name)),
      });
    }
    return {as: 'step'};
  },
  properties: {},
  unordered: ['addresses'],
  compares: {
    name: row => row.name,
    description: row => row.description ?? '',
    addresses: row => row.addresses,
  },
  ignores: {
    ...serverMade,
    name: 'elsewhere',
    description: 'elsewhere',
    addresses: 'elsewhere',
    shared: lossy(
      'only an admin may share it with everybody: openstack network rbac create --type address_group --target-all-projects',
    ),
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
