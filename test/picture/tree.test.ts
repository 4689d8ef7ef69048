/** Things as a tree, by kind and by network. */
import {readFileSync} from 'node:fs';
import {join} from 'node:path';
import test, {type ExecutionContext} from 'ava';
import fc from 'fast-check';
import type {Graph, Node} from '../../src/model/graph.ts';
import type {Inventory} from '../../src/model/inventory.ts';
import {treeOf, type TreeItem} from '../../src/picture/index.ts';
import {relate} from '../../src/relate/index.ts';
import {inventoryOf, PROJECT} from '../support/inventory.ts';
import {project} from '../support/random-project.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

const samples = await sampleNames();
const mine = {project_id: PROJECT.id, tenant_id: PROJECT.id};

/** As indented lines: kind, label, notes. */
function lines(items: readonly TreeItem[], depth = 0): readonly string[] {
  return items.flatMap(({key, kind = '', label, notes, items: below}) => [
    `${'  '.repeat(depth)}${key === undefined ? `# ${label}` : [kind, label, ...notes].join(' ')}`,
    ...lines(below, depth + 1),
  ]);
}

function graphOf(rows: Readonly<Record<string, readonly object[]>>): Graph {
  return relate(inventoryOf(rows)).graph;
}

function port(id: string, network: string, address: string, more: object = {}): object {
  const fixed = [{subnet_id: `${network}-4`, ip_address: address}];
  return {
    id,
    name: id,
    network_id: network,
    fixed_ips: fixed,
    device_id: '',
    device_owner: '',
    ...mine,
    ...more,
  };
}

const onServer = {device_id: 's1', device_owner: 'compute:nova'};
const rows = {
  network: [
    {id: 'out', name: 'public', project_id: 'admin', 'router:external': true},
    {id: 'web', name: 'web', ...mine},
    {id: 'data', name: 'data', ...mine},
  ],
  subnet: [
    {id: 'web-4', name: 'web-4', network_id: 'web', cidr: '10.0.0.0/24', ip_version: 4, ...mine},
    {id: 'data-4', name: 'data-4', network_id: 'data', cidr: '10.0.1.0/24', ip_version: 4, ...mine},
  ],
  router: [
    {
      id: 'r1',
      name: 'edge',
      ...mine,
      external_gateway_info: {network_id: 'out', external_fixed_ips: [{ip_address: '203.0.113.2'}]},
    },
  ],
  router_interface: [
    {
      id: 'r1:web-4',
      router_id: 'r1',
      subnet_id: 'web-4',
      network_id: 'web',
      ip_address: '10.0.0.1',
      port_id: '',
    },
  ],
  server: [{id: 's1', name: 'web-1', tenant_id: PROJECT.id, status: 'ACTIVE'}],
  port: [
    port('p1', 'web', '10.0.0.5', {...onServer, security_groups: ['g1']}),
    port('p2', 'data', '10.0.1.5', {...onServer, security_groups: ['g1']}),
    port('spare', 'web', '10.0.0.9'),
  ],
  floating_ip: [
    {id: 'f1', port_id: 'p1', floating_ip_address: '203.0.113.9', floating_network_id: 'out', ...mine},
  ],
  security_group: [{id: 'g1', name: 'web', ...mine}],
  volume: [
    {id: 'v1', name: 'logs', size: 1, status: 'in-use'},
    {id: 'v2', name: 'spare', size: 1, status: 'available'},
  ],
  volume_attachment: [{id: 'a1', volume_id: 'v1', server_id: 's1'}],
};

test('by network: what stands on it with its addresses, and what hangs on that', t => {
  const found = lines(treeOf(graphOf(rows), 'network'));
  t.deepEqual(found.slice(0, found.indexOf('# on no network')), [
    'network public external',
    '  router edge 203.0.113.2',
    'network web 10.0.0.0/24',
    '  subnet web-4 10.0.0.0/24',
    '  router edge 10.0.0.1 more of it under public',
    '  server web-1 10.0.0.5 (203.0.113.9)',
    '    port p1 10.0.0.5',
    '      floating_ip web-1 203.0.113.9',
    '    volume logs',
    '    security_group web',
    '  port spare 10.0.0.9',
    'network data 10.0.1.0/24',
    '  subnet data-4 10.0.1.0/24',
    '  server web-1 10.0.1.5 more of it under web',
    '    port p2 10.0.1.5',
  ]);
  t.true(found.includes('  # volume'));
  t.true(found.includes('    volume spare'));
});

test('by kind: every thing under its kind, with its addresses', t => {
  const tree = treeOf(graphOf(rows), 'kind');
  t.true(tree.every(({key, kind}) => key === undefined && kind !== undefined));
  const found = lines(tree);
  for (const line of ['# floating ip', '  floating_ip web-1 203.0.113.9', '  network web 10.0.0.0/24'])
    t.true(found.includes(line), line);
  t.true(found.includes('  server web-1 10.0.0.5 (203.0.113.9) 10.0.1.5'));
  t.false(
    found.some(line => line.includes('public')),
    "another project's is not there to rebuild",
  );
});

test('what is not shown is left out; a network stays where something shown stands on it', t => {
  const shown = new Set(['port:p2', 'floating_ip:f1', 'volume:v1']);
  t.deepEqual(lines(treeOf(graphOf(rows), 'network', ({key}) => shown.has(key))), [
    'network web 10.0.0.0/24',
    '  floating_ip web-1 203.0.113.9',
    'network data 10.0.1.0/24',
    '  port p2 10.0.1.5',
    '# on no network',
    '  # volume',
    '    volume logs',
  ]);
  t.deepEqual(treeOf(graphOf({}), 'network'), []);
});

/** Every thing is there, and none within itself. */
function isWhole(t: ExecutionContext, graph: Graph, shows: (node: Node) => boolean): void {
  const wanted = [...graph.nodes.values()].filter(shows).map(({key}) => key);
  for (const form of ['kind', 'network'] as const) {
    const found = new Set<string>();
    const visit = (items: readonly TreeItem[], path: readonly string[]): void => {
      for (const {key, items: below} of items) {
        if (key !== undefined) {
          t.false(path.includes(key), `${key} in itself`);
          found.add(key);
        }
        visit(below, key === undefined ? path : [...path, key]);
      }
    };
    visit(treeOf(graph, form, shows), []);
    t.deepEqual(
      wanted.filter(key => !found.has(key)),
      [],
      form,
    );
  }
}

for (const name of samples)
  test(`${name}: no thing is missing from either tree`, t => {
    const text = readFileSync(join(samplesFolder, name, 'inventory.json'), 'utf8');
    const {graph} = relate(JSON.parse(text) as Inventory);
    isWhole(t, graph, ({place}) => place.as !== 'skipped');
    isWhole(t, graph, () => true);
  });

test('no thing of any project is missing, whatever is shown of it', t => {
  fc.assert(
    fc.property(project, fc.infiniteStream(fc.boolean()), (inventory, coins) => {
      const {graph} = relate(inventory);
      const shown = new Set([...graph.nodes.keys()].filter(() => coins.next().value === true));
      isWhole(t, graph, ({key}) => shown.has(key));
    }),
    {numRuns: 60},
  );
});
