/** --ips shift: what holds an address of a net that moves follows; nothing else does. */
import {readdir, readFile} from 'node:fs/promises';
import {join} from 'node:path';
import test from 'ava';
import fc from 'fast-check';
import {cidrText, holds, parseAddress, parseCidr, type Cidr} from '../../src/model/cidr.ts';
import {RekindleError} from '../../src/model/errors.ts';
import type {Inventory, Row} from '../../src/model/inventory.ts';
import {render} from '../../src/pipeline/index.ts';
import {relate} from '../../src/relate/index.ts';
import {shape} from '../../src/shape/index.ts';
import {shifted} from '../../src/shape/shift/index.ts';
import {subnetsOf} from '../../src/shape/shift/subnets.ts';
import {compareGraphs} from '../../src/verify/index.ts';
import {busyProject} from '../support/busy-project.ts';
import {inventoryOf} from '../support/inventory.ts';
import {shuffled} from '../support/random-project.ts';

const RUNS = {numRuns: 60, seed: 20261122};
const samples = join(import.meta.dirname, '../../../samples');

async function inventories(): Promise<readonly (readonly [string, Inventory])[]> {
  const folders = (await readdir(samples, {withFileTypes: true})).filter(entry => entry.isDirectory());
  return Promise.all(
    folders.map(async ({name}) => {
      const text = await readFile(join(samples, name, 'inventory.json'), 'utf8');
      return [name, JSON.parse(text) as Inventory] as const;
    }),
  );
}

const net = {id: 'n1', project_id: 'p1', name: 'web', 'router:external': false, subnets: ['s1']};
const sub = {
  id: 's1',
  project_id: 'p1',
  name: 'web',
  network_id: 'n1',
  ip_version: 4,
  cidr: '10.10.0.0/24',
  gateway_ip: '10.10.0.1',
  enable_dhcp: true,
  allocation_pools: [{start: '10.10.0.50', end: '10.10.0.99'}],
  dns_nameservers: ['10.10.0.53', '9.9.9.9'],
  host_routes: [{destination: '192.0.2.0/24', nexthop: '10.10.0.9'}],
  ipv6_ra_mode: null,
  ipv6_address_mode: null,
  subnetpool_id: null,
};
const holder = {
  id: 'x1',
  project_id: 'p1',
  name: 'one',
  network_id: 'n1',
  mac_address: 'fa:16:3e:00:00:01',
  admin_state_up: true,
  device_id: '',
  device_owner: '',
  fixed_ips: [{subnet_id: 's1', ip_address: '10.10.0.5'}],
  security_groups: [],
};

function rowsAfter(
  rows: Readonly<Record<string, readonly object[]>>,
  ...shift: string[]
): Readonly<Record<string, readonly Row[]>> {
  return shifted(inventoryOf(rows), shift).inventory.rows;
}

function refusal(rows: Readonly<Record<string, readonly object[]>>, ...shift: string[]): string {
  try {
    shifted(inventoryOf(rows), shift);
  } catch (error) {
    if (error instanceof RekindleError && error.code === 'usage')
      return `${error.message}; ${error.hint ?? ''}`;
    throw error;
  }
  return '';
}

test('a subnet moves with its gateway, pools, routes and servers of names', t => {
  const {subnet: [moved] = []} = rowsAfter({network: [net], subnet: [sub]}, '10.10.0.0/24=10.50.0.0/24');
  t.like(moved, {
    cidr: '10.50.0.0/24',
    gateway_ip: '10.50.0.1',
    allocation_pools: [{start: '10.50.0.50', end: '10.50.0.99'}],
    dns_nameservers: ['10.50.0.53', '9.9.9.9'],
    host_routes: [{destination: '192.0.2.0/24', nexthop: '10.50.0.9'}],
  });
});

test('in a larger target an address keeps the bits behind its length', t => {
  const {subnet: [moved] = []} = rowsAfter(
    {network: [net], subnet: [{...sub, cidr: '10.10.3.0/24', gateway_ip: '10.10.3.1'}]},
    '10.10.3.0/24=172.16.0.0/16',
  );
  t.like(moved, {cidr: '172.16.3.0/24', gateway_ip: '172.16.3.1'});
});

