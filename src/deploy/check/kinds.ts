/** Where each kind of outside thing is looked up in the target: by Heat's custom constraint, else by our kind. */
import type {Listing} from './target.ts';

export const neutron = (noun: string, path: string, key: string, more: readonly string[] = []): Listing => ({
  noun,
  service: 'network',
  path,
  key,
  query: {fields: ['id', 'name', 'project_id', ...more]},
});

export const flavors: Listing = {
  noun: 'flavor',
  service: 'compute',
  path: 'flavors/detail',
  key: 'flavors',
  // An admin is shown the public ones only otherwise; a member's own private ones are in either way.
  query: {is_public: 'None'},
};

export const images: Listing = {noun: 'image', service: 'image', path: 'images', key: 'images'};

export const networks = neutron('network', 'networks', 'networks', [
  'router:external',
  'shared',
  'mtu',
  'port_security_enabled',
]);

export const keypairs: Listing = {
  noun: 'key pair',
  service: 'compute',
  path: 'os-keypairs',
  key: 'keypairs',
  unwrap: 'keypair',
  id: 'name',
};

export const volumeTypes: Listing = {
  noun: 'volume type',
  service: 'block-storage',
  path: 'types',
  key: 'volume_types',
};

export const zones = (service: 'compute' | 'block-storage'): Listing => ({
  noun: 'availability zone',
  service,
  path: 'os-availability-zone',
  key: 'availabilityZoneInfo',
  name: 'zoneName',
  id: 'zoneName',
});

const byConstraint: Readonly<Record<string, Listing>> = {
  'nova.flavor': flavors,
  'nova.keypair': keypairs,
  'nova.server': {noun: 'server', service: 'compute', path: 'servers', key: 'servers'},
  'glance.image': images,
  'cinder.vtype': volumeTypes,
  'cinder.volume': {noun: 'volume', service: 'block-storage', path: 'volumes', key: 'volumes'},
  'cinder.snapshot': {noun: 'snapshot', service: 'block-storage', path: 'snapshots', key: 'snapshots'},
  'cinder.backup': {noun: 'backup', service: 'block-storage', path: 'backups', key: 'backups'},
  'barbican.secret': {
    noun: 'secret',
    service: 'key-manager',
    path: 'secrets',
    key: 'secrets',
    id: 'secret_ref',
  },
  'barbican.container': {
    noun: 'secret container',
    service: 'key-manager',
    path: 'containers',
    key: 'containers',
    id: 'container_ref',
  },
  'neutron.network': networks,
  'neutron.subnet': neutron('subnet', 'subnets', 'subnets'),
  'neutron.port': neutron('port', 'ports', 'ports'),
  'neutron.router': neutron('router', 'routers', 'routers'),
  'neutron.security_group': neutron('security group', 'security-groups', 'security_groups'),
  'neutron.qos_policy': neutron('QoS policy', 'qos/policies', 'policies'),
  'neutron.subnetpool': neutron('subnet pool', 'subnetpools', 'subnetpools'),
  'neutron.address_scope': neutron('address scope', 'address-scopes', 'address_scopes'),
};

const byKind: Readonly<Record<string, Listing>> = {
  qos_policy: neutron('QoS policy', 'qos/policies', 'policies', ['shared']),
  zone: {noun: 'DNS zone', service: 'dns', path: 'zones', key: 'zones'},
  container: {
    noun: 'container',
    service: 'object-store',
    path: '',
    key: '',
    query: {format: 'json'},
    id: 'name',
  },
  flavor: flavors,
  image: images,
  keypair: keypairs,
  volume_type: volumeTypes,
  server_group: {noun: 'server group', service: 'compute', path: 'os-server-groups', key: 'server_groups'},
  address_group: neutron('address group', 'address-groups', 'address_groups'),
  security_group: neutron('security group', 'security-groups', 'security_groups'),
  share_type: {noun: 'share type', service: 'shared-file-system', path: 'types', key: 'share_types'},
  lb_flavor: {noun: 'load balancer flavor', service: 'load-balancer', path: 'lbaas/flavors', key: 'flavors'},
  lb_availability_zone: {
    noun: 'load balancer zone',
    service: 'load-balancer',
    path: 'lbaas/availability-zones',
    key: 'availability_zones',
    id: 'name',
  },
  availability_zone: zones('compute'),
  volume_availability_zone: zones('block-storage'),
};

/** Undefined for a kind that nothing is known of: Heat's preview will tell. */
export function listingFor(kind: string, constraint: string | undefined): Listing | undefined {
  return (constraint === undefined ? undefined : byConstraint[constraint]) ?? byKind[kind];
}

/** Whether Heat takes no name, so that ours is looked up for it: Barbican knows things by their URL. */
export function isByUrl(constraint: string | undefined): boolean {
  return constraint?.startsWith('barbican.') === true;
}

/** Constraints that take ids only. */
export function isByIdOnly(constraint: string | undefined): boolean {
  return ['cinder.volume', 'cinder.snapshot', 'cinder.backup'].includes(constraint ?? '');
}
