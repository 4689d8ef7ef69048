import test from 'ava';
import {planImages} from '../../src/images/index.ts';
import {MIB} from '../support/glance.ts';
import {bundle, means, pair} from './support.ts';

test('what the target lacks is copied, what it has is used; nothing is made or read', async t => {
  const {source, target, from, to} = await pair(t);
  source.add('a', 64 * MIB, {name: 'debian'});
  const had = source.add('b', MIB, {name: 'alpine'});
  target.add('t', MIB, {name: 'alpine', checksum: had['checksum'], os_hash_value: had.os_hash_value});
  const plan = await planImages(from, to, [bundle(means('a', 'debian'), means('b', 'alpine'))]);
  t.deepEqual(
    plan.images.map(({action, parameters, image}) => [action, parameters, image.name, image.bytes]),
    [
      ['use', ['image_alpine'], 'alpine', MIB],
      ['copy', ['image_debian'], 'debian', 64 * MIB],
    ],
  );
  t.is(plan.bytes, 64 * MIB);
  t.deepEqual([...plan.later], ['image_debian']);
  t.deepEqual(plan.values, {image_alpine: 'alpine'});
  t.deepEqual(plan.findings, []);
  t.deepEqual(
    target.asked.filter(one => !one.startsWith('GET')),
    [],
  );
  t.true(source.counts.sent < 32 * MIB);
});

test('parameters that mean one image are one copy, whatever the layer', async t => {
  const {source, from, to} = await pair(t);
  source.add('a', MIB, {name: 'debian'});
  const again = {...means('a', 'debian'), name: 'image_other'};
  const plan = await planImages(from, to, [bundle(means('a', 'debian')), bundle(again)]);
  t.deepEqual(
    plan.images.map(({parameters}) => parameters),
    [['image_debian', 'image_other']],
  );
  t.is(plan.bytes, MIB);
});

test('what the user chose, by option or in the environment, is not copied', async t => {
  const {source, from, to} = await pair(t);
  source.add('a', MIB, {name: 'debian'});
  const bundles = [bundle(means('a', 'debian'))];
  t.deepEqual((await planImages(from, to, bundles, {parameters: {image_debian: 'mine'}})).images, []);
  const edited = {...bundles[0]!, parameters: {image_debian: 'mine'}};
  t.deepEqual((await planImages(from, to, [edited])).images, []);
});

test('what the user maps to another name is not copied, by whatever word', async t => {
  const {source, from, to} = await pair(t);
  source.add('a', MIB, {name: 'debian'});
  const bundles = [bundle(means('a', 'debian'))];
  for (const word of ['debian', 'a'])
    t.deepEqual((await planImages(from, to, bundles, {map: [{kind: 'image', from: word}]})).images, []);
  const other = await planImages(from, to, bundles, {map: [{kind: 'flavor', from: 'debian'}]});
  t.is(other.images.length, 1);
});

test('an image of other content by that name is taken, and said; by id it would be the wrong one', async t => {
  const {source, target, from, to} = await pair(t);
  source.add('a', MIB, {name: 'debian'});
  target.add('t', MIB + 1, {name: 'debian'});
  const byName = await planImages(from, to, [bundle(means('a', 'debian'))]);
  t.like(byName.images[0], {action: 'use', id: 't'});
  t.regex(byName.findings[0]?.what ?? '', /has other content/);
  const byId = await planImages(from, to, [bundle(means('a', 'debian', {value: 'a'}))]);
  t.is(byId.images[0]?.action, 'copy');
});

test('a name that is several there: the one with the content, by its id; with none, the copy', async t => {
  const {source, target, from, to} = await pair(t);
  const image = source.add('a', MIB, {name: 'debian'});
  target.add('t1', MIB + 1, {name: 'debian'});
  target.add('t2', MIB + 2, {name: 'debian'});
  const bundles = [bundle(means('a', 'debian'))];
  t.is((await planImages(from, to, bundles)).images[0]?.action, 'copy');
  target.add('t3', MIB, {name: 'debian', os_hash_value: image.os_hash_value});
  const plan = await planImages(from, to, bundles);
  t.deepEqual(plan.values, {image_debian: 't3'});
});

test('the same content under another name is used, unless its format says something else', async t => {
  const {source, target, from, to} = await pair(t);
  const {os_hash_value} = source.add('a', MIB, {name: 'debian'});
  target.add('t', MIB, {name: 'debian-12', os_hash_value, disk_format: 'raw'});
  const bundles = [bundle(means('a', 'debian'))];
  t.is((await planImages(from, to, bundles)).images[0]?.action, 'copy');
  target.add('t2', MIB, {name: 'debian-13', os_hash_value});
  t.deepEqual((await planImages(from, to, bundles)).values, {image_debian: 't2'});
});

const bdm = JSON.stringify([{snapshot_id: 's', boot_index: 0}]);

