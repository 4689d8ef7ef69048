import {define, from, resource, skipped} from '../../model/define.ts';
import {names} from '../../model/names.ts';
import {server} from './handles.ts';

/** Answered by Nova since 2.64; proof: nova `api/openstack/compute/server_groups.py`, `_format_server_group`. */
interface Row {
  readonly id: string;
  readonly name: string;
  readonly policy: string;
  readonly rules?: Readonly<Record<string, number>>;
  readonly members: readonly string[];
  readonly project_id?: string;
  readonly user_id?: string;
}

/** Taken by Heat; proof: heat `engine/resources/openstack/nova/server_group.py`, `properties_schema`. */
interface Properties {
  readonly name: string;
  readonly policies: readonly string[];
  readonly rules?: Readonly<Record<string, number>>;
}

const r = from<Row>();

export const serverGroup = define<Row, Properties>()({
  kind: 'server_group',
  section: 'Server groups',
  heat: 'OS::Nova::ServerGroup',
  outside: {prefix: 'server_group', byId: true},
  list: {
    service: 'compute',
    path: 'os-server-groups',
    key: 'server_groups',
    microversion: '2.93',
    names: names({members: 'server'}),
  },
  where: (row, scope) =>
    row.project_id === undefined || row.project_id === scope.project.id
      ? resource
      : skipped('belongs to another project'),
  properties: {
    name: r.copy('name'),
    policies: r.derive('policy', policy => [policy]),
    rules: r.some('rules'),
  },
  ignores: {
    // Each server's scheduler hints name its group.
    members: 'elsewhere',
    project_id: 'read-only',
    user_id: 'read-only',
  },
  unordered: ['members'],
  // No field of a server's row tells its group below 2.100, so who is in it is compared here.
  compares: {members: (row, scope) => row.members.filter(id => scope.place(server, id)?.as === 'resource')},
  example: {
    row: {
      id: 'g1',
      name: 'apart',
      policy: 'anti-affinity',
      rules: {max_server_per_host: 3},
      members: ['s1'],
      project_id: 'p1',
      user_id: 'u1',
    },
    with: {
      server: [
        {id: 's1', name: 'web', status: 'ACTIVE', flavor: {original_name: 'm1.tiny'}, image: {id: 'i1'}},
      ],
    },
    emits: {name: 'apart', policies: ['anti-affinity'], rules: {max_server_per_host: 3}},
  },
});
