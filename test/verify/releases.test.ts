/** One project as two releases tell it: what only the newer one says is no difference by itself. */
import {join} from 'node:path';
import test from 'ava';
import type {Inventory, Row} from '../../src/model/inventory.ts';
import {relate} from '../../src/relate/index.ts';
import {readInventory} from '../../src/store/index.ts';
import {compareGraphs, type Difference} from '../../src/verify/index.ts';
import {samplesFolder} from '../support/replay/sample.ts';

/** What 2026.2 adds to each row that Zed answers, at the values that things have where nobody chose others. */
const added: Readonly<Record<string, (row: Row, inventory: Inventory) => object>> = {
  server: ({id}, {rows}) => {
    const group = rows['server_group']?.find(({members}) => (members as readonly unknown[]).includes(id));
    return {
      pinned_availability_zone: null,
      scheduler_hints: group === undefined ? {} : {group: [group['id']]},
    };
  },
  network: () => ({qinq: false}),
  subnet: () => ({'router:external': false}),
  port: () => ({propagate_uplink_status: true}),
  router: row => ({
    external_gateways: row['external_gateway_info'] === null ? [] : [row['external_gateway_info']],
    enable_default_route_bfd: false,
    enable_default_route_ecmp: false,
    enable_snat: true,
    flavor_id: null,
    ha: false,
  }),
  security_group: row => ({
    security_group_rules: (row['security_group_rules'] as readonly Row[]).map(rule =>
      Object.assign({}, rule, {belongs_to_default_sg: row['name'] === 'default'}),
    ),
  }),
  container: () => ({storage_policy: 'Policy-0'}),
  load_balancer: () => ({vip_sg_ids: [], vip_vnic_type: 'normal'}),
  listener: () => ({hsts_max_age: null, hsts_preload: false, hsts_include_subdomains: false}),
};

function newer(inventory: Inventory): Inventory {
  const rows = Object.entries(inventory.rows).map(([kind, list]) => [
    kind,
    list.map(row => Object.assign({}, row, added[kind]?.(row, inventory))),
  ]);
  return {...inventory, rows: Object.fromEntries(rows) as Inventory['rows']};
}

/** Not of what is lost as a whole: that is with every field it has. */
function lossesOf(inventory: Inventory): readonly string[] {
  return [...relate(inventory).graph.nodes.values()].flatMap(({key, place, ledger}) =>
    ledger.flatMap(({field, fate}) => (fate === 'lost' && place.as !== 'lost' ? [`${key} ${field}`] : [])),
  );
}

function differences(source: Inventory, clone: Inventory): readonly Difference[] {
  return compareGraphs(relate(source), relate(clone), {sameProject: false}).differences;
}

for (const name of ['web', 'hard', 'admin', 'services']) {
  test(`${name}: told by Zed and by a newer release it is the same, and as well rebuilt`, async t => {
    const zed = await readInventory(join(samplesFolder, name));
    const now = newer(zed);
    t.notDeepEqual(now, zed);
    t.deepEqual(differences(zed, now), []);
    t.deepEqual(differences(now, zed), []);
    t.deepEqual(lossesOf(now), lossesOf(zed));
  });
}

test('a zone or a hint that somebody asked for is compared where both releases tell it', async t => {
  const now = newer(await readInventory(join(samplesFolder, 'hard')));
  const asked = (zone: string): Inventory => ({
    ...now,
    rows: {
      ...now.rows,
      server: (now.rows['server'] ?? []).map(row => Object.assign({}, row, {pinned_availability_zone: zone})),
    },
  });
  const [first, ...others] = differences(asked('east'), asked('west'));
  t.is(first?.field, 'pinned_availability_zone');
  t.true(others.length > 0);
});

/** Of the servers of the hard case, all in the zone `nova`. */
function zoned(inventory: Inventory, zone: string, pinned?: string | null): Inventory {
  const told = pinned === undefined ? {} : {pinned_availability_zone: pinned};
  const server = (inventory.rows['server'] ?? []).map(row =>
    Object.assign({}, row, {'OS-EXT-AZ:availability_zone': zone}, told),
  );
  return {...inventory, rows: {...inventory.rows, server}};
}

test('a zone that one release tells of as asked for is held against where the server of the other is', async t => {
  const web = await readInventory(join(samplesFolder, 'web'));
  for (const zone of ['nova', 'east']) {
    t.deepEqual(differences(zoned(web, zone, zone), zoned(web, zone)), [], zone);
    t.deepEqual(differences(zoned(web, zone), zoned(web, zone, zone)), [], zone);
    const [missed] = differences(zoned(web, zone, zone), zoned(web, 'west'));
    t.is(missed?.field, 'OS-EXT-AZ:availability_zone');
  }
});

test('where nobody asked for a zone the scheduler may choose another', async t => {
  const web = await readInventory(join(samplesFolder, 'web'));
  t.deepEqual(differences(zoned(web, 'east', null), zoned(web, 'west', null)), []);
  t.deepEqual(differences(zoned(web, 'east', null), zoned(web, 'west')), []);
  t.deepEqual(differences(zoned(web, 'nova'), zoned(web, 'west', null)), []);
  const moved = compareGraphs(relate(zoned(web, 'east', null)), relate(zoned(web, 'west', null)));
  t.is(moved.differences[0]?.field, 'OS-EXT-AZ:availability_zone', 'within one project that is drift');
});

test('a zone by another name is the one that its parameter was given', async t => {
  const web = await readInventory(join(samplesFolder, 'web'));
  const [source, clone] = [relate(zoned(web, 'east', 'east')), relate(zoned(web, 'west'))];
  const given = {sameProject: false, externals: new Map([['availability_zone:east', 'west']])};
  t.deepEqual(compareGraphs(source, clone, given).differences, []);
});

/** The hard case with one of its rules' protocols said in another way. */
function spelled(inventory: Inventory, from: string, to: string): Inventory {
  const security_group = (inventory.rows['security_group'] ?? []).map(row =>
    Object.assign({}, row, {
      security_group_rules: (row['security_group_rules'] as readonly Row[]).map(rule =>
        rule['protocol'] === from ? Object.assign({}, rule, {protocol: to}) : rule,
      ),
    }),
  );
  return {...inventory, rows: {...inventory.rows, security_group}};
}

test('a protocol by its number is the one by its name', async t => {
  const hard = await readInventory(join(samplesFolder, 'hard'));
  t.deepEqual(differences(hard, spelled(hard, 'ipip', '4')), []);
  t.deepEqual(differences(spelled(hard, 'ipip', '4'), hard), []);
  t.deepEqual(differences(hard, spelled(hard, 'sctp', '132')), []);
  t.true(differences(hard, spelled(hard, 'ipip', '47')).length > 0);
});
