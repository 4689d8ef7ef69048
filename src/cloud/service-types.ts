/**
 * Facts of each service. Types and aliases: service-types-authority (`service-types.yaml`); the order of aliases is
 * the order in which they are looked up.
 */

const ALIASES: Readonly<Record<string, readonly string[]>> = {
  'block-storage': ['volumev3', 'volumev2', 'volume', 'block-store'],
  'shared-file-system': ['sharev2', 'share'],
  alarm: ['alarming'],
  'container-infrastructure-management': ['container-infrastructure', 'container-infra'],
  message: ['messaging'],
  workflow: ['workflowv2'],
  'application-container': ['container'],
};

const OFFICIAL = new Map(
  Object.entries(ALIASES).flatMap(([type, names]) => names.map(name => [name, type] as const)),
);

/** Official type of a catalog or user's type; unknown types stay as they are. */
export function officialType(type: string): string {
  const plain = type.toLowerCase().replaceAll('_', '-');
  return OFFICIAL.get(plain) ?? plain;
}

/**
 * The official type and then its aliases. One that ends in `vN` promises the major version N, so the others of
 * that kind are left out: no v3 through `volumev2`.
 */
export function typesOf(official: string): readonly string[] {
  const major = factsOf(official).major;
  const fits = (alias: string): boolean => {
    const promised = /v(\d+)$/u.exec(alias)?.[1];
    return promised === undefined || major === undefined || Number(promised) === major;
  };
  return [official, ...(ALIASES[official] ?? []).filter(fits)];
}

export interface ServiceFacts {
  /** Major API version that rekindle speaks. */
  readonly major?: number;
  /** Version segment to append where the endpoint has none. */
  readonly suffix?: string;
  /** The project id belongs into every path: `always`, or only for services below that microversion. */
  readonly projectInPath?: 'always' | {readonly below: string};
  readonly microversions?: Microversions;
  /** Lists that are cut at the service's own limit (1000, unless somebody made it less), and no answer says so. */
  readonly silent?: readonly string[];
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Microversions {
  /** What the service calls itself in `OpenStack-API-Version`. */
  readonly name: string;
  /** A header of its own that the service reads, beside or instead of the common one. */
  readonly header?: string;
  /** The highest that our resource types were tested with. */
  readonly highest: string;
  /** Below it rows lack fields that a snapshot needs. */
  readonly lowest?: string;
}

/**
 * Sources: nova `api/openstack/wsgi.py`, cinder `api/openstack/wsgi.py` (the name is `volume`), manila
 * `api/openstack/wsgi.py` (reads its own header only), magnum `api/versioned_method.py`. Paths: each project's
 * install guide, which is what catalogs hold. Silent lists: what calls `limited` in nova's and manila's
 * `api/openstack/common.py`, whose views add no links.
 */
const FACTS: Readonly<Record<string, ServiceFacts>> = {
  identity: {major: 3, suffix: 'v3'},
  compute: {
    major: 2,
    suffix: 'v2.1',
    microversions: {
      name: 'compute',
      header: 'x-openstack-nova-api-version',
      lowest: '2.64',
      highest: '2.100',
    },
    silent: ['os-server-groups'],
  },
  'block-storage': {
    major: 3,
    suffix: 'v3',
    projectInPath: {below: '3.67'},
    microversions: {name: 'volume', highest: '3.71'},
  },
  'shared-file-system': {
    major: 2,
    suffix: 'v2',
    microversions: {name: 'shared-file-system', header: 'x-openstack-manila-api-version', highest: '2.89'},
    silent: ['share-networks', 'share-networks/detail', 'security-services', 'security-services/detail'],
  },
  'container-infrastructure-management': {
    major: 1,
    suffix: 'v1',
    microversions: {name: 'container-infra', highest: '1.11'},
  },
  network: {major: 2, suffix: 'v2.0'},
  image: {major: 2, suffix: 'v2'},
  orchestration: {major: 1, suffix: 'v1', projectInPath: 'always'},
  'load-balancer': {major: 2, suffix: 'v2'},
  dns: {major: 2, suffix: 'v2'},
  'key-manager': {major: 1, suffix: 'v1'},
  alarm: {major: 2, suffix: 'v2'},
  database: {major: 1, suffix: 'v1.0', projectInPath: 'always'},
  workflow: {major: 2, suffix: 'v2'},
  // Its rows are the same in every microversion; proof: zun `api/controllers/v1/views/containers_view.py`.
  'application-container': {major: 1, suffix: 'v1'},
  reservation: {major: 1, suffix: 'v1'},
  // Zaqar refuses requests without one; any UUID will do. Proof: zaqar `transport/middleware/auth.py`, `helpers.py`.
  message: {major: 2, suffix: 'v2', headers: {'client-id': '7c9a5d0e-1b1f-4b1c-8a3e-2f6d0c4b9e11'}},
};

export function factsOf(official: string): ServiceFacts {
  return FACTS[official] ?? {};
}

/**
 * What to ask for where a service answers less than it could: glance 25 rows, designate 20, barbican 10. The others
 * answer as many as they can unless asked, and Nova refuses query keys that one of its lists doesn't know.
 */
export function pageLimit(official: string): string | undefined {
  const limits: Readonly<Record<string, string>> = {
    image: '1000',
    // Given a number above its maximum, Designate would cut the page and name no next one.
    dns: 'max',
    'key-manager': '100',
  };
  return limits[official];
}

/** How keys of clouds.yaml spell a service: the official type first, then every alias, with underscores. */
export function keyPrefixes(official: string): readonly string[] {
  return [official, ...(ALIASES[official] ?? [])].map(type => type.replaceAll('-', '_'));
}
