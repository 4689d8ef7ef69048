/** Queues and subscriptions: what the cloud says of itself in the metadata, and calls back into the source. */
import test from 'ava';
import {relate} from '../../../src/relate/index.ts';
import {inventoryOf} from '../../support/inventory.ts';

test('queue: metadata that only repeats the defaults is left out', t => {
  const metadata = {
    _default_message_delay: 0,
    _default_message_ttl: 3600,
    _dead_letter_queue: null,
    _dead_letter_queue_messages_ttl: null,
    _enable_encrypt_messages: false,
    _max_claim_count: null,
    _max_messages_post_size: 262144,
  };
  const {graph} = relate(inventoryOf({queue: [{id: 'jobs', name: 'jobs', metadata}]}));
  t.deepEqual({...graph.nodes.get('queue:jobs')?.properties}, {name: 'jobs'});
});

test("subscription: one that calls the source's services by trust is lost", t => {
  const row = {
    id: 'sub1',
    queue_name: 'jobs',
    source: 'jobs',
    subscriber: 'trust+http://mistral.example:8989/v2/executions',
    ttl: 3600,
    options: {post_data: '{"workflow_id": "w1"}', trust_id: 't1'},
  };
  const {graph} = relate(inventoryOf({queue: [{id: 'jobs', name: 'jobs'}], subscription: [row]}));
  t.is(graph.nodes.get('subscription:sub1')?.place.as, 'lost');
});
