import test from 'ava';
import {openHeat, wakeTrunks} from '../../src/heat/index.ts';
import {type Asked, fakeCloud} from '../support/fake-cloud.ts';
import {stackId} from '../support/stack.ts';

function part(name: string, type: string): object {
  return {resource_name: name, resource_type: type, physical_resource_id: `${name}-id`};
}

const trunk = 'OS::Neutron::Trunk';
const replies = {
  [`GET orchestration stacks/web/${stackId}/resources`]: {
    body: {
      resources: [
        part('off', trunk),
        part('on', trunk),
        part('kept', trunk),
        part('gone', trunk),
        part('net', 'OS::Neutron::Net'),
      ],
    },
  },
  'GET network trunks/off-id': {body: {trunk: {admin_state_up: false}}},
  'GET network trunks/on-id': {body: {trunk: {admin_state_up: true}}},
  'PUT network trunks/off-id': {body: {}},
};

test('trunks that are off are switched on before their stack is deleted; those that stay are left alone', async t => {
  const {session, asked} = fakeCloud(replies);
  const heat = await openHeat(session);
  const woken = await wakeTrunks(session, heat, {name: 'web', id: stackId}, new Set(['kept']));
  t.deepEqual(woken, ['off']);
  const changes = asked.filter(({method}: Asked) => method !== 'GET');
  t.deepEqual(
    changes.map(({path, options}) => [path, options.json]),
    [['trunks/off-id', {trunk: {admin_state_up: true}}]],
  );
});
