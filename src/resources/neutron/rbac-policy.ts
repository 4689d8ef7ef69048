import {define, from, lost, resource, skipped, type Typed} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {addressGroup} from './address-group.ts';
import {addressScope} from './address-scope.ts';
import {network} from './network.ts';
import {qosPolicy} from './qos-policy.ts';
import {securityGroup} from './security-group.ts';
import {command, foreign, isOurs, joined, serverMade, type Common} from './shared.ts';
import {subnetPool} from './subnet-pool.ts';
import {targetProject} from './target-project.ts';

/** Answered by Neutron to the owner of the object; proof: neutron `extensions/rbac.py`. */
interface Row extends Common {
  readonly object_type: string;
  readonly object_id: string;
  readonly action: string;
  /** A project's id, or `*`: everybody. */
  readonly target_tenant: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/rbac_policy.py`. */
interface Properties {
  readonly object_type: string;
  readonly object_id: Ref;
  readonly action: string;
  readonly target_tenant: Ref<'target_project'>;
}

interface Shared {
  readonly id: string;
  readonly name: string;
}

/** What can be shared, by its `object_type`; proof: neutron `db/rbac_db_models.py`. */
const kinds: ReadonlyMap<string, Typed<string, Shared>> = new Map(
  [network, qosPolicy, securityGroup, addressScope, subnetPool, addressGroup].map(
    type => [type.kind === 'subnet_pool' ? 'subnetpool' : type.kind, type as Typed<string, Shared>] as const,
  ),
);

function objectOf({object_type: type, object_id: id}: Pick<Row, 'object_type' | 'object_id'>): Ref {
  return new Ref(kinds.get(type)?.kind ?? type, id);
}

const r = from<Row>();

export const rbacPolicy = define<Row, Properties>()({
  kind: 'rbac_policy',
  section: 'Sharing',
  heat: 'OS::Neutron::RBACPolicy',
  list: {
    service: 'network',
    path: 'rbac-policies',
    key: 'rbac_policies',
    extension: 'rbac-policies',
    ours: true,
  },
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    if (row.target_tenant === '*')
      return skipped('shared with everybody: a field of the thing itself says it');
    const type = kinds.get(row.object_type);
    const place = type === undefined ? undefined : scope.place(type, row.object_id)?.as;
    if (place !== 'resource' && place !== 'existing' && place !== 'step')
      return lost(
        `what it shares is not rebuilt: openstack network rbac create --type ${row.object_type} --action ${row.action}`,
      );
    if (row.object_type === 'network' || row.object_type === 'qos_policy') return resource;
    // Heat's type knows no others. A step never learns the id of what another step makes.
    if (place !== 'resource')
      return lost(
        `Heat shares no ${type?.kind.replaceAll('_', ' ') ?? 'such thing'}: openstack network rbac create`,
      );
    scope.step({
      when: 'after',
      fields: ['object_type', 'object_id', 'action', 'target_tenant'],
      title: `share a ${type?.kind.replaceAll('_', ' ') ?? 'thing'} with another project`,
      command: command(
        'network rbac create',
        ['--type', row.object_type],
        ['--action', row.action],
        ['--target-project', new Ref(targetProject.kind, row.target_tenant)],
        objectOf(row),
      ),
    });
    return {as: 'step'};
  },
  label: (row, scope) => {
    const type = kinds.get(row.object_type);
    return joined(type === undefined ? undefined : scope.row(type, row.object_id)?.name, 'shared');
  },
  along: row => (row.object_type === 'qos_policy' ? objectOf(row) : undefined),
  properties: {
    object_type: r.copy('object_type'),
    object_id: r.make(['object_id', 'object_type'], objectOf),
    action: r.copy('action'),
    target_tenant: r.ref(targetProject, 'target_tenant'),
  },
  compares: {
    object_id: objectOf,
    target_tenant: row => new Ref(targetProject.kind, row.target_tenant),
  },
  ignores: {...serverMade},
  example: {
    row: {
      id: 'b1',
      project_id: 'p1',
      object_type: 'network',
      object_id: 'n1',
      action: 'access_as_shared',
      target_tenant: 'p7',
    },
    with: {network: [{id: 'n1', project_id: 'p1', name: 'web'}]},
    emits: {
      object_type: 'network',
      object_id: {get_resource: 'network:n1'},
      action: 'access_as_shared',
      target_tenant: {get_param: 'target_project:p7'},
    },
  },
  moreExamples: [
    {
      row: {
        id: 'b2',
        project_id: 'p1',
        object_type: 'security_group',
        object_id: 'g1',
        action: 'access_as_shared',
        target_tenant: 'p7',
      },
      with: {
        security_group: [
          {id: 'g1', project_id: 'p1', name: 'web', description: '', security_group_rules: []},
        ],
      },
      place: 'step',
      emits: {},
    },
  ],
});
