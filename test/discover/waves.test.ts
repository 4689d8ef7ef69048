import {EventEmitter, once} from 'node:events';
import {setTimeout} from 'node:timers/promises';
import test from 'ava';
import type {ListCall} from '../../src/model/list-call.ts';
import {discover} from '../../src/discover/index.ts';
import {failure, fakeSession, spec} from './fake.ts';

const options = {now: () => new Date(0), tool: 'rekindle test'};

const ports: ListCall = {service: 'network', path: 'ports', key: 'ports', ours: true};
const networks: ListCall = {
  service: 'network',
  path: 'networks',
  key: 'networks',
  ours: true,
  referred: {
    style: 'repeated',
    parameter: 'id',
    ids: rows => (rows['port'] ?? []).map(port => port['network_id'] as string),
  },
};

test('everything that needs no other list is asked at once', async t => {
  let open = 0;
  let most = 0;
  const slow = async (): Promise<unknown[]> => {
    most = Math.max(most, (open += 1));
    await setTimeout(10);
    open -= 1;
    return [];
  };
  const {session} = fakeSession({
    replies: {
      'network ports': slow,
      'network extensions': slow,
      'compute servers/detail': slow,
      'image images': slow,
    },
  });
  const specs = [
    spec('port', ports),
    spec('server', {service: 'compute', path: 'servers/detail', key: 'servers'}),
    spec('image', {service: 'image', path: 'images', key: 'images'}),
  ];
  await discover(session, {...options, specs});
  t.is(most, 4);
});

test('the project is asked for by id, and rows of others are left out where a server ignores that', async t => {
  const answer = [
    {id: 'a', project_id: 'p1'},
    {id: 'b', project_id: 'p2'},
    {id: 'c', tenant_id: ''},
    {id: 'd'},
    {id: 'e', project: 'p2'},
  ];
  const {session, asked} = fakeSession({
    replies: {'network ports': answer, 'orchestration stacks': answer},
  });
  const stacks: ListCall = {service: 'orchestration', path: 'stacks', key: 'stacks'};
  const {rows} = await discover(session, {...options, specs: [spec('port', ports), spec('stack', stacks)]});
  t.deepEqual(asked.find(({path}) => path === 'ports')?.options.query, {project_id: 'p1'});
  for (const kind of ['port', 'stack']) {
    t.deepEqual(
      rows[kind]?.map(row => row['id']),
      ['a', 'd'],
    );
  }
});

test('what rows refer to is fetched once, by id, and only what was not read', async t => {
  const {session, asked} = fakeSession({
    replies: {
      'network ports': ['n1', 'n2', 'n2', '', null, 'n3'].map((network_id, index) => ({
        id: `p${index}`,
        network_id,
        project_id: 'p1',
      })),
      'network networks': ({options}) =>
        options.query?.['id'] === undefined
          ? [{id: 'n1', project_id: 'p1'}]
          : [{id: 'n2', project_id: 'p2'}, {id: 'n3', shared: true}, {id: 'uninvited'}],
    },
  });
  const {rows, gaps} = await discover(session, {
    ...options,
    specs: [spec('network', networks), spec('port', ports)],
  });
  t.deepEqual(
    asked.filter(({path}) => path === 'networks').map(({options}) => options.query),
    [{project_id: 'p1'}, {id: ['n2', 'n3']}],
  );
  t.deepEqual(
    rows['network']?.map(row => row['id']),
    ['n1', 'n2', 'n3'],
  );
  t.deepEqual(gaps, []);
});

test('many ids go in portions that fit a request line', async t => {
  const ids = Array.from({length: 500}, (_, index) => `${'0'.repeat(32)}${String(index).padStart(4, '0')}`);
  const {session, asked} = fakeSession({
    replies: {
      'network ports': ids.map(id => ({id, network_id: id})),
      'network networks': ({options}) => ((options.query?.['id'] ?? []) as string[]).map(id => ({id})),
    },
  });
  const {rows} = await discover(session, {
    ...options,
    specs: [spec('network', networks), spec('port', ports)],
  });
  t.is(rows['network']?.length, 500);
  const queries = asked.filter(({options}) => options.query?.['id'] !== undefined);
  t.is(queries.length, 5);
  for (const {options} of queries) t.true([options.query?.['id'] ?? []].flat().length * 40 <= 4000);
});

