// Makes a fresh checkout able to run: installs what the lock file names, compiles what is newer than the last build.
// Plain JavaScript without dependencies: it runs before there are any. Quiet unless something fails.
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {dirname, join} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = join(root, 'dist', '.built');

if (!installed()) {
  console.error('installing dependencies (once) …');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], process.platform === 'win32');
}
if (!compiled()) {
  console.error('compiling …');
  const start = new Date();
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  // What runs in a browser, or drives one, is compiled by itself: nothing else knows of a document.
  for (const folder of ['.', join('src', 'page', 'client'), join('test', 'page', 'client')])
    run(process.execPath, [compiler, '-p', join(root, folder)], false);
  for (const name of ['src', 'test', 'scripts', 'benchmark'])
    sweep(join(root, 'dist', name), join(root, name));
  run(process.execPath, [join(root, 'scripts', 'bundle-page.mjs')], false);
  writeFileSync(built, '');
  // What was changed while the compiler ran is newer than this.
  utimesSync(built, start, start);
}

/** What is installed is what the lock file says; times of files say nothing after a git checkout. */
function installed() {
  const hidden = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = packagesOf(join(root, 'package-lock.json'));
  const there = packagesOf(hidden);
  return Object.entries(wanted).every(
    ([path, {version, optional}]) => path === '' || optional || there[path]?.version === version,
  );
}

function packagesOf(path) {
  return JSON.parse(readFileSync(path, 'utf8')).packages;
}

function compiled() {
  if (!existsSync(built)) return false;
  const since = statSync(built).mtimeMs;
  return ['package.json', 'package-lock.json', 'tsconfig.json', 'src', 'test', 'scripts', 'benchmark'].every(
    name => unchanged(join(root, name), since),
  );
}

function unchanged(path, since) {
  if (!existsSync(path)) return true;
  const stats = statSync(path);
  // A folder's own time tells of files that went away.
  if (stats.mtimeMs > since) return false;
  return !stats.isDirectory() || readdirSync(path).every(name => unchanged(join(path, name), since));
}

/** The compiler leaves what it once made of a source that is gone: it would be tested, and shipped, for ever. */
function sweep(made, source) {
  if (!existsSync(made)) return;
  for (const entry of readdirSync(made, {withFileTypes: true})) {
    const path = join(made, entry.name);
    const from = join(source, entry.name.replace(/\.(?:js|js\.map|d\.ts)$/, '.ts'));
    if (!existsSync(from)) rmSync(path, {recursive: true});
    else if (entry.isDirectory()) sweep(path, from);
  }
}

function run(program, words, shell) {
  const {status, stdout, stderr, error} = spawnSync(program, words, {cwd: root, encoding: 'utf8', shell});
  if (status === 0) return;
  process.stderr.write(`${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}`);
  console.error(`failed: ${program} ${words.join(' ')}`);
  process.exit(1);
}
