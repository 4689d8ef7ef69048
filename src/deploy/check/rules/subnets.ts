/** Subnets: their range, gateway and pools, among themselves and against the network and the subnet pool they are in. */
import {
  addressText,
  type Cidr,
  doOverlap,
  holds,
  parseAddress,
  parseCidr,
  type Range,
} from '../../../model/cidr.ts';
import {type Fields, objects, text, texts} from '../../../model/json.ts';
import type {Fault} from '../finding.ts';
import {keyOf, pairsOf, type SubnetThing} from '../topology.ts';
import {itemsOf, known, type Part} from '../view.ts';
import {type Rule, together} from './rule.ts';

/** Neutron's defaults, which no API tells. Proof: neutron `conf/common.py`. */
const MOST_NAMESERVERS = 5;
const MOST_ROUTES = 20;

const own: Rule = function* ({net}) {
  for (const subnet of net.subnets) if (subnet.part !== undefined) yield* inItself(subnet, subnet.part);
};

function* inItself({cidr, cidrText, gateway, pools = [], dhcp}: SubnetThing, part: Part): Generator<Fault> {
  const {name: resource, properties} = part;
  const whole = (property: string, verdict: string, hint: string): Fault => ({
    resource,
    property,
    verdict,
    hint,
  });
  const at = (
    property: string,
    verdict: string,
    hint: string,
    value: unknown = properties[property],
  ): Fault => ({
    ...whole(property, verdict, hint),
    value,
  });
  if (cidrText !== '' && cidr === undefined) {
    yield at('cidr', 'is no range of addresses', 'write it as 192.0.2.0/24 or 2001:db8::/64');
    return;
  }
  if (cidr === undefined) return;
  const version = Number(known(properties['ip_version']) ?? 4);
  if (version !== cidr.version)
    yield at(
      'cidr',
      `is IPv${cidr.version}, but ip_version is ${version}`,
      `set ip_version: ${cidr.version}`,
    );
  if (dhcp === true && cidr.prefix > (cidr.version === 4 ? 30 : 126))
    yield at('cidr', 'is too small for DHCP', 'take a larger range, or set enable_dhcp: false');
  if (gateway !== undefined && gateway !== 'none') {
    if (gateway.version !== cidr.version)
      yield at(
        'gateway_ip',
        `is of another IP version than ${cidrText}`,
        `give an IPv${cidr.version} address`,
      );
    const pool = pools.find(([start, end]) => gateway.value >= start && gateway.value <= end);
    if (pool !== undefined)
      yield at(
        'gateway_ip',
        `lies in the allocation pool ${rangeText(pool, cidr)}`,
        'begin the pool behind it, or give another gateway_ip',
        addressText(gateway),
      );
  }
  const usable = usableOf(cidr);
  for (const [index, range] of pools.entries()) {
    const property = `allocation_pools[${index}]`;
    const value = rangeText(range, cidr);
    if (range[0] > range[1]) yield at(property, 'ends before it starts', 'swap start and end', value);
    else if (range[0] < usable[0] || range[1] > usable[1])
      yield at(
        property,
        `reaches beyond the addresses of ${cidrText}`,
        `stay in ${rangeText(usable, cidr)}`,
        value,
      );
  }
  for (const [a, b] of pairsOf(pools))
    if (a[0] <= b[1] && b[0] <= a[1])
      yield whole(
        'allocation_pools',
        `overlap: ${rangeText(a, cidr)} and ${rangeText(b, cidr)}`,
        'make one pool of them',
      );
  for (const {item, path} of itemsOf(properties['dns_nameservers'], 'dns_nameservers')) {
    const server = known(item);
    if (server === undefined) continue;
    const address = parseAddress(server);
    if (address === undefined) yield at(path, 'is no address', 'give the address of a name server', server);
    else if (address.version !== cidr.version)
      yield at(path, `is of another IP version than ${cidrText}`, 'leave it out', server);
  }
  for (const [property, most] of [
    ['dns_nameservers', MOST_NAMESERVERS],
    ['host_routes', MOST_ROUTES],
  ] as const) {
    const list = properties[property];
    if (!Array.isArray(list) || list.length <= most) continue;
    yield {
      ...whole(
        property,
        `has ${list.length} entries; Neutron takes ${most} by default`,
        'shorten it, or ask the operator whether the limit is higher there',
      ),
      severity: 'warning',
    };
  }
}

/** What pools may hold. Proof: neutron `db/ipam_backend_mixin.py`, `validate_allocation_pools`. */
function usableOf({version, prefix, first, last}: Cidr): Range {
  if (prefix >= (version === 4 ? 31 : 127)) return [first, last];
  return [first + 1n, version === 4 ? last - 1n : last];
}

function rangeText([start, end]: Range, {version}: Cidr): string {
  return `${addressText({version, value: start})}-${addressText({version, value: end})}`;
}

