/** What IKE and IPsec policies have in common: values that Heat refuses and Neutron takes, set by a step. */
import type {Scope} from '../../model/define.ts';
import type {Step} from '../../model/graph.ts';
import type {Ref} from '../../model/value.ts';
import {command} from './shared.ts';

export interface Lifetime {
  readonly units: string;
  readonly value: number;
}

type Policy = Ref<'ike_policy' | 'ipsec_policy'>;

/** Defaults, as Neutron has them; proof: neutron-lib `api/definitions/vpn.py`, neutron-vpnaas `db/vpn/vpn_db.py`. */
const usual = {
  auth_algorithm: 'sha1',
  encryption_algorithm: 'aes-128',
  phase1_negotiation_mode: 'main',
  pfs: 'group5',
} as const;
const usualLifetime: Lifetime = {units: 'seconds', value: 3600};

/** Other values that Heat takes; proof: heat `engine/resources/openstack/neutron/vpnservice.py`. */
const allowed = {
  auth_algorithm: ['sha256', 'sha384', 'sha512'],
  encryption_algorithm: ['3des', 'aes-192', 'aes-256'],
  pfs: ['group2', 'group14'],
} as const;

/** What differs of it. */
export function chosenLifetime({units, value}: Lifetime): Partial<Lifetime> | undefined {
  if (units !== usualLifetime.units) return {units, value};
  return value === usualLifetime.value ? undefined : {value};
}

/** Sets a value afterwards. Neutron changes no policy that a connection uses, and connections come later by default. */
export function policyStep(
  field: keyof typeof usual,
  value: string | undefined,
  policy: Policy,
): Omit<Step, 'fields'> | undefined {
  if (value === undefined || value === usual[field]) return undefined;
  const [verb, noun] = policy.kind === 'ike_policy' ? ['ike', 'IKE'] : ['ipsec', 'IPsec'];
  return {
    when: 'after',
    title: `set the ${field.replaceAll('_', ' ')} of an ${noun} policy, before a connection uses it`,
    command: command(`vpn ${verb} policy set`, [`--${field.replaceAll('_', '-')}`, value], policy),
  };
}

/** The value as Heat takes it; one that it refuses is left to a step, and the policy begins with the default. */
export function chosen(
  field: keyof typeof allowed,
  value: string | undefined,
  policy: Policy,
  scope: Scope,
): string | undefined {
  if (value !== undefined && (allowed[field] as readonly string[]).includes(value)) return value;
  const step = policyStep(field, value, policy);
  if (step !== undefined) scope.step({...step, fields: [field]});
  return undefined;
}
