import {execFile} from 'node:child_process';
import {writeFileSync} from 'node:fs';
import {mkdir, readdir, rm, symlink, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';
import type {Bundle} from '../../src/model/bundle.ts';
import {RekindleError, type ErrorCode} from '../../src/model/errors.ts';
import {checkFree, writeBundle} from '../../src/store/index.ts';
import {placeFiles, undone, UndoError} from '../../src/store/place.ts';
import {bundleOf, modeOf, scratch, texts, tree} from './sample.ts';

async function refuses(
  t: ExecutionContext,
  run: Promise<unknown>,
  code: ErrorCode,
  says: RegExp,
): Promise<void> {
  const error = await t.throwsAsync(run, {instanceOf: RekindleError, message: says});
  t.is(error.code, code);
}

/** Does something at the moment this file is written. */
function meanwhile(act: () => void, files: Bundle = bundleOf('new')): Bundle {
  const trap = {
    path: 'zz',
    get text(): string {
      act();
      return '';
    },
  };
  return [...files, trap];
}

test('a new bundle appears whole, for its owner only, in folders made for it', async t => {
  const root = await scratch();
  const dir = join(root, 'a', 'b', 'out');
  await writeBundle(dir, bundleOf('new'));
  t.deepEqual(await tree(dir), texts(bundleOf('new')));
  t.is(await modeOf(dir), 0o700);
  t.is(await modeOf(join(dir, 'files')), 0o700);
  t.is(await modeOf(join(dir, 'secrets.yaml')), 0o600);
  t.is(await modeOf(join(dir, 'deploy.sh')), 0o700);
  t.deepEqual(await readdir(join(root, 'a', 'b')), ['out']);
});

test('an empty folder is filled', async t => {
  const root = await scratch();
  await writeBundle(root, bundleOf('new'));
  t.deepEqual(await tree(root), texts(bundleOf('new')));
});

test('nothing that exists is touched without force', async t => {
  const root = await scratch();
  const dir = join(root, 'out');
  await writeBundle(dir, bundleOf('old'));
  await refuses(t, writeBundle(dir, bundleOf('new')), 'exists', /earlier bundle/);
  t.deepEqual(await tree(dir), texts(bundleOf('old')));

  const other = await scratch();
  await writeFile(join(other, 'mine'), 'x');
  await refuses(t, writeBundle(other, bundleOf('new')), 'exists', /other files/);
  t.deepEqual(await tree(other), {mine: 'x'});
  t.deepEqual(await readdir(root), ['out']);
});

test('whether a folder is free can be asked before the work', async t => {
  const root = await scratch();
  const dir = join(root, 'out');
  await t.notThrowsAsync(checkFree(dir));
  await t.notThrowsAsync(checkFree(root));
  await writeBundle(dir, bundleOf('old'));
  await refuses(t, checkFree(dir), 'exists', /earlier bundle/);
  await refuses(t, checkFree(root), 'exists', /other files/);
  await t.notThrowsAsync(checkFree(dir, {force: true}));
});

test('update replaces a bundle, among other things too, and nothing that is none', async t => {
  const root = await scratch();
  const dir = join(root, 'out');
  await writeBundle(dir, bundleOf('old'));
  await writeFile(join(dir, 'NOTES.md'), 'n');
  await t.notThrowsAsync(checkFree(dir, {update: true}));
  await writeBundle(dir, bundleOf('new'), {update: true});
  t.deepEqual(await tree(dir), {...texts(bundleOf('new')), 'NOTES.md': 'n'});

  const other = await scratch();
  await writeFile(join(other, 'mine'), 'x');
  await refuses(t, checkFree(other, {update: true}), 'exists', /other files/);
  await refuses(t, writeBundle(other, bundleOf('new'), {update: true}), 'exists', /other files/);
  t.deepEqual(await tree(other), {mine: 'x'});
});

test('a file or a symbolic link is never replaced, with force neither', async t => {
  const root = await scratch();
  await writeFile(join(root, 'file'), 'x');
  await mkdir(join(root, 'elsewhere'));
  await symlink(join(root, 'elsewhere'), join(root, 'link'));
  for (const force of [false, true]) {
    await refuses(t, writeBundle(join(root, 'file'), bundleOf('new'), {force}), 'exists', /no folder/);
    await refuses(t, writeBundle(join(root, 'link'), bundleOf('new'), {force}), 'exists', /symbolic link/);
    await refuses(
      t,
      writeBundle(join(root, 'file', 'below'), bundleOf('new'), {force}),
      'input',
      /not a folder/,
    );
  }
  t.deepEqual(await tree(root), {file: 'x', link: '@'});
});

test('force replaces an earlier bundle as a whole, with files that the new one lacks', async t => {
  const root = await scratch();
  const dir = join(root, 'out');
  await writeBundle(dir, bundleOf('old'));
  const fresh = bundleOf('new').filter(({path}) => !path.startsWith('files/'));
  await writeBundle(dir, fresh, {force: true});
  t.deepEqual(await tree(dir), texts(fresh));
  t.deepEqual(await readdir(root), ['out']);
});

test('force keeps what is not ours: a git folder, notes, a link, files of the user beside ours', async t => {
  const root = await scratch();
  const dir = join(root, 'out');
  await writeBundle(dir, bundleOf('old'));
  const foreign = {'.git/HEAD': 'ref', 'NOTES.md': 'n', 'files/mine.sh': 'm'};
  await mkdir(join(dir, '.git'));
  for (const [path, text] of Object.entries(foreign)) await writeFile(join(dir, path), text);
  await symlink('/', join(dir, 'link'));
  const fresh = bundleOf('new').filter(({path}) => !path.startsWith('files/'));
  await writeBundle(dir, fresh, {force: true});
  t.deepEqual(await tree(dir), {...texts(fresh), ...foreign, link: '@'});
});

test('force in a folder that never was a bundle writes among what is there', async t => {
  const dir = await scratch();
  await writeFile(join(dir, 'mine'), 'x');
  await writeFile(join(dir, 'template.yaml'), 'theirs');
  await writeBundle(dir, bundleOf('new'), {force: true});
  t.deepEqual(await tree(dir), {...texts(bundleOf('new')), mine: 'x'});
});

test('no file goes through a link, and no folder gives way', async t => {
  const outside = await scratch();
  const linked = await scratch();
  await symlink(outside, join(linked, 'files'));
  await refuses(t, writeBundle(linked, bundleOf('new'), {force: true}), 'exists', /in the way/);
  t.deepEqual(await tree(outside), {});
  t.deepEqual(await tree(linked), {files: '@'});

  const blocked = await scratch();
  await mkdir(join(blocked, 'template.yaml'));
  await refuses(t, writeBundle(blocked, bundleOf('new'), {force: true}), 'exists', /it is a folder/);
  t.deepEqual(await readdir(blocked), ['template.yaml']);

  const dir = await scratch();
  await writeFile(join(outside, 'victim'), 'safe');
  await symlink(join(outside, 'victim'), join(dir, 'report.md'));
  await writeBundle(dir, bundleOf('new'), {force: true});
  t.deepEqual(await tree(outside), {victim: 'safe'});
  t.deepEqual(await tree(dir), texts(bundleOf('new')));
});

test('paths that lead out of the folder, or into each other, are refused before anything is written', async t => {
  const root = await scratch();
  const hostile = [
    '../out',
    'files/../../x',
    '/etc/passwd',
    'a//b',
    './a',
    'a\\b',
    'c:x',
    'a\u0000b',
    'a\nb',
    'a\u202eb',
    '',
    'x'.repeat(300),
    'REPORT.md',
    'files',
    'report.md/x',
  ];
  for (const path of hostile) {
    const run = writeBundle(join(root, 'out'), [...bundleOf('new'), {path, text: 'x'}]);
    await refuses(t, run, 'internal', /the bundle has/);
  }
  t.deepEqual(await readdir(root), []);
});

function fail(): never {
  throw new Error('disk on fire');
}

test('a failure in the middle leaves what was there, and nothing beside it', async t => {
  const root = await scratch();
  const dir = join(root, 'out');
  await refuses(t, writeBundle(dir, meanwhile(fail)), 'input', /can't write/);
  t.deepEqual(await readdir(root), []);

  await writeBundle(dir, bundleOf('old'));
  await refuses(t, writeBundle(dir, meanwhile(fail), {force: true}), 'input', /can't write/);
  t.deepEqual(
    await tree(root),
    Object.fromEntries(Object.entries(texts(bundleOf('old'))).map(([k, v]) => [`out/${k}`, v])),
  );

  await writeFile(join(dir, 'mine'), 'x');
  await refuses(t, writeBundle(dir, meanwhile(fail), {force: true}), 'input', /can't write/);
  t.deepEqual(await tree(dir), {...texts(bundleOf('old')), mine: 'x'});
});

test('an interrupt leaves what was there, and nothing beside it', async t => {
  const root = await scratch();
  const dir = join(root, 'out');
  await writeBundle(dir, bundleOf('old'));
  const controller = new AbortController();
  const files = [...meanwhile(() => controller.abort()), {path: 'zzz', text: ''}];
  await refuses(t, writeBundle(dir, files, {force: true, signal: controller.signal}), 'aborted', /stopped/);
  t.deepEqual(await tree(dir), texts(bundleOf('old')));
  t.deepEqual(await readdir(root), ['out']);
});

test('a process killed before the last step leaves the earlier bundle whole', async t => {
  const root = await scratch();
  const dir = join(root, 'out');
  await writeBundle(dir, bundleOf('old'));
  const store = pathToFileURL(join(import.meta.dirname, '../../src/store/index.js')).href;
  const script = `
    import {writeBundle} from ${JSON.stringify(store)};
    const files = ${JSON.stringify(bundleOf('new'))};
    files.push({path: 'zz', get text() { process.kill(process.pid, 'SIGKILL'); return ''; }});
    await writeBundle(${JSON.stringify(dir)}, files, {force: true});`;
  const run = promisify(execFile)(process.execPath, ['--input-type=module', '-e', script]);
  const error = await t.throwsAsync<Error & {signal?: string}>(run);
  t.is(error.signal, 'SIGKILL');
  t.deepEqual(await tree(dir), texts(bundleOf('old')));
});

test('a folder that something else fills meanwhile is not written over', async t => {
  const dir = await scratch();
  const files = meanwhile(() => {
    writeFileSync(join(dir, 'theirs'), 'x');
  });
  await refuses(t, writeBundle(dir, files), 'exists', /meanwhile/);
  t.deepEqual(await tree(dir), {theirs: 'x'});
});

test('when a file in the middle cannot be replaced, all are put back', async t => {
  const root = await scratch();
  const [fresh, target, old] = [join(root, 'new'), join(root, 'out'), join(root, 'old')];
  await writeBundle(target, bundleOf('old'));
  await writeFile(join(target, 'mine'), 'x');
  await writeBundle(fresh, bundleOf('new'));
  await rm(join(fresh, 'report.md'));
  await t.throwsAsync(placeFiles(fresh, target, old, bundleOf('new'), []), {code: 'ENOENT'});
  t.deepEqual(await tree(target), {...texts(bundleOf('old')), mine: 'x'});
});

test('what cannot be put back is kept, and the error is the first one', async t => {
  const first = new Error('first');
  const error = await t.throwsAsync(
    undone(first, async () => Promise.resolve().then(fail)),
    {instanceOf: UndoError},
  );
  t.is(error.cause, first);
});

test('a folder that a program stands in keeps its place', async t => {
  const dir = await scratch();
  const store = pathToFileURL(join(import.meta.dirname, '../../src/store/index.js')).href;
  const script = `
    import {readdirSync} from 'node:fs';
    import {writeBundle} from ${JSON.stringify(store)};
    await writeBundle('.', ${JSON.stringify(bundleOf('one'))});
    await writeBundle('.', ${JSON.stringify(bundleOf('two'))}, {force: true});
    console.log(readdirSync('.').length);`;
  const {stdout} = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
    cwd: dir,
  });
  t.is(stdout, '8\n');
  t.deepEqual(await tree(dir), texts(bundleOf('two')));
});
