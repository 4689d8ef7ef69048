import test, {type ExecutionContext} from 'ava';
import {copyImages, type CopyOptions, type Copies, planImages} from '../../src/images/index.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {testClock} from '../cloud-access/support/surroundings.ts';
import {type GlanceOptions, MIB, type Trouble} from '../support/glance.ts';
import {bundle, means, pair, type Pair} from './support.ts';

const debian = [bundle(means('a', 'debian'))];

async function copy({from, to}: Pair, options: CopyOptions = {}, bundles = debian): Promise<Copies> {
  const plan = await planImages(from, to, bundles, {signal: options.signal});
  return copyImages(from, to, plan, {clock: testClock(), ...options});
}

const errorOf = async (t: ExecutionContext, promise: Promise<unknown>): Promise<RekindleError> =>
  await t.throwsAsync(promise, {instanceOf: RekindleError});

const uploads = ({target}: Pair): number => target.asked.filter(one => one.startsWith('PUT')).length;

test('64 MiB flow through: proven, private, by their name, and never more than a little of them at once', async t => {
  let most = 0;
  const two = await pair(t);
  const {source, target} = two;
  const size = 64 * MIB;
  source.add('a', size, {
    name: 'debian',
    os_distro: 'debian',
    min_disk: 3,
    visibility: 'public',
    protected: true,
  });
  const seen: number[] = [];
  const {copied, values} = await copy(two, {
    onProgress({done}) {
      seen.push(done);
      most = Math.max(most, source.counts.sent - target.counts.received);
    },
  });
  const [made] = copied;
  const row = target.images.get(made?.id ?? '');
  t.like(row, {
    status: 'active',
    size,
    os_hash_value: source.images.get('a')?.os_hash_value,
    visibility: 'private',
    protected: false,
    os_distro: 'debian',
    min_disk: 3,
    rekindle_source: 'a',
  });
  t.deepEqual(values, {image_debian: 'debian'});
  t.true(most < size / 2, `${most} bytes were on their way at once`);
  t.is(seen.at(-1), size);
  t.deepEqual(
    seen,
    [...seen].sort((a, b) => a - b),
  );
  t.true(await two.ended());
});

test('an empty image is copied too', async t => {
  const two = await pair(t);
  two.source.add('a', 0, {name: 'debian'});
  const {copied} = await copy(two);
  t.like(two.target.images.get(copied[0]?.id ?? ''), {status: 'active', size: 0});
});

test('twice: the second run finds the copy and uploads nothing; a name that is several gets its id', async t => {
  const two = await pair(t);
  two.source.add('a', MIB, {name: 'debian'});
  const first = await copy(two);
  const plan = await planImages(two.from, two.to, debian);
  t.is(plan.images[0]?.action, 'use');
  t.is(uploads(two), 1);
  // A plan that was made before counts what has come since.
  two.target.add('t', 5, {name: 'debian'});
  const again = await planImages(two.from, two.to, debian);
  const id = first.copied[0]?.id ?? '';
  t.deepEqual(again.values, {image_debian: id});
  t.is(uploads(two), 1);
});

test('a copy that another run finished meanwhile is used', async t => {
  const two = await pair(t);
  two.source.add('a', MIB, {name: 'debian'});
  const plan = await planImages(two.from, two.to, debian);
  const [one, other] = [await copyImages(two.from, two.to, plan), await copyImages(two.from, two.to, plan)];
  t.is(one.copied[0]?.id, other.copied[0]?.id);
  t.is(uploads(two), 1);
});

/** Of all requests of a kind one. */
const only =
  (which: number, trouble: Trouble) =>
  (count: number): Trouble =>
    count === which ? trouble : undefined;

const interruptions: readonly (readonly [string, number])[] = [
  ['at the first byte', 0],
  ['within a chunk', 100_001],
  ['between two chunks', 2 * 65_536],
  ['at the last byte', MIB - 1],
];

