/** What an update does to the members of a group, one by one. */
import test from 'ava';
import {forecast, isNothing} from '../../../src/deploy/forecast/forecast.ts';
import type {Definition, Existing, Knowledge, StackState} from '../../../src/deploy/forecast/types.ts';
import type {PropertySchema} from '../../../src/heat/index.ts';

const property = (type: string, updateAllowed = true): PropertySchema => ({
  type,
  required: false,
  updateAllowed,
  immutable: false,
  default: undefined,
  constraint: undefined,
  schema: undefined,
});

const known: Knowledge = {
  schemas: new Map([
    [
      'OS::Heat::ResourceGroup',
      new Map([
        ['count', property('integer')],
        ['index_var', property('string', false)],
        ['resource_def', property('map')],
      ]),
    ],
    [
      'OS::Nova::Server',
      new Map([
        ['name', property('string')],
        ['zone', property('string', false)],
      ]),
    ],
    ['OS::Neutron::FloatingIP', new Map([['port_id', property('string')]])],
  ]),
  idOf: () => undefined,
};

const file = (zone: string): string => `heat_template_version: '2018-08-31'
parameters:
  index: {type: string}
  members: {type: json}
resources:
  server:
    type: OS::Nova::Server
    properties:
      name: {get_param: [members, {get_param: index}, name]}
      zone: ${zone}
outputs:
  server: {value: {get_resource: server}}
`;

function definition(names: readonly string[], zone = 'a', more: object = {}): Definition {
  return {
    template: {
      heat_template_version: '2018-08-31',
      resources: {
        web: {
          type: 'OS::Heat::ResourceGroup',
          properties: {
            count: names.length,
            resource_def: {
              type: 'files/web.yaml',
              properties: {index: '%index%', members: names.map(name => ({name}))},
            },
            ...more,
          },
        },
        ip: {
          type: 'OS::Neutron::FloatingIP',
          properties: {port_id: {get_attr: ['web', 'resource.0.server']}},
        },
      },
    },
    parameters: {},
    files: {'files/web.yaml': file(zone)},
  };
}

function made(type: string, id: string): Existing {
  return {type, id, status: 'CREATE_COMPLETE'};
}

function stackOf(names: readonly string[], absent: readonly string[] = []): StackState {
  const members = names.map((_, index): [string, Existing] => [
    `web.${index}.server`,
    made('OS::Nova::Server', `s${index}`),
  ]);
  return {
    ...definition(names),
    own: {},
    stored: new Map(),
    attributes: new Map(),
    resources: new Map(
      [
        ['web', made('OS::Heat::ResourceGroup', 'g')] as const,
        ['ip', made('OS::Neutron::FloatingIP', 'f')] as const,
        ...members,
      ].filter(([name]) => !absent.includes(name)),
    ),
  };
}

function fates(before: StackState, after: Definition): Readonly<Record<string, string>> {
  return Object.fromEntries(
    forecast(before, after, known).resources.map(({name, fate, sure}) => [name, sure ? fate : `${fate}?`]),
  );
}

test('the same group is nothing to do', t => {
  const same = forecast(stackOf(['a', 'b']), definition(['a', 'b']), known);
  t.true(isNothing(same));
  t.deepEqual(
    same.resources.map(({name}) => name),
    ['web', 'web.0.server', 'web.1.server', 'ip'],
  );
});

test('one value of one member changes that one, and its group in place', t => {
  t.deepEqual(fates(stackOf(['a', 'b']), definition(['a', 'c'])), {
    web: 'updated',
    'web.0.server': 'unchanged',
    'web.1.server': 'updated',
    ip: 'unchanged',
  });
});

test('a member more, a member less', t => {
  t.deepEqual(fates(stackOf(['a', 'b']), definition(['a', 'b', 'c'])), {
    web: 'updated',
    'web.0.server': 'unchanged',
    'web.1.server': 'unchanged',
    'web.2.server': 'added',
    ip: 'unchanged',
  });
  t.is(fates(stackOf(['a', 'b']), definition(['a']))['web.1.server'], 'deleted');
});

test('a change of the nested template is one of all members, each by its own schema', t => {
  t.deepEqual(fates(stackOf(['a', 'b']), definition(['a', 'b'], 'z')), {
    web: 'updated',
    'web.0.server': 'replaced',
    'web.1.server': 'replaced',
    ip: 'updated',
  });
  // Written another way it is still the same.
  const same = {...definition(['a']), files: {'files/web.yaml': `# a note\n${file('a')}`}};
  t.true(isNothing(forecast(stackOf(['a']), same, known)));
});

test('a group that is made anew is so with all that is in it', t => {
  const text = JSON.stringify(definition(['a'], 'a', {index_var: '%i%'}));
  const after = JSON.parse(text.replaceAll('%index%', '%i%')) as Definition;
  const found = fates(stackOf(['a']), after);
  t.is(found['web'], 'replaced');
  t.is(found['web.0.server'], 'replaced');
});

test('of a group that only Heat can write out nothing is said but that it changes', t => {
  const after = definition(['a', 'b'], 'a', {count: {get_param: 'n'}});
  const found = fates(stackOf(['a', 'b']), after);
  t.is(found['web'], 'updated?');
  t.deepEqual(Object.keys(found), ['web', 'ip']);
});

test('what a failed group lacks is added; what was single before goes', t => {
  t.is(fates(stackOf(['a', 'b'], ['web.1.server']), definition(['a', 'b']))['web.1.server'], 'added');
  const single: StackState = {
    ...stackOf([]),
    template: {resources: {server_a: {type: 'OS::Nova::Server', properties: {name: 'a', zone: 'a'}}}},
    resources: new Map([['server_a', {type: 'OS::Nova::Server', id: 's', status: 'CREATE_COMPLETE'}]]),
  };
  t.deepEqual(fates(single, definition(['a'])), {
    web: 'added',
    'web.0.server': 'added',
    ip: 'added',
    server_a: 'deleted',
  });
});
