import test from 'ava';
import {forecast, isNothing} from '../../../src/deploy/forecast/forecast.ts';
import type {
  Definition,
  Existing,
  Forecasted,
  Knowledge,
  StackState,
} from '../../../src/deploy/forecast/types.ts';
import type {PropertySchema} from '../../../src/heat/index.ts';

type Fields = Readonly<Record<string, unknown>>;

function property(type: string, more: Partial<PropertySchema> = {}): PropertySchema {
  return {
    type,
    required: false,
    updateAllowed: true,
    immutable: false,
    default: undefined,
    constraint: undefined,
    schema: undefined,
    ...more,
  };
}

const fixed = {updateAllowed: false};

function schema(properties: Readonly<Record<string, PropertySchema>>): ReadonlyMap<string, PropertySchema> {
  return new Map(Object.entries(properties));
}

const rules = property('list', {
  schema: schema({
    '*': property('map', {
      schema: schema({port: property('integer'), ethertype: property('string', {default: 'IPv4'})}),
    }),
  }),
});

const known: Knowledge = {
  schemas: new Map([
    [
      'OS::Neutron::Net',
      schema({
        name: property('string'),
        admin_state_up: property('boolean', {default: true}),
        value_specs: property('map', {default: {}}),
      }),
    ],
    [
      'OS::Neutron::Subnet',
      schema({
        network: property('string', {...fixed, constraint: 'neutron.network'}),
        cidr: property('string', fixed),
        dns: property('list', {default: []}),
        ip_version: property('integer', {...fixed, default: 4}),
      }),
    ],
    ['OS::Neutron::Port', schema({network: property('string', fixed), subnet: property('string')})],
    ['OS::Neutron::RouterInterface', schema({subnet: property('string', fixed)})],
    ['OS::Neutron::SecurityGroup', schema({rules, description: property('string')})],
    [
      'OS::Neutron::SecurityGroupRule',
      schema({security_group: property('string', fixed), port: property('integer', fixed)}),
    ],
    [
      'OS::Neutron::Trunk',
      schema({port: property('string', {immutable: true, updateAllowed: false}), name: property('string')}),
    ],
    ['OS::Nova::KeyPair', schema({name: property('string', fixed), public_key: property('string', fixed)})],
    [
      'OS::Nova::Server',
      schema({
        name: property('string'),
        flavor: property('string', {constraint: 'nova.flavor'}),
        image: property('string'),
        image_update_policy: property('string', {default: 'REBUILD'}),
        flavor_update_policy: property('string', {default: 'RESIZE'}),
        user_data: property('string', {default: ''}),
        user_data_update_policy: property('string', {default: 'REPLACE'}),
        key_name: property('string', fixed),
        networks: property('list'),
        block_device_mapping_v2: property('list', fixed),
      }),
    ],
    [
      'OS::Cinder::Volume',
      schema({
        name: property('string'),
        size: property('integer'),
        type: property('string', {...fixed, constraint: 'cinder.vtype'}),
      }),
    ],
    [
      'OS::Cinder::VolumeAttachment',
      schema({volume_id: property('string'), instance_uuid: property('string')}),
    ],
    ['OS::Heat::ResourceGroup', schema({count: property('integer', {default: 1})})],
  ]),
  idOf: (constraint, name) => (constraint === 'nova.flavor' && name === 'tiny' ? 'f-1' : undefined),
};

interface Case {
  /** Resources; a function of them is the template's. */
  readonly from: Fields;
  readonly to: Fields;
  readonly status?: Readonly<Record<string, Partial<Existing>>>;
  readonly stored?: Readonly<Record<string, Fields>>;
  readonly attributes?: Readonly<Record<string, Fields>>;
  readonly parameters?: Fields;
  readonly values?: readonly [before: Fields, after: Fields];
  readonly files?: readonly [before: Record<string, string>, after: Record<string, string>];
  readonly conditions?: Fields;
  /** Left out of the stack: never made. */
  readonly absent?: readonly string[];
}

