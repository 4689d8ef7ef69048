/** Routers, where the examples can't show it. */
import test from 'ava';
import type {Node} from '../../../src/model/graph.ts';
import {relate} from '../../../src/relate/index.ts';
import {compareGraphs} from '../../../src/verify/index.ts';
import {inventoryOf} from '../../support/inventory.ts';

const gateway = (network_id: string): object => ({
  network_id,
  enable_snat: true,
  external_fixed_ips: [{subnet_id: 's9', ip_address: '203.0.113.9'}],
});

/** As Zed answers one. */
const older = {
  id: 'r1',
  project_id: 'p1',
  name: 'edge',
  admin_state_up: true,
  external_gateway_info: gateway('n9'),
};

/** The same as 2026.2 does. */
const newer = {
  ...older,
  enable_snat: true,
  external_gateways: [gateway('n9')],
  enable_default_route_bfd: false,
  enable_default_route_ecmp: false,
  flavor_id: null,
  ha: false,
  qos_network_policy_id: null,
};

function external(id: string): object {
  return {id, project_id: 'p0', name: id, 'router:external': true};
}

function related(row: object): ReturnType<typeof relate> {
  return relate(inventoryOf({router: [row], network: [external('n9'), external('n8')]}));
}

function routerOf(row: object): Node | undefined {
  return related(row).graph.nodes.get('router:r1');
}

const lossesOf = (row: object): readonly string[] =>
  (routerOf(row)?.ledger ?? []).flatMap(({field, fate}) => (fate === 'lost' ? [field] : []));

test('router: what a newer release tells of the same router is neither a loss nor a difference', t => {
  t.deepEqual(lossesOf(newer), lossesOf(older));
  t.deepEqual(routerOf(newer)?.properties, routerOf(older)?.properties);
  t.deepEqual(compareGraphs(related(newer), related(older)).differences, []);
});

test('router: a second gateway is a named loss, and a difference where it is not there', t => {
  const two = {...newer, external_gateways: [gateway('n9'), gateway('n8')]};
  t.true(lossesOf(two).includes('external_gateways'));
  const {differences} = compareGraphs(related(two), related(newer));
  t.deepEqual(
    differences.map(({field}) => field),
    ['external_gateways'],
  );
});

test('router: the routes of a release that fails over by itself are a named loss', t => {
  t.true(lossesOf({...newer, enable_default_route_ecmp: true}).includes('enable_default_route_ecmp'));
});
