import test from 'ava';
import {cutTemplate} from '../../../src/deploy/cut/template.ts';
import type {Lack} from '../../../src/deploy/check/lack.ts';

const lack = (type: string, property?: string): Lack => ({
  type,
  ...(property === undefined ? {} : {property}),
  resources: [],
  what: '',
  hint: '',
  reason: `no ${property ?? type}`,
});

const port = {type: 'P', properties: {network: {get_resource: 'net'}, tags: ['a']}};
const resources = {
  net: {type: 'N', properties: {name: 'n', value_specs: {mtu: 1400}}},
  port,
  server: {
    type: 'S',
    depends_on: ['port', 'image'],
    properties: {
      name: 's',
      networks: [
        {port: {get_resource: 'port'}, tag: 'x'},
        {port: 'other', tag: 'y'},
      ],
      group: {if: ['c', {get_resource: 'image'}, 'g']},
    },
  },
  image: {type: 'I', properties: {}},
};
const template = {
  heat_template_version: '2018-08-31',
  resources,
  outputs: {a: {value: {get_attr: ['port', 'x']}}, b: {value: {get_resource: 'server'}}},
};

function cut(lacks: readonly Lack[], required: readonly string[] = []) {
  const made = cutTemplate(template, lacks, (type, property) => required.includes(`${type} ${property}`));
  return {...made, made: made.template['resources'] as Readonly<Record<string, {properties: object}>>};
}

test('without a lack the template stays the very same', t => {
  t.is(cut([]).template, template);
  t.is(cut([lack('X'), lack('N', 'value_specs.nothing')]).template, template);
});

test('a property goes at every place of a list; a map that is empty then goes too', t => {
  const {made, properties} = cut([lack('N', 'value_specs.mtu'), lack('S', 'networks[0].tag')]);
  t.deepEqual(made['net']?.properties, {name: 'n'});
  t.like(made['server']?.properties, {networks: [{port: {get_resource: 'port'}}, {port: 'other'}]});
  t.deepEqual(
    [...properties].map(([name, paths]) => [name, [...paths.keys()].sort()]),
    [
      ['net', ['value_specs.mtu']],
      ['server', ['networks[0].tag', 'networks[1].tag']],
    ],
  );
});

test('a property that Heat must be given takes the resource along', t => {
  const {resources: gone} = cut([lack('N', 'name')], ['N name', 'P network']);
  t.deepEqual(Object.fromEntries(gone), {net: 'no name', port: `needs net, which can't be made there`});
});

test('what refers to a thing that is gone loses that reference: an item, a function as a whole, a wait, an output', t => {
  const {made, resources: gone, template: left} = cut([lack('I'), lack('P')]);
  t.deepEqual([...gone.keys()].sort(), ['image', 'port']);
  t.deepEqual(made['server'], {
    type: 'S',
    depends_on: undefined,
    properties: {name: 's', networks: [{port: 'other', tag: 'y'}]},
  } as never);
  t.deepEqual(left['outputs'], {b: {value: {get_resource: 'server'}}});
});

test('what nobody can make goes along the whole way', t => {
  const {resources: gone, made} = cut([lack('N')], ['P network']);
  t.deepEqual([...gone.keys()], ['net', 'port']);
  t.like(made['server']?.properties, {networks: [{port: 'other'}]});
});
