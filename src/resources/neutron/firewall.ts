import {define, from, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {firewallPolicy} from './firewall-policy.ts';
import {router} from './router.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

/**
 * Answered by Neutron up to Rocky; proof: neutron-fwaas `db/firewall/firewall_db.py`, `_make_firewall_dict`, and neutron-lib
 * `api/definitions/firewall.py` (its `shared` is never shown).
 */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly admin_state_up: boolean;
  readonly status?: string;
  readonly firewall_policy_id: string | null;
  /** With the extension fwaasrouterinsertion. */
  readonly router_ids?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/firewall.py`, `Firewall.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly admin_state_up?: boolean;
  readonly firewall_policy_id?: Ref<'firewall_policy'>;
  readonly value_specs?: {readonly router_ids: readonly Ref<'router'>[]};
}

const r = from<Row>();

/** Version 1; Heat has no type for the second version's firewall groups. */
export const firewall = define<Row, Properties>()({
  kind: 'firewall',
  section: 'Firewalls',
  heat: 'OS::Neutron::Firewall',
  modelled: true,
  list: {service: 'network', path: 'fw/firewalls', key: 'firewalls', extension: 'fwaas', ours: true},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    admin_state_up: r.unless('admin_state_up', true),
    firewall_policy_id: r.ref(firewallPolicy, 'firewall_policy_id'),
    // Left out, it would stand on every router; an empty list means on none.
    value_specs: r.derive('router_ids', ids =>
      ids === undefined ? undefined : {router_ids: ids.toSorted().map(id => new Ref(router.kind, id))},
    ),
  },
  unordered: ['router_ids'],
  ignores: {...serverMade, status: 'read-only'},
  example: {
    row: {
      id: 'fw1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'front',
      description: 'at the edge',
      admin_state_up: false,
      status: 'ACTIVE',
      firewall_policy_id: 'fp1',
      router_ids: ['r1'],
    },
    with: {
      firewall_policy: [{id: 'fp1', project_id: 'p1', name: 'front', audited: false, firewall_rules: []}],
      router: [{id: 'r1', project_id: 'p1', name: 'edge', admin_state_up: true, external_gateway_info: null}],
    },
    emits: {
      name: 'front',
      description: 'at the edge',
      admin_state_up: false,
      firewall_policy_id: {get_resource: 'firewall_policy:fp1'},
      value_specs: {router_ids: [{get_resource: 'router:r1'}]},
    },
  },
  moreExamples: [
    {
      row: {
        id: 'fw2',
        project_id: 'p1',
        tenant_id: 'p1',
        name: 'idle',
        description: '',
        admin_state_up: true,
        status: 'INACTIVE',
        firewall_policy_id: 'fp9',
        router_ids: [],
      },
      emits: {
        name: 'idle',
        firewall_policy_id: {get_param: 'firewall_policy:fp9'},
        value_specs: {router_ids: []},
      },
    },
  ],
});
