/** Servers, volumes, load balancers, DNS, storage, lengths and references. */
import test from 'ava';
import {ref, said, table, type Resources} from './cases.ts';

const none = [{allocate_network: 'none'}];
const server = (more: object): Resources[string] => ['Nova::Server', {networks: none, ...more}];
const lb: Resources = {
  net: ['Neutron::Net', {}],
  sub: ['Neutron::Subnet', {network: ref('net'), cidr: '10.0.0.0/24'}],
};
const balancer = (more: object = {}): Resources[string] => [
  'Octavia::LoadBalancer',
  {vip_subnet: ref('sub'), ...more},
];
const listener = (more: object): Resources[string] => [
  'Octavia::Listener',
  {loadbalancer: ref('lb'), protocol: 'HTTP', protocol_port: 80, ...more},
];
const poolOf = (protocol: string, more: object = {}): Resources[string] => [
  'Octavia::Pool',
  {loadbalancer: ref('lb'), protocol, ...more},
];
const zone: Resources = {zone: ['Designate::Zone', {name: 'example.org.', email: 'a@example.org'}]};
const records = (
  name: string,
  type: string,
  list: readonly string[] = ['x'],
  on = 'zone',
): Resources[string] => ['Designate::RecordSet', {zone: ref(on), name, type, records: list}];
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEimLGhRQesTeO8xXrTRHXUC8r8K29n5R1TZS6P3OrzS';
const long = 'x'.repeat(256);

const images = [{id: 'i1', name: 'debian', min_disk: 10, min_ram: 1024, size: 3 * 1024 ** 3}];
const flavors = [
  {id: 'f1', name: 'tiny', disk: 5, ram: 512},
  {id: 'f2', name: 'fit', disk: 10, ram: 1024},
  {id: 'f3', name: 'nodisk', disk: 0, ram: 1024},
];

