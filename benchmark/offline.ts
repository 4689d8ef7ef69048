/** What needs no cloud: an inventory made a bundle, and two like projects compared. */
import {createHash} from 'node:crypto';
import {readFile, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {figuresOf, type Figures} from './figures.ts';
import type {Measured} from './jobs/measured.ts';
import {job} from './runs.ts';

export interface OfflineResult {
  readonly servers: number;
  readonly resources: number;
  readonly render: Figures;
  readonly verify: Figures;
  /** Of the comparison; 0, or something is wrong. */
  readonly unannounced: number;
}

export async function measureOffline(
  servers: number,
  inventory: string,
  {
    repeat,
    scratch,
    say,
  }: {readonly repeat: number; readonly scratch: string; readonly say: (text: string) => void},
): Promise<OfflineResult> {
  const like = join(scratch, 'like.json');
  await writeFile(like, otherIds(await readFile(inventory, 'utf8')));
  const runs: Record<'render' | 'verify', Measured[]> = {render: [], verify: []};
  for (let turn = 1; turn <= repeat; turn++) {
    runs.render.push(await job('render', [inventory]));
    runs.verify.push(await job('verify', [inventory, like]));
    say(`${servers} servers, offline: ${turn} of ${repeat}`);
  }
  return {
    servers,
    resources: runs.render[0]?.counts['resources'] ?? 0,
    render: figuresOf(runs.render),
    verify: figuresOf(runs.verify),
    unannounced: runs.verify[0]?.counts['unannounced'] ?? NaN,
  };
}

/** The same project with other ids, its own included. */
export function otherIds(text: string): string {
  return text.replaceAll(/\b(?:[0-9a-f]{32}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\b/gu, otherId);
}

function otherId(id: string): string {
  const hex = createHash('sha256').update(id).digest('hex');
  let used = 0;
  return id.replaceAll(/[0-9a-f]/gu, () => hex[used++] ?? '0');
}