test('ids for Glance go into one `in:`, and what would break out of it is a gap', async t => {
  const {session, asked} = fakeSession({
    replies: {
      'compute servers/detail': ['i2', 'i1', 'a,b', '"', 'x&y=z'].map((image, index) => ({
        id: `s${index}`,
        image,
      })),
      'image images': [{id: 'i1'}, {id: 'i2'}],
    },
  });
  const specs = [
    spec('server', {service: 'compute', path: 'servers/detail', key: 'servers'}),
    spec('image', {
      service: 'image',
      path: 'images',
      key: 'images',
      only: 'referred',
      referred: {
        style: 'in',
        parameter: 'id',
        ids: rows => (rows['server'] ?? []).map(row => row['image'] as string),
      },
    }),
  ];
  const {rows, gaps} = await discover(session, {...options, specs});
  t.deepEqual(
    asked.filter(({service}) => service === 'image').map(({options}) => options.query),
    [{id: 'in:i1,i2'}],
  );
  t.is(rows['image']?.length, 2);
  t.like(gaps, [
    {service: 'image', kind: 'image', reason: 'failed', detail: '3 references to image are no ids'},
  ]);
});

test('a referred list that nobody refers to is not asked, and its absence is no gap', async t => {
  const {session, asked} = fakeSession({replies: {'network ports': []}});
  const call: ListCall = {...networks, service: 'image', only: 'referred'};
  const {gaps} = await discover(session, {...options, specs: [spec('port', ports), spec('thing', call)]});
  t.deepEqual(gaps, []);
  t.false(asked.some(({path}) => path === 'networks'));
});

test('references of what was fetched are followed, and a cloud that never ends is a gap', async t => {
  const endless: ListCall = {
    ...networks,
    referred: {
      ...networks.referred!,
      ids: rows => (rows['network'] ?? []).map(row => `${String(row['id'])}x`),
    },
  };
  const {session, asked} = fakeSession({
    replies: {
      'network networks': ({options}) => ((options.query?.['id'] ?? ['n']) as string[]).map(id => ({id})),
    },
  });
  const {rows, gaps} = await discover(session, {...options, specs: [spec('network', endless)]});
  t.is(rows['network']?.length, 10);
  t.is(asked.length, 11);
  t.like(gaps, [{reason: 'failed', detail: 'references to network lead on without end'}]);
});

const forwardings: ListCall = {
  service: 'network',
  path: 'floatingips/{id}/port_forwardings',
  key: 'port_forwardings',
  parent: {kind: 'floating_ip', field: 'floatingip_id', when: row => row['fixed_ip_address'] === null},
};
const ips: ListCall = {service: 'network', path: 'floatingips', key: 'floatingips'};

test('children are listed for the parents that have them, and know their parent', async t => {
  const {session, asked} = fakeSession({
    replies: {
      'network floatingips': [
        {id: 'a', fixed_ip_address: null},
        {id: 'b', fixed_ip_address: '10.0.0.1'},
        {id: 'c/../d', fixed_ip_address: null},
        {id: '..', fixed_ip_address: null},
      ],
      'network floatingips/a/port_forwardings': [{id: 'f1'}, {id: 'f0'}],
      'network floatingips/c%2F..%2Fd/port_forwardings': [],
    },
  });
  const specs = [spec('forwarding', forwardings), spec('floating_ip', ips)];
  const {rows, gaps} = await discover(session, {...options, specs});
  t.deepEqual(rows['forwarding'], [
    {floatingip_id: 'a', id: 'f0'},
    {floatingip_id: 'a', id: 'f1'},
  ]);
  t.deepEqual(asked.map(({path}) => path).sort(), [
    'extensions',
    'floatingips',
    'floatingips/a/port_forwardings',
    'floatingips/c%2F..%2Fd/port_forwardings',
  ]);
  t.like(gaps, [{kind: 'forwarding', reason: 'failed', parent: '..'}]);
});

