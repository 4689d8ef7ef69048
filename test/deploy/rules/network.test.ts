/** Subnets, ports, routers, floating IPs, groups and trunks. */
import test from 'ava';
import {ref, said, table, type Resources} from './cases.ts';

const net: Resources = {net: ['Neutron::Net', {}]};
const subnet = (more: object, network = 'net'): Resources[string] => [
  'Neutron::Subnet',
  {network: ref(network), cidr: '10.0.0.0/24', ...more},
];
const port = (more: object, network = 'net'): Resources[string] => [
  'Neutron::Port',
  {network: ref(network), ...more},
];
const at = (address: string, on = 'sub') => ({fixed_ips: [{subnet: ref(on), ip_address: address}]});
const alone = (bad: object, good: object) => ({
  bad: {...net, sub: subnet(bad)},
  good: {...net, sub: subnet(good)},
});
const pool = (start: string, end: string) => ({start, end});
const leg = (more: object): Resources[string] => [
  'Neutron::RouterInterface',
  {router: ref('router'), ...more},
];
const router: Resources = {router: ['Neutron::Router', {}]};
const edge: Resources = {router: ['Neutron::Router', {external_gateway_info: {network: 'public'}}]};

const publicNet = {id: 'pub', name: 'public', project_id: 'p9', 'router:external': true, mtu: 1500};
const sharedNet = {id: 'sh', name: 'shared', project_id: 'p9', 'router:external': false, mtu: 1442};
const lists = {networks: [publicNet, sharedNet]};

