import test from 'ava';
import {openHeat, serversNotActive} from '../../src/heat/index.ts';
import {fakeCloud} from '../support/fake-cloud.ts';
import {stackId} from '../support/stack.ts';

const stack = {name: 'web', id: stackId};
const path = `stacks/web/${stackId}`;

function server(name: string, id: string, more: object = {}): object {
  return {resource_name: name, resource_type: 'OS::Nova::Server', physical_resource_id: id, ...more};
}

test('servers that are not ACTIVE: those of the stack, by one list', async t => {
  const {session, asked} = fakeCloud({
    [`GET orchestration ${path}/resources`]: {
      body: {
        resources: [
          server('web', 's1'),
          server('db', 's2'),
          server('0', 's3', {parent_resource: 'group'}),
          server('unmade', ''),
        ],
      },
    },
    'GET compute servers/detail': {
      body: {
        servers: [
          {id: 's1', status: 'ACTIVE'},
          {id: 's3', status: 'SHUTOFF'},
          {id: 'other', status: 'ERROR'},
        ],
      },
    },
  });
  t.deepEqual(await serversNotActive(session, await openHeat(session), stack), [
    {resource: 'db', id: 's2', status: 'gone'},
    {resource: 'group.0', id: 's3', status: 'SHUTOFF'},
  ]);
  t.is(asked.filter(({service}) => service === 'compute').length, 1);
});

test('a stack without servers asks Nova nothing', async t => {
  const {session, asked} = fakeCloud({[`GET orchestration ${path}/resources`]: {body: {resources: []}}});
  t.deepEqual(await serversNotActive(session, await openHeat(session), stack), []);
  t.is(asked.length, 1);
});
