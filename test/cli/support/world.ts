/** Runs the command line in this process, against streams that are kept. */
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {ExecutionContext} from 'ava';
import type {Clock} from '../../../src/cloud/index.ts';
import {run} from '../../../src/cli/run.ts';
import type {Interruption, Screen, World} from '../../../src/cli/world.ts';

export interface Ran {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Bench {
  /** A folder of the test's own; the working directory of the runs. */
  readonly dir: string;
  readonly run: (words: readonly string[], changes?: Changes) => Promise<Ran>;
}

export interface Changes {
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string;
  /** Default: the real time. */
  readonly clock?: Clock;
  /** Both output streams are terminals. */
  readonly terminal?: boolean;
  /** What can be taken over as a whole. */
  readonly screen?: Screen;
  /** Given on a terminal. */
  readonly answer?: (question: string) => string;
  /** Interrupts the run when standard error has said that. */
  readonly interruption?: {readonly after: string; readonly what: Interruption};
}

/** Removed with the test. */
export async function bench(t: ExecutionContext): Promise<Bench> {
  const dir = await mkdtemp(join(tmpdir(), 'rekindle-cli-'));
  t.teardown(() => rm(dir, {recursive: true, force: true}));
  return {dir, run: (words, changes) => runIn(dir, words, changes)};
}

async function runIn(dir: string, words: readonly string[], changes: Changes = {}): Promise<Ran> {
  const {env = {}, stdin = '', terminal = false, answer, interruption, clock, screen} = changes;
  const listeners = new Set<(what: Interruption) => void>();
  let stdout = '';
  let stderr = '';
  const world: World = {
    stdout: {write: text => void (stdout += text), isTTY: terminal, columns: terminal ? 100 : undefined},
    stderr: {
      write(text) {
        stderr += text;
        if (interruption === undefined || !text.includes(interruption.after)) return;
        for (const listener of listeners) listener(interruption.what);
      },
      isTTY: terminal,
    },
    env: {NO_PROXY: '127.0.0.1', ...env},
    cwd: dir,
    home: join(dir, 'home'),
    platform: 'linux',
    clock,
    stdin: () => Promise.resolve(stdin),
    ask: answer === undefined ? undefined : question => Promise.resolve(answer(question)),
    screen: screen === undefined ? undefined : () => screen,
    onInterruption(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const code = await run(words, world);
  return {code, stdout, stderr};
}