table({
  'subnet: cidr that is none': {
    ...alone({cidr: '10.0.0.0/33'}, {cidr: '10.0.0.0/24'}),
    says: ['sub: cidr "10.0.0.0/33" is no range'],
  },
  'subnet: IP version': {
    ...alone({cidr: 'fd00::/64'}, {cidr: 'fd00::/64', ip_version: 6}),
    says: ['sub: cidr "fd00::/64" is IPv6, but ip_version is 4'],
  },
  'subnet: too small for DHCP': {
    ...alone(
      {cidr: '10.0.0.0/31', gateway_ip: ''},
      {cidr: '10.0.0.0/31', gateway_ip: '', enable_dhcp: false},
    ),
    says: ['sub: cidr "10.0.0.0/31" is too small for DHCP'],
  },
  'subnet: gateway inside its pool': {
    ...alone(
      {gateway_ip: '10.0.0.9', allocation_pools: [pool('10.0.0.9', '10.0.0.20')]},
      {gateway_ip: '10.0.0.9', allocation_pools: [pool('10.0.0.10', '10.0.0.20')]},
    ),
    says: ['sub: gateway_ip "10.0.0.9" lies in the allocation pool 10.0.0.9-10.0.0.20'],
  },
  "subnet: Neutron's own gateway inside the pool": {
    ...alone(
      {allocation_pools: [pool('10.0.0.1', '10.0.0.20')]},
      {gateway_ip: '', allocation_pools: [pool('10.0.0.1', '10.0.0.20')]},
    ),
    says: ['sub: gateway_ip "10.0.0.1" lies in the allocation pool'],
  },
  'subnet: gateway of another version': {
    ...alone({gateway_ip: 'fd00::1'}, {gateway_ip: '10.0.9.9'}),
    says: ['sub: gateway_ip "fd00::1" is of another IP version'],
  },
  'subnet: pool beyond the addresses': {
    ...alone(
      {allocation_pools: [pool('10.0.0.10', '10.0.0.255')]},
      {allocation_pools: [pool('10.0.0.10', '10.0.0.254')]},
    ),
    says: ['sub: allocation_pools[0] "10.0.0.10-10.0.0.255" reaches beyond'],
  },
  'subnet: pool the wrong way round': {
    ...alone(
      {allocation_pools: [pool('10.0.0.20', '10.0.0.10')]},
      {allocation_pools: [pool('10.0.0.20', '10.0.0.20')]},
    ),
    says: ['sub: allocation_pools[0] "10.0.0.20-10.0.0.10" ends before'],
  },
  'subnet: pools that overlap': {
    ...alone(
      {allocation_pools: [pool('10.0.0.10', '10.0.0.20'), pool('10.0.0.20', '10.0.0.30')]},
      {allocation_pools: [pool('10.0.0.10', '10.0.0.19'), pool('10.0.0.20', '10.0.0.30')]},
    ),
    says: ['sub: allocation_pools overlap: 10.0.0.10-10.0.0.20 and 10.0.0.20-10.0.0.30'],
  },
  'subnet: name server of another version, and one that is no address': {
    ...alone({dns_nameservers: ['fd00::53', 'ns1']}, {dns_nameservers: ['9.9.9.9']}),
    says: ['sub: dns_nameservers[0] "fd00::53" is of another', 'sub: dns_nameservers[1] "ns1" is no address'],
  },
  'subnet: six name servers': {
    ...alone(
      {dns_nameservers: [1, 2, 3, 4, 5, 6].map(n => `9.9.9.${n}`)},
      {dns_nameservers: [1, 2, 3, 4, 5].map(n => `9.9.9.${n}`)},
    ),
    says: ['~sub: dns_nameservers has 6 entries; Neutron takes 5'],
  },
  'subnets of one network that overlap': {
    bad: {...net, a: subnet({}), b: subnet({cidr: '10.0.0.128/25'})},
    says: ['b: cidr "10.0.0.128/25" overlaps with 10.0.0.0/24 of a'],
    good: {
      ...net,
      a: subnet({}),
      b: subnet({cidr: '10.0.1.0/24'}),
      other: ['Neutron::Net', {}],
      c: subnet({}, 'other'),
    },
  },
  'a subnet that overlaps with one of the network there': {
    bad: {a: ['Neutron::Subnet', {network: 'shared', cidr: '10.9.1.0/24'}]},
    says: ['a: cidr "10.9.1.0/24" overlaps with 10.9.0.0/16 of theirs'],
    good: {a: ['Neutron::Subnet', {network: 'shared', cidr: '10.8.1.0/24'}]},
    lists: {
      ...lists,
      subnets: [{id: 's9', name: 'theirs', network_id: 'sh', cidr: '10.9.0.0/16', project_id: 'p9'}],
    },
  },
  'a range that the project uses is a warning': {
    bad: {...net, sub: subnet({})},
    says: ['~sub: cidr "10.0.0.0/24" is in use in the project: by old (10.0.0.0/16)'],
    good: {...net, sub: subnet({cidr: '10.1.0.0/24'})},
    lists: {subnets: [{id: 's1', name: 'old', network_id: 'n1', cidr: '10.0.0.0/16', project_id: 'p1'}]},
  },
  'a subnet outside its subnet pool': {
    bad: {
      ...net,
      pool: ['Neutron::SubnetPool', {prefixes: ['10.1.0.0/16']}],
      sub: subnet({value_specs: {subnetpool_id: ref('pool')}}),
    },
    says: ['sub: cidr "10.0.0.0/24" is not in its subnet pool, which has 10.1.0.0/16'],
    good: {
      ...net,
      pool: ['Neutron::SubnetPool', {prefixes: ['10.0.0.0/16']}],
      sub: subnet({value_specs: {subnetpool_id: ref('pool')}}),
    },
  },
  'subnets of one network from two pools': {
    bad: {
      ...net,
      pool: ['Neutron::SubnetPool', {prefixes: ['10.0.0.0/16']}],
      a: subnet({value_specs: {subnetpool_id: ref('pool')}}),
      b: subnet({cidr: '10.0.1.0/24'}),
    },
    says: ['b: network "net" has a subnet from another subnet pool: a'],
    good: {
      ...net,
      pool: ['Neutron::SubnetPool', {prefixes: ['10.0.0.0/16']}],
      a: subnet({value_specs: {subnetpool_id: ref('pool')}}),
      b: subnet({cidr: 'fd00::/64', ip_version: 6}),
    },
  },
  'subnets of one pool that overlap': {
    bad: {
      ...net,
      other: ['Neutron::Net', {}],
      pool: ['Neutron::SubnetPool', {prefixes: ['10.0.0.0/16']}],
      a: subnet({value_specs: {subnetpool_id: ref('pool')}}),
      b: subnet({value_specs: {subnetpool_id: ref('pool')}}, 'other'),
    },
    says: ['a: cidr "10.0.0.0/24" overlaps with 10.0.0.0/24 of b, taken from the same'],
    good: {...net, other: ['Neutron::Net', {}], a: subnet({}), b: subnet({}, 'other')},
  },
  'subnet pools of one address scope that overlap': {
    bad: {
      scope: ['Neutron::AddressScope', {}],
      a: ['Neutron::SubnetPool', {prefixes: ['10.0.0.0/16'], address_scope: ref('scope')}],
      b: ['Neutron::SubnetPool', {prefixes: ['10.0.5.0/24'], address_scope: ref('scope')}],
    },
    says: ['a: prefixes "10.0.0.0/16" overlaps with a prefix of b'],
    good: {
      scope: ['Neutron::AddressScope', {}],
      a: ['Neutron::SubnetPool', {prefixes: ['10.0.0.0/16'], address_scope: ref('scope')}],
      b: ['Neutron::SubnetPool', {prefixes: ['10.0.5.0/24']}],
    },
  },
  'network: an MTU above all there': {
    bad: {net: ['Neutron::Net', {value_specs: {mtu: 9000}}]},
    says: ['~net: value_specs.mtu 9000 is more than the 1500'],
    good: {net: ['Neutron::Net', {value_specs: {mtu: 1500}}]},
    lists,
  },
  'port: address outside its subnet': {
    bad: {...net, sub: subnet({}), p: port(at('10.0.1.9'))},
    says: ['p: fixed_ips[0].ip_address "10.0.1.9" is outside 10.0.0.0/24 of sub'],
    good: {...net, sub: subnet({}), p: port(at('10.0.0.9'))},
  },
  'port: address outside all subnets of its network': {
    bad: {...net, sub: subnet({}), p: port({fixed_ips: [{ip_address: '10.0.1.9'}]})},
    says: ['p: fixed_ips[0].ip_address "10.0.1.9" is outside'],
    good: {
      ...net,
      sub: subnet({}),
      more: subnet({cidr: '10.0.1.0/24'}),
      p: port({fixed_ips: [{ip_address: '10.0.1.9'}]}),
    },
  },
  'port: the broadcast address': {
    bad: {...net, sub: subnet({}), p: port(at('10.0.0.255'))},
    says: ['p: fixed_ips[0].ip_address "10.0.0.255" is no address that a port can have'],
    good: {...net, sub: subnet({cidr: 'fd00::/120', ip_version: 6}), p: port(at('fd00::ff'))},
  },
  'two ports on one address': {
    bad: {...net, sub: subnet({}), p: port(at('10.0.0.9')), q: port({fixed_ips: [{ip_address: '10.0.0.9'}]})},
    says: ['q: fixed_ips[0].ip_address "10.0.0.9" is taken by p'],
    good: {
      ...net,
      other: ['Neutron::Net', {}],
      sub: subnet({}),
      twin: subnet({}, 'other'),
      p: port(at('10.0.0.9')),
      q: port(at('10.0.0.9', 'twin'), 'other'),
    },
  },
  'an address that is taken there': {
    bad: {p: ['Neutron::Port', {network: 'own', fixed_ips: [{ip_address: '10.7.0.9'}]}]},
    says: ['p: fixed_ips[0].ip_address "10.7.0.9" is taken by old'],
    good: {p: ['Neutron::Port', {network: 'own', fixed_ips: [{ip_address: '10.7.0.8'}]}]},
    lists: {
      networks: [{id: 'own', name: 'own', project_id: 'p1'}],
      subnets: [{id: 's7', network_id: 'own', cidr: '10.7.0.0/24', project_id: 'p9'}],
      ports: [
        {id: 'x', name: 'old', network_id: 'own', fixed_ips: [{subnet_id: 's7', ip_address: '10.7.0.9'}]},
      ],
    },
  },
  "a port on the address of the router's leg": {
    bad: {...net, ...router, sub: subnet({}), in: leg({subnet: ref('sub')}), p: port(at('10.0.0.1'))},
    says: ['p: fixed_ips[0].ip_address "10.0.0.1" is taken by in'],
    good: {...net, ...router, sub: subnet({}), in: leg({port: ref('p')}), p: port(at('10.0.0.1'))},
  },
  'two ports with one MAC in a network': {
    bad: {...net, p: port({mac_address: 'fa:16:3e:00:00:01'}), q: port({mac_address: 'FA:16:3E:00:00:01'})},
    says: ['q: mac_address "fa:16:3e:00:00:01" is the one of p'],
    good: {
      ...net,
      other: ['Neutron::Net', {}],
      p: port({mac_address: 'fa:16:3e:00:00:01'}),
      q: port({mac_address: 'fa:16:3e:00:00:01'}, 'other'),
    },
  },
  'the address that the DHCP port takes': {
    bad: {...net, sub: subnet({}), p: port(at('10.0.0.2'))},
    says: ['p: fixed_ips[0].ip_address "10.0.0.2" is the lowest address of the pools of sub'],
    good: {...net, sub: subnet({allocation_pools: [pool('10.0.0.3', '10.0.0.9')]}), p: port(at('10.0.0.2'))},
    lists: {dhcpPorts: [{id: 'd', device_owner: 'network:distributed'}]},
  },
  'groups and address pairs without port security': {
    bad: {
      net: ['Neutron::Net', {port_security_enabled: false}],
      p: port({security_groups: ['web']}),
      q: port({port_security_enabled: false, allowed_address_pairs: [{ip_address: '10.0.0.7'}]}),
    },
    says: [
      'p: security_groups has 1 entry, but its network has port security off',
      'q: allowed_address_pairs has 1 entry, but port_security_enabled is false',
    ],
    good: {
      net: ['Neutron::Net', {port_security_enabled: false}],
      p: port({security_groups: ['web'], port_security_enabled: true}),
      q: port({security_groups: []}),
    },
  },
  'pinned on the network of others': {
    bad: {
      p: [
        'Neutron::Port',
        {network: 'shared', fixed_ips: [{ip_address: '10.9.0.7'}], mac_address: 'fa:16:3e:00:00:01'},
      ],
    },
    says: ['~p: fixed_ips[0].ip_address "10.9.0.7" on shared, a network of another', '~p: mac_address'],
    good: {p: ['Neutron::Port', {network: 'shared', fixed_ips: [{subnet: 'theirs'}]}]},
    lists,
  },
  'one port in two servers': {
    bad: {
      ...net,
      p: port({}),
      a: ['Nova::Server', {networks: [{port: ref('p')}]}],
      b: ['Nova::Server', {networks: [{network: ref('net')}, {port: ref('p')}]}],
    },
    says: ['b: networks[1].port "p" is in use by a'],
    good: {
      ...net,
      p: port({}),
      a: ['Nova::Server', {networks: [{port: ref('p')}]}],
      b: ['Nova::Server', {networks: [{network: ref('net')}]}],
    },
  },
  'an address pair twice': {
    bad: {...net, p: port({allowed_address_pairs: [{ip_address: '10.0.0.7'}, {ip_address: '10.0.0.7'}]})},
    says: ['p: allowed_address_pairs[1] "10.0.0.7" is there twice'],
    good: {
      ...net,
      p: port({
        allowed_address_pairs: [
          {ip_address: '10.0.0.7'},
          {ip_address: '10.0.0.7', mac_address: 'fa:16:3e:00:00:01'},
        ],
      }),
    },
  },
  'interface of a subnet without gateway': {
    bad: {...net, ...router, sub: subnet({gateway_ip: ''}), in: leg({subnet: ref('sub')})},
    says: ['in: subnet "sub" has no gateway address'],
    good: {
      ...net,
      ...router,
      sub: subnet({gateway_ip: ''}),
      p: port(at('10.0.0.9')),
      in: leg({port: ref('p')}),
    },
  },
  'overlapping interfaces': {
    bad: {
      ...net,
      ...router,
      other: ['Neutron::Net', {}],
      a: subnet({}),
      b: subnet({cidr: '10.0.0.0/25'}, 'other'),
      one: leg({subnet: ref('a')}),
      two: leg({subnet: ref('b')}),
    },
    says: ['two: subnet "b" has 10.0.0.0/25, which overlaps with 10.0.0.0/24 of one'],
    good: {
      ...net,
      ...router,
      other: ['Neutron::Net', {}],
      a: subnet({}),
      b: subnet({cidr: '10.0.1.0/25'}, 'other'),
      one: leg({subnet: ref('a')}),
      two: leg({subnet: ref('b')}),
    },
  },
  'an interface that overlaps with those of the router there': {
    bad: {...net, sub: subnet({}), in: ['Neutron::RouterInterface', {router: 'edge', subnet: ref('sub')}]},
    says: ['~sub: cidr', 'in: subnet "sub" has 10.0.0.0/24, which overlaps with 10.0.0.0/16 of old-leg'],
    good: {
      ...net,
      sub: subnet({cidr: '10.1.0.0/24'}),
      in: ['Neutron::RouterInterface', {router: 'edge', subnet: ref('sub')}],
    },
    lists: {
      routers: [{id: 'r1', name: 'edge', external_gateway_info: null}],
      subnets: [{id: 's1', name: 'old', network_id: 'n1', cidr: '10.0.0.0/16', project_id: 'p1'}],
      ports: [
        {
          id: 'x',
          name: 'old-leg',
          network_id: 'n1',
          device_owner: 'network:router_interface',
          device_id: 'r1',
          fixed_ips: [{subnet_id: 's1', ip_address: '10.0.0.1'}],
        },
      ],
    },
  },
  'one subnet on two routers': {
    bad: {
      ...net,
      ...router,
      second: ['Neutron::Router', {}],
      sub: subnet({}),
      one: leg({subnet: ref('sub')}),
      two: ['Neutron::RouterInterface', {router: ref('second'), subnet: ref('sub')}],
    },
    says: ['two: subnet "sub (10.0.0.1)" is taken by one'],
    good: {
      ...net,
      ...router,
      second: ['Neutron::Router', {}],
      sub: subnet({}),
      one: leg({subnet: ref('sub')}),
      p: port(at('10.0.0.9')),
      two: ['Neutron::RouterInterface', {router: ref('second'), port: ref('p')}],
    },
  },
  'a nexthop that is out of reach, and one that is the router': {
    bad: {
      ...net,
      ...router,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      far: [
        'Neutron::ExtraRoute',
        {router_id: ref('router'), destination: '10.5.0.0/24', nexthop: '10.2.0.9'},
      ],
      own: [
        'Neutron::ExtraRoute',
        {router_id: ref('router'), destination: '10.6.0.0/24', nexthop: '10.0.0.1'},
      ],
    },
    says: ['far: nexthop "10.2.0.9" is on no subnet', 'own: nexthop "10.0.0.1" is the router\'s own'],
    good: {
      ...net,
      ...router,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      far: [
        'Neutron::ExtraRoute',
        {router_id: ref('router'), destination: '10.5.0.0/24', nexthop: '10.0.0.9'},
      ],
    },
  },
  'behind a gateway a nexthop is a warning': {
    bad: {
      ...edge,
      far: [
        'Neutron::ExtraRouteSet',
        {router: ref('router'), routes: [{destination: '10.5.0.0/24', nexthop: '10.2.0.9'}]},
      ],
    },
    says: ['~far: routes[0].nexthop "10.2.0.9" is on no subnet'],
    good: edge,
    lists,
  },
  'a gateway that is not external': {
    bad: {
      ...net,
      router: ['Neutron::Router', {external_gateway_info: {network: 'shared'}}],
      fip: ['Neutron::FloatingIP', {floating_network: ref('net')}],
    },
    says: [
      'router: external_gateway_info.network "shared" is no external',
      'fip: floating_network "net" is no external',
    ],
    good: {...edge, fip: ['Neutron::FloatingIP', {floating_network: 'public'}]},
    lists,
  },
  'a floating IP without a way': {
    bad: {
      ...net,
      ...router,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      p: port(at('10.0.0.9')),
      fip: ['Neutron::FloatingIP', {floating_network: 'public', port_id: ref('p')}],
    },
    says: ['fip: port_id "p" is on sub, which no router connects to public'],
    good: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      p: port(at('10.0.0.9')),
      fip: ['Neutron::FloatingIP', {floating_network: 'public', port_id: ref('p')}],
    },
    lists,
  },
  'a floating IP that may come before its way': {
    bad: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      p: port({}),
      fip: ['Neutron::FloatingIP', {floating_network: 'public', port_id: ref('p')}],
    },
    says: ['~fip: port_id "p" may be made before in'],
    good: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      p: port({}),
      fip: ['Neutron::FloatingIP', {floating_network: 'public', port_id: ref('p')}, 'in'],
    },
    lists,
  },
  'a floating IP for two IPv4 addresses': {
    bad: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      p: port({fixed_ips: [{subnet: ref('sub')}, {subnet: ref('sub')}]}),
      fip: ['Neutron::FloatingIP', {floating_network: 'public', port_id: ref('p')}],
    },
    says: ['fip: port_id "p" has 2 IPv4 addresses'],
    good: {
      ...net,
      ...edge,
      sub: subnet({}),
      six: subnet({cidr: 'fd00::/64', ip_version: 6}),
      in: leg({subnet: ref('sub')}),
      p: port({fixed_ips: [{subnet: ref('sub')}, {subnet: ref('six')}]}),
      fip: ['Neutron::FloatingIP', {floating_network: 'public', port_id: ref('p')}],
    },
    lists,
  },
  'two floating IPs for one address, and one for none of it': {
    bad: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      p: port(at('10.0.0.9')),
      one: ['Neutron::FloatingIP', {floating_network: 'public', port_id: ref('p')}],
      two: ['Neutron::FloatingIP', {floating_network: 'public', port_id: ref('p')}],
      odd: [
        'Neutron::FloatingIP',
        {floating_network: 'public', port_id: ref('p'), fixed_ip_address: '10.0.0.8'},
      ],
    },
    says: [
      'odd: fixed_ip_address "10.0.0.8" is no address of p',
      'two: port_id "p" has a floating IP of that network already: one',
    ],
    good: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      p: port({
        fixed_ips: [
          {subnet: ref('sub'), ip_address: '10.0.0.9'},
          {subnet: ref('sub'), ip_address: '10.0.0.10'},
        ],
      }),
      one: [
        'Neutron::FloatingIP',
        {floating_network: 'public', port_id: ref('p'), fixed_ip_address: '10.0.0.9'},
      ],
      two: [
        'Neutron::FloatingIP',
        {floating_network: 'public', port_id: ref('p'), fixed_ip_address: '10.0.0.10'},
      ],
    },
    lists,
  },
  'an external network that is full': {
    bad: {...edge, fip: ['Neutron::FloatingIP', {floating_network: 'public'}]},
    says: [
      'router: external_gateway_info.network "public" has 1 free addresses of 9, and the template needs 2: 1 short',
    ],
    good: edge,
    lists: {...lists, availability: [{network_id: 'pub', total_ips: 9, used_ips: 8}]},
  },
  'rules of a group': {
    bad: {
      g: [
        'Neutron::SecurityGroup',
        {
          rules: [
            {protocol: 'tcp', port_range_min: 90, port_range_max: 80},
            {protocol: 'udp', port_range_min: 53},
            {protocol: 'tcp', port_range_min: 0, port_range_max: 9},
            {port_range_min: 80, port_range_max: 80},
            {protocol: 'icmp', port_range_min: 300},
            {protocol: 'icmp', port_range_max: 3},
            {protocol: 'esp', port_range_min: 3, port_range_max: 3},
            {protocol: 'tcp', remote_ip_prefix: 'fd00::/64'},
            {protocol: 'ipv6-icmp'},
            {protocol: 'tcp', remote_ip_prefix: 'office'},
          ],
        },
      ],
    },
    says: [
      'g: rules[0].port_range_min 90 is above port_range_max 80',
      'g: rules[1].port_range_min 53 is only one end',
      'g: rules[2].port_range_min 0 is port 0',
      'g: rules[3].port_range_min 80 needs a protocol',
      'g: rules[4].port_range_min 300 is no ICMP type',
      'g: rules[5].port_range_max 3 is an ICMP code without a type',
      'g: rules[6].port_range_min 3 is for protocols with ports',
      'g: rules[7].remote_ip_prefix "fd00::/64" is IPv6, but ethertype is IPv4',
      'g: rules[8].protocol "ipv6-icmp" is for IPv6',
      'g: rules[9].remote_ip_prefix "office" is no range',
    ],
    good: {
      g: [
        'Neutron::SecurityGroup',
        {
          rules: [
            {protocol: 'tcp', port_range_min: 80, port_range_max: 80},
            {protocol: 'icmp', port_range_min: 0, port_range_max: 0},
            {protocol: 'icmp', port_range_min: 8},
            {protocol: 'esp'},
            {},
            {protocol: 'tcp', ethertype: 'IPv6', remote_ip_prefix: 'fd00::/64'},
            {protocol: 'ipv6-icmp', ethertype: 'IPv6'},
            {protocol: 'tcp', remote_ip_prefix: '10.0.0.5/24'},
          ],
        },
      ],
    },
  },
  'a rule twice': {
    bad: {
      g: [
        'Neutron::SecurityGroup',
        {rules: [{protocol: 'tcp'}, {protocol: '6', remote_ip_prefix: '0.0.0.0/0'}]},
      ],
      r: ['Neutron::SecurityGroupRule', {security_group: ref('g')}],
    },
    says: [
      '~g: rules[1] has that very rule already: g rules[0]',
      'r: security_group "g" has that very rule already: g rules[0]',
    ],
    good: {
      g: ['Neutron::SecurityGroup', {rules: [{protocol: 'tcp'}]}],
      h: ['Neutron::SecurityGroup', {rules: [{protocol: 'tcp'}, {protocol: 'tcp', direction: 'egress'}]}],
      r: ['Neutron::SecurityGroupRule', {security_group: ref('g'), remote_group: ref('g')}],
    },
  },
  'trunks: a port and a segment twice': {
    bad: {
      ...net,
      a: port({}),
      b: port({}),
      c: port({}),
      t: [
        'Neutron::Trunk',
        {
          port: ref('a'),
          sub_ports: [
            {port: ref('b'), segmentation_id: 5},
            {port: ref('c'), segmentation_id: 5},
          ],
        },
      ],
      u: ['Neutron::Trunk', {port: ref('b')}],
    },
    says: [
      'u: port "b" is in a trunk already: t, sub_ports[0]',
      't: sub_ports[1].segmentation_id "5" is taken by sub_ports[0]',
    ],
    good: {
      ...net,
      a: port({}),
      b: port({}),
      c: port({}),
      t: [
        'Neutron::Trunk',
        {
          port: ref('a'),
          sub_ports: [
            {port: ref('b'), segmentation_id: 5},
            {port: ref('c'), segmentation_id: 6},
          ],
        },
      ],
    },
  },
  'what members may not': {
    bad: {
      net: ['Neutron::Net', {shared: true}],
      router: ['Neutron::Router', {external_gateway_info: {network: 'public', enable_snat: false}}],
      fip: ['Neutron::FloatingIP', {floating_network: 'public', floating_ip_address: '192.0.2.9'}],
      p: port({value_specs: {'binding:profile': {a: 'b'}}}),
    },
    says: [
      '~net: shared true',
      '~router: external_gateway_info.enable_snat false',
      '~fip: floating_ip_address',
      '~p: value_specs.binding:profile',
    ],
    good: {net: ['Neutron::Net', {shared: false}], p: port({value_specs: {description: 'x'}})},
    lists,
  },
  'VPN: not connected, no gateway, dpd, peers': {
    bad: {
      ...net,
      ...router,
      sub: subnet({}),
      vpn: ['Neutron::VPNService', {router: ref('router'), subnet: ref('sub')}],
      tunnel: [
        'Neutron::IPsecSiteConnection',
        {vpnservice_id: ref('vpn'), dpd: {}, mtu: 60, peer_cidrs: ['10.0.0.0/16', 'there']},
      ],
    },
    says: [
      'vpn: router "router" has no external gateway',
      'vpn: subnet "sub" is not connected to router',
      'tunnel: dpd is sent by Heat',
      'tunnel: mtu 60',
      '~tunnel: peer_cidrs[0] "10.0.0.0/16" overlaps',
      'tunnel: peer_cidrs[1] "there" is no range',
    ],
    good: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      vpn: ['Neutron::VPNService', {router: ref('router'), subnet: ref('sub')}, 'in'],
      tunnel: [
        'Neutron::IPsecSiteConnection',
        {vpnservice_id: ref('vpn'), mtu: 1400, peer_cidrs: ['10.1.0.0/16']},
      ],
    },
  },
  'VPN: before its interface': {
    bad: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      vpn: ['Neutron::VPNService', {router: ref('router'), subnet: ref('sub')}],
    },
    says: ['~vpn: subnet "sub" may not be connected'],
    good: {
      ...net,
      ...edge,
      sub: subnet({}),
      in: leg({subnet: ref('sub')}),
      vpn: ['Neutron::VPNService', {router: ref('router'), subnet: ref('sub')}, 'in'],
    },
  },
});

