/** What Heat's resource plugins do in an update beyond what their schemas say. Facts of heat 19 (Zed) to 27. */
import type {Fields} from '../../model/json.ts';
import {objects, text} from '../../model/json.ts';
import {Unsettled} from './values.ts';

/**
 * What a resource in *_FAILED does (heat `needs_replace_failed`): it is kept where its service has it in good order, or
 * it is always replaced.
 */
export type FailedRule = 'neutron' | 'server' | 'volume' | 'exists' | 'replace';

/** Neutron's types that have no thing of their own to look at: Heat's own look at them breaks. */
const partsOfNeutron =
  /^OS::Neutron::(RouterInterface|RouterGateway|ExtraRoute|ExtraRouteSet|FloatingIPAssociation|FloatingIPPortForward|Quota)$/;

export function failedRule(type: string): FailedRule {
  if (type === 'OS::Nova::Server') return 'server';
  if (type === 'OS::Nova::ServerGroup' || type === 'OS::Neutron::Segment') return 'exists';
  if (type === 'OS::Cinder::Volume') return 'volume';
  return type.startsWith('OS::Neutron::') && !partsOfNeutron.test(type) ? 'neutron' : 'replace';
}

/** Whether Heat replaces a failed resource whose service says this of it. */
export function isBeyondRepair(rule: FailedRule, status: string): boolean {
  switch (rule) {
    case 'neutron':
      return status === 'ERROR';
    case 'server':
      return ['ERROR', 'DELETED', 'SOFT_DELETED'].includes(status);
    case 'volume':
      return ['error', 'deleting'].includes(status);
    case 'exists':
      return false;
    case 'replace':
    default:
      return true;
  }
}

/** Types that hold a stack of their own, which Heat updates whatever has changed, and whose insides are not forecast. */
export function isNested(type: string): boolean {
  return (
    /\.(yaml|template)$/.test(type) ||
    /^OS::Heat::(ResourceGroup|AutoScalingGroup|InstanceGroup|ResourceChain|SoftwareDeploymentGroup|Stack)$/.test(
      type,
    ) ||
    type === 'AWS::CloudFormation::Stack'
  );
}

/** Types whose reference is a name: a new one of that name is no change to those that refer to it. */
const byName: ReadonlySet<string> = new Set([
  'OS::Nova::KeyPair',
  'OS::Swift::Container',
  'OS::Mistral::Workflow',
]);

export function isReferredByName(type: string): boolean {
  return byName.has(type);
}

/** Types whose reference is neither id nor name. */
export function hasOtherReference(type: string): boolean {
  return type.startsWith('OS::Heat::');
}

/** Types that look names up before they compare: the id and the name of one thing are one value to them. */
export function looksNamesUp(type: string): boolean {
  return /^OS::(Neutron|Nova|Octavia|Trove|Magnum|Manila|Zun)::/.test(type);
}

/**
 * Why a change of these properties makes a new one although they may be updated in place.
 * Proof: heat `nova/server.py` `needs_replace_with_prop_diff`, `neutron/port.py` `needs_replace`.
 */
export function replacing(
  type: string,
  changed: ReadonlySet<string>,
  after: Fields,
  before: Fields,
): string | undefined {
  if (type !== 'OS::Nova::Server') return undefined;
  return ['flavor', 'image', 'user_data'].find(
    name =>
      changed.has(name) &&
      (text(after[`${name}_update_policy`]) || text(before[`${name}_update_policy`])) === 'REPLACE',
  );
}

export function isAlwaysReplaced(type: string, after: Fields): boolean {
  return type === 'OS::Neutron::Port' && after['replacement_policy'] === 'REPLACE_ALWAYS';
}

/** What an update in place that the schema allows is refused for. Proof: heat `cinder/volume.py`, `handle_update`. */
export function refusing(
  type: string,
  changed: ReadonlySet<string>,
  after: Fields,
  before: Fields,
): string | undefined {
  const [from, to] = [before['size'], after['size']];
  if (type !== 'OS::Cinder::Volume' || !changed.has('size')) return undefined;
  return typeof from === 'number' && typeof to === 'number' && to < from
    ? `a volume can't shrink from ${from} to ${to} GiB`
    : undefined;
}

/** What an update in place of these properties destroys. */
export function lostInPlace(type: string, changed: ReadonlySet<string>, after: Fields): string | undefined {
  if (type === 'OS::Cinder::Volume' && changed.has('backup_id'))
    return 'its data: the backup is written over it';
  if (type !== 'OS::Nova::Server') return undefined;
  if (changed.has('image')) return 'its root disk: it is rebuilt from the new image';
  return changed.has('user_data') && after['user_data_update_policy'] === 'REBUILD'
    ? 'its root disk: it is rebuilt'
    : undefined;
}

const held: Readonly<Record<string, string>> = {
  'OS::Nova::Server': 'its own disks',
  'OS::Cinder::Volume': 'its data',
  'OS::Manila::Share': 'its data',
  'OS::Swift::Container': 'its objects',
  'OS::Trove::Instance': 'its databases',
  'OS::Trove::Cluster': 'its databases',
  'OS::Barbican::Secret': 'its payload',
  'OS::Barbican::Order': 'the secret it ordered',
  'OS::Glance::Image': 'its data',
  'OS::Glance::WebImage': 'its data',
  'OS::Magnum::Cluster': 'its nodes and what runs on them',
  'OS::Designate::Zone': 'its records',
  'OS::Zaqar::Queue': 'its messages',
  'OS::Zun::Container': 'its file system',
  'OS::Neutron::FloatingIP': 'its address',
};

/**
 * What is lost with a resource that is deleted, or replaced; undefined where nothing is that a new one hasn't again.
 * @param properties As it has them now.
 */
export function lostWith(type: string, properties: Fields, deletionPolicy: string): string | undefined {
  if (/^retain$/i.test(deletionPolicy)) return undefined;
  const what = isNested(type) ? 'what is in its stack' : held[type];
  if (what === undefined) return undefined;
  if (/^snapshot$/i.test(deletionPolicy)) return `${what} (a snapshot of it stays)`;
  const volumes = type === 'OS::Nova::Server' ? volumesOf(properties, true) : [];
  return volumes.length === 0 ? what : `${what}, and with delete_on_termination: ${volumes.join(', ')}`;
}

/** Volumes by logical name or id that a server names as its disks. @param going Only those that go with it. */
export function volumesOf(properties: Fields, going: boolean): readonly string[] {
  return objects(properties['block_device_mapping_v2'])
    .filter(disk => !going || disk['delete_on_termination'] === true)
    .map(({volume_id: volume}) =>
      volume instanceof Unsettled && volume.kind === 'resource' ? volume.name : text(volume),
    )
    .filter(name => name !== '');
}
