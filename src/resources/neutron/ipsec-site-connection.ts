import {define, from, lost, resource, stepwise} from '../../model/define.ts';
import {Ask, Ref} from '../../model/value.ts';
import {ikePolicy} from './ike-policy.ts';
import {ipsecPolicy} from './ipsec-policy.ts';
import {command, foreign, isOurs, serverMade, type Common} from './shared.ts';
import {vpnService} from './vpn-service.ts';

interface Dpd {
  readonly action: string;
  readonly interval: number;
  readonly timeout: number;
}

/** Answered by Neutron; proof: neutron-lib `api/definitions/vpn.py`. */
interface Row extends Common {
  readonly name: string;
  readonly description: string;
  readonly peer_address: string;
  readonly peer_id: string;
  /** Empty where endpoint groups say it. */
  readonly peer_cidrs: readonly string[];
  readonly local_id?: string | null;
  readonly mtu: number;
  readonly psk: string;
  readonly initiator: string;
  readonly dpd: Dpd;
  readonly admin_state_up: boolean;
  readonly vpnservice_id: string;
  readonly ikepolicy_id: string;
  readonly ipsecpolicy_id: string;
  readonly local_ep_group_id?: string | null;
  readonly peer_ep_group_id?: string | null;
  /** 'static' and 'psk': there are no others. */
  readonly route_mode?: string;
  readonly auth_mode?: string;
  readonly status?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/neutron/vpnservice.py`, `IPsecSiteConnection.properties_schema`. */
interface Properties {
  readonly name: string;
  readonly description?: string;
  readonly peer_address: string;
  readonly peer_id: string;
  readonly peer_cidrs: readonly string[];
  readonly mtu?: number;
  readonly psk: Ask;
  readonly initiator?: string;
  readonly admin_state_up?: boolean;
  readonly vpnservice_id: Ref<'vpn_service'>;
  readonly ikepolicy_id: Ref<'ike_policy'>;
  readonly ipsecpolicy_id: Ref<'ipsec_policy'>;
}

const r = from<Row>();

export const ipsecSiteConnection = define<Row, Properties>()({
  kind: 'ipsec_site_connection',
  section: 'VPN',
  heat: 'OS::Neutron::IPsecSiteConnection',
  list: {
    service: 'network',
    path: 'vpn/ipsec-site-connections',
    key: 'ipsec_site_connections',
    extension: 'vpnaas',
    ours: true,
  },
  where: (row, scope) => {
    if (!isOurs(row, scope)) return foreign;
    if (row.local_ep_group_id || row.peer_ep_group_id)
      return lost(
        'Heat knows no endpoint groups: openstack vpn ipsec site connection create --local-endpoint-group --peer-endpoint-group --psk',
      );
    return resource;
  },
  label: row => row.peer_address,
  under: row => new Ref(vpnService.kind, row.vpnservice_id),
  along: row => new Ref(vpnService.kind, row.vpnservice_id),
  // Heat waits for ACTIVE and takes DOWN for a failure of the whole stack.
  optional: {
    why: "Create the connection. Heat waits until it is up and fails where the peer does not answer: true once the peer expects this router's address, and both policies are as they should be",
    create: false,
  },
  properties: {
    name: r.copy('name'),
    description: r.some('description'),
    peer_address: r.copy('peer_address'),
    peer_id: r.copy('peer_id'),
    peer_cidrs: r.derive('peer_cidrs', cidrs => cidrs.toSorted()),
    mtu: r.unless('mtu', 1500),
    psk: r.make(['psk'], () => new Ask('psk_of', 'Pre-shared key that the peer knows, too', {secret: 'psk'})),
    initiator: r.unless('initiator', 'bi-directional'),
    admin_state_up: r.unless('admin_state_up', true),
    vpnservice_id: r.ref(vpnService, 'vpnservice_id'),
    ikepolicy_id: r.ref(ikePolicy, 'ikepolicy_id'),
    ipsecpolicy_id: r.ref(ipsecPolicy, 'ipsecpolicy_id'),
  },
  unordered: ['peer_cidrs'],
  ignores: {
    ...serverMade,
    // Heat sends it under a key that Neutron refuses.
    dpd: stepwise(({id, dpd: {action, interval, timeout}}) =>
      action === 'hold' && interval === 30 && timeout === 120
        ? undefined
        : {
            when: 'after',
            title: 'set how a VPN connection finds that its peer is dead',
            command: command(
              'vpn ipsec site connection set',
              ['--dpd', `action=${action},interval=${interval},timeout=${timeout}`],
              new Ref('ipsec_site_connection', id),
            ),
          },
    ),
    local_id: stepwise(row =>
      row.local_id
        ? {
            when: 'after',
            title: 'set how a VPN connection names itself to its peer',
            command: command(
              'vpn ipsec site connection set',
              ['--local-id', row.local_id],
              new Ref('ipsec_site_connection', row.id),
            ),
          }
        : undefined,
    ),
    local_ep_group_id: 'elsewhere',
    peer_ep_group_id: 'elsewhere',
    route_mode: 'read-only',
    auth_mode: 'read-only',
    status: 'read-only',
  },
  example: {
    row: {
      id: 'c1',
      project_id: 'p1',
      name: 'to-branch',
      description: 'over the hill',
      peer_address: '198.51.100.9',
      peer_id: 'vpn@branch.example',
      peer_cidrs: ['192.0.2.128/25', '192.0.2.0/25'],
      local_id: 'here',
      mtu: 1400,
      psk: '(redacted)',
      initiator: 'response-only',
      dpd: {action: 'restart', interval: 10, timeout: 60},
      admin_state_up: false,
      vpnservice_id: 'v1',
      ikepolicy_id: 'i1',
      ipsecpolicy_id: 'e1',
      local_ep_group_id: null,
      peer_ep_group_id: null,
    },
    with: {
      vpn_service: [{id: 'v1', project_id: 'p1', name: 'branch', router_id: 'r1', subnet_id: 's1'}],
      ike_policy: [{id: 'i1', project_id: 'p1', name: 'strong'}],
      ipsec_policy: [{id: 'e1', project_id: 'p1', name: 'strong'}],
    },
    emits: {
      name: 'to-branch',
      description: 'over the hill',
      peer_address: '198.51.100.9',
      peer_id: 'vpn@branch.example',
      peer_cidrs: ['192.0.2.0/25', '192.0.2.128/25'],
      mtu: 1400,
      psk: {ask: 'psk_of'},
      initiator: 'response-only',
      admin_state_up: false,
      vpnservice_id: {get_resource: 'vpn_service:v1'},
      ikepolicy_id: {get_resource: 'ike_policy:i1'},
      ipsecpolicy_id: {get_resource: 'ipsec_policy:e1'},
    },
  },
});