const ofOneNetwork: Rule = function* ({net}) {
  for (const network of net.networks) {
    for (const [a, b] of pairsOf(net.subnetsOf(network.key))) {
      const later = b.part === undefined ? a : b;
      const other = later === a ? b : a;
      if (later.part === undefined || !doOverlap(a.cidr, b.cidr)) continue;
      yield {
        resource: later.part.name,
        property: 'cidr',
        value: later.cidrText,
        verdict: `overlaps with ${other.cidrText} of ${other.label}, in the same network`,
        hint: 'give one of them another range',
      };
    }
  }
};

/** Subnet pools: what is taken from them must lie in them; in an address scope no two may overlap. */
const pools: Rule = function* ({view, there, net}) {
  const rows = there.lists.subnetPools;
  const made = view.of('OS::Neutron::SubnetPool');
  const prefixesOf = (key: string): readonly string[] | undefined => {
    const part = made.find(({name}) => name === key);
    const list: unknown =
      part === undefined ? rows?.find(row => row['id'] === key)?.['prefixes'] : part.properties['prefixes'];
    return Array.isArray(list) && list.every(item => typeof item === 'string') ? list : undefined;
  };
  for (const {part, pool, cidr, cidrText} of net.subnets) {
    if (part === undefined || typeof pool !== 'string' || cidr === undefined) continue;
    const prefixes = prefixesOf(pool);
    if (prefixes === undefined || prefixes.some(prefix => holds(parseCidr(prefix), cidr))) continue;
    yield {
      resource: part.name,
      property: 'cidr',
      value: cidrText,
      verdict: `is not in its subnet pool, which has ${prefixes.join(', ')}`,
      hint: 'take a range of the pool, or leave the pool out',
    };
  }
  for (const [a, b] of pairsOf(net.subnets.filter(({pool}) => typeof pool === 'string'))) {
    if (a.part === undefined || a.pool !== b.pool || a.network === b.network || !doOverlap(a.cidr, b.cidr))
      continue;
    yield {
      resource: a.part.name,
      property: 'cidr',
      value: a.cidrText,
      verdict: `overlaps with ${b.cidrText} of ${b.label}, taken from the same subnet pool`,
      hint: 'give one of them another range of the pool',
    };
  }
  const scoped = [
    ...made.map(part => ({
      part,
      label: part.name,
      scope: keyOf(part.properties['address_scope'], scopesOf(rows)),
      prefixes: texts(part.properties['prefixes']),
    })),
    ...(rows ?? []).map(row => ({
      part: undefined,
      label: text(row['name']) || text(row['id']),
      scope: text(row['address_scope_id']),
      prefixes: texts(row['prefixes']),
    })),
  ];
  for (const [a, b] of pairsOf(scoped)) {
    if (a.part === undefined || a.scope === undefined || a.scope === '' || a.scope !== b.scope) continue;
    const clash = a.prefixes.find(one =>
      b.prefixes.some(other => doOverlap(parseCidr(one), parseCidr(other))),
    );
    if (clash === undefined) continue;
    yield {
      resource: a.part.name,
      property: 'prefixes',
      value: clash,
      verdict: `overlaps with a prefix of ${b.label}, in the same address scope`,
      hint: 'take other prefixes, or another address scope',
    };
  }
};

/** Scopes by the id that pools of the target name them by. */
function scopesOf(rows: readonly Fields[] | undefined): readonly Fields[] {
  return objects(rows).map(row => ({id: row['address_scope_id']}));
}

/** Proof: neutron `db/ipam_backend_mixin.py`, `_validate_network_subnetpools`. */
const onePool: Rule = function* ({net}) {
  for (const network of net.networks) {
    for (const [a, b] of pairsOf(net.subnetsOf(network.key))) {
      if (a.cidr === undefined || a.cidr.version !== b.cidr?.version) continue;
      if (a.pool === undefined || b.pool === undefined || a.pool === b.pool) continue;
      const own = b.part === undefined ? a : b;
      const other = own === a ? b : a;
      if (own.part === undefined) continue;
      yield {
        resource: own.part.name,
        property: 'network',
        value: network.label,
        verdict: `has a subnet from ${other.pool === null ? 'no' : 'another'} subnet pool: ${other.label}`,
        hint: `take all IPv${a.cidr.version} subnets of a network from one pool`,
      };
    }
  }
};

/** Ranges that the project uses already: no error, but the two can never meet on one router. */
const elsewhere: Rule = function* ({net, there}) {
  const rows = new Set(
    (there.lists.subnets ?? [])
      .filter(row => (row['project_id'] ?? there.project) === there.project)
      .map(row => text(row['id'])),
  );
  const theirs = net.subnets.filter(({key}) => rows.has(key));
  for (const subnet of net.subnets) {
    if (subnet.part === undefined) continue;
    const same = theirs.filter(
      other => other.network !== subnet.network && doOverlap(subnet.cidr, other.cidr),
    );
    const [first] = same;
    if (first === undefined) continue;
    yield {
      resource: subnet.part.name,
      property: 'cidr',
      value: subnet.cidrText,
      verdict: `is in use in the project: by ${first.label} (${first.cidrText})${same.length > 1 ? ` and ${same.length - 1} more` : ''}`,
      hint: 'that is no error, but one router can never connect both',
      severity: 'warning',
    };
  }
};

export const subnets: Rule = together(own, ofOneNetwork, onePool, pools, elsewhere);
