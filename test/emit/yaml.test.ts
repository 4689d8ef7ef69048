import test from 'ava';
import fc from 'fast-check';
import {prose, quoted, stringify, toMap, toNode, valueOf, type Entry} from '../../src/emit/yaml.ts';
import {libraryText} from '../../src/emit/yaml/library.ts';
import {printable} from '../../src/model/printable.ts';
import type {Json} from '../../src/emit/model.ts';
import {hostile, text} from '../support/hostile.ts';
import {findPython, pyyaml} from '../support/pyyaml.ts';

const readsBack = findPython() === undefined ? test.skip : test;

function write(value: Record<string, Json>): string {
  return stringify(toMap(Object.keys(value).map(key => ({key, value: toNode(value[key] as Json)}))));
}

readsBack('PyYAML reads every hostile text back, as value, list item and key', t => {
  const values = hostile.map(text => ({
    value: text,
    list: [text, [text]],
    map: {[`k${text}`]: 1, [text]: {[text]: text}},
  }));
  const read = pyyaml(values.map(value => write(value as Record<string, Json>)));
  for (const [index, answer] of read.entries())
    t.deepEqual(answer, {value: JSON.parse(JSON.stringify(values[index]))}, JSON.stringify(hostile[index]));
});

readsBack('PyYAML reads random documents back', t => {
  const {json} = fc.letrec<{json: Json}>(tie => ({
    json: fc.oneof(
      {depthSize: 'small'},
      text,
      fc.boolean(),
      fc.integer(),
      fc.array(tie('json'), {maxLength: 4}),
      fc.dictionary(text, tie('json'), {maxKeys: 4}),
    ),
  }));
  const documents = fc.sample(fc.dictionary(text, json, {maxKeys: 4}), {numRuns: 1500, seed: 20260101});
  const read = pyyaml(documents.map(document => write(document)));
  for (const [index, answer] of read.entries()) {
    const wanted: unknown = JSON.parse(JSON.stringify(documents[index]));
    t.deepEqual(answer, {value: Object.keys(wanted as object).length === 0 ? {} : wanted});
  }
});

/** Texts as they are in most templates, beside those that break things: both ways of writing meet in one document. */
const word = fc.oneof(
  {arbitrary: fc.stringMatching(/^[A-Za-z][A-Za-z0-9_. :/-]{0,30}$/), weight: 3},
  {
    arbitrary: fc.constantFrom(
      'OS::Nova::Server',
      '10.0.0.0/8',
      '80',
      'get_resource',
      'a:',
      'a: b',
      'n',
      'Yes',
    ),
    weight: 2,
  },
  {arbitrary: fc.stringMatching(/^[A-Fa-fnNoOxX0-9_.:/-]{1,7}$/), weight: 1},
  {arbitrary: text, weight: 1},
);

const {value: anything} = fc.letrec<{value: Json}>(tie => ({
  value: fc.oneof(
    {depthSize: 'medium'},
    word,
    fc.boolean(),
    fc.constant(null),
    fc.integer(),
    fc.double(),
    fc.array(tie('value'), {maxLength: 4}),
    fc.dictionary(word, tie('value'), {maxKeys: 4}),
    word.map(name => ({get_resource: name})),
  ),
}));

const comments = fc
  .array(fc.tuple(word, word), {maxLength: 2})
  .map(pairs => pairs.flatMap(([a, b]) => [`${a}.`, '', `${b}.`]));

const {section} = fc.letrec<{entry: Entry; section: readonly Entry[]}>(tie => ({
  entry: fc.record(
    {
      key: word,
      value: fc.oneof(
        {depthSize: 'small'},
        fc.tuple(anything, fc.constantFrom(0, 2, 4, 60)).map(([value, indent]) => toNode(value, indent)),
        fc.tuple(word, anything).map(([key, value]) => valueOf(key, value, 4)),
        word.map(words => prose(`${words} `.repeat(9).trim(), 90)),
        word.map(quoted),
        tie('section').map(toMap),
      ),
      comments,
      beside: word.filter(one => one !== ''),
    },
    {requiredKeys: ['key', 'value']},
  ),
  section: fc
    .array(tie('entry'), {maxLength: 4})
    .map(entries => entries.map((one, index) => (index % 2 === 1 ? {...one, space: true} : one))),
}));

test('what is plain is written as the library writes it, whatever it stands among', t => {
  fc.assert(
    fc.property(section, fc.option(comments, {nil: undefined}), (entries, heading) => {
      t.is(stringify(toMap(entries), heading), libraryText(entries, heading));
    }),
    {numRuns: 3000, seed: 20260102},
  );
});

