/** Runs the suite under each Node that is promised: `npm run test:nodes`; words after `--` go to ava. */
import {spawnSync} from 'node:child_process';
import {join} from 'node:path';
import {nodeProgram, nodeVersions} from '../test/support/nodes.ts';

const root = join(import.meta.dirname, '../..');
const ava = join(root, 'node_modules/ava/entrypoints/cli.mjs');

for (const version of nodeVersions) {
  const program = await nodeProgram(version);
  process.stderr.write(`\nNode ${version}\n`);
  const {status} = spawnSync(program, [ava, ...process.argv.slice(2)], {cwd: root, stdio: 'inherit'});
  if (status !== 0) {
    process.stderr.write(`failed under Node ${version}\n`);
    process.exitCode = 1;
  }
}
