/** Random projects in which hardly anything has a name of its own. */
import fc from 'fast-check';
import type {Row} from '../../src/model/inventory.ts';
import {uuid, type Rows} from './world.ts';

interface Seeded {
  readonly networks: readonly string[];
  readonly groups: readonly {
    readonly name: string;
    readonly rules: readonly {port: number; remote: number}[];
  }[];
  readonly servers: readonly {
    readonly name: string;
    readonly nics: readonly [number, number][];
    readonly volumes: number;
  }[];
  readonly spare: readonly (readonly [number, number])[];
  readonly twins: number;
}

const name = fc.constantFrom('', '', 'web', 'db');

/** Names say nothing, addresses may be none: relations are what tells things apart, if anything does. */
export const worlds: fc.Arbitrary<Rows> = fc
  .record<Seeded>({
    networks: fc.array(name, {minLength: 1, maxLength: 4}),
    groups: fc.array(
      fc.record({
        name,
        rules: fc.array(fc.record({port: fc.constantFrom(22, 80), remote: fc.nat(3)}), {maxLength: 3}),
      }),
      {minLength: 1, maxLength: 3},
    ),
    servers: fc.array(
      fc.record({
        name,
        nics: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), {maxLength: 3}),
        volumes: fc.nat(2),
      }),
      {maxLength: 5},
    ),
    spare: fc.array(fc.tuple(fc.nat(3), fc.nat(3)), {maxLength: 3}),
    twins: fc.integer({min: 1, max: 3}),
  })
  .map(build);

function at<V>(list: readonly V[] | undefined, index: number): V {
  return list?.[index % list.length] as V;
}

export function build({networks, groups, servers, spare, twins}: Seeded): Rows {
  const rows: Record<string, Row[]> = {
    keypair: [{id: 'web', name: 'web', public_key: 'ssh-ed25519 AAAA'}],
    flavor: [{id: 'm1', name: 'm1'}],
    network: [],
    subnet: [],
    group: [],
    port: [],
    volume: [],
    server: [],
  };
  const add = (kind: string, row: Row): string => {
    const list = (rows[kind] ??= []);
    const id = uuid(kind, list.length);
    list.push({id, project_id: 'p1', ...row});
    return id;
  };
  for (const name of networks) {
    const network = add('network', {name, mtu: 1500, description: ''});
    add('subnet', {
      name,
      network_id: network,
      cidr: '10.0.0.0/24',
      dns_nameservers: ['1.1.1.1', '8.8.8.8'],
      tags: ['a', 'b'],
    });
  }
  const groupIds = groups.map((_group, index) => uuid('group', index));
  let rules = 0;
  for (const [index, group] of groups.entries()) {
    add('group', {
      name: group.name,
      rules: group.rules.map(({port, remote}) => ({
        id: uuid('rule', rules++),
        group_id: groupIds[index],
        port,
        remote_group_id: remote === 3 ? null : at(groupIds, remote),
      })),
    });
  }
  const port = (network: number, group: number, device: string, name: string): string =>
    add('port', {
      name,
      network_id: at(rows['network'], network)['id'],
      fixed_ips: [{subnet_id: at(rows['subnet'], network)['id'], ip_address: '10.0.0.5'}],
      groups: group === 3 ? [] : [at(groupIds, group)],
      device_id: device,
      mac: '',
    });
  for (let twin = 0; twin < twins; twin++) {
    for (const server of servers) {
      const id = uuid('server', rows['server']?.length ?? 0);
      add('server', {
        name: server.name,
        flavor: 'm1',
        key_name: 'web',
        metadata: {role: 'web'},
        description: '',
        created: id,
        nics: server.nics.map(([network, group]) => port(network, group, id, '')),
        volumes: Array.from({length: server.volumes}, () =>
          add('volume', {name: '', size: 1, source_volid: null}),
        ),
      });
    }
  }
  for (const [network, group] of spare) port(network, group, '', 'web');
  return rows;
}