test('what admins do is not held against them', t => {
  t.deepEqual(said({net: ['Neutron::Net', {shared: true}]}, {isAdmin: true}), []);
});

test('a DHCP port is expected where nothing speaks against it, and not where the project has none', t => {
  const pinned: Resources = {...net, sub: subnet({}), p: port(at('10.0.0.2'))};
  const subnets = [{id: 's1', network_id: 'n1', cidr: '10.5.0.0/24', enable_dhcp: true, project_id: 'p1'}];
  t.is(said(pinned, {lists: {dhcpPorts: []}}).length, 1);
  t.true(said(pinned)[0]?.startsWith('~p: '));
  t.true(
    said(pinned, {lists: {dhcpPorts: [{device_owner: 'network:dhcp'}], subnets}})[0]?.startsWith('~p: '),
  );
  t.deepEqual(said(pinned, {lists: {dhcpPorts: [], subnets}}), []);
});

test('what is not known is not judged', t => {
  const all: Resources = {
    net: ['Neutron::Net', {port_security_enabled: {get_param: 'gone'}}],
    router: ['Neutron::Router', {external_gateway_info: {get_param: 'gone'}}],
    sub: subnet({
      cidr: {get_attr: ['x', 'cidr']},
      allocation_pools: {get_param: 'gone'},
      gateway_ip: {get_param: 'gone'},
    }),
    in: ['Neutron::RouterInterface', {router: {get_param: 'gone'}, subnet: ref('sub')}],
    p: port({
      fixed_ips: [{subnet: ref('sub'), ip_address: {get_attr: ['x', 'y']}}],
      security_groups: {get_param: 'gone'},
    }),
    q: port({fixed_ips: {get_param: 'gone'}, mac_address: {get_param: 'gone'}}),
    fip: ['Neutron::FloatingIP', {floating_network: {get_param: 'gone'}, port_id: ref('p')}],
    far: [
      'Neutron::ExtraRoute',
      {router_id: ref('router'), destination: {get_param: 'gone'}, nexthop: '10.2.0.9'},
    ],
    vpn: ['Neutron::VPNService', {router: ref('router'), subnet: ref('sub')}],
    g: [
      'Neutron::SecurityGroup',
      {
        rules: [
          {get_param: 'gone'},
          {get_param: 'gone'},
          {protocol: {get_param: 'gone'}, port_range_min: 1, port_range_max: 2},
        ],
      },
    ],
    r: ['Neutron::SecurityGroupRule', {security_group: {get_param: 'gone'}, protocol: {get_param: 'gone'}}],
    t: ['Neutron::Trunk', {port: {get_param: 'gone'}, sub_ports: {get_param: 'gone'}}],
  };
  t.deepEqual(
    said(all, {lists}).filter(line => !line.startsWith('~')),
    [],
  );
});
