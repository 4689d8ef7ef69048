/** What a stack was given by id or by name, found among the things of the snapshot. */
import type {Scope} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';

/** Kinds that parameters name, by Heat's custom constraint. */
const kinds: Readonly<Record<string, string>> = {
  'neutron.network': 'network',
  'neutron.subnet': 'subnet',
  'neutron.port': 'port',
  'neutron.router': 'router',
  'neutron.security_group': 'security_group',
  'neutron.subnetpool': 'subnet_pool',
  'neutron.address_scope': 'address_scope',
  'neutron.qos_policy': 'qos_policy',
  'nova.keypair': 'keypair',
  'nova.server': 'server',
  'nova.flavor': 'flavor',
  'cinder.volume': 'volume',
  'cinder.vtype': 'volume_type',
  'glance.image': 'image',
  'octavia.loadbalancer': 'load_balancer',
  'octavia.pool': 'pool',
  'octavia.listener': 'listener',
  'designate.zone': 'zone',
};

interface Thing {
  readonly id: string;
  readonly name?: unknown;
}

const id = /^[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}$/i;

/** By id: whatever the parameter is for, no id of the source means anything in the target. */
export function idsOfThings(value: string, scope: Scope): Ref | undefined {
  const found = scope.memo('things by id', () => {
    const all = new Map<string, string>();
    for (const kind of new Set(Object.values(kinds)))
      for (const thing of scope.rows<string, Thing>({kind})) if (!all.has(thing.id)) all.set(thing.id, kind);
    return all;
  });
  const kind = found.get(value);
  // A name that is another's id is a name; key pairs and flavors have such.
  return kind === undefined || (!id.test(value) && scope.row<string, Thing>({kind}, value)?.name === value)
    ? undefined
    : new Ref(kind, value);
}

/** By name, where the parameter's constraint says what is named, and the snapshot builds exactly one of that name. */
export function namedThing(value: string, constraint: unknown, scope: Scope): Ref | undefined {
  const kind =
    typeof constraint === 'string' && Object.hasOwn(kinds, constraint) ? kinds[constraint] : undefined;
  if (kind === undefined) return undefined;
  const [only, ...others] = scope.by<string, Thing>({kind}, 'name', value);
  if (only === undefined || others.length > 0) return undefined;
  return scope.place({kind}, only.id)?.as === 'resource' ? new Ref(kind, only.id) : undefined;
}
