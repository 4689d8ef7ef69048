/** What is shipped, and what comes along with it. */
import {execFile} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {bundledPackages, licencesPage, lockedPackages} from './support/lockfile.ts';

const root = join(import.meta.dirname, '../..');
const {dependencies, devDependencies, ...manifest} = JSON.parse(
  await readFile(join(root, 'package.json'), 'utf8'),
) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  readonly license: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly scripts: Readonly<Record<string, string>>;
  readonly publishConfig: Readonly<Record<string, unknown>>;
};

test('no package runs anything when it is installed, and neither does this one', t => {
  t.deepEqual(
    lockedPackages()
      .filter(({installs}) => installs)
      .map(({name}) => name),
    [],
  );
  const onInstall = [
    'preinstall',
    'install',
    'postinstall',
    'prepare',
    'prepublish',
    'preprepare',
    'postprepare',
  ];
  t.deepEqual(
    onInstall.filter(name => name in manifest.scripts),
    [],
  );
});

test('every package is locked to its bytes, and asked for in one version', t => {
  for (const {name, integrity} of lockedPackages()) t.regex(integrity, /^sha512-/, name);
  for (const [name, version] of Object.entries({...dependencies, ...devDependencies}))
    t.regex(version, /^\d+\.\d+\.\d+$/, name);
});

test('licences of the runtime let it be used anywhere, and docs/licences.md lists them', async t => {
  const free = new Set([
    'MIT',
    'ISC',
    'Apache-2.0',
    'BSD-2-Clause',
    'BSD-3-Clause',
    '0BSD',
    '(MIT OR CC0-1.0)',
  ]);
  const runtime = lockedPackages().filter(({dev}) => !dev);
  t.true(runtime.length >= Object.keys(dependencies).length);
  const inPage = bundledPackages();
  t.true(inPage.some(({name}) => name === 'd3-zoom'));
  for (const {name, license} of [...runtime, ...inPage]) t.true(free.has(license), `${name}: ${license}`);
  t.is(await readFile(join(root, 'docs/licences.md'), 'utf8'), licencesPage(), 'run: npm run docs');
});

test('each runtime dependency has its reason in the README', async t => {
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  for (const name of Object.keys(dependencies)) t.regex(readme, new RegExp(`^\\| ${name} \\| \\S`, 'm'));
});

test('the package holds the compiled program with its types, and nothing else', async t => {
  // `npm test` hands its settings on to this npm.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('npm_')));
  const words = ['pack', '--dry-run', '--json', '--ignore-scripts'];
  const {stdout} = await promisify(execFile)('npm', words, {
    cwd: root,
    env,
    maxBuffer: 1 << 26,
    shell: process.platform === 'win32',
  });
  const [packed] = JSON.parse(stdout) as [{readonly files: readonly {readonly path: string}[]}];
  const paths = packed.files.map(({path}) => path);
  const plain = new Set(['package.json', 'README.md', 'LICENSE', 'CHANGELOG.md']);
  t.deepEqual(
    paths.filter(path => !plain.has(path) && !/^dist\/src\/[\w/-]+\.(?:js|d\.ts)$/.test(path)),
    [],
  );
  t.deepEqual(
    [...plain].filter(path => !paths.includes(path)),
    [],
  );
  const named = [...Object.values(manifest.bin), ...Object.values(manifest.exports['.'] ?? {})];
  for (const path of named) t.true(paths.includes(path.replace(/^\.\//, '')), path);
  // A compiled file whose source is gone would be shipped for ever.
  const sources = paths
    // The page's script is made by the build.
    .filter(path => path.endsWith('.js') && !path.endsWith('page/bundled.js'))
    .map(path => path.replace('dist/', '').replace(/js$/, 'ts'));
  for (const source of sources) await t.notThrowsAsync(readFile(join(root, source)), source);
});

test('a release is published with its provenance, from a workflow that may do nothing else', async t => {
  t.deepEqual(manifest.publishConfig, {access: 'public', provenance: true});
  const workflow = await readFile(join(root, '.github/workflows/release.yml'), 'utf8');
  t.regex(workflow, /^permissions: \{\}$/m);
  t.regex(workflow, /id-token: write/);
  t.regex(workflow, /npm sbom --omit=dev --sbom-format=cyclonedx/);
  t.regex(workflow, /npm ci --ignore-scripts/);
  t.regex(workflow, /npm run check:package/);
  t.notRegex(workflow, /NPM_TOKEN|NODE_AUTH_TOKEN|secrets\./, 'npm trusts the workflow itself');
  // A tag can be moved; a commit can not.
  for (const [, action = ''] of workflow.matchAll(/uses: *(\S+)/g)) t.regex(action, /@[0-9a-f]{40}$/, action);
});
