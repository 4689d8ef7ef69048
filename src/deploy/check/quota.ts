/** What the stack will need of each quota, against what the target project has left. */
import {type Fields, fields, number, objects, text, word} from '../../model/json.ts';
import {type Finding, problem, warning} from './finding.ts';
import {flavors} from './kinds.ts';
import type {Target, Thing} from './target.ts';
import {type CheckedResource, valueOf} from './template.ts';

/** Quota name -> amount, per service. */
export interface Need {
  readonly compute: ReadonlyMap<string, number>;
  readonly network: ReadonlyMap<string, number>;
  readonly volume: ReadonlyMap<string, number>;
}

interface Room {
  readonly limit: number;
  readonly used: number;
}

const units: Readonly<Record<string, string>> = {
  instances: 'servers',
  cores: 'cores',
  ram: 'MiB of RAM',
  server_groups: 'server groups',
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
};

/** Neutron's resources that are one unit of one quota. */
const single: Readonly<Record<string, string>> = {
  'OS::Neutron::Net': 'network',
  'OS::Neutron::ProviderNet': 'network',
  'OS::Neutron::Subnet': 'subnet',
  'OS::Neutron::SubnetPool': 'subnetpool',
  'OS::Neutron::Port': 'port',
  'OS::Neutron::Router': 'router',
  'OS::Neutron::FloatingIP': 'floatingip',
  'OS::Neutron::SecurityGroupRule': 'security_group_rule',
  'OS::Neutron::Trunk': 'trunk',
  'OS::Neutron::RBACPolicy': 'rbac_policy',
};

export async function checkQuota(
  resources: readonly CheckedResource[],
  parameters: Fields,
  target: Target,
): Promise<readonly Finding[]> {
  const servers = resources.some(({type}) => type === 'OS::Nova::Server');
  const listed = servers ? await target.list(flavors) : [];
  const need = needOf(resources, parameters, typeof listed === 'string' ? [] : listed);
  const project = target.session.identity.project?.id ?? '';
  const sources: [
    string,
    ReadonlyMap<string, number>,
    () => Promise<ReadonlyMap<string, Room> | undefined>,
  ][] = [
    ['compute', need.compute, () => computeRoom(target)],
    ['network', need.network, () => networkRoom(target, project)],
    ['volume', need.volume, () => volumeRoom(target, project)],
  ];
  const findings = await Promise.all(
    sources
      .filter(([, wanted]) => wanted.size > 0)
      .map(async ([service, wanted, read]) => {
        const room = await read();
        if (room !== undefined) return shortfalls(wanted, room);
        return [
          warning('quota', `the ${service} quotas of the target can't be read, so they are not checked`),
        ];
      }),
  );
  return findings.flat();
}

