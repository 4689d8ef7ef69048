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
  readonly run: (...args: readonly string[]) => Promise<Ran>;
  /** Ctrl-C as soon as standard error says so. */
  readonly interrupt: (when: RegExp, ...args: readonly string[]) => Promise<Ran>;
  /** Any other program, with the same clouds.yaml. */
  readonly exec: (command: string, ...args: readonly string[]) => Promise<Ran>;
}

/** @param cloudsYaml Entries the commands may name. */
export function bench(cloudsYaml: string): Bench {
  const dir = mkdtempSync(join(tmpdir(), 'rekindle-live-'));
  const config = join(dir, 'clouds.yaml');
  writeFileSync(config, cloudsYaml, {mode: 0o600});
  const env = {PATH: process.env['PATH'], HOME: dir, LANG: 'C.UTF-8', OS_CLIENT_CONFIG_FILE: config};
  const start = (command: string, args: readonly string[], when?: RegExp): Promise<Ran> =>
    new Promise((resolve, reject) => {
      const started = performance.now();
      const child = spawn(command, args, {cwd: dir, env, stdio: ['ignore', 'pipe', 'pipe']});
      let stdout = '';
      let stderr = '';
      child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
      let signalled = false;
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        stderr += text;
        if (signalled || when?.test(stderr) !== true) return;
        signalled = child.kill('SIGINT');
      });
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
  return {
    dir,
    exec: (command, ...args) => start(command, args),
    run: (...args) => start(process.execPath, [main, ...args]),
    interrupt: (when, ...args) => start(process.execPath, [main, ...args], when),
  };
}
