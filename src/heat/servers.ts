/** The servers of a stack, as Nova has them. */
import type {Session} from '../cloud/types.ts';
import {objects, text} from '../model/json.ts';
import type {Heat} from './client.ts';
import type {StackRef} from './rows.ts';

export interface StackServer {
  /** Logical name; inside a nested stack `outer.inner`. */
  readonly resource: string;
  readonly id: string;
  /** Nova's, as `SHUTOFF`; `gone` where Nova has none of that id. */
  readonly status: string;
}

/**
 * Servers of the stack, nested ones too, that are not ACTIVE. Heat's `check` marks them CHECK_FAILED, and the next update
 * replaces what is marked so. Proof: heat `nova/server.py`, `handle_check`; `engine/resource.py`, `always_replace_on_check_failed`.
 */
export async function serversNotActive(
  session: Session,
  heat: Heat,
  stack: StackRef,
): Promise<readonly StackServer[]> {
  const servers = (await heat.resources(stack)).filter(
    ({type, id}) => type === 'OS::Nova::Server' && id !== '',
  );
  const nova = servers.length === 0 ? undefined : await session.service('compute');
  if (nova === undefined) return [];
  const rows = objects(await nova.list('servers/detail', 'servers'));
  const statuses = new Map(rows.map(row => [text(row['id']), text(row['status'])]));
  return servers
    .map(({name, id}) => ({resource: name, id, status: statuses.get(id) ?? 'gone'}))
    .filter(({status}) => status !== 'ACTIVE')
    .sort((a, b) => (a.resource < b.resource ? -1 : 1));
}
