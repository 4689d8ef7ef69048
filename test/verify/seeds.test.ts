/** Logical name -> Heat's id -> the thing: only where the id tells which. */
import test from 'ava';
import {relate} from '../../src/relate/index.ts';
import {seedsOf} from '../../src/verify/index.ts';
import {inventoryOf} from '../support/inventory.ts';
import {reportOf} from '../support/stack.ts';

const uuid = '0a1b2c3d-0000-4000-8000-00000000abcd';

function seeded(kind: string, id: string, rows: Parameters<typeof inventoryOf>[0]) {
  const report = reportOf([], {resources: [{name: 'it', type: '', kind, id: 'mine', label: ''}]});
  return Object.fromEntries(seedsOf(report, [{name: 'it', id}], relate(inventoryOf(rows)).graph).seeds);
}

function volume(...servers: readonly string[]): object {
  return {
    id: 'v1',
    name: 'v',
    status: 'in-use',
    size: 1,
    attachments: servers.map((server_id, index) => ({
      id: 'v1',
      attachment_id: `a${index}`,
      volume_id: 'v1',
      server_id,
      device: '/dev/vdb',
    })),
  };
}

test("an attachment is found by Heat's id of it, which is the volume's", t => {
  t.deepEqual(seeded('volume_attachment', 'v1', {volume: [volume('s1')]}), {
    'volume_attachment:mine': 'volume_attachment:a0',
  });
});

test('of two attachments of one volume that id tells nothing', t => {
  t.deepEqual(seeded('volume_attachment', 'v1', {volume: [volume('s1', 's2')]}), {});
});

test('a secret is found by its URL, whichever host is in it', t => {
  const secret = {
    id: uuid,
    name: 'x',
    secret_type: 'opaque',
    status: 'ACTIVE',
    secret_ref: `http://inside/v1/secrets/${uuid}`,
  };
  t.deepEqual(seeded('secret', `https://outside/v1/secrets/${uuid}`, {secret: [secret]}), {
    'secret:mine': `secret:${uuid}`,
  });
});
