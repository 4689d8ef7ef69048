/**
 * What the definition of a resource type promises, at compile time: each line below `@ts-expect-error` must not
 * compile, or this file doesn't.
 */
import test from 'ava';
import {define, from, lossy, refer} from '../../src/model/define.ts';
import type {Ref} from '../../src/model/value.ts';

interface NetRow {
  readonly id: string;
  readonly name: string;
}
const r0 = from<NetRow>();
const net = define<NetRow, {readonly name: string}>()({
  kind: 'net',
  section: 'Things',
  heat: 'OS::Test::Net',
  properties: {name: r0.copy('name')},
  ignores: {},
  example: {row: {id: 'n', name: 'n'}, emits: {}},
});
const flavor = refer<NetRow>()({kind: 'flavor', section: 'Things', outside: {prefix: 'flavor'}});

interface Row {
  readonly id: string;
  readonly name: string;
  readonly net_id: string;
  readonly flavor_id: string | null;
  readonly gateway: string | null;
  readonly size: number;
  readonly made_at: string;
}
interface Properties {
  readonly name: string;
  readonly net: Ref<'net'>;
  readonly flavor?: Ref<'flavor'>;
  readonly gateway: string;
  readonly size?: number;
}
const r = from<Row>();
const example = {
  row: {id: 'b', name: 'b', net_id: 'n', flavor_id: null, gateway: null, size: 1, made_at: ''},
  emits: {},
};
const properties = {
  name: r.copy('name'),
  net: r.ref(net, 'net_id'),
  flavor: r.ref(flavor, 'flavor_id'),
  gateway: r.derive('gateway', value => value ?? ''),
  size: r.unless('size', 1),
};
const ignores = {made_at: 'read-only'} as const;
const common = {kind: 'box', section: 'Things', heat: 'OS::Test::Box', ignores, example} as const;
const box = define<Row, Properties>();

test('a complete type compiles', t => {
  t.is(box({...common, properties}).kind, 'box');
});

test('what must not compile does not', t => {
  // @ts-expect-error a misspelt field
  r.copy('nam');
  // @ts-expect-error a value of the wrong type
  box({...common, properties: {...properties, size: r.copy('name')}});
  // @ts-expect-error a property that Heat lacks
  box({...common, properties: {...properties, colour: r.copy('name')}});
  const {size: _size, ...forgotten} = properties;
  // @ts-expect-error a forgotten property
  box({...common, properties: forgotten, ignores: {...ignores, size: lossy('x')}});
  // @ts-expect-error an id where a reference is due
  box({...common, properties: {...properties, net: r.copy('net_id')}});
  // @ts-expect-error a reference to the wrong kind
  box({...common, properties: {...properties, net: r.ref(flavor, 'net_id')}});
  // @ts-expect-error a reference to the own kind where another is due
  box({...common, properties: {...properties, net: r.self('box', 'net_id')}});
  // @ts-expect-error a nullable id in a required reference
  box({...common, properties: {...properties, net: r.ref(net, 'flavor_id')}});
  // @ts-expect-error a null that Heat refuses
  box({...common, properties: {...properties, gateway: r.copy('gateway')}});
  // @ts-expect-error a meaningful null dropped
  box({...common, properties: {...properties, gateway: r.some('gateway')}});
  // @ts-expect-error a field that nobody accounts for
  box({...common, properties, ignores: {}});
  // @ts-expect-error an unordered field that the row does not have
  box({...common, properties, ignores, unordered: ['colour']});
  // @ts-expect-error a misspelt back-reference
  r.back(net, 'nam', ref => ref);
  // @ts-expect-error a half-filled example
  box({...common, properties, example: {row: {id: 'b', name: 'b'}, emits: {}}});
  t.pass();
});
