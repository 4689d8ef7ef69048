import {define} from '../../model/define.ts';
import type {Ref} from '../../model/value.ts';
import {compares, exampleOf, held, ignores, name, physicalId, where} from './container-fields.ts';
import {containersWhere, type ContainerRow} from './secret-container.ts';

/** Taken by Heat; proof: heat `engine/resources/openstack/barbican/container.py`, `RSAContainer`. */
interface Properties {
  readonly name?: string;
  readonly private_key_ref?: Ref<'secret'>;
  readonly private_key_passphrase_ref?: Ref<'secret'>;
  readonly public_key_ref?: Ref<'secret'>;
}

export const rsaContainer = define<ContainerRow, Properties>()({
  kind: 'rsa_container',
  section: 'Keys and certificates',
  heat: 'OS::Barbican::RSAContainer',
  parts: containersWhere(type => type === 'rsa'),
  where,
  physicalId,
  properties: {
    name,
    // Barbican takes no other names; proof: barbican `common/validators.py`, `ContainerValidator`.
    private_key_ref: held('private_key'),
    private_key_passphrase_ref: held('private_key_passphrase'),
    public_key_ref: held('public_key'),
  },
  ignores: {...ignores, type: 'elsewhere'},
  compares,
  unordered: ['secret_refs'],
  example: {
    ...exampleOf('rsa', {private_key: 's1', private_key_passphrase: 's2', public_key: 's3'}),
    emits: {
      name: 'shop',
      private_key_ref: {get_resource: 'secret:s1'},
      private_key_passphrase_ref: {get_resource: 'secret:s2'},
      public_key_ref: {get_resource: 'secret:s3'},
    },
  },
});
