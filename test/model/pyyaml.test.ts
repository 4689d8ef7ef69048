import test from 'ava';
import {parsePyYaml} from '../../src/model/pyyaml.ts';

/** Text after `v: `, and what PyYAML 6.0.3's safe loader makes of it, timestamps left as text, in JSON. */
const answers: readonly (readonly [string, string])[] = [
  ['yes', 'true'],
  ['no', 'false'],
  ['on', 'true'],
  ['off', 'false'],
  ['y', '"y"'],
  ['n', '"n"'],
  ['Y', '"Y"'],
  ['N', '"N"'],
  ['true', 'true'],
  ['TRUE', 'true'],
  ['True', 'true'],
  ['tRue', '"tRue"'],
  ['null', 'null'],
  ['Null', 'null'],
  ['~', 'null'],
  ['NULL', 'null'],
  ['nil', '"nil"'],
  ['none', '"none"'],
  ['0', '0'],
  ['1', '1'],
  ['-1', '-1'],
  ['+1', '1'],
  ['00', '0'],
  ['07', '7'],
  ['08', '"08"'],
  ['0o7', '"0o7"'],
  ['0755', '493'],
  ['0x1F', '31'],
  ['0X1f', '"0X1f"'],
  ['0b11', '3'],
  ['0b', '"0b"'],
  ['1_000', '1000'],
  ['_1', '"_1"'],
  ['1__0', '10'],
  ['10:20', '620'],
  ['10:60', '"10:60"'],
  ['1:2:3', '3723'],
  ['52:54:00:12:34:56', '41135085296'],
  ['00:11:22:33:44:55', '"00:11:22:33:44:55"'],
  ['-10:30', '-630'],
  ['1.5', '1.5'],
  ['1.', '1.0'],
  ['.5', '0.5'],
  ['.', '"."'],
  ['-.5', '"-.5"'],
  ['1.10', '1.1'],
  ['1e3', '"1e3"'],
  ['1.0e3', '"1.0e3"'],
  ['1.0e+3', '1000.0'],
  ['1.5E-2', '0.015'],
  ['.5e+1', '5.0'],
  ['.inf', '"inf"'],
  ['-.inf', '"-inf"'],
  ['.INF', '"inf"'],
  ['.nan', '"nan"'],
  ['.NaN', '"nan"'],
  ['190:20:30.15', '685230.15'],
  ['1:30.5', '90.5'],
  ['2001-01-01', '"2001-01-01"'],
  ['2001-12-14t21:59:43.10-05:00', '"2001-12-14t21:59:43.10-05:00"'],
  ['12e03', '"12e03"'],
  ['0.0', '0.0'],
  ['-0', '0'],
  ['-0.0', '-0.0'],
  ['0x', '"0x"'],
  ['0b2', '"0b2"'],
  ['1_2.3_4', '12.34'],
  ['+.5', '"+.5"'],
  ['+1.5', '1.5'],
  ['0_7', '7'],
  ['9007199254740993', '9007199254740993'],
  ['0777777', '262143'],
  ['010:20', '"010:20"'],
  ["''", '""'],
  ['""', '""'],
  ['"yes"', '"yes"'],
  ["'0755'", '"0755"'],
  ['"a\\nb"', '"a\\nb"'],
  ['|\n  x\n  y', '"x\\ny\\n"'],
  ['>-\n  x\n  y', '"x y"'],
  ['[a, 1, yes]', '["a", 1, true]'],
  ['{a: 1, yes: 2}', '{"a": 1, "true": 2}'],
  ['!!str 1', '"1"'],
  ['!!int "7"', '7'],
  ['!!bool "yes"', 'true'],
  ['!!null ""', 'null'],
  ['', 'null'],
  ['"\\u00e9"', '"\\u00e9"'],
  ['"\\x41"', '"A"'],
];

test('values are what PyYAML makes of them', t => {
  for (const [text, json] of answers) {
    const {v} = parsePyYaml(`v: ${text}\n`) as {v: unknown};
    const printed =
      typeof v === 'number' && !Number.isFinite(v) ? JSON.stringify(special(v)) : JSON.stringify(v);
    t.is(printed, JSON.stringify(JSON.parse(json)), text);
  }
});

function special(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  return value > 0 ? 'inf' : '-inf';
}

test('merge keys and aliases are followed, as far as they stay small', t => {
  t.deepEqual(parsePyYaml('a: &a {x: 1, y: 2}\nb:\n  <<: *a\n  y: 3\n'), {a: {x: 1, y: 2}, b: {x: 1, y: 3}});
  const bomb = [
    'a0: &a0 [x, x]',
    ...[1, 2, 3, 4, 5, 6, 7, 8].map(n => `a${n}: &a${n} [*a${n - 1}, *a${n - 1}, *a${n - 1}, *a${n - 1}]`),
  ];
  t.throws(() => parsePyYaml(bomb.join('\n')), {message: /alias/i});
});

test('errors name the line and quote nothing', t => {
  t.throws(() => parsePyYaml('a: 1\nb: [hunter2\nc: 1\n'), {message: /^line \d+: [a-z ]+$/});
  t.throws(() => parsePyYaml('a: 1\na: hunter2\n'), {message: 'line 2: duplicate key'});
  t.throws(() => parsePyYaml('? {a: hunter2}\n: 1\n'), {message: 'line 1: a mapping is used as a key'});
});

test('keys are text, and a key may be named like a part of every object', t => {
  t.deepEqual(parsePyYaml('1: a\nyes: b\n'), {1: 'a', true: 'b'});
  const held = parsePyYaml('__proto__: {polluted: 1}\nconstructor: x\n') as object;
  t.deepEqual(Object.keys(held), ['__proto__', 'constructor']);
  t.false('polluted' in {});
});
