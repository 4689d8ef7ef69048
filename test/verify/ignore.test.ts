/** Rules that set differences aside, and the file that holds them. */
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import {RekindleError} from '../../src/model/errors.ts';
import {formatDifferences, ignoring, parseIgnoreFile, type IgnoreRule} from '../../src/verify/index.ts';
import {glob} from '../../src/model/glob.ts';
import type {Comparison, Difference} from '../../src/verify/types.ts';

const thing = {
  kind: 'server',
  sourceId: 's1',
  cloneId: 's2',
  label: 'web-1',
  resource: 'server_web_1',
} as const;
const role: Difference = {
  ...thing,
  what: 'changed',
  field: 'metadata.role',
  property: 'metadata',
  source: 'a',
  clone: 'b',
};
const flavor: Difference = {...thing, what: 'changed', field: 'flavor', source: 'a', clone: 'b'};
const gone: Difference = {what: 'missing', kind: 'volume', sourceId: 'v1', label: 'tmp', field: '*'};

function comparison(...differences: readonly Difference[]): Comparison {
  const unannounced = differences.filter(({announced}) => announced === undefined).length;
  const announced = differences.length - unannounced;
  return {
    same: unannounced === 0,
    counts: {matched: 3, missing: 0, extra: 0, fields: 40, equal: 38, announced, unannounced, ignored: 0},
    differences,
    ignored: [],
    unused: [],
    blind: [],
    pairs: new Map(),
  };
}

function left(...rules: readonly IgnoreRule[]): readonly Difference[] {
  return ignoring(comparison(role, flavor, gone), rules).differences;
}

test('a rule sets aside what it names: by kind, by either name, by either word for the field', t => {
  t.deepEqual(left(), [role, flavor, gone]);
  t.deepEqual(left({kind: 'server'}), [gone]);
  t.deepEqual(left({kind: 's*r', name: 'web-?'}), [gone]);
  t.deepEqual(left({name: 'server_web_*'}), [gone]);
  t.deepEqual(left({kind: 'server', field: 'metadata.*'}), [flavor, gone]);
  t.deepEqual(left({kind: 'server', field: 'metadata'}), [flavor, gone]);
  t.deepEqual(left({kind: 'server', name: 'web'}), [role, flavor, gone]);
});

test('a rule for a field never hides that a thing is gone; one without does', t => {
  t.deepEqual(left({name: 'tmp', field: 'size'}), [role, flavor, gone]);
  t.deepEqual(left({name: 'tmp'}), [role, flavor]);
  t.deepEqual(left({name: 'tmp', field: '*'}), [role, flavor]);
});

test('what is ignored is counted and kept with its rule; a rule without use is named', t => {
  const rules: IgnoreRule[] = [
    {kind: 'server', why: 'busy', line: 2},
    {kind: 'server', field: 'flavor', line: 3},
    {kind: 'port', line: 4},
  ];
  const result = ignoring(comparison(role, flavor), rules);
  t.true(result.same);
  t.like(result.counts, {unannounced: 0, ignored: 2});
  t.deepEqual(result.ignored, [
    {...role, ignored: rules[0] as IgnoreRule},
    {...flavor, ignored: rules[0] as IgnoreRule},
  ]);
  t.deepEqual(result.unused, [rules[2] as IgnoreRule]);
  t.is(
    formatDifferences(result, 'table-lines'),
    'no difference beyond the 2 ignored: 3 things matched; 40 fields compared, 38 equal\n',
  );
  const shown = formatDifferences(result, 'table-lines', {showIgnored: true});
  t.regex(
    shown,
    /^Ignored:\n {2}server_web_1 metadata\.role: "a" in the source, "b" in the clone \(busy\)\n/,
  );
  t.regex(formatDifferences(result, 'markdown', {showIgnored: true}), /## Ignored\n[^]*busy/);
  t.regex(
    formatDifferences(result, 'unified', {showIgnored: true}),
    /^# ignored: server_web_1 flavor \(busy\)$/m,
  );
  t.is(formatDifferences(result, 'unified'), '');
});

test('what was announced stays announced', t => {
  const announced: Difference = {...role, announced: {fate: 'lost', reason: 'r'}};
  const result = ignoring(comparison(announced), [{kind: 'server'}]);
  t.deepEqual(result.differences, [announced]);
  t.like(result, {ignored: [], unused: [], same: true});
});

test('a pattern matches as in a shell, in time that does not explode', t => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['', '', true],
    ['', 'a', false],
    ['*', '', true],
    ['a*b?c', 'aXXbYc', true],
    ['a*b?c', 'abc', false],
    ['?', '🚀', true],
    ['.*', 'abc', false],
    ['[a]', 'a', false],
  ];
  for (const [pattern, text, expected] of cases) t.is(glob(pattern)(text), expected, `${pattern} ${text}`);
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom('a', 'b', '*', '?')),
      fc.array(fc.constantFrom('a', 'b')),
      (p, s) => {
        const expression = new RegExp(`^${p.join('').replaceAll('*', '.*').replaceAll('?', '.')}$`);
        t.is(glob(p.join(''))(s.join('')), expression.test(s.join('')));
      },
    ),
    {numRuns: 300, seed: 11},
  );
  t.false(glob(`${'*a'.repeat(200)}b`)('a'.repeat(20_000)));
});

