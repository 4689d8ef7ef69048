/** What servers, volumes, ports and subnets say of each other, so that their lists can be held against each other. */
import test from 'ava';
import type {ListCall, Named} from '../../../src/model/list-call.ts';
import type {Row} from '../../../src/model/inventory.ts';
import {specOf} from '../../../src/resources/index.ts';

const server: Row = {
  id: 's',
  addresses: [
    [
      'web',
      [
        {'OS-EXT-IPS-MAC:mac_addr': 'FA:16:3e:00:00:01', 'OS-EXT-IPS:type': 'fixed', addr: '10.0.0.5'},
        {'OS-EXT-IPS-MAC:mac_addr': 'fa:16:3e:00:00:01', 'OS-EXT-IPS:type': 'floating', addr: '192.0.2.5'},
      ],
    ],
  ],
  'os-extended-volumes:volumes_attached': [{id: 'v'}],
};
const port: Row = {
  id: 'p',
  network_id: 'n',
  mac_address: 'fa:16:3e:00:00:01',
  device_id: 's',
  device_owner: 'compute:nova',
  fixed_ips: [{subnet_id: 'sub', ip_address: '10.0.0.5'}],
  security_groups: ['g'],
};
const volume: Row = {id: 'v', attachments: [{server_id: 's'}]};
const network: Row = {id: 'n', subnets: ['sub']};
const subnet: Row = {id: 'sub', network_id: 'n'};

function named(kind: string, row: Row): readonly Named[] {
  const names: ListCall['names'] = specOf(kind)?.list?.names;
  return names === undefined ? [] : [...names(row)];
}

/** As `kind field value`. */
function said(kind: string, row: Row): string[] {
  return named(kind, row).map(({kind, field = 'id', value}) => `${kind} ${field} ${String(value)}`);
}

function agree(kind: string, row: Row, to: string, other: Row): boolean | undefined {
  return named(kind, row)
    .find(one => one.kind === to)
    ?.agrees?.(other);
}

test('a server names its ports once, by MAC address, and its volumes', t => {
  t.deepEqual(said('server', server), ['port mac_address fa:16:3e:00:00:01', 'volume id v']);
});

test('a port names its network, subnets, groups, and the server or router it is plugged into', t => {
  t.deepEqual(said('port', port), ['network id n', 'subnet id sub', 'security_group id g', 'server id s']);
  const leg = {...port, device_owner: 'network:router_interface_distributed', device_id: 'r'};
  t.true(said('port', leg).includes('router id r'));
  t.deepEqual(said('port', {...port, device_owner: 'network:dhcp', device_id: 'dhcp'}).slice(3), []);
});

test('a floating IP names its port, its router, and a leg of the router', t => {
  const ip = {id: 'f', port_id: 'p', router_id: 'r'};
  t.deepEqual(said('floating_ip', ip), ['port id p', 'router id r', 'port device_id r']);
});

test('both sides of a plug must say so', t => {
  t.true(agree('server', server, 'port', port));
  t.false(agree('server', server, 'port', {...port, device_id: 'other'}));
  t.true(agree('port', port, 'server', server));
  t.false(agree('port', port, 'server', {...server, addresses: []}));
  t.true(agree('port', {...port, fixed_ips: []}, 'server', {...server, addresses: []}), 'without an address');
  t.true(agree('server', server, 'volume', volume));
  t.false(agree('server', server, 'volume', {...volume, attachments: []}));
  t.true(agree('volume', volume, 'server', server));
  t.false(agree('volume', volume, 'server', {id: 's'}));
});

test('a network that tells its subnets tells all of them', t => {
  t.true(agree('subnet', subnet, 'network', network));
  t.false(agree('subnet', subnet, 'network', {...network, subnets: []}));
  t.true(agree('subnet', subnet, 'network', {id: 'n'}));
});

test('rows that are shaped in no way name nothing that is a text', t => {
  for (const kind of [
    'server',
    'port',
    'volume',
    'subnet',
    'network',
    'floating_ip',
    'trunk',
    'listener',
    'pool',
  ]) {
    for (const value of [null, 7, 'x', [], [null], {}, [[[]]]]) {
      const fields = ['addresses', 'fixed_ips', 'attachments', 'subnets', 'loadbalancers', 'device_owner'];
      const row = Object.fromEntries(['id', ...fields].map(field => [field, value]));
      t.notThrows(() => named(kind, row), `${kind} ${JSON.stringify(value)}`);
    }
  }
});
