/**
 * Names a person would not choose but an API takes: every kind gets those that its service allows. Zed refuses these:
 *
 * - emoji, in any name or description: Neutron and Cinder answer 500 ("Incorrect string value" in their log: the
 *   tables hold three bytes a character); Nova 400 "An invalid 'name' value was provided".
 * - newline, tab, escape, spaces at an end: Nova 400 "must be: printable characters. Can not start or end with
 *   whitespace", for servers and server groups alike. Cinder strips the spaces, Neutron keeps them.
 * - no name: servers and server groups 400 "'' is too short"; subnet pools 400 "Blank strings are not permitted".
 * - key pairs: below 2.92 only letters, digits, space, `_` and `-`.
 * - volume metadata keys that are not ASCII: 400, see below. Server metadata keys likewise.
 */
import type {Fields, Row} from './api.ts';
import {
  group,
  join,
  merge,
  network,
  port,
  router,
  server,
  serverGroup,
  setTags,
  subnet,
  volume,
} from './make.ts';
import {attempt, keyMark, publicKey, randomSuffix, type Site} from './site.ts';
import {ODD_METADATA} from './servers.ts';

export const ODD_NAMES = {
  shell: `it's "q" $(id) \`id\` ; rm -rf $HOME`,
  template: '{{x}} {get_param: x} %s ${y}',
  yaml: '# a: b - [c], &d *e !f',
  newline: 'first\nsecond: line',
  tab: 'a\tb',
  yes: 'yes',
  seven: '007',
  cjk: '数据库 データ',
  emoji: '🚀 rocket',
  long: 'long-'.repeat(51),
  spaces: '  padded  ',
  escape: '\u001B[31mred\u001B[0m',
  dots: '../../etc/passwd',
} as const;

/** A server name is printable; those with no other trap in them would only cost time. */
const SERVER_NAMES: readonly (keyof typeof ODD_NAMES)[] = [
  'shell',
  'template',
  'yaml',
  'yes',
  'seven',
  'cjk',
  'long',
];

/** Cinder takes no key beyond letters, digits and `-_:. /`, but any value: `键` as a key is a 400. */
const ODD_VOLUME_METADATA = {...ODD_METADATA, 'a:b/c': 'yes', quote: `it's "q" 值`};

/** For kinds of which a few are enough: the services store all these names in the same way. */
const FEW: readonly (keyof typeof ODD_NAMES)[] = ['shell', 'newline', 'seven', 'cjk', 'long'];

type Make = (name: string, index: number) => Promise<Row>;

async function each(
  site: Site,
  kind: string,
  make: Make,
  labels: readonly string[] = Object.keys(ODD_NAMES),
): Promise<Record<string, Row>> {
  const made: Record<string, Row> = {};
  await Promise.all(
    Object.entries(ODD_NAMES).map(async ([label, name], index) => {
      if (!labels.includes(label)) return;
      const row = await attempt(site, `${kind} named ${label}`, () => make(name, index));
      if (row !== undefined) made[`${kind} ${label}`] = row;
    }),
  );
  return made;
}

export async function buildOddNetworks(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const create = (path: string, key: string, fields: Fields): Promise<Row> =>
    api.create('network', path, key, fields);
  const networks = await each(site, 'network', async (name, index) => {
    const made = await network(api, {name, description: name});
    const inside = await subnet(api, made, `10.90.${index}.0/24`, {name, description: name});
    return {...made, subnets: [inside.id]};
  });
  const on = networks['network shell'];
  if (on === undefined) throw new Error('Neutron refused a plain network with an odd name');
  const parts = await Promise.all([
    each(site, 'port', name => port(api, on, {name, description: name})),
    each(site, 'router', name => router(api, {name, description: name}), FEW),
    each(site, 'group', name => group(api, {name, description: name})),
    each(site, 'scope', name => create('/address-scopes', 'address_scope', {name, ip_version: 4}), FEW),
    each(
      site,
      'pool',
      (name, index) =>
        create('/subnetpools', 'subnetpool', {
          name,
          description: name,
          prefixes: [`10.${100 + index}.0.0/16`],
        }),
      FEW,
    ),
    each(
      site,
      'address group',
      name => create('/address-groups', 'address_group', {name, description: name}),
      FEW,
    ),
    each(
      site,
      'trunk',
      async name => {
        const parent = await port(api, on, {name});
        return create('/trunks', 'trunk', {name, description: name, port_id: parent.id});
      },
      FEW,
    ),
  ]);
  const made = merge(networks, ...parts);
  const edge = made['router shell'];
  const [leg] = on['subnets'] as readonly string[];
  if (edge !== undefined) await join(api, edge, {subnet_id: leg});
  await attempt(site, 'odd tags', () =>
    setTags(api, `/networks/${on.id}`, ['$(id)', "it's", '{{x}}', '007', 'yes', '日本', 'a: b', '#']),
  );
  return made;
}

export async function buildOddServers(site: Site): Promise<Record<string, Row>> {
  const {api} = site;
  const made: Record<string, Row> = {};
  await Promise.all([
    ...SERVER_NAMES.map(async label => {
      const name = ODD_NAMES[label];
      const row = await attempt(site, `server named ${label}`, () =>
        server(site, {name, metadata: ODD_METADATA, description: name.slice(0, 255)}),
      );
      if (row !== undefined) made[`server ${label}`] = row;
    }),
    (async () => {
      // Refused by every release, so noted at once: these names cost no server.
      for (const label of ['newline', 'emoji', 'escape', 'spaces', 'nameless'] as const) {
        const name = label === 'nameless' ? '' : ODD_NAMES[label];
        const row = await attempt(site, `server named ${label}`, () => server(site, {name}));
        if (row !== undefined) made[`server ${label}`] = row;
      }
    })(),
    (async () => {
      made['server twin'] = await server(site, {name: 'twin-server'});
      made['server other twin'] = await server(site, {name: 'twin-server'});
    })(),
  ]);
  const groups = await each(site, 'server group', name => serverGroup(api, name, 'soft-affinity'), [
    ...FEW,
    'emoji',
  ]);
  // A key's name is its id, so the mark of this build must be in it, which leaves less room for oddities.
  const keys = await each(site, 'key pair', async name => {
    const marked = `${name.slice(0, 230)}${keyMark(api.projectId)}${randomSuffix()}`;
    const key = await api.create('compute', '/os-keypairs', 'keypair', {
      name: marked,
      type: 'ssh',
      public_key: publicKey('odd'),
    });
    return {...key, id: marked};
  });
  return {...made, ...groups, ...keys};
}

export function buildOddVolumes(site: Site): Promise<Record<string, Row>> {
  return each(site, 'volume', name =>
    volume(site.api, {name, description: name, metadata: ODD_VOLUME_METADATA}),
  );
}