function states(one: Case): readonly [StackState, Definition] {
  const {parameters = {}, conditions = {}, values = [{}, {}], files = [{}, {}], absent = []} = one;
  const definition = (at: 0 | 1): Definition => ({
    template: {
      heat_template_version: '2018-08-31',
      parameters,
      conditions,
      resources: at === 0 ? one.from : one.to,
    },
    parameters: values[at],
    files: files[at],
  });
  const resources = Object.entries(one.from)
    .filter(([name]) => !absent.includes(name))
    .map(([name, raw]): [string, Existing] => [
      name,
      {
        type: (raw as {type: string}).type,
        id: `${name}-id`,
        status: 'CREATE_COMPLETE',
        ...one.status?.[name],
      },
    ]);
  return [
    {
      ...definition(0),
      resources: new Map(resources),
      own: {'OS::stack_id': 's-1'},
      stored: new Map(Object.entries(one.stored ?? {})),
      attributes: new Map(Object.entries(one.attributes ?? {})),
    },
    definition(1),
  ];
}

function all(one: Case): ReadonlyMap<string, Forecasted> {
  return new Map(forecast(...states(one), known).resources.map(resource => [resource.name, resource]));
}

/** As `replaced`; with `?` where it is not sure. */
function fates(one: Case): Record<string, string> {
  return Object.fromEntries([...all(one)].map(([name, {fate, sure}]) => [name, sure ? fate : `${fate}?`]));
}

const of = (type: string, properties: Fields = {}, more: Fields = {}): Fields => ({
  type: `OS::${type}`,
  properties,
  ...more,
});
const ref = (name: string): Fields => ({get_resource: name});
const param = (name: string): Fields => ({get_param: name});
const net = (name: unknown, more: Fields = {}): Fields => of('Neutron::Net', {name}, more);

test('nothing changed is nothing to do', t => {
  const from = {net: net('a'), sub: of('Neutron::Subnet', {network: ref('net'), cidr: '10.0.0.0/24'})};
  t.deepEqual(fates({from, to: from}), {net: 'unchanged', sub: 'unchanged'});
  t.true(isNothing(forecast(...states({from, to: from}), known)));
});

test('a property that Heat updates keeps the resource, any other makes a new one', t => {
  const found = all({
    from: {net: net('a'), sub: of('Neutron::Subnet', {network: ref('net'), cidr: '10.0.0.0/24', dns: ['a']})},
    to: {net: net('b'), sub: of('Neutron::Subnet', {network: ref('net'), cidr: '10.0.1.0/24', dns: ['b']})},
  });
  t.like(found.get('net'), {
    fate: 'updated',
    sure: true,
    id: 'net-id',
    causes: [{what: 'name', maybe: false}],
  });
  t.like(found.get('sub'), {fate: 'replaced', causes: [{what: 'cidr'}, {what: 'dns'}]});
});

test('what is new and what is gone', t => {
  t.deepEqual(fates({from: {a: net('a')}, to: {b: net('b')}}), {b: 'added', a: 'deleted'});
});

const onSubnet = (cidr: string): Fields => ({
  sub: of('Neutron::Subnet', {cidr}),
  port: of('Neutron::Port', {subnet: ref('sub')}),
  leg: of('Neutron::RouterInterface', {subnet: ref('sub')}),
  server: of('Nova::Server', {networks: [{port: ref('port')}]}),
});

test('a replaced resource is another value to those that refer to it, each by its own schema', t => {
  t.deepEqual(fates({from: onSubnet('a'), to: onSubnet('b')}), {
    sub: 'replaced',
    port: 'updated',
    leg: 'replaced',
    // The port keeps its id.
    server: 'unchanged',
  });
});

const withKey = (key: string, name = 'k'): Fields => ({
  key: of('Nova::KeyPair', {name, public_key: key}),
  server: of('Nova::Server', {key_name: ref('key')}),
});

test('a key pair is referred to by its name, which a new one has too', t => {
  t.deepEqual(fates({from: withKey('one'), to: withKey('two')}), {key: 'replaced', server: 'unchanged'});
  t.deepEqual(fates({from: withKey('one'), to: withKey('two', 'other')}), {
    key: 'replaced',
    server: 'replaced',
  });
});

