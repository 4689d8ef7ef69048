/**
 * What rekindle costs, as ratios within one run (docs/benchmark.md):
 *
 *     npm run benchmark -- [--servers 100,1000,10000] [--latency 20,100] [--repeat 3] [--seed 1] [--part PART,…] [--write]
 *     npm run benchmark -- --os-cloud NAME
 */
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import {cpus, tmpdir} from 'node:os';
import {join} from 'node:path';
import {parseArgs} from 'node:util';
import {measureNetwork, type NetworkResult} from './network.ts';
import {measureOffline, type OfflineResult} from './offline.ts';
import {measureReal} from './real.ts';
import {measureStart} from './start.ts';
import {markdown, type Results} from './table.ts';

const {values} = parseArgs({
  options: {
    servers: {type: 'string', default: '100,1000'},
    latency: {type: 'string', default: '20,100'},
    repeat: {type: 'string', default: '3'},
    seed: {type: 'string', default: '1'},
    /** What to measure; `read` is part of every one that needs an inventory. */
    part: {type: 'string', default: 'read,snapshot,offline,start'},
    /** Puts the tables into docs/benchmark.md. */
    write: {type: 'boolean', default: false},
    /** Only this: an entry of clouds.yaml, read as it is. */
    'os-cloud': {type: 'string'},
  },
});

const starts = 15;
const page = join(import.meta.dirname, '../../docs/benchmark.md');
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const repeat = numbers(values.repeat)[0] ?? 3;
const scratch = await mkdtemp(join(tmpdir(), 'rekindle-benchmark-'));
try {
  const cloud = values['os-cloud'];
  const text = markdown(cloud === undefined ? await synthetic() : await real(cloud));
  process.stdout.write(text);
  if (values.write) await write(cloud === undefined ? 'synthetic' : 'real', text);
} finally {
  await rm(scratch, {recursive: true, force: true});
}

async function synthetic(): Promise<Results> {
  const latencies = numbers(values.latency);
  const [seed = 1] = numbers(values.seed);
  const parts = new Set(values.part.split(','));
  const options = {latencies, repeat, seed, scratch, say, whole: parts.has('snapshot')};
  const network: NetworkResult[] = [];
  const offline: OfflineResult[] = [];
  for (const servers of numbers(values.servers)) {
    const inventory = join(scratch, `${servers}.json`);
    network.push(...(await measureNetwork(servers, inventory, options)));
    if (parts.has('offline')) offline.push(await measureOffline(servers, inventory, options));
    await rm(inventory);
  }
  const start = parts.has('start') ? await measureStart(starts) : undefined;
  return {network, offline, start, machine: machine()};
}

async function real(cloud: string): Promise<Results> {
  const result = await measureReal(cloud, {repeat, scratch, say});
  return {network: [], offline: [], real: result, machine: machine()};
}

/** Between the markers of that name. */
async function write(name: string, text: string): Promise<void> {
  const before = await readFile(page, 'utf8');
  const [open, close] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
  const [from, to] = [before.indexOf(open), before.indexOf(close)];
  if (from === -1 || to < from) throw new Error(`${page} has no ${open} … ${close}`);
  await writeFile(page, `${before.slice(0, from + open.length)}\n\n${text}\n${before.slice(to)}`);
}

function machine(): string {
  const [cpu] = cpus();
  return `Node ${process.versions.node}, ${cpus().length} × ${cpu?.model.trim() ?? 'unknown CPU'}, middle of ${repeat} runs.`;
}

function numbers(text: string): number[] {
  const found = text.split(',').map(Number);
  if (found.every(value => Number.isFinite(value) && value >= 0)) return found;
  throw new Error(`${text} is no list of numbers`);
}
