/** Zones and recordsets, where the examples can't show it. */
import test from 'ava';
import {relate} from '../../../src/relate/index.ts';
import {Attr, Joined, Ref, type Given} from '../../../src/model/value.ts';
import {inventoryOf} from '../../support/inventory.ts';

const settled = {project_id: 'p1', status: 'ACTIVE', action: 'NONE', description: null};

function zone(id: string, name: string, more: object = {}) {
  return {...settled, id, name, type: 'PRIMARY', email: 'a@example.org', ttl: 60, masters: [], ...more};
}

function record(name: string, type: string, records: readonly string[], more: object = {}) {
  return {
    ...settled,
    id: name,
    zone_id: 'z',
    zone_name: 'example.org.',
    name,
    type,
    records,
    ttl: null,
    ...more,
  };
}

function port(id: string, network: string, address: string, more: object = {}) {
  return {
    id,
    name: id,
    project_id: 'p1',
    network_id: network,
    mac_address: 'fa:16:3e:00:00:01',
    device_id: '',
    device_owner: '',
    fixed_ips: [{subnet_id: `s-${network}`, ip_address: address}],
    security_groups: [],
    port_security_enabled: true,
    ...more,
  };
}

function graphOf(rows: Readonly<Record<string, readonly object[]>>) {
  const {graph} = relate(inventoryOf({zone: [zone('z', 'example.org.')], ...rows}));
  const node = (key: string) => {
    const found = graph.nodes.get(key);
    if (found === undefined) throw new Error(`no ${key}`);
    return found;
  };
  return {graph, node};
}

const networks = [
  {id: 'own', project_id: 'p1', name: 'own'},
  {id: 'foreign', project_id: 'p0', name: 'foreign', shared: true},
];

test('recordset: an address that the target assigns is asked of the port, a pinned one is said', t => {
  const {node} = graphOf({
    network: networks,
    port: [port('guest', 'foreign', '10.9.0.5'), port('pinned', 'own', '10.0.0.5')],
    recordset: [record('www.example.org.', 'A', ['10.0.0.5', '10.9.0.5', '192.0.2.1'])],
  });
  const [pinned, guest, other] = node('recordset:www.example.org.').properties['records'] as unknown[];
  t.is(pinned, '10.0.0.5');
  t.deepEqual(guest, new Attr('port', 'guest', ['fixed_ips', 0, 'ip_address'], '10.9.0.5'));
  t.is(other, '192.0.2.1');
});

const balancer = (id: string, network: string, vip_address: string) => ({
  id,
  project_id: 'p1',
  name: id,
  provisioning_status: 'ACTIVE',
  vip_address,
  vip_network_id: network,
  vip_subnet_id: `s-${network}`,
  vip_port_id: `vip-${id}`,
});

test('recordset: an address of a load balancer that the target assigns is asked of that', t => {
  const {node} = graphOf({
    network: networks,
    load_balancer: [balancer('guest', 'foreign', '10.9.0.7'), balancer('pinned', 'own', '10.0.0.7')],
    recordset: [record('www.example.org.', 'A', ['10.0.0.7', '10.9.0.7'])],
  });
  const [pinned, guest] = node('recordset:www.example.org.').properties['records'] as unknown[];
  t.is(pinned, '10.0.0.7');
  t.deepEqual(guest, new Attr('load_balancer', 'guest', ['vip_address'], '10.9.0.7'));
});

test('recordset: an address that two ports have, one of them pinned, is said', t => {
  const {node} = graphOf({
    network: networks,
    port: [port('guest', 'foreign', '10.9.0.5'), port('pinned', 'own', '10.9.0.5')],
    recordset: [record('www.example.org.', 'A', ['10.9.0.5'])],
  });
  t.deepEqual(node('recordset:www.example.org.').properties['records'], ['10.9.0.5']);
});

