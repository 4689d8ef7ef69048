/** The order of a template's resources, and the sentences that it says of them. */
import test from 'ava';
import type {Row} from '../../src/model/inventory.ts';
import {compareNames, stemOf} from '../../src/emit/order.ts';
import {capital, contentsOf, nounOf, usersOf} from '../../src/emit/words.ts';
import {render} from '../../src/pipeline/index.ts';
import {inventoryOf} from '../support/inventory.ts';

const network = (id: string, second: number): Row => ({
  id,
  name: id,
  project_id: 'p1',
  created_at: `2026-01-01T00:00:0${second}Z`,
});

const port = (id: string, network: string, server: string): Row => ({
  id,
  name: '',
  project_id: 'p1',
  network_id: network,
  device_id: server,
  device_owner: 'compute:nova',
  mac_address: `fa:16:3e:00:00:${id.slice(-2).padStart(2, '0')}`,
  fixed_ips: [],
  security_groups: [],
});

const server = (id: string, name: string, second: number, metadata: Row = {}): Row => ({
  id,
  name,
  status: 'ACTIVE',
  flavor: {original_name: 'm1.small'},
  image: {id: 'i1'},
  tenant_id: 'p1',
  created: `2026-01-01T00:00:0${second}Z`,
  metadata,
  addresses: [],
  'os-extended-volumes:volumes_attached': [],
});

/** Logical names of the servers, as they stand in the template. */
function servers(rows: Readonly<Record<string, readonly Row[]>>, report?: unknown): readonly string[] {
  const earlier =
    report === undefined
      ? undefined
      : {report: report as never, environment: undefined, secrets: undefined, files: {}};
  const {report: made} = render(inventoryOf(rows), {earlier});
  return made.resources.filter(({kind}) => kind === 'server').map(({name}) => name);
}

const rows = {
  image: [{id: 'i1', name: 'debian'}],
  server: [
    server('s1', 'web-2', 1),
    server('s2', 'db', 2),
    server('s3', 'web-10', 3),
    server('s4', 'web-1', 4),
  ],
};

test('servers of one job stand together, by the number in their names, where the oldest stands', t => {
  t.deepEqual(servers(rows), ['server_web_1', 'server_web_2', 'server_web_10', 'server_db']);
});

test('what was made in the same second stands by name', t => {
  const same = ['c', 'a', 'b'].map((name, index) => server(`s${index}`, name, 1));
  t.deepEqual(servers({...rows, server: same}), ['server_a', 'server_b', 'server_c']);
});

test('metadata may say what a server is for', t => {
  const front = {role: 'front'};
  const some = [server('s1', 'alpha', 1, front), server('s2', 'omega', 2), server('s3', 'beta', 3, front)];
  t.deepEqual(servers({...rows, server: some}), ['server_alpha', 'server_beta', 'server_omega']);
});

test('servers stand by the network of their first NIC, those without one of ours last', t => {
  const nets: Readonly<Record<string, Row[string]>> = {s1: [['n2', []]], s2: [['n1', []]], s3: [['n1', []]]};
  const spread = {
    ...rows,
    network: [network('n2', 2), network('n1', 1)],
    port: [port('p11', 'n2', 's1'), port('p12', 'n1', 's3'), port('p13', 'n1', 's2')],
    // A port without addresses shows as its network's name.
    server: rows.server.map(row => ({...row, addresses: nets[String(row['id'])] ?? []})),
  };
  t.deepEqual(servers(spread), ['server_db', 'server_web_10', 'server_web_2', 'server_web_1']);
});

test('in a bundle that replaces one, everything stays where it stood, whatever goes or comes', t => {
  const before = render(inventoryOf(rows)).report;
  const [first, db, ...others] = rows.server as [Row, Row, ...Row[]];
  // The oldest of them gone, the other job would come first.
  t.deepEqual(servers({...rows, server: [db, ...others]}), ['server_db', 'server_web_1', 'server_web_10']);
  t.deepEqual(servers({...rows, server: [db, ...others]}, before), [
    'server_web_1',
    'server_web_10',
    'server_db',
  ]);
  const newcomer = server('s9', 'web-3', 9);
  t.deepEqual(servers({...rows, server: [first, db, ...others, newcomer]}, before), [
    'server_web_1',
    'server_web_2',
    'server_web_3',
    'server_web_10',
    'server_db',
  ]);
});

test('a stem is the name without the number at its end', t => {
  t.deepEqual(['web-12', 'web12', 'web_1', 'web.1', 'web', 'a-1-b', '007', '日本-2'].map(stemOf), [
    'web',
    'web',
    'web',
    'web',
    'web',
    'a-1-b',
    '',
    '日本',
  ]);
});

