/** A small bundle and inventory to write, read and damage. */
import {mkdtemp, readdir, readFile, stat, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import type {BundleFile, Report} from '../../src/model/bundle.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {inventoryText} from '../../src/store/index.ts';

export const inventory: Inventory = {
  format: 'rekindle-inventory',
  version: 1,
  captured_at: '2026-01-02T03:04:05.000Z',
  tool: 'rekindle 0.1.0',
  source: {
    auth_host: 'keystone.test',
    region: null,
    project: {id: 'p1', name: 'web'},
    user_id: 'u1',
    roles: ['member'],
  },
  services: {network: {}, compute: {microversion: '2.93', maximum: '2.93'}},
  extensions: ['trunk', 'router'],
  rows: {
    server: [],
    port: [
      {name: 'ü', id: 'b', fixed_ips: [{subnet_id: 's', ip_address: '10.0.0.1'}]},
      {id: 'a', tags: ['y', 'x'], empty: {}},
    ],
  },
  gaps: [{service: 'network', kind: 'trunk', reason: 'no-extension', detail: 'none'}],
};

export const report: Report = {
  format: 'rekindle-report',
  version: 1,
  project: 'web',
  counts: {
    resources: 1,
    parameters: 1,
    fields: {exact: 1, derived: 0, parameter: 0, step: 0, lost: 0},
    kinds: {},
  },
  resources: [{name: 'net', type: 'OS::Neutron::Net', kind: 'network', id: 'n1', label: 'net'}],
  parameters: [{name: 'flavor', role: 'outside', kind: 'flavor', value: 'm1'}],
  steps: [],
  losses: [],
  skipped: [],
  gaps: [],
};

const template = `heat_template_version: '2018-08-31'
parameters:
  flavor:
    type: string
resources:
  net:
    type: OS::Neutron::Net
    properties:
      value_specs: {x: {get_file: files/init.sh}}
`;

export function bundleOf(name: string, more: readonly BundleFile[] = []): BundleFile[] {
  return [
    {path: 'template.yaml', text: template},
    {path: 'environment.yaml', text: `# ${name}\nparameters:\n  flavor: m1\n`},
    {path: 'secrets.yaml', text: '# none\n'},
    {path: 'files/init.sh', text: `#!/bin/sh\necho ${name}\n`},
    {path: 'deploy.sh', text: '#!/bin/sh\n', executable: true},
    {path: 'report.md', text: '# Report\n'},
    {path: 'report.json', text: JSON.stringify(report)},
    {path: 'inventory.json', text: inventoryText(inventory)},
    ...more,
  ];
}

export async function scratch(): Promise<string> {
  return mkdtemp(join(tmpdir(), 'rekindle-test-'));
}

/** Every file below a folder with its text; `@` names links. */
export async function tree(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const entries = await readdir(root, {withFileTypes: true, recursive: true});
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const name = path.slice(root.length + 1);
    if (entry.isFile()) found[name] = await readFile(path, 'utf8');
    else if (entry.isSymbolicLink()) found[name] = '@';
  }
  return found;
}

export function texts(files: readonly BundleFile[]): Record<string, string> {
  return Object.fromEntries(files.map(({path, text}) => [path, text]));
}

export async function modeOf(path: string): Promise<number> {
  return (await stat(path)).mode & 0o777;
}

/** Writes over one file of a bundle. */
export async function damage(dir: string, name: string, change: (text: string) => string): Promise<void> {
  const path = join(dir, name);
  await writeFile(path, change(await readFile(path, 'utf8')));
}
