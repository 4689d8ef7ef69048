/** Pages that the tests open. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import type {Inventory} from '../../../src/model/inventory.ts';
import {comparedPage, page} from '../../../src/pipeline/index.ts';
import {samplesFolder} from '../../support/replay/sample.ts';

export function sample(name: string): Inventory {
  return JSON.parse(readFileSync(join(samplesFolder, name, 'inventory.json'), 'utf8')) as Inventory;
}

export function samplePage(name: string): string {
  return page(sample(name));
}

/** The sample `web`, and the same with one server gone, one changed and a port more. */
export function comparison(): string {
  const before = sample('web');
  const [gone, changed, ...rest] = before.rows['server'] ?? [];
  const ports = before.rows['port'] ?? [];
  const like = ports.find(row => row['device_id'] === changed?.['id']);
  const added = {
    ...like,
    id: 'f0000000-0000-4000-8000-000000000001',
    name: 'spare',
    device_id: '',
    device_owner: '',
    mac_address: 'fa:16:3e:00:00:99',
    fixed_ips: [],
  };
  const after: Inventory = {
    ...before,
    rows: {
      ...before.rows,
      server: [{...changed, id: String(changed?.['id']), metadata: {role: 'front'}}, ...rest],
      port: [...ports.filter(row => row['device_id'] !== gone?.['id']), added],
    },
  };
  return comparedPage(before, after, {before: 'monday', after: 'friday'});
}

/** Every name, description and tag of the inventory is that text, and so is its project's name. */
export function renamed(inventory: Inventory, bait: (index: number) => string): Inventory {
  let at = 0;
  const next = (): string => bait((at += 1));
  const rows = Object.fromEntries(
    Object.entries(inventory.rows).map(([kind, own]) => [
      kind,
      own.map(row => ({
        ...row,
        // A volume's attachments and a server's flavor are found by other fields.
        ...('name' in row ? {name: next()} : {}),
        ...('description' in row ? {description: next()} : {}),
        ...('tags' in row ? {tags: [next(), next()]} : {}),
        ...('metadata' in row ? {metadata: {[next()]: next()}} : {}),
      })),
    ]),
  );
  return {
    ...inventory,
    rows,
    source: {...inventory.source, project: {...inventory.source.project, name: next()}},
  };
}