test('names go by the numbers in them, and a longer one after what it begins with', t => {
  const names = ['web-10', 'web-9', 'web', 'web-9b', 'Web', 'web-09'];
  t.deepEqual(names.toSorted(compareNames), ['Web', 'web', 'web-09', 'web-9', 'web-9b', 'web-10']);
});

const named = new Map(
  ['server_web_1', 'server_web_2', 'server_db', 'volume_db_data', 'volume', 'floating_ip_web_1a2b3c'].map(
    name => [`${/^(?:floating_ip|[a-z]+)/.exec(name)?.[0] ?? ''}:${name}`, name],
  ),
);
const keysOf = (...kinds: string[]): readonly string[] =>
  [...named.keys()].filter(key => kinds.includes(key.split(':')[0] ?? ''));

test('users go by their jobs, unless they are many, or a hash is all that tells them apart', t => {
  t.is(usersOf(keysOf('server'), named), 'servers db and web_*');
  t.is(usersOf(['server:server_db'], named), 'server db');
  t.is(usersOf(keysOf('server', 'volume'), named), 'servers db and web_* and volumes');
  t.is(usersOf(keysOf('server', 'volume', 'floating_ip'), named), '');
  t.is(usersOf(keysOf('floating_ip'), named), 'one floating IP');
  t.is(usersOf(keysOf('volume'), named, 'volume_type'), '');
  t.is(usersOf(['server:gone'], named), '');
  const many = new Map(['a', 'b', 'c', 'd'].map(name => [`server:${name}`, `server_${name}`]));
  t.is(usersOf([...many.keys()], many), 'servers');
});

test('what is in a project takes one line and no number', t => {
  t.is(contentsOf(named), 'servers db and web_*, one floating IP, volumes');
  const long = new Map(['x', 'y', 'z'].map(name => [`server:${name}`, `server_${name.repeat(40)}`]));
  t.is(contentsOf(long), '');
  t.is(contentsOf(new Map()), '');
});

test('kinds in words', t => {
  t.deepEqual(['floating_ip', 'qos_policy', 'lb_flavor', 'keypair', 'image'].map(nounOf).map(capital), [
    'Floating IP',
    'QoS policy',
    'Load balancer flavor',
    'Key pair',
    'Image',
  ]);
});

const volume = (id: string, ...servers: string[]): Row => ({
  id,
  name: id,
  status: 'in-use',
  size: 1,
  bootable: 'false',
  metadata: {},
  attachments: servers.map(server_id => ({server_id, device: '/dev/vdb'})),
});

test('a floating IP stands under its port; a volume, which outlives its server, does not', t => {
  const [web, db] = rows.server as [Row, Row];
  const attached = 'os-extended-volumes:volumes_attached';
  const {report, bundle} = render(
    inventoryOf({
      image: rows.image,
      network: [network('n1', 1)],
      port: [port('p11', 'n1', 's1')],
      volume: [volume('alone'), volume('data', 's1')],
      server: [
        {...web, addresses: [['n1', []]], [attached]: [{id: 'data', delete_on_termination: false}]},
        db,
      ],
      floating_ip: [
        {
          id: 'f1',
          project_id: 'p1',
          floating_network_id: 'n1',
          floating_ip_address: '203.0.113.9',
          port_id: 'p11',
          fixed_ip_address: null,
        },
        {id: 'f2', project_id: 'p1', floating_network_id: 'n1', port_id: null, fixed_ip_address: null},
      ],
    }),
  );
  t.deepEqual(
    report.resources.map(({kind, id}) => `${kind} ${id}`),
    [
      'network n1',
      'volume alone',
      'volume data',
      'server s1',
      'port p11',
      'floating_ip f1',
      'server s2',
      'floating_ip f2',
    ],
  );
  t.regex(bundle[0]?.text ?? '', /^ {2}# 203\.0\.113\.9 in the source\n {2}floating_ip_web_2:$/m);
});

test('a disk that Nova called after the id of its server goes by what it is', t => {
  const [web] = rows.server as [Row];
  const blank = {...volume('v1', 's1'), name: '0a1b2c3d-0000-4000-8000-00000000abcd-blank-vol'};
  const {report} = render(inventoryOf({image: rows.image, volume: [blank], server: [web]}));
  t.is(report.resources.find(({kind}) => kind === 'volume')?.name, 'volume_web_2_vdb');
});

test('a volume without a name says why it has a blank for one', t => {
  const {bundle} = render(inventoryOf({volume: [{...volume('v1'), name: ''}]}));
  t.regex(bundle[0]?.text ?? '', /# It has no name: .*\n {2}volume_\w+:\n(?: {4}.*\n)+? {6}name: ' '\n/);
});
