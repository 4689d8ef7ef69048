/** VPN: services on two subnets of a router, policies with every value, connections whose keys are hard to quote. */
import type {Api, Row} from '../api.ts';
import {join, place, router} from '../make.ts';
import type {Site} from '../site.ts';
import {sweepAll} from '../sweep.ts';
import type {Extra} from './extra.ts';

async function build(site: Site): Promise<Readonly<Record<string, Row>>> {
  const {api, outside} = site;
  const make = (path: string, key: string, fields: object): Promise<Row> =>
    api.create('network', `/vpn/${path}`, key, {...fields});
  const here = await place(api, 'vpn-here', '10.60.0.0/24');
  const there = await place(api, 'vpn-there', '10.60.1.0/24');
  const edge = await router(api, {
    name: 'vpn-edge',
    external_gateway_info: {network_id: outside.external},
  });
  await join(api, edge, {subnet_id: here.subnet.id});
  await join(api, edge, {subnet_id: there.subnet.id});
  const service = await make('vpnservices', 'vpnservice', {
    name: 'branch',
    description: 'to the "branch" office: yes',
    router_id: edge.id,
    subnet_id: here.subnet.id,
  });
  const unnamed = await make('vpnservices', 'vpnservice', {
    router_id: edge.id,
    subnet_id: there.subnet.id,
    admin_state_up: false,
  });

  const ike = await make('ikepolicies', 'ikepolicy', {
    name: 'strong',
    description: '$(phase one)',
    auth_algorithm: 'sha512',
    encryption_algorithm: 'aes-256',
    pfs: 'group14',
    ike_version: 'v2',
    lifetime: {value: 28_800},
  });
  const plainIke = await make('ikepolicies', 'ikepolicy', {});
  const aggressive = await make('ikepolicies', 'ikepolicy', {
    name: 'null',
    phase1_negotiation_mode: 'aggressive',
  });
  const ipsec = await make('ipsecpolicies', 'ipsecpolicy', {
    name: 'strong',
    description: 'phase two',
    encryption_algorithm: '3des',
    pfs: 'group2',
    transform_protocol: 'ah-esp',
    encapsulation_mode: 'transport',
    lifetime: {units: 'seconds', value: 7200},
  });
  const twin = await make('ipsecpolicies', 'ipsecpolicy', {name: 'strong'});
  const modern = await make('ipsecpolicies', 'ipsecpolicy', {auth_algorithm: 'sha384', name: 'modern'});

  const full = await make('ipsec-site-connections', 'ipsec_site_connection', {
    name: "branch's tunnel",
    description: 'over the hill',
    peer_address: '198.51.100.60',
    peer_id: '@branch.example',
    local_id: '@here.example',
    peer_cidrs: ['192.0.2.128/25', '192.0.2.0/26'],
    psk: `it's "hard": $HOME \`id\` #{get_param: x} \\n ü`,
    mtu: 1400,
    initiator: 'response-only',
    dpd: {action: 'restart-by-peer', interval: 11, timeout: 61},
    vpnservice_id: service.id,
    ikepolicy_id: ike.id,
    ipsecpolicy_id: ipsec.id,
  });
  const plain = await make('ipsec-site-connections', 'ipsec_site_connection', {
    peer_address: '198.51.100.61',
    peer_id: '198.51.100.61',
    peer_cidrs: ['198.18.0.0/24'],
    psk: '0123',
    admin_state_up: false,
    vpnservice_id: unnamed.id,
    ikepolicy_id: plainIke.id,
    ipsecpolicy_id: twin.id,
  });

  // Endpoint groups: what Heat knows nothing of.
  const group = await make('endpoint-groups', 'endpoint_group', {
    name: 'peers',
    description: 'behind the peer',
    type: 'cidr',
    endpoints: ['203.0.113.128/25'],
  });
  const local = await make('endpoint-groups', 'endpoint_group', {
    name: 'locals',
    type: 'subnet',
    endpoints: [there.subnet.id],
  });
  const groups = await make('vpnservices', 'vpnservice', {name: 'groups', router_id: edge.id});
  const grouped = await make('ipsec-site-connections', 'ipsec_site_connection', {
    name: 'grouped',
    peer_address: '198.51.100.62',
    peer_id: '198.51.100.62',
    local_ep_group_id: local.id,
    peer_ep_group_id: group.id,
    psk: 'grouped',
    vpnservice_id: groups.id,
    ikepolicy_id: plainIke.id,
    ipsecpolicy_id: twin.id,
  });
  return {
    edge,
    service,
    unnamed,
    ike,
    plainIke,
    aggressive,
    ipsec,
    twin,
    modern,
    full,
    plain,
    group,
    local,
    groups,
    grouped,
  };
}

async function hasVpn(api: Api): Promise<boolean> {
  const extensions = await api.list('network', '/extensions', 'extensions');
  return extensions.some(({alias}) => alias === 'vpnaas');
}

/** A service keeps its router in use, an endpoint group its subnets, whoever made them. */
async function free(api: Api): Promise<void> {
  if (!(await hasVpn(api))) return;
  const mine = `?project_id=${api.projectId}`;
  await sweepAll(api, 'network', `/vpn/ipsec-site-connections${mine}`, 'ipsec_site_connections');
  await sweepAll(api, 'network', `/vpn/vpnservices${mine}`, 'vpnservices');
  await sweepAll(api, 'network', `/vpn/endpoint-groups${mine}`, 'endpoint_groups');
}

async function wipe(api: Api): Promise<void> {
  if (!(await hasVpn(api))) return;
  await free(api);
  const mine = `?project_id=${api.projectId}`;
  await sweepAll(api, 'network', `/vpn/ikepolicies${mine}`, 'ikepolicies');
  await sweepAll(api, 'network', `/vpn/ipsecpolicies${mine}`, 'ipsecpolicies');
}

export const vpn: Extra = {build, free, wipe};