function two(cidr: string): Readonly<Record<string, readonly object[]>> {
  return {
    network: [net, {...net, id: 'n2', name: 'db'}],
    subnet: [
      sub,
      {
        ...sub,
        id: 's2',
        network_id: 'n2',
        cidr,
        gateway_ip: null,
        allocation_pools: [],
        dns_nameservers: [],
        host_routes: [],
      },
    ],
  };
}

function cidrs(rows: Readonly<Record<string, readonly Row[]>>): unknown[] {
  return (rows['subnet'] ?? []).map(row => row['cidr']);
}

test('one target for all keeps the structure where one net of its size holds them, else packs them', t => {
  t.deepEqual(cidrs(rowsAfter(two('10.10.7.0/26'), '10.50.0.0/16')), ['10.50.0.0/24', '10.50.7.0/26']);
  t.deepEqual(cidrs(rowsAfter(two('192.168.7.0/26'), '10.50.0.0/16')), ['10.50.0.0/24', '10.50.1.0/26']);
  // The larger first, so that nothing is left between them.
  t.deepEqual(cidrs(rowsAfter(two('192.168.6.0/23'), '10.50.0.0/22')), ['10.50.2.0/24', '10.50.0.0/23']);
  t.regex(
    refusal(two('192.168.6.0/23'), '10.50.0.0/23'),
    /10.50.0.0\/23 is too small for the project's 2 IPv4 nets; they are 10.10.0.0\/24, 192.168.6.0\/23/,
  );
  t.regex(
    refusal(two('10.10.7.0/26'), 'fd00::/64'),
    /no IPv6 subnet of its own to move into fd00::\/64; it has 10.10.0.0\/24 \("web"\)/,
  );
  // Named ones aside.
  t.deepEqual(cidrs(rowsAfter(two('10.10.7.0/26'), '10.10.0.0/24=10.60.0.0/24', '10.50.0.0/16')), [
    '10.60.0.0/24',
    '10.50.7.0/26',
  ]);
});

test('the same net twice moves alike; a subnet in another net moves with that', t => {
  const {subnet: moved = []} = rowsAfter(
    {
      network: [net, {...net, id: 'n2'}, {...net, id: 'n3'}],
      subnet: [
        sub,
        {...sub, id: 's2', network_id: 'n2'},
        {...sub, id: 's3', network_id: 'n3', cidr: '10.10.0.128/25'},
      ],
    },
    '10.50.0.0/16',
  );
  t.deepEqual(
    moved.map(row => row['cidr']),
    ['10.50.0.0/24', '10.50.0.0/24', '10.50.0.128/25'],
  );
});

