/** Networks and subnets: every form of addressing, and names that are twins, numbers or missing. */
import type {Row} from './api.ts';
import {merge, network, setTags, subnet} from './make.ts';
import {attempt, type Site} from './site.ts';

async function plainNetworks({api}: Site): Promise<Record<string, Row>> {
  const empty = await network(api, {name: 'empty', description: 'no subnet yet'});
  const closed = await network(api, {name: 'closed', admin_state_up: false});
  const small = await network(api, {name: 'small-mtu', mtu: 1400});
  const open = await network(api, {name: 'insecure', port_security_enabled: false});
  const tagged = await network(api, {name: 'tagged', description: 'a network, with "tags"'});
  await setTags(api, `/networks/${tagged.id}`, ['env:dev', 'no', 'a b']);
  // A key that looks like a number is moved to the front of an object by JavaScript.
  const hundred = await network(api, {name: '100'});
  return {
    empty,
    closed,
    smallMtu: small,
    smallMtuSubnet: await subnet(api, small, '10.20.1.0/24', {name: 'small-mtu'}),
    insecure: open,
    insecureSubnet: await subnet(api, open, '10.20.2.0/24', {name: 'insecure'}),
    tagged,
    hundred,
    hundredSubnet: await subnet(api, hundred, '10.20.3.0/24', {name: '100'}),
  };
}

/** Two networks of one name with subnets of one name, and two with no name at all. */
async function twins({api}: Site): Promise<Record<string, Row>> {
  const first = await network(api, {name: 'twin'});
  const second = await network(api, {name: 'twin'});
  const nameless = await network(api, {});
  const alsoNameless = await network(api, {name: ''});
  return {
    twin: first,
    twinSubnet: await subnet(api, first, '10.21.0.0/24', {name: 'twin'}),
    otherTwin: second,
    otherTwinSubnet: await subnet(api, second, '10.21.1.0/24', {name: 'twin'}),
    // The same range on another network: legal, and nothing but the network tells the two apart.
    sameRangeSubnet: await subnet(api, second, '10.21.3.0/24', {name: 'twin'}),
    nameless,
    namelessSubnet: await subnet(api, nameless, '10.21.0.0/24'),
    alsoNameless,
    alsoNamelessSubnet: await subnet(api, alsoNameless, '10.21.2.0/24'),
  };
}

async function subnetForms({api}: Site): Promise<Record<string, Row>> {
  const on = await network(api, {name: 'many-subnets'});
  return {
    many: on,
    noGateway: await subnet(api, on, '10.22.0.0/24', {name: 'no-gateway', gateway_ip: null}),
    noDhcp: await subnet(api, on, '10.22.1.0/24', {name: 'no-dhcp', enable_dhcp: false}),
    lastGateway: await subnet(api, on, '10.22.2.0/24', {name: 'last-gateway', gateway_ip: '10.22.2.254'}),
    pools: await subnet(api, on, '10.22.3.0/24', {
      name: 'several-pools',
      description: 'pools not in order of address',
      allocation_pools: [
        {start: '10.22.3.100', end: '10.22.3.120'},
        {start: '10.22.3.10', end: '10.22.3.19'},
        {start: '10.22.3.50', end: '10.22.3.50'},
      ],
    }),
    routes: await subnet(api, on, '10.22.4.0/24', {
      name: 'host-routes',
      host_routes: [
        {destination: '192.168.7.0/24', nexthop: '10.22.4.7'},
        {destination: '0.0.0.0/0', nexthop: '10.22.4.1'},
        {destination: '169.254.169.254/32', nexthop: '10.22.4.2'},
      ],
    }),
    // Resolvers are asked in this order; sorting them would change what the servers do.
    resolvers: await subnet(api, on, '10.22.5.0/24', {
      name: 'resolvers',
      dns_nameservers: ['9.9.9.9', '1.1.1.1', '8.8.8.8'],
    }),
    tiny: await subnet(api, on, '10.22.6.0/30', {name: 'tiny'}),
    poolIsAll: await subnet(api, on, '10.22.7.0/29', {
      name: 'pool-holds-gateway-hole',
      gateway_ip: '10.22.7.3',
    }),
  };
}

const both = (mode: string): Record<string, string> => ({ipv6_ra_mode: mode, ipv6_address_mode: mode});

