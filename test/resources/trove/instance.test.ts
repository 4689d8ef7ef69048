/** Database instances: what is never read, replicas, what needs no volume. */
import test from 'ava';
import {relate} from '../../../src/relate/index.ts';
import {databaseInstance} from '../../../src/resources/trove/instance.ts';
import {inventoryOf} from '../../support/inventory.ts';

const row = databaseInstance.spec.example.row;

function nodeOf(changes: object) {
  return relate(inventoryOf({database_instance: [{...row, ...changes}]})).graph.nodes.get(
    'database_instance:db1',
  );
}

test('database_instance: says that nobody read the databases and users in it', t => {
  const lost = nodeOf({})?.ledger.filter(({fate}) => fate === 'lost');
  t.regex(lost?.find(({field}) => field === 'databases')?.reason ?? '', /not read/);
});

test('database_instance: who may reach it is a step', t => {
  const [step] = nodeOf({})?.steps ?? [];
  t.deepEqual(step?.command.slice(0, -1), [
    'database',
    'instance',
    'update',
    '--is-public',
    '--allowed-cidr',
    '198.51.100.0/24',
  ]);
  t.deepEqual(nodeOf({access: {is_public: false}})?.steps, []);
});

test('database_instance: a replica is a step, after its source', t => {
  const node = nodeOf({replica_of: {id: 'db0'}, access: {}});
  t.is(node?.place.as, 'step');
  t.like(node?.steps[0], {when: 'after', fields: ['replica_of']});
});

test('database_instance: one without a volume is lost, for Heat requires a size', t => {
  const {volume, ...rest} = row as {volume: unknown};
  t.truthy(volume);
  const {graph} = relate(inventoryOf({database_instance: [rest]}));
  t.is(graph.nodes.get('database_instance:db1')?.place.as, 'lost');
});

for (const [status, place] of [
  ['ERROR', 'lost'],
  ['BUILD', 'lost'],
  ['SHUTDOWN', 'resource'],
] as const) {
  test(`database_instance: ${status} makes it ${place}`, t => {
    t.is(nodeOf({status})?.place.as, place);
  });
}

test("database_instance: another project's is skipped", t => {
  t.is(nodeOf({tenant_id: 'p9'})?.place.as, 'skipped');
});
