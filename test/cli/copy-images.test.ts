import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {fakeGlance, type FakeGlance, type GlanceOptions, MIB} from '../support/glance.ts';
import {inventoryOf} from '../support/inventory.ts';
import type {Request} from '../support/replay/server.ts';
import {entryOf, heat, testCloud} from './support/cloud.ts';
import {bench, type Bench, type Changes, type Ran} from './support/world.ts';

interface Stage extends Bench {
  readonly source: FakeGlance;
  readonly target: FakeGlance;
  /** `rekindle COMMAND out --os-cloud b --stack web` and more. */
  readonly on: (command: string, more?: readonly string[], changes?: Changes) => Promise<Ran>;
  readonly asked: readonly string[];
  /** Parameters that Heat was given, stack by stack. */
  readonly given: readonly Readonly<Record<string, unknown>>[];
}

/** A bundle with a server group and an image parameter; one cloud with a Heat, entered twice, each time with a Glance of its own. */
async function stage(
  t: ExecutionContext,
  one: GlanceOptions = {},
  other: GlanceOptions = {},
): Promise<Stage> {
  const made = await bench(t);
  const group = {id: 'g1', name: 'group', policy: 'affinity', rules: {}, members: [], metadata: {}};
  const inventory = inventoryOf({server_group: [{...group, project_id: 'p1', user_id: 'u1'}]});
  await writeFile(join(made.dir, 'inventory.json'), JSON.stringify(inventory));
  const rendered = await made.run(['render', 'inventory.json', 'out']);
  t.is(rendered.code, 0, rendered.stderr);
  await withImage(join(made.dir, 'out'));
  const fake = heat();
  const given: Readonly<Record<string, unknown>>[] = [];
  const fault = (request: Request): ReturnType<typeof fake.fault> => {
    if (request.method === 'POST' && /\/stacks(?:\/preview)?$/.test(request.path)) {
      const {environment} = JSON.parse(request.body) as {environment: {parameters: object}};
      given.push({...environment.parameters});
    }
    return fake.fault(request);
  };
  const cloud = await testCloud(t, fault);
  const [source, target] = await Promise.all([fakeGlance(t, one), fakeGlance(t, other)]);
  const entry = (glance: FakeGlance): object => ({
    ...entryOf(cloud),
    image_endpoint_override: `${glance.url}/image`,
  });
  const clouds = {a: entry(source), b: entry(target)};
  await writeFile(join(made.dir, 'clouds.yaml'), JSON.stringify({clouds}));
  return {
    ...made,
    source,
    target,
    given,
    asked: fake.asked,
    on: (command, more = [], changes) =>
      made.run([command, 'out', '--os-cloud', 'b', '--stack', 'web', ...more], changes),
  };
}

/** As a server would bring it in. */
async function withImage(out: string): Promise<void> {
  const edit = async (file: string, change: (text: string) => string): Promise<void> =>
    writeFile(join(out, file), change(await readFile(join(out, file), 'utf8')));
  await edit('template.yaml', text =>
    text.replace(/^resources:/m, 'parameters:\n  image_debian: {type: string}\nresources:'),
  );
  await edit('report.json', text => {
    const report = JSON.parse(text) as {parameters: object[]};
    report.parameters.push({
      name: 'image_debian',
      role: 'outside',
      kind: 'image',
      constraint: 'glance.image',
      source: {id: 'a', name: 'debian'},
      value: 'debian',
    });
    return JSON.stringify(report);
  });
  await writeFile(join(out, 'environment.yaml'), 'parameters:\n  image_debian: debian\n');
}

const copying = ['--copy-images', '--from', 'a', '--poll', '0.01'];

test('deploy copies what the target lacks, and gives the stack its name; again, nothing is copied', async t => {
  const {on, source, target, given, asked} = await stage(t);
  source.add('a', MIB, {name: 'debian'});
  const {code, stderr} = await on('deploy', copying);
  t.is(code, 0, stderr);
  t.regex(stderr, /^image_debian: the image "debian" \(a\) is to be copied, 1\.0 MiB$/m);
  t.regex(stderr, /^Copying the image "debian" \(a\): 1\.0 MiB of 1\.0 MiB \(100 %\)$/m);
  t.regex(stderr, /^Copied the image "debian" \(a\): it is 0{8}-/m);
  t.false(stderr.includes('\u001b'));
  t.deepEqual(given.at(-1), {image_debian: 'debian'});
  t.true(asked.includes('POST stacks'));
  t.like([...target.images.values()], [{name: 'debian', status: 'active', size: MIB}]);
  const again = await on('deploy', [...copying, '--dry-run']);
  t.regex(again.stderr, /the target has the image "debian" \(a\) already/);
  t.is(target.asked.filter(one => one.startsWith('PUT')).length, 1);
});

test('a name that is several there is given as an id', async t => {
  const {on, source, target, given} = await stage(t);
  source.add('a', MIB, {name: 'debian'});
  target.add('x', 5, {name: 'debian'});
  target.add('y', 6, {name: 'debian'});
  const {code, stderr} = await on('deploy', copying);
  t.is(code, 0, stderr);
  const copy = [...target.images.values()].find(({size}) => size === MIB);
  t.deepEqual(given.at(-1), {image_debian: copy?.id});
});

test('check and --dry-run say what would be copied, and copy nothing', async t => {
  const {on, source, target} = await stage(t);
  source.add('a', MIB, {name: 'debian'});
  const missing = await on('check');
  t.is(missing.code, 4);
  const {code, stdout, stderr} = await on('check', ['--copy-images', '--from', 'a']);
  t.is(code, 0, stdout);
  t.regex(stderr, /^image_debian: the image "debian" \(a\) is to be copied, 1\.0 MiB$/m);
  const dry = await on('deploy', [...copying, '--dry-run', '-f', 'json']);
  t.is(dry.code, 0, dry.stderr);
  t.deepEqual((JSON.parse(dry.stdout) as {images: object}).images, {
    bytes: MIB,
    findings: [],
    images: [{action: 'copy', parameters: ['image_debian'], source: {id: 'a', name: 'debian'}, bytes: MIB}],
  });
  t.is(target.images.size, 0);
});