async function versionSix({api}: Site): Promise<Record<string, Row>> {
  const slaac = await network(api, {name: 'dual-slaac'});
  const stateful = await network(api, {name: 'dual-stateful'});
  const stateless = await network(api, {name: 'dual-stateless'});
  const bare = await network(api, {name: 'six-only'});
  return {
    slaac,
    slaacFour: await subnet(api, slaac, '10.23.0.0/24', {name: 'dual-slaac-4'}),
    slaacSix: await subnet(api, slaac, 'fd00:23:0::/64', {name: 'dual-slaac-6', ...both('slaac')}),
    stateful,
    statefulFour: await subnet(api, stateful, '10.23.1.0/24', {name: 'dual-stateful-4'}),
    statefulSix: await subnet(api, stateful, 'fd00:23:1::/64', {
      name: 'dual-stateful-6',
      dns_nameservers: ['2620:fe::fe'],
      ...both('dhcpv6-stateful'),
    }),
    stateless,
    statelessFour: await subnet(api, stateless, '10.23.2.0/24', {name: 'dual-stateless-4'}),
    statelessSix: await subnet(api, stateless, 'fd00:23:2::/64', {
      name: 'dual-stateless-6',
      ...both('dhcpv6-stateless'),
    }),
    bare,
    bareSix: await subnet(api, bare, 'fd00:23:3::/64', {name: 'six-without-modes'}),
    sixNoGateway: await subnet(api, bare, 'fd00:23:4::/64', {name: 'six-no-gateway', gateway_ip: null}),
    onlyAddressMode: await subnet(api, bare, 'fd00:23:5::/64', {
      name: 'six-address-mode-only',
      ipv6_address_mode: 'slaac',
    }),
  };
}

/** A scope, pools with and without it, and subnets drawn from a pool or placed in one by cidr. */
async function pools(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const pool = (fields: Record<string, unknown>): Promise<Row> =>
    api.create('network', '/subnetpools', 'subnetpool', fields);
  const scope = await api.create('network', '/address-scopes', 'address_scope', {
    name: 'office',
    ip_version: 4,
  });
  const scopeSix = await api.create('network', '/address-scopes', 'address_scope', {
    name: 'office',
    ip_version: 6,
  });
  const scoped = await pool({
    name: 'office-pool',
    description: 'in the scope',
    prefixes: ['10.24.0.0/17', '10.24.128.0/17'],
    default_prefixlen: 26,
    min_prefixlen: 20,
    max_prefixlen: 30,
    address_scope_id: scope.id,
  });
  const plain = await pool({name: 'lab-pool', prefixes: ['10.25.0.0/16', '10.26.0.0/16']});
  const nameless = await attempt(site, 'a subnet pool without a name', () =>
    pool({name: '', prefixes: ['10.27.0.0/16']}),
  );
  const six = await pool({name: 'six-pool', prefixes: ['fd00:24::/48'], address_scope_id: scopeSix.id});
  const drawn = await network(api, {name: 'from-pool'});
  const placed = await network(api, {name: 'inside-pool'});
  const draw = (on: Row, name: string, from: Row, fields: Record<string, unknown>): Promise<Row> =>
    api.create('network', '/subnets', 'subnet', {network_id: on.id, name, subnetpool_id: from.id, ...fields});
  return {
    scope,
    scopeSix,
    scoped,
    plain,
    ...(nameless === undefined ? {} : {namelessPool: nameless}),
    six,
    drawn,
    drawnSubnet: await draw(drawn, 'from-pool', scoped, {ip_version: 4, prefixlen: 27}),
    drawnDefault: await draw(drawn, 'from-pool-default-length', scoped, {ip_version: 4}),
    drawnSix: await draw(drawn, 'from-pool-6', six, {ip_version: 6}),
    placed,
    placedSubnet: await draw(placed, 'inside-pool', plain, {ip_version: 4, cidr: '10.26.7.0/24'}),
  };
}

export async function buildNetworks(site: Site): Promise<Record<string, Row>> {
  const parts = await Promise.all([
    plainNetworks(site),
    twins(site),
    subnetForms(site),
    versionSix(site),
    pools(site),
  ]);
  return merge(...parts);
}
