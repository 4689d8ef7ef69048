import test from 'ava';
import fc from 'fast-check';
import {stringify, toMap, toNode} from '../../src/emit/yaml.ts';
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

test('a script becomes a literal block', t => {
  t.is(write({script: '#!/bin/sh\necho hello\n'}), 'script: |\n  #!/bin/sh\n  echo hello\n');
});

test('short calls stand on one line', t => {
  t.is(write({network: {get_resource: 'network_web'}}), 'network: { get_resource: network_web }\n');
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