test('everything that holds an address of the net follows, in every service', t => {
  const rows = {
    network: [net],
    subnet: [sub],
    port: [{...holder, allowed_address_pairs: [{ip_address: '10.10.0.7'}, {ip_address: '10.10.0.0/25'}]}],
    router: [
      {
        id: 'r1',
        project_id: 'p1',
        name: 'edge',
        external_gateway_info: null,
        routes: [{destination: '10.10.0.64/26', nexthop: '10.10.0.5'}],
      },
    ],
    security_group: [
      {id: 'g1', project_id: 'p1', security_group_rules: [{id: 'gr1', remote_ip_prefix: '10.10.0.0/24'}]},
    ],
    floating_ip: [
      {
        id: 'f1',
        project_id: 'p1',
        floating_ip_address: '203.0.113.7',
        port_id: 'x1',
        fixed_ip_address: '10.10.0.5',
      },
    ],
    load_balancer: [
      {id: 'lb1', project_id: 'p1', vip_address: '10.10.0.8', vip_subnet_id: 's1', vip_network_id: 'n1'},
    ],
    member: [
      {
        id: 'm1',
        project_id: 'p1',
        address: '10.10.0.5',
        pool_id: 'pl1',
        subnet_id: null,
        monitor_address: null,
      },
    ],
    recordset: [
      {id: 'rs1', project_id: 'p1', type: 'A', name: 'www.example.', records: ['10.10.0.5', '203.0.113.7']},
    ],
    vpn_endpoint_group: [{id: 'v1', project_id: 'p1', endpoints: ['10.10.0.0/24', '192.0.2.0/24']}],
    ipsec_site_connection: [
      {id: 'i1', project_id: 'p1', peer_cidrs: ['10.10.0.0/24'], peer_address: '198.51.100.1'},
    ],
    firewall_rule: [
      {id: 'fw1', project_id: 'p1', source_ip_address: '10.10.0.5', destination_ip_address: '10.10.0.0/24'},
    ],
    share_access: [{id: 'sa1', project_id: 'p1', access_to: '10.10.0.0/24'}],
    subnet_pool: [{id: 'sp1', project_id: 'p1', prefixes: ['10.10.0.0/24', '10.20.0.0/16']}],
    server: [
      {id: 'i1', name: '10.10.0.5', metadata: {peer: '10.10.0.7', note: 'at 10.10.0.7', '10.10.0.7': 'x'}},
    ],
  };
  const moved = rowsAfter(rows, '10.10.0.0/24=10.50.0.0/24');
  const left = JSON.stringify(moved).match(/[^"]*10\.10\.0[^"]*/g);
  t.deepEqual(
    left,
    ['10.10.0.5', 'at 10.10.0.7', '10.10.0.7'],
    'names, texts and keys are nobody but the user’s',
  );
  t.is(JSON.stringify(moved).match(/10\.50\.0\.\d/g)?.length, 23);
  t.is(moved['floating_ip']?.[0]?.['floating_ip_address'], '203.0.113.7');
});

test('what is another project’s, or outside, stays', t => {
  const shared = {id: 'n9', project_id: 'other', name: 'shared', shared: true};
  const theirs = {...sub, id: 's9', project_id: 'other', network_id: 'n9'};
  const outer = {...net, id: 'n8', 'router:external': true, subnets: ['s8']};
  const rows = {
    network: [net, shared, outer],
    subnet: [sub, theirs, {...sub, id: 's8', network_id: 'n8'}],
    port: [
      {...holder, allowed_address_pairs: [{ip_address: '10.10.0.7'}]},
      {
        ...holder,
        id: 'x9',
        network_id: 'n9',
        fixed_ips: [{subnet_id: 's9', ip_address: '10.10.0.5'}],
        allowed_address_pairs: [{ip_address: '10.10.0.7'}],
      },
    ],
    router: [
      {
        id: 'r1',
        project_id: 'p1',
        name: 'edge',
        routes: [],
        external_gateway_info: {
          network_id: 'n8',
          external_fixed_ips: [{subnet_id: 's8', ip_address: '10.10.0.77'}],
        },
      },
    ],
    floating_ip: [
      {
        id: 'f1',
        project_id: 'p1',
        floating_ip_address: '10.10.0.78',
        floating_network_id: 'n8',
        port_id: 'x9',
        fixed_ip_address: '10.10.0.5',
      },
    ],
    member: [{id: 'm1', project_id: 'p1', address: '10.10.0.5', subnet_id: 's9'}],
    recordset: [
      {id: 'rs1', project_id: 'p1', type: 'A', name: 'www.example.', records: ['10.10.0.78', '10.10.0.79']},
    ],
    security_group: [
      {id: 'g9', project_id: 'other', security_group_rules: [{id: 'gr9', remote_ip_prefix: '10.10.0.0/24'}]},
    ],
  };
  const moved = rowsAfter(rows, '10.10.0.0/24=10.50.0.0/24');
  t.deepEqual(moved['port']?.[0]?.['allowed_address_pairs'], [{ip_address: '10.50.0.7'}]);
  for (const [kind, id] of [
    ['subnet', 's9'],
    ['subnet', 's8'],
    ['port', 'x9'],
    ['router', 'r1'],
    ['floating_ip', 'f1'],
    ['member', 'm1'],
    ['security_group', 'g9'],
  ] as const) {
    const find = (all: Readonly<Record<string, readonly object[]>>): unknown =>
      all[kind]?.find(row => (row as Row)['id'] === id);
    t.deepEqual(find(moved), find(rows), `${kind} ${id}`);
  }
  t.deepEqual(moved['recordset']?.[0]?.['records'], ['10.10.0.78', '10.50.0.79']);
});

