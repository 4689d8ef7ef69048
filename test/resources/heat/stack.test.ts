import {mkdtemp} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test from 'ava';
import {emit} from '../../../src/emit/index.ts';
import type {StacksMode} from '../../../src/model/define.ts';
import {Ref} from '../../../src/model/value.ts';
import {relate} from '../../../src/relate/index.ts';
import {readBundle, writeBundle} from '../../../src/store/index.ts';
import {inventoryOf} from '../../support/inventory.ts';

const stackId = '5f1d3c52-0000-4000-8000-000000000001';
const uuid = (last: number): string => `5f1d3c52-0000-4000-8000-0000000000${String(last).padStart(2, '0')}`;
const [netId, serverId, portId, madePortId, groupNetId, outerVolume] = [10, 11, 12, 13, 14, 15].map(uuid) as [
  string,
  string,
  string,
  string,
  string,
  string,
];

const template = {
  heat_template_version: '2018-08-31',
  parameters: {
    network: {type: 'string', constraints: [{custom_constraint: 'neutron.network'}]},
    named: {type: 'string', constraints: [{custom_constraint: 'neutron.network'}]},
    nets: {type: 'comma_delimited_list'},
    password: {type: 'string', hidden: true},
    plain: {type: 'string'},
  },
  resources: {
    server: {type: 'OS::Nova::Server', properties: {user_data: {get_file: 'file:///home/dana/boot.sh'}}},
    port: {type: 'OS::Neutron::Port'},
    group: {
      type: 'OS::Heat::ResourceGroup',
      properties: {resource_def: {type: 'My::Net', properties: {type: 'not a type'}}},
    },
  },
};

const files = {
  'file:///home/dana/boot.sh': '#!/bin/sh\necho hello\n',
  'file:///home/dana/net.yaml': [
    '# kept as it is',
    "heat_template_version: '2018-08-31'",
    'resources:',
    '  net: {type: My::Inner}',
    '',
  ].join('\n'),
  'file:///home/dana/inner.yaml': "heat_template_version: '2018-08-31'\n",
};

const environment = {
  parameters: {network: netId, named: 'web', nets: `${netId}, other`, password: '******', plain: 'web'},
  parameter_defaults: {unknown_to_it: 'x'},
  resource_registry: {
    'My::Net': 'file:///home/dana/net.yaml',
    'My::Inner': 'file:///home/dana/inner.yaml',
    resources: {},
  },
};

const stack = {
  id: stackId,
  stack_name: 'grown',
  stack_status: 'CREATE_COMPLETE',
  template: JSON.stringify(template),
  files: JSON.stringify(files),
  environment: JSON.stringify(environment),
};

const owns = (name: string, type: string, id: string, more: object = {}) => ({
  id: `grown/${stackId}/resources/${name}`,
  stack_id: stackId,
  resource_name: name,
  resource_type: type,
  physical_resource_id: id,
  ...more,
});

const port = (id: string, name: string, device_id = '') => ({
  id,
  project_id: 'p1',
  name,
  network_id: netId,
  device_id,
  device_owner: device_id === '' ? '' : 'compute:nova',
  fixed_ips: [],
  mac_address: 'fa:16:3e:00:00:01',
});

const rows = {
  network: [
    {id: netId, project_id: 'p1', name: 'web'},
    {id: groupNetId, project_id: 'p1', name: 'of the group'},
  ],
  port: [port(portId, 'given', serverId), port(madePortId, '', serverId)],
  server: [
    {
      id: serverId,
      name: 'grown-server-x',
      tenant_id: 'p1',
      status: 'ACTIVE',
      flavor: {original_name: 'm1.tiny'},
      image: {id: 'i1'},
    },
  ],
  volume: [
    {
      id: outerVolume,
      name: 'by hand',
      status: 'in-use',
      size: 1,
      bootable: 'false',
      metadata: {},
      attachments: [{attachment_id: 'a1', server_id: serverId, device: '/dev/vdb'}],
    },
  ],
  stack: [stack],
  stack_resource: [
    owns('server', 'OS::Nova::Server', serverId),
    owns('port', 'OS::Neutron::Port', portId),
    owns('group', 'OS::Heat::ResourceGroup', uuid(20)),
    owns('0', 'OS::Neutron::Net', groupNetId, {parent_resource: 'group'}),
  ],
};

const related = (stacks: StacksMode, more: object = {}) =>
  relate(inventoryOf({...rows, ...more}), {stacks}).graph;
const placeOf = (stacks: StacksMode, key: string, more: object = {}) =>
  related(stacks, more).nodes.get(key)?.place;

