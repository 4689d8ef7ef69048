import test from 'ava';
import {preflight, type PreflightOptions} from '../../src/deploy/preflight.ts';
import type {ReportParameter} from '../../src/model/bundle.ts';
import {fakeCloud, type Replies} from '../support/fake-cloud.ts';
import {bundleOf, heatReplies, parameter} from '../support/stack.ts';

const target: Replies = {
  ...heatReplies(),
  'GET compute flavors/detail': {
    body: {
      flavors: [
        {id: 'f1', name: 'm1.small'},
        {id: 'f2', name: 'm1.medium'},
        {id: 'f3', name: 'gpu'},
      ],
    },
  },
  'GET image images': {
    body: {
      images: [
        {id: 'i1', name: 'debian 12', status: 'active'},
        {id: 'i2', name: 'twin', status: 'active'},
        {id: 'i3', name: 'twin', status: 'active'},
        {id: 'i4', name: 'broken', status: 'queued'},
      ],
    },
  },
  'GET network networks': {
    body: {
      networks: [
        {id: 'n1', name: 'public', 'router:external': true},
        {id: 'n2', name: 'shared', 'router:external': false},
        {id: 'n3', name: 'both', 'router:external': false},
        {id: 'n4', name: 'both', 'router:external': true},
      ],
    },
  },
  'GET network security-groups': {body: {security_groups: [{id: 'g1', name: 'default', project_id: 'p1'}]}},
  'GET compute os-availability-zone': {
    body: {
      availabilityZoneInfo: [
        {zoneName: 'az1', zoneState: {available: true}},
        {zoneName: 'az2', zoneState: {available: false}},
      ],
    },
  },
  'GET block-storage types': {body: {volume_types: [{id: 't1', name: 'fast'}]}},
  'GET network qos/policies': {body: {policies: []}},
  'GET block-storage snapshots': {body: {snapshots: [{id: 's1', name: 'monday'}]}},
};

async function checked(
  parameters: readonly ReportParameter[],
  given: Readonly<Record<string, unknown>> = {},
  replies: Replies = {},
  options: Partial<PreflightOptions> = {},
) {
  const {session, asked} = fakeCloud({...target, ...replies});
  const result = await preflight(session, bundleOf(parameters, {}), {
    stack: 'web',
    parameters: given,
    ...options,
  });
  return {...result, asked};
}

const flavor = (value: unknown): ReportParameter => parameter('flavor_x', 'flavor', value, 'nova.flavor');
const image = (value: string, sourceId = 'source-id', name = value): ReportParameter => ({
  ...parameter('image_x', 'image', value, 'glance.image'),
  source: {id: sourceId, name},
});
const zone = (value: string): ReportParameter => parameter('zone_x', 'availability_zone', value);
const snapshot = (value: string): ReportParameter =>
  parameter('snapshot_x', 'snapshot', value, 'cinder.snapshot');
const external = (value: string): ReportParameter =>
  parameter('external_network_x', 'network', value, 'neutron.network');

test('things that are there, by name or by id, leave the values as they are', async t => {
  const {parameters, findings} = await checked([
    flavor('m1.small'),
    image('i1'),
    external('public'),
    parameter('volume_type_fast', 'volume_type', 'fast', 'cinder.vtype'),
    parameter('zone_az1', 'availability_zone', 'az1'),
  ]);
  t.deepEqual(findings, []);
  t.deepEqual(parameters, {
    flavor_x: 'm1.small',
    image_x: 'i1',
    external_network_x: 'public',
    volume_type_fast: 'fast',
    zone_az1: 'az1',
  });
});

test('a name that Heat would hand on to Neutron becomes an id', async t => {
  const {parameters, findings} = await checked(
    [parameter('subnet_pool_x', 'subnet_pool', 'corporate', 'neutron.subnetpool')],
    {},
    {'GET network subnetpools': {body: {subnetpools: [{id: 'sp1', name: 'corporate'}]}}},
  );
  t.deepEqual(findings, []);
  t.deepEqual(parameters, {subnet_pool_x: 'sp1'});
});

