/** Scheduler hints: the group from its members, the others from the request where Nova tells it (2.100). */
import {resource, type Scope} from '../../model/define.ts';
import {Ref, type Value} from '../../model/value.ts';
import {server} from './handles.ts';
import {serverGroup} from './server-group.ts';

export type Hints = Readonly<Record<string, readonly unknown[]>>;

/** Names of hosts, cells and addresses of the source cloud; proof: nova `api/openstack/compute/schemas/servers.py`. */
const OF_THE_CLOUD = new Set(['target_cell', 'different_cell', 'build_near_host_ip', 'cidr', 'reservation']);

export function hintsOf(
  id: string,
  hints: Hints | null | undefined,
  scope: Scope,
): Readonly<Record<string, Value>> | undefined {
  const found: Record<string, Value> = {};
  const asked = hints ?? {};
  const group = scope.by(serverGroup, 'members', id)[0]?.id ?? asked['group']?.[0];
  if (typeof group === 'string') {
    if (scope.row(serverGroup, group) === undefined)
      scope.lose('scheduler_hints.group', 'the server group is gone');
    else found['group'] = new Ref('server_group', group);
  }
  for (const [hint, values] of Object.entries(asked)) {
    if (hint === 'group') continue;
    if (hint === 'same_host' || hint === 'different_host') {
      const others = values.filter(other => isBuilt(other, scope));
      if (others.length < values.length)
        scope.lose(`scheduler_hints.${hint}`, 'names servers that are gone or not rebuilt');
      if (others.length > 0) found[hint] = others.map(other => new Ref('server', other as string));
    } else if (OF_THE_CLOUD.has(hint)) {
      scope.lose(`scheduler_hints.${hint}`, 'names a host, cell or address of the source cloud');
    } else found[hint] = (values.length === 1 ? values[0] : values) as Value;
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

function isBuilt(id: unknown, scope: Scope): boolean {
  return typeof id === 'string' && scope.place(server, id)?.as === resource.as;
}
