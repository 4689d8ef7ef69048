/** Random projects in the shape the APIs answer, small but with every relation: for properties over the whole pure road. */
import fc from 'fast-check';
import type {Inventory} from '../../src/model/inventory.ts';
import {inventoryOf, PROJECT} from './inventory.ts';
import {text} from './hostile.ts';

type Row = Record<string, unknown>;

/** UUIDs that depend on nothing but kind and number. */
export function uuid(kind: string, index: number): string {
  const digits = Array.from(kind)
    .reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 0xffffffff, 7)
    .toString(16)
    .padStart(8, '0');
  return `${digits}-0000-4000-8000-${index.toString(16).padStart(12, '0')}`;
}

interface Plan {
  readonly names: readonly string[];
  readonly networks: readonly {readonly ours: boolean; readonly subnets: number; readonly gateway: boolean}[];
  readonly groups: readonly (readonly {readonly remote: number; readonly protocol: string | null}[])[];
  readonly servers: readonly {
    readonly nics: readonly number[];
    readonly volumes: number;
    readonly group: number;
    readonly off: boolean;
  }[];
  readonly loose: readonly number[];
  readonly routers: readonly {readonly legs: readonly number[]; readonly external: boolean}[];
  readonly floating: readonly number[];
}

const plan: fc.Arbitrary<Plan> = fc.record({
  names: fc.array(text, {minLength: 1, maxLength: 6}),
  networks: fc.array(
    fc.record({ours: fc.boolean(), subnets: fc.integer({min: 0, max: 2}), gateway: fc.boolean()}),
    {maxLength: 4},
  ),
  groups: fc.array(
    fc.array(
      fc.record({
        remote: fc.integer({min: -1, max: 4}),
        protocol: fc.constantFrom(null, 'tcp', 'icmp', '112'),
      }),
      {maxLength: 4},
    ),
    {maxLength: 4},
  ),
  servers: fc.array(
    fc.record({
      nics: fc.array(fc.integer({min: 0, max: 7}), {maxLength: 3}),
      volumes: fc.integer({min: 0, max: 2}),
      group: fc.integer({min: 0, max: 3}),
      off: fc.boolean(),
    }),
    {maxLength: 4},
  ),
  loose: fc.array(fc.integer({min: 0, max: 7}), {maxLength: 2}),
  routers: fc.array(
    fc.record({legs: fc.array(fc.integer({min: 0, max: 7}), {maxLength: 2}), external: fc.boolean()}),
    {maxLength: 2},
  ),
  floating: fc.array(fc.integer({min: 0, max: 7}), {maxLength: 2}),
});

export const project: fc.Arbitrary<Inventory> = plan.map(rowsOf);

