/**
 * Where each rule of the project's groups is said. Heat's inline rules take no description, no address group and no
 * cycle; its separate rules take no "any protocol"; nothing of Heat's touches what a group is born with, except that one
 * inline egress rule sends both of the allow-all ones away. Proof: heat `neutron/security_group.py`, `_create_rules`,
 * and `neutron/security_group_rule.py`.
 */
import type {Scope, Typed} from '../../model/define.ts';
import {order} from '../../model/cidr.ts';
import {heatProtocol} from './ip-protocol.ts';
import {cutReferences, type Reference} from './security-group-cycles.ts';
import {isOurs, type Common} from './shared.ts';

export interface Rule {
  readonly id: string;
  readonly security_group_id: string;
  readonly direction: 'ingress' | 'egress';
  readonly ethertype: 'IPv4' | 'IPv6';
  readonly protocol: string | null;
  readonly port_range_min: number | null;
  readonly port_range_max: number | null;
  readonly remote_group_id: string | null;
  readonly remote_ip_prefix: string | null;
  readonly remote_address_group_id?: string | null;
  readonly description?: string | null;
}

export interface GroupRow extends Common {
  readonly name: string;
  readonly security_group_rules: readonly Rule[];
}

export type RulePlace =
  /** In the group's own list, or made with the group. */
  | 'inline'
  /** A rule resource. */
  | 'separate'
  /** An API call. */
  | 'step';

export interface GroupPlan {
  /** What to write into the group, in reading order. */
  readonly inline: readonly Rule[];
  /** The group has no egress rule that Heat could write: a harmless one must stand in and be deleted. */
  readonly placeholder: boolean;
  /** Of the default group: what the target's is born with and the source's has lost. */
  readonly missing: readonly Birth[];
}

export interface Plan {
  readonly rules: ReadonlyMap<string, RulePlace>;
  readonly groups: ReadonlyMap<string, GroupPlan>;
}

const groups: Typed<'security_group', GroupRow> = {kind: 'security_group'};
const ruleRows: Typed<'security_group_rule', Rule> = {kind: 'security_group_rule'};

export function planOf(scope: Scope): Plan {
  return scope.memo('security-group.plan', () => makePlan(scope));
}

/** Neutron forbids the name to all but the one group it makes for each project. */
export function isDefault(group: Pick<GroupRow, 'name'>): boolean {
  return group.name === 'default';
}

function makePlan(scope: Scope): Plan {
  const ours = scope
    .rows(groups)
    .filter(group => isOurs(group, scope) && !scope.isCut(groups, group.id))
    .map(group => withoutCut(group, scope))
    .toSorted((a, b) => order(a.id, b.id));
  const built = new Set(ours.filter(group => !isDefault(group)).map(group => group.id));
  const cut = new Set(cutReferences(referencesAmong(ours, built)).map(({from, to}) => `${from}>${to}`));
  const rules = new Map<string, RulePlace>();
  const plans = new Map<string, GroupPlan>();
  for (const group of ours) {
    for (const rule of group.security_group_rules) {
      rules.set(rule.id, isDefault(group) ? placeOnDefault(rule) : placeOnOwn(rule, cut, built));
    }
    plans.set(group.id, planGroup(group, rules));
  }
  return {rules, groups: plans};
}

/** The group as it will be. What its target's own is born with can't be left out. */
function withoutCut(group: GroupRow, scope: Scope): GroupRow {
  const rules = group.security_group_rules.filter(
    rule => !scope.isCut(ruleRows, rule.id) || (isDefault(group) && birthOf(rule) !== undefined),
  );
  return rules.length === group.security_group_rules.length ? group : {...group, security_group_rules: rules};
}

function referencesAmong(ours: readonly GroupRow[], built: ReadonlySet<string>): readonly Reference[] {
  const found = new Map<string, Reference>();
  for (const group of ours) {
    for (const rule of group.security_group_rules) {
      const to = rule.remote_group_id;
      if (to === null || to === group.id || !built.has(to) || !built.has(group.id)) continue;
      const key = `${group.id}>${to}`;
      const heavy = !canBeSeparate(rule) || found.get(key)?.heavy === true;
      found.set(key, {from: group.id, to, heavy});
    }
  }
  return [...found.values()];
}

function placeOnDefault(rule: Rule): RulePlace {
  if (birthOf(rule) !== undefined) return 'inline';
  return rule.remote_address_group_id || !canBeSeparate(rule) ? 'step' : 'separate';
}

