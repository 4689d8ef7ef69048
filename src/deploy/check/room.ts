/** What the target project has left of each quota, as its services tell a member. */
import {type Fields, fields, number, objects} from '../../model/json.ts';
import {keypairs} from './kinds.ts';
import type {Counting} from './need.ts';
import type {Target} from './target.ts';

export interface Room {
  /** Below zero: no limit. */
  readonly limit: number;
  readonly used: number;
}

/** Quota name -> room. */
export type Rooms = ReadonlyMap<string, Room>;

type Row = readonly [name: string, limit: unknown, used: unknown, reserved?: unknown];

/** Undefined where the service doesn't say. @param names Those that matter: what has to be counted is counted for them only. */
type Reading = (target: Target, project: string, names: readonly string[]) => Promise<Rooms | undefined>;

export const rooms: Readonly<Record<Counting, Reading>> = {
  compute,
  network,
  'block-storage': volumes,
  'load-balancer': loadBalancers,
  dns,
  'key-manager': keys,
  'shared-file-system': shares,
};

async function compute(target: Target, _: string, names: readonly string[]): Promise<Rooms | undefined> {
  const body = await target.get('compute', 'limits');
  if (body === undefined) return undefined;
  const absolute = fields(fields(body['limits'])['absolute']);
  // Key pairs are the user's, and nobody counts them for us.
  const pairs = names.includes('key_pairs') ? await target.list(keypairs) : [];
  return roomOf([
    ['instances', absolute['maxTotalInstances'], absolute['totalInstancesUsed']],
    ['cores', absolute['maxTotalCores'], absolute['totalCoresUsed']],
    ['ram', absolute['maxTotalRAMSize'], absolute['totalRAMUsed']],
    ['server_groups', absolute['maxServerGroups'], absolute['totalServerGroupsUsed']],
    ['server_group_members', absolute['maxServerGroupMembers'], 0],
    ['metadata_items', absolute['maxServerMeta'], 0],
    ...(typeof pairs === 'string'
      ? []
      : [['key_pairs', absolute['maxTotalKeypairs'], pairs.length] as const]),
  ]);
}

async function network(target: Target, project: string): Promise<Rooms | undefined> {
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
async function volumes(target: Target, project: string): Promise<Rooms | undefined> {
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
    ['volumes', absolute['maxTotalVolumes'], absolute['totalVolumesUsed']],
    ['gigabytes', absolute['maxTotalVolumeGigabytes'], absolute['totalGigabytesUsed']],
  ]);
}

/** Octavia tells limits only: what is there is counted. Members and rules are counted inside their pools and policies. */
async function loadBalancers(
  target: Target,
  project: string,
  names: readonly string[],
): Promise<Rooms | undefined> {
  const body = await target.get('load-balancer', `lbaas/quotas/${project}`);
  if (body === undefined) return undefined;
  const quota = fields(body['quota']);
  const lists: Readonly<Record<string, readonly [path: string, inside?: string]>> = {
    load_balancer: ['loadbalancers'],
    listener: ['listeners'],
    pool: ['pools'],
    member: ['pools', 'members'],
    health_monitor: ['healthmonitors'],
    l7policy: ['l7policies'],
    l7rule: ['l7policies', 'rules'],
  };
  const rows = await Promise.all(
    names.map(async (name): Promise<Row | undefined> => {
      const [path, inside] = lists[name] ?? [];
      const limit = number(quota[name]);
      if (path === undefined || limit === undefined || limit < 0) return undefined;
      const listing = {noun: name, service: 'load-balancer', path: `lbaas/${path}`, key: path};
      const things = await target.list({...listing, query: {project_id: project}});
      if (typeof things === 'string') return undefined;
      const used =
        inside === undefined
          ? things.length
          : things.reduce((sum, {row}) => sum + objects(row[inside]).length, 0);
      return [name, limit, used];
    }),
  );
  return roomOf(rows.filter(row => row !== undefined));
}

async function dns(target: Target, project: string): Promise<Rooms | undefined> {
  const body = await target.get('dns', `quotas/${project}`);
  if (body === undefined) return undefined;
  const zones = await target.list({noun: 'DNS zone', service: 'dns', path: 'zones', key: 'zones'});
  return roomOf([
    ...(typeof zones === 'string' ? [] : [['zones', body['zones'], zones.length] as const]),
    ['zone_recordsets', body['zone_recordsets'], 0],
    ['recordset_records', body['recordset_records'], 0],
  ]);
}

async function keys(target: Target, _: string, names: readonly string[]): Promise<Rooms | undefined> {
  const body = await target.get('key-manager', 'quotas');
  if (body === undefined) return undefined;
  const quotas = fields(body['quotas']);
  const rows = names.map(async (name): Promise<Row | undefined> => {
    const limit = number(quotas[name]);
    if (limit === undefined || limit < 0) return undefined;
    const page: Fields | undefined = await target.get('key-manager', name, {limit: 1});
    return page === undefined ? undefined : [name, limit, page['total']];
  });
  return roomOf((await Promise.all(rows)).filter(row => row !== undefined));
}

async function shares(target: Target): Promise<Rooms | undefined> {
  const body = await target.get('shared-file-system', 'limits');
  if (body === undefined) return undefined;
  const absolute = fields(fields(body['limits'])['absolute']);
  return roomOf([
    ['shares', absolute['maxTotalShares'], absolute['totalSharesUsed']],
    ['share_gigabytes', absolute['maxTotalShareGigabytes'], absolute['totalShareGigabytesUsed']],
    ['share_networks', absolute['maxTotalShareNetworks'], absolute['totalShareNetworksUsed']],
  ]);
}

function roomOf(rows: readonly Row[]): Rooms {
  const room = new Map<string, Room>();
  for (const [name, rawLimit, used, reserved] of rows) {
    const limit = number(rawLimit);
    if (limit !== undefined) room.set(name, {limit, used: (number(used) ?? 0) + (number(reserved) ?? 0)});
  }
  return room;
}
