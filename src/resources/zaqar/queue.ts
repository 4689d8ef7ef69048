import {define, from} from '../../model/define.ts';

/** Answered by Zaqar, the name is all the id there is; proof: zaqar `transport/wsgi/v2_0/queues.py`, `_queue_list`. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
  readonly href?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/zaqar/queue.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly metadata?: Readonly<Record<string, unknown>>;
}

/**
 * Zaqar shows its own settings in each queue's metadata. Those that hold what the cloud's configuration says where nobody
 * set them can't be told from those that somebody set so; of the others this is what says nothing.
 */
const RESERVED: Readonly<Record<string, unknown>> = {
  _dead_letter_queue: null,
  _dead_letter_queue_messages_ttl: null,
  _max_claim_count: null,
  _enable_encrypt_messages: false,
  // Zaqar's defaults; proof: zaqar `conf/transport.py`.
  _default_message_ttl: 3600,
  _default_message_delay: 0,
  _max_messages_post_size: 262144,
};

function metadataOf(metadata: Row['metadata']): Readonly<Record<string, unknown>> | undefined {
  const said = Object.entries(metadata ?? {}).filter(
    ([key, value]) => value !== null && !(Object.hasOwn(RESERVED, key) && RESERVED[key] === value),
  );
  return said.length === 0 ? undefined : Object.fromEntries(said);
}

const r = from<Row>();

export const queue = define<Row, Properties>()({
  kind: 'queue',
  section: 'Queues',
  heat: 'OS::Zaqar::Queue',
  modelled: true,
  list: {service: 'message', path: 'queues', key: 'queues', query: {detailed: 'true'}, idField: 'name'},
  outside: {constraint: 'zaqar.queue', prefix: 'queue'},
  properties: {
    name: r.copy('name'),
    metadata: r.derive('metadata', metadataOf),
  },
  compares: {metadata: row => metadataOf(row.metadata)},
  ignores: {href: 'read-only'},
  example: {
    row: {
      id: 'jobs',
      name: 'jobs',
      href: '/v2/queues/jobs',
      metadata: {
        _default_message_delay: 0,
        _default_message_ttl: 600,
        _dead_letter_queue: null,
        _dead_letter_queue_messages_ttl: null,
        _enable_encrypt_messages: false,
        _max_claim_count: null,
        _max_messages_post_size: 262144,
        team: 'shop',
      },
    },
    emits: {name: 'jobs', metadata: {_default_message_ttl: 600, team: 'shop'}},
  },
});