test('a missing flavor comes with the nearest names', async t => {
  const {findings} = await checked([flavor('m1.smal')]);
  t.deepEqual(findings, [
    {
      severity: 'error',
      where: 'parameter flavor_x',
      what: 'the target has no flavor "m1.smal"',
      hint: 'nearest: "m1.small"; choose with -P flavor_x=NAME-OR-ID',
    },
  ]);
});

test('where no name is near, some of what there is are named', async t => {
  const {findings} = await checked([flavor('c7.huge')]);
  t.is(findings[0]?.hint, 'there are: "gpu", "m1.medium", "m1.small"; choose with -P flavor_x=NAME-OR-ID');
});

test('where there is nothing of the kind, the hint says so', async t => {
  const {findings} = await checked([
    parameter('qos_policy_gold', 'qos_policy', 'gold', 'neutron.qos_policy'),
  ]);
  t.is(findings[0]?.what, 'the target has no QoS policy "gold"');
  t.regex(findings[0]?.hint ?? '', /^the target has none/);
});

test('several images of one name are an error that lists their ids', async t => {
  const {findings} = await checked([image('twin')]);
  t.is(findings[0]?.what, 'the target has 2 images named "twin"');
  t.is(findings[0]?.hint, 'choose one by its id: -P image_x=ID with one of i2, i3');
});

test("of several of one name the source's own is taken, by its id", async t => {
  const {parameters, findings} = await checked([image('twin', 'i3')]);
  t.deepEqual(findings, []);
  t.is(parameters['image_x'], 'i3');
});

test('of several networks of one name the only external one is taken for an external network', async t => {
  const {parameters, findings} = await checked([external('both')]);
  t.deepEqual(findings, []);
  t.is(parameters['external_network_x'], 'n4');
});

test('an id of the source is replaced by the only thing of its name, with a warning', async t => {
  const {parameters, findings} = await checked([image('old-id', 'old-id', 'debian 12')]);
  t.is(parameters['image_x'], 'i1');
  t.like(findings, [{severity: 'warning', where: 'parameter image_x'}]);
});

test('an image that is not active is an error', async t => {
  const {findings} = await checked([image('broken')]);
  t.is(findings[0]?.what, 'the image "broken" of the target is queued, not active');
});

test('a network that is not external is an error where an external one is wanted', async t => {
  const {findings} = await checked([external('shared')]);
  t.is(findings[0]?.what, 'the network "shared" of the target is not external');
});

test('a missing external network is compared with external ones only', async t => {
  const {findings} = await checked([external('sharedd')]);
  t.is(findings[0]?.what, 'the target has no external network "sharedd"');
  t.false(findings[0]?.hint.includes('"shared"'));
});

test("the user's value beats the bundle's", async t => {
  const {parameters, findings} = await checked([flavor('c7.huge')], {flavor_x: 'gpu'});
  t.deepEqual(findings, []);
  t.is(parameters['flavor_x'], 'gpu');
});

test('a name that looks like a number is a name', async t => {
  const {findings} = await checked(
    [flavor(7)],
    {},
    {
      'GET compute flavors/detail': {body: {flavors: [{id: 'f1', name: '7'}]}},
    },
  );
  t.deepEqual(findings, []);
});

test('a missing zone may be left to the cloud, and an empty one is', async t => {
  t.regex((await checked([zone('moon')])).findings[0]?.hint ?? '', /^leave it to the cloud with -P zone_x=/);
  t.deepEqual((await checked([zone('')])).findings, []);
  t.like((await checked([zone('az2')])).findings, [
    {severity: 'warning', what: 'the zone "az2" of the target is not available just now'},
  ]);
});

test('an empty value is an error where Heat needs one', async t => {
  const {findings} = await checked([flavor('')]);
  t.is(findings[0]?.what, 'has no value');
});

test('a snapshot is found by its id only', async t => {
  t.deepEqual((await checked([snapshot('s1')])).findings, []);
  t.is((await checked([snapshot('monday')])).findings[0]?.what, 'the target has no snapshot "monday"');
});

