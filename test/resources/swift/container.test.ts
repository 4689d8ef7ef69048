/** Containers, where the examples can't show it. */
import test from 'ava';
import type {Node} from '../../../src/model/graph.ts';
import {Joined, OwnProject, Ref} from '../../../src/model/value.ts';
import {relate} from '../../../src/relate/index.ts';
import {compareGraphs} from '../../../src/verify/index.ts';
import {inventoryOf} from '../../support/inventory.ts';

const project = 'f'.repeat(32);

function graphOf(name: string, headers: object | undefined, own = project) {
  const row = {id: name, name, count: 0, bytes: 0, ...(headers === undefined ? {} : {headers})};
  const inventory = inventoryOf({
    container: [row],
    stack: [{id: '3c1e7f5a-0000-4bc2-b4c0-0006b0245850', stack_name: 'web'}],
  });
  return relate({...inventory, source: {...inventory.source, project: {id: own, name: 'p'}}});
}

function nodeOf(name: string, headers?: object): Node {
  const node = graphOf(name, headers ?? {}).graph.nodes.get(`container:${name}`);
  if (node === undefined) throw new Error('no container');
  return node;
}

function lossesOf({ledger}: Node): readonly string[] {
  return ledger.filter(({fate}) => fate === 'lost').map(({field}) => field);
}

test('container: its own project is the stack’s, others and users are parameters, names stay', t => {
  const access = `.r:*,${project}:*,${'a'.repeat(32)}:${'b'.repeat(32)},*:${project},demo:bob`;
  const {'X-Container-Read': read} = nodeOf('c', {'x-container-read': access}).properties;
  t.true(read instanceof Joined);
  t.deepEqual(
    (read as Joined).parts.filter(part => typeof part !== 'string'),
    [
      new OwnProject(),
      new Ref('project', 'a'.repeat(32)),
      new Ref('user', 'b'.repeat(32)),
      new Ref('user', project),
    ],
  );
  t.is(nodeOf('c', {'x-container-read': '.r:*,demo:bob'}).properties['X-Container-Read'], '.r:*,demo:bob');
});

test('container: access for one’s own project is the same in another project', t => {
  const clone = 'e'.repeat(32);
  const {differences} = compareGraphs(
    graphOf('c', {'x-container-read': `${project}:*`}),
    graphOf('c', {'x-container-read': `${clone}:*`}, clone),
  );
  t.deepEqual(differences, []);
  const other = compareGraphs(
    graphOf('c', {'x-container-read': `${project}:*`}),
    graphOf('c', {'x-container-read': `${project}:*`}, clone),
  );
  t.like(other.differences[0], {kind: 'container'});
});

test('container: what it holds, and what no property says, is lost; a proxy’s headers say nothing of it', t => {
  const headers = {
    'x-container-object-count': '2',
    'x-container-bytes-used': '5',
    'x-storage-policy': 'gold',
    'x-history-location': 'old',
    'x-container-new': 'thing',
    'strict-transport-security': 'max-age=1',
  };
  t.deepEqual(lossesOf(nodeOf('c', headers)), [
    'headers.x-container-object-count',
    'headers.x-storage-policy',
    'headers.x-history-location',
    'headers.x-container-new',
  ]);
  t.deepEqual(lossesOf(nodeOf('c', {'x-container-object-count': '0', 'x-storage-policy': 'Policy-0'})), []);
});

test('container: one whose headers could not be read says so', t => {
  const node = graphOf('c', undefined).graph.nodes.get('container:c');
  t.deepEqual(node === undefined ? undefined : lossesOf(node), ['headers']);
});

test('container: one that Heat made for signals is not ours', t => {
  t.is(nodeOf('3c1e7f5a-0000-4bc2-b4c0-0006b0245850').place.as, 'skipped');
});

test('container: a name that is a step in a path is lost', t => {
  t.is(nodeOf('..').place.as, 'lost');
});

test('container: a name that Heat’s database does not take is made by the client, with what that can set', t => {
  const headers = {
    'x-container-read': '.r:*,.rlistings',
    'x-container-write': 'demo:bob',
    'x-container-meta-quota-bytes': '7',
    'x-container-meta-note': 'hé',
    'x-container-meta-temp-url-key': '(redacted)',
  };
  const node = nodeOf('-🐙', headers);
  t.is(node.place.as, 'step');
  t.deepEqual(
    node.steps.map(({command}) => command),
    [
      ['container', 'create', '--public', '--', '-🐙'],
      ['container', 'set', '--property', 'quota-bytes=7', '--', '-🐙'],
    ],
  );
  t.deepEqual(lossesOf(node), [
    'headers.x-container-write',
    'headers.x-container-meta-note',
    'headers.x-container-meta-temp-url-key',
  ]);
  t.is(nodeOf('n'.repeat(256)).place.as, 'step');
  t.is(nodeOf('é'.repeat(128)).place.as, 'resource');
});
