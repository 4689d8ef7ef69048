/** Snapshots of a synthetic cloud against the wire, one after the other in turns. */
import {rm, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {forkCloud, type RemoteCloud} from './cloud/remote.ts';
import type {Served} from './cloud/server.ts';
import {figuresOf, type Figures} from './figures.ts';
import type {Measured} from './jobs/measured.ts';
import {job, program} from './runs.ts';
import {depthOf} from './wire/plan.ts';

export interface NetworkResult {
  readonly servers: number;
  readonly latency: number;
  /** Rows of the inventory. */
  readonly rows: number;
  readonly requests: number;
  readonly byPath: readonly (readonly [path: string, count: number])[];
  /** How many answers must follow one another. */
  readonly depth: number;
  readonly peak: number;
  /** Medians, in seconds. */
  readonly flood: number;
  readonly wire: number;
  /** The wire, with every answer parsed. */
  readonly parsed: number;
  readonly read: number;
  readonly readCpu: number;
  /** The whole program; undefined where only reading was measured. */
  readonly snapshot: Figures | undefined;
}

export interface NetworkOptions {
  readonly latencies: readonly number[];
  readonly repeat: number;
  readonly seed: number;
  readonly scratch: string;
  /** Also the whole program. */
  readonly whole: boolean;
  readonly say: (text: string) => void;
}

/** @param inventory Where the inventory is left, for what needs no cloud. */
export async function measureNetwork(
  servers: number,
  inventory: string,
  options: NetworkOptions,
): Promise<NetworkResult[]> {
  const cloud = await forkCloud(servers, options.seed);
  try {
    const results: NetworkResult[] = [];
    for (const latency of options.latencies)
      results.push(await measureLatency(cloud, servers, latency, inventory, options));
    return results;
  } finally {
    cloud.close();
  }
}

async function measureLatency(
  cloud: RemoteCloud,
  servers: number,
  latency: number,
  inventory: string,
  {repeat, scratch, whole, say}: NetworkOptions,
): Promise<NetworkResult> {
  const read = async (): Promise<Measured> => job('read', [cloud.authUrl, cloud.region, inventory]);
  // The first one makes the cloud write its answers, and tells what there is to fetch.
  await read();
  await cloud.delay(latency);
  await cloud.traffic();
  const {counts} = await read();
  const {plan, served, peaks} = await cloud.traffic();
  const [chained, flat] = [join(scratch, 'plan.json'), join(scratch, 'flood.json')];
  const token = plan.findIndex(({method}) => method === 'POST');
  await writeFile(chained, JSON.stringify(plan));
  // As if every address were known beforehand.
  const known = plan.map(one => ({...one, after: one.after.length === 0 ? [] : [token]}));
  await writeFile(flat, JSON.stringify(known));
  const taken = {
    flood: async () => job('wire', [cloud.origin, flat]),
    wire: async () => job('wire', [cloud.origin, chained]),
    parsed: async () => job('wire', [cloud.origin, chained, 'parse']),
    read,
    snapshot: async () => program(snapshotWords(cloud, scratch), {OS_PASSWORD: 'any'}, scratch),
  };
  const runs: Record<keyof typeof taken, Figures[]> = {
    flood: [],
    wire: [],
    parsed: [],
    read: [],
    snapshot: [],
  };
  for (let turn = 1; turn <= repeat; turn++) {
    for (const name of ['flood', 'wire', 'parsed', 'read'] as const) runs[name].push(await taken[name]());
    if (whole) runs.snapshot.push(await taken.snapshot());
    // The next one is a first one too: over a bundle that is there it would be read and kept up.
    await rm(join(scratch, 'bundle'), {recursive: true, force: true});
    say(`${servers} servers, ${latency} ms: ${turn} of ${repeat}`);
  }
  await cloud.delay(0);
  await cloud.traffic();
  const [flood, wire, parsed, reading] = [
    figuresOf(runs.flood),
    figuresOf(runs.wire),
    figuresOf(runs.parsed),
    figuresOf(runs.read),
  ];
  return {
    servers,
    latency,
    rows: counts['rows'] ?? 0,
    requests: served.length,
    byPath: byPath(served),
    depth: depthOf(plan),
    peak: peaks['all'] ?? 0,
    flood: flood.seconds,
    wire: wire.seconds,
    parsed: parsed.seconds,
    read: reading.seconds,
    readCpu: reading.cpuSeconds,
    snapshot: whole ? figuresOf(runs.snapshot) : undefined,
  };
}

function snapshotWords({authUrl, region}: RemoteCloud, scratch: string): string[] {
  const user = ['--os-username', 'bench', '--os-user-domain-name', 'Default'];
  const project = ['--os-project-name', 'bench', '--os-project-domain-name', 'Default'];
  const where = ['--os-auth-url', authUrl, '--os-region-name', region];
  return ['snapshot', join(scratch, 'bundle'), '--force', '--quiet', ...where, ...user, ...project];
}

/** Requests by `METHOD /path`, without ids of projects; sorted. */
export function byPath(served: readonly Pick<Served, 'method' | 'path'>[]): [string, number][] {
  const counts = new Map<string, number>();
  for (const {method, path} of served) {
    const name = `${method} ${path.replaceAll(/[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gu, '{id}')}`;
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
}
