import test from 'ava';
import {byLayer, layerSections} from '../../../src/emit/layout/by-layer.ts';
import {across, base, byNetwork} from '../../../src/emit/layout/by-network.ts';
import type {Dependencies} from '../../../src/emit/layout/dependencies.ts';
import {registry} from '../../../src/resources/index.ts';

/** Type and what it needs, by name. */
function graph(things: Readonly<Record<string, readonly [type: string, ...needs: string[]]>>): Dependencies {
  const names = Object.keys(things);
  const needs = Object.values(things).map(([, ...wanted]) => wanted.map(name => names.indexOf(name)));
  const users: number[][] = names.map(() => []);
  for (const [node, targets] of needs.entries()) for (const target of targets) users[target]?.push(node);
  return {
    names,
    types: Object.values(things).map(([type]) => `OS::${type}`),
    indexOf: new Map(names.map((name, index) => [name, index])),
    needs,
    refers: needs.map(targets => new Set(targets)),
    users,
  };
}

const by = (names: readonly string[], places: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name, index) => [name, places[index] ?? '']));

test('every section of the registry is in one layer', t => {
  const held = layerSections.flatMap(([, sections]) => sections);
  t.is(new Set(held).size, held.length);
  const sections = new Set(registry.filter(({heat}) => typeof heat === 'string').map(({section}) => section));
  t.deepEqual([...sections].filter(section => !held.includes(section)).sort(), []);
});

test('each in its layer, and never below what it needs', t => {
  const made = graph({
    net: ['Neutron::Net'],
    sub: ['Neutron::Subnet', 'net'],
    leg: ['Neutron::Port', 'net'],
    edge: ['Neutron::Router'],
    interface: ['Neutron::RouterInterface', 'edge', 'leg'],
    group: ['Neutron::SecurityGroup'],
    disk: ['Cinder::Volume'],
    nic: ['Neutron::Port', 'net', 'sub', 'group'],
    server: ['Nova::Server', 'nic'],
    attachment: ['Cinder::VolumeAttachment', 'server', 'disk'],
    zone: ['Designate::Zone'],
    farm: ['Heat::ResourceGroup'],
  });
  t.deepEqual(by(made.names, byLayer(made)), {
    net: 'network',
    sub: 'network',
    leg: 'network',
    edge: 'network',
    interface: 'network',
    group: 'security',
    disk: 'storage',
    nic: 'compute',
    server: 'compute',
    attachment: 'compute',
    zone: 'services',
    farm: 'compute',
  });
});

const world = graph({
  web: ['Neutron::Net'],
  web_sub: ['Neutron::Subnet', 'web'],
  api: ['Neutron::Net'],
  api_sub: ['Neutron::Subnet', 'api'],
  db: ['Neutron::Net'],
  db_sub: ['Neutron::Subnet', 'db'],
  bare: ['Neutron::Net'],
  edge: ['Neutron::Router'],
  web_leg: ['Neutron::RouterInterface', 'edge', 'web_sub'],
  api_leg: ['Neutron::RouterInterface', 'edge', 'api_sub'],
  key: ['Nova::KeyPair'],
  web_group: ['Neutron::SecurityGroup'],
  shared_group: ['Neutron::SecurityGroup'],
  web_nic: ['Neutron::Port', 'web', 'web_sub', 'web_group', 'shared_group'],
  web_server: ['Nova::Server', 'web_nic', 'key'],
  db_nic: ['Neutron::Port', 'db', 'db_sub', 'shared_group'],
  db_server: ['Nova::Server', 'db_nic', 'key'],
  back_nic: ['Neutron::Port', 'db', 'db_sub'],
  front_nic: ['Neutron::Port', 'web', 'web_sub'],
  bridge: ['Nova::Server', 'front_nic', 'back_nic'],
});

test('networks that a router joins are one group, with what hangs on it; what several use is below', t => {
  const labels = byNetwork(world, network => `of ${world.names[network] ?? ''}`);
  t.deepEqual(by(world.names, labels), {
    web: 'of web',
    web_sub: 'of web',
    api: 'of web',
    api_sub: 'of web',
    db: 'of db',
    db_sub: 'of db',
    bare: base,
    edge: 'of web',
    web_leg: 'of web',
    api_leg: 'of web',
    key: base,
    web_group: 'of web',
    shared_group: base,
    web_nic: 'of web',
    web_server: 'of web',
    db_nic: 'of db',
    db_server: 'of db',
    back_nic: 'of db',
    front_nic: 'of web',
    bridge: across,
  });
});
