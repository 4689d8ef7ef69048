/** What the examples of service chains, taps and firewalls don't show: order after servers, and losses. */
import test from 'ava';
import {relate} from '../../../src/relate/index.ts';
import {inventoryOf} from '../../support/inventory.ts';

const port = {
  id: 'x1',
  project_id: 'p1',
  name: 'in',
  network_id: 'n1',
  device_id: 's1',
  device_owner: 'compute:nova',
  fixed_ips: [],
};
const server = {
  id: 's1',
  name: 'inspector',
  status: 'ACTIVE',
  flavor: {original_name: 'm1.small'},
  image: {id: 'i1'},
  key_name: null,
  user_id: 'u1',
  tenant_id: 'p1',
};
const pair = {
  id: 'pp1',
  project_id: 'p1',
  tenant_id: 'p1',
  name: '',
  description: '',
  ingress: 'x1',
  egress: 'x1',
  service_function_parameters: {correlation: null, weight: 1},
};

function lossesOf(kind: string, row: object): readonly string[] {
  const {graph} = relate(inventoryOf({[kind]: [row]}));
  const node = graph.nodes.get(`${kind}:${(row as {id: string}).id}`);
  return (node?.ledger ?? []).filter(({fate}) => fate === 'lost').map(({field}) => field);
}

for (const [kind, row] of Object.entries({
  port_pair: pair,
  flow_classifier: {id: 'fc1', project_id: 'p1', name: '', ethertype: 'IPv4', logical_source_port: 'x1'},
  tap_service: {id: 'ts1', project_id: 'p1', name: '', port_id: 'x1'},
  tap_flow: {
    id: 'tf1',
    project_id: 'p1',
    name: '',
    tap_service_id: 'ts1',
    source_port: 'x1',
    direction: 'IN',
  },
})) {
  test(`${kind}: is made after the server that holds its port`, t => {
    const {graph} = relate(inventoryOf({port: [port], server: [server], [kind]: [row]}));
    const edges = graph.edges.filter(({from}) => from === `${kind}:${row.id}`);
    t.true(edges.some(({to, property}) => to === 'server:s1' && property === 'depends_on'));
  });
}

test('port_pair: the defaults of the service are asked for by an empty map, and nothing is lost', t => {
  const {graph} = relate(inventoryOf({port_pair: [pair]}));
  t.deepEqual(
    {...(graph.nodes.get('port_pair:pp1')?.properties['service_function_parameters'] as object)},
    {},
  );
  t.deepEqual(lossesOf('port_pair', pair), []);
});

test('port_pair: a weight without correlation is lost', t => {
  const row = {...pair, service_function_parameters: {correlation: null, weight: 7}};
  t.deepEqual(lossesOf('port_pair', row), ['service_function_parameters.weight']);
});

test('port_pair_group: a passive tap and its parameters are lost, the defaults are not', t => {
  const group = {
    id: 'pg1',
    project_id: 'p1',
    name: 'a',
    port_pairs: [],
    tap_enabled: false,
    port_pair_group_parameters: {
      lb_fields: [],
      ppg_n_tuple_mapping: {egress_n_tuple: {}, ingress_n_tuple: {}},
    },
  };
  t.deepEqual(lossesOf('port_pair_group', group), []);
  t.deepEqual(
    lossesOf('port_pair_group', {
      ...group,
      tap_enabled: true,
      port_pair_group_parameters: {lb_fields: ['ip_src']},
    }),
    ['port_pair_group_parameters', 'tap_enabled'],
  );
});

test('firewall_rule: reject becomes deny, and says so', t => {
  const row = {id: 'fr1', project_id: 'p1', name: 'a', ip_version: 4, action: 'reject', enabled: true};
  const {graph} = relate(inventoryOf({firewall_rule: [row]}));
  t.false(Object.hasOwn(graph.nodes.get('firewall_rule:fr1')?.properties ?? {}, 'action'));
  t.deepEqual(lossesOf('firewall_rule', row), ['action']);
});

test('firewall: one without a policy is lost, for Heat requires one', t => {
  const row = {
    id: 'fw1',
    project_id: 'p1',
    name: 'a',
    admin_state_up: true,
    firewall_policy_id: null,
    router_ids: [],
  };
  const {graph} = relate(inventoryOf({firewall: [row]}));
  t.deepEqual(graph.nodes.get('firewall:fw1')?.place, {
    as: 'lost',
    reason: 'Heat requires firewall_policy_id, which the row does not give',
  });
});
