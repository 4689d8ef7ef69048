/** Which values become which parameters. */
import test from 'ava';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import type {Shape} from '../../src/model/shape.ts';
import {render} from '../../src/pipeline/index.ts';
import {parsePyYaml} from '../../src/model/pyyaml.ts';
import {inventoryOf} from '../support/inventory.ts';

type Fields = Readonly<Record<string, unknown>>;

const net = {id: 'n1', name: 'web', project_id: 'p1', admin_state_up: true, shared: false};
const subnet = {
  id: 's1',
  name: 'web',
  project_id: 'p1',
  network_id: 'n1',
  ip_version: 4,
  cidr: '10.1.0.0/24',
  gateway_ip: '10.1.0.254',
  enable_dhcp: true,
  allocation_pools: [{start: '10.1.0.10', end: '10.1.0.20'}],
  dns_nameservers: ['9.9.9.9', '1.1.1.1'],
  host_routes: [],
  ipv6_ra_mode: null,
  ipv6_address_mode: null,
  subnetpool_id: null,
};
function volume(id: string, name: string, size: number, more: Fields = {}): Fields {
  return {
    id,
    name,
    size,
    status: 'available',
    description: null,
    volume_type: null,
    availability_zone: null,
    bootable: 'false',
    snapshot_id: null,
    source_volid: null,
    metadata: {},
    attachments: [],
    ...more,
  };
}

interface Made {
  readonly parameters: Readonly<Record<string, Fields>>;
  readonly resources: Readonly<Record<string, {readonly properties: Fields}>>;
  readonly environment: Fields;
  readonly report: ReturnType<typeof render>['report'];
}

function made(rows: Readonly<Record<string, readonly object[]>>, shape: Shape): Made {
  const inventory: Inventory = inventoryOf(rows);
  const {bundle, report} = render(inventory, {shape});
  const read = (path: string) =>
    parsePyYaml(bundle.find(file => file.path === path)?.text ?? '') as Readonly<Record<string, unknown>>;
  const {parameters, resources} = read('template.yaml') as unknown as Made;
  const {parameters: environment} = read('environment.yaml') as {parameters: Fields | null};
  return {parameters: parameters ?? {}, resources, environment: environment ?? {}, report};
}

const network = {network: [net], subnet: [subnet]};

test('a range is a parameter with everything that holds an address in it', t => {
  const other = {
    ...subnet,
    id: 's2',
    name: 'db',
    cidr: '10.2.0.0/24',
    gateway_ip: null,
    allocation_pools: [],
  };
  const group = {
    id: 'g1',
    name: 'web',
    project_id: 'p1',
    description: '',
    security_group_rules: [],
  };
  const rows = {network: [net], subnet: [subnet, other], security_group: [group]};
  const {parameters, resources, report} = made(rows, {parameterize: ['cidr']});
  t.deepEqual(resources['subnet_web']?.properties['cidr'], {get_param: 'cidr_web'});
  t.deepEqual(resources['subnet_web']?.properties['gateway_ip'], {get_param: 'gateway_web'});
  t.deepEqual(resources['subnet_web']?.properties['allocation_pools'], [
    {start: {get_param: 'pool_start_web'}, end: {get_param: 'pool_end_web'}},
  ]);
  t.is(resources['subnet_db']?.properties['gateway_ip'], '', 'none is no address');
  t.deepEqual(parameters['cidr_web'], {
    type: 'string',
    description: 'Range of web',
    default: '10.1.0.0/24',
    constraints: [{custom_constraint: 'net_cidr'}],
  });
  t.deepEqual(parameters['gateway_web']?.['constraints'], [{custom_constraint: 'ip_addr'}]);
  const cidr = report.parameters.find(({name}) => name === 'cidr_web');
  t.deepEqual(
    cidr?.sets?.map(({id, field}) => `${id} ${field}`).sort(),
    ['s1 allocation_pools[0].end', 's1 allocation_pools[0].start', 's1 cidr', 's1 gateway_ip'],
    'with another range all of it may differ',
  );
});

test('two subnets of one range share it', t => {
  const rows = {network: [net], subnet: [subnet, {...subnet, id: 's2', name: 'second'}]};
  const {parameters, resources} = made(rows, {parameterize: ['cidr']});
  t.deepEqual(resources['subnet_second']?.properties['cidr'], {get_param: 'cidr_web'});
  t.is(Object.keys(parameters).filter(name => name.startsWith('cidr')).length, 1);
});

test('a range that Heat would refuse as written has no constraint', t => {
  const rows = {
    network: [net],
    subnet: [{...subnet, ip_version: 6, cidr: '2001:DB8::/64', gateway_ip: null}],
  };
  const {parameters} = made(rows, {parameterize: ['cidr']});
  t.is(parameters['cidr_web']?.['constraints'], undefined);
});

test('resolvers are one list, in their order', t => {
  const {parameters, environment, resources, report} = made(network, {parameterize: ['dns']});
  t.like(parameters['dns_nameservers_web'], {type: 'comma_delimited_list', default: '9.9.9.9,1.1.1.1'});
  t.is(environment['dns_nameservers_web'], '9.9.9.9,1.1.1.1');
  t.deepEqual(resources['subnet_web']?.properties['dns_nameservers'], {get_param: 'dns_nameservers_web'});
  t.like(report.parameters, [{name: 'dns_nameservers_web', role: 'given', type: 'comma_delimited_list'}]);
});

