/** Addresses that a text is, and those that it mentions. */
import test from 'ava';
import fc from 'fast-check';
import {mentionedIn, saidIn} from '../../src/model/address-text.ts';
import {addressText, parseAddress, type Span} from '../../src/model/cidr.ts';

function spanText({version, first, last}: Span): string {
  const [from, to] = [first, last].map(value => addressText({version, value}));
  return from === to ? String(from) : `${from}-${to}`;
}

test('addresses, nets, hosts in their net and ranges move in their own form', t => {
  const cases = {
    '10.0.0.5': '10.0.1.5',
    '10.0.0.0/24': '10.0.1.0/24',
    '10.0.0.5/24': '10.0.1.5/24',
    '10.0.0.5-10.0.0.9': '10.0.1.5-10.0.1.9',
    'fd00::5': 'fd00::105',
    'FD00:0:0::5': 'fd00::105',
    'fd00::/64': 'fd00::100/64',
  };
  for (const [text, expected] of Object.entries(cases))
    t.is(
      saidIn(text)?.moved(value => value + 256n),
      expected,
      text,
    );
});

test('what is anything else is no address', t => {
  for (const text of [
    '',
    'web',
    '10.0.0',
    '10.0.0.256',
    '10.0.0.5:80',
    'http://10.0.0.5',
    '10.0.0.9-10.0.0.5',
    '10.0.0.5-fd00::1',
    '10.0.0.0/24/24',
    '10.0.0.0/33',
    'fa:16:3e:00:00:01',
    '2026-01-01',
    '12:30',
    'deadbeef',
    '10.0.0.5 ',
  ])
    t.is(saidIn(text), undefined, text);
});

test('a text mentions addresses, nets and reverse names', t => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    'see 10.0.0.5, or http://10.0.0.6:80/': ['10.0.0.5', '10.0.0.6'],
    'net 10.0.0.0/30.': ['10.0.0.0-10.0.0.3'],
    'from fd00::5, [fd00::6]:80 and fd00::/126': ['fd00::5', 'fd00::6', 'fd00::-fd00::3'],
    'all of fd00::7: nothing else': ['fd00::7'],
    '5.0.0.10.in-addr.arpa.': ['10.0.0.5'],
    '0.0.10.in-addr.arpa.': ['10.0.0.0-10.0.0.255'],
    [`${'5.0.0.0.'.repeat(1)}${'0.'.repeat(24)}0.0.d.f.ip6.arpa.`]: ['fd00::5'],
    'fa:16:3e:00:00:01 at 12:30:15, version 1.2.3': [],
    'no 10.0.0.256 and no 1.10.0.0.5': [],
  };
  for (const [text, expected] of Object.entries(cases))
    t.deepEqual([...mentionedIn(text)].map(spanText), expected, text);
});

test('every address is found as a whole and in a sentence', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), address => {
        const value = parseAddress(address)?.value;
        const found = [...mentionedIn(`at "${address}" it is`)];
        return saidIn(address)?.first === value && found.some(({first}) => first === value);
      }),
    ),
  );
});
