/** Names that the target's Neutron refuses, and an older one took. */
import {isPlainName, plainName, plainNames} from '../../model/plain-name.ts';
import {shownValue} from './finding.ts';
import type {Lack} from './lack.ts';
import type {View} from './view.ts';

/** No part of Neutron itself: they look at names on their own. */
const others = /^OS::Neutron::L2Gateway/;

/** @param aliases Neutron's extensions; none: it doesn't tell. */
export function nameLacks(view: View, aliases: ReadonlySet<string>): readonly Lack[] {
  return view.parts.flatMap(({name, type, properties}): readonly Lack[] => {
    const given = properties['name'];
    if (!type.startsWith('OS::Neutron::') || others.test(type)) return [];
    const sign = type === 'OS::Neutron::SecurityGroup' ? plainNames.securityGroups : plainNames.all;
    if (!aliases.has(sign) || typeof given !== 'string' || isPlainName(given)) return [];
    const verdict = 'is no name that Neutron there takes: only printable characters, no blank at an end';
    return [
      {
        type,
        property: 'name',
        resources: [name],
        // A member of a group: the name is made of its index.
        ...(name.includes('.') ? {stays: true} : {instead: plainName(given)}),
        what: `name ${shownValue(given)} ${verdict}`,
        hint: 'give it another name: a rule that sets it (--rules), or in the source',
        reason: `Neutron there takes no such name: it is ${shownValue(plainName(given))}`,
      },
    ];
  });
}