test('names: one parameter for each, none for what has none, and the bounds of them', t => {
  const rows = {...network, volume: [volume('v1', 'web', 1), volume('v2', '', 1)]};
  const {parameters, resources} = made(rows, {parameterize: ['names']});
  t.deepEqual(Object.keys(parameters), ['name_web']);
  t.is(parameters['name_web']?.['description'], 'Name of the network, the subnet and the volume');
  t.deepEqual(parameters['name_web']?.['constraints'], [{length: {min: 1, max: 255}}]);
  const names = Object.values(resources).map(({properties}) => properties['name']);
  const plain = names.filter(name => typeof name === 'string');
  t.deepEqual(plain, [' ']);
  t.deepEqual(
    names.filter(name => typeof name !== 'string'),
    Array.from({length: 3}, () => ({get_param: 'name_web'})),
  );
});

test('sizes: a number no smaller than what the volume is made from', t => {
  const rows = {
    volume: [
      volume('v1', 'one', 10),
      volume('v2', 'two', 10),
      volume('v3', 'copy', 20, {source_volid: 'v1'}),
      volume('v4', 'boot', 8, {
        bootable: 'true',
        volume_image_metadata: {image_id: 'i1', image_name: 'debian', min_disk: '3', size: '4831838208'},
      }),
    ],
    image: [{id: 'i1', name: 'debian'}],
  };
  const {parameters, environment, resources} = made(rows, {parameterize: ['sizes']});
  t.deepEqual(parameters['size_one'], {
    type: 'number',
    label: 'Size in GiB of 2 volumes',
    description: 'Size in GiB of one and two',
    default: 10,
    constraints: [{range: {min: 1}}],
  });
  t.deepEqual(parameters['size_copy']?.['constraints'], [{range: {min: 10}}]);
  t.deepEqual(parameters['size_boot']?.['constraints'], [{range: {min: 5}}], 'the image is 4.5 GiB');
  t.is(environment['size_one'], 10);
  t.deepEqual(resources['volume_two']?.properties['size'], {get_param: 'size_one'});
});

test('metadata: all keys, or the one that is named', t => {
  const rows = {
    volume: [
      volume('v1', 'a', 1, {metadata: {tier: 'gold', owner: 'ops'}}),
      volume('v2', 'b', 1, {metadata: {tier: 'gold', get_param: 'x'}}),
      volume('v3', 'c', 1, {metadata: {get_file: 'name of a function'}}),
    ],
  };
  const one = made(rows, {parameterize: ['metadata.tier']});
  t.deepEqual(one.resources['volume_a']?.properties['metadata'], {
    tier: {get_param: 'metadata_tier_a'},
    owner: 'ops',
  });
  t.deepEqual(Object.keys(one.parameters), ['metadata_tier_a', 'volume_c_metadata']);
  const all = made(rows, {parameterize: ['metadata']});
  t.deepEqual(all.resources['volume_a']?.properties['metadata'], {
    tier: {get_param: 'metadata_tier_a'},
    owner: {get_param: 'metadata_owner_a'},
  });
  t.is(all.environment['metadata_get_param_b'], 'x');
  t.deepEqual(
    all.environment['volume_c_metadata'],
    {get_file: 'name of a function'},
    'what Heat would run is a parameter as a whole',
  );
  const tier = all.report.parameters.find(({name}) => name === 'metadata_tier_a');
  t.deepEqual(tier?.sets, [
    {kind: 'volume', id: 'v1', field: 'metadata.tier'},
    {kind: 'volume', id: 'v2', field: 'metadata.tier'},
  ]);
});

test('a bound that the source itself does not keep is none', t => {
  const rows = {volume: [volume('v1', 'odd', 2, {metadata: {long: 'x'.repeat(300)}})]};
  const {parameters} = made(rows, {parameterize: ['metadata']});
  t.is(parameters['metadata_long_odd']?.['constraints'], undefined);
});

test('an unknown class, an unknown key, and what is frozen too are refused with near misses', t => {
  const rows = {...network, volume: [volume('v1', 'a', 1, {metadata: {tier: 'gold'}})]};
  const refusal = (shape: Shape) =>
    t.throws<RekindleError>(() => made(rows, shape), {instanceOf: RekindleError, code: 'usage'});
  t.is(refusal({parameterize: ['size']})?.hint, 'did you mean sizes?');
  t.is(refusal({parameterize: ['metadata.teir']})?.hint, 'did you mean metadata.tier?');
  t.regex(refusal({parameterize: ['dns'], freeze: ['dns']})?.message ?? '', /both parameterized and frozen/);
});

test('the same rows in any order give the same parameters', t => {
  const volumes = [volume('v1', 'one', 10), volume('v2', 'two', 10), volume('v3', 'three', 5)];
  const [there, back] = [volumes, volumes.toReversed()].map(rows =>
    made({...network, volume: rows}, {parameterize: ['sizes', 'names', 'cidr']}),
  );
  t.deepEqual(there, back);
});
