/** A volume on two servers: which attachment is a resource hangs on the servers' age, which a clone does not keep. */
import test from 'ava';
import {relate, type Related} from '../../src/relate/index.ts';
import {compareGraphs} from '../../src/verify/index.ts';
import {inventoryOf} from '../support/inventory.ts';

/** @param side Makes the ids. @param ages When the two servers were made. */
function project(side: string, ages: readonly [string, string]): Related {
  const id = (kind: string, index: number): string =>
    `${side.repeat(8)}-0000-4000-8000-00000000${kind}${index}`;
  const names = ['first', 'second'];
  const server = names.map((name, index) => ({
    id: id('aaa', index),
    name,
    status: 'ACTIVE',
    created: ages[index],
    flavor: {original_name: 'm1.tiny'},
    image: {id: 'cirros'},
    'os-extended-volumes:volumes_attached': [{id: id('ccc', 0), delete_on_termination: false}],
  }));
  const attachments = names.map((_, index) => ({
    id: id('ccc', 0),
    attachment_id: id('ddd', index),
    volume_id: id('ccc', 0),
    server_id: id('aaa', index),
    device: '/dev/vdb',
  }));
  const volume = [
    {
      id: id('ccc', 0),
      name: 'shared',
      size: 1,
      status: 'in-use',
      volume_type: 'fast',
      multiattach: true,
      bootable: 'false',
      metadata: {},
      snapshot_id: null,
      source_volid: null,
      attachments,
    },
  ];
  return relate(inventoryOf({server, volume}));
}

test('attachments pair with the same server, whichever of the servers is older in the clone', t => {
  const comparison = compareGraphs(
    project('1', ['2026-01-01', '2026-01-02']),
    project('2', ['2026-02-02', '2026-02-01']),
  );
  t.deepEqual(comparison.differences, []);
  t.is(comparison.counts.matched, 5);
});
