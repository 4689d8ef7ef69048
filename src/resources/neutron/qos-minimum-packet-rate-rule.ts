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

/** Answered by Neutron in its policy; proof: neutron-lib `api/definitions/qos_pps_minimum_rule.py`. */
interface Row extends RuleRow {
  readonly min_kpps: number;
  readonly direction?: string;
  readonly tenant_id?: string;
  readonly project_id?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/qos.py`, `QoSMinimumPacketRateRule.properties_schema`. */
interface Properties {
  readonly policy: Ref<'qos_policy'>;
  readonly min_kpps: number;
  readonly direction?: string;
}

const r = from<Row>();

export const qosMinimumPacketRateRule = define<Row, Properties>()({
  kind: 'qos_minimum_packet_rate_rule',
  section: 'QoS policies',
  heat: 'OS::Neutron::QoSMinimumPacketRateRule',
  parts: parts(qosPolicy, (policy, scope) => rulesOf('minimum_packet_rate', policy, scope) as readonly Row[]),
  where: placeOfRule,
  label: labelOfRule,
  under: policyOf,
  along: policyOf,
  properties: {
    policy: r.ref(qosPolicy, 'qos_policy_id'),
    min_kpps: r.copy('min_kpps'),
    direction: r.unless('direction', 'egress'),
  },
  ignores: {...ruleIgnores},
  example: {
    row: {
      id: 'qr1',
      type: 'minimum_packet_rate',
      qos_policy_id: 'q1',
      min_kpps: 7,
      direction: 'any',
    },
    with: examplePolicy,
    emits: {policy: {get_resource: 'qos_policy:q1'}, min_kpps: 7, direction: 'any'},
  },
});