test('parameters count by what they come to: typed, defaulted, joined, read from a file, by a condition', t => {
  const resources = {
    same: net(param('same')),
    told: net(param('told')),
    joined: net({list_join: ['-', ['a', param('told')]]}),
    replaced: net({str_replace: {template: 'x-NAME', params: {NAME: param('told')}}}),
    filed: net({get_file: 'f'}),
    chosen: net({if: ['on', 'yes', 'no']}),
    on: net('on', {condition: 'on'}),
    off: net('off', {condition: {not: 'on'}}),
    deep: net({get_param: ['map', 'a', 0]}),
  };
  const found = fates({
    from: resources,
    to: resources,
    absent: ['on'],
    parameters: {
      same: {type: 'string', default: '5'},
      told: {type: 'string'},
      flag: {type: 'boolean'},
      map: {type: 'json'},
    },
    conditions: {on: {equals: [param('flag'), true]}},
    values: [
      {told: 'one', flag: 'false', map: '{"a": ["x"]}'},
      {same: 5, told: 'two', flag: true, map: {a: ['x']}},
    ],
    files: [{f: 'one'}, {f: 'two'}],
  });
  t.deepEqual(found, {
    same: 'unchanged',
    told: 'updated',
    joined: 'updated',
    replaced: 'updated',
    filed: 'updated',
    chosen: 'updated',
    on: 'added',
    off: 'deleted',
    deep: 'unchanged',
  });
});

test('a default said and a default left out are one value, but Heat goes through an update', t => {
  const found = all({
    from: {sub: of('Neutron::Subnet', {cidr: 'c'}), net: net('a')},
    to: {
      sub: of('Neutron::Subnet', {cidr: 'c', ip_version: '4'}),
      net: of('Neutron::Net', {name: 'a', admin_state_up: null}),
    },
  });
  t.like(found.get('sub'), {fate: 'updated', causes: [{what: 'properties'}]});
  // A boolean given as null is true by its default.
  t.like(found.get('net'), {fate: 'updated', causes: [{what: 'properties'}]});
});

const groupOf = (rule: Fields): Fields => ({group: of('Neutron::SecurityGroup', {rules: [rule]})});

test('nested defaults count: a rule that says its default is the rule without', t => {
  t.like(all({from: groupOf({port: 80}), to: groupOf({port: '80', ethertype: 'IPv4'})}).get('group'), {
    fate: 'updated',
    causes: [{what: 'properties'}],
  });
  t.like(all({from: groupOf({port: 80}), to: groupOf({port: 81})}).get('group')?.causes, [{what: 'rules'}]);
});

test('metadata, dependencies and deletion policy are updates of nothing but what Heat keeps', t => {
  for (const more of [{metadata: {a: 1}}, {depends_on: ['b']}, {deletion_policy: 'Retain'}]) {
    const found = fates({from: {a: net('a'), b: net('b')}, to: {a: net('a', more), b: net('b')}});
    t.deepEqual(found, {a: 'updated', b: 'unchanged'}, JSON.stringify(more));
  }
  const one = {
    from: {a: net('a', {depends_on: 'b'}), b: net('b')},
    to: {a: net('a', {depends_on: ['b']}), b: net('b')},
  };
  t.deepEqual(fates(one), {a: 'unchanged', b: 'unchanged'});
});

test('another type makes a new one; another external_id is refused', t => {
  t.like(all({from: {a: net('a')}, to: {a: of('Neutron::Port')}}).get('a'), {
    fate: 'replaced',
    causes: [{what: 'type', why: 'was OS::Neutron::Net'}],
  });
  const found = all({from: {a: net('a', {external_id: 'x'})}, to: {a: net('a', {external_id: 'y'})}});
  t.is(found.get('a')?.fate, 'refused');
  t.regex(found.get('a')?.fails?.why ?? '', /external_id/);
  // What is only borrowed is never touched.
  t.deepEqual(fates({from: {a: net('a', {external_id: 'x'})}, to: {a: net('b', {external_id: 'x'})}}), {
    a: 'unchanged',
  });
});

