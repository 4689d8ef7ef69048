import test from 'ava';
import {preflight} from '../../src/deploy/preflight.ts';
import {fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter} from '../support/stack.ts';

const types = {
  'OS::Nova::Server': ['flavor', 'networks', 'block_device_mapping_v2'],
  'OS::Nova::ServerGroup': ['name'],
  'OS::Cinder::Volume': ['size', 'volume_type'],
  'OS::Neutron::Net': ['name'],
  'OS::Neutron::Port': ['network'],
  'OS::Neutron::RouterInterface': ['subnet', 'port'],
  'OS::Neutron::SecurityGroup': ['rules'],
};

const server = (more: object = {}): object => ({
  type: 'OS::Nova::Server',
  properties: {flavor: {get_param: 'flavor_x'}, networks: [{allocate_network: 'none'}], ...more},
});

function group(...rules: object[]): object {
  return {type: 'OS::Neutron::SecurityGroup', properties: {rules}};
}

async function found(
  resources: Readonly<Record<string, unknown>>,
  quotas: {
    readonly compute?: Readonly<Record<string, number>>;
    readonly network?: Readonly<Record<string, readonly [limit: number, used: number]>>;
    readonly volume?: Readonly<Record<string, readonly [limit: number, used: number]>>;
  },
  replies: Replies = {},
): Promise<readonly string[]> {
  const {session} = fakeCloud({
    ...heatReplies(types),
    'GET compute flavors/detail': {body: {flavors: [{id: 'f1', name: 'm1.small', vcpus: 2, ram: 2048}]}},
    'GET compute limits': {body: {limits: {absolute: quotas.compute ?? {}}}},
    'GET network quotas/p1/details': {
      body: {
        quota: Object.fromEntries(
          Object.entries(quotas.network ?? {}).map(([name, [limit, used]]) => [
            name,
            {limit, used, reserved: 0},
          ]),
        ),
      },
    },
    'GET block-storage os-quota-sets/p1': {
      body: {
        quota_set: {
          id: 'p1',
          ...Object.fromEntries(
            Object.entries(quotas.volume ?? {}).map(([name, [limit, used]]) => [
              name,
              {limit, in_use: used, reserved: 0},
            ]),
          ),
        },
      },
    },
    ...replies,
  });
  const bundle = bundleOf([parameter('flavor_x', 'flavor', 'm1.small', 'nova.flavor')], resources);
  const {findings} = await preflight(session, bundle, {stack: 'web'});
  return findings.map(({where, what}) => `${where}: ${what}`);
}

test('servers, cores and memory are counted from the flavors', async t => {
  const compute = {
    maxTotalInstances: 2,
    totalInstancesUsed: 1,
    maxTotalCores: 4,
    totalCoresUsed: 1,
    maxTotalRAMSize: 4096,
    totalRAMUsed: 0,
  };
  t.deepEqual(await found({a: server(), b: server()}, {compute}), [
    'quota instances: 2 servers needed, 1 free (limit 2, used 1): 1 short',
    'quota cores: 4 cores needed, 3 free (limit 4, used 1): 1 short',
  ]);
});

test('volumes count with those that a server boots from, and per type', async t => {
  const disks = [
    {image: 'i1', volume_size: 20, boot_index: 0},
    {volume_id: {get_resource: 'v'}, boot_index: -1},
  ];
  const volume = {type: 'OS::Cinder::Volume', properties: {size: 100, volume_type: 'fast'}};
  t.deepEqual(
    await found(
      {a: server({block_device_mapping_v2: disks}), v: volume},
      {
        volume: {volumes: [1, 0], gigabytes: [110, 0], gigabytes_fast: [90, 10], volumes_fast: [-1, 5]},
      },
    ),
    [
      'quota volumes: 2 volumes needed, 1 free (limit 1, used 0): 1 short',
      'quota gigabytes: 120 GiB of volumes needed, 110 free (limit 110, used 0): 10 short',
      'quota gigabytes_fast: 100 GiB of volumes of type "fast" needed, 80 free (limit 90, used 10): 20 short',
    ],
  );
});

test('router interfaces and NICs without a port take ports', async t => {
  const resources = {
    a: server({networks: [{network: 'n'}, {port: {get_resource: 'p'}}]}),
    p: {type: 'OS::Neutron::Port', properties: {network: 'n'}},
    leg: {type: 'OS::Neutron::RouterInterface', properties: {subnet: 's'}},
    other: {type: 'OS::Neutron::RouterInterface', properties: {port: {get_resource: 'p'}}},
  };
  t.deepEqual(await found(resources, {network: {port: [2, 0]}}), [
    'quota port: 3 ports needed, 2 free (limit 2, used 0): 1 short',
  ]);
});

test("a group's own egress rules replace Neutron's two", async t => {
  const quota = {network: {security_group_rule: [0, 0]}} as const;
  t.regex(
    (await found({g: group({direction: 'ingress'})}, quota))[0] ?? '',
    /: 3 security group rules needed/,
  );
  t.regex(
    (await found({g: group({direction: 'egress'})}, quota))[0] ?? '',
    /: 1 security group rules needed/,
  );
});

test('no limit is no problem, and enough is enough', async t => {
  const compute = {maxTotalInstances: -1, maxTotalCores: 2, maxTotalRAMSize: 2048};
  t.deepEqual(await found({a: server()}, {compute, network: {network: [1, 0]}}), []);
});

test('what a condition switches off is not counted', async t => {
  const compute = {maxTotalInstances: 0, totalInstancesUsed: 0};
  t.deepEqual(await found({a: {...server(), condition: {equals: ['a', 'b']}}}, {compute}), []);
});

test('members that may not read quota sets are checked against the plain limits', async t => {
  const limits = {absolute: {maxTotalVolumes: 10, totalVolumesUsed: 10}};
  t.deepEqual(
    await found(
      {v: {type: 'OS::Cinder::Volume', properties: {size: 1}}},
      {},
      {
        'GET block-storage os-quota-sets/p1': {status: 403},
        'GET block-storage limits': {body: {limits}},
      },
    ),
    ['quota volumes: 1 volumes needed, 0 free (limit 10, used 10): 1 short'],
  );
});

test('quotas that nobody may read are a warning', async t => {
  t.deepEqual(
    await found(
      {n: {type: 'OS::Neutron::Net', properties: {}}},
      {},
      {'GET network quotas/p1/details': {status: 404}},
    ),
    ["quota: the network quotas of the target can't be read, so they are not checked"],
  );
});
