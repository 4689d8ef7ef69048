/** The words of --ips. */
import test from 'ava';
import {RekindleError} from '../../src/model/errors.ts';
import {parseIps} from '../../src/model/ips.ts';

function refusal(...words: string[]): string {
  try {
    parseIps(words);
  } catch (error) {
    if (error instanceof RekindleError && error.code === 'usage') return error.message;
    throw error;
  }
  return '';
}

test('the modes, and nets as Neutron writes them', t => {
  t.is(parseIps(['keep']), 'keep');
  t.is(parseIps(['keep', 'keep']), 'keep');
  t.is(parseIps(['auto']), 'auto');
  t.deepEqual(parseIps(['shift=10.10.0.0/24=10.50.0.0/24']), {shift: ['10.10.0.0/24=10.50.0.0/24']});
  t.deepEqual(parseIps(['shift=10.50.0.0/16']), {shift: ['10.50.0.0/16']});
  t.deepEqual(
    parseIps(['shift=10.1.0.0/24=10.50.0.0/16, 10.51.0.0/16', 'shift=2001:DB8:0:0::/64=fd00:0:0:1::/64']),
    {shift: ['10.1.0.0/24=10.50.0.0/16', '10.51.0.0/16', '2001:db8::/64=fd00:0:0:1::/64']},
  );
});

test('what is no choice is refused by what is wrong with it', t => {
  const wrong: readonly (readonly [string[], RegExp])[] = [
    [['none'], /takes keep, auto or shift=NET=NET, not "none"/],
    [['keep', 'auto'], /can't be both keep and auto/],
    [['auto', 'shift=10.0.0.0/8'], /can't be both auto and shift/],
    [['shift='], /"" is neither NET=NET nor NET/],
    [['shift=10.0.0.0/24,'], /"" is neither/],
    [['shift=10.0.0.0/24=10.1.0.0/24=10.2.0.0/24'], /is neither NET=NET nor NET/],
    [['shift=web=10.1.0.0/24'], /"web" is no net/],
    [['shift=10.0.0.0/33'], /"10.0.0.0\/33" is no net/],
    [['shift=10.0.0.300/24'], /is no net/],
    [['shift=10.0.0.0'], /"10.0.0.0" is no net/],
    [['shift=10.0.0.5/24=10.1.0.0/24'], /10.0.0.5\/24 has host bits set/],
    [['shift=10.0.0.0/24=10.1.0.5/24'], /10.1.0.5\/24 has host bits set/],
    [['shift=fd00::1/64'], /fd00::1\/64 has host bits set/],
    [['shift=10.0.0.0/24=fd00::/64'], /10.0.0.0\/24 is IPv4, but fd00::\/64 is IPv6/],
    [['shift=10.0.0.0/24=10.1.0.0/25'], /10.1.0.0\/25 is smaller than 10.0.0.0\/24/],
    [['shift=10.0.0.0/24=10.1.0.0/24,10.0.0.0/16=10.2.0.0/16'], /10.0.0.0\/24 and 10.0.0.0\/16 overlap/],
    [
      ['shift=10.1.0.0/16', 'shift=10.2.0.0/16'],
      /two targets for all IPv4 subnets: 10.1.0.0\/16 and 10.2.0.0\/16/,
    ],
    [['shift=10.0.0.0/24=127.0.0.0/24'], /127.0.0.0\/8 is loopback/],
    [['shift=10.0.0.0/24=224.1.0.0/24'], /is multicast/],
    [['shift=0.0.0.0/0'], /nothing can move to 0.0.0.0\/0/],
    [['shift=fe80::/64'], /is link-local/],
  ];
  for (const [words, message] of wrong) t.regex(refusal(...words), message, words.join(' '));
});

test('one target for each family', t => {
  t.deepEqual(parseIps(['shift=10.1.0.0/16,fd00:1::/48']), {shift: ['10.1.0.0/16', 'fd00:1::/48']});
});
