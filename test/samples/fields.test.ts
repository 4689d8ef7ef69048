import test from 'ava';
import {readInventory} from '../../src/store/index.ts';
import {join} from 'node:path';
import {inventoryOf} from '../support/inventory.ts';
import {unknownFields} from '../support/fields.ts';
import {sampleNames, samplesFolder} from '../support/replay/sample.ts';

for (const name of await sampleNames()) {
  test(`${name}: no row has a field that its type does not account for`, async t => {
    t.deepEqual(unknownFields(await readInventory(join(samplesFolder, name))), []);
  });
}

test('a field that nobody knows is found in own rows, in those of others, and in rows inside rows', t => {
  const rules = [{id: 'u1', security_group_id: 'g1', project_id: 'p1', direction: 'ingress', brand_new: 1}];
  const inventory = inventoryOf({
    network: [
      {id: 'n1', project_id: 'p1', name: 'ours', subnets: [], l3_speed: 3},
      {id: 'n2', project_id: 'p2', name: 'foreign', subnets: [], colour: null},
    ],
    security_group: [{id: 'g1', project_id: 'p1', name: 'web', security_group_rules: rules}],
    image: [{id: 'i1', name: 'debian', hw_anything: 'x'}],
  });
  t.deepEqual(unknownFields(inventory), [
    {kind: 'network', field: 'colour', id: 'n2'},
    {kind: 'network', field: 'l3_speed', id: 'n1'},
    {kind: 'security_group_rule', field: 'brand_new', id: 'u1'},
  ]);
});