test('a parent that is gone when its children are read is a gap that names it', async t => {
  const {session} = fakeSession({replies: {'network floatingips': [{id: 'a', fixed_ip_address: null}]}});
  const specs = [spec('forwarding', forwardings), spec('floating_ip', ips)];
  const {gaps} = await discover(session, {...options, specs});
  t.deepEqual(gaps, [
    {
      service: 'network',
      kind: 'forwarding',
      reason: 'vanished',
      detail: 'floating_ip a was gone when its port_forwardings were read',
      parent: 'a',
    },
  ]);
});

test('children that may not be read are a gap for each parent, not the end', async t => {
  const {session} = fakeSession({
    replies: {
      'network floatingips': [{id: 'a', fixed_ip_address: null}],
      'network floatingips/a/port_forwardings': failure('forbidden', 403),
    },
  });
  const {gaps} = await discover(session, {
    ...options,
    specs: [spec('forwarding', forwardings), spec('floating_ip', ips)],
  });
  t.like(gaps, [{reason: 'forbidden', parent: 'a'}]);
});

test('rows of no concern are pruned, whatever the order of kinds', async t => {
  const flavors: ListCall = {
    service: 'compute',
    path: 'flavors/detail',
    key: 'flavors',
    keep: (flavor, rows) => (rows['server'] ?? []).some(server => server['flavor'] === flavor['name']),
  };
  const servers: ListCall = {service: 'compute', path: 'servers/detail', key: 'servers'};
  const {session} = fakeSession({
    replies: {
      'compute flavors/detail': [
        {id: '1', name: 'tiny'},
        {id: '2', name: 'big'},
      ],
      'compute servers/detail': [{id: 's', flavor: 'big'}],
    },
  });
  for (const specs of [
    [spec('flavor', flavors), spec('server', servers)],
    [spec('server', servers), spec('flavor', flavors)],
  ]) {
    const {rows} = await discover(session, {...options, specs});
    t.deepEqual(rows['flavor'], [{id: '2', name: 'big'}]);
  }
});

function call(path: string, microversion?: string): ListCall {
  const service = path === 'd' ? 'image' : 'compute';
  return {service, path, key: path, ...(microversion === undefined ? {} : {microversion})};
}

test('each list is read with the microversion that server, tests and list have in common', async t => {
  const {session, asked} = fakeSession({
    replies: {'compute a': [], 'compute b': [], 'compute c': [], 'image d': []},
    microversions: {compute: {used: '2.93', min: '2.1', max: '2.100'}},
  });
  const specs = [
    spec('a', call('a')),
    spec('b', call('b', '2.9')),
    spec('c', call('c', '2.100')),
    spec('d', call('d')),
  ];
  const {services} = await discover(session, {...options, specs});
  t.deepEqual(Object.fromEntries(asked.map(({path, options}) => [path, options.microversion])), {
    a: '2.93',
    b: '2.9',
    c: '2.93',
    d: undefined,
  });
  t.deepEqual(services, {compute: {microversion: '2.93', maximum: '2.100'}, image: {}});
});

test('keys to keep in order are handed on, and wrapped rows are unwrapped', async t => {
  const {session, asked} = fakeSession({
    replies: {
      'compute os-keypairs': [{keypair: {name: 'mine', id: 7}}],
      'compute servers/detail': [
        {
          id: 's',
          metadata: [
            ['2', 'b'],
            ['1', 'a'],
          ],
        },
      ],
    },
  });
  const specs = [
    spec('keypair', {
      service: 'compute',
      path: 'os-keypairs',
      key: 'keypairs',
      unwrap: 'keypair',
      idField: 'name',
    }),
    spec('server', {service: 'compute', path: 'servers/detail', key: 'servers', ordered: ['metadata']}),
  ];
  const {rows} = await discover(session, {...options, specs});
  t.deepEqual(rows['keypair'], [{id: 'mine', name: 'mine'}]);
  t.deepEqual(rows['server']?.[0]?.['metadata'], [
    ['2', 'b'],
    ['1', 'a'],
  ]);
  t.deepEqual(asked.find(({path}) => path === 'servers/detail')?.options.ordered, ['metadata']);
});

