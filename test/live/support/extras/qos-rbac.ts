/** QoS policies of the project itself with every rule, what they limit, and things shared with another project. */
import type {Api, Row} from '../api.ts';
import {floatingIp, group, join, network, place, port, router} from '../make.ts';
import {attempt, type Site} from '../site.ts';
import {sweepAll} from '../sweep.ts';
import type {Extra} from './extra.ts';

/** Nobody's: Neutron asks Keystone for none. */
const STRANGER = '5aaaaaaa5aaa4aaa8aaa5aaaaaaaaaaa';

async function policies(api: Api): Promise<Record<string, Row>> {
  const make = (fields: object): Promise<Row> =>
    api.create('network', '/qos/policies', 'policy', {...fields});
  const rule = (on: Row, type: string, fields: object): Promise<Row> =>
    api.create('network', `/qos/policies/${on.id}/${type}_rules`, `${type}_rule`, {...fields});
  const gold = await make({name: 'gold', description: 'for: the "web"'});
  await rule(gold, 'bandwidth_limit', {max_kbps: 20_000, max_burst_kbps: 16_000, direction: 'ingress'});
  await rule(gold, 'bandwidth_limit', {max_kbps: 10_000});
  await rule(gold, 'dscp_marking', {dscp_mark: 26});
  const floor = await make({name: 'floor'});
  await rule(floor, 'minimum_bandwidth', {min_kbps: 1000, direction: 'ingress'});
  await rule(floor, 'minimum_bandwidth', {min_kbps: 500});
  await rule(floor, 'minimum_packet_rate', {min_kpps: 7, direction: 'any'});
  const preset = await make({name: 'preset', is_default: true, shared: true});
  await rule(preset, 'bandwidth_limit', {max_kbps: 90_000});
  // OVN knows no such rule: only a policy that nothing uses may have one.
  const packets = await make({name: 'packets'});
  await rule(packets, 'packet_rate_limit', {max_kpps: 9, max_burst_kpps: 5, direction: 'ingress'});
  return {gold, floor, preset, packets};
}

async function build(site: Site): Promise<Readonly<Record<string, Row>>> {
  const {api, admin, outside} = site;
  if (admin === undefined) throw new Error('only an admin may make QoS policies');
  const made = await policies(admin);
  const {gold} = made;
  if (gold === undefined) throw new Error('no policy to use');
  const inside = await place(api, 'limited', '10.61.0.0/24');
  await api.update('network', `/networks/${inside.network.id}`, 'network', {qos_policy_id: gold.id});
  const edge = await router(api, {
    name: 'limited',
    external_gateway_info: {network_id: outside.external, qos_policy_id: gold.id},
  });
  await join(api, edge, {subnet_id: inside.subnet.id});
  const held = await port(api, inside.network, {name: 'limited', qos_policy_id: gold.id});
  const address = await floatingIp(api, {
    floating_network_id: outside.external,
    port_id: held.id,
    qos_policy_id: gold.id,
  });
  // Born with the project's default policy.
  const born = await network(api, {name: 'born-limited'});

  const share = (type: string, what: Row, action = 'access_as_shared', target = STRANGER): Promise<Row> =>
    api.create('network', '/rbac-policies', 'rbac_policy', {
      object_type: type,
      object_id: what.id,
      action,
      target_tenant: target,
    });
  const shared = await network(api, {name: 'lent'});
  const sharing = await share('network', shared);
  const outer = await network(api, {name: 'lent-outside'});
  const external = await share('network', outer, 'access_as_external');
  const lentPolicy = await share('qos_policy', gold);
  const guard = await group(api, {name: 'lent-group'});
  const lentGroup = await share('security_group', guard);
  const open = await network(api, {name: 'open'});
  await admin.update('network', `/networks/${open.id}`, 'network', {shared: true});

  const rack = await attempt(site, 'a second segment', () =>
    admin.create('network', '/segments', 'segment', {
      network_id: shared.id,
      network_type: 'geneve',
      name: 'rack-2',
      description: 'the "second" rack',
    }),
  );
  return {
    ...made,
    network: inside.network,
    edge,
    held,
    address,
    born,
    sharing,
    external,
    lentPolicy,
    lentGroup,
    open,
    ...(rack === undefined ? {} : {rack}),
  };
}

/** Policies that something uses can't go: what they limit is freed first. */
async function wipe(api: Api): Promise<void> {
  const mine = `?project_id=${api.projectId}`;
  await sweepAll(
    api,
    'network',
    `/rbac-policies${mine}`,
    'rbac_policies',
    row => row['target_tenant'] === '*',
  );
  const policies = await api.list('network', `/qos/policies${mine}`, 'policies');
  if (policies.length === 0) return;
  for (const [path, key] of [
    ['networks', 'network'],
    ['ports', 'port'],
    ['floatingips', 'floatingip'],
  ] as const) {
    const rows = await api.list('network', `/${path}${mine}`, path);
    for (const row of rows)
      if (row['qos_policy_id']) await api.update('network', `/${path}/${row.id}`, key, {qos_policy_id: null});
  }
  for (const row of await api.list('network', `/routers${mine}`, 'routers')) {
    const gateway = row['external_gateway_info'] as {network_id: string; qos_policy_id?: string} | null;
    if (gateway?.qos_policy_id)
      await api.update('network', `/routers/${row.id}`, 'router', {
        external_gateway_info: {network_id: gateway.network_id, qos_policy_id: null},
      });
  }
  await sweepAll(api, 'network', `/qos/policies${mine}`, 'policies');
}

export const qosRbac: Extra = {build, wipe};
