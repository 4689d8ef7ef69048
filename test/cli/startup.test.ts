/** What the program loads before it has anything to do: start-up costs what is loaded. */
import {execFile} from 'node:child_process';
import {mkdtemp, readdir, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join, relative} from 'node:path';
import {fileURLToPath} from 'node:url';
import {promisify} from 'node:util';
import test, {type ExecutionContext} from 'ava';

const root = join(import.meta.dirname, '../../..');
const main = join(root, 'dist/src/cli/main.js');

interface Loaded {
  /** As `cli/main.js`. */
  readonly own: readonly string[];
  /** Names of packages. */
  readonly packages: readonly string[];
}

/** V8's own list of the scripts that ran. */
async function loadedBy(words: readonly string[]): Promise<Loaded> {
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-startup-'));
  try {
    await promisify(execFile)(process.execPath, [main, ...words], {
      env: {PATH: process.env['PATH'] ?? '', NODE_V8_COVERAGE: dir},
    });
    const [file = ''] = await readdir(dir);
    const {result} = JSON.parse(await readFile(join(dir, file), 'utf8')) as {
      readonly result: readonly {readonly url: string}[];
    };
    const paths = result.flatMap(({url}) => (url.startsWith('file:') ? [fileURLToPath(url)] : []));
    const packages = paths.flatMap(path => {
      const name = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1];
      return name === undefined ? [] : [name];
    });
    const own = paths
      .filter(path => !path.includes('/node_modules/'))
      .map(path => relative(join(root, 'dist/src'), path));
    return {own: own.sort(), packages: [...new Set(packages)].sort()};
  } finally {
    await rm(dir, {recursive: true, force: true});
  }
}

function isOnlyOf(t: ExecutionContext, {own}: Loaded, layers: readonly string[]): void {
  t.true(own.includes('cli/main.js'));
  t.deepEqual(
    own.filter(path => !layers.includes(path.split('/')[0] ?? '')),
    [],
  );
}

function commandsIn({own}: Loaded): readonly string[] {
  return own.filter(path => path.startsWith('cli/commands/'));
}

for (const word of ['--version', '--help']) {
  test(`${word} loads no package, no command and no stage`, async t => {
    const loaded = await loadedBy([word]);
    isOnlyOf(t, loaded, ['cli', 'model']);
    t.deepEqual(loaded.packages, []);
    t.deepEqual(commandsIn(loaded), ['cli/commands/index.js']);
    t.true(loaded.own.length <= 24, loaded.own.join('\n'));
  });
}

for (const [words, modules] of [
  [['snapshot', '--help'], ['snapshot.js']],
  [['deploy', '--help'], ['deploy.js']],
  [['select', '--help'], ['select.js']],
  [
    ['stack', 'list', '--help'],
    // A word that is a command's name somewhere loads that too.
    ['list.js', 'stack/index.js', 'stack/list.js', 'stack/target.js'],
  ],
] as const)
  test(`${words.join(' ')} loads the parser and that command, and no stage`, async t => {
    const loaded = await loadedBy(words);
    isOnlyOf(t, loaded, ['cli', 'model']);
    t.deepEqual(commandsIn(loaded), ['index.js', ...modules].map(name => `cli/commands/${name}`).sort());
    t.true(loaded.packages.includes('yargs'));
    t.deepEqual(
      loaded.packages.filter(name => ['got', 'yaml', 'hpagent', 'p-limit'].includes(name)),
      [],
    );
  });
