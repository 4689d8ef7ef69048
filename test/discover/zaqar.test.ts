/** Zaqar's lists, as it answers them: every page that is not empty promises another, and names are ids. */
import test from 'ava';
import {answered} from './support/answered.ts';

const service = {type: 'messaging', path: '', kinds: ['queue', 'subscription']};

const next = (path: string, marker: string): object[] => [{rel: 'next', href: `${path}?marker=${marker}`}];

test('zaqar: pages end with an empty one; subscriptions are asked for queue by queue', async t => {
  const none = {subscriptions: [], links: []};
  const {inventory, seen} = await answered(t, service, {
    '/v2/queues?detailed=true': {
      queues: [
        {name: 'jobs', href: '/v2/queues/jobs', metadata: {_default_message_ttl: 600}},
        {name: 'a&b c', href: '/v2/queues/a&b c', metadata: {}},
      ],
      links: next('/v2/queues', 'jobs&detailed=true'),
    },
    '/v2/queues?marker=jobs&detailed=true': {queues: [], links: []},
    '/v2/queues/jobs/subscriptions': {
      subscriptions: [
        {
          id: '57692ab13990b48c644bb7e6',
          source: 'jobs',
          subscriber: 'mailto:ops@example.com',
          ttl: 86400,
          age: 12,
          options: {},
          confirmed: true,
        },
      ],
      links: next('/v2/queues/jobs/subscriptions', '57692ab13990b48c644bb7e6'),
    },
    '/v2/queues/jobs/subscriptions?marker=57692ab13990b48c644bb7e6': none,
    '/v2/queues/a%26b%20c/subscriptions': none,
  });
  t.deepEqual(inventory.gaps, []);
  t.deepEqual(
    inventory.rows['queue']?.map(({id}) => id),
    ['a&b c', 'jobs'],
  );
  t.like(inventory.rows['subscription']?.[0], {id: '57692ab13990b48c644bb7e6', queue_name: 'jobs'});
  t.true(seen.every(({headers}) => headers['client-id'] !== undefined));
});
