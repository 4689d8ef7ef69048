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

/** Answered by Neutron in its policy; proof: neutron-lib `api/definitions/qos.py`, `qos_bw_minimum_ingress.py`. */
interface Row extends RuleRow {
  readonly min_kbps: number;
  readonly direction?: string;
  readonly tenant_id?: string;
  readonly project_id?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/qos.py`, `QoSMinimumBandwidthRule.properties_schema`. */
interface Properties {
  readonly policy: Ref<'qos_policy'>;
  readonly min_kbps: number;
  readonly direction?: string;
}

const r = from<Row>();

export const qosMinimumBandwidthRule = define<Row, Properties>()({
  kind: 'qos_minimum_bandwidth_rule',
  section: 'QoS policies',
  heat: 'OS::Neutron::QoSMinimumBandwidthRule',
  parts: parts(qosPolicy, (policy, scope) => rulesOf('minimum_bandwidth', policy, scope) as readonly Row[]),
  where: placeOfRule,
  label: labelOfRule,
  under: policyOf,
  along: policyOf,
  properties: {
    policy: r.ref(qosPolicy, 'qos_policy_id'),
    min_kbps: r.copy('min_kbps'),
    direction: r.unless('direction', 'egress'),
  },
  ignores: {...ruleIgnores},
  example: {
    row: {
      id: 'qr1',
      type: 'minimum_bandwidth',
      qos_policy_id: 'q1',
      min_kbps: 1000,
      direction: 'ingress',
    },
    with: examplePolicy,
    emits: {policy: {get_resource: 'qos_policy:q1'}, min_kbps: 1000, direction: 'ingress'},
  },
});
