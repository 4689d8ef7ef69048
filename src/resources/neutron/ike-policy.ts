import {define, from, resource, stepwise} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {foreign, isOurs, serverMade, type Common} from './shared.ts';
import {chosen, chosenLifetime, policyStep, type Lifetime} from './vpn-policies.ts';

/** Answered by Neutron; proof: neutron-lib `api/definitions/vpn.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description: string;
  readonly auth_algorithm?: string;
  readonly encryption_algorithm?: string;
  readonly phase1_negotiation_mode?: string;
  readonly lifetime: Lifetime;
  readonly ike_version: string;
  readonly pfs?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/vpnservice.py`, `IKEPolicy.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly auth_algorithm?: string;
  readonly encryption_algorithm?: string;
  readonly lifetime?: Partial<Lifetime>;
  readonly ike_version?: string;
  readonly pfs?: string;
}

const r = from<Row>();
const self = ({id}: Pick<Row, 'id'>) => new Ref('ike_policy', id);

export const ikePolicy = define<Row, Properties>()({
  kind: 'ike_policy',
  section: 'VPN',
  heat: 'OS::Neutron::IKEPolicy',
  outside: {prefix: 'ike_policy', byId: true},
  list: {service: 'network', path: 'vpn/ikepolicies', key: 'ikepolicies', extension: 'vpnaas', ours: true},
  where: (row, scope) => (isOurs(row, scope) ? resource : foreign),
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    auth_algorithm: r.make(['auth_algorithm'], (row, scope) =>
      chosen('auth_algorithm', row.auth_algorithm, self(row), scope),
    ),
    encryption_algorithm: r.make(['encryption_algorithm'], (row, scope) =>
      chosen('encryption_algorithm', row.encryption_algorithm, self(row), scope),
    ),
    lifetime: r.derive('lifetime', chosenLifetime),
    ike_version: r.unless('ike_version', 'v1'),
    pfs: r.make(['pfs'], (row, scope) => chosen('pfs', row.pfs, self(row), scope)),
  },
  ignores: {
    ...serverMade,
    // Heat takes nothing but the default.
    phase1_negotiation_mode: stepwise(row =>
      policyStep('phase1_negotiation_mode', row.phase1_negotiation_mode, self(row)),
    ),
  },
  example: {
    row: {
      id: 'i1',
      project_id: 'p1',
      name: 'strong',
      description: 'phase one',
      auth_algorithm: 'sha256',
      encryption_algorithm: 'aes-256',
      phase1_negotiation_mode: 'aggressive',
      lifetime: {units: 'seconds', value: 28800},
      ike_version: 'v2',
      pfs: 'group14',
    },
    emits: {
      name: 'strong',
      description: 'phase one',
      auth_algorithm: 'sha256',
      encryption_algorithm: 'aes-256',
      lifetime: {value: 28800},
      ike_version: 'v2',
      pfs: 'group14',
    },
  },
});
