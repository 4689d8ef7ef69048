/** Blazar's list, as it answers it: everything at once. */
import test from 'ava';
import {lease} from '../../src/resources/blazar/lease.ts';
import {answered} from './support/answered.ts';

test('blazar: leases of the project', async t => {
  const row = {...lease.spec.example.row, project_id: 'p-1'};
  const {inventory, urls} = await answered(
    t,
    {type: 'reservation', path: '/v1', kinds: ['lease']},
    {
      '/v1/leases': {leases: [row, {...row, id: 'l2', project_id: 'p-2'}]},
    },
  );
  t.deepEqual(inventory.gaps, []);
  t.deepEqual(
    inventory.rows['lease']?.map(({id}) => id),
    ['l1'],
  );
  t.deepEqual(urls, ['/v1/leases']);
});
