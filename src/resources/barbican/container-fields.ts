/** What the three types of containers have in common. */
import {from, resource, type Scope} from '../../model/define.ts';
import type {Place} from '../../model/graph.ts';
import type {Ref} from '../../model/value.ts';
import {announceConsumers, consumersOf} from './consumers.ts';
import {secretAt} from './secret.ts';
import type {ContainerRow} from './secret-container.ts';

const r = from<ContainerRow>();

export const name = r.derive('name', given => given ?? undefined);

/** The secret with that role. */
export function held(role: string) {
  return r.derive('secret_refs', (refs, scope) => {
    const found = refs.find(ref => ref.name === role);
    return found === undefined ? undefined : secretAt(found.secret_ref, scope);
  });
}

export const ignores = {
  container_ref: 'read-only',
  status: 'read-only',
  creator_id: 'read-only',
  created: 'read-only',
  updated: 'read-only',
  // Compared and announced all the same: who is not a service does not come back by itself.
  consumers: 'read-only',
} as const;

export const compares = {
  consumers: consumersOf,
  secret_refs: ({secret_refs: refs}: ContainerRow, scope: Scope): readonly {name: string; secret: Ref}[] =>
    refs.map(ref => ({name: ref.name ?? '', secret: secretAt(ref.secret_ref, scope)})),
};

/** Heat's; proof: heat `engine/resources/openstack/barbican/container.py`, `handle_create`. */
export function physicalId(row: ContainerRow): string {
  return row.container_ref;
}

export function where(row: ContainerRow, scope: Scope): Place {
  announceConsumers(row, scope);
  return resource;
}

const url = 'http://key-manager.example/v1';

/** A row as Barbican answers it, with secrets that are there, by their roles. */
export function exampleOf(type: string, roles: Readonly<Record<string, string>>) {
  const row: ContainerRow = {
    id: '4c53d6a5-048c-4d27-9115-f56ddccb16e7',
    name: 'shop',
    type,
    secret_refs: Object.entries(roles).map(([role, id]) => ({
      name: role,
      secret_ref: `${url}/secrets/${id}`,
    })),
    container_ref: `${url}/containers/4c53d6a5-048c-4d27-9115-f56ddccb16e7`,
    status: 'ACTIVE',
    consumers: [{name: 'shop backup', URL: 'https://shop.example/'}],
    creator_id: '1d7b5a0a76f24d9c9ed8a0582792d1de',
    created: '2026-11-22T01:30:43',
    updated: '2026-11-22T01:30:43',
  };
  const secret = Object.values(roles).map(id => ({
    id,
    name: id,
    secret_type: 'opaque',
    secret_ref: `${url}/secrets/${id}`,
    status: 'ACTIVE',
  }));
  return {row, with: {secret}};
}
