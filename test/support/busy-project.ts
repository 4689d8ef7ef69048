/** Random projects whose addresses are named in every place that holds one. */
import fc from 'fast-check';
import type {Inventory, Row} from '../../src/model/inventory.ts';
import {fields, objects, text} from '../../src/model/json.ts';
import {PROJECT} from './inventory.ts';
import {project, uuid} from './random-project.ts';

interface Picks {
  readonly pairs: readonly (readonly [number, number])[];
  readonly second: readonly number[];
  readonly routes: readonly number[];
  readonly hostRoutes: readonly (readonly [number, number])[];
  readonly metadata: readonly number[];
  readonly rules: readonly number[];
  readonly balancers: readonly number[];
}

const index = fc.nat(40);

const picks: fc.Arbitrary<Picks> = fc.record({
  pairs: fc.array(fc.tuple(index, index), {maxLength: 6}),
  second: fc.array(index, {maxLength: 2}),
  routes: fc.array(index, {maxLength: 2}),
  hostRoutes: fc.array(fc.tuple(index, index), {maxLength: 2}),
  metadata: fc.array(index, {maxLength: 2}),
  rules: fc.array(index, {maxLength: 3}),
  balancers: fc.array(index, {maxLength: 2}),
});

export const busyProject: fc.Arbitrary<Inventory> = fc
  .tuple(project, picks)
  .map(([inventory, chosen]) => busy(inventory, chosen));

export function addressOf(port: Row | undefined): string {
  return text(objects(port?.['fixed_ips'])[0]?.['ip_address']);
}

function at<T>(list: readonly T[], n: number): T | undefined {
  return list[n % Math.max(1, list.length)];
}

function add(row: Row | undefined, field: string, value: unknown): void {
  if (row === undefined || value === '' || value === undefined) return;
  const known = row[field];
  Object.assign(row, {[field]: Array.isArray(known) ? [...(known as unknown[]), value] : [value]});
}

function busy(inventory: Inventory, picked: Picks): Inventory {
  const rows: Record<string, Row[]> = Object.fromEntries(
    Object.entries(inventory.rows).map(([kind, list]) => [kind, list.map(row => ({...row}))]),
  );
  const of = (kind: string): Row[] => rows[kind] ?? [];
  const own = new Set(
    of('network').flatMap(row => (row['project_id'] === PROJECT.id ? [text(row['id'])] : [])),
  );
  const ports = of('port').filter(row => row['device_owner'] !== 'network:router_interface');
  const subnets = of('subnet').filter(row => own.has(text(row['network_id'])));
  for (const n of picked.second) {
    const one = at(ports, n);
    const first = fields(objects(one?.['fixed_ips'])[0]);
    const address = text(first['ip_address']).replace(/\d+$/, String(100 + (n % 50)));
    if (one !== undefined && address !== '') add(one, 'fixed_ips', {...first, ip_address: address});
  }
  for (const [from, to] of picked.pairs) {
    const address = addressOf(at(ports, to));
    if (address !== '') add(at(ports, from), 'allowed_address_pairs', {ip_address: address});
  }
  for (const n of picked.routes) {
    const nexthop = addressOf(at(ports, n));
    if (nexthop !== '') add(at(of('router'), n), 'routes', {destination: `198.51.100.${n}/32`, nexthop});
  }
  for (const [from, to] of picked.hostRoutes) {
    const nexthop = addressOf(at(ports, to));
    if (nexthop !== '') add(at(subnets, from), 'host_routes', {destination: `203.0.113.${to}/32`, nexthop});
  }
  for (const n of picked.metadata) {
    const server = at(of('server'), n);
    const address = addressOf(at(ports, n));
    if (server !== undefined && address !== '')
      Object.assign(server, {metadata: {peer: address, url: `http://${address}:80/`}});
  }
  for (const n of picked.rules) {
    const group = at(of('security_group'), n);
    const cidr = text(at(subnets, n)?.['cidr']);
    const [template] = objects(group?.['security_group_rules']);
    if (template !== undefined && cidr !== '')
      add(group, 'security_group_rules', {
        ...template,
        id: uuid('prefix', n),
        direction: 'ingress',
        protocol: 'tcp',
        remote_ip_prefix: cidr,
      });
  }
  for (const [i, n] of picked.balancers.entries()) {
    const subnet = at(subnets, n);
    if (subnet === undefined) continue;
    rows['load_balancer'] = [
      ...of('load_balancer'),
      {
        id: uuid('load_balancer', i),
        project_id: PROJECT.id,
        name: 'lb',
        description: '',
        provisioning_status: 'ACTIVE',
        operating_status: 'ONLINE',
        admin_state_up: true,
        vip_address: text(subnet['cidr']).replace('0/24', String(200 + i)),
        vip_port_id: null,
        vip_subnet_id: subnet['id'],
        vip_network_id: subnet['network_id'],
        listeners: [],
        pools: [],
        provider: 'amphora',
        flavor_id: null,
        tags: [],
      },
    ];
  }
  return {...inventory, rows};
}
