/** Mistral's lists, as it answers them: all rows unless asked for fewer, the cloud's own workflows among them. */
import test from 'ava';
import {cronTrigger} from '../../src/resources/mistral/cron-trigger.ts';
import {workflow} from '../../src/resources/mistral/workflow.ts';
import {answered} from './support/answered.ts';

test('mistral: both lists are read, and what is not of the project is left out', async t => {
  const row = {...workflow.spec.example.row, project_id: 'p-1'};
  const {inventory, urls} = await answered(
    t,
    {type: 'workflowv2', path: '/v2', kinds: ['workflow', 'cron_trigger']},
    {
      '/v2/workflows': {
        workflows: [row, {...row, id: 'w0', name: 'std.delete', project_id: '', scope: 'public'}],
      },
      '/v2/cron_triggers': {cron_triggers: [{...cronTrigger.spec.example.row, project_id: 'p-1'}]},
    },
  );
  t.deepEqual(inventory.gaps, []);
  t.deepEqual(
    inventory.rows['workflow']?.map(({id}) => id),
    ['w1'],
  );
  t.deepEqual(
    inventory.rows['cron_trigger']?.map(({id}) => id),
    ['ct1'],
  );
  t.deepEqual([...urls].sort(), ['/v2/cron_triggers', '/v2/workflows']);
});