test('zone: the name of a zone below ours follows it, that of a neighbour does not', t => {
  const {node} = graphOf({
    zone: [
      zone('z', 'example.org.'),
      zone('sub', 'deep.lab.Example.org.'),
      zone('lab', 'lab.example.org.'),
      zone('other', 'notexample.org.'),
    ],
  });
  const name = node('zone:sub').properties['name'];
  t.true(name instanceof Joined);
  const [front, given] = (name as Joined).parts;
  t.is(front, 'deep.lab.');
  t.is((given as Given).key, 'zone:z');
  t.is((node('zone:other').properties['name'] as Given).key, 'zone:other');
  t.deepEqual(
    node('zone:sub')
      .after.map(({id}) => id)
      .toSorted(),
    ['lab', 'z'],
  );
});

test('zone: a record that was there before the zone around its name is made before it', t => {
  const {graph} = graphOf({
    zone: [zone('z', 'example.org.'), zone('lab', 'lab.example.org.')],
    recordset: [record('old.lab.example.org.', 'A', ['192.0.2.1'])],
  });
  t.true(
    graph.edges.some(
      ({from, to, property}) =>
        from === 'zone:lab' && to === 'recordset:old.lab.example.org.' && property === 'depends_on',
    ),
  );
});

test('recordset: what Designate or another server writes is left out', t => {
  const {node} = graphOf({
    zone: [zone('z', 'example.org.'), zone('second', 'copy.example.', {type: 'SECONDARY'})],
    recordset: [
      record('example.org.', 'NS', ['ns1.cloud.example.'], {id: 'ns'}),
      record('example.org.', 'SOA', ['ns1. a. 1 2 3 4 5'], {id: 'soa'}),
      record('www.copy.example.', 'A', ['192.0.2.1'], {zone_id: 'second', zone_name: 'copy.example.'}),
      record('gone.example.org.', 'A', ['192.0.2.1'], {status: 'PENDING', action: 'DELETE'}),
      record('broken.example.org.', 'A', ['192.0.2.1'], {status: 'ERROR', action: 'CREATE'}),
    ],
  });
  for (const id of ['ns', 'soa', 'www.copy.example.', 'gone.example.org.'])
    t.is(node(`recordset:${id}`).place.as, 'skipped', id);
  t.is(node('recordset:broken.example.org.').place.as, 'resource');
});

test('recordset: what Neutron may have made of a dns_name is announced, what differs in anything is built', t => {
  const named = {dns_name: 'www', dns_domain: 'example.org.'};
  const rows = (more: object) => ({
    network: networks,
    port: [port('x', 'own', '10.0.0.5', named)],
    recordset: [record('www.example.org.', 'A', ['10.0.0.5'], more)],
  });
  const place = (more: object) => graphOf(rows(more)).node('recordset:www.example.org.').place.as;
  t.is(place({}), 'lost');
  t.is(place({ttl: 60}), 'resource');
  t.is(place({records: ['10.0.0.6']}), 'resource');
});

test('recordset: a type that Heat does not take is made afterwards', t => {
  const {node} = graphOf({recordset: [record('example.org.', 'CAA', ['0 issue ca.example'])]});
  const [step] = node('recordset:example.org.').steps;
  t.is(node('recordset:example.org.').place.as, 'step');
  t.true(step?.command.some(word => word instanceof Ref && word.id === 'z'));
  t.like(step?.command.at(-1), {key: 'zone:z'});
});

test('recordset: what Designate makes of the name of a floating IP, in a zone that it hides, is left out', t => {
  const reverse = {zone_id: 'hidden', zone_name: '113.0.203.in-addr.arpa.'};
  const pointer = record('7.113.0.203.in-addr.arpa.', 'PTR', ['www.example.org.'], reverse);
  const place = (ptrdname: string | null, more: object = {}) =>
    graphOf({
      recordset: [{...pointer, ...more}],
      floating_ip_name: [
        {id: 'RegionOne:f1', address: '203.0.113.7', ptrdname, description: null, ttl: null},
      ],
    }).node(`recordset:${pointer.id}`).place.as;
  t.is(place('www.example.org.'), 'skipped');
  t.is(place(null), 'resource');
  t.is(place('www.example.org.', {name: '8.113.0.203.in-addr.arpa.'}), 'resource');
  t.is(place('www.example.org.', {zone_id: 'z'}), 'resource', 'a zone of our own is ours');
});
