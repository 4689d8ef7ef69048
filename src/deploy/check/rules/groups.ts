/** Security group rules, those inside a group and those of their own. Proof: neutron `db/securitygroups_db.py`. */
import {parseAddress, parseCidr} from '../../../model/cidr.ts';
import {type Fields, fields, number} from '../../../model/json.ts';
import type {Fault} from '../finding.ts';
import {repeatsOf} from '../topology.ts';
import {itemsOf, known, Made, type Part, unknown} from '../view.ts';
import {type Rule, together} from './rule.ts';

interface RuleThing {
  readonly part: Part;
  /** Path before its properties; '' for a resource of its own. */
  readonly path: string;
  readonly row: Fields;
  /** Of the group. */
  readonly group: string | undefined;
}

const withPorts: ReadonlySet<string> = new Set('tcp udp sctp dccp udplite 6 17 33 132 136'.split(' '));
const icmp: ReadonlySet<string> = new Set('icmp ipv6-icmp icmpv6 1 58'.split(' '));
const onlyV6: ReadonlySet<string> = new Set(
  'ipv6-icmp icmpv6 ipv6-encap ipv6-frag ipv6-nonxt ipv6-opts ipv6-route 41 43 44 58 59 60'.split(' '),
);

function* rulesOf(parts: readonly Part[]): Generator<RuleThing> {
  for (const part of parts) {
    if (part.type === 'OS::Neutron::SecurityGroup') {
      for (const {item, path} of itemsOf(part.properties['rules'], 'rules'))
        if (item !== unknown) yield {part, path: `${path}.`, row: fields(item), group: part.name};
    } else {
      const group = part.properties['security_group'];
      // Heat's own default, where none is said.
      const row = {protocol: 'tcp', ...part.properties};
      yield {part, path: '', row, group: group instanceof Made ? group.name : known(group)};
    }
  }
}

const values: Rule = function* ({view}) {
  for (const rule of rulesOf(view.of('OS::Neutron::SecurityGroup', 'OS::Neutron::SecurityGroupRule')))
    yield* faultsOf(rule);
};

function* faultsOf({part, path, row}: RuleThing): Generator<Fault> {
  const at = (property: string, verdict: string, hint: string): Fault => ({
    resource: part.name,
    property: `${path}${property}`,
    value: row[property],
    verdict,
    hint,
  });
  const {protocol: rawProtocol, port_range_min: rawMin, port_range_max: rawMax, ethertype = 'IPv4'} = row;
  const protocol = rawProtocol === undefined ? undefined : known(rawProtocol)?.toLowerCase();
  const [min, max] = [number(rawMin), number(rawMax)];
  const isKnown = ![rawProtocol, rawMin, rawMax].includes(unknown);
  if (isKnown && (min !== undefined || max !== undefined)) {
    const property = min === undefined ? 'port_range_max' : 'port_range_min';
    const [low, high] = [min, max];
    if (protocol === undefined || protocol === '')
      yield at(property, 'needs a protocol', 'set protocol: tcp or udp, or leave the ports out');
    else if (withPorts.has(protocol)) {
      if (low === undefined || high === undefined)
        yield at(property, 'is only one end of the range', 'give port_range_min and port_range_max');
      else if (low > high) yield at('port_range_min', `is above port_range_max ${high}`, 'swap them');
      else if (low === 0 || high === 0)
        yield at(property, `is port 0, which ${protocol} has not`, 'begin at 1');
    } else if (icmp.has(protocol)) {
      if (low === undefined)
        yield at('port_range_max', 'is an ICMP code without a type', 'give the type as port_range_min');
      for (const [name, value] of [
        ['port_range_min', low],
        ['port_range_max', high],
      ] as const)
        if (value !== undefined && value > 255)
          yield at(name, 'is no ICMP type or code', 'give a number up to 255');
    } else yield at(property, `is for protocols with ports, and ${protocol} has none`, 'leave the ports out');
  }
  const prefix = known(row['remote_ip_prefix']);
  if (prefix !== undefined && prefix !== '') {
    const version = (parseCidr(prefix) ?? parseAddress(prefix))?.version;
    if (version === undefined)
      yield at('remote_ip_prefix', 'is no range of addresses', 'write it as 192.0.2.0/24 or 2001:db8::/64');
    else if (ethertype !== unknown && ethertype !== `IPv${version}`)
      yield at(
        'remote_ip_prefix',
        `is IPv${version}, but ethertype is ${known(ethertype) ?? ''}`,
        `set ethertype: IPv${version}`,
      );
  }
  if (protocol !== undefined && onlyV6.has(protocol) && ethertype === 'IPv4')
    yield at('protocol', 'is for IPv6, but ethertype is IPv4', 'set ethertype: IPv6');
}

/** Neutron has each rule of a group once. Heat before 25.0.1 swallows those that repeat inside a group. */
const repeated: Rule = function* ({view}) {
  const all = [...rulesOf(view.of('OS::Neutron::SecurityGroup', 'OS::Neutron::SecurityGroupRule'))];
  for (const [again, first] of repeatsOf(all, rule => signatureOf(rule))) {
    const isInline = again.path !== '';
    yield {
      resource: again.part.name,
      property: isInline ? again.path.slice(0, -1) : 'security_group',
      value: isInline ? undefined : again.group,
      verdict: `has that very rule already: ${first.part.name}${first.path === '' ? '' : ` ${first.path.slice(0, -1)}`}`,
      hint: 'leave one of them out',
      ...(isInline ? {severity: 'warning' as const} : {}),
    };
  }
};

/** '' where a part of it isn't known. */
function signatureOf({row, group}: RuleThing): string {
  if (group === undefined) return '';
  const names = [
    'direction',
    'ethertype',
    'protocol',
    'port_range_min',
    'port_range_max',
    'remote_ip_prefix',
  ];
  const remote =
    row['remote_group'] ??
    row['remote_group_id'] ??
    (row['remote_mode'] === 'remote_group_id' ? new Made(group) : '');
  const all = [...names.map(name => canonical(name, row[name] ?? defaults[name] ?? '')), remote];
  if (all.includes(unknown)) return '';
  const words = all.map(value => (value instanceof Made ? `resource ${value.name}` : known(value)));
  return words.includes(undefined) ? '' : JSON.stringify([group, ...words]);
}

/** What Neutron takes for the same: a protocol's name and number, any address and no prefix. */
function canonical(name: string, value: unknown): unknown {
  const said = known(value);
  if (name === 'protocol' && said !== undefined) return numbers[said.toLowerCase()] ?? said;
  return name === 'remote_ip_prefix' && (said === '0.0.0.0/0' || said === '::/0') ? '' : value;
}

const numbers: Readonly<Record<string, string>> = {
  icmp: '1',
  tcp: '6',
  udp: '17',
  dccp: '33',
  'ipv6-icmp': '58',
  icmpv6: '58',
  sctp: '132',
  udplite: '136',
};

const defaults: Readonly<Record<string, string>> = {direction: 'ingress', ethertype: 'IPv4'};

export const groups: Rule = together(values, repeated);
