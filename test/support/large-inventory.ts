/**
 * The inventory of a project of any size, in the shape in which the services answer: for measuring how cost grows. Nothing
 * is random: one size has one inventory, whose ids sort otherwise than its ages, as ids do.
 */
import {createHash} from 'node:crypto';
import type {Inventory, Row} from '../../src/model/inventory.ts';
import {inventoryOf} from './inventory.ts';

export const LARGE_PROJECT = {id: 'd269b305931341a4908ce3da86e18752', name: 'large'};
export const LARGE_USER = 'fe028fad5afb49969cee5d9b574d7935';
/** Who has the network to the outside, and the images. */
const OPERATOR = '78eb27dab2104af791785e4eab3b0d86';

/** How many of each there are beside so many servers: about five resources of a template for each server. */
export interface LargeCounts {
  readonly servers: number;
  readonly networks: number;
  readonly routers: number;
  readonly groups: number;
  readonly rulesEach: number;
  readonly serverGroups: number;
  /** Of the servers, those with a second port. */
  readonly second: number;
  readonly volumes: number;
  readonly floating: number;
}

export function largeCounts(servers: number): LargeCounts {
  const share = (part: number, least = 1): number => Math.max(least, Math.round(servers * part));
  const networks = share(1 / 20, 2);
  return {
    servers,
    networks,
    routers: Math.ceil(networks / 5),
    groups: share(1 / 8, 2),
    rulesEach: 6,
    serverGroups: share(1 / 50),
    second: Math.floor(servers / 2),
    volumes: servers,
    floating: share(2 / 5),
  };
}

export function largeInventory(servers: number): Inventory {
  const rows = new Builder(largeCounts(servers)).rows();
  return inventoryOf(rows, {
    source: {
      auth_host: 'keystone.example:5000',
      region: 'RegionOne',
      project: LARGE_PROJECT,
      user_id: LARGE_USER,
      roles: ['member', 'reader'],
    },
    services: {
      'block-storage': {microversion: '3.70', maximum: '3.70'},
      compute: {microversion: '2.93', maximum: '2.93'},
      image: {},
      network: {},
    },
    extensions: [
      'router',
      'security-group',
      'port-security',
      'fip-port-details',
      'standard-attr-description',
    ],
  });
}

