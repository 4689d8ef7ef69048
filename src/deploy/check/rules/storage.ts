/** Shares and containers. */
import {repeatsOf} from '../topology.ts';
import {known} from '../view.ts';
import {type Rule, together} from './rule.ts';

/** Manila's default, which no API tells. Proof: manila `common/config.py`, `enabled_share_protocols`. */
const shares: Rule = function* ({view}) {
  for (const {name, properties} of view.of('OS::Manila::Share')) {
    const value = known(properties['share_protocol']);
    if (value === undefined || ['NFS', 'CIFS'].includes(value.toUpperCase())) continue;
    yield {
      resource: name,
      property: 'share_protocol',
      value,
      verdict: 'is none of those that Manila has switched on by default',
      hint: 'take NFS or CIFS, or ask the operator whether it is on there',
      severity: 'warning',
    };
  }
};

const containers: Rule = function* ({view}) {
  const all = view.of('OS::Swift::Container');
  for (const {name, properties} of all) {
    const value = known(properties['name']);
    if (value === undefined) continue;
    if (value.includes('/'))
      yield {
        resource: name,
        property: 'name',
        value,
        verdict: 'has a "/", which parts a container from its objects',
        hint: 'write it otherwise',
      };
    else if (Buffer.byteLength(value) > 256)
      yield {
        resource: name,
        property: 'name',
        value,
        verdict: 'is longer than the 256 bytes that Swift takes',
        hint: 'shorten it',
      };
  }
  for (const [again, first] of repeatsOf(all, ({properties}) => known(properties['name'])))
    yield {
      resource: again.name,
      property: 'name',
      value: again.properties['name'],
      verdict: `is the container of ${first.name}: Heat would delete it with either`,
      hint: 'leave one out',
    };
};

export const storage: Rule = together(shares, containers);
