/** Reads what a stack is, as far as a forecast needs it. */
import type {Heat, Stack, StackEvent, StackResource} from '../../heat/index.ts';
import {type Fields, fields, text} from '../../model/json.ts';
import type {Target} from '../check/target.ts';
import {grouped} from './groups.ts';
import {failedRule} from './rules.ts';
import type {Existing, StackState} from './types.ts';

/** Neutron's paths, of the types whose failed resources Heat looks at. */
const paths: Readonly<Record<string, string>> = {
  'OS::Neutron::Net': 'networks',
  'OS::Neutron::ProviderNet': 'networks',
  'OS::Neutron::Subnet': 'subnets',
  'OS::Neutron::SubnetPool': 'subnetpools',
  'OS::Neutron::AddressScope': 'address-scopes',
  'OS::Neutron::Port': 'ports',
  'OS::Neutron::Router': 'routers',
  'OS::Neutron::FloatingIP': 'floatingips',
  'OS::Neutron::SecurityGroup': 'security-groups',
  'OS::Neutron::SecurityGroupRule': 'security-group-rules',
  'OS::Neutron::Trunk': 'trunks',
  'OS::Neutron::RBACPolicy': 'rbac-policies',
  'OS::Neutron::QoSPolicy': 'qos/policies',
  'OS::Neutron::Segment': 'segments',
  'OS::Neutron::VPNService': 'vpn/vpnservices',
  'OS::Neutron::IKEPolicy': 'vpn/ikepolicies',
  'OS::Neutron::IPsecPolicy': 'vpn/ipsecpolicies',
  'OS::Neutron::IPsecSiteConnection': 'vpn/ipsec-site-connections',
};

/** A state, and how to learn more of it. */
export interface Reading {
  readonly state: StackState;
  /** The state with the properties of these resources as Heat keeps them, where their events are still there. */
  withStored(names: readonly string[]): Promise<StackState>;
}

export async function readState(heat: Heat, stack: Stack, target: Target): Promise<Reading> {
  const given = target.signal === undefined ? {} : {signal: target.signal};
  const [template, environment, files, shown, listed] = await Promise.all([
    heat.template(stack),
    heat.environment(stack),
    heat.files(stack),
    heat.show(stack, given),
    heat.resources(stack, {nestedDepth: 0}),
  ]);
  const {members} = grouped({template, parameters: {}, files});
  const inside =
    members.size === 0
      ? []
      : (await heat.resources(stack)).filter(row => row.stack.id !== stack.id && members.has(row.name));
  let events: Promise<readonly StackEvent[]> | undefined;
  const history = (): Promise<readonly StackEvent[]> => {
    events ??= heat.events(stack, {...(members.size === 0 ? {nestedDepth: 0} : {}), ...given});
    return events;
  };
  const isFailed = stack.status.endsWith('_FAILED');
  const resources = new Map<string, Existing>();
  for (const row of [...listed, ...inside]) {
    const found = row.status.endsWith('_FAILED') ? survivor(row, await history()) : undefined;
    const home = members.has(row.name) ? {home: {stack: row.stack, name: row.ownName}} : {};
    resources.set(row.name, {...(found ?? (await existing(row, target))), ...home});
  }
  let state: StackState = {
    template,
    parameters: {...fields(environment['parameter_defaults']), ...fields(environment['parameters'])},
    files,
    own: shown?.parameters ?? {},
    resources,
    stored: new Map(),
    attributes: new Map(),
  };
  const withStored = async (names: readonly string[]): Promise<StackState> => {
    const wanted = names.filter(name => (resources.get(name)?.id ?? '') !== '' && !state.stored.has(name));
    if (wanted.length === 0) return state;
    const all = await history();
    const found = await Promise.all(
      wanted.map(async (name): Promise<[string, Fields] | undefined> => {
        const {id, home = {stack, name}} = resources.get(name) ?? {id: ''};
        const last = all.findLast(event => isOf(event, name) && event.physicalId === id);
        const kept =
          last === undefined ? undefined : await heat.eventProperties(home.stack, home.name, last.id);
        return kept === undefined ? undefined : [name, kept];
      }),
    );
    const fresh = found.filter(entry => entry !== undefined);
    state = {...state, stored: new Map([...state.stored, ...fresh])};
    return state;
  };
  // After a failure not every resource is what the stack's template says.
  if (isFailed) await withStored([...resources.keys()]);
  return {
    get state() {
      return state;
    },
    withStored,
  };
}

/** Attributes of these resources, as their services have them now. */
export async function withAttributes(
  heat: Heat,
  stack: Stack,
  state: StackState,
  names: readonly string[],
): Promise<StackState> {
  const found = await Promise.all(
    names
      .filter(name => state.resources.has(name) && !state.attributes.has(name))
      .map(async (name): Promise<[string, Fields]> => {
        const home = state.resources.get(name)?.home ?? {stack, name};
        return [name, (await heat.resource(home.stack, home.name))?.attributes ?? {}];
      }),
  );
  return found.length === 0 ? state : {...state, attributes: new Map([...state.attributes, ...found])};
}

function isOf({path}: StackEvent, name: string): boolean {
  return path.join('.') === name;
}

/**
 * What Heat goes on with where a replacement failed: the old one, which it hasn't deleted yet, although it lists the new
 * one. Proof: heat `engine/stack.py`, `_get_best_existing_rsrc_db`.
 */
function survivor(row: StackResource, events: readonly StackEvent[]): Existing | undefined {
  const alive = new Set<string>();
  for (const event of events) {
    if (!isOf(event, row.name) || event.physicalId === '') continue;
    if (/^(CREATE|UPDATE|ADOPT)_COMPLETE$/.test(event.status)) alive.add(event.physicalId);
    if (event.status === 'DELETE_COMPLETE') alive.delete(event.physicalId);
  }
  const id = [...alive].findLast(one => one !== row.id);
  if (id === undefined || alive.has(row.id)) return undefined;
  return {type: row.type, id, status: 'UPDATE_COMPLETE'};
}

async function existing({type, id, status}: StackResource, target: Target): Promise<Existing> {
  const plain = {type, id, status};
  if (!status.endsWith('_FAILED') || id === '') return plain;
  const look = whereIs(type, id);
  if (look === undefined) return plain;
  const [service, path] = look;
  const body = await target.get(service, path).catch(() => undefined);
  const row = fields(Object.values(body ?? {})[0]);
  const there = body !== undefined && Object.keys(row).length > 0;
  return {...plain, physical: {there, status: text(row['status'])}};
}

function whereIs(type: string, id: string): readonly [service: string, path: string] | undefined {
  const at = encodeURIComponent(id);
  switch (failedRule(type)) {
    case 'server':
      return ['compute', `servers/${at}`];
    case 'volume':
      return ['block-storage', `volumes/${at}`];
    case 'exists':
      if (type === 'OS::Nova::ServerGroup') return ['compute', `os-server-groups/${at}`];
      return ['network', `segments/${at}`];
    case 'neutron':
      return paths[type] === undefined ? undefined : ['network', `${paths[type]}/${at}`];
    case 'replace':
    default:
      return undefined;
  }
}
