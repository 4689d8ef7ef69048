import {
  define,
  existing,
  from,
  lossy,
  resource,
  stepwise,
  type Scope,
  type Typed,
} from '../../model/define.ts';
import {names} from '../../model/names.ts';
import {Ref} from '../../model/value.ts';
import {heatProtocol, protocolNote} from './ip-protocol.ts';
import {birthText, type GroupRow, isDefault, planOf, type Rule} from './security-group-plan.ts';
import {command, foreign, ids, idsIn, isOurs, serverMade, tagWords} from './shared.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/stateful_security_group.py` and those beside it. */
export interface SecurityGroupRow extends GroupRow {
  readonly description?: string | null;
  readonly stateful?: boolean;
  readonly shared?: boolean;
  readonly tags?: readonly string[];
}

/** What Heat takes inside a group: neither a description nor an address group. */
interface InlineRule {
  readonly direction?: 'egress';
  readonly ethertype?: 'IPv6';
  readonly protocol?: string;
  readonly port_range_min?: number;
  readonly port_range_max?: number;
  readonly remote_mode?: 'remote_group_id';
  readonly remote_group_id?: Ref<'security_group'>;
  readonly remote_ip_prefix?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/security_group.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly rules?: readonly InlineRule[];
}

/** What Neutron writes into each project's default group; proof: neutron `db/securitygroups_db.py`. */
const DEFAULT_DESCRIPTION = 'Default security group';

/** Stands in for the egress rules of a group that has none; reserved by IANA, so that it is found again by its protocol. */
const PLACEHOLDER = {direction: 'egress', protocol: '255', remote_ip_prefix: '127.0.0.1/32'} as const;

/** What people would call a rule: it has no name. The report names rules by it that only the clone will have. */
export function labelOfRule(
  rule: Pick<Rule, 'direction'> & Partial<Pick<Rule, 'ethertype' | 'protocol' | 'port_range_min'>>,
  group: string,
  remote = '',
): string {
  const {direction, ethertype, protocol, port_range_min: port} = rule;
  const words = [group, direction, ethertype === 'IPv6' ? 'v6' : '', protocol ?? 'any', port ?? '', remote];
  return words.filter(word => word !== '').join('_');
}

/** The project's own default group. */
export function defaultGroup(scope: Scope): SecurityGroupRow | undefined {
  return scope.memo('security-group.default', () =>
    scope.rows(securityGroup).find(row => isDefault(row) && isOurs(row, scope)),
  );
}

function inlineRule(rule: Rule): InlineRule {
  const {remote_group_id: remote} = rule;
  return {
    ...(rule.direction === 'egress' ? {direction: 'egress'} : {}),
    ...(rule.ethertype === 'IPv6' ? {ethertype: 'IPv6'} : {}),
    ...(rule.protocol === null ? {} : {protocol: heatProtocol(rule) ?? rule.protocol}),
    ...(rule.port_range_min === null ? {} : {port_range_min: rule.port_range_min}),
    ...(rule.port_range_max === null ? {} : {port_range_max: rule.port_range_max}),
    ...(remote === null ? {} : {remote_mode: 'remote_group_id'}),
    // Without an id Heat means the group itself.
    ...(remote === null || remote === rule.security_group_id
      ? {}
      : {remote_group_id: new Ref('security_group', remote)}),
    ...(rule.remote_ip_prefix === null ? {} : {remote_ip_prefix: rule.remote_ip_prefix}),
  };
}

interface PortUse {
  readonly id: string;
  readonly security_groups?: readonly string[];
}
const ports: Typed<'port', PortUse> = {kind: 'port'};

/** Neutron lets a group change only while no port has it: so the ports let go of it; each takes its groups back itself. */
function makeStateless(id: string, scope: Scope): void {
  const group = new Ref(securityGroup.kind, id);
  for (const port of scope.by(ports, 'security_groups', id)) {
    if (scope.place(ports, port.id)?.as !== 'resource') continue;
    scope.step({
      when: 'after',
      fields: ['stateful'],
      title: 'take the group off a port, so that it can be made stateless',
      command: command('port unset --security-group', group, new Ref(ports.kind, port.id)),
    });
  }
  scope.step({
    when: 'after',
    fields: ['stateful'],
    title: 'make the group stateless',
    command: command('security group set --stateless', group),
  });
}

const r = from<SecurityGroupRow>();