function typesNamedBy(name: string): ListCall {
  return {
    service: 'block-storage',
    path: 'types',
    key: 'volume_types',
    only: 'referred',
    idOf: row => (row['name'] as string).toLowerCase(),
    referred: {
      style: 'whole',
      parameter: 'id',
      ids: rows => (rows['port'] ?? []).map(port => port[name] as string | undefined),
    },
  };
}

test('a list that no id filters is read whole, once one is wanted, and cut down to what was', async t => {
  const {session, asked} = fakeSession({
    replies: {
      'network ports': [{id: 'a', volume_type: 'fast'}],
      'block-storage types': [{name: 'FAST'}, {name: 'SLOW'}, {}],
    },
  });
  const {rows, gaps} = await discover(session, {
    ...options,
    specs: [spec('port', ports), spec('type', typesNamedBy('volume_type'))],
  });
  t.deepEqual(rows['type'], [{id: 'fast', name: 'FAST'}]);
  t.like(gaps, [{kind: 'type', reason: 'failed', detail: '1 of 3 rows of type are no objects with an id'}]);
  t.is(asked.filter(({path}) => path === 'types').length, 1);
  await discover(session, {...options, specs: [spec('port', ports), spec('type', typesNamedBy('nothing'))]});
  t.is(asked.filter(({path}) => path === 'types').length, 1);
});

test('what hangs on a list is asked for while lists that it does not look at have pages left', async t => {
  const order: string[] = [];
  const said = async (what: string, rows: unknown[]): Promise<unknown[]> => {
    order.push(what);
    return Promise.resolve(rows);
  };
  const outside = new EventEmitter();
  // Not forever: a reading that waits for the servers first shall fail, not hang.
  const asked = Promise.race([once(outside, 'asked'), setTimeout(500)]);
  const {session} = fakeSession({
    replies: {
      'network ports': async () => said('ports', [{id: 'p1', project_id: 'p1', network_id: 'n2'}]),
      'network networks': async ({options}) => {
        if (options.query?.['id'] === undefined) return said('networks', []);
        outside.emit('asked');
        return said('networks by id', [{id: 'n2'}]);
      },
      'network ports/p1/bindings': async () => said('bindings', []),
      'compute servers/detail': async () => {
        await asked;
        return said('servers', []);
      },
    },
  });
  const bindings: ListCall = {
    service: 'network',
    path: 'ports/{id}/bindings',
    key: 'bindings',
    parent: {kind: 'port', field: 'port_id'},
  };
  await discover(session, {
    ...options,
    specs: [
      spec('network', networks),
      spec('port', ports),
      spec('binding', bindings),
      spec('server', {service: 'compute', path: 'servers/detail', key: 'servers'}),
    ],
  });
  t.is(order.at(-1), 'servers');
  t.deepEqual(order.slice(0, -1).sort(), ['bindings', 'networks', 'networks by id', 'ports']);
});

test('what looks at a list that is still being read waits for it, and asks once for all', async t => {
  const both: ListCall = {
    ...networks,
    referred: {
      style: 'repeated',
      parameter: 'id',
      *ids(rows) {
        for (const kind of ['port', 'router']) {
          for (const row of rows[kind] ?? []) yield row['network_id'] as string;
        }
      },
    },
  };
  const {session, asked} = fakeSession({
    replies: {
      'network ports': [{id: 'p1', network_id: 'n1'}],
      'network routers': async () => setTimeout(20, [{id: 'r1', network_id: 'n2'}]),
      'network networks': [],
    },
  });
  const routers: ListCall = {service: 'network', path: 'routers', key: 'routers'};
  await discover(session, {
    ...options,
    specs: [spec('network', both), spec('port', ports), spec('router', routers)],
  });
  t.deepEqual(
    asked.filter(({path}) => path === 'networks').map(({options}) => options.query?.['id']),
    [undefined, ['n1', 'n2']],
  );
});
