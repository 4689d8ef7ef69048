/** Regular expressions in bounded time. */
import test from 'ava';
import fc from 'fast-check';
import {Pattern, PatternError} from '../../src/model/pattern.ts';

function replace(source: string, text: string, by: string): string {
  const pattern = new Pattern(source);
  return pattern.replaceAll(text, pattern.replacement(by), {left: 1_000_000});
}

test('it replaces what JavaScript would replace', t => {
  const cases: readonly (readonly [source: string, text: string, by: string])[] = [
    ['^web-(\\d+)$', 'web-12', 'www-$1'],
    ['a|ab', 'abab', 'x'],
    ['ab|a', 'abab', 'x'],
    ['a*?b', 'aaab b', '<$&>'],
    ['(a+)(b*)', 'aabb ab a', '$2$1'],
    ['(a|b)*c', 'ababc c', '[$1]'],
    ['(?:x|y){2,3}', 'xyxyxyx', '-'],
    ['x{0,2}', 'xxxx', '.'],
    ['', 'abc', '.'],
    ['[^a-z.]+', 'a.B-C_d', ' '],
    ['[\\]\\d-]', 'a]1-b', ''],
    ['.', 'a\nb', '*'],
    ['\\bweb\\b', 'web webs web-1', 'w'],
    ['\\Bb', 'ab b', 'x'],
    ['(?<host>[^.]+)\\.(?<zone>.*)', 'www.example.org', '$<zone> $<host> $$'],
    ['(x)?y', 'xyy', '<$1>'],
    ['\\x41\\u0042', 'ABC', '-'],
    ['(a*)+', 'aab', '<$1>'],
    ['(?:)+x', 'xx', 'y'],
    ['\u{1F600}', 'a\u{1F600}b', '$&$&'],
    ['ö|ß', 'größe', ''],
  ];
  for (const [source, text, by] of cases)
    t.is(replace(source, text, by), text.replace(new RegExp(source, 'gu'), by), `${source} in ${text}`);
  t.is(replace('(?i)WEB', 'Web web', 'x'), 'x x');
  t.is(replace('(?P<n>a)', 'a', '$<n>$<n>'), 'aa');
});

test('it agrees with JavaScript on random expressions', t => {
  const atom = fc.constantFrom('a', 'b', '[ab]', '.', '(a)', '(?:ab)', '(b|a)', '^', '$', '\\w', '(a|ab)');
  const piece = fc
    .tuple(atom, fc.constantFrom('', '', '*', '+', '?', '??', '*?', '{2}', '{0,1}'))
    .map(([one, times]) => (one === '^' || one === '$' ? one : one + times));
  const source = fc
    .array(fc.array(piece, {minLength: 1, maxLength: 4}), {minLength: 1, maxLength: 2})
    .map(choices => choices.map(choice => choice.join('')).join('|'));
  const text = fc.array(fc.constantFrom('a', 'b', 'c'), {maxLength: 8}).map(all => all.join(''));
  fc.assert(
    fc.property(source, text, (one, all) => {
      t.is(replace(one, all, '<$&>'), all.replace(new RegExp(one, 'gu'), '<$&>'), `${one} in ${all}`);
    }),
    {numRuns: 500, seed: 20261122},
  );
});

test('what takes others for ever takes steps in proportion here', t => {
  const text = 'a'.repeat(5000);
  for (const source of ['(a+)+$x', '(a|a)*b', '(a|aa)+b', '(.*)*b']) {
    const pattern = new Pattern(source);
    const budget = {left: 200_000_000};
    try {
      t.is(pattern.replaceAll(text, pattern.replacement(''), budget), text);
    } catch (error) {
      t.true(error instanceof PatternError);
    }
    t.true(budget.left > -1_000_000, source);
  }
  const pattern = new Pattern('a*b|a');
  t.throws(() => pattern.replaceAll(text, pattern.replacement(''), {left: 1_000_000}), {
    instanceOf: PatternError,
    message: /take too long/,
  });
});

test('a text can not grow out of bounds', t => {
  const pattern = new Pattern('a');
  t.throws(() => pattern.replaceAll('a'.repeat(3000), pattern.replacement('b'.repeat(1000)), {left: 1e9}), {
    message: /^the text grows beyond/,
  });
});

test('what it does not know is refused in words', t => {
  const refusals: Readonly<Record<string, RegExp>> = {
    '(a)\\1': /no back-references/,
    '(?=a)': /no look-around/,
    '(?<!a)b': /no look-around/,
    'a**': /nothing to repeat/,
    '*a': /\* is out of place; as itself it is \\\*/,
    '(a': /not closed/,
    'a)': /closed that was not opened/,
    '[a': /\[ is out of place/,
    '[z-a]': /no character, class or escape/,
    'a{3,1}': /out of order/,
    'a{9999}': /repeats too much/,
    '((a{200}){200}){200}': /repeats too much/,
    '\\q': /no character, class or escape/,
    'a{,3}': /\{ is out of place/,
    '(?<x>a)(?<x>b)': /two groups are called x/,
  };
  for (const [source, message] of Object.entries(refusals))
    t.throws(() => new Pattern(source), {instanceOf: PatternError, message}, source);
  t.throws(() => new Pattern('a'.repeat(501)), {message: /longer than 500/});
  t.throws(() => new Pattern('('.repeat(200)), {message: /nested too deep/});
  for (const by of ['$1', '$<x>', '$0'])
    t.throws(() => new Pattern('a').replacement(by), {message: /no group/}, by);
});

const isWhole = (source: string, text: string): boolean => new Pattern(source).matches(text, {left: 10_000});

test('the whole text, as Heat asks', t => {
  t.true(isWhole('[a-z]+-\\d', 'web-1'));
  t.false(isWhole('[a-z]+', 'web-1'));
  t.false(isWhole('a|ab', 'ab'), 'the leftmost choice is the one that counts, as in Python');
});