/** A UUID that depends on nothing but kind and number. */
function idOf(kind: string, index: number): string {
  const hex = createHash('sha1').update(`${kind} ${index}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** One thing a second, from the project's first day on. */
function timeOf(second: number): string {
  return new Date(Date.UTC(2026, 0, 1) + second * 1000).toISOString().replace('.000Z', 'Z');
}

function many<T>(count: number, make: (index: number) => T): T[] {
  return Array.from({length: count}, (_, index) => make(index));
}

const padded = (index: number): string => String(index + 1).padStart(5, '0');
const outside = {network: idOf('network', -1), subnet: idOf('subnet', -1)};
const image = idOf('image', 0);
const volumeType = idOf('volume type', 0);

class Builder {
  readonly #counts: LargeCounts;
  #clock = 0;
  /** Addresses given out, by network. */
  readonly #hosts = new Map<number, number>();

  constructor(counts: LargeCounts) {
    this.#counts = counts;
  }

  rows(): Record<string, readonly Row[]> {
    const {servers, networks, routers, groups, serverGroups, second, volumes, floating} = this.#counts;
    const legs = many(networks, index => this.#leg(index));
    const nics = many(servers, index =>
      many(index < second ? 2 : 1, nic => this.#nic(index, nic, (index + nic) % networks)),
    );
    return {
      network: [outsideNetwork(), ...many(networks, index => this.#network(index))],
      subnet: many(networks, index => this.#subnet(index)),
      router: many(routers, index => this.#router(index)),
      port: [...legs, ...nics.flat()],
      security_group: [this.#defaultGroup(), ...many(groups, index => this.#group(index))],
      keypair: [keyPair()],
      image: [cirros()],
      server_group: many(serverGroups, index => this.#serverGroup(index)),
      volume: many(volumes, index => this.#volume(index)),
      server: many(servers, index => this.#server(index, nics[index] ?? [])),
      floating_ip: many(floating, index => this.#floatingIp(index, nics[index]?.[0])),
    };
  }

  #made(): {readonly created_at: string; readonly updated_at: string; readonly revision_number: number} {
    this.#clock += 1;
    return {created_at: timeOf(this.#clock), updated_at: timeOf(this.#clock + 30), revision_number: 4};
  }

  #network(index: number): Row {
    return {
      id: idOf('network', index),
      ...networkDefaults,
      ...this.#made(),
      ...owned(LARGE_PROJECT.id),
      name: `net-${padded(index)}`,
      mtu: 1442,
      'router:external': false,
      subnets: [idOf('subnet', index)],
    };
  }

  #subnet(index: number): Row {
    const base = prefixOf(index);
    return {
      id: idOf('subnet', index),
      ...this.#made(),
      ...owned(LARGE_PROJECT.id),
      name: `sub-${padded(index)}`,
      network_id: idOf('network', index),
      ip_version: 4,
      cidr: `${base}.0/24`,
      gateway_ip: `${base}.1`,
      allocation_pools: [{start: `${base}.2`, end: `${base}.254`}],
      enable_dhcp: true,
      dns_nameservers: ['9.9.9.9'],
      host_routes: [],
      ipv6_address_mode: null,
      ipv6_ra_mode: null,
      service_types: [],
      subnetpool_id: null,
      description: '',
      tags: [],
    };
  }

  #router(index: number): Row {
    return {
      id: idOf('router', index),
      ...this.#made(),
      ...owned(LARGE_PROJECT.id),
      name: `edge-${padded(index)}`,
      admin_state_up: true,
      availability_zone_hints: ['nova'],
      availability_zones: ['nova'],
      external_gateway_info: {
        enable_snat: true,
        external_fixed_ips: [{ip_address: outsideAddress(index), subnet_id: outside.subnet}],
        network_id: outside.network,
      },
      routes: [],
      status: 'ACTIVE',
      description: '',
      tags: [],
    };
  }

  /** The router's interface on a network's gateway. */
  #leg(index: number): Row {
    return {
      ...this.#port('leg', index, index, `${prefixOf(index)}.1`),
      name: '',
      device_id: idOf('router', Math.floor(index / 5)),
      device_owner: 'network:router_interface',
      port_security_enabled: false,
      security_groups: [],
    };
  }

  #nic(server: number, nic: number, network: number): Row {
    const host = (this.#hosts.get(network) ?? 9) + 1;
    this.#hosts.set(network, host);
    return {
      ...this.#port(`nic ${nic} of`, server, network, `${prefixOf(network)}.${host}`),
      name: `app-${padded(server)}-${nic}`,
      dns_name: `app-${padded(server)}`,
      device_id: idOf('server', server),
      device_owner: 'compute:nova',
      port_security_enabled: true,
      security_groups: [idOf('security group', server % this.#counts.groups)],
    };
  }

  #port(kind: string, index: number, network: number, address: string): Row {
    const id = idOf(kind, index);
    const host = `host-${address.replaceAll('.', '-')}`;
    return {
      id,
      ...this.#made(),
      ...owned(LARGE_PROJECT.id),
      admin_state_up: true,
      allowed_address_pairs: [],
      'binding:vnic_type': 'normal',
      dns_assignment: [{fqdn: `${host}.cloud.example.`, hostname: host, ip_address: address}],
      dns_domain: '',
      dns_name: '',
      extra_dhcp_opts: [],
      fixed_ips: [{ip_address: address, subnet_id: idOf('subnet', network)}],
      ip_allocation: 'immediate',
      mac_address: macOf(id),
      network_id: idOf('network', network),
      qos_network_policy_id: null,
      qos_policy_id: null,
      status: 'ACTIVE',
      description: '',
      tags: [],
    };
  }

  #group(index: number): Row {
    const {groups, rulesEach} = this.#counts;
    const id = idOf('security group', index);
    const made = this.#made();
    const rules = Array.from({length: rulesEach}, (_, number) =>
      ruleOf(id, number, made, {
        protocol: 'tcp',
        port_range_min: 1000 + number,
        port_range_max: 1000 + number,
        // Heat's inline rules take no description: each is a resource of its own.
        description: `service ${number + 1}`,
        ...(number % 3 === 0
          ? {remote_group_id: idOf('security group', (index + 1) % groups)}
          : {remote_ip_prefix: '10.0.0.0/8', normalized_cidr: '10.0.0.0/8'}),
      }),
    );
    return groupOf(id, `role-${padded(index)}`, made, [...birthRules(id, made), ...rules]);
  }

  #defaultGroup(): Row {
    const id = idOf('security group', -1);
    const made = this.#made();
    const own = ['IPv4', 'IPv6'].map((ethertype, at) =>
      ruleOf(id, 92 + at, made, {ethertype, remote_group_id: id, description: null}),
    );
    return groupOf(id, 'default', made, [...birthRules(id, made), ...own]);
  }

  #serverGroup(index: number): Row {
    const {servers, serverGroups} = this.#counts;
    const members: string[] = [];
    // Every tenth server is in one.
    for (let server = index * 10; server < servers; server += serverGroups * 10)
      members.push(idOf('server', server));
    return {
      id: idOf('server group', index),
      members: members.sort(),
      name: `spread-${padded(index)}`,
      policy: 'soft-anti-affinity',
      project_id: LARGE_PROJECT.id,
      rules: {},
      user_id: LARGE_USER,
    };
  }

  #volume(index: number): Row {
    const id = idOf('volume', index);
    const created = timeOf(++this.#clock).replace('Z', '.000000');
    return {
      id,
      attachments: this.#isAttached(index)
        ? [
            {
              attached_at: created,
              attachment_id: idOf('attachment', index),
              device: '/dev/vdb',
              host_name: null,
              id,
              server_id: idOf('server', index),
              volume_id: id,
            },
          ]
        : [],
      availability_zone: 'nova',
      bootable: 'false',
      consistencygroup_id: null,
      consumes_quota: true,
      created_at: created,
      description: null,
      encrypted: false,
      group_id: null,
      metadata: {},
      multiattach: false,
      name: `data-${padded(index)}`,
      'os-vol-tenant-attr:tenant_id': LARGE_PROJECT.id,
      replication_status: null,
      service_uuid: idOf('cinder', 0),
      shared_targets: false,
      size: 1 + (index % 8),
      snapshot_id: null,
      source_volid: null,
      status: this.#isAttached(index) ? 'in-use' : 'available',
      updated_at: created,
      user_id: LARGE_USER,
      volume_type: 'standard',
      volume_type_id: volumeType,
    };
  }

  /** Every other volume is free. */
  #isAttached(index: number): boolean {
    return index % 2 === 0 && index < this.#counts.servers;
  }

  #server(index: number, nics: readonly Row[]): Row {
    const {groups, networks} = this.#counts;
    const created = timeOf(++this.#clock);
    const name = `app-${padded(index)}`;
    return {
      id: idOf('server', index),
      'OS-DCF:diskConfig': 'MANUAL',
      'OS-EXT-AZ:availability_zone': 'nova',
      'OS-EXT-SRV-ATTR:hostname': name,
      'OS-EXT-STS:power_state': 1,
      'OS-EXT-STS:task_state': null,
      'OS-EXT-STS:vm_state': 'active',
      'OS-SRV-USG:launched_at': created.replace('Z', '.000000'),
      'OS-SRV-USG:terminated_at': null,
      accessIPv4: '',
      accessIPv6: '',
      addresses: nics.map((port, nic) => [
        `net-${padded((index + nic) % networks)}`,
        [
          {
            'OS-EXT-IPS-MAC:mac_addr': port['mac_address'],
            'OS-EXT-IPS:type': 'fixed',
            addr: addressOf(port),
            version: 4,
          },
        ],
      ]),
      config_drive: '',
      created,
      description: null,
      flavor: {
        disk: 20,
        ephemeral: 0,
        extra_specs: {},
        original_name: ['m1.small', 'm1.medium', 'm1.large'][index % 3],
        ram: 2048,
        swap: 0,
        vcpus: 1,
      },
      hostId: createHash('sha224')
        .update(`host ${index % 200}`)
        .digest('hex'),
      image: {id: image},
      key_name: 'dana',
      locked: false,
      locked_reason: null,
      metadata: {role: `role-${padded(index % groups)}`},
      name,
      'os-extended-volumes:volumes_attached': this.#isAttached(index)
        ? [{delete_on_termination: false, id: idOf('volume', index)}]
        : [],
      progress: 0,
      security_groups: nics.map(() => ({name: `role-${padded(index % groups)}`})),
      status: 'ACTIVE',
      tags: [],
      tenant_id: LARGE_PROJECT.id,
      trusted_image_certificates: null,
      updated: created,
      user_id: LARGE_USER,
    };
  }

  #floatingIp(index: number, port: Row | undefined): Row {
    const network = index % this.#counts.networks;
    return {
      id: idOf('floating ip', index),
      ...this.#made(),
      ...owned(LARGE_PROJECT.id),
      dns_domain: '',
      dns_name: '',
      fixed_ip_address: port === undefined ? null : addressOf(port),
      floating_ip_address: outsideAddress(1000 + index),
      floating_network_id: outside.network,
      port_details:
        port === undefined
          ? null
          : {
              admin_state_up: true,
              device_id: port['device_id'],
              device_owner: 'compute:nova',
              mac_address: port['mac_address'],
              name: port['name'],
              network_id: port['network_id'],
              status: 'ACTIVE',
            },
      port_forwardings: [],
      port_id: port?.['id'] ?? null,
      qos_policy_id: null,
      router_id: idOf('router', Math.floor(network / 5)),
      status: 'ACTIVE',
      description: '',
      tags: [],
    };
  }
}

function owned(project: string): {readonly project_id: string; readonly tenant_id: string} {
  return {project_id: project, tenant_id: project};
}

const networkDefaults = {
  admin_state_up: true,
  availability_zone_hints: ['nova'],
  availability_zones: ['nova'],
  description: '',
  dns_domain: '',
  ipv4_address_scope: null,
  ipv6_address_scope: null,
  l2_adjacency: true,
  port_security_enabled: true,
  qos_policy_id: null,
  shared: false,
  status: 'ACTIVE',
  tags: [],
};

function outsideNetwork(): Row {
  return {
    id: outside.network,
    ...networkDefaults,
    ...owned(OPERATOR),
    created_at: timeOf(0),
    updated_at: timeOf(0),
    revision_number: 2,
    is_default: true,
    name: 'public',
    mtu: 1500,
    'router:external': true,
    subnets: [outside.subnet],
  };
}

function keyPair(): Row {
  return {
    id: 'dana',
    fingerprint: '16:21:fe:64:02:e4:32:ae:37:7c:d5:c5:54:ab:f2:09',
    name: 'dana',
    public_key: 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAILAoOvud6uhcZUss2g75/1TBm8RCws2ooDHJmCeFT8rw dana',
    type: 'ssh',
  };
}

function cirros(): Row {
  return {
    id: image,
    checksum: '82e7b8cf00fab211740abb4de8cc589b',
    container_format: 'bare',
    created_at: timeOf(0),
    disk_format: 'qcow2',
    file: `/v2/images/${image}/file`,
    min_disk: 0,
    min_ram: 0,
    name: 'cirros-like',
    os_hidden: false,
    owner: OPERATOR,
    protected: false,
    schema: '/v2/schemas/image',
    self: `/v2/images/${image}`,
    size: 1376256,
    status: 'active',
    tags: [],
    updated_at: timeOf(0),
    virtual_size: 1048576,
    visibility: 'public',
  };
}

function groupOf(id: string, name: string, made: object, rules: readonly Row[]): Row {
  return {
    id,
    ...made,
    ...owned(LARGE_PROJECT.id),
    name,
    description: name === 'default' ? 'Default security group' : '',
    security_group_rules: rules,
    shared: false,
    stateful: true,
    tags: [],
  };
}

/** Those that Neutron puts into every new group. */
function birthRules(group: string, made: object): readonly Row[] {
  return ['IPv4', 'IPv6'].map((ethertype, at) =>
    ruleOf(group, 90 + at, made, {direction: 'egress', ethertype, description: null}),
  );
}

function ruleOf(group: string, number: number, made: object, more: Row): Row {
  return {
    id: idOf(`rule of ${group}`, number),
    ...made,
    ...owned(LARGE_PROJECT.id),
    security_group_id: group,
    direction: 'ingress',
    ethertype: 'IPv4',
    protocol: null,
    port_range_min: null,
    port_range_max: null,
    remote_address_group_id: null,
    remote_group_id: null,
    remote_ip_prefix: null,
    normalized_cidr: null,
    revision_number: 0,
    tags: [],
    ...more,
  };
}

/** Of a network's addresses: each has a /24. */
function prefixOf(network: number): string {
  return `10.${Math.floor(network / 250)}.${network % 250}`;
}

function outsideAddress(index: number): string {
  return `172.${24 + Math.floor(index / 65536)}.${Math.floor(index / 256) % 256}.${index % 256}`;
}

function macOf(id: string): string {
  return ['fa', '16', '3e', id.slice(0, 2), id.slice(2, 4), id.slice(4, 6)].join(':');
}

function addressOf(port: Row): string {
  const [first] = port['fixed_ips'] as readonly {readonly ip_address: string}[];
  return first?.ip_address ?? '';
}
