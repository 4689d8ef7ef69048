/** The figures as Markdown. Pure. */
import {growth} from './figures.ts';
import type {NetworkResult} from './network.ts';
import type {OfflineResult} from './offline.ts';
import type {RealResult} from './real.ts';
import type {StartResult} from './start.ts';

export interface Results {
  readonly network: readonly NetworkResult[];
  readonly offline: readonly OfflineResult[];
  readonly start?: StartResult | undefined;
  readonly real?: RealResult | undefined;
  /** Where they were taken. */
  readonly machine: string;
}

export function markdown({network, offline, start, real, machine}: Results): string {
  const parts = [machine];
  if (network.length > 0) parts.push(networkTable(network), requestTable(network));
  if (offline.length > 0) parts.push(offlineTable(offline));
  const grown = growthTable(network, offline);
  if (grown !== undefined) parts.push(grown);
  if (start !== undefined) parts.push(startTable(start));
  if (real !== undefined) parts.push(realTable(real));
  return `${parts.join('\n\n')}\n`;
}

function networkTable(results: readonly NetworkResult[]): string {
  return table(
    [
      'servers',
      'rows',
      'latency',
      'requests',
      'deep',
      'at once',
      'all at once',
      'wire',
      'parsed',
      'read',
      'read / wire',
      'read / parsed',
      'read, CPU',
      'snapshot',
      'snapshot / wire',
      'snapshot, CPU',
      'memory',
    ],
    results.map(one => [
      count(one.servers),
      count(one.rows),
      `${one.latency} ms`,
      count(one.requests),
      count(one.depth),
      count(one.peak),
      seconds(one.flood),
      seconds(one.wire),
      seconds(one.parsed),
      seconds(one.read),
      ratio(one.read / one.wire),
      ratio(one.read / one.parsed),
      seconds(one.readCpu),
      seconds(one.snapshot?.seconds),
      ratio((one.snapshot?.seconds ?? NaN) / one.wire),
      seconds(one.snapshot?.cpuSeconds),
      mebibytes(one.snapshot?.peak),
    ]),
  );
}

/** One column per size: latency changes no count. */
function requestTable(results: readonly NetworkResult[]): string {
  const sizes = [...new Map(results.map(one => [one.servers, one])).values()];
  const counts = sizes.map(({byPath}) => new Map(byPath));
  const paths = [...new Set(sizes.flatMap(({byPath}) => byPath.map(([path]) => path)))].sort();
  return table(
    ['request', ...sizes.map(({servers}) => `${count(servers)} servers`)],
    paths.map(path => [`\`${path}\``].concat(counts.map(map => count(map.get(path) ?? 0)))),
  );
}

function offlineTable(results: readonly OfflineResult[]): string {
  return table(
    [
      'servers',
      'resources',
      'inventory to bundle',
      'CPU',
      'memory',
      'verify',
      'CPU',
      'memory',
      'differences',
    ],
    results.map(({servers, resources, render, verify, unannounced}) => [
      count(servers),
      count(resources),
      seconds(render.seconds),
      seconds(render.cpuSeconds),
      mebibytes(render.peak),
      seconds(verify.seconds),
      seconds(verify.cpuSeconds),
      mebibytes(verify.peak),
      count(unannounced),
    ]),
  );
}

/** Undefined where there is but one size. */
function growthTable(
  network: readonly NetworkResult[],
  offline: readonly OfflineResult[],
): string | undefined {
  const costs: [string, [number, number][]][] = [
    ['read, CPU', network.map(one => [one.rows, one.readCpu])],
    ['inventory to bundle, CPU', offline.map(one => [one.resources, one.render.cpuSeconds])],
    ['verify, CPU', offline.map(one => [one.resources, one.verify.cpuSeconds])],
  ];
  const rows = costs.filter(([, points]) => new Set(points.map(([size]) => size)).size > 1);
  if (rows.length === 0) return undefined;
  return table(
    ['cost', 'grows with the power'],
    rows.map(([name, points]) => [name, growth(points).toFixed(2)]),
  );
}

function startTable({node, version, help}: StartResult): string {
  return table(
    ['start', 'seconds', 'against node -e 0'],
    [
      ['`node -e 0`', seconds(node), ratio(1)],
      ['`rekindle --version`', seconds(version), ratio(version / node)],
      ['`rekindle --help`', seconds(help), ratio(help / node)],
    ],
  );
}

function realTable({cloud, snapshot, client, commands}: RealResult): string {
  return table(
    [`real cloud \`${cloud}\``, 'seconds', 'against snapshot'],
    [
      ['`rekindle snapshot`', seconds(snapshot), ratio(1)],
      [`${commands.length} commands`, seconds(client), ratio(client / snapshot)],
      ...commands.map(([command, took]) => [
        `\`openstack ${command}\``,
        seconds(took),
        ratio(took / snapshot),
      ]),
    ],
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = line(head.map((_, n) => (n === 0 ? '---' : '---:')));
  return [line(head), rule, ...rows.map(line)].join('\n');
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

function seconds(value = NaN): string {
  if (Number.isNaN(value)) return '';
  return `${value.toFixed(value < 10 ? 2 : 1)} s`;
}

function ratio(value: number): string {
  return Number.isNaN(value) ? '' : `${value.toFixed(2)} ×`;
}

function mebibytes(value = NaN): string {
  return Number.isNaN(value) ? '' : `${Math.round(value / 2 ** 20)} MiB`;
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
