import {chmod, mkdtemp, readdir, readFile, rm, stat, symlink, truncate, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import {copyImages, type CopyOptions, type Copies, planImages} from '../../src/images/index.ts';
import {RekindleError} from '../../src/model/errors.ts';
import {testClock} from '../cloud-access/support/surroundings.ts';
import {bytesOf, MIB, type Trouble} from '../support/glance.ts';
import {bundle, means, pair, type Pair} from './support.ts';

const debian = [bundle(means('a', 'debian'))];

async function folder(t: ExecutionContext): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-images-'));
  t.teardown(() => rm(dir, {recursive: true, force: true}));
  return join(dir, 'kept/images');
}

async function copy({from, to}: Pair, options: CopyOptions): Promise<Copies> {
  const plan = await planImages(from, to, debian);
  return copyImages(from, to, plan, {clock: testClock(), ...options});
}

const errorOf = async (t: ExecutionContext, promise: Promise<unknown>): Promise<RekindleError> =>
  await t.throwsAsync(promise, {instanceOf: RekindleError});

const downloads = ({source}: Pair): readonly string[] =>
  source.asked.filter(one => one.startsWith('GET images/a/file'));

const mode = async (path: string): Promise<number> => (await stat(path)).mode & 0o777;

/** What is in the folder, as one name. */
async function only(t: ExecutionContext, dir: string): Promise<string> {
  const names = await readdir(dir);
  t.is(names.length, 1, names.join(', '));
  return join(dir, names[0] ?? '');
}

test('a download is kept, for nobody else to read, and not fetched again', async t => {
  const dir = await folder(t);
  const two = await pair(t);
  two.source.add('a', MIB, {name: 'debian'});
  const doing: string[] = [];
  await copy(two, {dir, onProgress: one => doing.push(one.doing)});
  t.deepEqual([...new Set(doing)], ['download', 'upload']);
  const path = await only(t, dir);
  t.deepEqual(await readFile(path), Buffer.concat([...bytesOf(MIB)]));
  t.deepEqual([await mode(path), await mode(dir)], [0o600, 0o700]);
  two.target.images.clear();
  await copy(two, {dir});
  // Two looks of the plan, and one download.
  t.is(downloads(two).length, 3);
  t.is([...two.target.images.values()][0]?.status, 'active');
  t.true(await two.ended());
});

const held = (count: number): Trouble => (count === 2 ? {after: 300_000, how: 'silent'} : undefined);
const cutTwice = (count: number): Trouble => (count < 3 ? {after: 100_000, how: 'cut'} : undefined);

test('an interrupted download goes on where it was, in another run', async t => {
  const dir = await folder(t);
  for (const ranges of [true, false] as const) {
    const abort = new AbortController();
    const two = await pair(t, {onDownload: held, ranges});
    const {os_hash_value: hash} = two.source.add('a', MIB, {name: 'debian'});
    const first = copy(two, {
      dir,
      signal: abort.signal,
      onProgress: ({done}) => {
        if (done === 300_000) abort.abort();
      },
    });
    const {code, message} = await errorOf(t, first);
    t.is(code, 'aborted');
    t.regex(message, /what was downloaded is kept$/);
    const part = await only(t, dir);
    t.regex(part, /\.part$/);
    t.is((await stat(part)).size, 300_000);
    // As somebody's umask, or a copy, may have left it.
    await chmod(part, 0o644);
    const seen: number[] = [];
    const {copied} = await copy(two, {
      dir,
      onProgress: one => {
        if (one.doing === 'download') seen.push(one.done);
      },
    });
    t.is(seen[0], 300_000);
    t.is(two.target.images.get(copied[0]?.id ?? '')?.os_hash_value, hash);
    t.true(downloads(two).includes('GET images/a/file bytes=300000-'));
    const whole = await only(t, dir);
    t.is(await mode(whole), 0o600);
    await rm(whole);
    t.true(await two.ended());
  }
});

test('a file that is not what it should be is no good: it is fetched again', async t => {
  const dir = await folder(t);
  const two = await pair(t);
  const {os_hash_value: hash} = two.source.add('a', MIB, {name: 'debian'});
  await copy(two, {dir});
  const path = await only(t, dir);
  for (const spoil of [
    () => writeFile(path, Buffer.alloc(MIB)),
    () => truncate(path, 5),
    () => writeFile(path, Buffer.alloc(MIB + 1)),
  ]) {
    await spoil();
    two.target.images.clear();
    await copy(two, {dir});
    t.is([...two.target.images.values()][0]?.os_hash_value, hash);
  }
});

test('a partial file of something else never becomes an image, and does not stay', async t => {
  const dir = await folder(t);
  const two = await pair(t);
  two.source.add('a', MIB, {name: 'debian'});
  await copy(two, {dir});
  const path = await only(t, dir);
  await rm(path);
  await writeFile(`${path}.part`, 'something else');
  two.target.images.clear();
  const {message} = await errorOf(t, copy(two, {dir}));
  t.regex(message, /its sha512 differs/);
  t.is(two.target.images.size, 0);
  t.deepEqual(await readdir(dir), []);
});

test('no link is followed, and what is in the way is said', async t => {
  const dir = await folder(t);
  const two = await pair(t);
  two.source.add('a', MIB, {name: 'debian'});
  await copy(two, {dir});
  const path = await only(t, dir);
  await rm(path);
  const own = join(dir, '../own');
  await writeFile(own, 'precious');
  await symlink(own, `${path}.part`);
  two.target.images.clear();
  const {code, message} = await errorOf(t, copy(two, {dir}));
  t.is(code, 'input');
  t.regex(message, /can't use .*: it is a symbolic link/);
  t.is(await readFile(own, 'utf8'), 'precious');
});

test('ids are no paths', async t => {
  const dir = await folder(t);
  const two = await pair(t);
  two.source.add('..%2F..%2Fevil', MIB, {name: 'debian'});
  // As a hostile Glance would say it of itself.
  two.source.images.get('..%2F..%2Fevil')!.id = '../../evil';
  const plan = await planImages(two.from, two.to, [bundle(means('../../evil', 'debian'))]);
  await copyImages(two.from, two.to, plan, {dir, clock: testClock()});
  t.regex(await only(t, dir), /\/[0-9a-f]{36}-[0-9a-f]{12}\.image$/);
});

test('a target that breaks off costs no second download', async t => {
  const dir = await folder(t);
  const two = await pair(t, {}, {onUpload: cutTwice});
  two.source.add('a', MIB, {name: 'debian'});
  await copy(two, {dir});
  t.is(downloads(two).length, 2);
  t.is(two.target.images.size, 1);
});