const trunkOn = (port: string): Fields => ({
  a: of('Neutron::Port'),
  b: of('Neutron::Port'),
  trunk: of('Neutron::Trunk', {port: ref(port)}),
});

const volumeOf = (size: number): Fields => ({v: of('Cinder::Volume', {size})});

test("a trunk's port never changes, and a volume never shrinks", t => {
  t.like(all({from: trunkOn('a'), to: trunkOn('b')}).get('trunk'), {
    fate: 'refused',
    causes: [{what: 'port'}],
  });
  t.regex(all({from: volumeOf(2), to: volumeOf(1)}).get('v')?.fails?.why ?? '', /can't shrink from 2 to 1/);
  t.deepEqual(fates({from: volumeOf(1), to: volumeOf(2)}), {v: 'updated'});
});

const serverOf = (properties: Fields): Fields => ({s: of('Nova::Server', properties)});

const fateOfServer = (from: Fields, to: Fields): Forecasted | undefined =>
  all({from: serverOf(from), to: serverOf(to)}).get('s');

test("a server's update policies decide", t => {
  t.like(fateOfServer({image: 'a'}, {image: 'b'}), {
    fate: 'updated',
    loses: 'its root disk: it is rebuilt from the new image',
  });
  t.is(
    fateOfServer({image: 'a', image_update_policy: 'REPLACE'}, {image: 'b', image_update_policy: 'REPLACE'})
      ?.fate,
    'replaced',
  );
  t.is(fateOfServer({flavor: 'a'}, {flavor: 'b'})?.fate, 'updated');
  t.is(fateOfServer({flavor: 'a'}, {flavor: 'b', flavor_update_policy: 'REPLACE'})?.fate, 'replaced');
  t.like(fateOfServer({user_data: 'a'}, {user_data: 'b'}), {fate: 'replaced', loses: 'its own disks'});
  t.is(fateOfServer({user_data: 'a'}, {user_data: 'b', user_data_update_policy: 'IGNORE'})?.fate, 'updated');
});

const flavored = (flavor: string): Fields => ({s: of('Nova::Server', {flavor})});

const typedVolume = (type: string): Fields => ({v: of('Cinder::Volume', {type})});

test('the name and the id of one flavor are one value; of a type that looks no names up they are two', t => {
  t.like(all({from: flavored('tiny'), to: flavored('f-1')}).get('s'), {
    fate: 'updated',
    causes: [{what: 'properties'}],
  });
  t.like(all({from: flavored('tiny'), to: flavored('f-2')}).get('s')?.causes, [{what: 'flavor'}]);
  t.deepEqual(fates({from: typedVolume('fast'), to: typedVolume('id')}), {v: 'replaced'});
});

test('changed inline rules take the other rules of their group along, which are marked to be made again', t => {
  const group = (port: number, more: Fields = {}): Fields => ({
    group: of('Neutron::SecurityGroup', {rules: [{port}]}),
    rule: of('Neutron::SecurityGroupRule', {security_group: ref('group'), port: 22}),
    by_id: of('Neutron::SecurityGroupRule', {security_group: 'group-id', port: 23}),
    foreign: of('Neutron::SecurityGroupRule', {security_group: 'elsewhere', port: 24}),
    ...more,
  });
  const found = all({from: group(80), to: group(81)});
  t.like(found.get('rule'), {fate: 'replaced', mark: true});
  t.like(found.get('by_id'), {fate: 'replaced', mark: true});
  t.is(found.get('foreign')?.fate, 'unchanged');
  const named = all({
    from: group(80),
    to: group(80, {group: of('Neutron::SecurityGroup', {rules: [{port: 80}], description: 'new'})}),
  });
  t.is(named.get('rule')?.fate, 'unchanged');
});

const fateOfFailed = (type: string, status: string, physical?: Existing['physical']): string | undefined => {
  const from = {x: of(type)};
  const state = {x: {status, ...(physical === undefined ? {} : {physical})}};
  return fates({from, to: from, status: state})['x'];
};

test('what failed is kept or made anew as its service has it', t => {
  t.is(fateOfFailed('Neutron::Net', 'UPDATE_FAILED', {there: true, status: 'ACTIVE'}), 'unchanged');
  t.is(fateOfFailed('Neutron::Net', 'UPDATE_FAILED', {there: false, status: ''}), 'replaced');
  t.is(fateOfFailed('Neutron::Net', 'CREATE_FAILED', {there: true, status: 'ERROR'}), 'replaced');
  t.is(fateOfFailed('Neutron::RouterInterface', 'UPDATE_FAILED'), 'replaced?');
  t.is(fateOfFailed('Nova::Server', 'CREATE_FAILED', {there: true, status: 'ERROR'}), 'replaced');
  t.is(fateOfFailed('Nova::Server', 'UPDATE_FAILED', {there: true, status: 'SHUTOFF'}), 'unchanged');
  t.is(fateOfFailed('Cinder::Volume', 'UPDATE_FAILED', {there: true, status: 'error'}), 'replaced');
  t.is(fateOfFailed('Cinder::Volume', 'UPDATE_FAILED', {there: true, status: 'in-use'}), 'unchanged');
  // A check that failed is always followed by a new one.
  t.is(fateOfFailed('Nova::Server', 'CHECK_FAILED', {there: true, status: 'ACTIVE'}), 'replaced');
});

test('what was never made is added, not replaced', t => {
  const from = {a: net('a'), b: net('b')};
  const status = {a: {status: 'CREATE_FAILED', id: ''}, b: {status: 'INIT_COMPLETE', id: ''}};
  t.deepEqual(fates({from, to: from, status}), {a: 'added', b: 'added'});
});

test('a secret that Heat hides may differ; as Heat keeps it with an event it does or does not', t => {
  const from = {net: net(param('secret')), sub: of('Neutron::Subnet', {cidr: param('secret')})};
  const one = {
    from,
    to: from,
    parameters: {secret: {type: 'string', hidden: true}},
    values: [{secret: '******'}, {secret: 'x'}],
  } as const;
  t.deepEqual(fates(one), {net: 'updated?', sub: 'replaced?'});
  t.deepEqual(fates({...one, stored: {net: {name: 'x'}, sub: {cidr: 'x'}}}), {
    net: 'unchanged',
    sub: 'unchanged',
  });
  t.deepEqual(fates({...one, stored: {net: {name: 'y'}, sub: {cidr: 'y'}}}), {
    net: 'updated',
    sub: 'replaced',
  });
});

test('what Heat keeps beats the template: an update that failed half-way is gone on with', t => {
  const to = {net: net('new'), sub: of('Neutron::Subnet', {network: ref('net'), cidr: 'c'})};
  // The stack has the new template, the resource has not.
  const stored = {net: {name: 'old'}, sub: {network: 'net-id', cidr: 'c'}};
  t.deepEqual(fates({from: to, to, stored}), {net: 'updated', sub: 'unchanged'});
});

const withAttribute = (name: string, value: unknown = {get_attr: ['a', 'mtu']}): Fields => ({
  a: net(name),
  b: of('Neutron::Net', {name: value}),
});

test('an attribute is what it was of a resource that stays, and perhaps not of one that changes', t => {
  t.deepEqual(fates({from: withAttribute('x'), to: withAttribute('x')}), {a: 'unchanged', b: 'unchanged'});
  t.deepEqual(fates({from: withAttribute('x'), to: withAttribute('y')}), {a: 'updated', b: 'updated?'});
  const stored = {b: {name: '1500'}};
  t.deepEqual(
    fates({from: withAttribute('x'), to: withAttribute('x'), stored, attributes: {a: {mtu: '1500'}}}),
    {
      a: 'unchanged',
      b: 'unchanged',
    },
  );
  t.deepEqual(
    fates({from: withAttribute('x'), to: withAttribute('x'), stored, attributes: {a: {mtu: '1400'}}}),
    {
      a: 'unchanged',
      b: 'updated',
    },
  );
});

const portOn = (network: unknown): Fields => ({net: net('a'), port: of('Neutron::Port', {network})});

const fateOfPort = (from: unknown, to: unknown): string | undefined =>
  fates({from: portOn(from), to: portOn(to)})['port'];

test('a reference said by id is no change while the thing stays', t => {
  t.is(fateOfPort(ref('net'), 'net-id'), 'unchanged');
  t.is(fateOfPort('net-id', ref('net')), 'unchanged');
  t.is(fateOfPort(ref('net'), 'other'), 'replaced');
  t.is(fateOfPort('other', ref('net')), 'replaced');
});

test('a nested stack is left alone only where no file changed', t => {
  const from = {group: of('Heat::ResourceGroup', {count: 2})};
  t.deepEqual(fates({from, to: from}), {group: 'unchanged'});
  const found = all({from, to: from, files: [{'a.yaml': 'x'}, {'a.yaml': 'y'}]}).get('group');
  t.like(found, {fate: 'updated', sure: false});
  t.truthy(found?.loses);
});

test('what is lost is named: data, volumes that go with their server, nothing that stays by its policy', t => {
  const from = {
    data: of('Cinder::Volume', {size: 1}),
    kept: of('Cinder::Volume', {size: 1}, {deletion_policy: 'Retain'}),
    saved: of('Cinder::Volume', {size: 1}, {deletion_policy: 'Snapshot'}),
    boot: of('Cinder::Volume', {size: 1}),
    server: of('Nova::Server', {
      block_device_mapping_v2: [
        {volume_id: ref('boot'), delete_on_termination: true},
        {volume_id: ref('data')},
      ],
    }),
    net: net('a'),
  };
  const found = all({from, to: {}});
  t.is(found.get('data')?.loses, 'its data');
  t.is(found.get('kept')?.loses, undefined);
  t.is(found.get('saved')?.loses, 'its data (a snapshot of it stays)');
  t.is(found.get('server')?.loses, 'its own disks, and with delete_on_termination: boot');
  t.is(found.get('net')?.loses, undefined);
});

const onVolume = (user: string, size = 1): Fields => ({
  boot: of('Cinder::Volume', {size, type: user === 'both' ? 'x' : 'y'}),
  server: of('Nova::Server', {
    user_data: user,
    block_device_mapping_v2: [{volume_id: ref('boot'), delete_on_termination: true}],
  }),
});

test('a new server can not have the volume that the old one holds', t => {
  const found = all({from: onVolume('a'), to: onVolume('b')}).get('server');
  t.is(found?.fate, 'replaced');
  t.regex(found?.fails?.why ?? '', /can't be built on boot while the old one has it/);
  t.regex(found?.fails?.hint ?? '', /user_data.*delete_on_termination/);
  // A new volume is made with it.
  t.is(all({from: onVolume('a'), to: onVolume('both')}).get('server')?.fails, undefined);
});

test('changes of the stack alone: outputs, description, parameters that nothing uses', t => {
  const from = {a: net('a')};
  const [before, after] = states({
    from,
    to: from,
    parameters: {p: {type: 'string'}},
    values: [{p: 'x'}, {p: 'y'}],
  });
  const made = forecast(
    before,
    {...after, template: {...after.template, outputs: {id: {value: ref('a')}}}},
    known,
  );
  t.deepEqual(made.stack, ['outputs', 'parameter p']);
  t.false(isNothing(made));
});

test('a type that Heat tells nothing of is not sure', t => {
  const from = {x: of('Odd::Thing', {a: 1})};
  t.deepEqual(fates({from, to: {x: of('Odd::Thing', {a: 2})}}), {x: 'updated?'});
});

test('references in a circle end', t => {
  const from = {a: of('Neutron::Port', {subnet: ref('b')}), b: of('Neutron::Port', {subnet: ref('a')})};
  t.deepEqual(Object.keys(fates({from, to: from})).sort(), ['a', 'b']);
});
