/** Names that a newer Neutron takes, and what becomes of the others. */
import test from 'ava';
import fc from 'fast-check';
import {isPlainName, plainName} from '../../src/model/plain-name.ts';

test('printable names are plain, whatever their script', t => {
  for (const name of [
    '',
    'web',
    '007',
    `it's "q" $(id)`,
    '数据库 データ',
    'a\u00A0b',
    'Überraschung',
    '\uFFFD',
  ])
    t.true(isPlainName(name), name);
});

test('what can not be seen, blanks at an end and what lies beyond the first plane are not', t => {
  const pairs = [
    ['a\tb', 'a_b'],
    ['first\nsecond: line', 'first_second: line'],
    ['  padded  ', 'padded'],
    ['\u3000wide', 'wide'],
    ['\u001B[31mred\u001B[0m', '_[31mred_[0m'],
    ['a\u200Bb', 'a_b'],
    ['a\u2028b', 'a_b'],
    ['🚀 rocket', '_ rocket'],
    ['\uFFFF', '_'],
    [' ', '_'],
    ['a\n\n', 'a_'],
  ];
  for (const [name = '', plain = ''] of pairs) {
    t.false(isPlainName(name), JSON.stringify(name));
    t.is(plainName(name), plain);
  }
});

test("a line's end as the last character slips through Neutron's pattern", t => {
  t.true(isPlainName('a\n'));
  t.false(isPlainName('a \n'));
});

test('the nearest plain name is one, and a plain one is itself', t => {
  fc.assert(
    fc.property(fc.string({unit: 'binary'}), name => {
      const plain = plainName(name);
      t.true(isPlainName(plain));
      t.is(plainName(plain), plain);
      if (isPlainName(name)) t.is(plain, name);
    }),
    {numRuns: 2000, seed: 1},
  );
});
