/** Who registered as a user of a secret or container, so that it isn't deleted under its feet. */
import type {Scope} from '../../model/define.ts';

/** Proof: barbican `model/models.py`, `ContainerConsumerMetadatum` and `SecretConsumerMetadatum`. */
export interface Consumer {
  readonly name?: string;
  readonly URL?: string;
  readonly service?: string;
  readonly resource_type?: string;
  readonly resource_id?: string;
}

interface Consumed {
  readonly consumers?: readonly Consumer[];
}

/** Services that register by themselves, once what uses the secret is built again. */
const services = /^(?:octavia|cinder|glance|magnum|heat|neutron|nova|manila|lbaas)/i;

export function consumersOf({consumers = []}: Consumed): readonly Consumer[] {
  return consumers.filter(({name, service}) => !services.test(service ?? name ?? ''));
}

export function announceConsumers(row: Consumed, scope: Scope): void {
  if (consumersOf(row).length > 0)
    scope.lose('consumers', 'Heat can not register a consumer: what uses it has to do that itself');
}
