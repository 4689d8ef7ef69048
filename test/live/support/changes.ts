/** A template, and what it becomes: one change of each sort that Heat treats in its own way. */
import type {HandMade} from './bundle.ts';
import {publicKey, type Site} from './site.ts';

type Resource = Readonly<Record<string, unknown>>;
type Changed = readonly [before: Resource | undefined, after: Resource | undefined];

const ref = (name: string): object => ({get_resource: name});
const param = (name: string): object => ({get_param: name});

function of(type: string, properties: object, more: object = {}): Resource {
  return {type: `OS::${type}`, properties, ...more};
}

/** The same before and after. */
function kept(resource: Resource): Changed {
  return [resource, resource];
}

/** What the forecast is expected to say is not written here: the cloud says it. */
function resourcesOf({outside, suffix}: Site): Readonly<Record<string, Changed>> {
  const server = (name: string, properties: object): Resource =>
    of('Nova::Server', {
      name,
      flavor: outside.tiny,
      image: outside.image,
      networks: [{allocate_network: 'none'}],
      user_data_format: 'RAW',
      ...properties,
    });
  // The other image needs more disk than the smallest flavor has.
  const roomy = {flavor: param('flavor')};
  const key = (name: string): Resource =>
    of('Nova::KeyPair', {name: `${name}${suffix}`, public_key: publicKey(name)});
  const volume = (name: string, size = 1): Resource => of('Cinder::Volume', {name, size});
  const rule = (group: string, port: number): Resource =>
    of('Neutron::SecurityGroupRule', {
      security_group: ref(group),
      protocol: 'tcp',
      port_range_min: port,
      port_range_max: port,
      description: 'rule',
    });
  const group = (description: string, port: number): Resource =>
    of('Neutron::SecurityGroup', {
      name: 'group',
      description,
      rules: [{protocol: 'tcp', port_range_min: port, port_range_max: port}],
    });
  const subnet = (net: string, cidr: unknown, more: object = {}): Resource =>
    of('Neutron::Subnet', {network: ref(net), cidr, name: 'subnet', ...more});
  const port = (net: string, sub: string, address: string | undefined, more: object = {}): Resource =>
    of('Neutron::Port', {
      network: ref(net),
      name: 'port',
      fixed_ips: [{subnet: ref(sub), ...(address === undefined ? {} : {ip_address: address})}],
      ...more,
    });
  const net = (name: unknown, more: object = {}): Resource => of('Neutron::Net', {name, ...more});
  return {
    // Networks: in place, by a parameter, by a secret, by nothing but another way to write it.
    net_a: [net('a', {value_specs: {description: 'one'}}), net('a', {value_specs: {description: 'two'}})],
    net_b: kept(net('b')),
    net_hushed: kept(net(param('same_secret'))),
    net_told: kept(net(param('other_secret'))),
    net_joined: kept(net({list_join: ['-', ['net', param('word')]]})),
    net_written: [net('w'), net('w', {admin_state_up: true, port_security_enabled: null})],
    net_on: [undefined, undefined],
    net_gone: [net('gone'), undefined],
    net_new: [undefined, net('new')],
    net_waits: [net('waits'), {...net('waits'), depends_on: 'net_b'}],
    net_metadata: [
      {...net('metadata'), metadata: {a: 1}},
      {...net('metadata'), metadata: {a: 2}},
    ],
    subnet_a: [
      subnet('net_a', '10.1.0.0/24', {dns_nameservers: ['9.9.9.9']}),
      subnet('net_a', '10.1.0.0/24', {dns_nameservers: ['1.1.1.1']}),
    ],
    // Replaced, and all that refers to it has another value.
    subnet_b: kept(subnet('net_b', param('cidr'))),
    subnet_pool: [
      subnet('net_b', '10.3.0.0/24', {allocation_pools: [{start: '10.3.0.10', end: '10.3.0.20'}]}),
      subnet('net_b', '10.3.0.0/24', {allocation_pools: [{start: '10.3.0.12', end: '10.3.0.20'}]}),
    ],
    pool: [
      of('Neutron::SubnetPool', {name: 'pool', prefixes: ['10.64.0.0/16'], default_prefixlen: 24}),
      of('Neutron::SubnetPool', {name: 'pool', prefixes: ['10.64.0.0/15'], default_prefixlen: 24}),
    ],
    router: kept(of('Neutron::Router', {name: 'router', external_gateway_info: {network: outside.external}})),
    interface_a: kept(of('Neutron::RouterInterface', {router: ref('router'), subnet: ref('subnet_a')})),
    interface_b: kept(of('Neutron::RouterInterface', {router: ref('router'), subnet: ref('subnet_b')})),
    route: [
      {
        ...of('Neutron::ExtraRoute', {
          router_id: ref('router'),
          destination: '10.9.0.0/24',
          nexthop: '10.1.0.9',
        }),
        depends_on: 'interface_a',
      },
      {
        ...of('Neutron::ExtraRoute', {
          router_id: ref('router'),
          destination: '10.8.0.0/24',
          nexthop: '10.1.0.9',
        }),
        depends_on: 'interface_a',
      },
    ],
    port_a: [port('net_a', 'subnet_a', '10.1.0.10'), port('net_a', 'subnet_a', '10.1.0.11')],
    port_b: kept(port('net_b', 'subnet_b', undefined)),
    port_tagged: [
      port('net_a', 'subnet_a', '10.1.0.20'),
      port('net_a', 'subnet_a', '10.1.0.20', {tags: ['t']}),
    ],
    port_sick: kept(port('net_a', 'subnet_a', '10.1.0.30')),
    address: [
      {
        ...of('Neutron::FloatingIP', {floating_network: outside.external, port_id: ref('port_a')}),
        depends_on: ['interface_a'],
      },
      {
        ...of('Neutron::FloatingIP', {floating_network: outside.external, port_id: ref('port_tagged')}),
        depends_on: ['interface_a'],
      },
    ],
    // Heat wipes a group whose inline rules change.
    group_wiped: [group('same', 80), group('same', 81)],
    rule_wiped: kept(rule('group_wiped', 22)),
    group_named: [group('one', 80), group('two', 80)],
    rule_named: kept(rule('group_named', 22)),
    rule_other: [rule('group_named', 23), rule('group_named', 24)],
    // Servers.
    server_renamed: [
      server('one', {metadata: {a: 'b'}, key_name: ref('key_new')}),
      server('two', {metadata: {a: 'c'}, key_name: ref('key_new')}),
    ],
    server_bigger: [server('bigger', {}), server('bigger', {flavor: param('flavor')})],
    server_rebuilt: [server('rebuilt', roomy), server('rebuilt', {...roomy, image: outside.otherImage})],
    server_anew: kept(server('anew', {user_data: {get_file: 'files/start.sh'}})),
    server_named: [
      server('named', {flavor: outside.tiny}),
      // The same flavor by its name.
      server('named', {flavor: param('tiny_name')}),
    ],
    key_new: [key('rk-new'), key('rk-new')],
    servers: [
      of('Nova::ServerGroup', {name: 'servers', policies: ['affinity']}),
      of('Nova::ServerGroup', {name: 'servers', policies: ['anti-affinity']}),
    ],
    volume_grows: [volume('grows'), volume('grows', 2)],
    volume_gone: [volume('gone'), undefined],
    volume_left: [{...volume('left'), deletion_policy: 'Retain'}, undefined],
    volume_on: kept(volume('on')),
    attachment: kept(
      of('Cinder::VolumeAttachment', {volume_id: ref('volume_on'), instance_uuid: ref('server_anew')}),
    ),
    random: [of('Heat::RandomString', {length: 8}), of('Heat::RandomString', {length: 9})],
    value: kept(of('Heat::Value', {value: {get_attr: ['random', 'value']}})),
    other_type: [of('Heat::RandomString', {length: 8}), of('Heat::Value', {value: 'x'})],
  };
}