const obstacles: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
  [
    'snapshot of a volume-booted server',
    {size: 0, block_device_mapping: bdm},
    /boots from a volume.*volume snapshots/,
  ],
  ['queued', {status: 'queued', size: null}, /has no data \(queued\)/],
  ['importing', {status: 'importing'}, /is importing in the source/],
  ['encrypted', {cinder_encryption_key_id: 'k'}, /encrypted volume, whose key stays/],
  ['kernel beside it', {kernel_id: 'k', ramdisk_id: 'r'}, /kernel_id k, ramdisk_id r/],
  ['formatless', {disk_format: null}, /no disk or container format/],
];

for (const [name, row, what] of obstacles) {
  test(`in the way, in one sentence: ${name}`, async t => {
    const {source, from, to} = await pair(t);
    source.add('a', MIB, {name: 'debian', ...row});
    const {images, findings} = await planImages(from, to, [bundle(means('a', 'debian'))]);
    t.deepEqual(images, []);
    t.is(findings.length, 1);
    t.like(findings[0], {severity: 'error', where: 'parameter image_debian'});
    t.regex(findings[0]?.what ?? '', what);
    t.not(findings[0]?.hint, '');
  });
}

test('a source that keeps its data to itself is known before anything is made', async t => {
  for (const [status, what] of [
    [403, /does not let this user download/],
    [204, /no data in the source's store/],
  ] as const) {
    const {source, from, to} = await pair(t, {onDownload: () => ({status, message: 'no'})});
    source.add('a', MIB, {name: 'debian', status: status === 403 ? 'deactivated' : 'active'});
    const {images, findings} = await planImages(from, to, [bundle(means('a', 'debian'))]);
    t.deepEqual(images, []);
    t.regex(findings[0]?.what ?? '', what);
  }
});

test('an image that the source has no longer, or that several names mean', async t => {
  const {source, from, to} = await pair(t);
  const gone = await planImages(from, to, [bundle(means('a', 'debian'))]);
  t.regex(gone.findings[0]?.what ?? '', /has the image "debian" \(a\) no longer/);
  source.add('b', MIB, {name: 'twin'});
  source.add('c', MIB, {name: 'twin'});
  const {source: _, ...nameless} = means('', 'twin');
  const twin = await planImages(from, to, [bundle(nameless)]);
  t.regex(twin.findings[0]?.what ?? '', /has 2 images named "twin"/);
});

test('formats and limits that the target tells are checked beforehand', async t => {
  const schema = {properties: {disk_format: {enum: [null, 'raw']}, container_format: {enum: ['bare']}}};
  const over = {image_size_total: {limit: 10, usage: 9}, image_count_total: {limit: 3, usage: 2}};
  const {source, from, to} = await pair(t, {}, {schema, usage: over});
  source.add('a', MIB, {name: 'a', disk_format: 'raw'});
  source.add('b', MIB, {name: 'b'});
  const {findings} = await planImages(from, to, [bundle(means('a'), means('b'))]);
  t.deepEqual(
    findings.map(({severity, where}) => [severity, where]),
    [
      ['error', 'parameter image_b'],
      ['error', 'quota'],
      ['warning', 'quota'],
    ],
  );
  t.regex(findings[0]?.what ?? '', /takes no disk_format qcow2.*it takes raw$/);
  t.regex(findings[1]?.what ?? '', /image_count_total leaves 1/);
  t.regex(findings[2]?.what ?? '', /image_size_total leaves 1\.0 MiB/);
});

test('what a copy goes without is said; what is only of the source server is not taken', async t => {
  const {source, from, to} = await pair(t);
  source.add('a', MIB, {
    name: 'debian',
    os_distro: 'debian',
    hw_disk_bus: 'virtio',
    tags: ['b', 'a'],
    min_disk: 2,
    min_ram: 512,
    'owner_specified.openstack.sha256': 'abc',
    'owner_specified.openstack.object': 'images/debian',
    os_glance_importing_to_stores: 'x',
    img_signature: 'signed',
    block_device_mapping: bdm,
    root_device_name: '/dev/vda',
    instance_uuid: 'i',
    image_type: 'snapshot',
    stores: 'file',
    locations: [],
    os_hidden: false,
    protected: true,
    visibility: 'public',
    numeric: 7,
  });
  const {images, findings} = await planImages(from, to, [bundle(means('a', 'debian'))]);
  const [planned] = images;
  const body = planned?.action === 'copy' ? planned.image.body : {};
  const {rekindle_hash: hash, ...rest} = body;
  t.regex(String(hash), /^sha512:[0-9a-f]{128}$/);
  t.deepEqual(rest, {
    container_format: 'bare',
    disk_format: 'qcow2',
    hw_disk_bus: 'virtio',
    min_disk: 2,
    min_ram: 512,
    name: 'debian',
    os_distro: 'debian',
    'owner_specified.openstack.sha256': 'abc',
    protected: false,
    rekindle_source: 'a',
    tags: ['a', 'b'],
    visibility: 'private',
  });
  t.deepEqual(
    findings.map(({severity}) => severity),
    ['warning', 'warning'],
  );
  t.regex(
    findings.map(({what}) => what).join('\n'),
    /goes without img_signature[^]*goes without block_device_mapping/,
  );
});
