import test from 'ava';
import {Attr} from '../../../src/model/value.ts';
import {relate} from '../../../src/relate/index.ts';
import {exampleBalancer, examplePool} from '../../../src/resources/octavia/example-rows.ts';
import {inventoryOf} from '../../support/inventory.ts';

const ip = (subnet_id: string, ip_address: string) => ({subnet_id, ip_address});

const port = (id: string, network_id: string, ...fixed_ips: readonly object[]) => ({
  id,
  project_id: 'p1',
  name: id,
  network_id,
  mac_address: 'fa:16:3e:00:00:01',
  admin_state_up: true,
  device_id: '',
  device_owner: '',
  fixed_ips,
});

/** A member's address as the template says it, and what of it is announced as lost. */
function addressOf(address: string, subnet_id: string | null, ...ports: readonly object[]) {
  const {graph} = relate(
    inventoryOf({
      network: [
        {id: 'n1', project_id: 'p1', name: 'web'},
        {id: 'n2', project_id: 'p1', name: 'same range'},
        {id: 'n3', project_id: 'p0', name: 'shared', shared: true, subnets: ['s3', 's6']},
      ],
      subnet: [
        {id: 's1', project_id: 'p1', name: 'web', network_id: 'n1', cidr: '10.0.0.0/24'},
        {id: 's2', project_id: 'p1', name: 'same range', network_id: 'n2', cidr: '10.0.0.0/24'},
        {id: 's3', project_id: 'p0', name: 'shared', network_id: 'n3', cidr: '10.99.0.0/16'},
      ],
      load_balancer: [exampleBalancer],
      pool: [examplePool],
      port: ports,
      member: [
        {
          id: 'm1',
          project_id: 'p1',
          pool_id: 'pl1',
          name: '',
          provisioning_status: 'ACTIVE',
          admin_state_up: true,
          address,
          protocol_port: 80,
          weight: 1,
          backup: false,
          subnet_id,
          monitor_address: null,
          monitor_port: null,
        },
      ],
    }),
  );
  const node = graph.nodes.get('member:m1');
  const value = node?.properties['address'];
  return {
    said: value instanceof Attr ? `${value.kind}:${value.id} ${value.path.join('.')}` : value,
    lost: node?.ledger.some(({field, fate}) => field === 'address' && fate === 'lost'),
  };
}

test('member: follows the port that has its address', t => {
  const {said} = addressOf('10.0.0.5', 's1', port('a', 'n1', ip('s1', '10.0.0.5')));
  t.is(said, 'port:a fixed_ips.0.ip_address');
});

test('member: of two ports with one address, the one on its subnet; without one, on that of the VIP', t => {
  const ports = [port('a', 'n2', ip('s2', '10.0.0.5')), port('b', 'n1', ip('s1', '10.0.0.5'))];
  t.is(addressOf('10.0.0.5', 's2', ...ports).said, 'port:a fixed_ips.0.ip_address');
  t.is(addressOf('10.0.0.5', null, ...ports).said, 'port:b fixed_ips.0.ip_address');
  t.is(addressOf('10.0.0.5', 's3', ...ports).said, '10.0.0.5');
});

test('member: of a port with several addresses its own, announced where the target chooses them', t => {
  const kept = port('a', 'n1', ip('s1', '10.0.0.5'), ip('s1', '10.0.0.6'));
  t.deepEqual(addressOf('10.0.0.6', 's1', kept), {said: '10.0.0.6', lost: false});
  const loose = port('a', 'n3', ip('s3', '10.99.0.5'), ip('s6', '2001:db8::5'));
  t.deepEqual(addressOf('10.99.0.5', 's3', loose), {said: '10.99.0.5', lost: true});
});

test('member: the VIP of a load balancer is followed, an address of nobody stays', t => {
  const vip = {
    ...port('v1', 'n1', ip('s1', '10.0.0.50')),
    device_owner: 'Octavia',
    name: 'octavia-lb-lb1',
  };
  t.is(addressOf('10.0.0.50', null, vip).said, 'load_balancer:lb1 vip_address');
  t.is(addressOf('198.51.100.9', null, vip).said, '198.51.100.9');
});
