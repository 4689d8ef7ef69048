/** Starts what is measured, each run in a process of its own. */
import {spawn} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {join} from 'node:path';
import {pathToFileURL} from 'node:url';
import type {Figures} from './figures.ts';
import type {Measured} from './jobs/measured.ts';

/** The compiled program. */
export const main = join(import.meta.dirname, '../src/cli/main.js');

/** @throws Error with what the job said where it failed. */
export async function job(name: string, words: readonly string[]): Promise<Measured> {
  const {stdout} = await run(process.execPath, [join(import.meta.dirname, 'jobs', `${name}.js`), ...words]);
  return JSON.parse(stdout) as Measured;
}

/** The whole program, from start to end. */
export async function program(
  words: readonly string[],
  env: Readonly<Record<string, string>>,
  scratch: string,
): Promise<Figures> {
  const usage = join(scratch, 'usage.json');
  const hook = pathToFileURL(join(import.meta.dirname, 'usage.js')).href;
  const {seconds} = await run(process.execPath, ['--import', hook, main, ...words], {
    ...env,
    BENCHMARK_USAGE: usage,
  });
  const used = JSON.parse(await readFile(usage, 'utf8')) as Pick<Figures, 'cpuSeconds' | 'peak'>;
  return {...used, seconds};
}

/**
 * Runs a command to its end; none of the user's own cloud settings and proxies reach it but those in `env`.
 * @param fine Exit statuses that are no failure.
 * @throws Error where it can't start or fails.
 */
export async function run(
  command: string,
  words: readonly string[],
  env: Readonly<Record<string, string>> = {},
  fine: readonly number[] = [0],
): Promise<{readonly seconds: number; readonly stdout: string}> {
  const plain = Object.entries(process.env).filter(
    ([name]) => !/^(?:OS_|https?_proxy$|all_proxy$)/iu.test(name),
  );
  const since = performance.now();
  const child = spawn(command, words, {env: {...Object.fromEntries(plain), ...env}, stdio: 'pipe'});
  child.stdin.end();
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  const seconds = (performance.now() - since) / 1000;
  if (fine.includes(status ?? -1)) return {seconds, stdout: stdout()};
  throw new Error(`${command} ${words.join(' ')} ended with ${status}:\n${stderr().slice(-4000)}`);
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}
