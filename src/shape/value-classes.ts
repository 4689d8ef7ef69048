/** Which values `--parameterize` makes parameters of: classes by Heat's property names. Data. */

export const valueClasses = [
  'cidr',
  'dns',
  'names',
  'sizes',
  'metadata',
  'description',
  'remotes',
  'tags',
] as const;
export type ValueClass = (typeof valueClasses)[number];

/** Where values of a class stand, and what a parameter of one is called. */
export interface ValueRule {
  readonly class: ValueClass;
  /** Heat's property. */
  readonly property: string;
  /** Default: all kinds that have the property. */
  readonly kinds?: readonly string[];
  /** Below the property: `*` is every item of a list, or every key of a map. */
  readonly path?: readonly string[];
  /** Start of the parameter's name. `*` stands for the key. */
  readonly prefix: string;
  /** Start of its description, before `of`. `*` stands for the key. */
  readonly what: string;
  /** Heading of the parameters. */
  readonly group: string;
  /**
   * - `text`, `size`: a string, a number.
   * - `list`: all of a list of strings.
   * - `address`: an address or a range; for `cidr` only what lies in a subnet of the project.
   */
  readonly takes: 'text' | 'size' | 'list' | 'address';
  /** What the API takes, where Heat's schema doesn't say it. */
  readonly length?: {readonly min?: number; readonly max?: number};
}

/** Proof: neutron-lib `db/constants.py`, NAME_FIELD_SIZE; nova `api/validation/parameter_types.py`; cinder `api/validation`. */
const NAME = {min: 1, max: 255};

/** Proof: nova `api/validation/parameter_types.py`, `metadata`; cinder `api/validation/parameter_types.py`, `metadata`. */
const METADATA = {max: 255};

function within(property: string, path: readonly string[], prefix: string, what: string): ValueRule {
  return {class: 'cidr', group: 'Addresses', property, path, prefix, what, takes: 'address'};
}

/** For one place the first that fits counts. */
export const valueRules: readonly ValueRule[] = [
  {
    class: 'cidr',
    group: 'Addresses',
    property: 'cidr',
    kinds: ['subnet'],
    prefix: 'cidr',
    what: 'Range',
    takes: 'address',
  },
  // Everything that holds an address goes with the range: HOT can't count addresses.
  within('gateway_ip', [], 'gateway', 'Gateway'),
  within('allocation_pools', ['*', 'start'], 'pool_start', 'First address of a pool'),
  within('allocation_pools', ['*', 'end'], 'pool_end', 'Last address of a pool'),
  within('host_routes', ['*', 'destination'], 'destination', 'Destination of a route'),
  within('host_routes', ['*', 'nexthop'], 'nexthop', 'Next hop'),
  within('destination', [], 'destination', 'Destination of a route'),
  within('nexthop', [], 'nexthop', 'Next hop'),
  within('fixed_ips', ['*', 'ip_address'], 'address', 'Address'),
  within('allowed_address_pairs', ['*', 'ip_address'], 'address', 'Address'),
  within('ip_address', [], 'address', 'Address'),
  within('fixed_ip_address', [], 'address', 'Address'),
  within('internal_ip_address', [], 'address', 'Address'),
  within('vip_address', [], 'address', 'Address'),
  within('address', [], 'address', 'Address'),
  within('allowed_cidrs', ['*'], 'range', 'Range'),
  within('peer_cidrs', ['*'], 'range', 'Range'),
  within('source_ip_address', [], 'range', 'Range'),
  within('destination_ip_address', [], 'range', 'Range'),
  within('source_ip_prefix', [], 'range', 'Range'),
  within('destination_ip_prefix', [], 'range', 'Range'),
  within('records', ['*'], 'address', 'Address'),
  within('remote_ip_prefix', [], 'range', 'Range'),
  within('rules', ['*', 'remote_ip_prefix'], 'range', 'Range'),
  {
    class: 'remotes',
    group: 'Access',
    property: 'remote_ip_prefix',
    prefix: 'remote',
    what: 'Remote range',
    takes: 'address',
  },
  {
    class: 'remotes',
    group: 'Access',
    property: 'rules',
    kinds: ['security_group'],
    path: ['*', 'remote_ip_prefix'],
    prefix: 'remote',
    what: 'Remote range',
    takes: 'address',
  },
  {
    class: 'dns',
    group: 'Addresses',
    property: 'dns_nameservers',
    prefix: 'dns_nameservers',
    what: 'Resolvers',
    takes: 'list',
  },
  {
    class: 'names',
    group: 'Names',
    property: 'name',
    prefix: 'name',
    what: 'Name',
    takes: 'text',
    length: NAME,
  },
  {
    class: 'sizes',
    group: 'Sizes',
    property: 'size',
    kinds: ['volume', 'share', 'database_instance'],
    prefix: 'size',
    what: 'Size in GiB',
    takes: 'size',
  },
  {
    class: 'metadata',
    group: 'Metadata',
    property: 'metadata',
    kinds: ['server', 'volume', 'share'],
    path: ['*'],
    prefix: 'metadata_*',
    what: 'Metadata *',
    takes: 'text',
    length: METADATA,
  },
  {
    class: 'description',
    group: 'Descriptions',
    property: 'description',
    prefix: 'description',
    what: 'Description',
    takes: 'text',
  },
  {
    class: 'description',
    group: 'Descriptions',
    property: 'value_specs',
    path: ['description'],
    prefix: 'description',
    what: 'Description',
    takes: 'text',
  },
  {class: 'tags', group: 'Tags', property: 'tags', prefix: 'tags', what: 'Tags', takes: 'list'},
];

/** Names that are addresses in DNS, or that others know the thing by: neither a parameter nor prefixed. */
export const fixedNames: ReadonlySet<string> = new Set(['zone', 'recordset', 'floating_ip_name']);
