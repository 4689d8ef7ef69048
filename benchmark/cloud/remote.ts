/** Talks with a synthetic cloud in a process of its own. */
import {fork} from 'node:child_process';
import {once} from 'node:events';
import {join} from 'node:path';
import type {Ask, Traffic} from './child.ts';

export interface RemoteCloud {
  readonly origin: string;
  readonly authUrl: string;
  readonly region: string;
  delay(milliseconds: number): Promise<void>;
  /** What was asked since the last call. */
  traffic(): Promise<Traffic>;
  close(): void;
}

export async function forkCloud(servers: number, seed: number): Promise<RemoteCloud> {
  const child = fork(join(import.meta.dirname, 'child.js'), [String(servers), String(seed)]);
  const ask = async (message: Ask): Promise<unknown> => {
    const answered = once(child, 'message');
    child.send(message);
    return ((await answered) as [unknown])[0];
  };
  const {origin, authUrl, region} = (await ask({ask: 'start'})) as Pick<
    RemoteCloud,
    'origin' | 'authUrl' | 'region'
  >;
  return {
    origin,
    authUrl,
    region,
    delay: async milliseconds => void (await ask({ask: 'delay', milliseconds})),
    traffic: async () => (await ask({ask: 'plan'})) as Traffic,
    close: () => child.kill(),
  };
}