export interface Changes {
  readonly before: HandMade;
  readonly after: HandMade;
}

export function changesOf(site: Site, names: {readonly tiny: string; readonly small: string}): Changes {
  const changed = resourcesOf(site);
  const side = (at: 0 | 1): Record<string, Resource> =>
    Object.fromEntries(
      Object.entries(changed).flatMap(([name, both]) => {
        const resource = both[at];
        return resource === undefined ? [] : [[name, resource] as const];
      }),
    );
  const text = {type: 'string'};
  const parameters = {
    same_secret: {...text, hidden: true},
    other_secret: {...text, hidden: true},
    word: text,
    cidr: text,
    flavor: text,
    tiny_name: text,
    on: {type: 'boolean'},
  };
  const conditions = {on: {equals: [param('on'), true]}, off: {not: 'on'}};
  const switched = {
    net_on: {...of('Neutron::Net', {name: 'on'}), condition: 'on'},
    net_off: {...of('Neutron::Net', {name: 'off'}), condition: 'off'},
  };
  const same = {same_secret: 'hush', flavor: names.small, tiny_name: names.tiny};
  return {
    before: {
      resources: {...side(0), ...switched},
      parameters,
      conditions,
      values: {...same, other_secret: 'one', word: 'one', cidr: '10.2.0.0/24', on: false},
      files: {'files/start.sh': '#!/bin/sh\necho one\n'},
    },
    after: {
      resources: {...side(1), ...switched},
      parameters,
      conditions,
      values: {...same, other_secret: 'two', word: 'two', cidr: '10.4.0.0/24', on: true},
      files: {'files/start.sh': '#!/bin/sh\necho two\n'},
    },
  };
}
