import {define, from, parts} from '../../model/define.ts';
import type {Ref} from '../../model/value.ts';
import {qosPolicy} from './qos-policy.ts';
import {
  examplePolicy,
  labelOfRule,
  placeOfRule,
  policyOf,
  ruleIgnores,
  rulesOf,
  type RuleRow,
} from './qos-rules.ts';

/** Answered by Neutron in its policy; proof: neutron-lib `api/definitions/qos.py`. */
interface Row extends RuleRow {
  readonly dscp_mark: number;
  readonly tenant_id?: string;
  readonly project_id?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/qos.py`, `QoSDscpMarkingRule.properties_schema`. */
interface Properties {
  readonly policy: Ref<'qos_policy'>;
  readonly dscp_mark: number;
}

const r = from<Row>();

export const qosDscpMarkingRule = define<Row, Properties>()({
  kind: 'qos_dscp_marking_rule',
  section: 'QoS policies',
  heat: 'OS::Neutron::QoSDscpMarkingRule',
  parts: parts(qosPolicy, (policy, scope) => rulesOf('dscp_marking', policy, scope) as readonly Row[]),
  where: placeOfRule,
  label: labelOfRule,
  under: policyOf,
  along: policyOf,
  properties: {
    policy: r.ref(qosPolicy, 'qos_policy_id'),
    dscp_mark: r.copy('dscp_mark'),
  },
  ignores: {...ruleIgnores},
  example: {
    row: {
      id: 'qr1',
      type: 'dscp_marking',
      qos_policy_id: 'q1',
      dscp_mark: 26,
    },
    with: examplePolicy,
    emits: {policy: {get_resource: 'qos_policy:q1'}, dscp_mark: 26},
  },
});