test('what can’t be is refused, with what there is', t => {
  const rows = {network: [net], subnet: [sub]};
  t.regex(
    refusal(rows, '10.20.0.0/24=10.50.0.0/24'),
    /no subnet of the project's own is in 10.20.0.0\/24; the project has 10.10.0.0\/24 \("web"\)/,
  );
  t.regex(
    refusal(rows, '10.10.0.0/25=10.50.0.0/25'),
    /10.10.0.0\/25 is only a part of the subnet "web", which is 10.10.0.0\/24; name the whole: shift=10.10.0.0\/24=NET/,
  );
  t.regex(
    refusal(
      {network: [{...net, project_id: 'other'}], subnet: [{...sub, project_id: 'other'}]},
      '10.10.0.0/24=10.50.0.0/24',
    ),
    /the project has none/,
  );
  const both = {
    network: [net, {...net, id: 'n2'}],
    subnet: [sub, {...sub, id: 's2', network_id: 'n2', cidr: '10.11.0.0/24'}],
  };
  t.regex(
    refusal(both, '10.10.0.0/24=10.50.0.0/24', '10.11.0.0/24=10.50.0.0/24'),
    /10.10.0.0\/24 and 10.11.0.0\/24 would both be in 10.50.0.0\/24/,
  );
  t.is(refusal(both, '10.10.0.0/24=10.11.0.0/24'), '', 'nothing joins the two');
  t.is(refusal(both, '10.10.0.0/24=10.11.0.0/24', '10.11.0.0/24=10.10.0.0/24'), '', 'they change places');
  const router = {
    id: 'r1',
    project_id: 'p1',
    name: 'edge',
    routes: [],
    external_gateway_info: {network_id: 'n8'},
  };
  const leg = {...holder, device_id: 'r1', device_owner: 'network:router_interface'};
  const joined = {
    ...both,
    router: [router],
    port: [
      leg,
      {...leg, id: 'x2', network_id: 'n2', fixed_ips: [{subnet_id: 's2', ip_address: '10.11.0.1'}]},
    ],
  };
  t.regex(
    refusal(joined, '10.10.0.0/24=10.11.0.0/24'),
    /10.11.0.0\/24, where 10.10.0.0\/24 goes, is taken: the subnet "web" \(10.11.0.0\/24\) stays, on the same router edge/,
  );
  t.regex(
    refusal({...both, subnet: [sub, {...sub, id: 's2', cidr: '10.11.0.0/24'}]}, '10.10.0.0/24=10.11.0.0/24'),
    /stays, on the same network/,
  );
  const outer = {
    ...joined,
    network: [...both.network, {...net, id: 'n8', project_id: 'other'}],
    subnet: [
      ...both.subnet,
      {...sub, id: 's8', project_id: 'other', network_id: 'n8', name: 'public', cidr: '172.24.0.0/24'},
    ],
  };
  t.regex(refusal(outer, '10.10.0.0/24=172.24.0.0/24'), /the subnet "public" \(172.24.0.0\/24\) stays/);
});

