import {define, from, resource, stepwise} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';
import {chosen, chosenLifetime, policyStep, type Lifetime} from './vpn-policies.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/vpn.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description: string;
  readonly transform_protocol: string;
  readonly encapsulation_mode: string;
  readonly auth_algorithm?: string;
  readonly encryption_algorithm?: string;
  readonly lifetime: Lifetime;
  readonly pfs?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/vpnservice.py`, `IPsecPolicy.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly transform_protocol?: string;
  readonly encapsulation_mode?: string;
  readonly encryption_algorithm?: string;
  readonly lifetime?: Partial<Lifetime>;
  readonly pfs?: string;
}

const r = from<Row>();
const self = ({id}: Pick<Row, 'id'>) => new Ref('ipsec_policy', id);

export const ipsecPolicy = define<Row, Properties>()({
  kind: 'ipsec_policy',
  section: 'VPN',
  heat: 'OS::Neutron::IPsecPolicy',
  outside: {prefix: 'ipsec_policy', byId: true},
  list: {
    service: 'network',
    path: 'vpn/ipsecpolicies',
    key: 'ipsecpolicies',
    extension: 'vpnaas',
    ours: true,
  },
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    transform_protocol: r.unless('transform_protocol', 'esp'),
    encapsulation_mode: r.unless('encapsulation_mode', 'tunnel'),
    encryption_algorithm: r.make(['encryption_algorithm'], (row, scope) =>
      chosen('encryption_algorithm', row.encryption_algorithm, self(row), scope),
    ),
    lifetime: r.derive('lifetime', chosenLifetime),
    pfs: r.make(['pfs'], (row, scope) => chosen('pfs', row.pfs, self(row), scope)),
  },
  ignores: {
    ...serverMade,
    // Heat takes nothing but the default.
    auth_algorithm: stepwise(row => policyStep('auth_algorithm', row.auth_algorithm, self(row))),
  },
  example: {
    row: {
      id: 'e1',
      project_id: 'p1',
      name: 'strong',
      description: 'phase two',
      transform_protocol: 'ah-esp',
      encapsulation_mode: 'transport',
      auth_algorithm: 'sha256',
      encryption_algorithm: 'aes-256',
      lifetime: {units: 'seconds', value: 28800},
      pfs: 'group14',
    },
    emits: {
      name: 'strong',
      description: 'phase two',
      transform_protocol: 'ah-esp',
      encapsulation_mode: 'transport',
      encryption_algorithm: 'aes-256',
      lifetime: {value: 28800},
      pfs: 'group14',
    },
  },
});
