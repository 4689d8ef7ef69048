/** A synthetic project of any size, the same for the same seed: servers with what real ones hang on. */
import {range} from './addresses.ts';
import {Maker, networksPerRouter, ownImages, perGroup, perNetwork} from './maker.ts';
import type {Examples, Row} from './examples.ts';

/** How one collection is answered. */
export interface Collection {
  readonly key: string;
  readonly rows: readonly Row[];
  /** Whose rules of paging and filtering it goes by. */
  readonly paging: 'nova' | 'cinder' | 'glance' | 'neutron' | 'silent';
}

export interface Project {
  readonly servers: number;
  /** By path below the origin. */
  readonly collections: ReadonlyMap<string, Collection>;
}

/**
 * Per 100 servers: 150 ports, 150 attached volumes, 50 floating IPs, 10 groups with 4 rules each beside the two of birth,
 * 2 networks with their subnets, router legs and a server group each, a router for each 5 networks: 4.7 resources of a
 * template for each server.
 */
export function makeProject(servers: number, seed: number, examples: Examples): Project {
  const make = new Maker(seed, examples);
  const counts = {
    networks: Math.ceil(servers / perNetwork),
    groups: Math.ceil(servers / perGroup),
  };
  const routers = range(Math.ceil(counts.networks / networksPerRouter), n => make.router(n));
  const networks = range(counts.networks, n => make.network(n));
  const groups = range(counts.groups, n => make.group(n));
  const all = range(servers, n => make.server(n, counts.networks));
  const {projectId, external, defaultGroup, keypair, fixed} = examples;
  const volumes = `/volumev3/v3/${projectId}`;
  const collections = new Map<string, Collection>([
    // Both services list what was made last first.
    [
      '/compute/v2.1/servers/detail',
      {key: 'servers', rows: all.map(({server}) => server).reverse(), paging: 'nova'},
    ],
    ['/compute/v2.1/os-keypairs', {key: 'keypairs', rows: [keypair], paging: 'nova'}],
    [
      '/compute/v2.1/os-server-groups',
      {
        key: 'server_groups',
        rows: networks.map((_, n) => make.serverGroup(n, servers)),
        paging: 'silent',
      },
    ],
    [
      `${volumes}/volumes/detail`,
      {key: 'volumes', rows: all.flatMap(({volumes}) => volumes).reverse(), paging: 'cinder'},
    ],
    [
      '/image/v2/images',
      {key: 'images', rows: range(ownImages, n => make.image(n)).reverse(), paging: 'glance'},
    ],
    [
      '/network/v2.0/networks',
      {key: 'networks', rows: [...networks.map(({network}) => network), external], paging: 'neutron'},
    ],
    ['/network/v2.0/subnets', {key: 'subnets', rows: networks.map(({subnet}) => subnet), paging: 'neutron'}],
    [
      '/network/v2.0/ports',
      {
        key: 'ports',
        rows: [...all.flatMap(({ports}) => ports), ...networks.map(({leg}) => leg)],
        paging: 'neutron',
      },
    ],
    ['/network/v2.0/routers', {key: 'routers', rows: routers, paging: 'neutron'}],
    [
      '/network/v2.0/floatingips',
      {key: 'floatingips', rows: all.flatMap(({floatingIps}) => floatingIps), paging: 'neutron'},
    ],
    [
      '/network/v2.0/security-groups',
      {key: 'security_groups', rows: [defaultGroup, ...groups], paging: 'neutron'},
    ],
  ]);
  // What the sample has none of is answered as it was; what it has some of has been made above.
  for (const path of fixed.keys()) {
    if (collections.has(path) || !path.startsWith('/network/')) continue;
    const [[key, rows] = ['', []]] = Object.entries(JSON.parse(fixed.get(path)?.body ?? '{}') as object);
    collections.set(path, {key, rows: rows as Row[], paging: 'neutron'});
  }
  return {servers, collections};
}