table({
  'server without networks': {
    bad: {a: ['Nova::Server', {}], b: ['Nova::Server', {networks: []}]},
    says: ['a: networks is missing', 'b: networks is missing'],
    good: {a: server({}), b: ['Nova::Server', {networks: {get_param: 'nics'}}]},
  },
  'image too big for the flavor': {
    bad: {a: server({flavor: 'tiny', image: 'debian'})},
    says: ['a: flavor "tiny" has a disk of 5 GiB', 'a: flavor "tiny" has 512 MiB of RAM'],
    good: {a: server({flavor: 'fit', image: 'debian'}), b: server({flavor: 'nodisk', image: 'i1'})},
    lists: {images, flavors},
  },
  'two disks to boot from': {
    bad: {
      a: server({
        block_device_mapping_v2: [
          {volume_id: 'v', boot_index: 0},
          {volume_id: 'w', boot_index: 0},
        ],
      }),
    },
    says: ['a: block_device_mapping_v2 has 2 disks with boot_index 0'],
    good: {
      a: server({
        block_device_mapping_v2: [
          {volume_id: 'v', boot_index: 0},
          {volume_id: 'w', boot_index: -1},
        ],
      }),
    },
  },
  'disks below what the image needs': {
    bad: {
      v: ['Cinder::Volume', {size: 9, image: 'debian'}],
      a: server({block_device_mapping_v2: [{image: 'i1', volume_size: 9, boot_index: 0}]}),
    },
    says: [
      'a: block_device_mapping_v2[0].volume_size 9 is less than the 10 GiB',
      'v: size 9 is less than the 10 GiB',
    ],
    good: {
      v: ['Cinder::Volume', {size: 10, image: 'debian'}],
      w: ['Cinder::Volume', {size: 1, image: 'other'}],
    },
    lists: {images, flavors},
  },
  'a volume smaller than its source': {
    bad: {a: ['Cinder::Volume', {size: 9}], b: ['Cinder::Volume', {size: 8, source_volid: ref('a')}]},
    says: ['b: size 8 is less than the 9 GiB of a'],
    good: {a: ['Cinder::Volume', {size: 9}], b: ['Cinder::Volume', {size: 9, source_volid: ref('a')}]},
  },
  'zones that are not there': {
    bad: {
      a: server({availability_zone: 'moon'}),
      v: ['Cinder::Volume', {size: 1, availability_zone: 'moon'}],
    },
    says: ['a: availability_zone "moon" is no zone', 'v: availability_zone "moon" is no zone'],
    good: {
      a: server({availability_zone: 'nova:host-1'}),
      v: ['Cinder::Volume', {size: 1, availability_zone: 'nova'}],
    },
    lists: {zones: [{zoneName: 'nova'}], volumeZones: [{zoneName: 'nova'}]},
  },
  'a public key that is none': {
    bad: {
      a: ['Nova::KeyPair', {name: 'a', public_key: 'mine'}],
      b: ['Nova::KeyPair', {name: 'b', public_key: 'ssh-rsa AAAAB3'}],
    },
    says: ['a: public_key "mine" begins with no type', 'b: public_key "ssh-rsa AAAAB3" is no SSH key'],
    good: {
      a: ['Nova::KeyPair', {name: 'a', public_key: `${key} me`}],
      x: ['Nova::KeyPair', {name: 'x', public_key: '-----BEGIN CERTIFICATE-----', type: 'x509'}],
    },
  },
  'a volume at one server twice': {
    bad: {
      v: ['Cinder::Volume', {size: 1}],
      a: server({block_device_mapping_v2: [{volume_id: ref('v')}]}),
      at: ['Cinder::VolumeAttachment', {instance_uuid: ref('a'), volume_id: ref('v')}],
    },
    says: ['at: volume_id "v" is attached to a already'],
    good: {
      v: ['Cinder::Volume', {size: 1}],
      a: server({block_device_mapping_v2: [{volume_id: ref('v')}]}),
      b: server({}),
      at: ['Cinder::VolumeAttachment', {instance_uuid: ref('b'), volume_id: ref('v')}],
    },
  },
  'tags of a server': {
    bad: {a: server({tags: ['a/b', 'y'.repeat(61)]})},
    says: ['a: tags[0] "a/b" has a "/"', 'a: tags[1]'],
    good: {a: server({tags: ['a:b', 'y'.repeat(60)]})},
  },
  'texts that are too long': {
    bad: {
      a: server({name: long, metadata: {k: long, [long]: 'v'}}),
      net: ['Neutron::Net', {value_specs: {description: long}}],
      lb: ['Octavia::LoadBalancer', {description: long}],
    },
    says: [
      'a: name "xxxxxxxxxxxxxxxxxxxx…" has 256 characters',
      'a: metadata.k',
      'a: metadata key',
      'net: value_specs.description',
      'lb: description',
    ],
    good: {
      a: server({name: '😀'.repeat(255), metadata: {k: long.slice(1)}}),
      v: ['Cinder::Volume', {size: 1, description: long}],
    },
  },
  'a VIP outside its subnet, and a provider that is not there': {
    bad: {...lb, lb: balancer({vip_address: '10.0.1.9', provider: 'f5'})},
    says: ['lb: vip_address "10.0.1.9" is outside 10.0.0.0/24 of sub', 'lb: provider "f5" is no provider'],
    good: {...lb, lb: balancer({vip_address: '10.0.0.9', provider: 'ovn'})},
    lists: {providers: [{name: 'amphora'}, {name: 'ovn'}]},
  },
  'a pool that does not go with its listener': {
    bad: {...lb, lb: balancer(), p: poolOf('HTTP'), l: listener({protocol: 'UDP', default_pool: ref('p')})},
    says: ['l: default_pool "p" puts a pool for HTTP behind a listener for UDP'],
    good: {...lb, lb: balancer(), p: poolOf('PROXY'), l: listener({protocol: 'TCP', default_pool: ref('p')})},
  },
  'two listeners on one port': {
    bad: {...lb, lb: balancer(), a: listener({}), b: listener({protocol: 'TCP'})},
    says: ['b: protocol_port 80 is taken by a'],
    good: {
      ...lb,
      lb: balancer(),
      other: balancer(),
      a: listener({}),
      b: listener({protocol: 'UDP'}),
      c: listener({loadbalancer: ref('other')}),
    },
  },
  'a listener without its certificate': {
    bad: {...lb, lb: balancer(), l: listener({protocol: 'TERMINATED_HTTPS'})},
    says: ['l: default_tls_container_ref is missing'],
    good: {
      ...lb,
      lb: balancer(),
      l: listener({protocol: 'TERMINATED_HTTPS', default_tls_container_ref: {get_param: 'cert'}}),
    },
  },
  'health monitors': {
    bad: {
      ...lb,
      lb: balancer(),
      p: poolOf('HTTP'),
      u: poolOf('UDP'),
      m: ['Octavia::HealthMonitor', {pool: ref('p'), type: 'UDP-CONNECT'}],
      n: ['Octavia::HealthMonitor', {pool: ref('u'), type: 'PING'}],
      o: ['Octavia::HealthMonitor', {pool: ref('u'), type: 'HTTP'}],
    },
    says: [
      'm: type "UDP-CONNECT" does not go',
      'n: type "PING" does not go',
      'o: pool "u" has a health monitor already: n',
    ],
    good: {
      ...lb,
      lb: balancer(),
      p: poolOf('HTTP'),
      u: poolOf('UDP'),
      m: ['Octavia::HealthMonitor', {pool: ref('p'), type: 'PING'}],
      n: ['Octavia::HealthMonitor', {pool: ref('u'), type: 'HTTP'}],
    },
  },
  'what OVN can not balance': {
    bad: {
      ...lb,
      lb: balancer({provider: 'ovn'}),
      l: listener({}),
      p: poolOf('TCP', {lb_algorithm: 'ROUND_ROBIN'}),
    },
    says: ['l: protocol "HTTP" is nothing', 'p: lb_algorithm "ROUND_ROBIN" is nothing'],
    good: {
      ...lb,
      lb: balancer({provider: 'ovn'}),
      l: listener({protocol: 'TCP'}),
      p: poolOf('TCP', {lb_algorithm: 'SOURCE_IP_PORT'}),
    },
  },
  'a member twice': {
    bad: {
      ...lb,
      lb: balancer(),
      p: poolOf('TCP'),
      a: ['Octavia::PoolMember', {pool: ref('p'), address: '10.0.0.9', protocol_port: 80}],
      b: ['Octavia::PoolMember', {pool: ref('p'), address: '10.0.0.9', protocol_port: '80'}],
    },
    says: ['b: address "10.0.0.9" is in the pool already'],
    good: {
      ...lb,
      lb: balancer(),
      p: poolOf('TCP'),
      a: ['Octavia::PoolMember', {pool: ref('p'), address: '10.0.0.9', protocol_port: 80}],
      b: ['Octavia::PoolMember', {pool: ref('p'), address: '10.0.0.9', protocol_port: 81}],
    },
  },
  'a zone without its dot, and a zone twice': {
    bad: {
      a: ['Designate::Zone', {name: 'example.org'}],
      b: ['Designate::Zone', {name: 'x.org.'}],
      c: ['Designate::Zone', {name: 'X.org.'}],
    },
    says: ['a: name "example.org" lacks the dot', 'c: name "X.org." is the zone of b'],
    good: {...zone, b: ['Designate::Zone', {name: 'sub.example.org.'}]},
  },
  'records outside their zone, and at its apex': {
    bad: {
      ...zone,
      out: records('www.example.com.', 'A'),
      close: records('wwwexample.org.', 'A'),
      alias: records('example.org.', 'CNAME'),
      ns: records('example.org.', 'NS'),
    },
    says: [
      'out: name "www.example.com." is outside its zone',
      'close: name "wwwexample.org." is outside its zone',
      'alias: name "example.org." is the zone itself, which can have no CNAME',
      'ns: name "example.org." is the zone itself, whose NS',
      'alias: name "example.org." is a CNAME, but has NS records too',
    ],
    good: {
      ...zone,
      www: records('www.example.org.', 'A'),
      short: records('mail', 'A'),
      mx: records('example.org.', 'MX'),
      ns: records('kid.example.org.', 'NS'),
    },
  },
  'a CNAME beside others, and with two targets': {
    bad: {...zone, a: records('www', 'A'), c: records('WWW.example.org.', 'CNAME', ['x.', 'y.'])},
    says: ['c: name "WWW.example.org." is a CNAME, but has A records too: a', 'c: records has 2 entries'],
    good: {...zone, a: records('www', 'A'), b: records('www', 'AAAA'), c: records('ftp', 'CNAME')},
  },
  'records of one name and type': {
    bad: {...zone, a: records('www', 'A'), b: records('www.example.org.', 'A')},
    says: ['b: name "www.example.org." has A records already: a'],
    good: {
      ...zone,
      other: ['Designate::Zone', {name: 'example.com.'}],
      a: records('www', 'A'),
      b: records('www', 'A', ['x'], 'other'),
    },
  },
  'a record that belongs into a child zone': {
    bad: {
      ...zone,
      kid: ['Designate::Zone', {name: 'kid.example.org.'}],
      a: ['Designate::RecordSet', {zone: ref('zone'), name: 'www.kid.example.org.', type: 'A'}, 'kid'],
    },
    says: ['a: name "www.kid.example.org." belongs into the zone kid.example.org.'],
    good: {
      ...zone,
      kid: ['Designate::Zone', {name: 'kid.example.org.'}, 'a'],
      a: records('www.kid.example.org.', 'A'),
    },
  },
  'records of a SECONDARY zone': {
    bad: {zone: ['Designate::Zone', {name: 'example.org.', type: 'SECONDARY'}], a: records('www', 'A')},
    says: ['a: zone "zone" is a SECONDARY zone'],
    good: {...zone, a: records('www', 'A')},
  },
  'share protocols that are off by default': {
    bad: {s: ['Manila::Share', {share_protocol: 'GLUSTERFS'}]},
    says: ['~s: share_protocol "GLUSTERFS" is none of those'],
    good: {s: ['Manila::Share', {share_protocol: 'NFS'}]},
  },
  'container names': {
    bad: {
      a: ['Swift::Container', {name: 'a/b'}],
      b: ['Swift::Container', {name: 'y'.repeat(257)}],
      c: ['Swift::Container', {name: 'x'}],
      d: ['Swift::Container', {name: 'x'}],
    },
    says: ['a: name "a/b" has a "/"', 'b: name', 'd: name "x" is the container of c'],
    good: {
      a: ['Swift::Container', {name: 'a%2Fb?#'}],
      b: ['Swift::Container', {}],
      c: ['Swift::Container', {}],
    },
  },
  'a circle of references, named': {
    bad: {
      a: ['Heat::Value', {value: ref('b')}],
      b: ['Heat::Value', {value: {get_attr: ['c', 'value']}}],
      c: ['Heat::Value', {}, 'a'],
    },
    says: ['a: value closes a circle of references: a (value) -> b (value) -> c (depends_on) -> a'],
    good: {
      a: ['Heat::Value', {value: ref('b')}],
      b: ['Heat::Value', {value: {get_attr: ['c', 'value']}}],
      c: ['Heat::Value', {}],
    },
  },
  'a circle that Heat closes itself: a port waits for all subnets of its network': {
    bad: {
      net: ['Neutron::Net', {}],
      p: ['Neutron::Port', {network: ref('net')}],
      sub: [
        'Neutron::Subnet',
        {
          network: ref('net'),
          cidr: '10.0.0.0/24',
          host_routes: [
            {destination: '10.9.0.0/24', nexthop: {get_attr: ['p', 'fixed_ips', 0, 'ip_address']}},
          ],
        },
      ],
    },
    says: ["p: its network's subnet closes a circle"],
    good: {
      net: ['Neutron::Net', {}],
      other: ['Neutron::Net', {}],
      p: ['Neutron::Port', {network: ref('other')}],
      sub: [
        'Neutron::Subnet',
        {
          network: ref('net'),
          cidr: '10.0.0.0/24',
          host_routes: [
            {destination: '10.9.0.0/24', nexthop: {get_attr: ['p', 'fixed_ips', 0, 'ip_address']}},
          ],
        },
      ],
    },
  },
  'data that looks like a call': {
    bad: {
      a: server({metadata: {get_resource: {x: 1}}}),
      v: ['Cinder::Volume', {size: 1, metadata: {list_join: 'a'}}],
    },
    says: ['a: metadata has the one key get_resource', 'v: metadata has the one key list_join'],
    good: {
      a: server({metadata: {get_resource: 'x', more: 'y'}}),
      v: ['Cinder::Volume', {size: 1, metadata: {list_join: [',', ['a', 'b']]}}],
    },
  },
});