test('what ends in line breaks takes the blank line of what follows', t => {
  for (const ending of ['a\n', 'a\n\n', '\n', '\n\n', ' \n']) {
    const inner = [
      {key: 'server_a', value: toNode({properties: {user_data: ending}}, 4)},
      {key: 'server_b', value: toNode({properties: {list: ['x', ending]}}, 4), comments: ['b'], space: true},
    ];
    const entries = [
      {key: 'resources', value: toMap(inner)},
      {key: 'outputs', value: toNode({a: 1, b: ending}, 2), space: true},
      {key: 'end', value: toNode('x'), space: true},
    ];
    t.is(stringify(toMap(entries)), libraryText(entries), JSON.stringify(ending));
  }
});

readsBack('PyYAML reads a number with an exponent as a number', t => {
  const numbers = [1e21, -2e21, 1.5e300, 1e-7, 3e-9, 2 ** 60];
  const [read] = pyyaml([write({list: numbers, map: {a: 1e21}})]);
  t.deepEqual(read, {value: {list: numbers, map: {a: 1e21}}});
});

test('a script becomes a literal block', t => {
  t.is(write({script: '#!/bin/sh\necho hello\n'}), 'script: |\n  #!/bin/sh\n  echo hello\n');
});

test('short calls stand on one line', t => {
  t.is(write({network: {get_resource: 'network_web'}}), 'network: { get_resource: network_web }\n');
  t.is(
    write({key: {if: ['made', {get_resource: 'a'}, {get_param: 'b'}]}}),
    'key: { if: [made, { get_resource: a }, { get_param: b }] }\n',
  );
});

test('short lists, and maps in lists, stand on one line each', t => {
  t.is(write({servers: ['9.9.9.9', '1.1.1.1']}), 'servers: [9.9.9.9, 1.1.1.1]\n');
  t.is(write({groups: [{get_resource: 'web'}]}), 'groups: [{ get_resource: web }]\n');
  t.is(
    write({rules: [{protocol: 'icmp'}, {protocol: 'tcp', port: 80}]}),
    'rules:\n  - protocol: icmp\n  - { protocol: tcp, port: 80 }\n',
  );
  t.is(write({metadata: {role: 'web', tier: 'front'}}), 'metadata:\n  role: web\n  tier: front\n');
  t.is(write({list: ['a\nb']}), 'list:\n  - |-\n    a\n    b\n');
});

test('what has no room on its line stands in a block, and what is in it has another chance', t => {
  const name = 'n'.repeat(30);
  const [made, other] = [{get_resource: name}, {get_param: name}];
  const line = `[made, { get_resource: ${name} }, { get_param: ${name} }]`;
  t.is(write({a: {if: ['made', made, other]}}), `a:\n  if: ${line}\n`);
  t.is(
    write({a: {if: ['m'.repeat(20), made, other]}}),
    `a:\n  if:\n    - ${'m'.repeat(20)}\n    - { get_resource: ${name} }\n    - { get_param: ${name} }\n`,
  );
});

test('inside a property a map of one entry is a value', t => {
  const line = stringify(toMap([{key: 'a', value: toNode({p: {metadata: {role: 'web'}}}, 6)}]));
  t.is(line, 'a:\n  p:\n    metadata: { role: web }\n');
});

test('a colon in a flow is quoted: older PyYAML refuses it', t => {
  t.is(write({list: ['fd00::1', 'a b']}), "list: ['fd00::1', a b]\n");
  t.is(write({list: [{'a:b': 1, c: '?'}]}), "list:\n  - { 'a:b': 1, c: '?' }\n");
});

readsBack('a long sentence is folded, and read back as one line', t => {
  const text = 'What the secret holds: '.repeat(9).trim();
  const odd = [`${text}\t`, ` ${text}`, `${text}  ${text}`, `${text}\n`, `# ${text}`, `- ${text} :`];
  const written = [text, ...odd].map(one => stringify(toMap([{key: 'a', value: prose(one, 3)}])));
  t.regex(written[0] ?? '', /^a: >-\n(?: {2}.{20,108}\n){2,}$/);
  for (const [index, read] of pyyaml(written).entries())
    t.deepEqual(read, {value: {a: [text, ...odd][index]}});
});

test('comments hold no control, format or line-breaking character', t => {
  const comments = hostile.map(text => `was ${text}`);
  const written = stringify(toMap([{key: 'a', value: toNode('b'), comments}]));
  t.is(
    written
      .split('\n')
      .filter(line => !line.startsWith('#'))
      .join('\n'),
    'a: b\n',
  );
});

test('printable escapes what moves a cursor or hides text', t => {
  t.is(printable('a\u001b[2J\u202eb\nc'), 'a\\u{1b}[2J\\u{202e}b\\u{a}c');
});
