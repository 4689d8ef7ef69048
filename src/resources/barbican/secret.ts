import {define, from, resource, skipped, type Scope} from '../../model/define.ts';
import {Ask, Given, Ref} from '../../model/value.ts';
import {volume} from '../cinder/volume.ts';
import {announceConsumers, consumersOf, type Consumer} from './consumers.ts';
import {idIn} from './ids.ts';

/** Answered by Barbican; proof: barbican `model/models.py`, `Secret._do_extra_dict_fields` and `api/controllers/hrefs.py`. */
interface Row {
  readonly id: string;
  readonly name: string | null;
  readonly secret_type: string;
  readonly algorithm: string | null;
  readonly bit_length: number | null;
  readonly mode: string | null;
  /** UTC, without an offset. Expired secrets are not listed. */
  readonly expiration?: string | null;
  /** Absent where the secret has no payload, as yet. */
  readonly content_types?: Readonly<Record<string, string>> | null;
  readonly secret_ref: string;
  readonly status: string;
  readonly creator_id?: string | null;
  readonly created?: string;
  readonly updated?: string;
  /** Since 2023.1. */
  readonly consumers?: readonly Consumer[];
}

/** Taken by Heat; proof: heat `engine/resources/openstack/barbican/secret.py`, `properties_schema`. */
interface Properties {
  readonly name?: string;
  readonly secret_type?: string;
  readonly algorithm?: string;
  readonly bit_length?: number;
  readonly mode?: string;
  readonly expiration?: Given;
  readonly payload?: Ask;
  readonly payload_content_type?: string;
  readonly payload_content_encoding?: string;
}

const text = 'text/plain';
const binary = 'application/octet-stream';

const r = from<Row>();

export const secret = define<Row, Properties>()({
  kind: 'secret',
  section: 'Keys and certificates',
  heat: 'OS::Barbican::Secret',
  list: {
    service: 'key-manager',
    path: 'secrets',
    key: 'secrets',
    idOf: element => idIn(element['secret_ref']),
    secret: {
      field: 'payload',
      path: 'secrets/{id}/payload',
      accept: row => typeOf(row['content_types']),
      binary: row => typeOf(row['content_types']) !== text,
    },
  },
  outside: {constraint: 'barbican.secret', prefix: 'secret'},
  // Proof: `resource_id_set` in `handle_create`.
  physicalId: row => row.secret_ref,
  where: (row, scope) => {
    if (scope.by(volume, 'encryption_key_id', row.id).length > 0)
      return skipped('Cinder made it to encrypt a volume');
    announceConsumers(row, scope);
    return resource;
  },
  properties: {
    name: r.derive('name', name => name ?? undefined),
    secret_type: r.unless('secret_type', 'opaque'),
    algorithm: r.some('algorithm'),
    bit_length: r.some('bit_length'),
    mode: r.some('mode'),
    expiration: r.make(['name', 'expiration'], ({id, name, expiration}) =>
      expiration === null || expiration === undefined || expiration === ''
        ? undefined
        : new Given(`secret:${id}.expiration`, {
            prefix: 'expiration',
            label: name ?? '',
            description: 'When the secret expires (UTC); in the future, or empty for never',
            value: expiration,
          }),
    ),
    payload: r.derive('content_types', types => payloadOf(typeOf(types))),
    payload_content_type: r.derive('content_types', heatTypeOf),
    payload_content_encoding: r.derive('content_types', types =>
      [undefined, text].includes(typeOf(types)) ? undefined : 'base64',
    ),
  },
  ignores: {
    secret_ref: 'read-only',
    status: 'read-only',
    creator_id: 'read-only',
    created: 'read-only',
    updated: 'read-only',
    // Compared and announced all the same: who is not a service does not come back by itself.
    consumers: 'read-only',
  },
  compares: {consumers: consumersOf},
  example: {
    row: {
      id: 'fd37a0ce-3409-4706-aa9a-2bd4cb7ccf35',
      name: 'disk key',
      secret_type: 'symmetric',
      algorithm: 'aes',
      bit_length: 256,
      mode: 'cbc',
      expiration: '2040-02-28T19:14:44',
      content_types: {default: 'application/octet-stream'},
      secret_ref: 'http://key-manager.example/v1/secrets/fd37a0ce-3409-4706-aa9a-2bd4cb7ccf35',
      status: 'ACTIVE',
      creator_id: '1d7b5a0a76f24d9c9ed8a0582792d1de',
      created: '2026-11-22T01:30:42',
      updated: '2026-11-22T01:30:42',
      consumers: [{service: 'shop', resource_type: 'key', resource_id: 'k1'}],
    },
    emits: {
      name: 'disk key',
      secret_type: 'symmetric',
      algorithm: 'aes',
      bit_length: 256,
      mode: 'cbc',
      expiration: {given: '2040-02-28T19:14:44'},
      payload: {ask: 'payload'},
      payload_content_type: 'application/octet-stream',
      payload_content_encoding: 'base64',
    },
  },
  moreExamples: [
    {
      row: {
        id: 'e0c4b956-a802-4681-acf3-fe8abb080070',
        name: null,
        secret_type: 'opaque',
        algorithm: null,
        bit_length: null,
        mode: null,
        expiration: null,
        content_types: {default: 'text/plain'},
        secret_ref: 'http://key-manager.example/v1/secrets/e0c4b956-a802-4681-acf3-fe8abb080070',
        status: 'ACTIVE',
        creator_id: '1d7b5a0a76f24d9c9ed8a0582792d1de',
        created: '2026-11-22T01:30:42',
        updated: '2026-11-22T01:30:42',
      },
      emits: {payload: {ask: 'payload'}, payload_content_type: 'text/plain'},
    },
  ],
});

/** The reference to a secret by its URL; one that is no resource here is given by its URL, as Heat takes no name. */
export function secretAt(url: string, scope: Scope): Ref<'secret'> {
  const id = idIn(url) ?? url;
  return new Ref('secret', scope.place(secret, id)?.as === 'resource' ? id : url);
}

/** Barbican's word for what the payload is; undefined for a secret without one. */
function typeOf(types: unknown): string | undefined {
  const found = (types as {readonly default?: unknown} | null | undefined)?.default;
  return typeof found === 'string' ? found : undefined;
}

function payloadOf(type: string | undefined): Ask | undefined {
  if (type === undefined) return undefined;
  const form = type === text ? 'text' : 'bytes in base64';
  return new Ask('payload', `What the secret holds: ${form}, never empty`, {secret: 'payload'});
}

function heatTypeOf(types: Row['content_types'], scope: Scope): string | undefined {
  const type = typeOf(types);
  if (type === undefined || type === text || type === binary) return type;
  scope.lose('content_types', `Heat knows only ${text} and ${binary}: the second stands for ${type}`);
  return binary;
}
