/** Zun's list, as it answers it: ids called uuid, an absolute `next`, secrets in the environment. */
import test from 'ava';
import {zunContainer} from '../../src/resources/zun/container.ts';
import {answered} from './support/answered.ts';

const container = (uuid: string): object => ({
  ...zunContainer.spec.example.row,
  id: undefined,
  uuid,
  project_id: 'p-1',
  environment: {STAGE: 'lab', DB_PASSWORD: 'hunter2', MONKEY: 'banana'},
  links: [{href: `{origin}/v1/containers/${uuid}`, rel: 'self'}],
});

test('zun: all pages, and no secret of an environment', async t => {
  const {inventory} = await answered(
    t,
    {type: 'container', path: '/v1', kinds: ['zun_container']},
    {
      '/v1/containers': {
        containers: [container('zc1')],
        next: '{origin}/v1/containers?sort_key=id&sort_dir=asc&limit=1&marker=zc1',
      },
      '/v1/containers?sort_key=id&sort_dir=asc&limit=1&marker=zc1': {
        containers: [container('zc2')],
        next: null,
      },
    },
  );
  t.deepEqual(inventory.gaps, []);
  t.deepEqual(
    inventory.rows['zun_container']?.map(({id}) => id),
    ['zc1', 'zc2'],
  );
  t.deepEqual(inventory.rows['zun_container']?.[0]?.['environment'], {
    DB_PASSWORD: '(redacted)',
    MONKEY: 'banana',
    STAGE: 'lab',
  });
});
