/** Groups written out as Heat makes them; what is none of ours is left alone. */
import test from 'ava';
import {expand} from '../../src/model/expand.ts';
import {type Fields, fields} from '../../src/model/json.ts';

const nested = `heat_template_version: '2018-08-31'
parameters:
  index: {type: string}
  rows: {type: json}
  net: {type: string}
  size: {type: number, default: 1}
resources:
  port:
    type: OS::Neutron::Port
    properties:
      network: {get_param: net}
      name: {get_param: [rows, {get_param: index}, name]}
  server:
    type: OS::Nova::Server
    depends_on: port
    properties:
      networks: [{port: {get_resource: port}}]
      size: {get_param: size}
outputs:
  port: {value: {get_resource: port}}
  ips: {value: {get_attr: [port, fixed_ips]}}
`;
const files = {'files/a.yaml': nested};

function template(group: Fields, more: Fields = {}): Fields {
  const properties = {
    index: '%index%',
    rows: [{name: 'a'}, {name: 'b'}, {name: 'c'}],
    net: {get_resource: 'net'},
  };
  return {
    resources: {
      g: {
        type: 'OS::Heat::ResourceGroup',
        depends_on: 'leg',
        properties: {count: 2, resource_def: {type: 'files/a.yaml', properties}, ...group},
      },
      ip: {
        type: 'OS::Neutron::FloatingIP',
        depends_on: ['g'],
        properties: {
          port_id: {get_attr: ['g', 'resource.1.port']},
          fixed: {get_attr: ['g', 'resource.1.ips', 0, 'ip_address']},
        },
      },
      ...more,
    },
    outputs: {all: {value: {get_attr: ['g', 'refs']}}},
  };
}

test('members stand where the group stood, with what they get and wait for; who refers to them finds them', t => {
  const {template: flat, groups} = expand(template({}), files);
  t.deepEqual(flat['resources'], {
    'g.0.port': {
      type: 'OS::Neutron::Port',
      depends_on: ['leg'],
      properties: {network: {get_resource: 'net'}, name: 'a'},
    },
    'g.0.server': {
      type: 'OS::Nova::Server',
      depends_on: ['g.0.port', 'leg'],
      properties: {networks: [{port: {get_resource: 'g.0.port'}}], size: 1},
    },
    'g.1.port': {
      type: 'OS::Neutron::Port',
      depends_on: ['leg'],
      properties: {network: {get_resource: 'net'}, name: 'b'},
    },
    'g.1.server': {
      type: 'OS::Nova::Server',
      depends_on: ['g.1.port', 'leg'],
      properties: {networks: [{port: {get_resource: 'g.1.port'}}], size: 1},
    },
    ip: {
      type: 'OS::Neutron::FloatingIP',
      depends_on: ['g.0.port', 'g.0.server', 'g.1.port', 'g.1.server'],
      properties: {
        port_id: {get_resource: 'g.1.port'},
        fixed: {get_attr: ['g.1.port', 'fixed_ips', 0, 'ip_address']},
      },
    },
  });
  t.deepEqual(groups.get('g')?.indices, ['0', '1']);
  t.deepEqual(flat['outputs'], {all: {value: {get_attr: ['g', 'refs']}}});
});

test('numbers that were taken away are passed over', t => {
  const {groups} = expand(template({removal_policies: [{resource_list: ['0']}]}), files);
  t.deepEqual(groups.get('g')?.indices, ['1', '2']);
});

const opaque: Readonly<Record<string, Fields>> = {
  'a count that is a parameter': {count: {get_param: 'n'}},
  'a type that is no file': {resource_def: {type: 'OS::Nova::Server'}},
  'a file that is not there': {resource_def: {type: 'files/b.yaml'}},
  'values that are not there': {
    resource_def: {type: 'files/a.yaml', properties: {index: '%index%', net: 'x', rows: []}},
  },
};

for (const [what, group] of Object.entries(opaque))
  test(`left as it is: ${what}`, t => {
    const before = template(group);
    const {template: after, groups} = expand(before, files);
    t.is(after, before);
    t.is(groups.size, 0);
  });

test('left as it is: a nested template with conditions, or one that is none', t => {
  for (const text of [`${nested}conditions: {}\n`, 'a: b', ''])
    t.is(expand(template({}), {'files/a.yaml': text}).groups.size, 0);
  t.is(Object.keys(fields(expand(template({}), {}).template['resources'])).length, 2);
});