test("the default group is given by the id of the target project's own", async t => {
  const group = {
    ...parameter('default_security_group', 'security_group', 'default'),
    role: 'default-group' as const,
  };
  const {parameters, asked} = await checked([group]);
  t.is(parameters['default_security_group'], 'g1');
  t.is(asked.find(({path}) => path === 'security-groups')?.options.query?.['project_id'], 'p1');
  t.is(
    (await checked([group], {default_security_group: 'mine'})).parameters['default_security_group'],
    'mine',
  );
  const none = {'GET network security-groups': {body: {security_groups: []}}};
  t.regex((await checked([group], {}, none)).findings[0]?.what ?? '', /can't be found/);
});

test('a list that the role may not read is a warning', async t => {
  const {findings} = await checked([flavor('m1.small')], {}, {'GET compute flavors/detail': {status: 403}});
  t.like(findings, [{severity: 'warning', where: 'parameter flavor_x'}]);
});

test('each list is read once, however many parameters need it', async t => {
  const {asked} = await checked([flavor('m1.small'), {...flavor('gpu'), name: 'flavor_y'}]);
  t.is(asked.filter(({path}) => path === 'flavors/detail').length, 1);
});

test('hostile names stay on one line', async t => {
  const {findings} = await checked([flavor('a\nb\u001b[31m')]);
  t.false(findings.some(({what, hint}) => /\p{Cc}/u.test(what + hint)));
});

test('the name of a parameter that the template lacks comes with what was meant', async t => {
  const {findings} = await checked([flavor('m1.small')], {flavr_x: 'gpu'});
  t.deepEqual(findings, [
    {
      severity: 'error',
      where: 'option -P',
      what: 'the template has no parameter "flavr_x"',
      hint: 'did you mean flavor_x?',
    },
  ]);
});

test('a parameter without value is named', async t => {
  const secret = {...parameter('psk', '', null), role: 'secret' as const};
  const {findings, parameters} = await checked([secret]);
  t.like(findings, [{where: 'parameter psk', what: 'has no value', hint: 'give it one: -P psk=VALUE'}]);
  t.false('psk' in parameters);
});

const flavors = (
  ...rows: readonly (readonly [name: string, vcpus: number, ram: number, disk: number])[]
): Replies => ({
  'GET compute flavors/detail': {
    body: {flavors: rows.map(([name, vcpus, ram, disk]) => ({id: `id-${name}`, name, vcpus, ram, disk}))},
  },
});
const source = {
  flavors: new Map([['m1.old', {vcpus: 2, ram: 4096, disk: 40, ephemeral: 0}]]),
  images: new Map([['source-id', {hash: 'abc', visibility: 'public'}]]),
};

test('a flavor of the same size is the one that is meant', async t => {
  const replies = flavors(['c2', 2, 4096, 40], ['c4', 4, 8192, 40], ['m1.oldish', 1, 512, 1]);
  const {findings, matches} = await checked([flavor('m1.old')], {}, replies, {source});
  t.deepEqual(matches, [
    {parameter: 'flavor_x', value: 'c2', why: 'of the same size (2 vCPUs, 4096 MiB, 40 GiB)'},
  ]);
  t.is(
    findings[0]?.hint,
    'of the same size (2 vCPUs, 4096 MiB, 40 GiB): "c2"; take it with --map flavor:m1.old=c2, or choose with -P flavor_x=NAME-OR-ID',
  );
});

test('of several flavors of that size, and of larger ones, none is certain: they are listed', async t => {
  const twins = await checked([flavor('m1.old')], {}, flavors(['c2', 2, 4096, 40], ['d2', 2, 4096, 40]), {
    source,
  });
  t.deepEqual(twins.matches, []);
  t.regex(twins.findings[0]?.hint ?? '', /^of the same size \(2 vCPUs, 4096 MiB, 40 GiB\): "c2", "d2"/);
  const near = await checked(
    [flavor('m1.old')],
    {},
    flavors(['big', 8, 65_536, 80], ['c3', 2, 8192, 40], ['m1.ols', 1, 1, 1]),
    {source},
  );
  t.deepEqual(near.matches, []);
  t.regex(near.findings[0]?.hint ?? '', /^the next size up from .*: "c3"; nearest: "m1.ols"/);
});

test('a name that differs in case and punctuation only is meant; another version is only told', async t => {
  const one = await checked([image('Debian-12')]);
  t.deepEqual(one.matches, [
    {parameter: 'image_x', value: 'debian 12', why: 'the same name but for case and punctuation'},
  ]);
  const other = await checked([image('Debian-11')]);
  t.deepEqual(other.matches, []);
  t.regex(other.findings[0]?.hint ?? '', /^in another version: "debian 12"/);
});

const images = (...rows: readonly object[]): Replies => ({
  'GET image images': {body: {images: rows}},
});

test('an image of the same content is meant, whatever its name; of twins the one as visible', async t => {
  const same = await checked(
    [image('gone')],
    {},
    images({id: 'i7', name: 'new', os_hash_value: 'abc'}, {id: 'i8', name: 'other'}),
    {source},
  );
  t.like(same.matches, [{value: 'new', why: 'the same content'}]);
  const twins = images(
    {id: 'i7', name: 'twin', visibility: 'private'},
    {id: 'i8', name: 'twin', visibility: 'public'},
  );
  t.like((await checked([image('twin')], {}, twins, {source})).matches, [
    {value: 'i8', why: 'the only public one'},
  ]);
  t.deepEqual((await checked([image('twin')], {}, twins)).matches, []);
});

test('the only external network and the only zone are meant, and of several none', async t => {
  const networks = {
    'GET network networks': {
      body: {
        networks: [
          {id: 'n1', name: 'ext', 'router:external': true},
          {id: 'n2', name: 'in', 'router:external': false},
        ],
      },
    },
  };
  t.like((await checked([external('internet')], {}, networks)).matches, [
    {parameter: 'external_network_x', value: 'ext', why: 'the only external network there'},
  ]);
  t.deepEqual((await checked([external('internet')])).matches, []);
  t.like((await checked([zone('moon')])).matches, [{value: 'az1', why: 'the only availability zone there'}]);
});

test('a parameter without value comes with what there is, and is said once', async t => {
  const {findings} = await checked([{...image(''), value: undefined}]);
  t.is(findings.length, 1);
  t.regex(findings[0]?.hint ?? '', /^there are: "debian 12"/);
});

test('an image of the same name but for case, brackets and idle words is meant; another architecture is not', async t => {
  const rows = images(
    {id: 'i7', name: 'Debian 12 (bookworm)', status: 'active'},
    {id: 'i8', name: 'debian-12-arm64', status: 'active'},
  );
  t.like((await checked([image('debian-12-genericcloud-amd64')], {}, rows)).matches, [
    {value: 'Debian 12 (bookworm)', why: 'the same name but for words that say no more'},
  ]);
  t.deepEqual((await checked([image('debian-13')], {}, rows)).matches, []);
});

const systems = (...more: readonly object[]): Replies =>
  images(
    {id: 'i7', name: 'golden', os_distro: 'Debian', os_version: '12'},
    {id: 'i8', name: 'arm', os_distro: 'debian', os_version: '12', architecture: 'aarch64'},
    ...more,
  );

test('the only image of the same system is proposed, but is not certain', async t => {
  const facts = {
    flavors: new Map(),
    images: new Map([
      [
        'source-id',
        {hash: 'abc', visibility: 'public', distro: 'debian', version: '12', architecture: 'x86_64'},
      ],
    ]),
  };
  const one = await checked([image('ours')], {}, systems(), {source: facts, mapAuto: true});
  t.like(one.proposals, [{value: 'golden', why: 'the only image of debian 12 there'}]);
  t.deepEqual(one.matches, []);
  t.like(one.findings, [{severity: 'error'}]);
  const two = systems({id: 'i9', name: 'silver', os_distro: 'debian', os_version: '12'});
  t.is((await checked([image('ours')], {}, two, {source: facts})).proposals[0]?.value, undefined);
});

const listed = (...rows: readonly object[]): Replies => ({
  'GET compute flavors/detail': {body: {flavors: rows}},
});

test('of flavors of one size the one of the same extra specs and swap is meant', async t => {
  const size = {vcpus: 2, ram: 4096, disk: 40, swap: 0};
  const row = (name: string, more: object): object => ({id: name, name, ...size, ...more});
  const facts = {
    flavors: new Map([['m1.old', {...size, ephemeral: 0, extraSpecs: {'hw:cpu_policy': 'dedicated'}}]]),
    images: new Map(),
  };
  const pinned = row('pinned', {extra_specs: {'hw:cpu_policy': 'dedicated'}});
  const plain = row('plain', {extra_specs: {}});
  const both = await checked([flavor('m1.old')], {}, listed(plain, pinned), {source: facts});
  t.like(both.matches, [{value: 'pinned'}]);
  const none = await checked([flavor('m1.old')], {}, listed(plain), {source: facts});
  t.deepEqual(none.matches, []);
  t.regex(none.findings[0]?.hint ?? '', /with other extra specs or swap: "plain"/);
  t.like(none.proposals, [{others: [{value: 'plain'}]}]);
  const untold = await checked([flavor('m1.old')], {}, listed(row('untold', {})), {source: facts});
  t.like(untold.matches, [{value: 'untold'}]);
});

test('the default volume type is proposed, but is not certain', async t => {
  const replies = {
    'GET block-storage types': {
      body: {
        volume_types: [
          {id: 't1', name: 'slow'},
          {id: 't2', name: 'quick'},
        ],
      },
    },
    'GET block-storage types/default': {body: {volume_type: {id: 't1', name: 'slow'}}},
  };
  const ssd = parameter('volume_type_ssd', 'volume_type', 'ssd', 'cinder.vtype');
  const {proposals, matches, findings} = await checked([ssd], {}, replies, {mapAuto: true});
  t.like(proposals, [{value: 'slow', why: 'the default volume type there', others: [{value: 'quick'}]}]);
  t.deepEqual(matches, []);
  t.regex(findings[0]?.hint ?? '', /openstack volume type create ssd$/);
});

test('proposals are the same whatever the order of the lists', async t => {
  const rows = ['b', 'a', 'c'].map(name => ({id: name, name, vcpus: 2, ram: 4096, disk: 40}));
  const lists = [rows, [...rows].reverse()].map(flavorRows => ({
    'GET compute flavors/detail': {body: {flavors: flavorRows}},
  }));
  const [one, other] = await Promise.all(
    lists.map(async list => (await checked([flavor('m1.old')], {}, list, {source})).proposals),
  );
  t.deepEqual(one, other);
  t.like(one, [{others: [{value: 'a'}, {value: 'b'}, {value: 'c'}]}]);
});

test('what only the source has comes with the commands that bring it', async t => {
  const nothing = {
    'GET compute flavors/detail': {body: {flavors: []}},
    'GET compute os-keypairs': {body: {keypairs: []}},
  };
  const hint = async (one: ReportParameter, more: Partial<PreflightOptions> = {}): Promise<string> =>
    (await checked([one], {}, nothing, more)).findings[0]?.hint ?? '';
  t.regex(
    await hint(image('mine', 'i-source'), {
      source: {
        ...source,
        images: new Map([
          ['i-source', {hash: '', visibility: 'private', formats: {disk: 'raw', container: 'bare'}}],
        ]),
      },
    }),
    /openstack image save --file image\.raw i-source; here, openstack image create --disk-format raw --container-format bare --file image\.raw mine; or let --copy-images do it$/,
  );
  t.regex(
    await hint(flavor('m1.old'), {source}),
    /openstack flavor create --vcpus 2 --ram 4096 --disk 40 m1\.old$/,
  );
  const key = {...parameter('keypair_x', 'foreign_keypair', 'laptop', 'nova.keypair')};
  t.regex(await hint(key), /openstack keypair create --public-key laptop\.pub laptop$/);
});

test("servers that lose another user's key pair are told of, with the way to give them one", async t => {
  const key = {
    ...parameter('keypair_x', 'foreign_keypair', '', 'nova.keypair'),
    source: {id: 'laptop', name: 'laptop'},
  };
  const {findings} = await checked([key], {}, {'GET compute os-keypairs': {body: {keypairs: []}}});
  t.like(findings, [
    {severity: 'note', what: 'is empty: servers that had the key pair "laptop" of another user get none'},
  ]);
  t.regex(findings[0]?.hint ?? '', /--public-key laptop\.pub laptop; then --map keypair:laptop=laptop$/);
  const own = {'GET compute os-keypairs': {body: {keypairs: [{keypair: {name: 'laptop'}}]}}};
  t.is(
    (await checked([key], {}, own)).findings[0]?.hint,
    'you have one of that name here: --map keypair:laptop=laptop',
  );
  t.deepEqual((await checked([key], {keypair_x: ''}, own)).findings, [], 'said by the user it is meant');
});
