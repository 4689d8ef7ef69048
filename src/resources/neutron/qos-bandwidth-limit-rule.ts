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

/** Answered by Neutron in its policy; proof: neutron-lib `api/definitions/qos.py`, `qos_bw_limit_direction.py`. */
interface Row extends RuleRow {
  readonly max_kbps: number;
  readonly max_burst_kbps: number;
  readonly direction?: string;
  readonly tenant_id?: string;
  readonly project_id?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/qos.py`, `QoSBandwidthLimitRule.properties_schema`. */
interface Properties {
  readonly policy: Ref<'qos_policy'>;
  readonly max_kbps: number;
  readonly max_burst_kbps?: number;
  readonly direction?: string;
}

const r = from<Row>();

export const qosBandwidthLimitRule = define<Row, Properties>()({
  kind: 'qos_bandwidth_limit_rule',
  section: 'QoS policies',
  heat: 'OS::Neutron::QoSBandwidthLimitRule',
  parts: parts(qosPolicy, (policy, scope) => rulesOf('bandwidth_limit', policy, scope) as readonly Row[]),
  where: placeOfRule,
  label: labelOfRule,
  under: policyOf,
  along: policyOf,
  properties: {
    policy: r.ref(qosPolicy, 'qos_policy_id'),
    max_kbps: r.copy('max_kbps'),
    max_burst_kbps: r.unless('max_burst_kbps', 0),
    direction: r.unless('direction', 'egress'),
  },
  ignores: {...ruleIgnores},
  example: {
    row: {
      id: 'qr1',
      type: 'bandwidth_limit',
      qos_policy_id: 'q1',
      max_kbps: 10000,
      max_burst_kbps: 8000,
      direction: 'ingress',
    },
    with: examplePolicy,
    emits: {
      policy: {get_resource: 'qos_policy:q1'},
      max_kbps: 10000,
      max_burst_kbps: 8000,
      direction: 'ingress',
    },
  },
});
