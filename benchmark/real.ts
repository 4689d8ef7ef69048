/** A real cloud: the snapshot against the openstack client that lists the same things, one command after the other. */
import {rm} from 'node:fs/promises';
import {join} from 'node:path';
import {median} from './figures.ts';
import {main, run} from './runs.ts';

export interface RealResult {
  readonly cloud: string;
  readonly snapshot: number;
  readonly client: number;
  /** Seconds of each command. */
  readonly commands: readonly (readonly [command: string, seconds: number])[];
}

/** What a person would type to see what the core of a snapshot reads. */
const commands = [
  'server list --long',
  'keypair list',
  'server group list --long',
  'volume list --long',
  'image list --long',
  'network list --long',
  'subnet list --long',
  'port list --long',
  'router list --long',
  'floating ip list --long',
  'security group list',
  'security group rule list',
];

/**
 * @param cloud An entry of clouds.yaml, found as the client finds it.
 * @throws Error where the snapshot or a command fails; exit status 3 (partial) is a snapshot.
 */
export async function measureReal(
  cloud: string,
  {
    repeat,
    scratch,
    say,
  }: {readonly repeat: number; readonly scratch: string; readonly say: (text: string) => void},
): Promise<RealResult> {
  const folder = join(scratch, 'real');
  const snapshots: number[] = [];
  const clients: number[] = [];
  const each = new Map<string, number[]>();
  for (let turn = 1; turn <= repeat; turn++) {
    await rm(folder, {recursive: true, force: true});
    snapshots.push(
      (await run(process.execPath, [main, 'snapshot', folder, '--quiet', '--os-cloud', cloud], own(), [0, 3]))
        .seconds,
    );
    let sum = 0;
    for (const command of commands) {
      const {seconds} = await run(
        'openstack',
        ['--os-cloud', cloud, ...command.split(' '), '-f', 'json'],
        own(),
      );
      each.set(command, [...(each.get(command) ?? []), seconds]);
      sum += seconds;
    }
    clients.push(sum);
    say(`cloud ${cloud}: ${turn} of ${repeat}`);
  }
  return {
    cloud,
    snapshot: median(snapshots),
    client: median(clients),
    commands: [...each].map(([command, seconds]) => [command, median(seconds)] as const),
  };
}

/** Where clouds.yaml is, and how to get there: nothing that would override the entry. */
function own(): Record<string, string> {
  const names = [
    'OS_CLIENT_CONFIG_FILE',
    'OS_CLIENT_SECURE_FILE',
    'HTTP_PROXY',
    'HTTPS_PROXY',
    'http_proxy',
    'https_proxy',
  ];
  return Object.fromEntries(
    names.flatMap(name => {
      const value = process.env[name];
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}
