/** Secrets and their containers, where the examples can't show it. */
import test from 'ava';
import type {Graph, Node} from '../../../src/model/graph.ts';
import {Ref} from '../../../src/model/value.ts';
import {relate} from '../../../src/relate/index.ts';
import {inventoryOf} from '../../support/inventory.ts';

const url = 'http://key-manager.example/v1';
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

function secretOf(number: number, more: object = {}) {
  const content_types = {default: 'text/plain'};
  const row = {id: id(number), name: 's', secret_type: 'opaque', content_types, status: 'ACTIVE'};
  return {...row, secret_ref: `${url}/secrets/${id(number)}`, ...more};
}

function containerOf(number: number, type: string, held: readonly (readonly [string | null, number])[]) {
  const secret_refs = held.map(([name, secret]) => ({name, secret_ref: `${url}/secrets/${id(secret)}`}));
  const container_ref = `${url}/containers/${id(number)}`;
  return {id: id(number), name: 'c', type, secret_refs, container_ref, status: 'ACTIVE'};
}

function graphOf(rows: Parameters<typeof inventoryOf>[0]): Graph {
  return relate(inventoryOf(rows)).graph;
}

function nodeOf(graph: Graph, key: string): Node {
  const node = graph.nodes.get(key);
  if (node === undefined) throw new Error(`no ${key}`);
  return node;
}

test('secret: without a payload none is asked for', t => {
  const graph = graphOf({secret: [secretOf(1, {content_types: undefined, name: null})]});
  t.deepEqual(nodeOf(graph, `secret:${id(1)}`).properties, {});
});

test('secret: an empty name stays empty, no name stays away', t => {
  const graph = graphOf({secret: [secretOf(1, {name: ''}), secretOf(2, {name: null})]});
  t.is(nodeOf(graph, `secret:${id(1)}`).properties['name'], '');
  t.false(Object.hasOwn(nodeOf(graph, `secret:${id(2)}`).properties, 'name'));
});

test('secret: bytes of a kind that Heat does not know are given as bytes, and said to be lost', t => {
  const node = nodeOf(
    graphOf({secret: [secretOf(1, {content_types: {default: 'application/pkcs8'}})]}),
    `secret:${id(1)}`,
  );
  t.like(node.properties, {
    payload_content_type: 'application/octet-stream',
    payload_content_encoding: 'base64',
  });
  t.is(node.ledger.find(({field}) => field === 'content_types')?.fate, 'lost');
});

test('secret: the key of an encrypted volume is Cinder’s', t => {
  const volume = {id: id(9), name: 'v', status: 'available', size: 1, encryption_key_id: id(1)};
  const graph = graphOf({secret: [secretOf(1), secretOf(2)], volume: [volume]});
  t.is(nodeOf(graph, `secret:${id(1)}`).place.as, 'skipped');
  t.is(nodeOf(graph, `secret:${id(2)}`).place.as, 'resource');
});

test('containers: each is of one kind, by its type, and a type that is new is generic and says so', t => {
  const graph = graphOf({
    secret: [secretOf(1)],
    secret_container: [
      containerOf(11, 'generic', []),
      containerOf(12, 'certificate', [['certificate', 1]]),
      containerOf(13, 'rsa', []),
      containerOf(14, 'dilithium', [['key', 1]]),
    ],
  });
  t.deepEqual(
    [...graph.nodes.keys()].filter(key => key.includes('container')),
    [
      `generic_container:${id(11)}`,
      `generic_container:${id(14)}`,
      `certificate_container:${id(12)}`,
      `rsa_container:${id(13)}`,
    ],
  );
  const lost = (number: number) =>
    nodeOf(graph, `generic_container:${id(number)}`)
      .ledger.filter(({fate}) => fate === 'lost')
      .map(({field}) => field);
  t.deepEqual(lost(11), []);
  t.deepEqual(lost(14), ['type']);
});

test('containers: a secret that is not rebuilt is a parameter, by its URL', t => {
  const graph = graphOf({
    secret: [secretOf(1)],
    secret_container: [
      containerOf(11, 'generic', [
        [null, 1],
        ['foreign', 2],
      ]),
    ],
  });
  const foreign = `${url}/secrets/${id(2)}`;
  t.deepEqual(nodeOf(graph, `generic_container:${id(11)}`).properties['secrets'], [
    {name: '', ref: new Ref('secret', id(1))},
    {name: 'foreign', ref: new Ref('secret', foreign)},
  ]);
  t.like(graph.externals.get(`secret:${foreign}`), {name: foreign, constraint: 'barbican.secret'});
});

test('containers: consumers that a service registers come back by themselves', t => {
  const graph = graphOf({
    secret_container: [
      {...containerOf(11, 'generic', []), consumers: [{name: 'Octavia', URL: 'http://lb'}]},
      {...containerOf(12, 'generic', []), consumers: [{name: 'backup', URL: 'http://b'}]},
    ],
  });
  const fate = (number: number) =>
    nodeOf(graph, `generic_container:${id(number)}`).ledger.find(({field}) => field === 'consumers')?.fate;
  t.is(fate(11), 'derived');
  t.is(fate(12), 'lost');
});
