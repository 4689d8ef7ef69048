/** What Neutron picks by itself, so that templates leave it out. */
import test from 'ava';
import {
  byAddress,
  eui64,
  parseAddress,
  parseCidr,
  usualGateway,
  usualPools,
  type Cidr,
} from '../../src/model/cidr.ts';

function cidr(text: string): Cidr {
  const parsed = parseCidr(text);
  if (parsed === undefined) throw new Error(text);
  return parsed;
}

function address(text: string): bigint {
  const parsed = parseAddress(text);
  if (parsed === undefined) throw new Error(text);
  return parsed.value;
}

function pools(text: string, gateway?: string): readonly (readonly bigint[])[] {
  return usualPools(cidr(text), gateway === undefined ? undefined : address(gateway));
}

const range = (start: string, end: string): readonly bigint[] => [address(start), address(end)];

test('addresses: one address has many spellings', t => {
  t.is(address('2001:db8::1'), address('2001:0DB8:0:0:0:0:0:1'));
  t.is(address('::ffff:10.0.0.1'), address('::ffff:a00:1'));
  t.is(address('::'), 0n);
});

for (const bad of [
  '',
  '10.0.0',
  '10.0.0.256',
  '1.2.3.4.5',
  ':::',
  '1::2::3',
  '12345::',
  '1:2:3:4:5:6:7:8:9',
  'x',
])
  test(`addresses: ${JSON.stringify(bad)} is none`, t => {
    t.is(parseAddress(bad), undefined);
  });

for (const bad of ['10.0.0.0', '10.0.0.0/33', '::/129', '10.0.0.0/8/8', 'x/8', '10.0.0.0/-1'])
  test(`ranges: ${JSON.stringify(bad)} is none`, t => {
    t.is(parseCidr(bad), undefined);
  });

test('gateway: the first host of IPv4, the network itself of IPv6', t => {
  t.is(usualGateway(cidr('10.0.0.0/24')), address('10.0.0.1'));
  t.is(usualGateway(cidr('fd00::/64')), address('fd00::'));
});

test('pools: all hosts but the gateway', t => {
  t.deepEqual(pools('10.0.0.0/24', '10.0.0.1'), [range('10.0.0.2', '10.0.0.254')]);
  t.deepEqual(pools('10.0.0.0/29', '10.0.0.3'), [
    range('10.0.0.1', '10.0.0.2'),
    range('10.0.0.4', '10.0.0.6'),
  ]);
  t.deepEqual(pools('10.0.0.0/24'), [range('10.0.0.1', '10.0.0.254')]);
  t.deepEqual(pools('10.0.0.0/24', '192.0.2.1'), [range('10.0.0.1', '10.0.0.254')]);
  t.deepEqual(pools('fd00::/64', 'fd00::'), [range('fd00::1', 'fd00::ffff:ffff:ffff:ffff')]);
});

test('pools: ranges too small for a network and a broadcast address', t => {
  t.deepEqual(pools('10.0.0.0/30', '10.0.0.1'), [range('10.0.0.2', '10.0.0.2')]);
  t.deepEqual(pools('10.0.0.0/31'), [range('10.0.0.0', '10.0.0.1')]);
  t.deepEqual(pools('10.0.0.7/32', '10.0.0.8'), [range('10.0.0.7', '10.0.0.7')]);
  t.deepEqual(pools('fd00::1/128'), [range('fd00::1', 'fd00::1')]);
});

test('order: by number, IPv4 first, what is no address last', t => {
  const sorted = ['x', 'fd00::1', '10.0.0.10', '10.0.0.9', '::1'].sort(byAddress);
  t.deepEqual(sorted, ['10.0.0.9', '10.0.0.10', '::1', 'fd00::1', 'x']);
});

test('EUI-64: as Neutron makes it', t => {
  t.is(eui64('fa:16:3e:61:d9:37'), address('::f816:3eff:fe61:d937'));
  t.is(eui64('x'), undefined);
});
