import test from 'ava';
import {proposalsYaml} from '../../src/emit/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import type {Proposal} from '../../src/model/proposal.ts';
import {hostile} from '../support/hostile.ts';

const proposals: readonly Proposal[] = [
  {
    parameter: 'flavor_m1',
    noun: 'flavor',
    from: 'm1',
    value: 'c1',
    why: 'of the same size',
    others: [{value: 'c2', why: 'the next size up'}],
  },
  {
    parameter: 'image_x',
    noun: 'image',
    from: 'x',
    why: 'none is certainly meant',
    others: [
      {value: 'debian 12', why: 'a name like it'},
      {value: 'b', why: 'it is there'},
    ],
  },
  {parameter: 'zone', noun: 'availability zone', from: '', value: '', why: 'none is asked for', others: []},
];

test('each parameter with what it was, why, and what else there is; without a proposal it is commented out', t => {
  t.is(
    proposalsYaml(proposals, 'the project "p"'),
    [
      '# What the project "p" has for what the source calls by its own names.',
      '# Look at each line, change what is not meant, then: rekindle deploy DIR -e THIS-FILE',
      '# What is commented out has no certain answer: choose one, and take the "#" away.',
      'parameters:',
      '  # flavor "m1" in the source: of the same size',
      '  # else: "c2" (the next size up)',
      '  flavor_m1: c1',
      '',
      '  # image "x" in the source: none is certainly meant',
      '  # there are: "debian 12" (a name like it), "b" (it is there)',
      '  # image_x: debian 12',
      '',
      `  # availability zone that the source doesn't name: none is asked for`,
      `  zone: ''`,
      '',
    ].join('\n'),
  );
});

test('a parameter of several layers is there once', t => {
  const text = proposalsYaml([...proposals, ...proposals], 'p');
  t.is(text, proposalsYaml(proposals, 'p'));
});

test('where nothing is proposed it is an environment all the same', t => {
  const text = proposalsYaml(proposals.slice(1, 2), 'p');
  t.deepEqual(parsePyYaml(text), {parameters: null});
  t.deepEqual(parsePyYaml(text.replace('# image_x', 'image_x')), {parameters: {image_x: 'debian 12'}});
});

test('any name is text to Heat, in a value and in a comment', t => {
  for (const name of hostile) {
    const others = [{value: name, why: name}];
    const made = (value: object): string =>
      proposalsYaml([{parameter: 'p', noun: 'image', from: name, why: name, others, ...value}], name);
    t.deepEqual(parsePyYaml(made({value: name})), {parameters: {p: name}});
    t.deepEqual(parsePyYaml(made({})), {parameters: null});
    t.deepEqual(parsePyYaml(made({}).replace('# p:', 'p:')), {parameters: {p: name}});
  }
});
