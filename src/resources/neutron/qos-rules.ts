/** Splits a policy's rules by type, which Heat has a resource type for each. */
import {resource, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import {Ref} from '../../model/value.ts';
import {qosPolicy, type Rule} from './qos-policy.ts';
import {foreign, isOurs, type Owned} from './shared.ts';

/** What every rule answers; proof: neutron `objects/qos/rule.py`, `to_dict`. */
export interface RuleRow {
  readonly id: string;
  readonly type: string;
  readonly qos_policy_id: string;
}

export function rulesOf(
  type: string,
  policy: Owned & {readonly id: string; readonly rules?: readonly Rule[]},
  scope: Scope,
): readonly RuleRow[] {
  // Another project's policy is referred to, whatever its rules.
  const rules = isOurs(policy, scope) ? (policy.rules ?? []) : [];
  return rules
    .filter(rule => rule.type === type)
    .map(rule => Object.assign({}, rule, {qos_policy_id: policy.id}));
}

export function placeOfRule(row: RuleRow, scope: Scope): Place {
  return isOurs(scope.row(qosPolicy, row.qos_policy_id), scope) ? resource : foreign;
}

export function labelOfRule(row: RuleRow, scope: Scope): string {
  return scope.row(qosPolicy, row.qos_policy_id)?.name ?? '';
}

export function policyOf({qos_policy_id: id}: RuleRow): Ref<'qos_policy'> {
  return new Ref('qos_policy', id);
}

export const ruleIgnores = {type: 'read-only', tenant_id: 'read-only', project_id: 'read-only'} as const;

/** The policy of the examples. */
export const examplePolicy = {qos_policy: [{id: 'q1', project_id: 'p1', name: 'gold', rules: []}]};
