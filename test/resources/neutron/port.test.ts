/** Ports, where the examples can't show it. */
import test from 'ava';
import type {Node} from '../../../src/model/graph.ts';
import {relate} from '../../../src/relate/index.ts';
import {inventoryOf} from '../../support/inventory.ts';

/** Recorded from the test cloud, cut down: a server that an operator set to ERROR, and its port. */
function portOf(status: string): Node {
  const {graph} = relate(
    inventoryOf({
      network: [{id: 'n', project_id: 'p1', name: 'servers', port_security_enabled: true}],
      server: [{id: 's', name: 'broken', status, flavor: {original_name: 'm1.tiny'}, image: {id: 'i'}}],
      port: [
        {
          id: 'x',
          name: '',
          project_id: 'p1',
          network_id: 'n',
          mac_address: 'fa:16:3e:00:00:01',
          device_id: 's',
          device_owner: 'compute:nova',
          dns_name: 'broken',
          fixed_ips: [],
          security_groups: [],
          port_security_enabled: true,
        },
      ],
    }),
  );
  const node = graph.nodes.get('port:x');
  if (node === undefined) throw new Error('no port');
  return node;
}

test('port: the port of a server that is not rebuilt is, and says that nobody has it', t => {
  const node = portOf('ERROR');
  t.is(node.place.as, 'resource');
  t.like(
    node.ledger.find(({field}) => field === 'device_owner'),
    {fate: 'lost', reason: 'the server that has it is not rebuilt'},
  );
});

test('port: the port of a server that is rebuilt loses nothing', t => {
  t.is(portOf('ACTIVE').ledger.find(({field}) => field === 'device_owner')?.fate, 'exact');
});