test('a file of rules is read with the lines they stand on', t => {
  const text =
    'ignore:\n  # theirs\n  - kind: server\n    name: "tmp-*"\n  - {name: x, field: "metadata.*", why: busy}\n';
  t.deepEqual(parseIgnoreFile('drift.yaml', text), [
    {kind: 'server', name: 'tmp-*', line: 3},
    {name: 'x', field: 'metadata.*', why: 'busy', line: 5},
  ]);
  for (const empty of ['ignore: []\n', 'ignore:\n']) t.deepEqual(parseIgnoreFile('f', empty), []);
});

function refuses(t: ExecutionContext, text: string, message: string, hint: RegExp): void {
  const error = t.throws(() => parseIgnoreFile('drift.yaml', text), {instanceOf: RekindleError});
  t.is(error.code, 'input');
  t.is(error.message, message);
  t.regex(error.hint ?? '', hint);
}

test('every fault has its line, its column and a way out', t => {
  refuses(t, 'ignore:\n  - knd: server\n', 'drift.yaml:2:5: unknown key "knd"', /did you mean kind\?/);
  refuses(
    t,
    'ignore:\n  - kind: servr\n',
    'drift.yaml:2:11: there is no kind "servr"',
    /did you mean server\?/,
  );
  refuses(t, 'ignor: []\n', 'drift.yaml:1:1: unknown key "ignor"', /did you mean ignore\?/);
  refuses(t, 'ignore:\n  - zzz: 1\n', 'drift.yaml:2:5: unknown key "zzz"', /it takes kind, name, field, why/);
  refuses(t, 'ignore:\n  - kind: zzzzzz\n', 'drift.yaml:2:11: there is no kind "zzzzzz"', /rekindle list/);
  refuses(t, 'ignore:\n  - name: 7\n', 'drift.yaml:2:11: name is no text', /quotes/);
  refuses(t, 'ignore:\n  - field: x\n', 'drift.yaml:2:5: a rule says neither kind nor name', /name: "\*"/);
  refuses(t, 'ignore:\n  - server\n', 'drift.yaml:2:5: a rule is no mapping', /a rule is/);
  refuses(t, 'ignore: server\n', 'drift.yaml:1:9: ignore is no list of rules', /a rule is/);
  refuses(t, '- kind: server\n', 'drift.yaml:1:1: no mapping with the key ignore', /ignore: \[\]/);
  refuses(t, '', 'drift.yaml:1:1: no mapping with the key ignore', /ignore: \[\]/);
  const broken = t.throws(() => parseIgnoreFile('f', 'ignore:\n  - {kind: server\n'), {
    instanceOf: RekindleError,
  });
  t.regex(broken.message, /^f:\d+:\d+: no YAML: /);
});
