/** Runs the real command line as a user does, against clouds of the tests' own clouds.yaml. */
import {spawn} from 'node:child_process';
import {mkdtempSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

export interface Bench {
  readonly dir: string;
  run(...args: readonly string[]): Promise<Ran>;
  /** Any other program, with the same clouds.yaml. */
  exec(command: string, ...args: readonly string[]): Promise<Ran>;
}

/** @param cloudsYaml Entries the commands may name. */
export function bench(cloudsYaml: string): Bench {
  const dir = mkdtempSync(join(tmpdir(), 'rekindle-live-'));
  const config = join(dir, 'clouds.yaml');
  writeFileSync(config, cloudsYaml, {mode: 0o600});
  const env = {PATH: process.env['PATH'], HOME: dir, LANG: 'C.UTF-8', OS_CLIENT_CONFIG_FILE: config};
  const exec = (command: string, ...args: readonly string[]): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const child = spawn(command, args, {cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe']});
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
      child.on('error', reject);
      child.on('close', code => {
        resolve({
          code: code ?? -1,
          stdout,
          stderr,
          seconds: Math.round((performance.now() - started) / 100) / 10,
        });
      });
    });
  const main = join(import.meta.dirname, '../../../src/cli/main.js');
  return {dir, exec, run: (...args) => exec(process.execPath, main, ...args)};
}
