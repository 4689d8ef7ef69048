/** Neutron's commands for VPN. Proof: neutronclient `osc/v2/vpnaas/*.py`. */
import {pairs, text, texts, yes, type Command} from '../command.ts';
import {type Collection, making, setting} from '../effect.ts';

function vpn(path: string, row: string, rows: string): Collection {
  return {service: 'network', path: `vpn/${path}`, rows, row, noun: row.replaceAll('_', ' ')};
}

const services = vpn('vpnservices', 'vpnservice', 'vpnservices');
const endpointGroups = vpn('endpoint-groups', 'endpoint_group', 'endpoint_groups');
const connections = vpn('ipsec-site-connections', 'ipsec_site_connection', 'ipsec_site_connections');

function policySet(kind: 'ike' | 'ipsec'): Command {
  const options = [
    'auth-algorithm',
    'encryption-algorithm',
    'pfs',
    'phase1-negotiation-mode',
    'transform-protocol',
  ];
  return {
    name: `vpn ${kind} policy set`,
    service: 'network',
    extension: 'vpnaas',
    options: Object.fromEntries(
      [...options, 'ike-version', 'encapsulation-mode'].map(name => [
        `--${name}`,
        text(name.replaceAll('-', '_')),
      ]),
    ),
    operands: 1,
    effect: ({body, operands: [policy = '']}, hands) =>
      setting(hands, vpn(`${kind}policies`, `${kind}policy`, `${kind}policies`), policy, body),
  };
}

export const vpnCommands: readonly Command[] = [
  policySet('ike'),
  policySet('ipsec'),
  {
    name: 'vpn ipsec site connection set',
    service: 'network',
    extension: 'vpnaas',
    options: {
      '--dpd': pairs('dpd', (value, key) => (key === 'action' ? value : Number(value))),
      '--local-id': text('local_id'),
    },
    operands: 1,
    effect: ({body, operands: [connection = '']}, hands) => setting(hands, connections, connection, body),
  },
  {
    name: 'vpn service create',
    service: 'network',
    extension: 'vpnaas',
    options: {
      '--router': text('router_id'),
      '--description': text('description'),
      '--disable': yes('admin_state_up', false),
    },
    operands: 1,
    // The router can't be deleted while it has one.
    effect: ({body, operands: [name = '']}, hands) =>
      making(hands, services, {admin_state_up: true, description: '', ...body, name}, {outlives: true}),
  },
  {
    name: 'vpn endpoint group create',
    service: 'network',
    extension: 'vpn-endpoint-groups',
    options: {
      '--description': text('description'),
      '--type': text('type'),
      '--value': texts('endpoints'),
    },
    operands: 1,
    effect: ({body, operands: [name = '']}, hands) =>
      making(hands, endpointGroups, {description: '', ...body, name}, {outlives: true}),
  },
];
