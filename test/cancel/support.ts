/** Stopping a run at a chosen moment: at its k-th request, or its k-th call of the file system. */
import fs from 'node:fs/promises';
import {syncBuiltinESMExports} from 'node:module';
import type {ExecutionContext} from 'ava';
import {filesBelow} from '../secrets/support/planted.ts';
import type {Replay} from '../support/replay/server.ts';

/** Connections that are still open after the run, once what was closed has had its time to be. */
export async function connectionsLeft(replay: Replay): Promise<number> {
  for (let turn = 0; turn < 100; turn += 1) {
    if ((await replay.connections()) === 0) return 0;
    await new Promise(resolve => {
      setTimeout(resolve, 10);
    });
  }
  return replay.connections();
}

/** Files below, with their texts. */
export async function held(dir: string): Promise<Readonly<Record<string, string>>> {
  return Object.fromEntries((await filesBelow(dir)).map(({path, text}) => [path, text]));
}

const calls = ['mkdir', 'mkdtemp', 'open', 'rename', 'rm', 'readdir', 'lstat', 'access'] as const;
type Call = (...given: readonly unknown[]) => Promise<unknown>;

function put(functions: Readonly<Record<string, Call>>): void {
  Object.assign(fs, functions);
  syncBuiltinESMExports();
}

/** Calls of the file system, counted; in test files that run nothing else meanwhile. */
export async function counted(
  t: ExecutionContext,
  onCall: (number: number) => void,
  run: () => Promise<void>,
): Promise<number> {
  const real = Object.fromEntries(calls.map(name => [name, fs[name] as Call]));
  let count = 0;
  const wrapped = calls.map(name => {
    const call: Call = async (...given) => {
      count += 1;
      onCall(count);
      return real[name]?.(...given);
    };
    return [name, call] as const;
  });
  t.teardown(() => put(real));
  put(Object.fromEntries(wrapped));
  try {
    await run();
  } finally {
    put(real);
  }
  return count;
}
