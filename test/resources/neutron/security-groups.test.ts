/** Where each rule goes: inside its group, a resource of its own, or a step. */
import test from 'ava';
import type {Node} from '../../../src/model/graph.ts';
import {Ref} from '../../../src/model/value.ts';
import {relate} from '../../../src/relate/index.ts';
import {inventoryOf} from '../../support/inventory.ts';

type Fields = Readonly<Record<string, unknown>>;

const egress = {direction: 'egress'};
const tcp = (port: number): Fields => ({protocol: 'tcp', port_range_min: port, port_range_max: port});
const born = [egress, {...egress, ethertype: 'IPv6'}];

function group(id: string, rules: readonly Fields[], fields: Fields = {}): Fields {
  return {
    id,
    name: id,
    project_id: 'p1',
    ...fields,
    security_group_rules: rules.map((rule, index) => ({
      id: `${id}${index}`,
      security_group_id: id,
      direction: 'ingress',
      ethertype: 'IPv4',
      protocol: null,
      port_range_min: null,
      port_range_max: null,
      remote_group_id: null,
      remote_ip_prefix: null,
      description: '',
      ...rule,
    })),
  };
}

function nodes(
  groups: readonly Fields[],
  more: Record<string, readonly Fields[]> = {},
): (key: string) => Node {
  const {graph} = relate(inventoryOf({security_group: groups, ...more}));
  return key => {
    const node = graph.nodes.get(key);
    if (node === undefined) throw new Error(key);
    return node;
  };
}

const twin = (id: string): Fields => ({id, name: 'offices', project_id: 'p1', addresses: []});

const words = (command: Node['steps'][number]['command']): string =>
  command
    .map(word => (typeof word === 'string' ? word : word instanceof Ref ? `<${word.kind}:${word.id}>` : '?'))
    .join(' ');

const text = (node: Node): string[] =>
  node.steps.map(({command, of}) =>
    of === undefined ? words(command) : `${words(command)} (of ${words(of)})`,
  );

test('the rules a group is born with are not said', t => {
  const at = nodes([group('a', [...born, tcp(22)])]);
  t.deepEqual(at('security_group:a').properties['rules'], [tcp(22)] as never);
  t.is(at('security_group_rule:a0').place.as, 'part');
});

test('spelled out they are the same', t => {
  const at = nodes([group('a', [{...egress, remote_ip_prefix: '0.0.0.0/0'}, born[1] as Fields])]);
  t.is(at('security_group:a').properties['rules'], undefined);
});

test('with one of them gone the other is said, so that Heat sends both away first', t => {
  const at = nodes([group('a', [egress])]);
  t.deepEqual(at('security_group:a').properties['rules'], [egress] as never);
});

test('no egress at all: a rule that lets nothing out stands in, and a step deletes it', t => {
  const at = nodes([group('a', [tcp(22)])]);
  const {properties} = at('security_group:a');
  t.deepEqual(properties['rules'], [
    tcp(22),
    {...egress, protocol: '255', remote_ip_prefix: '127.0.0.1/32'},
  ] as never);
  t.deepEqual(text(at('security_group:a')), [
    'security group rule delete (of security group rule list --egress --protocol 255 -f value -c ID <security_group:a>)',
  ]);
});

test('a description needs a rule of its own; without a protocol it is lost', t => {
  const at = nodes([group('a', [...born, {...tcp(22), description: 'ops'}, {description: 'all'}])]);
  t.is(at('security_group_rule:a2').place.as, 'resource');
  t.is(at('security_group_rule:a3').place.as, 'part');
  t.true(at('security_group_rule:a3').ledger.some(e => e.field === 'description' && e.fate === 'lost'));
});

test('a protocol that Heat knows by its number only is said by it, inside the group and out of it', t => {
  const at = nodes([group('a', [...born, {protocol: 'ipip'}, {protocol: 'ipip', description: 'tunnels'}])]);
  t.deepEqual(at('security_group:a').properties['rules'], [{protocol: '4'}] as never);
  t.is(at('security_group_rule:a3').place.as, 'resource');
  t.is(at('security_group_rule:a3').properties['protocol'], '4');
  for (const id of ['security_group:a', 'security_group_rule:a3'])
    t.deepEqual(at(id).notes, ['Protocol 4 is ipip, which Heat takes by its number only.']);
});

test('a code below its type keeps its description: Heat takes it where ICMP is spelled', t => {
  const icmp = {protocol: '1', port_range_min: 11, port_range_max: 1, description: 'expired'};
  const at = nodes([group('a', [...born, icmp])]);
  t.is(at('security_group_rule:a2').place.as, 'resource');
  t.is(at('security_group_rule:a2').properties['protocol'], 'icmp');
});

test('the only egress rule has a description: it goes alone, and the stand-in stays away from it', t => {
  const at = nodes([group('a', [{...egress, ...tcp(443), description: 'out'}])]);
  t.is(at('security_group_rule:a0').place.as, 'resource');
  t.deepEqual(at('security_group:a').properties['rules'], [
    {...egress, protocol: '255', remote_ip_prefix: '127.0.0.1/32'},
  ] as never);
});

