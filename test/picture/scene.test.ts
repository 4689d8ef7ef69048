import test from 'ava';
import {sceneOf} from '../../src/picture/index.ts';
import type {Scene} from '../../src/picture/index.ts';
import {relate} from '../../src/relate/index.ts';
import {inventoryOf, PROJECT} from '../support/inventory.ts';

const mine = {project_id: PROJECT.id, tenant_id: PROJECT.id};

function drawn(rows: Readonly<Record<string, readonly object[]>>): Scene {
  return sceneOf(relate(inventoryOf(rows)).graph);
}

const outer = {id: 'out', name: 'public', project_id: 'admin', 'router:external': true};
const inner = {id: 'in', name: 'web', ...mine};
const far = {id: 'far', name: 'far', ...mine};
const subnet = {id: 'sub', name: 'web', network_id: 'in', cidr: '10.0.0.0/24', ip_version: 4, ...mine};
const server = {id: 's1', name: 'web-1', tenant_id: PROJECT.id, status: 'ACTIVE'};

function port(id: string, more: object): object {
  return {id, name: id, network_id: 'in', fixed_ips: [], device_id: '', device_owner: '', ...mine, ...more};
}

/** Of the server. */
const nic = port('p1', {
  device_id: 's1',
  device_owner: 'compute:nova',
  fixed_ips: [{subnet_id: 'sub', ip_address: '10.0.0.5'}],
});

test('a server stands on its networks with its addresses, outer ones too', t => {
  const {lanes, devices} = drawn({
    network: [inner],
    subnet: [subnet],
    server: [server],
    port: [nic],
    floating_ip: [
      {id: 'f1', port_id: 'p1', floating_ip_address: '203.0.113.9', floating_network_id: 'out', ...mine},
    ],
  });
  t.deepEqual(
    lanes.map(({label, subnets}) => [label, subnets.map(({cidr}) => cidr)]),
    [['web', ['10.0.0.0/24']]],
  );
  t.deepEqual(
    devices.map(({label, nics}) => [label, nics]),
    [
      [
        'web-1',
        [
          {
            lane: 'network:in',
            port: 'port:p1',
            addresses: ['10.0.0.5'],
            floating: [{key: 'floating_ip:f1', address: '203.0.113.9'}],
          },
        ],
      ],
    ],
  );
});

test('lanes go from the outside in, along the routers', t => {
  const {lanes, devices} = drawn({
    network: [far, inner, outer],
    subnet: [subnet],
    router: [
      {
        id: 'r1',
        name: 'edge',
        external_gateway_info: {network_id: 'out', external_fixed_ips: [{ip_address: '203.0.113.2'}]},
        ...mine,
      },
    ],
    port: [
      port('leg', {
        device_id: 'r1',
        device_owner: 'network:router_interface',
        fixed_ips: [{subnet_id: 'sub', ip_address: '10.0.0.1'}],
      }),
    ],
  });
  t.deepEqual(
    lanes.map(({label, external, standing}) => [label, external, standing]),
    [
      ['public', true, 'outside'],
      ['web', false, 'inside'],
      ['far', false, 'inside'],
    ],
  );
  t.deepEqual(
    devices.map(({kind, nics}) => [kind, nics.map(({lane, addresses}) => [lane, ...addresses])]),
    [
      [
        'router',
        [
          ['network:out', '203.0.113.2'],
          ['network:in', '10.0.0.1'],
        ],
      ],
    ],
  );
});

test("another project's network is drawn where something stands on it, and only there", t => {
  const shared = {id: 'sh', name: 'shared', shared: true, project_id: 'other'};
  const unused = {id: 'un', name: 'unused', shared: true, project_id: 'other'};
  const {lanes, devices} = drawn({
    network: [shared, unused],
    port: [port('loose', {network_id: 'sh'}), port('blind', {network_id: 'hidden'})],
  });
  t.deepEqual(
    lanes.map(({label, standing}) => [label, standing]),
    [
      ['shared', 'outside'],
      ['hidden', 'outside'],
    ],
  );
  t.deepEqual(
    devices.map(({key}) => key),
    ['port:blind', 'port:loose'],
  );
});

test('a balancer sends to the servers whose addresses its members have', t => {
  const {devices} = drawn({
    network: [inner],
    subnet: [subnet],
    server: [server],
    port: [nic],
    load_balancer: [
      {
        id: 'lb',
        name: 'front',
        vip_address: '10.0.0.9',
        vip_network_id: 'in',
        vip_port_id: 'pv',
        vip_subnet_id: 'sub',
        ...mine,
      },
    ],
    pool: [{id: 'po', name: 'web', loadbalancers: [{id: 'lb'}], ...mine}],
    member: [{id: 'm', pool_id: 'po', address: '10.0.0.5', subnet_id: 'sub', ...mine}],
  });
  const front = devices.find(({kind}) => kind === 'load_balancer');
  t.deepEqual(front?.serves, ['server:s1']);
  t.deepEqual(front?.nics, [{lane: 'network:in', port: 'port:pv', addresses: ['10.0.0.9'], floating: []}]);
});

test('what touches no network is listed, each thing once', t => {
  const {devices, loose} = drawn({
    server: [server],
    volume: [
      {id: 'v1', name: 'free', status: 'available', size: 1},
      {
        id: 'v2',
        name: 'held',
        status: 'in-use',
        size: 1,
        attachments: [{attachment_id: 'a', volume_id: 'v2', server_id: 's1', device: '/dev/vdb'}],
      },
    ],
  });
  t.deepEqual(
    devices.map(({label, volumes}) => [label, volumes.map(volume => volume.label)]),
    [['web-1', ['held']]],
  );
  t.deepEqual(
    loose.map(({key}) => key),
    ['volume:v1'],
  );
});