test('as-resources: what a stack owns is rebuilt one by one, and named with its stack', t => {
  const {nodes} = related('as-resources');
  for (const key of [`server:${serverId}`, `port:${portId}`, `network:${groupNetId}`]) {
    t.is(nodes.get(key)?.place.as, 'resource', key);
    t.is(nodes.get(key)?.stack, 'grown', key);
  }
  t.is(nodes.get(`port:${madePortId}`)?.stack, 'grown', "the server's own port");
  t.is(nodes.get(`network:${netId}`)?.stack, undefined);
  t.is(nodes.get(`stack:${stackId}`)?.place.as, 'skipped');
});

test('as-resources: what only Heat knows of is lost with its reason', t => {
  const [lost, ...others] = [...related('as-resources').nodes.values()].filter(
    node => node.kind === 'stack_only',
  );
  t.is(others.length, 0);
  t.is(lost?.label, 'group');
  t.like(lost?.place, {as: 'lost'});
  t.regex(JSON.stringify(lost?.place), /OS::Heat::ResourceGroup: .*--stacks as-template/);
});

test('as-template: what a stack owns is part of it, with what is made for it unsaid', t => {
  const {nodes} = related('as-template');
  t.is(nodes.get(`stack:${stackId}`)?.place.as, 'resource');
  const parts = [`server:${serverId}`, `port:${portId}`, `port:${madePortId}`, `network:${groupNetId}`];
  for (const key of parts) t.like(nodes.get(key)?.place, {as: 'part', of: {kind: 'stack', id: stackId}}, key);
  t.is(nodes.get(`network:${netId}`)?.place.as, 'resource');
  t.deepEqual(nodes.get(`server:${serverId}`)?.steps, []);
});

test('skip: a stack and what it owns stay out, and say so', t => {
  t.is(placeOf('skip', `stack:${stackId}`)?.as, 'skipped');
  t.deepEqual(placeOf('skip', `server:${serverId}`), {
    as: 'skipped',
    reason: 'belongs to the stack grown, which is left out',
  });
  t.is(placeOf('skip', `network:${netId}`)?.as, 'resource');
});

test('as-template: a stack that failed is not made again; what it owns is rebuilt one by one', t => {
  const failed = {stack: [{...stack, stack_status: 'CREATE_FAILED'}]};
  t.is(placeOf('as-template', `stack:${stackId}`, failed)?.as, 'skipped');
  t.is(placeOf('as-template', `server:${serverId}`, failed)?.as, 'resource');
});

test('a stack that a clone was deployed as owns nothing', t => {
  const {graph} = relate(inventoryOf(rows), {stacks: 'as-template', transparent: [stackId]});
  t.is(graph.nodes.get(`network:${groupNetId}`)?.place.as, 'resource');
});

interface Written {
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly resources: Readonly<Record<string, {readonly properties: Readonly<Record<string, unknown>>}>>;
}

async function written(more: object = {}) {
  const graph = related('as-template', more);
  const dir = join(await mkdtemp(join(tmpdir(), 'rekindle-')), 'out');
  const {bundle} = emit(graph, {shape: {stacks: 'as-template'}});
  await writeBundle(dir, bundle);
  return {dir, bundle, loaded: await readBundle(dir)};
}

test('parameters that name things of the snapshot refer to them; hidden ones are asked for', async t => {
  const {loaded} = await written();
  const {resources, parameters} = loaded.template as unknown as Written;
  t.deepEqual(resources['stack_grown']?.properties['parameters'], {
    network: {get_resource: 'network_web'},
    // By its constraint a name of ours; `plain` may be any text.
    named: {get_resource: 'network_web'},
    nets: [{get_resource: 'network_web'}, 'other'],
    password: {get_param: 'password_of_stack_grown'},
    plain: 'web',
  });
  t.like(parameters['password_of_stack_grown'], {hidden: true, default: ''});
});

test('files go with the template under names of their own, types named by the environment too', async t => {
  const {loaded} = await written();
  const inner = JSON.parse(JSON.stringify(loaded.files)) as Record<string, string>;
  const names = Object.keys(inner);
  t.is(names.filter(name => name.startsWith('files/')).length, 1);
  const [boot, net, deepest] = ['boot', 'net', 'inner'].map(stem =>
    names.find(name => new RegExp(`^grown-${stem}-[0-9a-f]{6}\\.(sh|yaml)$`).test(name)),
  );
  t.is(inner[boot ?? ''], files['file:///home/dana/boot.sh'], 'a script is never touched');
  const text = inner['files/grown.yaml'] ?? '';
  t.regex(text, new RegExp(`get_file: ${boot}`));
  t.regex(text, new RegExp(`type: ${net}`));
  t.regex(text, /type: not a type/);
  t.regex(inner[net ?? ''] ?? '', new RegExp(`^# kept as it is[^]*type: ${deepest}`));
  t.notRegex(text, /file:\/\/|My::/);
});

