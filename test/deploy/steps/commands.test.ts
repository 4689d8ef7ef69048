/** Every step that a bundle can hold is one that `deploy` can run. */
import {readFileSync, readdirSync} from 'node:fs';
import {join} from 'node:path';
import test from 'ava';
import {commands, parseWords} from '../../../src/deploy/steps/index.ts';
import type {Report} from '../../../src/model/bundle.ts';
import type {Step} from '../../../src/model/graph.ts';
import {registry} from '../../../src/resources/index.ts';
import {examplesOf, relateExample} from '../../support/examples.ts';

const samples = join(import.meta.dirname, '../../../../samples');

/** Any word in place of what is only known in a deployment. */
function plain(words: readonly unknown[]): readonly string[] {
  return words.map(word => (typeof word === 'string' ? word : 'id-1'));
}

function* stepsOfExamples(): Generator<Step & {readonly kind: string}> {
  for (const spec of registry) {
    for (const example of examplesOf(spec)) {
      for (const node of relateExample(spec, example).graph.nodes.values())
        for (const step of node.steps) yield {kind: node.kind, ...step};
    }
  }
}

test('every step of the registry is a command that deploy knows', t => {
  const used = new Set<string>();
  for (const {kind, command, of} of stepsOfExamples()) {
    for (const words of [command, ...(of === undefined ? [] : [of])]) {
      const parse = () => used.add(parseWords(plain(words), commands).command.name);
      t.notThrows(parse, `${kind}: ${plain(words).join(' ')}`);
    }
  }
  t.true(used.size > 20, [...used].join());
});

test('so is every step of the samples', t => {
  let seen = 0;
  for (const name of readdirSync(samples, {withFileTypes: true}).filter(entry => entry.isDirectory())) {
    const file = join(samples, name.name, 'report.json');
    const {steps} = JSON.parse(readFileSync(file, 'utf8')) as Report;
    for (const {command, of = []} of steps) {
      t.notThrows(() => parseWords(plain(command), commands), plain(command).join(' '));
      if (of.length > 0) t.notThrows(() => parseWords(plain(of), commands), plain(of).join(' '));
      seen += 1;
    }
  }
  t.true(seen > 50);
});

test('a command is read as the openstack client reads it', t => {
  const rule =
    'security group rule create --ingress --ethertype=IPv4 --protocol tcp --dst-port 22:23 --description'.split(
      ' ',
    );
  const {command, said} = parseWords([...rule, '-x $(id)', 'group-1'], commands);
  t.is(command.name, 'security group rule create');
  t.deepEqual(said.operands, ['group-1']);
  t.like(said.body, {direction: 'ingress', ethertype: 'IPv4', ports: '22:23', description: '-x $(id)'});
  const versioned = ['--os-compute-api-version', '2.73', 'server', 'lock', '--reason=a=b', 's1'];
  t.like(parseWords(versioned, commands).said, {
    microversion: '2.73',
    operands: ['s1'],
    body: {locked_reason: 'a=b'},
  });
  const odd = parseWords(['container', 'create', '--public', '--', '--name'], commands);
  t.deepEqual(odd.said.operands, ['--name']);
});

const refused: readonly (readonly [string, readonly string[]])[] = [
  ['no command of ours', ['server', 'delete', 's1']],
  ['no command at all', ['rm', '-rf', '/']],
  ['nothing', []],
  ['an unknown option', ['server', 'stop', '--all', 's1']],
  ['a lacking operand', ['server', 'stop']],
  ['a lacking value', ['server', 'set', 's1', '--description']],
];
for (const [what, words] of refused) {
  test(`a stranger's step is refused: ${what}`, t => {
    t.throws(() => parseWords(words, commands), {code: 'input'});
  });
}
