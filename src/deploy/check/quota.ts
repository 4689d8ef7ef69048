/** What the stack will need of each quota, against what the target project has left. */
import type {Fields} from '../../model/json.ts';
import {type Finding, problem, warning} from './finding.ts';
import {flavors} from './kinds.ts';
import {needOf, type Part, partsOf} from './need.ts';
import {type Rooms, rooms} from './room.ts';
import type {Target} from './target.ts';
import type {CheckedResource} from './template.ts';

const units: Readonly<Record<string, string>> = {
  instances: 'servers',
  cores: 'cores',
  ram: 'MiB of RAM',
  server_groups: 'server groups',
  key_pairs: 'key pairs',
  volumes: 'volumes',
  gigabytes: 'GiB of volumes',
  network: 'networks',
  subnet: 'subnets',
  subnetpool: 'subnet pools',
  port: 'ports',
  router: 'routers',
  floatingip: 'floating IPs',
  security_group: 'security groups',
  security_group_rule: 'security group rules',
  trunk: 'trunks',
  rbac_policy: 'RBAC policies',
  vpnservice: 'VPN services',
  ikepolicy: 'IKE policies',
  ipsecpolicy: 'IPsec policies',
  ipsec_site_connection: 'IPsec connections',
  load_balancer: 'load balancers',
  listener: 'listeners',
  pool: 'pools',
  member: 'pool members',
  health_monitor: 'health monitors',
  l7policy: 'L7 policies',
  l7rule: 'L7 rules',
  zones: 'DNS zones',
  secrets: 'secrets',
  containers: 'secret containers',
  shares: 'shares',
  share_gigabytes: 'GiB of shares',
  share_networks: 'share networks',
};

/** Of one thing. */
const partUnits: Readonly<Record<string, string>> = {
  server_group_members: 'servers in it',
  metadata_items: 'entries of metadata',
  per_volume_gigabytes: 'GiB',
  zone_recordsets: 'record sets',
  recordset_records: 'records',
};

/** How the services are called in warnings. */
const labels: Readonly<Record<string, string>> = {'block-storage': 'volume'};

export async function checkQuota(
  resources: readonly CheckedResource[],
  parameters: Fields,
  target: Target,
): Promise<readonly Finding[]> {
  const servers = resources.some(({type}) => type === 'OS::Nova::Server');
  const listed = servers ? await target.list(flavors) : [];
  const need = needOf(resources, parameters, typeof listed === 'string' ? [] : listed);
  const parts = partsOf(resources, parameters);
  const project = target.session.identity.project?.id ?? '';
  const findings = await Promise.all(
    [...need].map(async ([service, wanted]) => {
      const room = await rooms[service](target, project, [...wanted.keys()]);
      if (room !== undefined) return shortfalls(wanted, room).concat(tooMuch(parts, room));
      // That the service is missing is said with its types (schema.ts).
      if ((await target.session.service(service)) === undefined) return [];
      const label = labels[service] ?? service;
      return [warning('quota', `the ${label} quotas of the target can't be read, so they are not checked`)];
    }),
  );
  return findings.flat();
}

function shortfalls(wanted: ReadonlyMap<string, number>, room: Rooms): readonly Finding[] {
  const findings: Finding[] = [];
  for (const [name, amount] of wanted) {
    const left = room.get(name);
    if (left === undefined || left.limit < 0) continue;
    const free = Math.max(0, left.limit - left.used);
    if (amount <= free) continue;
    findings.push(
      problem(
        `quota ${name}`,
        `${amount} ${unitOf(name)} needed, ${free} free (limit ${left.limit}, used ${left.used}): ${amount - free} short`,
        `free some, or have the limit raised to ${left.used + amount}`,
      ),
    );
  }
  return findings;
}

function tooMuch(parts: readonly Part[], room: Rooms): readonly Finding[] {
  return parts.flatMap(({resource, amount, limit: name}) => {
    const limit = room.get(name)?.limit ?? -1;
    if (limit < 0 || amount <= limit) return [];
    return [
      problem(
        `resource ${resource}`,
        `has ${amount} ${partUnits[name] ?? ''}; the quota ${name} is ${limit}: ${amount - limit} short`,
        `have less of them, or have the limit raised to ${amount}`,
      ),
    ];
  });
}

function unitOf(name: string): string {
  const typed = /^(volumes|gigabytes)_(.+)$/s.exec(name);
  if (typed === null) return units[name] ?? name;
  return `${units[typed[1] ?? ''] ?? ''} of type ${JSON.stringify(typed[2])}`;
}
