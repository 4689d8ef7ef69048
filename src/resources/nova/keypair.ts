import {define, from, resource, skipped} from '../../model/define.ts';
import {server} from './handles.ts';

/** Answered by Nova; proof: nova `api/openstack/compute/views/keypairs.py`, `index`. The id is the name. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly public_key: string;
  readonly fingerprint: string;
  /** Since 2.2. */
  readonly type?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/nova/keypair.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly public_key: string;
  readonly type?: string;
}

const r = from<Row>();

export const keypair = define<Row, Properties>()({
  kind: 'keypair',
  section: 'Key pairs',
  heat: 'OS::Nova::KeyPair',
  list: {
    service: 'compute',
    path: 'os-keypairs',
    key: 'keypairs',
    unwrap: 'keypair',
    idField: 'name',
    microversion: '2.92',
  },
  outside: {constraint: 'nova.keypair', prefix: 'keypair'},
  where: (row, scope) =>
    scope
      .by(server, 'key_name', row.id)
      .some(
        user =>
          user.user_id === scope.userId &&
          (scope.place(server, user.id)?.as === 'resource' || scope.isCut(server, user.id)),
      )
      ? resource
      : skipped('not used by a server here; key pairs belong to the user'),
  optional: {
    property: 'name',
    why: 'Name of the key pair, which belongs to the user, who may have it already',
  },
  properties: {
    name: r.copy('name'),
    public_key: r.copy('public_key'),
    type: r.unless('type', 'ssh'),
  },
  ignores: {
    // Computed from the public key.
    fingerprint: 'read-only',
  },
  example: {
    row: {
      id: 'laptop',
      name: 'laptop',
      public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICnOAmiV9q alice@laptop',
      fingerprint: 'f2:dd:f5:cd:7a:6e:8f:e6:80:9a:ce:18:0b:ad:42:ed',
      type: 'x509',
    },
    with: {
      server: [
        {
          id: 's1',
          name: 'web',
          status: 'ACTIVE',
          flavor: {original_name: 'm1.small'},
          image: {id: 'i1'},
          key_name: 'laptop',
          user_id: 'u1',
          tenant_id: 'p1',
        },
      ],
    },
    emits: {
      name: 'laptop',
      public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAICnOAmiV9q alice@laptop',
      type: 'x509',
    },
  },
});
