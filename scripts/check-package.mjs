// What a release must pass beside the tests: known holes in what it depends on, the package as npm sees it, its types as
// TypeScript resolves them. Over the network, by programs that nothing else needs: their versions are pinned here.
import {spawnSync} from 'node:child_process';
import {dirname} from 'node:path';
import {fileURLToPath} from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

const checks = [
  ['npm', 'audit', '--audit-level=high'],
  ['npx', '--yes', 'publint@0.3.25', '--strict'],
  // The package is ESM only: a Node that can't `require` it is too old for it.
  ['npx', '--yes', '@arethetypeswrong/cli@0.18.5', '--pack', '.', '--profile', 'esm-only'],
];

const failed = checks.filter(([program, ...words]) => {
  const shell = process.platform === 'win32';
  // `npm run` hands its own settings on, and a dry run among them would go for all of these.
  const {status} = spawnSync(program, words, {cwd: root, stdio: 'inherit', shell});
  return status !== 0;
});
for (const words of failed) console.error(`failed: ${words.join(' ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
