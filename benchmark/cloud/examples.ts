/** Rows as a real cloud answered them: the forms that a synthetic project is cut from. */
import {readSample} from '../../test/support/replay/sample.ts';
import type {Recorded, Recording} from '../../test/support/replay/recording.ts';

export type Row = Readonly<Record<string, unknown>>;

/** One recorded row of each kind; `fixed` are the answers that no size changes, by path. */
export interface Examples {
  readonly recording: Recording;
  readonly projectId: string;
  readonly server: Row;
  readonly serverGroup: Row;
  readonly keypair: Row;
  readonly volume: Row;
  readonly image: Row;
  readonly network: Row;
  readonly external: Row;
  readonly subnet: Row;
  readonly router: Row;
  /** A server's, a router's leg, a router's way out. */
  readonly port: Row;
  readonly leg: Row;
  readonly floatingIp: Row;
  /** The default one, and one of the project's own. */
  readonly defaultGroup: Row;
  readonly group: Row;
  readonly fixed: ReadonlyMap<string, Recorded>;
}

/** @throws Error where the sample has no such row. */
export async function readExamples(): Promise<Examples> {
  const recording = await readSample('web');
  const token = recording.exchanges.find(({credential}) => credential === 'right');
  const identity = JSON.parse(token?.body ?? '{}') as {token: {project: {id: string}}};
  const projectId = identity.token.project.id;

  const rows = (path: string, key: string): Row[] =>
    recording.exchanges
      .filter(exchange => exchange.path.endsWith(path) && exchange.credential === undefined)
      .flatMap(({body}) => (JSON.parse(body) as Record<string, Row[]>)[key] ?? []);
  const find = (path: string, key: string, fits: (row: Row) => boolean = () => true): Row => {
    const row = rows(path, key).find(row => fits(row));
    if (row === undefined) throw new Error(`the sample has no such row of ${path}`);
    return row;
  };
  const group = (fits: (name: unknown) => boolean): Row =>
    find('/security-groups', 'security_groups', ({name}) => fits(name));

  return {
    recording,
    projectId,
    server: find('/servers/detail', 'servers', ({image}) => typeof image === 'object'),
    serverGroup: find('/os-server-groups', 'server_groups'),
    keypair: find('/os-keypairs', 'keypairs'),
    volume: find('/volumes/detail', 'volumes', ({bootable}) => bootable === 'false'),
    image: find('/images', 'images'),
    network: find('/networks', 'networks', row => row['router:external'] === false),
    external: find('/networks', 'networks', row => row['router:external'] === true),
    subnet: find('/subnets', 'subnets'),
    router: find('/routers', 'routers'),
    port: find('/ports', 'ports', row => row['device_owner'] === 'compute:nova'),
    leg: find('/ports', 'ports', row => row['device_owner'] === 'network:router_interface'),
    floatingIp: find('/floatingips', 'floatingips', row => row['port_id'] !== null),
    defaultGroup: group(name => name === 'default'),
    group: group(name => name === 'web'),
    fixed: new Map(
      recording.exchanges
        .filter(({credential}) => credential !== 'wrong')
        .map(exchange => [exchange.path, exchange]),
    ),
  };
}
