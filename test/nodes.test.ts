/** The built program under each Node that is promised: it starts, and takes the sample's snapshot byte for byte. */
import {execFile} from 'node:child_process';
import {mkdtemp, readFile, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {promisify} from 'node:util';
import test from 'ava';
import {nodeProgram, nodeVersions} from './support/nodes.ts';
import {environmentOf} from './support/replay/environment.ts';
import {goldenFiles, readSample} from './support/replay/sample.ts';
import {startReplay} from './support/replay/server.ts';

const root = join(import.meta.dirname, '../..');
const main = join(root, 'dist/src/cli/main.js');
const run = promisify(execFile);

const {version, engines} = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly engines: {readonly node: string};
};

test('the versions are those that package.json promises', t => {
  const promised = [...engines.node.matchAll(/(\d+)(?:\.\d+)*/g)].map(([, major]) => major);
  t.deepEqual(
    nodeVersions.map(one => one.split('.')[0]),
    promised,
  );
});

// Whoever has no network says so; a network that fails is a failure.
const versions = process.env['REKINDLE_NODES'] === 'none' ? [process.versions.node] : nodeVersions;

for (const node of versions) {
  test(`Node ${node}`, async t => {
    t.timeout(360_000);
    if (process.env['REKINDLE_NODES'] === 'none') t.log('only this Node was tested: REKINDLE_NODES=none');
    const program = await nodeProgram(node);
    t.is((await run(program, ['--version'])).stdout.trim(), `v${node}`);
    t.is((await run(program, [main, '--version'])).stdout.trim(), `rekindle ${version}`);
    t.regex((await run(program, [main, '--help'])).stdout, /^ {2}rekindle snapshot/m);

    const recording = await readSample('web');
    const replay = await startReplay(recording);
    const dir = await mkdtemp(join(tmpdir(), 'rekindle-node-'));
    t.teardown(async () => {
      await replay.close();
      await rm(dir, {recursive: true, force: true});
    });
    const env = {
      PATH: process.env['PATH'],
      ...environmentOf(recording, replay.authUrl),
      NO_PROXY: '127.0.0.1',
    };
    const {stderr} = await run(program, [main, 'snapshot', 'out'], {cwd: dir, env});
    // Not a word of things that this Node is about to drop.
    t.notRegex(stderr, /Deprecat|Experimental/i);
    const golden = await goldenFiles('web');
    // The inventory says when and where.
    for (const [path, text] of Object.entries(golden).filter(([name]) => name !== 'inventory.json'))
      t.is(await readFile(join(dir, 'out', path), 'utf8'), text, path);
    const {stdout} = await run(program, [main, 'render', 'out', 'again'], {cwd: dir, env});
    t.regex(stdout, /resources/);
    t.is(await readFile(join(dir, 'again/template.yaml'), 'utf8'), golden['template.yaml'] ?? '');
  });
}
