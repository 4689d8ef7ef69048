// Installs and builds what is missing or stale, so that one npm command does everything on a fresh checkout.
// Plain JavaScript and no dependency: it runs before there are any.
import {execFileSync} from 'node:child_process';
import {existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync} from 'node:fs';
import {join} from 'node:path';

const root = join(import.meta.dirname, '..');
process.chdir(root);

function changed(path) {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(stat.mtimeMs, ...readdirSync(path).map(name => changed(join(path, name))));
}

function run(command, args) {
  try {
    execFileSync(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
  } catch (error) {
    process.stderr.write(`${error.stdout ?? ''}${error.stderr ?? ''}\n${command} ${args.join(' ')} failed\n`);
    process.exit(1);
  }
}

const installed = 'node_modules/.package-lock.json';
if (changed(installed) < changed('package-lock.json')) {
  process.stderr.write('installing dependencies\n');
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
  const now = new Date();
  if (existsSync(installed)) utimesSync(installed, now, now);
}

const stamp = 'dist/.built';
const sources = ['src', 'test', 'scripts', 'benchmark', 'tsconfig.json', installed].filter(path =>
  existsSync(path),
);
if (changed(stamp) < Math.max(...sources.map(path => (path === 'test' ? testSources() : changed(path))))) {
  process.stderr.write('building\n');
  rmSync('dist', {recursive: true, force: true}); // A file that is gone must not go on being tested.
  run(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.json']);
  writeFileSync(stamp, '');
}

/** The test cloud's scripts are no part of the build. */
function testSources() {
  return Math.max(
    ...readdirSync('test')
      .filter(name => name !== 'cloud')
      .map(name => changed(join('test', name))),
  );
}
