import {define} from '../../model/define.ts';
import type {Ref} from '../../model/value.ts';
import {compares, exampleOf, held, ignores, name, physicalId, where} from './container-fields.ts';
import {containersWhere, type ContainerRow} from './secret-container.ts';

/** Taken by Heat; proof: heat `engine/resources/openstack/barbican/container.py`, `CertificateContainer`. */
interface Properties {
  readonly name?: string;
  readonly certificate_ref?: Ref<'secret'>;
  readonly private_key_ref?: Ref<'secret'>;
  readonly private_key_passphrase_ref?: Ref<'secret'>;
  readonly intermediates_ref?: Ref<'secret'>;
}

export const certificateContainer = define<ContainerRow, Properties>()({
  kind: 'certificate_container',
  section: 'Keys and certificates',
  heat: 'OS::Barbican::CertificateContainer',
  parts: containersWhere(type => type === 'certificate'),
  where,
  physicalId,
  properties: {
    name,
    // Barbican takes no other names; proof: barbican `common/validators.py`, `ContainerValidator`.
    certificate_ref: held('certificate'),
    private_key_ref: held('private_key'),
    private_key_passphrase_ref: held('private_key_passphrase'),
    intermediates_ref: held('intermediates'),
  },
  ignores: {...ignores, type: 'elsewhere'},
  compares,
  unordered: ['secret_refs'],
  example: {
    ...exampleOf('certificate', {
      certificate: 's1',
      intermediates: 's2',
      private_key: 's3',
      private_key_passphrase: 's4',
    }),
    emits: {
      name: 'shop',
      certificate_ref: {get_resource: 'secret:s1'},
      intermediates_ref: {get_resource: 'secret:s2'},
      private_key_ref: {get_resource: 'secret:s3'},
      private_key_passphrase_ref: {get_resource: 'secret:s4'},
    },
  },
});