test('what refers to a resource of the stack does so by an output added to its template', async t => {
  const {loaded} = await written();
  const {resources} = loaded.template as unknown as Written;
  const attachment = Object.entries(resources).find(([name]) => name.startsWith('volume_attachment'))?.[1];
  t.deepEqual(attachment?.properties['instance_uuid'], {
    get_attr: ['stack_grown', 'outputs', 'rekindle_server'],
  });
  t.regex(loaded.files['files/grown.yaml'] ?? '', /rekindle_server:[^]*get_resource: server/);
});

test('what refers to something the stack makes without a name for it loses that, and says so', t => {
  const floating = {
    id: uuid(30),
    project_id: 'p1',
    floating_ip_address: '203.0.113.7',
    floating_network_id: uuid(31),
    port_id: madePortId,
    fixed_ip_address: null,
  };
  const node = related('as-template', {floating_ip: [floating]}).nodes.get(`floating_ip:${uuid(30)}`);
  t.is(node?.place.as, 'resource');
  t.false(Object.hasOwn(node?.properties ?? {}, 'port_id'));
  t.like(
    node?.ledger.find(({field}) => field === 'port_id'),
    {fate: 'lost'},
  );
});

test('a file of a nested template that is replaced goes with the bundle', async t => {
  const {dir, bundle} = await written();
  await writeBundle(dir, bundle, {force: true});
  const other = emit(related('skip')).bundle;
  await writeBundle(dir, other, {force: true});
  t.deepEqual((await readBundle(dir)).files, {});
});

const group = (id: string, name: string, rules: readonly object[]) => ({
  id,
  project_id: 'p1',
  name,
  description: '',
  stateful: true,
  security_group_rules: rules,
});

test('a thing that needs the stack and that the stack needs: the stack wins, the loss is announced', t => {
  const other = uuid(40);
  const rule = {
    id: uuid(41),
    project_id: 'p1',
    security_group_id: uuid(42),
    direction: 'ingress',
    ethertype: 'IPv4',
    protocol: 'tcp',
    port_range_min: 80,
    port_range_max: 80,
    remote_group_id: other,
    remote_ip_prefix: null,
  };
  const {nodes, edges} = related('as-template', {
    security_group: [group(other, 'inside', []), group(uuid(42), 'outside', [rule])],
    stack: [{...stack, environment: JSON.stringify({parameters: {plain: uuid(42)}})}],
    stack_resource: [owns('inside', 'OS::Neutron::SecurityGroup', other)],
  });
  t.is(
    edges.filter(edge => edge.to === `stack:${stackId}`).length,
    0,
    'or Heat would answer 500 without a cause',
  );
  const lost = [...nodes.values()].flatMap(node =>
    node.ledger.filter(entry => /that stack needs this/.test(entry.reason ?? '')),
  );
  t.is(lost.length, 1);
});

const flavored = (parameters: object, given: object) => {
  const resources = {
    server: {
      type: 'OS::Nova::Server',
      properties: {flavor: {get_param: 'size'}, image: {get_param: 'image'}},
    },
  };
  const body = {heat_template_version: '2018-08-31', parameters, resources};
  const own = {
    ...stack,
    template: JSON.stringify(body),
    files: '{}',
    environment: JSON.stringify({parameters: given}),
  };
  return related('as-template', {stack: [own]}).nodes.get(`stack:${stackId}`)?.properties['parameters'];
};

test('as-template: a flavor is known by what was made of it, for no row tells the id that the stack was given', t => {
  const size = {type: 'string'};
  const tiny = {size: new Ref('flavor', 'm1.tiny')};
  t.deepEqual(flavored({size}, {size: uuid(30)}), tiny);
  t.deepEqual(flavored({size: {...size, default: uuid(30)}}, {}), tiny);
  t.deepEqual(flavored({size}, {size: 'm1.tiny'}), tiny);
  t.deepEqual(flavored({other: size}, {other: uuid(30)}), {other: uuid(30)});
});

test('as-template: of servers with several flavors nobody can tell which one was given', t => {
  const second = {...rows.server[0], id: uuid(31), flavor: {original_name: 'm1.big'}};
  const resources = Object.fromEntries(
    ['server', 'more'].map(name => [
      name,
      {type: 'OS::Nova::Server', properties: {flavor: {get_param: 'size'}}},
    ]),
  );
  const body = {heat_template_version: '2018-08-31', parameters: {size: {type: 'string'}}, resources};
  const own = {
    ...stack,
    template: JSON.stringify(body),
    files: '{}',
    environment: JSON.stringify({parameters: {size: uuid(30)}}),
  };
  const {nodes} = related('as-template', {
    stack: [own],
    server: [...rows.server, second],
    stack_resource: [...rows.stack_resource, owns('more', 'OS::Nova::Server', uuid(31))],
  });
  t.deepEqual(nodes.get(`stack:${stackId}`)?.properties['parameters'], {size: uuid(30)});
});
