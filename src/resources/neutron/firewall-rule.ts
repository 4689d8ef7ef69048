import {define, from, lossy, resource} from '../../model/define.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron up to Rocky; proof: neutron-fwaas `db/firewall/firewall_db.py`, `_make_firewall_rule_dict`. */
interface Row extends Common {
  readonly name: string;
  readonly description?: string | null;
  readonly shared?: boolean;
  /** The policy that has it; that names its rules in their order. */
  readonly firewall_policy_id?: string | null;
  readonly position?: number | null;
  readonly protocol?: string | null;
  readonly ip_version: number;
  readonly source_ip_address?: string | null;
  readonly destination_ip_address?: string | null;
  /** `80`, or `80:90`. */
  readonly source_port?: string | null;
  readonly destination_port?: string | null;
  readonly action: string;
  readonly enabled: boolean;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/firewall.py`, `FirewallRule.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly protocol?: string;
  readonly ip_version?: string;
  readonly source_ip_address?: string;
  readonly destination_ip_address?: string;
  readonly source_port?: string;
  readonly destination_port?: string;
  readonly action?: string;
  readonly enabled?: boolean;
}

/** Neutron takes plain addresses, Heat only ranges. */
function rangeOf(address: string | null | undefined): string | undefined {
  if (!address) return undefined;
  return address.includes('/') ? address : `${address}/${address.includes(':') ? 128 : 32}`;
}

const r = from<Row>();

export const firewallRule = define<Row, Properties>()({
  kind: 'firewall_rule',
  section: 'Firewalls',
  heat: 'OS::Neutron::FirewallRule',
  modelled: true,
  list: {
    service: 'network',
    path: 'fw/firewall_rules',
    key: 'firewall_rules',
    extension: 'fwaas',
    ours: true,
  },
  outside: {prefix: 'firewall_rule'},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    // Heat's default is any.
    protocol: r.some('protocol'),
    ip_version: r.derive('ip_version', version => (version === 6 ? '6' : undefined)),
    source_ip_address: r.derive('source_ip_address', rangeOf),
    destination_ip_address: r.derive('destination_ip_address', rangeOf),
    source_port: r.some('source_port'),
    destination_port: r.some('destination_port'),
    action: r.derive('action', (action, scope) => {
      if (action === 'reject')
        scope.lose('action', 'Heat knows no reject: such traffic is dropped unanswered');
      return action === 'allow' ? action : undefined;
    }),
    enabled: r.unless('enabled', true),
  },
  compares: {
    source_ip_address: row => rangeOf(row.source_ip_address),
    destination_ip_address: row => rangeOf(row.destination_ip_address),
  },
  ignores: {
    ...serverMade,
    shared: lossy('only an admin may share a firewall rule'),
    firewall_policy_id: 'elsewhere',
    position: 'elsewhere',
  },
  example: {
    row: {
      id: 'fr1',
      project_id: 'p1',
      tenant_id: 'p1',
      name: 'web',
      description: 'from the office',
      shared: false,
      firewall_policy_id: 'fp1',
      position: 1,
      protocol: 'tcp',
      ip_version: 6,
      source_ip_address: '2001:db8::1',
      destination_ip_address: '2001:db8:1::/64',
      source_port: '1024:65535',
      destination_port: '443',
      action: 'allow',
      enabled: false,
    },
    emits: {
      name: 'web',
      description: 'from the office',
      protocol: 'tcp',
      ip_version: '6',
      source_ip_address: '2001:db8::1/128',
      destination_ip_address: '2001:db8:1::/64',
      source_port: '1024:65535',
      destination_port: '443',
      action: 'allow',
      enabled: false,
    },
  },
  moreExamples: [
    {
      row: {
        id: 'fr2',
        project_id: 'p1',
        tenant_id: 'p1',
        name: 'rest',
        description: '',
        shared: false,
        firewall_policy_id: null,
        position: null,
        protocol: null,
        ip_version: 4,
        source_ip_address: '198.51.100.7',
        destination_ip_address: null,
        source_port: null,
        destination_port: null,
        action: 'deny',
        enabled: true,
      },
      emits: {name: 'rest', source_ip_address: '198.51.100.7/32'},
    },
  ],
});