test('what stays though somebody should look at it is told by its place, never by its value', t => {
  const inventory = inventoryOf({
    network: [{...net, description: 'all of 10.10.0.0/24'}],
    subnet: [sub],
    security_group: [
      {
        id: 'g1',
        project_id: 'p1',
        name: 'in',
        security_group_rules: [
          {
            id: 'gr1',
            security_group_id: 'g1',
            project_id: 'p1',
            direction: 'ingress',
            ethertype: 'IPv4',
            remote_ip_prefix: '10.0.0.0/8',
          },
          {
            id: 'gr2',
            security_group_id: 'g1',
            project_id: 'p1',
            direction: 'ingress',
            ethertype: 'IPv4',
            remote_ip_prefix: '0.0.0.0/0',
          },
          {
            id: 'gr3',
            security_group_id: 'g1',
            project_id: 'p1',
            direction: 'ingress',
            ethertype: 'IPv4',
            remote_ip_prefix: '172.16.0.9/32',
          },
        ],
      },
    ],
    server: [
      {
        id: 'i1',
        name: 'one',
        status: 'ACTIVE',
        user_id: 'u1',
        flavor: {original_name: 'm1.tiny', vcpus: 1, ram: 64, disk: 1},
        image: {id: 'im1'},
        key_name: null,
        config_drive: '',
        addresses: [],
        'os-extended-volumes:volumes_attached': [],
        metadata: {url: 'http://10.10.0.5/', other: 'http://10.11.0.5/'},
        'OS-EXT-SRV-ATTR:user_data': Buffer.from('#!/bin/sh\nping 10.10.0.5\n').toString('base64'),
      },
    ],
    recordset: [
      {
        id: 'rs1',
        project_id: 'p1',
        zone_id: 'z1',
        type: 'PTR',
        name: '5.0.10.10.in-addr.arpa.',
        records: ['www.example.'],
        status: 'ACTIVE',
      },
    ],
  });
  const {graph} = shape(inventory, {ips: {shift: ['10.10.0.0/24=172.16.0.0/24']}});
  const notes = [...graph.nodes.values()].flatMap(({key, addresses = []}) =>
    addresses.flatMap(({field, what, reason}) => (what === 'left' ? [`${key} ${field}: ${reason}`] : [])),
  );
  const mentions =
    'the text names an address of 10.10.0.0/24, which moves to 172.16.0.0/24; it stays as it is';
  t.deepEqual(notes.sort(), [
    `network:n1 description: ${mentions}`,
    `recordset:rs1 name: ${mentions}`,
    'security_group_rule:gr1 remote_ip_prefix: covers 10.10.0.0/24, but not 172.16.0.0/24, where that moves',
    'security_group_rule:gr3 remote_ip_prefix: names something in 172.16.0.0/24, where 10.10.0.0/24 moves',
    `server:i1 OS-EXT-SRV-ATTR:user_data: ${mentions}`,
    `server:i1 metadata.url: ${mentions}`,
  ]);
});

test('the ledger says what was shifted, and stays exact', t => {
  const {graph} = shape(inventoryOf({network: [net], subnet: [sub], port: [holder]}), {
    ips: {shift: ['10.10.0.0/24=10.50.0.0/24']},
  });
  const entry = (key: string, field: string) => graph.nodes.get(key)?.ledger.find(one => one.field === field);
  t.deepEqual(entry('subnet:s1', 'cidr'), {
    field: 'cidr',
    fate: 'exact',
    reason: 'shifted with 10.10.0.0/24 to 10.50.0.0/24',
  });
  t.deepEqual(entry('subnet:s1', 'name'), {field: 'name', fate: 'exact'});
  t.is(entry('port:x1', 'fixed_ips')?.fate, 'exact');
});

test('a subnet that leaves its pool is made without it, and that is a loss', t => {
  const pool = {id: 'sp1', project_id: 'p1', name: 'campus', prefixes: ['10.0.0.0/8'], ip_version: 4};
  const inventory = inventoryOf({
    network: [net],
    subnet: [{...sub, subnetpool_id: 'sp1'}],
    subnet_pool: [pool],
  });
  const poolOf = (target: string) => {
    const node = shape(inventory, {ips: {shift: [`10.10.0.0/24=${target}`]}}).graph.nodes.get('subnet:s1');
    return [node?.properties['value_specs'], node?.ledger.find(({field}) => field === 'subnetpool_id')];
  };
  const [kept] = poolOf('10.50.0.0/24');
  t.truthy(kept);
  t.deepEqual(poolOf('192.168.0.0/24'), [
    undefined,
    {field: 'subnetpool_id', fate: 'lost', reason: 'its pool does not hold 192.168.0.0/24, where it moves'},
  ]);
});

