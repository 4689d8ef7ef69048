/** Trove's list, as it answers it: `links` with a next page, the project in the path. */
import test from 'ava';
import {databaseInstance} from '../../src/resources/trove/instance.ts';
import {answered} from './support/answered.ts';

const instance = (id: string): object => ({
  ...databaseInstance.spec.example.row,
  id,
  tenant_id: undefined,
  password: 'initial-root',
  flavor: {id: 'f1', links: [{href: '{origin}/v1.0/p-1/flavors/f1', rel: 'self'}]},
  links: [{href: `{origin}/v1.0/p-1/instances/${id}`, rel: 'self'}],
});

for (const path of ['/v1.0/p-1', '/v1.0', '']) {
  test(`trove: all pages, from an endpoint that ends in "${path}"`, async t => {
    const {inventory, urls} = await answered(
      t,
      {type: 'database', path, kinds: ['database_instance']},
      {
        '/v1.0/p-1/instances/detail': {
          instances: [instance('db1'), instance('db2')],
          links: [{rel: 'next', href: '{origin}/v1.0/p-1/instances/detail?marker=db2'}],
        },
        '/v1.0/p-1/instances/detail?marker=db2': {instances: [instance('db3')]},
      },
    );
    t.deepEqual(inventory.gaps, []);
    t.deepEqual(
      inventory.rows['database_instance']?.map(({id}) => id),
      ['db1', 'db2', 'db3'],
    );
    t.deepEqual(inventory.rows['database_instance']?.[0]?.['flavor'], {id: 'f1'});
    t.is(inventory.rows['database_instance']?.[0]?.['password'], '(redacted)');
    t.is(urls.length, 2);
  });
}