for (const [where, after] of interruptions) {
  for (const ranges of [true, false, 'ignored'] as const) {
    test(`the source breaks off ${where}; ${ranges === true ? 'goes on there' : `goes on though ranges are ${ranges === false ? 'refused' : 'ignored'}`}`, async t => {
      // The first is the plan's look.
      const two = await pair(t, {onDownload: only(2, {after, how: 'cut'}), ranges});
      two.source.add('a', MIB, {name: 'debian'});
      const {copied} = await copy(two);
      t.like(two.target.images.get(copied[0]?.id ?? ''), {
        status: 'active',
        os_hash_value: two.source.images.get('a')?.os_hash_value,
      });
      t.is(uploads(two), 1);
      if (after > 0 && ranges === true)
        t.true(two.source.asked.includes(`GET images/a/file bytes=${after}-`));
      t.true(await two.ended());
    });
  }

  for (const broken of ['queued', 'saving', 'active'] as const) {
    test(`the target breaks off ${where}, and leaves it ${broken}: taken back, and begun anew`, async t => {
      const two = await pair(t, {}, {onUpload: only(1, {after, how: 'cut'}), broken});
      two.source.add('a', MIB, {name: 'debian'});
      const {copied} = await copy(two);
      t.is(uploads(two), 2);
      t.deepEqual([...two.target.images.keys()], [copied[0]?.id]);
      t.is(
        two.target.images.get(copied[0]?.id ?? '')?.os_hash_value,
        two.source.images.get('a')?.os_hash_value,
      );
      t.true(await two.ended());
    });
  }

  test(`an interruption ${where} leaves nothing behind, and no connection`, async t => {
    const abort = new AbortController();
    const two = await pair(t, {onDownload: only(2, {after, how: 'silent'})}, {}, {signal: abort.signal});
    two.source.add('a', MIB, {name: 'debian'});
    const plan = await planImages(two.from, two.to, debian);
    const run = copyImages(two.from, two.to, plan, {signal: abort.signal});
    while (!two.target.asked.some(one => one.startsWith('PUT')))
      await new Promise(resolve => {
        setTimeout(resolve, 5);
      });
    setTimeout(() => abort.abort(), 50);
    const {code, message} = await errorOf(t, run);
    t.is(code, 'aborted');
    t.regex(
      message,
      /^Interrupted while the image "debian" \(a\) was copied; the target keeps nothing half made/,
    );
    t.is(two.target.images.size, 0);
    t.true(await two.ended());
  });
}

test('a target that holds still is interrupted as well, and what it had is removed', async t => {
  const abort = new AbortController();
  const two = await pair(t, {}, {onUpload: () => ({after: MIB, how: 'silent'})}, {signal: abort.signal});
  two.source.add('a', 64 * MIB, {name: 'debian'});
  setTimeout(() => abort.abort(), 1500);
  t.is((await errorOf(t, copy(two, {signal: abort.signal}))).code, 'aborted');
  t.is(two.target.images.size, 0);
  t.true(await two.ended());
});

test('what a run that was killed left half made is replaced, also what an old Glance took for whole', async t => {
  for (const [status, size] of [
    ['queued', null],
    ['saving', null],
    ['active', 1000],
  ] as const) {
    const two = await pair(t);
    const {os_hash_value: hash} = two.source.add('a', MIB, {name: 'debian'});
    two.target.add('half', 5, {
      name: 'debian',
      status,
      size,
      rekindle_source: 'a',
      rekindle_hash: `sha512:${hash}`,
      ...(status === 'active' ? {} : {os_hash_value: null, checksum: null}),
    });
    two.target.add('other', 5, {name: 'other', rekindle_source: 'a', owner: 'somebody', status: 'queued'});
    const {values, copied} = await copy(two);
    t.deepEqual([...two.target.images.keys()].sort(), [copied[0]?.id ?? '', 'other'].sort());
    t.deepEqual(values, {image_debian: 'debian'});
  }
});

test('an answer that got lost is looked up: nothing is uploaded twice', async t => {
  const two = await pair(t, {}, {onUpload: () => ({lost: true})});
  two.source.add('a', MIB, {name: 'debian'});
  const {copied} = await copy(two);
  t.is(two.target.images.get(copied[0]?.id ?? '')?.status, 'active');
  t.is(uploads(two), 1);
});

test('a source that does not hold what it says never makes a whole image', async t => {
  const two = await pair(t);
  two.source.add('a', MIB, {name: 'debian', os_hash_value: '0'.repeat(128)});
  const {code, message, hint} = await errorOf(t, copy(two));
  t.is(code, 'protocol');
  t.is(message, 'The image "debian" (a) is not what the source says it is: its sha512 differs');
  t.regex(hint ?? '', /ask its operator/);
  t.is(two.target.images.size, 0);
  t.is(uploads(two), 1);
});