test('parameters, conditions and joined texts are worked out', t => {
  const given: Resources = {
    zone: ['Designate::Zone', {name: {get_param: 'zone_name'}}],
    a: [
      'Designate::RecordSet',
      {zone: ref('zone'), name: {list_join: ['', ['www.', {get_param: 'zone_name'}]]}, type: 'A'},
    ],
    b: [
      'Designate::RecordSet',
      {zone: ref('zone'), name: {if: ['own', 'www.example.org.', 'ftp.example.org.']}, type: 'A'},
    ],
  };
  const parameters = {zone_name: {type: 'string'}, own: {type: 'boolean'}};
  const conditions = {own: {equals: [{get_param: 'own'}, true]}};
  const more = {parameters, conditions};
  t.is(said(given, {}, more, {zone_name: 'example.org.', own: 'true'}).length, 1);
  t.deepEqual(said(given, {}, more, {zone_name: 'example.org.', own: false}), []);
  t.is(
    said(given, {}, more, {zone_name: 'example.org', own: false})[0],
    'zone: name "example.org" lacks the dot at its end',
  );
});

test('values of json and list parameters are read as Heat reads them', t => {
  const volume: Resources = {
    v: ['Cinder::Volume', {size: 1, metadata: {get_param: 'data'}}],
    s: ['Neutron::Subnet', {cidr: '10.0.0.0/24', dns_nameservers: {get_param: 'servers'}}],
  };
  const parameters = {data: {type: 'json'}, servers: {type: 'comma_delimited_list'}};
  const values = {data: JSON.stringify({k: long}), servers: '9.9.9.9,none'};
  t.deepEqual(
    said(volume, {}, {parameters}, values).map(line => line.split(' ').slice(0, 3).join(' ')),
    ['s: dns_nameservers[1] "none"', 'v: metadata.k "xxxxxxxxxxxxxxxxxxxx…"'],
  );
  t.deepEqual(said(volume, {}, {parameters}, {data: '{', servers: ''}), []);
});
