import {define, from, lossy, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {firewallRule} from './firewall-rule.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron up to Rocky; proof: neutron-fwaas `db/firewall/firewall_db.py`, `_make_firewall_policy_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly shared?: boolean;
  readonly audited: boolean;
  /** In the order in which they are tried. */
  readonly firewall_rules: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/firewall.py`, `FirewallPolicy.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly audited?: boolean;
  readonly firewall_rules: readonly Ref<'firewall_rule'>[];
}

const r = from<Row>();

export const firewallPolicy = define<Row, Properties>()({
  kind: 'firewall_policy',
  section: 'Firewalls',
  heat: 'OS::Neutron::FirewallPolicy',
  modelled: true,
  list: {
    service: 'network',
    path: 'fw/firewall_policies',
    key: 'firewall_policies',
    extension: 'fwaas',
    ours: true,
  },
  outside: {prefix: 'firewall_policy'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    audited: r.unless('audited', false),
    firewall_rules: r.derive('firewall_rules', rules => rules.map(id => new Ref(firewallRule.kind, id))),
  },
  ignores: {
    ...serverMade,
    shared: lossy('only an admin may share a firewall policy'),
  },
  example: {
    row: {
      id: 'fp1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'front',
      description: 'what may come in',
      shared: false,
      audited: true,
      firewall_rules: ['fr2', 'fr1'],
    },
    with: {
      firewall_rule: ['fr1', 'fr2'].map(id => ({
        id,
        project_id: 'p1',
        name: id,
        ip_version: 4,
        action: 'deny',
        enabled: true,
      })),
    },
    emits: {
      name: 'front',
      description: 'what may come in',
      audited: true,
      firewall_rules: [{get_resource: 'firewall_rule:fr2'}, {get_resource: 'firewall_rule:fr1'}],
    },
  },
});
