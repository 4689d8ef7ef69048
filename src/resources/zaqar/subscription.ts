import {define, from, lost, resource} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {joined} from '../neutron/shared.ts';
import {queue} from './queue.ts';

/** Answered by Zaqar; proof: zaqar `storage/mongodb/subscriptions.py`, `_basic_subscription`. */
interface Row {
  readonly id: string;
  /** Ours: the list has it in its path. */
  readonly queue_name: string;
  readonly source: string;
  readonly subscriber: string;
  readonly ttl: number;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly age?: number;
  readonly confirmed?: boolean;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/zaqar/subscription.py`, `properties_schema`. */
interface Properties {
  readonly queue_name: Ref<'queue'>;
  readonly subscriber: string;
  readonly ttl: number;
  readonly options?: Readonly<Record<string, unknown>>;
}

const r = from<Row>();

export const subscription = define<Row, Properties>()({
  kind: 'subscription',
  section: 'Queues',
  heat: 'OS::Zaqar::Subscription',
  modelled: true,
  list: {
    service: 'message',
    path: 'queues/{name}/subscriptions',
    key: 'subscriptions',
    parent: {kind: 'queue', field: 'queue_name'},
  },
  where: row =>
    row.subscriber.startsWith('trust+')
      ? lost(
          "it calls the source's own services by a trust of its user: make it anew, as OS::Zaqar::MistralTrigger",
        )
      : resource,
  label: row => joined(row.queue_name, 'subscription'),
  under: row => new Ref(queue.kind, row.queue_name),
  properties: {
    queue_name: r.ref(queue, 'queue_name'),
    subscriber: r.copy('subscriber'),
    // Heat's own default is never to expire, Zaqar's an hour.
    ttl: r.copy('ttl'),
    options: r.some('options'),
  },
  ignores: {
    source: 'elsewhere',
    age: 'read-only',
    // The subscriber says so, where the cloud asks for it.
    confirmed: 'read-only',
  },
  example: {
    row: {
      id: 'sub1',
      queue_name: 'jobs',
      source: 'jobs',
      subscriber: 'mailto:ops@example.com',
      ttl: 86400,
      options: {subject: 'a job'},
      age: 12,
      confirmed: true,
    },
    with: {queue: [{id: 'jobs', name: 'jobs'}]},
    emits: {
      queue_name: {get_resource: 'queue:jobs'},
      subscriber: 'mailto:ops@example.com',
      ttl: 86400,
      options: {subject: 'a job'},
    },
  },
});
