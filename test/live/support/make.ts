/** One function per kind: creates it, waits until it is usable, gives back the API's own row. */
import pLimit from 'p-limit';
import type {Api, Fields, Row} from './api.ts';
import {publicKey, type Site} from './site.ts';

/** What several builders made, as one dictionary by role. */
export const merge = (...parts: readonly Readonly<Record<string, Row>>[]): Record<string, Row> =>
  Object.fromEntries(parts.flatMap(part => Object.entries(part)));

export const network = (api: Api, fields: Fields): Promise<Row> =>
  api.create('network', '/networks', 'network', fields);

export const subnet = (api: Api, on: Row, cidr: string, fields: Fields = {}): Promise<Row> =>
  api.create('network', '/subnets', 'subnet', {
    network_id: on.id,
    cidr,
    ip_version: cidr.includes(':') ? 6 : 4,
    ...fields,
  });

/** A network with one subnet, for builders that need a place and nothing special. */
export async function place(
  api: Api,
  name: string,
  cidr: string,
  fields: Fields = {},
): Promise<{network: Row; subnet: Row}> {
  const made = await network(api, {name});
  return {network: made, subnet: await subnet(api, made, cidr, {name: `${name}-v4`, ...fields})};
}

export const port = (api: Api, on: Row | string, fields: Fields = {}): Promise<Row> =>
  api.create('network', '/ports', 'port', {network_id: typeof on === 'string' ? on : on.id, ...fields});

export const router = (api: Api, fields: Fields): Promise<Row> =>
  api.create('network', '/routers', 'router', fields);

/** A router interface, by subnet or by port. */
export async function join(api: Api, on: Row, fields: Fields): Promise<void> {
  await api.call('PUT', 'network', `/routers/${on.id}/add_router_interface`, fields);
}

export const floatingIp = (api: Api, fields: Fields): Promise<Row> =>
  api.create('network', '/floatingips', 'floatingip', fields);

export async function setTags(api: Api, path: string, tags: readonly string[]): Promise<void> {
  await api.call('PUT', 'network', `${path}/tags`, {tags});
}

export const group = (api: Api, fields: Fields): Promise<Row> =>
  api.create('network', '/security-groups', 'security_group', fields);

export const rule = (api: Api, on: Row, fields: Fields): Promise<Row> =>
  api.create('network', '/security-group-rules', 'security_group_rule', {
    security_group_id: on.id,
    direction: 'ingress',
    ...fields,
  });

/** Several in one call, all or none. */
export async function rules(api: Api, on: Row, all: readonly Fields[]): Promise<void> {
  await api.call('POST', 'network', '/security-group-rules', {
    security_group_rules: all.map(fields => ({security_group_id: on.id, direction: 'ingress', ...fields})),
  });
}

/** Removes the rules of a group that a test picks, as the two that every group is born with. */
export async function dropRules(api: Api, on: Row, drop: (rule: Row) => boolean): Promise<number> {
  const rules = await api.list(
    'network',
    `/security-group-rules?security_group_id=${on.id}`,
    'security_group_rules',
  );
  const gone = rules.filter(row => drop(row));
  await Promise.all(gone.map(row => api.remove('network', `/security-group-rules/${row.id}`)));
  return gone.length;
}

export async function volume(api: Api, fields: Fields): Promise<Row> {
  const made = await api.create('volume', '/volumes', 'volume', {size: 1, ...fields});
  return api.waitFor('volume', `/volumes/${made.id}`, 'volume', 'available');
}

export async function snapshot(api: Api, of: Row, fields: Fields = {}): Promise<Row> {
  const made = await api.create('volume', '/snapshots', 'snapshot', {
    volume_id: of.id,
    force: true,
    ...fields,
  });
  return api.waitFor('volume', `/snapshots/${made.id}`, 'snapshot', 'available');
}

/** A server that Nova has only begun to make. Without `networks` in the fields it has no NIC. */
export async function newServer(
  site: Site,
  fields: Fields,
  hints?: Fields,
  api: Api = site.api,
): Promise<Row> {
  const server = {
    flavorRef: site.outside.tiny,
    networks: 'none',
    ...('block_device_mapping_v2' in fields ? {} : {imageRef: site.outside.image}),
    ...fields,
  };
  // Hints stand beside the server, not in it.
  const body = {server, ...(hints === undefined ? {} : {'os:scheduler_hints': hints})};
  return ((await api.call('POST', 'compute', '/servers', body)) as {readonly server: Row}).server;
}

/** Servers on their way to ACTIVE: for each of them Nova has some ten calls to Neutron under way. */
const building = pLimit(4);

/** A server that became ACTIVE. */
export async function server(site: Site, fields: Fields, hints?: Fields, api: Api = site.api): Promise<Row> {
  return building(async () => {
    const made = await newServer(site, fields, hints, api);
    return api.waitFor('compute', `/servers/${made.id}`, 'server', 'ACTIVE');
  });
}

/** Attaches and waits, because the order of attaching is the order of the devices. */
export async function attach(api: Api, to: Row, what: Row, fields: Fields = {}): Promise<void> {
  await api.call('POST', 'compute', `/servers/${to.id}/os-volume_attachments`, {
    volumeAttachment: {volumeId: what.id, ...fields},
  });
  await api.waitFor('volume', `/volumes/${what.id}`, 'volume', 'in-use');
}

export const serverGroup = (api: Api, name: string, policy: string, fields: Fields = {}): Promise<Row> =>
  api.create('compute', '/os-server-groups', 'server_group', {name, policy, ...fields});

/** Its name is its id. Key pairs belong to the user: the suffix keeps builds apart and lets a wipe find them. */
export async function keyPair(site: Site, label: string, api: Api = site.api): Promise<Row> {
  const name = `${label}${site.suffix}`;
  const made = await api.create('compute', '/os-keypairs', 'keypair', {
    name,
    type: 'ssh',
    public_key: publicKey(label),
  });
  return {...made, id: name};
}
