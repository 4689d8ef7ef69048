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

test('load balancers and their parts are counted there, members inside their pools', async t => {
  const project: Replies = {
    ...heatReplies({'OS::Octavia::Pool': ['protocol'], 'OS::Octavia::PoolMember': ['pool']}),
    'GET load-balancer lbaas/quotas/p1': {body: {quota: {pool: 2, member: 3, listener: -1}}},
    'GET load-balancer lbaas/pools': {
      body: {
        pools: [
          {id: 'p', members: [{id: 'a'}, {id: 'b'}]},
          {id: 'q', members: []},
        ],
      },
    },
  };
  const resources = {
    pool: {type: 'OS::Octavia::Pool', properties: {}},
    a: {type: 'OS::Octavia::PoolMember', properties: {pool: {get_resource: 'pool'}}},
    b: {type: 'OS::Octavia::PoolMember', properties: {pool: {get_resource: 'pool'}}},
  };
  t.deepEqual(await found(resources, {}, project), [
    'quota pool: 1 pools needed, 0 free (limit 2, used 2): 1 short',
    'quota member: 2 pool members needed, 1 free (limit 3, used 2): 1 short',
  ]);
});

test("zones, secrets and shares against their services' own words", async t => {
  const project: Replies = {
    ...heatReplies({
      'OS::Designate::Zone': ['name'],
      'OS::Designate::RecordSet': ['zone', 'records'],
      'OS::Barbican::Secret': ['name'],
      'OS::Manila::Share': ['size', 'share_protocol'],
    }),
    'GET dns quotas/p1': {body: {zones: 1, zone_recordsets: 500, recordset_records: 1}},
    'GET dns zones': {body: {zones: [{id: 'z', name: 'other.'}]}},
    'GET key-manager quotas': {body: {quotas: {secrets: 7, containers: -1}}},
    'GET key-manager secrets': {body: {secrets: [], total: 7}},
    'GET shared-file-system limits': {
      body: {
        limits: {
          absolute: {
            maxTotalShares: 5,
            totalSharesUsed: 0,
            maxTotalShareGigabytes: 9,
            totalShareGigabytesUsed: 1,
          },
        },
      },
    },
  };
  const resources = {
    zone: {type: 'OS::Designate::Zone', properties: {name: 'example.'}},
    www: {
      type: 'OS::Designate::RecordSet',
      properties: {zone: {get_resource: 'zone'}, records: ['192.0.2.1', '192.0.2.2']},
    },
    secret: {type: 'OS::Barbican::Secret', properties: {}},
    share: {type: 'OS::Manila::Share', properties: {size: 9, share_protocol: 'NFS'}},
  };
  t.deepEqual(await found(resources, {}, project), [
    'quota zones: 1 DNS zones needed, 0 free (limit 1, used 1): 1 short',
    'resource www: has 2 records; the quota recordset_records is 1: 1 short',
    'quota secrets: 1 secrets needed, 0 free (limit 7, used 7): 1 short',
    'quota share_gigabytes: 9 GiB of shares needed, 8 free (limit 9, used 1): 1 short',
  ]);
});

test('what one server, volume or group may have', async t => {
  const compute = {maxServerMeta: 1, maxServerGroupMembers: 1};
  const member = {metadata: {a: '1', b: '2'}, scheduler_hints: {group: {get_resource: 'group'}}};
  const more = {
    ...types,
    'OS::Nova::Server': [...types['OS::Nova::Server'], 'metadata', 'scheduler_hints'],
  };
  t.deepEqual(
    await found(
      {
        a: server(member),
        b: server({scheduler_hints: {group: {get_resource: 'group'}}}),
        group: {type: 'OS::Nova::ServerGroup', properties: {}},
        v: {type: 'OS::Cinder::Volume', properties: {size: 11}},
      },
      {compute, volume: {per_volume_gigabytes: [10, 0]}},
      heatReplies(more),
    ),
    [
      'resource a: has 2 entries of metadata; the quota metadata_items is 1: 1 short',
      'resource group: has 2 servers in it; the quota server_group_members is 1: 1 short',
      'resource v: has 11 GiB; the quota per_volume_gigabytes is 10: 1 short',
    ],
  );
});

test('the keypairs of the user are counted, and the VIP of a load balancer is a port', async t => {
  const project: Replies = {
    ...heatReplies({'OS::Nova::KeyPair': ['name', 'public_key'], 'OS::Octavia::LoadBalancer': ['name']}),
    'GET compute os-keypairs': {body: {keypairs: [{keypair: {name: 'a'}}]}},
    'GET load-balancer lbaas/quotas/p1': {body: {quota: {load_balancer: -1}}},
  };
  const resources = {
    key: {type: 'OS::Nova::KeyPair', properties: {name: 'b'}},
    lb: {type: 'OS::Octavia::LoadBalancer', properties: {}},
  };
  t.deepEqual(await found(resources, {compute: {maxTotalKeypairs: 1}, network: {port: [4, 4]}}, project), [
    'quota key_pairs: 1 key pairs needed, 0 free (limit 1, used 1): 1 short',
    'quota port: 1 ports needed, 0 free (limit 4, used 4): 1 short',
  ]);
});
