import {define, from, lossy, parts, resource, type Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {addressGroup, stepName} from './address-group.ts';
import {heatProtocol, protocolName, protocolNote} from './ip-protocol.ts';
import {everywhere, planOf, type Rule} from './security-group-plan.ts';
import {labelOfRule, securityGroup} from './security-group.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';

/** Answered by Neutron inside its group; proof: neutron-lib `api/definitions/security_groups*.py`. */
interface Row extends Rule, Omit<Common, 'project_id'> {
  readonly project_id?: string;
  readonly normalized_cidr?: string | null;
  readonly standard_attr_id?: number;
  readonly belongs_to_default_sg?: boolean;
  readonly tags?: readonly string[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/security_group_rule.py`, `properties_schema`. */
interface Properties {
  readonly security_group: Ref<'security_group'>;
  readonly description?: string;
  readonly direction?: 'egress';
  readonly ethertype?: 'IPv6';
  readonly protocol?: string;
  readonly port_range_min?: number;
  readonly port_range_max?: number;
  readonly remote_group?: Ref<'security_group'>;
  readonly remote_ip_prefix?: string;
}

/** Proof: python-openstackclient `network/v2/security_group_rule.py`. Without a protocol it means any. */
function createCommand(rule: Row, scope: Scope): readonly (string | Ref)[] | string {
  const words: (string | Ref)[] = ['security', 'group', 'rule', 'create', `--${rule.direction}`];
  words.push('--ethertype', rule.ethertype);
  if (rule.protocol !== null) words.push('--protocol', rule.protocol);
  const {port_range_min: min, port_range_max: max} = rule;
  if (isIcmp(rule.protocol)) {
    if (min !== null) words.push('--icmp-type', String(min));
    if (max !== null) words.push('--icmp-code', String(max));
  } else if (min !== null && max !== null) words.push('--dst-port', `${min}:${max}`);
  if (rule.remote_group_id !== null)
    words.push('--remote-group', new Ref(securityGroup.kind, rule.remote_group_id));
  else if (rule.remote_address_group_id) {
    const group = scope.row(addressGroup, rule.remote_address_group_id);
    if (group === undefined) return 'its address group can not be seen';
    // Another project's keeps its name, and so does the target's own.
    const made = isOurs(group, scope) && !scope.isCut(addressGroup, group.id);
    words.push('--remote-address-group', made ? stepName(group, scope) : group.name);
  } else if (rule.remote_ip_prefix !== null) words.push('--remote-ip', rule.remote_ip_prefix);
  if (rule.description) words.push('--description', rule.description);
  words.push(new Ref(securityGroup.kind, rule.security_group_id));
  return words;
}

function isIcmp(protocol: string | null): boolean {
  return protocol !== null && ['icmp', 'icmpv6', 'ipv6-icmp', '1', '58'].includes(protocol);
}

const r = from<Row>();

export const securityGroupRule = define<Row, Properties>()({
  kind: 'security_group_rule',
  section: 'Security groups',
  heat: 'OS::Neutron::SecurityGroupRule',
  parts: parts(securityGroup, group => group.security_group_rules as readonly Row[]),
  where: (row, scope) => {
    if (!isOurs(scope.row(securityGroup, row.security_group_id), scope)) return foreign;
    const place = planOf(scope).rules.get(row.id);
    if (place === 'separate') return resource;
    if (place !== 'step') return {as: 'part', of: new Ref(securityGroup.kind, row.security_group_id)};
    const command = createCommand(row, scope);
    return typeof command === 'string' ? {as: 'lost', reason: command} : {as: 'step'};
  },
  label: (row, scope) =>
    labelOfRule(
      row,
      scope.row(securityGroup, row.security_group_id)?.name ?? '',
      scope.row(securityGroup, row.remote_group_id)?.name ?? '',
    ),
  under: row => new Ref(securityGroup.kind, row.security_group_id),
  properties: {
    security_group: r.make(['security_group_id', 'remote_address_group_id'], (row, scope) => {
      const rule = scope.row(securityGroupRule, row.id);
      if (rule !== undefined && planOf(scope).rules.get(row.id) === 'step') {
        const command = createCommand(rule, scope);
        if (typeof command !== 'string')
          scope.step({
            when: 'after',
            fields: ['*'],
            title: 'create a rule that Heat has no words for',
            command,
          });
      }
      return new Ref(securityGroup.kind, row.security_group_id);
    }),
    description: r.make(['description'], (row, scope) => {
      // Heat's inline rules have none before release 27, and Neutron changes none afterwards.
      if (row.description && planOf(scope).rules.get(row.id) === 'inline')
        scope.lose(
          'description',
          'a rule of any protocol stands inside its group, where Heat takes no description',
        );
      return row.description ? row.description : undefined;
    }),
    direction: r.derive('direction', direction => (direction === 'egress' ? direction : undefined)),
    ethertype: r.derive('ethertype', ethertype => (ethertype === 'IPv6' ? ethertype : undefined)),
    // Heat means tcp if none is said; a rule without one never gets here: security-group-plan.ts.
    protocol: r.make(['protocol', 'port_range_min', 'port_range_max'], (row, scope) => {
      if (planOf(scope).rules.get(row.id) !== 'separate') return undefined;
      const note = protocolNote(row);
      if (note !== undefined) scope.note(note);
      return heatProtocol(row);
    }),
    port_range_min: r.unless('port_range_min', null),
    port_range_max: r.unless('port_range_max', null),
    remote_group: r.ref(securityGroup, 'remote_group_id'),
    remote_ip_prefix: r.some('remote_ip_prefix'),
  },
  unordered: ['tags'],
  compares: {
    remote_ip_prefix: everywhere,
    protocol: row => protocolName(row.protocol),
    // Neutron writes '' for rules of users and null for those it makes itself.
    description: row => row.description ?? '',
  },
  ignores: {
    ...serverMade,
    normalized_cidr: 'read-only',
    standard_attr_id: 'read-only',
    belongs_to_default_sg: 'read-only',
    tags: lossy('no command sets tags of rules'),
  },
  example: {
    row: {
      id: 'u1',
      project_id: 'p1',
      security_group_id: 'g1',
      direction: 'egress',
      ethertype: 'IPv6',
      protocol: 'tcp',
      port_range_min: 443,
      port_range_max: 444,
      remote_group_id: null, // Neutron takes one of these two
      remote_ip_prefix: '2001:db8::/32',
      description: 'why',
    },
    with: {
      security_group: [
        {
          id: 'g1',
          project_id: 'p1',
          name: 'web',
          security_group_rules: [
            {
              id: 'u1',
              security_group_id: 'g1',
              direction: 'egress',
              ethertype: 'IPv6',
              protocol: 'tcp',
              remote_group_id: null,
              description: 'why',
            },
          ],
        },
      ],
    },
    emits: {
      security_group: {get_resource: 'security_group:g1'},
      description: 'why',
      direction: 'egress',
      ethertype: 'IPv6',
      protocol: 'tcp',
      port_range_min: 443,
      port_range_max: 444,
      remote_ip_prefix: '2001:db8::/32',
    },
  },
  moreExamples: [
    {
      row: {
        id: 'u2',
        project_id: 'p1',
        security_group_id: 'g0',
        direction: 'ingress',
        ethertype: 'IPv4',
        protocol: 'icmp',
        port_range_min: null,
        port_range_max: null,
        remote_group_id: 'g1',
        remote_ip_prefix: null,
      },
      with: {
        security_group: [
          {
            id: 'g0',
            project_id: 'p1',
            name: 'default',
            security_group_rules: [
              {
                id: 'u2',
                security_group_id: 'g0',
                direction: 'ingress',
                ethertype: 'IPv4',
                protocol: 'icmp',
                port_range_min: null,
                port_range_max: null,
                remote_group_id: 'g1',
                remote_ip_prefix: null,
              },
            ],
          },
          {id: 'g1', project_id: 'p1', name: 'web', security_group_rules: []},
        ],
      },
      emits: {
        security_group: {get_param: 'security_group:g0'},
        protocol: 'icmp',
        remote_group: {get_resource: 'security_group:g1'},
      },
    },
  ],
});