function shortfalls(
  wanted: ReadonlyMap<string, number>,
  room: ReadonlyMap<string, Room>,
): readonly Finding[] {
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

function unitOf(name: string): string {
  const typed = /^(volumes|gigabytes)_(.+)$/s.exec(name);
  if (typed === null) return units[name] ?? name;
  return `${units[typed[1] ?? ''] ?? ''} of type ${JSON.stringify(typed[2])}`;
}

export function needOf(
  resources: readonly CheckedResource[],
  parameters: Fields,
  flavorRows: readonly Thing[],
): Need {
  const compute = new Map<string, number>();
  const network = new Map<string, number>();
  const volume = new Map<string, number>();
  const addVolume = (size: unknown, type: unknown): void => {
    const gigabytes = number(valueOf(size, parameters)) ?? 0;
    const typeName = text(valueOf(type, parameters));
    add(volume, 'volumes', 1);
    add(volume, 'gigabytes', gigabytes);
    if (typeName === '') return;
    add(volume, `volumes_${typeName}`, 1);
    add(volume, `gigabytes_${typeName}`, gigabytes);
  };
  for (const {type, properties} of resources) {
    const one = single[type];
    if (one !== undefined) add(network, one, 1);
    switch (type) {
      case 'OS::Nova::Server': {
        add(compute, 'instances', 1);
        const wanted = word(valueOf(properties['flavor'], parameters));
        const row = flavorRows.find(({id, name}) => id === wanted || name === wanted)?.row;
        add(compute, 'cores', number(row?.['vcpus']) ?? 0);
        add(compute, 'ram', number(row?.['ram']) ?? 0);
        // Nova makes a port for each NIC that names none, and a volume for each disk it is to build.
        add(network, 'port', objects(properties['networks']).filter(nic => makesPort(nic)).length);
        for (const disk of objects(properties['block_device_mapping_v2'])) {
          if (disk['volume_size'] !== undefined && disk['volume_id'] === undefined)
            addVolume(disk['volume_size'], disk['volume_type']);
        }
        break;
      }
      case 'OS::Nova::ServerGroup':
        add(compute, 'server_groups', 1);
        break;
      case 'OS::Cinder::Volume':
        addVolume(properties['size'], properties['volume_type']);
        break;
      case 'OS::Neutron::RouterInterface':
        if (properties['port'] === undefined) add(network, 'port', 1);
        break;
      case 'OS::Neutron::SecurityGroup': {
        const rules = objects(properties['rules']);
        add(network, 'security_group', 1);
        // Neutron's two egress rules stay where the template says none of its own.
        const own = rules.some(rule => rule['direction'] === 'egress') ? 0 : 2;
        add(network, 'security_group_rule', rules.length + own);
        break;
      }
      default:
    }
  }
  return {compute, network, volume};
}

function add(map: Map<string, number>, name: string, amount: number): void {
  if (amount > 0) map.set(name, (map.get(name) ?? 0) + amount);
}

function makesPort(nic: Fields): boolean {
  return nic['port'] === undefined && nic['allocate_network'] !== 'none';
}

async function computeRoom(target: Target): Promise<ReadonlyMap<string, Room> | undefined> {
  const body = await target.get('compute', 'limits');
  if (body === undefined) return undefined;
  const absolute = fields(fields(body['limits'])['absolute']);
  const names = [
    ['instances', 'maxTotalInstances', 'totalInstancesUsed'],
    ['cores', 'maxTotalCores', 'totalCoresUsed'],
    ['ram', 'maxTotalRAMSize', 'totalRAMUsed'],
    ['server_groups', 'maxServerGroups', 'totalServerGroupsUsed'],
  ] as const;
  return roomOf(names.map(([name, limit, used]) => [name, absolute[limit], absolute[used], 0]));
}

async function networkRoom(target: Target, project: string): Promise<ReadonlyMap<string, Room> | undefined> {
  const body = await target.get('network', `quotas/${project}/details`);
  if (body === undefined) return undefined;
  return roomOf(
    Object.entries(fields(body['quota'])).map(([name, raw]) => {
      const row = fields(raw);
      return [name, row['limit'], row['used'], row['reserved']];
    }),
  );
}

/** Quota sets know the limits per volume type too; where they are not for members, the plain limits do. */
async function volumeRoom(target: Target, project: string): Promise<ReadonlyMap<string, Room> | undefined> {
  const sets = await target.get('block-storage', `os-quota-sets/${project}`, {usage: true});
  if (sets !== undefined) {
    return roomOf(
      Object.entries(fields(sets['quota_set'])).map(([name, raw]) => {
        const row = fields(raw);
        return [name, row['limit'], row['in_use'], row['reserved']];
      }),
    );
  }
  const body = await target.get('block-storage', 'limits');
  if (body === undefined) return undefined;
  const absolute = fields(fields(body['limits'])['absolute']);
  return roomOf([
    ['volumes', absolute['maxTotalVolumes'], absolute['totalVolumesUsed'], 0],
    ['gigabytes', absolute['maxTotalVolumeGigabytes'], absolute['totalGigabytesUsed'], 0],
  ]);
}

function roomOf(
  rows: readonly (readonly [name: string, limit: unknown, used: unknown, reserved: unknown])[],
): ReadonlyMap<string, Room> {
  const room = new Map<string, Room>();
  for (const [name, rawLimit, used, reserved] of rows) {
    const limit = number(rawLimit);
    if (limit !== undefined) room.set(name, {limit, used: (number(used) ?? 0) + (number(reserved) ?? 0)});
  }
  return room;
}
