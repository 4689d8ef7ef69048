/** The clouds of the releases suite: one of each OpenStack release, brought up where they don't run. */
import {spawn} from 'node:child_process';
import {join} from 'node:path';
import {Api} from './api.ts';

export interface Release {
  readonly name: string;
  /** Entry of its admin in clouds.yaml. */
  readonly admin: string;
  /** Words for `test/cloud/up`. */
  readonly up: readonly string[];
  /** It has the core services and no others. */
  readonly coreOnly?: true;
  /** Its Neutron takes printable names only: others are changed, which is announced. */
  readonly plainNames?: true;
}

/** Oldest first. */
const known: readonly Release[] = [
  {name: 'Zed', admin: 'admin', up: ['--all']},
  {name: '2025.1', admin: 'admin-2025.1', up: ['--release', '2025.1', '--all']},
  {
    name: '2026.2',
    admin: 'admin-2026.2',
    up: ['--release', '2026.2', '--core'],
    coreOnly: true,
    plainNames: true,
  },
];

/** REKINDLE_RELEASES names others, as `Zed,2026.2`: three clouds at once take 15 GB. */
const wanted = (process.env['REKINDLE_RELEASES'] ?? 'Zed,2025.1').split(',');

export const releases: readonly Release[] = known.filter(({name}) => wanted.includes(name));

/** Every ordered pair of two. */
export const pairs: readonly {readonly from: Release; readonly to: Release}[] = releases.flatMap(from =>
  releases.filter(to => to !== from).map(to => ({from, to})),
);

/** `up` on a running cloud takes two seconds; the first time it takes minutes, and needs root. */
export async function bringUp({name, admin, up}: Release): Promise<void> {
  if (await answers(admin)) return;
  const script = join(import.meta.dirname, '../../../../test/cloud/up');
  const code = await new Promise<number | null>((resolve, reject) => {
    const child = spawn(script, up, {
      stdio: ['ignore', 'ignore', 'inherit'],
      env: {...process.env, QUIET: '1'},
    });
    child.on('error', reject);
    child.on('close', resolve);
  });
  if (code !== 0) throw new Error(`test/cloud/up ${up.join(' ')} ended with ${code}: there is no ${name}`);
}

/** Keystone alone does not mean that the others run; but what isn't there at all has none. */
async function answers(admin: string): Promise<boolean> {
  try {
    const api = await Api.login(admin);
    await Promise.all([
      api.list('network', '/networks?limit=1', 'networks'),
      api.list('orchestration', '/stacks?limit=1', 'stacks'),
    ]);
    return true;
  } catch {
    return false;
  }
}
