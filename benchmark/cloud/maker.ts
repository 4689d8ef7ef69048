/** The things of a synthetic project, each by its number: an example with ids, names and addresses of its own. */
import {createHash} from 'node:crypto';
import {addressesOf, addressOf, macOf, momentOf, range, secondNic, type Nic} from './addresses.ts';
import type {Examples, Row} from './examples.ts';

export const perNetwork = 50;
export const networksPerRouter = 5;
export const perGroup = 10;
const groupPorts = [22, 80, 443, 5432];
export const ownImages = 3;
const roles = ['web', 'app', 'db', 'cache', 'worker'];

export class Maker {
  readonly #seed: number;
  readonly #examples: Examples;

  constructor(seed: number, examples: Examples) {
    this.#seed = seed;
    this.#examples = examples;
  }

  /** A server and what hangs on it. Every second one has two ports, two volumes and a floating IP. */
  server(n: number, networks: number) {
    const name = `${this.#pick(roles, 'role', n)}-${n + 1}`;
    const id = this.#id('server', n);
    const home = Math.floor(n / perNetwork);
    const host = 10 + (n % perNetwork);
    const rich = n % 2 === 0;
    const nics = [
      {network: home, address: addressOf(home, host), mac: macOf(2 * n)},
      ...(rich ? [secondNic(n, (home + 1) % networks, host)] : []),
    ];
    const ports = nics.map((nic, i) => this.#port(name, n * 2 + i, n, nic));
    const volumes = ['data', 'log']
      .slice(0, nics.length)
      .map((use, i) => this.#volume(name, use, n * 2 + i, n));
    const [first] = ports;
    return {
      server: {
        ...this.#examples.server,
        id,
        name,
        metadata: {role: name.split('-')[0] ?? ''},
        image: {id: this.#id('image', n % ownImages), links: []},
        created: momentOf(n).created,
        updated: momentOf(n).created,
        addresses: addressesOf(nics),
        links: [
          {rel: 'self', href: `{{origin}}/compute/v2.1/servers/${id}`},
          {rel: 'bookmark', href: `{{origin}}/compute/servers/${id}`},
        ],
        'OS-SRV-USG:launched_at': momentOf(n).at,
        'os-extended-volumes:volumes_attached': volumes.map(volume => ({
          id: volume.id,
          delete_on_termination: false,
        })),
        'OS-EXT-SRV-ATTR:hostname': name,
        security_groups: [{name: `group-${Math.floor(n / perGroup)}`}],
      },
      ports,
      volumes,
      floatingIps: rich && first !== undefined ? [this.#floatingIp(n, first)] : [],
    };
  }

  #port(name: string, n: number, server: number, {network, address, mac}: Nic): Port {
    const {created} = momentOf(server);
    return {
      ...this.#examples.port,
      created_at: created,
      updated_at: created,
      id: this.#id('port', n),
      name,
      network_id: this.#id('network', network),
      mac_address: mac,
      device_id: this.#id('server', server),
      fixed_ips: [{subnet_id: this.#id('subnet', network), ip_address: address}],
      allowed_address_pairs: [],
      security_groups: [this.#id('group', Math.floor(server / perGroup))],
      dns_name: name,
      dns_assignment: [{ip_address: address, hostname: name, fqdn: `${name}.testcloud.example.`}],
    };
  }

  #volume(server: string, use: string, n: number, at: number) {
    const {volume, projectId} = this.#examples;
    const id = this.#id('volume', n);
    const moment = momentOf(at).at;
    const [attachment = {}] = volume['attachments'] as Row[];
    return {
      ...volume,
      created_at: moment,
      updated_at: moment,
      id,
      name: `${server}-${use}`,
      links: [{rel: 'self', href: `{{origin}}/volumev3/v3/${projectId}/volumes/${id}`}],
      attachments: [
        {
          ...attachment,
          id,
          attachment_id: this.#id('attachment', n),
          volume_id: id,
          server_id: this.#id('server', at),
          device: use === 'data' ? '/dev/vdb' : '/dev/vdc',
          attached_at: moment,
        },
      ],
    };
  }

  #floatingIp(n: number, port: Port): Row {
    const {floatingIp, external} = this.#examples;
    const {id, name, network_id, mac_address, device_id, fixed_ips, created_at} = port;
    const network = Math.floor(n / perNetwork);
    return {
      ...floatingIp,
      created_at,
      updated_at: created_at,
      id: this.#id('floating_ip', n),
      floating_ip_address: `172.24.${16 + (n >> 8)}.${n & 255}`,
      floating_network_id: external['id'],
      fixed_ip_address: fixed_ips[0]?.ip_address,
      port_id: id,
      router_id: this.#id('router', Math.floor(network / networksPerRouter)),
      port_details: {
        ...(floatingIp['port_details'] as Row | null),
        name,
        network_id,
        mac_address,
        device_id,
      },
    };
  }

  network(n: number) {
    const {network, subnet, leg} = this.#examples;
    const [id, subnetId] = [this.#id('network', n), this.#id('subnet', n)];
    const {created} = momentOf(n);
    const made = {created_at: created, updated_at: created};
    return {
      network: {...network, ...made, id, name: `net-${n}`, subnets: [subnetId]},
      subnet: {
        ...subnet,
        ...made,
        id: subnetId,
        name: `net-${n}`,
        network_id: id,
        cidr: `${addressOf(n, 0)}/24`,
        gateway_ip: addressOf(n, 1),
        allocation_pools: [{start: addressOf(n, 2), end: addressOf(n, 254)}],
      },
      leg: {
        ...leg,
        ...made,
        id: this.#id('leg', n),
        network_id: id,
        mac_address: macOf((1 << 20) + n),
        device_id: this.#id('router', Math.floor(n / networksPerRouter)),
        fixed_ips: [{subnet_id: subnetId, ip_address: addressOf(n, 1)}],
        dns_assignment: [],
      },
    };
  }

  router(n: number): Row {
    const {created} = momentOf(n);
    return {
      ...this.#examples.router,
      id: this.#id('router', n),
      name: `router-${n}`,
      created_at: created,
      updated_at: created,
    };
  }

  /** The last port is open only to the group before: named by each other, groups can't be written inline. */
  group(n: number): Row {
    const {group} = this.#examples;
    const rules = group['security_group_rules'] as Row[];
    const birth = rules.filter(({direction}) => direction === 'egress');
    const opened = rules.find(({direction}) => direction === 'ingress') ?? {};
    const neighbour = n === 0 ? null : this.#id('group', n - 1);
    const own = groupPorts.map((port, i) => {
      const remote = i === groupPorts.length - 1 ? neighbour : null;
      return openedTo(opened, port, remote);
    });
    const {created} = momentOf(n);
    const made = {created_at: created, updated_at: created};
    const id = this.#id('group', n);
    const all = [...birth, ...own].map((rule, i) =>
      Object.assign({}, rule, made, {id: this.#id('rule', n * 10 + i), security_group_id: id}),
    );
    return {...group, ...made, id, name: `group-${n}`, security_group_rules: all};
  }

  serverGroup(n: number, servers: number): Row {
    const members = range(Math.min(3, servers - n * perNetwork), i => this.#id('server', n * perNetwork + i));
    return {...this.#examples.serverGroup, id: this.#id('server_group', n), name: `spread-${n}`, members};
  }

  image(n: number): Row {
    const id = this.#id('image', n);
    return {
      ...this.#examples.image,
      id,
      name: `image-${n}`,
      self: `/v2/images/${id}`,
      file: `/v2/images/${id}/file`,
    };
  }

  /** A UUID of version 4's form. */
  #id(kind: string, n: number): string {
    const hex = this.#hash(kind, n);
    const variant = ((parseInt(hex.slice(16, 17), 16) & 3) | 8).toString(16);
    return [
      hex.slice(0, 8),
      hex.slice(8, 12),
      `4${hex.slice(13, 16)}`,
      `${variant}${hex.slice(17, 20)}`,
      hex.slice(20, 32),
    ].join('-');
  }

  #pick<T>(list: readonly T[], kind: string, n: number): T {
    return list[parseInt(this.#hash(kind, n).slice(0, 8), 16) % list.length] as T;
  }

  #hash(kind: string, n: number): string {
    return createHash('sha256').update(`${this.#seed}:${kind}:${n}`).digest('hex');
  }
}

interface Port extends Row {
  readonly id: string;
  readonly name: string;
  readonly created_at: string;
  readonly network_id: string;
  readonly mac_address: string;
  readonly device_id: string;
  readonly fixed_ips: readonly {readonly subnet_id: string; readonly ip_address: string}[];
}

function openedTo(example: Row, port: number, remote: string | null): Row {
  return {
    ...example,
    protocol: 'tcp',
    port_range_min: port,
    port_range_max: port,
    remote_group_id: remote,
    remote_ip_prefix: remote === null ? '0.0.0.0/0' : null,
  };
}