/** Own nets that are in no other, each with one of the same size elsewhere. */
function pairsFor(inventory: Inventory): readonly (readonly [Cidr, Cidr])[] {
  const nets = [
    ...new Map(subnetsOf(inventory).flatMap(({own, cidr}) => (own ? [[cidrText(cidr), cidr]] : []))).values(),
  ];
  const outermost = nets.filter(one => !nets.some(other => other !== one && holds(other, one)));
  let next4 = parseAddress('100.64.0.0')?.value ?? 0n;
  let next6 = parseAddress('fd77::')?.value ?? 0n;
  return [...outermost]
    .sort((a, b) => a.prefix - b.prefix)
    .map(from => {
      const size = from.last - from.first + 1n;
      const first = from.version === 4 ? next4 : next6;
      if (from.version === 4) next4 += size;
      else next6 += size;
      return [from, {...from, first, last: first + size - 1n}] as const;
    });
}

/** Whether a row of the pool says no more than that it was left. */
function withPools(rows: Inventory['rows'], before: Inventory['rows']): Inventory['rows'] {
  const pools = new Map(before['subnet']?.map(row => [row['id'], row['subnetpool_id']]));
  const subnet = rows['subnet']?.map(row => ({...row, subnetpool_id: pools.get(row['id'])}));
  return subnet === undefined ? rows : {...rows, subnet};
}

test('there and back is the same; shifted rows are what a clone there would answer', async t => {
  for (const [name, inventory] of await inventories()) {
    const pairs = pairsFor(inventory);
    t.true(pairs.length > 0, name);
    const there = pairs.map(([from, to]) => `${cidrText(from)}=${cidrText(to)}`);
    const back = pairs.map(([from, to]) => `${cidrText(to)}=${cidrText(from)}`);
    const moved = shifted(inventory, there).inventory;
    t.notDeepEqual(moved.rows, inventory.rows);
    const returned = shifted(moved, back).inventory;
    t.deepEqual(withPools(returned.rows, inventory.rows), inventory.rows, name);
    const {differences} = compareGraphs(shape(inventory, {ips: {shift: there}}), relate(moved));
    t.deepEqual(differences, [], name);
    const {bundle} = render(inventory, {shape: {ips: {shift: there}}});
    const template = bundle.find(({path}) => path === 'template.yaml')?.text ?? '';
    const left = template.split('\n').flatMap(line => {
      const [word = ''] = /[\da-f.:]*\d[\da-f.:]*(?:\/\d+)?$/i.exec(line.replaceAll(/['"]/g, '')) ?? [];
      const address = parseAddress(word) ?? parseCidr(word);
      if (address === undefined) return [];
      const span =
        'value' in address ? {version: address.version, first: address.value, last: address.value} : address;
      return pairs.some(([from]) => holds(from, span)) ? [line] : [];
    });
    t.deepEqual(left, [], `${name}: no address of a net that moved is left`);
  }
});

test('any project: there and back is the same, in any order of rows', t => {
  t.notThrows(() =>
    fc.assert(
      fc.property(busyProject, fc.nat(), (inventory, seed) => {
        const pairs = pairsFor(inventory);
        if (pairs.length === 0) return true;
        const there = pairs.map(([from, to]) => `${cidrText(from)}=${cidrText(to)}`);
        const back = pairs.map(([from, to]) => `${cidrText(to)}=${cidrText(from)}`);
        const moved = shifted(inventory, there).inventory;
        const returned = shifted(moved, back).inventory;
        const options = {shape: {ips: {shift: there}}};
        const texts = (one: Inventory): unknown =>
          render(one, options).bundle.filter(({path}) => path !== 'inventory.json');
        return (
          JSON.stringify(returned.rows) === JSON.stringify(inventory.rows) &&
          JSON.stringify(texts(inventory)) === JSON.stringify(texts(shuffled(inventory, seed)))
        );
      }),
      RUNS,
    ),
  );
});
