/** What the rules know of the target: its lists, asked for only where the template touches them. */
import {RekindleError} from '../../model/errors.ts';
import {type Fields, text} from '../../model/json.ts';
import {flavors, images, networks, neutron, zones} from './kinds.ts';
import type {Listing, Target} from './target.ts';
import {known, type View} from './view.ts';

/** Rows by list; one that can't be read is absent, and what hangs on it is not judged. */
export type Lists = Readonly<Partial<Record<ListName, readonly Fields[]>>>;

export interface There {
  readonly lists: Lists;
  /** Id of the target project. */
  readonly project: string;
  /** Admins may what Neutron's default policy keeps from members. */
  readonly isAdmin: boolean;
}

export type ListName =
  | 'networks'
  | 'subnets'
  | 'ports'
  | 'dhcpPorts'
  | 'routers'
  | 'subnetPools'
  | 'availability'
  | 'flavors'
  | 'images'
  | 'zones'
  | 'volumeZones'
  | 'providers';

interface Wanted {
  readonly listing: Listing;
  /** Whether anything in the template can be judged by it. */
  readonly when: (view: View) => boolean;
}

const has =
  (...types: readonly string[]) =>
  (view: View): boolean =>
    view.of(...types).length > 0;

/** A property that names what the template doesn't make. */
const names =
  (type: string, ...properties: readonly string[]) =>
  (view: View): boolean =>
    view.of(type).some(part => properties.some(property => known(part.properties[property]) !== undefined));

const either =
  (...tests: readonly Wanted['when'][]) =>
  (view: View): boolean =>
    tests.some(test => test(view));

/** Neutron's extensions. */
export const extensionsListing: Listing = {
  noun: 'extension',
  service: 'network',
  path: 'extensions',
  key: 'extensions',
  id: 'alias',
};

const wanted: Readonly<Record<ListName, Wanted>> = {
  networks: {
    listing: networks,
    when: has('OS::Neutron::Net', 'OS::Neutron::Port', 'OS::Neutron::Router', 'OS::Neutron::FloatingIP'),
  },
  subnets: {
    listing: neutron('subnet', 'subnets', 'subnets', [
      'network_id',
      'cidr',
      'gateway_ip',
      'allocation_pools',
      'enable_dhcp',
      'subnetpool_id',
    ]),
    when: either(
      has('OS::Neutron::Subnet'),
      names('OS::Neutron::Port', 'network'),
      names('OS::Neutron::RouterInterface', 'subnet'),
      names('OS::Octavia::LoadBalancer', 'vip_subnet'),
    ),
  },
  ports: {
    listing: neutron('port', 'ports', 'ports', [
      'network_id',
      'fixed_ips',
      'mac_address',
      'device_owner',
      'device_id',
    ]),
    when: either(
      names('OS::Neutron::Port', 'network'),
      names('OS::Neutron::Subnet', 'network'),
      names('OS::Neutron::RouterInterface', 'router', 'subnet'),
    ),
  },
  dhcpPorts: {
    listing: {
      ...neutron('port', 'ports', 'ports'),
      query: {
        device_owner: ['network:dhcp', 'network:distributed'],
        fields: ['id', 'name', 'project_id', 'device_owner'],
      },
    },
    when: view => has('OS::Neutron::Port')(view) && has('OS::Neutron::Subnet')(view),
  },
  routers: {
    listing: neutron('router', 'routers', 'routers', ['external_gateway_info']),
    when: names('OS::Neutron::RouterInterface', 'router'),
  },
  subnetPools: {
    listing: neutron('subnet pool', 'subnetpools', 'subnetpools', ['prefixes', 'address_scope_id']),
    when: has('OS::Neutron::Subnet', 'OS::Neutron::SubnetPool'),
  },
  availability: {
    listing: {
      noun: 'network',
      service: 'network',
      path: 'network-ip-availabilities',
      key: 'network_ip_availabilities',
      id: 'network_id',
      name: 'network_name',
    },
    when: has('OS::Neutron::FloatingIP', 'OS::Neutron::Router'),
  },
  flavors: {listing: flavors, when: has('OS::Nova::Server')},
  images: {listing: images, when: has('OS::Nova::Server', 'OS::Cinder::Volume')},
  zones: {listing: zones('compute'), when: names('OS::Nova::Server', 'availability_zone')},
  volumeZones: {listing: zones('block-storage'), when: names('OS::Cinder::Volume', 'availability_zone')},
  providers: {
    listing: {
      noun: 'provider',
      service: 'load-balancer',
      path: 'lbaas/providers',
      key: 'providers',
      id: 'name',
    },
    when: names('OS::Octavia::LoadBalancer', 'provider'),
  },
};

export async function readThere(view: View, target: Target): Promise<There> {
  const entries = await Promise.all(
    Object.entries(wanted)
      .filter(([, {when}]) => when(view))
      .map(async ([name, {listing}]) => [name, await rowsOf(listing, target)] as const),
  );
  const {project, roles} = target.session.identity;
  return {
    lists: Object.fromEntries(entries.filter(([, rows]) => rows !== undefined)),
    project: project?.id ?? '',
    isAdmin: roles.includes('admin'),
  };
}

/** What a cloud refuses to list, for whatever reason, is not known; what keeps everything from working is an error. */
export async function rowsOf(listing: Listing, target: Target): Promise<readonly Fields[] | undefined> {
  try {
    const things = await target.list(listing);
    return typeof things === 'string' ? undefined : things.map(({row}) => row);
  } catch (error) {
    if (error instanceof RekindleError && ['http', 'protocol'].includes(error.code)) return undefined;
    throw error;
  }
}

/** The one row that a name or an id means; undefined where there are several or none. */
export function rowOf(rows: readonly Fields[] | undefined, nameOrId: string): Fields | undefined {
  const byId = rows?.find(row => row['id'] === nameOrId);
  if (byId !== undefined) return byId;
  const named = rows?.filter(row => text(row['name']) === nameOrId) ?? [];
  return named.length === 1 ? named[0] : undefined;
}