class Builder {
  readonly rows: Record<string, Row[]> = {};
  readonly plan: Plan;
  #names = 0;
  constructor(plan: Plan) {
    this.plan = plan;
  }
  name(): string {
    return this.plan.names[this.#names++ % this.plan.names.length] ?? '';
  }
  add(kind: string, row: Row): string {
    const list = (this.rows[kind] ??= []);
    const id = uuid(kind, list.length);
    list.push({id, project_id: PROJECT.id, tenant_id: PROJECT.id, ...row});
    return id;
  }
}

function rowsOf(plan: Plan): Inventory {
  const b = new Builder(plan);
  const outside = b.add('network', {
    name: 'public',
    project_id: 'other',
    'router:external': true,
    shared: false,
    admin_state_up: true,
    mtu: 1500,
    tags: [],
  });
  const subnets: {id: string; network: string; cidr: string; gateway: string | null; ours: boolean}[] = [];
  for (const [n, network] of plan.networks.entries()) {
    const project_id = network.ours ? PROJECT.id : 'other';
    const id = b.add('network', {
      name: b.name(),
      project_id,
      'router:external': false,
      shared: !network.ours,
      admin_state_up: true,
      mtu: 1442,
      port_security_enabled: true,
      tags: [],
    });
    for (let s = 0; s < network.subnets; s++) {
      const base = `10.${n}.${s}`;
      const gateway = network.gateway ? `${base}.1` : null;
      const cidr = `${base}.0/24`;
      const subnet = b.add('subnet', {
        name: b.name(),
        project_id,
        network_id: id,
        cidr,
        ip_version: 4,
        gateway_ip: gateway,
        enable_dhcp: true,
        allocation_pools: [{start: `${base}.${gateway === null ? 1 : 2}`, end: `${base}.254`}],
        dns_nameservers: [],
        host_routes: [],
        ipv6_ra_mode: null,
        ipv6_address_mode: null,
        subnetpool_id: null,
        tags: [],
        description: '',
      });
      subnets.push({id: subnet, network: id, cidr, gateway, ours: network.ours});
    }
  }
  const groups = groupsOf(b);
  let host = 10;
  const portOn = (index: number, more: Row): {id: string; mac: string} | undefined => {
    const subnet = subnets[index % Math.max(1, subnets.length)];
    if (subnet === undefined) return undefined;
    host += 1;
    const mac = `fa:16:3e:00:00:${host.toString(16).padStart(2, '0')}`;
    const id = b.add('port', {
      name: host % 2 === 0 ? '' : b.name(),
      network_id: subnet.network,
      admin_state_up: true,
      mac_address: mac,
      device_id: '',
      device_owner: '',
      fixed_ips: [{subnet_id: subnet.id, ip_address: subnet.cidr.replace('0/24', String(host))}],
      security_groups: groups.slice(0, 1 + (host % 2)),
      port_security_enabled: true,
      allowed_address_pairs: [],
      'binding:vnic_type': 'normal',
      dns_name: '',
      tags: [],
      description: '',
      extra_dhcp_opts: [],
      status: 'ACTIVE',
      ...more,
    });
    return {id, mac};
  };
  const serverGroup = b.add('server_group', {
    name: b.name(),
    policy: 'affinity',
    rules: {},
    members: [],
    user_id: 'u1',
  });
  for (const [s, server] of plan.servers.entries()) {
    const id = uuid('server', s);
    const ports = server.nics
      .map(nic => portOn(nic, {device_id: id, device_owner: 'compute:nova'}))
      .filter(port => port !== undefined);
    const attached = Array.from({length: server.volumes}, (_, v) =>
      b.add('volume', {
        name: b.name(),
        size: 1 + v,
        status: 'in-use',
        volume_type: 'standard',
        availability_zone: 'nova',
        metadata: {},
        description: '',
        bootable: 'false',
        snapshot_id: null,
        source_volid: null,
        multiattach: false,
        attachments: [
          {
            id: uuid('volume', b.rows['volume']?.length ?? 0),
            attachment_id: uuid('attachment', s * 10 + v),
            server_id: id,
            device: `/dev/vd${'bcdef'[v] ?? 'z'}`,
            volume_id: uuid('volume', b.rows['volume']?.length ?? 0),
          },
        ],
      }),
    );
    if (server.group === 0)
      (
        b.rows['server_group']?.find(row => row['id'] === serverGroup)?.['members'] as string[] | undefined
      )?.push(id);
    b.add('server', {
      id,
      name: b.name(),
      status: server.off ? 'SHUTOFF' : 'ACTIVE',
      user_id: 'u1',
      flavor: {original_name: 'm1.tiny', vcpus: 1, ram: 64, disk: 1},
      image: {id: uuid('image', 0)},
      key_name: null,
      metadata: {[b.name()]: b.name()},
      tags: [],
      config_drive: '',
      'OS-DCF:diskConfig': 'MANUAL',
      'OS-EXT-AZ:availability_zone': 'nova',
      description: null,
      addresses: ports.map(port => [
        'net',
        [{'OS-EXT-IPS-MAC:mac_addr': port.mac, 'OS-EXT-IPS:type': 'fixed', addr: '10.0.0.1', version: 4}],
      ]),
      'os-extended-volumes:volumes_attached': attached.map(volume => ({
        id: volume,
        delete_on_termination: false,
      })),
      created: `2026-01-0${s + 1}T00:00:00Z`,
    });
  }
  for (const index of plan.loose) portOn(index, {});
  const routers = plan.routers.map(router =>
    b.add('router', {
      name: b.name(),
      admin_state_up: true,
      external_gateway_info: router.external
        ? {network_id: outside, enable_snat: true, external_fixed_ips: []}
        : null,
      routes: [],
      tags: [],
      description: '',
      distributed: false,
      ha: false,
    }),
  );
  const joined = new Set<number>();
  for (const [r, router] of plan.routers.entries()) {
    for (const leg of router.legs) {
      const at = leg % Math.max(1, subnets.length);
      const subnet = subnets[at];
      if (subnet === undefined || subnet.gateway === null || joined.has(at)) continue;
      joined.add(at);
      portOn(leg, {
        name: '',
        device_id: routers[r],
        device_owner: 'network:router_interface',
        fixed_ips: [{subnet_id: subnet.id, ip_address: subnet.gateway}],
        security_groups: [],
        port_security_enabled: false,
      });
    }
  }
  const ports = (b.rows['port'] ?? []).filter(row => row['device_owner'] === 'compute:nova');
  for (const index of plan.floating) {
    const port = ports[index % Math.max(1, ports.length)];
    const fixed = (port?.['fixed_ips'] as {ip_address: string}[] | undefined)?.[0]?.ip_address ?? null;
    b.add('floating_ip', {
      floating_network_id: outside,
      floating_ip_address: `172.24.0.${index}`,
      port_id: port?.['id'] ?? null,
      fixed_ip_address: fixed,
      router_id: routers[0] ?? null,
      status: 'ACTIVE',
      description: '',
      dns_name: '',
      dns_domain: '',
      tags: [],
      port_forwardings: [],
    });
  }
  return inventoryOf(b.rows);
}

function rule(group: string, index: number, more: Row): Row {
  return {
    id: uuid(`rule${group}`, index),
    security_group_id: group,
    project_id: PROJECT.id,
    tenant_id: PROJECT.id,
    direction: 'ingress',
    ethertype: 'IPv4',
    protocol: null,
    port_range_min: null,
    port_range_max: null,
    remote_ip_prefix: null,
    remote_group_id: null,
    remote_address_group_id: null,
    description: '',
    ...more,
  };
}

function groupsOf(b: Builder): string[] {
  const count = b.plan.groups.length;
  const ids = Array.from({length: count + 1}, (_, index) => uuid('security_group', index));
  const birth = (group: string): Row[] => [
    rule(group, 90, {direction: 'egress'}),
    rule(group, 91, {direction: 'egress', ethertype: 'IPv6'}),
  ];
  const add = (id: string, name: string, rules: Row[]): void => {
    b.add('security_group', {
      id,
      name,
      description: '',
      stateful: true,
      tags: [],
      security_group_rules: rules,
    });
  };
  const standard = ids[0] ?? '';
  add(standard, 'default', [
    ...birth(standard),
    rule(standard, 92, {remote_group_id: standard}),
    rule(standard, 93, {remote_group_id: standard, ethertype: 'IPv6'}),
  ]);
  for (const [index, rules] of b.plan.groups.entries()) {
    const id = ids[index + 1] ?? '';
    const name = b.name();
    add(id, name === 'default' ? 'other' : name, [
      ...birth(id),
      ...rules.map(({remote, protocol}, n) =>
        rule(id, n, {
          protocol,
          remote_group_id: remote < 0 ? null : (ids[remote % ids.length] ?? null),
          remote_ip_prefix: remote < 0 ? '10.0.0.0/8' : null,
        }),
      ),
    ]);
  }
  return ids;
}

/** The same rows in another order. */
export function shuffled(inventory: Inventory, seed: number): Inventory {
  let state = seed + 1;
  const random = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const rows = Object.fromEntries(
    Object.entries(inventory.rows)
      .toSorted(() => random() - 0.5)
      .map(([kind, list]) => [
        kind,
        list
          .map(row => ({row, at: random()}))
          .sort((a, b) => a.at - b.at)
          .map(({row}) => row),
      ]),
  );
  return {...inventory, rows};
}
