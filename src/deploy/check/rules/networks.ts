/** Networks: their MTU, against those of the target. */
import {fields, number} from '../../../model/json.ts';
import type {Rule} from './rule.ts';

/** Neutron takes no MTU above what its wires carry, which shows only in the networks that are there. */
export const networks: Rule = function* ({view, there}) {
  const seen = (there.lists.networks ?? []).flatMap(row => number(row['mtu']) ?? []);
  const most = Math.max(0, ...seen);
  for (const {name, properties} of view.of('OS::Neutron::Net')) {
    const mtu = number(fields(properties['value_specs'])['mtu']);
    if (mtu === undefined) continue;
    const at = {resource: name, property: 'value_specs.mtu', value: mtu};
    if (most > 0 && mtu > most)
      yield {
        ...at,
        verdict: `is more than the ${most} of any network of the target`,
        hint: 'leave it out: Neutron takes the largest that its wires carry',
        severity: 'warning',
      };
  }
};