function placeOnOwn(rule: Rule, cut: ReadonlySet<string>, built: ReadonlySet<string>): RulePlace {
  // Without the address group the rule would be open to everyone.
  if (rule.remote_address_group_id) return 'step';
  const otherwise = canBeSeparate(rule) ? 'separate' : 'step';
  const remote = rule.remote_group_id;
  if (remote !== null && remote !== rule.security_group_id) {
    // Inline, Heat takes no name of a group that it doesn't build itself: the default group, another project's.
    if (!built.has(remote) || cut.has(`${rule.security_group_id}>${remote}`)) return otherwise;
  }
  return rule.description && otherwise === 'separate' ? 'separate' : 'inline';
}

/** Heat's rule resource means tcp if no protocol is said; proof: heat `neutron/security_group_rule.py`. */
function canBeSeparate(rule: Rule): boolean {
  return heatProtocol(rule) !== undefined;
}

function planGroup(group: GroupRow, rules: ReadonlyMap<string, RulePlace>): GroupPlan {
  if (isDefault(group)) {
    const missing = BIRTH.filter(
      birth => !group.security_group_rules.some(rule => birthOf(rule) === birthText(birth)),
    );
    return {inline: [], placeholder: false, missing};
  }
  const inline = group.security_group_rules
    .filter(rule => rules.get(rule.id) === 'inline')
    .sort(inReadingOrder);
  const egress = inline.filter(rule => rule.direction === 'egress');
  const asBorn = new Set(egress.map(bornEgress)).size === 2 && egress.length === 2;
  const isAsBorn = asBorn && egress.every(rule => bornEgress(rule) !== undefined);
  return {
    inline: isAsBorn ? inline.filter(rule => rule.direction !== 'egress') : inline,
    placeholder: egress.length === 0,
    missing: [],
  };
}

/** A rule that a default group is born with; proof: neutron `db/securitygroups_db.py`, `create_security_group`. */
export interface Birth {
  readonly direction: 'ingress' | 'egress';
  readonly ethertype: 'IPv4' | 'IPv6';
}

const BIRTH: readonly Birth[] = [
  {direction: 'egress', ethertype: 'IPv4'},
  {direction: 'egress', ethertype: 'IPv6'},
  {direction: 'ingress', ethertype: 'IPv4'},
  {direction: 'ingress', ethertype: 'IPv6'},
];

/** As `ingress IPv6 from itself`. */
export function birthText({direction, ethertype}: Birth): string {
  return `${direction} ${ethertype}${direction === 'ingress' ? ' from itself' : ''}`;
}

function birthOf(rule: Rule): string | undefined {
  if (rule.direction === 'egress') return bornEgress(rule);
  if (!isOpen(rule) || rule.remote_group_id !== rule.security_group_id || everywhere(rule) !== null)
    return undefined;
  return `ingress ${rule.ethertype} from itself`;
}

/** The allow-all egress rules that every group is born with. */
function bornEgress(rule: Rule): string | undefined {
  if (rule.direction !== 'egress' || !isOpen(rule) || rule.remote_group_id !== null) return undefined;
  return everywhere(rule) === null ? `egress ${rule.ethertype}` : undefined;
}

/** Any protocol, and no address group. */
function isOpen(rule: Rule): boolean {
  return rule.protocol === null && !rule.remote_address_group_id;
}

/** Neutron counts all of these as the same; proof: neutron `db/securitygroups_db.py`, `_rule_to_key`. */
export function everywhere(rule: Pick<Rule, 'remote_ip_prefix'>): string | null {
  const prefix = rule.remote_ip_prefix;
  return prefix === '0.0.0.0/0' || prefix === '::/0' ? null : prefix;
}

function inReadingOrder(a: Rule, b: Rule): number {
  return (
    order(b.direction, a.direction) ||
    order(a.ethertype, b.ethertype) ||
    order(a.protocol ?? '', b.protocol ?? '') ||
    (a.port_range_min ?? -1) - (b.port_range_min ?? -1) ||
    (a.port_range_max ?? -1) - (b.port_range_max ?? -1) ||
    order(a.remote_ip_prefix ?? '', b.remote_ip_prefix ?? '') ||
    order(a.remote_group_id ?? '', b.remote_group_id ?? '') ||
    order(a.id, b.id)
  );
}
