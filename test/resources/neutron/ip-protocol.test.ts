/** What becomes of a rule's protocol: in the template, and where two rows are compared. */
import test from 'ava';
import {heatProtocol, protocolName, protocolNote} from '../../../src/resources/neutron/ip-protocol.ts';

const rule = (
  protocol: string | null,
  ...range: [number, number] | []
): Parameters<typeof heatProtocol>[0] => ({
  protocol,
  port_range_min: range[0] ?? null,
  port_range_max: range[1] ?? null,
});

test('a name or number that Heat takes stays as it is', t => {
  for (const protocol of ['tcp', 'icmpv6', 'ipv6-nonxt', '6', '0', '255'])
    t.is(heatProtocol(rule(protocol)), protocol);
});

test('names that Heat does not take are numbers, and a note says so', t => {
  for (const [name, number] of [
    ['ipip', '4'],
    ['ip', '0'],
    ['hopopt', '0'],
  ] as const) {
    t.is(heatProtocol(rule(name)), number);
    t.regex(protocolNote(rule(name)) ?? '', new RegExp(`${number} is ${name},`));
  }
  t.is(protocolNote(rule('4')), undefined);
  t.is(protocolNote(rule('tcp')), undefined);
});

test('an ICMP code below its type wants the name', t => {
  t.is(heatProtocol(rule('1', 11, 1)), 'icmp');
  t.is(heatProtocol(rule('58', 4, 1)), 'ipv6-icmp');
  t.is(heatProtocol(rule('icmpv6', 4, 1)), 'ipv6-icmp');
  t.is(heatProtocol(rule('1', 1, 11)), '1');
  t.is(protocolNote(rule('1', 11, 1)), undefined);
});

test('any protocol, and what nobody knows, have no word', t => {
  for (const protocol of [null, 'any', '256', '-1', '1e2', '4x', ''])
    t.is(heatProtocol(rule(protocol)), undefined);
});

test('two ways to say one protocol are one', t => {
  const one = [
    ['ipip', '4'],
    ['tcp', '6'],
    ['icmpv6', 'ipv6-icmp', '58'],
    ['ip', 'hopopt', '0'],
  ];
  for (const names of one) t.is(new Set(names.map(protocolName)).size, 1);
  t.is(new Set(['4', '6', '58', '0', '41', 'any', null].map(protocolName)).size, 7);
  t.is(protocolName('6'), 'tcp');
  t.is(protocolName('253'), '253');
});