test('what keeps an image from being copied stops it before anything is made, as a finding', async t => {
  const {on, source, target, asked} = await stage(t);
  source.add('a', MIB, {name: 'debian', cinder_encryption_key_id: 'k'});
  const {code, stderr} = await on('deploy', copying);
  t.is(code, 4);
  t.regex(
    stderr,
    /parameter image_debian: the image "debian" \(a\) can't be copied: it is of an encrypted volume/,
  );
  t.regex(stderr, /nothing was copied and nothing created/);
  t.false(asked.includes('POST stacks'));
  t.is(target.images.size, 0);
  const checked = await on('check', ['--copy-images', '--from', 'a', '-f', 'json']);
  t.is(checked.code, 4);
  t.regex(checked.stdout, /encrypted volume/);
  t.regex((await on('deploy', [...copying, '--dry-run'])).stdout, /encrypted volume/);
});

test('no image is moved for a deployment that could not succeed', async t => {
  const {on, source, target} = await stage(t);
  source.add('a', MIB, {name: 'debian'});
  const {code, stderr} = await on('deploy', [...copying, '-P', 'nonsense=1']);
  t.is(code, 4);
  t.regex(stderr, /no parameter "nonsense"/);
  t.is(target.images.size, 0);
});

test('on a terminal it asks first, and shows one line; no means nothing was copied', async t => {
  const {on, source, target} = await stage(t);
  source.add('a', MIB, {name: 'debian'});
  const asked: string[] = [];
  const answers = (answer: string) => (question: string) => {
    asked.push(question);
    return answer;
  };
  const no = await on('deploy', copying, {terminal: true, answer: answers('n')});
  t.is(no.code, 1);
  t.regex(asked[0] ?? '', /^Copy one image \(1\.0 MiB\) to the project .* at .*\? \[y\/N\] $/);
  t.regex(no.stderr, /nothing was copied and nothing created/);
  t.is(target.images.size, 0);
  const yes = await on('deploy', copying, {terminal: true, answer: answers('y')});
  t.is(yes.code, 0, yes.stderr);
  t.true(yes.stderr.includes('\r\u001b[K\u001b[2mCopying the image'));
});

test('the progress says nothing with -q', async t => {
  const {on, source} = await stage(t);
  source.add('a', MIB, {name: 'debian'});
  const {code, stderr} = await on('deploy', [...copying, '-q', '-y'], {terminal: true});
  t.is(code, 0, stderr);
  t.is(stderr, '');
});

test('Ctrl-C while it copies removes what is half made, and says so', async t => {
  const {on, source, target, asked} = await stage(t, {}, {onUpload: () => ({after: 3 * MIB, how: 'silent'})});
  source.add('a', 64 * MIB, {name: 'debian'});
  const {code, stderr} = await on('deploy', copying, {
    interruption: {after: 'Copying the image', what: 'SIGINT'},
  });
  t.is(code, 130);
  t.regex(stderr, /Interrupted while the image "debian" \(a\) was copied/);
  t.is(target.images.size, 0);
  t.false(asked.includes('POST stacks'));
  t.true(await target.idle());
  t.true(await source.idle());
});

test('--image-dir keeps the download', async t => {
  const {on, source, dir} = await stage(t);
  source.add('a', MIB, {name: 'debian'});
  const {code, stderr} = await on('deploy', [...copying, '--image-dir', 'images']);
  t.is(code, 0, stderr);
  t.regex(stderr, /^Downloading .*\(100 %\)$/m);
  t.regex(stderr, /^Uploading .*\(100 %\)$/m);
  const {readdir} = await import('node:fs/promises');
  t.is((await readdir(join(dir, 'images'))).length, 1);
});

test('options that do not go together are refused before anything is asked', async t => {
  const {on, source, target} = await stage(t);
  for (const [words, what] of [
    [['--copy-images'], /--copy-images needs the cloud to copy from/],
    [['--from', 'a'], /--from is for --copy-images/],
    [['--image-dir', 'x'], /--image-dir is for --copy-images/],
    [[...copying, '--os-project-name', 'p'], /--os-project-name would count for the cloud of --from too/],
  ] as const) {
    const {code, stderr} = await on('deploy', words);
    t.is(code, 2, stderr);
    t.regex(stderr, what);
  }
  t.is(source.asked.length + target.asked.length, 0);
});

test('clone: what it reads says which images go along', async t => {
  const {run, source} = await stage(t);
  source.add('264dfde3-36f9-48ac-b5be-8a479d4c5bf0', MIB, {name: 'debian-like'});
  source.add('79bf3af9-34e2-4cf7-b424-bc7042306416', 2 * MIB, {name: 'cirros-like'});
  const clone = ['clone', 'copy', '--from', 'a', '--to', 'b', '--dry-run'];
  const {stderr} = await run([...clone, '--copy-images']);
  t.regex(stderr, /^image_cirros_like: the image "cirros-like" \(79bf3af9-.*\) is to be copied, 2\.0 MiB$/m);
  t.regex(stderr, /^image_debian_like: the image "debian-like" \(264dfde3-.*\) is to be copied, 1\.0 MiB$/m);
  t.notRegex((await run(clone)).stderr, /is to be copied/);
  t.is((await run([...clone, '--image-dir', 'x'])).code, 2);
});
