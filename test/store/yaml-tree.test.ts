/** Data of YAML with the place of each part. */
import test from 'ava';
import {isEntries, isItems, locatedBy, plainOf, spotsOf, type Located} from '../../src/model/located.ts';
import {readYamlTree} from '../../src/store/yaml-tree.ts';

function at(tree: Located, ...path: readonly (string | number)[]): string {
  let here = tree;
  for (const part of path) {
    const {data} = here;
    const next = isItems(data)
      ? data[Number(part)]
      : isEntries(data)
        ? data.get(String(part))?.item
        : undefined;
    if (next === undefined) throw new Error(`nothing at ${String(part)}`);
    here = next;
  }
  return `${here.at.line}:${here.at.column}`;
}

test('each part has its place, and values are what Heat reads', t => {
  const tree = readYamlTree(
    'x.yaml',
    '# a\n- when: {kind: server}\n  set:\n    a.b: yes\n    c: [1, 0x10, 1.5, ~]\n',
  );
  t.deepEqual(plainOf(tree), [{when: {kind: 'server'}, set: {'a.b': true, c: [1, 16, 1.5, null]}}]);
  t.is(at(tree), '2:1');
  t.is(at(tree, 0), '2:3');
  t.is(at(tree, 0, 'when', 'kind'), '2:16');
  t.is(at(tree, 0, 'set', 'a.b'), '4:10');
  t.is(at(tree, 0, 'set', 'c', 1), '5:12');
});

test('places are written down and found again', t => {
  const tree = readYamlTree('x.yaml', 'b: {2: x, 1: [y]}\na:\n  c: z\n');
  const data = JSON.parse(JSON.stringify(plainOf(tree))) as unknown;
  const again = locatedBy(spotsOf(tree), data);
  t.deepEqual(plainOf(again), plainOf(tree));
  for (const path of [[], ['b'], ['b', '1'], ['b', '1', 0], ['b', '2'], ['a', 'c']])
    t.is(at(again, ...path), at(tree, ...path), path.join('.'));
  for (const wrong of [undefined, '', 'x', '1:2 y', 7])
    t.deepEqual(plainOf(locatedBy(wrong, data)), plainOf(tree), String(wrong));
});

test('every fault of the text is told with its place', t => {
  const fault = (text: string): string =>
    t.throws(() => readYamlTree('x.yaml', text), {code: 'input'})?.message ?? '';
  t.is(fault('a: 1\na: 2\n'), 'x.yaml:2:1: no YAML: duplicate key');
  t.regex(fault('a: [1\nb: {\n'), /^x\.yaml:\d+:\d+: no YAML: .*\nx\.yaml:\d+:\d+: no YAML: /);
  t.is(fault('? {a: 1}\n: 2\n'), 'x.yaml:1:3: a mapping or a list is used as a key');
  t.is(
    fault('a: .inf\n'),
    'x.yaml:1:4: infinite numbers, and what is no number, have no place in a template',
  );
});

test('an alias is what its anchor is; a bomb of them does not go off', t => {
  t.deepEqual(plainOf(readYamlTree('x', 'a: &x [1]\nb: *x\n')), {a: [1], b: [1]});
  const bomb = Array.from({length: 30}, (_, n) => `a${n + 1}: &a${n + 1} [${`*a${n},`.repeat(9)}*a${n}]`);
  t.throws(() => readYamlTree('x', `a0: &a0 [x]\n${bomb.join('\n')}\n`), {
    message: /^x:\d+:\d+: (nested too deep|the file stands)/,
  });
  t.throws(() => readYamlTree('x', 'a: &x {b: *x}\n'), {message: /^x:1:\d+: nested too deep|no YAML/});
  t.throws(() => readYamlTree('x', `a:\n  ${'['.repeat(100_000)}`), {message: 'x:2:1003: nested too deep'});
});
