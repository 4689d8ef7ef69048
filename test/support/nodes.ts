/** The versions of Node that are promised, each as the npm package that brings its program; nothing is installed. */
import {execFile} from 'node:child_process';
import {access, mkdir, mkdtemp, rename, rm} from 'node:fs/promises';
import {join} from 'node:path';
import {promisify} from 'node:util';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../../..');

/** The last of each line when this was written; `engines` in package.json says the first. */
export const nodeVersions = ['20.20.2', '22.23.3', '24.21.0'] as const;

/**
 * Path of that Node's program: from a folder that outlives the run, or fetched into it. npm checks its bytes.
 * @throws Error that says what can't be had.
 */
export async function nodeProgram(version: string): Promise<string> {
  if (process.versions.node === version) return process.execPath;
  const folder = process.env['REKINDLE_NODES'] ?? join(root, 'node_modules/.cache/rekindle-nodes');
  const home = join(folder, `${version}-${process.platform}-${process.arch}`);
  const windows = process.platform === 'win32';
  const program = join(home, windows ? 'package/bin/node.exe' : 'package/bin/node');
  const there = await access(program).then(
    () => true,
    () => false,
  );
  if (!there) await fetched(version, folder, home);
  return program;
}

const WHERE = /^npm_config_(?:registry|userconfig|globalconfig|cache|cafile|proxy|https?_proxy|noproxy)$/;

async function fetched(version: string, folder: string, home: string): Promise<void> {
  const platform = process.platform === 'win32' ? 'win' : process.platform;
  const name = `node-${platform}-${process.arch}@${version}`;
  // `npm test` hands its settings on to this npm: only where packages come from is meant for it.
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([key]) => !key.startsWith('npm_') || WHERE.test(key)),
  );
  await mkdir(folder, {recursive: true});
  const staging = await mkdtemp(join(folder, '.fetch-'));
  try {
    const shell = process.platform === 'win32';
    const words = ['pack', name, '--silent', '--pack-destination', staging];
    const {stdout} = await run('npm', words, {cwd: staging, env, shell, timeout: 300_000});
    const archive = stdout.trim().split('\n').at(-1) ?? '';
    await run('tar', ['-xzf', archive], {cwd: staging});
    await rm(join(staging, archive));
    // Somebody else may have been quicker.
    await rename(staging, home).catch(() => {});
  } catch (error) {
    const why = error instanceof Error ? error.message.split('\n')[0] : String(error);
    throw new Error(
      `Node ${version} could not be fetched (npm package ${name}): ${why}. Without a network, REKINDLE_NODES=none leaves these tests out`,
      {cause: error},
    );
  } finally {
    await rm(staging, {recursive: true, force: true});
  }
}