test('a target that stores something else is found out, and its copy removed', async t => {
  const two = await pair(t, {}, {corrupts: true});
  two.source.add('a', MIB, {name: 'debian'});
  const {message} = await errorOf(t, copy(two));
  t.regex(message, /^The target's copy of the image "debian" \(a\) is not what was sent: its sha512 differs/);
  t.is(two.target.images.size, 0);
});

test('hashes: the old checksum where there is no other, others than sha512, and none at all', async t => {
  for (const [hashes, warned] of [
    [{os_hash_algo: null, os_hash_value: null}, 0],
    [{os_hash_algo: 'sha256', os_hash_value: 'wrong'}, undefined],
    [{os_hash_algo: 'unheard_of', os_hash_value: 'x'}, 0],
    [{os_hash_algo: null, os_hash_value: null, checksum: null}, 1],
  ] as const) {
    const two = await pair(t);
    two.source.add('a', MIB, {name: 'debian', ...hashes});
    if (warned === undefined) {
      t.regex((await errorOf(t, copy(two))).message, /its sha256 differs/);
      continue;
    }
    const {findings} = await planImages(two.from, two.to, debian);
    t.is(findings.length, warned);
    const {copied} = await copy(two);
    t.is(two.target.images.get(copied[0]?.id ?? '')?.status, 'active');
  }
});

const refusals: readonly (readonly [string, GlanceOptions, RegExp])[] = [
  [
    'no room',
    {onUpload: () => ({status: 413, message: 'Resource image_size_total is over limit of 1'})},
    /\(1\.0 MiB\) can't be copied: the target has no room for it: .*image_size_total is over/,
  ],
  [
    'other content than its format says',
    {onUpload: () => ({status: 415, message: 'mismatch'})},
    /finds other content than its disk format says/,
  ],
  ['no upload', {onUpload: () => ({status: 403, message: 'Not allowed'})}, /lets this user upload no data/],
  [
    'gone meanwhile',
    {onUpload: () => ({status: 410, message: 'could not be found after upload'})},
    /lost it while it was uploaded/,
  ],
  [
    'no image',
    {onCreate: () => ({status: 403, message: 'You are not authorized'})},
    /lets this user make no image/,
  ],
  ['too many', {onCreate: () => ({status: 413, message: 'image_count_total'})}, /has a limit in the way/],
  [
    'a format',
    {onCreate: () => ({status: 400, message: "Invalid value 'qcow2'"})},
    /does not take its formats or properties/,
  ],
];

for (const [name, options, what] of refusals) {
  test(`the target refuses, in one sentence: ${name}`, async t => {
    const two = await pair(t, {}, options);
    two.source.add('a', MIB, {name: 'debian'});
    const {message, hint} = await errorOf(t, copy(two));
    t.regex(message, /^The image "debian" \(a\)/);
    t.regex(message, what);
    t.true((hint ?? '').length > 10);
    t.is(two.target.images.size, 0);
    t.true(uploads(two) <= 1);
  });
}

test('properties that the target protects are left out, one by one, and told', async t => {
  const kept = ['os_distro', 'rekindle_source'];
  const onCreate = (body: Readonly<Record<string, unknown>>): Trouble => {
    const one = kept.find(name => name in body);
    return one === undefined ? undefined : {status: 403, message: `Attribute '${one}' is reserved.`};
  };
  const two = await pair(t, {}, {onCreate});
  two.source.add('a', MIB, {name: 'debian', os_distro: 'debian', os_version: '12'});
  const {copied} = await copy(two);
  t.deepEqual(copied[0]?.refused, kept);
  t.like(two.target.images.get(copied[0]?.id ?? ''), {status: 'active', os_version: '12'});
});

test('a token that is refused between two images is renewed, and costs no byte', async t => {
  const two = await pair(t, {}, {refusesTokens: ['token-1']});
  two.source.add('a', MIB, {name: 'debian'});
  const {copied} = await copy(two);
  t.is(two.target.images.get(copied[0]?.id ?? '')?.status, 'active');
  t.is(two.target.images.size, 1);
});

test('several: in order, and one that fails keeps those before it for the next time', async t => {
  const bundles = [bundle(means('a'), means('b'))];
  let full = true;
  const onUpload = (count: number): Trouble =>
    full && count > 1 ? {status: 413, message: 'over limit'} : undefined;
  const two = await pair(t, {}, {onUpload});
  two.source.add('a', MIB);
  two.source.add('b', MIB);
  t.regex((await errorOf(t, copy(two, {}, bundles))).message, /^The image "b"/);
  t.deepEqual(
    [...two.target.images.values()].map(({name, status}) => [name, status]),
    [['a', 'active']],
  );
  full = false;
  const {values, copied} = await copy(two, {}, bundles);
  t.deepEqual(values, {image_a: 'a', image_b: 'b'});
  t.deepEqual(
    copied.map(({image}) => image.name),
    ['b'],
  );
});