export const securityGroup = define<SecurityGroupRow, Properties>()({
  kind: 'security_group',
  section: 'Security groups',
  heat: 'OS::Neutron::SecurityGroup',
  list: {
    service: 'network',
    path: 'security-groups',
    key: 'security_groups',
    extension: 'security-group',
    ours: true,
    names: names({'security_group_rules.remote_group_id': 'security_group'}),
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        yield* ids(rows, ['port'], 'security_groups');
        for (const group of rows['security_group'] ?? [])
          yield* idsIn(group['security_group_rules'], 'remote_group_id');
      },
    },
  },
  outside: {constraint: 'neutron.security_group', prefix: 'security_group'},
  where: (row, scope) => (isOurs(row, scope) ? (isDefault(row) ? existing : resource) : foreign),
  properties: {
    name: r.copy('name'),
    description: r.make(['description', 'name', 'stateful'], (row, scope) => {
      // Heat knows the property stateful only since 27, and a template with it would be refused by every Heat before.
      if (row.stateful === false) makeStateless(row.id, scope);
      const description = row.description ?? '';
      if (!isDefault(row)) return description === '' ? undefined : description;
      if (description !== DEFAULT_DESCRIPTION) {
        scope.step({
          when: 'after',
          fields: ['description'],
          title: "describe the target's default group",
          command: command(
            'security group set --description',
            description,
            new Ref('security_group', row.id),
          ),
        });
      }
      return undefined;
    }),
    rules: r.make(['security_group_rules', 'name'], (row, scope) => {
      const plan = planOf(scope).groups.get(row.id);
      for (const birth of plan?.missing ?? []) {
        scope.lose(
          `security_group_rules[${labelOfRule(birth, row.name, birth.direction === 'ingress' ? row.name : '')}]`,
          `the target's default group is born with a rule that the source's has lost (${birthText(birth)}): ` +
            'openstack security group rule delete',
        );
      }
      const rules: InlineRule[] = (plan?.inline ?? []).map(inlineRule);
      for (const note of new Set(plan?.inline.map(protocolNote))) if (note !== undefined) scope.note(note);
      if (plan?.placeholder === true) {
        rules.push(PLACEHOLDER);
        scope.note('The last rule only keeps the allow-all egress rules away; a step deletes it');
        scope.step({
          when: 'after',
          fields: [`security_group_rules[${labelOfRule(PLACEHOLDER, row.name)}]`],
          title: 'delete the rule that stands in for no egress at all',
          of: command('security group rule list --egress --protocol', [
            PLACEHOLDER.protocol,
            '-f',
            'value',
            '-c',
            'ID',
            new Ref('security_group', row.id),
          ]),
          command: command('security group rule delete'),
        });
      }
      return rules.length === 0 ? undefined : rules;
    }),
  },
  unordered: ['tags'],
  // The rules are compared one by one, as rows of their own.
  compares: {security_group_rules: () => undefined},
  ignores: {
    ...serverMade,
    shared: lossy(
      'other projects may use the group; sharing is an RBAC policy: openstack network rbac create',
    ),
    tags: stepwise(row =>
      row.tags?.length
        ? {
            when: 'after',
            title: 'tag the group',
            command: command('security group set', tagWords(row.tags), new Ref('security_group', row.id)),
          }
        : undefined,
    ),
  },
  example: {
    row: {
      id: 'g1',
      project_id: 'p1',
      name: 'web',
      description: 'front',
      stateful: true, // false is a step
      shared: false,
      tags: [],
      security_group_rules: [
        {
          id: 'u1',
          security_group_id: 'g1',
          direction: 'egress',
          ethertype: 'IPv6',
          protocol: 'udp',
          port_range_min: 53,
          port_range_max: 53,
          remote_group_id: null,
          remote_ip_prefix: '2001:db8::/32',
        },
        {
          id: 'u2',
          security_group_id: 'g1',
          direction: 'ingress',
          ethertype: 'IPv4',
          protocol: 'tcp',
          port_range_min: 22,
          port_range_max: 22,
          remote_group_id: 'g2',
          remote_ip_prefix: null,
        },
        {
          id: 'u3',
          security_group_id: 'g1',
          direction: 'ingress',
          ethertype: 'IPv4',
          protocol: null,
          port_range_min: null,
          port_range_max: null,
          remote_group_id: 'g1',
          remote_ip_prefix: null,
        },
      ],
    },
    with: {
      security_group: [{id: 'g2', project_id: 'p1', name: 'jump', security_group_rules: []}],
    },
    emits: {
      name: 'web',
      description: 'front',
      rules: [
        {remote_mode: 'remote_group_id'},
        {
          protocol: 'tcp',
          port_range_min: 22,
          port_range_max: 22,
          remote_mode: 'remote_group_id',
          remote_group_id: {get_resource: 'security_group:g2'},
        },
        {
          direction: 'egress',
          ethertype: 'IPv6',
          protocol: 'udp',
          port_range_min: 53,
          port_range_max: 53,
          remote_ip_prefix: '2001:db8::/32',
        },
      ],
    },
  },
});
