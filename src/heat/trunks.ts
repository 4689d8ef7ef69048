/** Trunks that are switched off, which Heat can't delete. */
import type {Session} from '../cloud/types.ts';
import {fields} from '../model/json.ts';
import type {Heat} from './client.ts';
import type {StackRef} from './rows.ts';

/**
 * Switches on the trunks of a stack that is to be deleted: Neutron takes no subport off one that is off, and Heat, which
 * does that first, ends in DELETE_FAILED. Proof: heat `neutron/trunk.py`, `handle_delete`; neutron `services/trunk/rules.py`.
 * @param staying Logical names of resources that outlive the stack.
 * @returns Logical names of those that were off.
 */
export async function wakeTrunks(
  session: Session,
  heat: Heat,
  stack: StackRef,
  staying: ReadonlySet<string>,
): Promise<readonly string[]> {
  const trunks = (await heat.resources(stack)).filter(
    ({name, type, id}) => type === 'OS::Neutron::Trunk' && id !== '' && !staying.has(name),
  );
  const neutron = trunks.length === 0 ? undefined : await session.service('network');
  if (neutron === undefined) return [];
  const woken: string[] = [];
  for (const {name, id} of trunks) {
    const path = `trunks/${encodeURIComponent(id)}`;
    const {body} = await neutron.call('GET', path, {accept: [404]});
    if (fields(fields(body)['trunk'])['admin_state_up'] !== false) continue;
    await neutron.call('PUT', path, {json: {trunk: {admin_state_up: true}}});
    woken.push(name);
  }
  return woken;
}