test('two groups that refer to each other: the rule with a protocol leaves its group', t => {
  const at = nodes([
    group('a', [...born, {remote_group_id: 'b'}]),
    group('b', [...born, {...tcp(80), remote_group_id: 'a'}, {remote_group_id: 'b'}]),
  ]);
  t.is(at('security_group_rule:a2').place.as, 'part');
  t.is(at('security_group_rule:b2').place.as, 'resource');
  t.is(at('security_group_rule:b3').place.as, 'part');
});

test('a circle of rules without a protocol: one becomes a step', t => {
  const at = nodes([
    group('a', [...born, {remote_group_id: 'b'}]),
    group('b', [...born, {remote_group_id: 'a'}]),
  ]);
  t.is(at('security_group_rule:a2').place.as, 'part');
  t.is(at('security_group_rule:b2').place.as, 'step');
  t.deepEqual(text(at('security_group_rule:b2')), [
    'security group rule create --ingress --ethertype IPv4 --remote-group <security_group:a> <security_group:b>',
  ]);
});

test('a group that Heat does not build is never the remote of an inline rule: Heat takes no name there', t => {
  const at = nodes([
    group('a', [...born, {remote_group_id: 'd'}, {...tcp(22), remote_group_id: 'd'}]),
    group('d', [], {name: 'default'}),
  ]);
  t.is(at('security_group:a').properties['rules'], undefined);
  t.is(at('security_group_rule:a2').place.as, 'step');
  t.is(at('security_group_rule:a3').place.as, 'resource');
});

test('a rule never loses its address group', t => {
  const rule = {...tcp(22), remote_address_group_id: 'g', description: 'ops'};
  const offices = {id: 'g', name: 'offices', project_id: 'p1', addresses: ['192.0.2.0/24']};
  const at = nodes([group('a', [...born, rule])], {address_group: [offices]});
  t.is(at('security_group:a').properties['rules'], undefined);
  t.deepEqual(text(at('security_group_rule:a2')), [
    'security group rule create --ingress --ethertype IPv4 --protocol tcp --dst-port 22:22 --remote-address-group offices --description ops <security_group:a>',
  ]);
  const unseen = nodes([group('a', [...born, rule])]);
  t.is(unseen('security_group_rule:a2').place.as, 'lost');
});

test('address groups of one name have another one while the steps run', t => {
  const at = nodes([group('a', [{...tcp(22), remote_address_group_id: 'g'}])], {
    address_group: [twin('g'), twin('h')],
  });
  t.deepEqual(text(at('address_group:g')), [
    'address group create rekindle-g',
    'address group set --name offices rekindle-g',
  ]);
  t.true(text(at('security_group_rule:a0')).join().includes('--remote-address-group rekindle-g '));
});

test('an address group whose name a newer Neutron refuses gets it in a step of its own', t => {
  const odd = {...twin('g'), name: 'of\nfices'};
  const at = nodes([group('a', [{...tcp(22), remote_address_group_id: 'g'}])], {address_group: [odd]});
  t.deepEqual(text(at('address_group:g')), [
    'address group create rekindle-g',
    'address group set --name of\nfices rekindle-g',
  ]);
  t.true(text(at('security_group_rule:a0')).join().includes('--remote-address-group rekindle-g '));
});

test("the default group is the target's own: rules are added, what it has lost is announced", t => {
  const self = {remote_group_id: 'd'};
  const at = nodes([
    group('d', [...born, self, tcp(22), {remote_ip_prefix: '10.0.0.0/8'}], {
      name: 'default',
      description: 'Default security group',
    }),
  ]);
  t.is(at('security_group:d').place.as, 'existing');
  t.is(at('security_group_rule:d0').place.as, 'part');
  t.is(at('security_group_rule:d3').place.as, 'resource');
  t.is(at('security_group_rule:d4').place.as, 'step');
  const loss = at('security_group:d').ledger.find(({fate}) => fate === 'lost');
  t.regex(loss?.reason ?? '', /ingress IPv6 from itself/);
});

test('a group becomes stateless while no port has it', t => {
  const port = {
    id: 'x',
    name: 'x',
    project_id: 'p1',
    network_id: 'n',
    mac_address: 'fa:16:3e:00:00:01',
    device_id: '',
    device_owner: '',
    fixed_ips: [],
    security_groups: ['a'],
    port_security_enabled: true,
  };
  const at = nodes([group('a', born, {stateful: false})], {
    port: [port],
    network: [{id: 'n', name: 'n', project_id: 'p1'}],
  });
  t.deepEqual(text(at('security_group:a')), [
    'port unset --security-group <security_group:a> <port:x>',
    'security group set --stateless <security_group:a>',
  ]);
  t.deepEqual(text(at('port:x')), ['port set --security-group <security_group:a> <port:x>']);
});
