/** What Magnum's types have in common: things named by id or by name, and key pairs. */
import type {Scope, Typed} from '../../model/define.ts';
import {Ref} from '../../model/value.ts';
import {foreignKeypair} from '../nova/foreign-keypair.ts';
import {keypair} from '../nova/keypair.ts';

/** The thing whose id or only name this is: Magnum keeps what it was given. */
export function named<K extends string>(
  to: Typed<K, {readonly id: string; readonly name: string | null}>,
  idOrName: string | null | undefined,
  scope: Scope,
): Ref<K> | undefined {
  if (!idOrName) return undefined;
  if (scope.row(to, idOrName) !== undefined) return new Ref(to.kind, idOrName);
  const [one, ...more] = scope.by(to, 'name', idOrName);
  return new Ref(to.kind, one === undefined || more.length > 0 ? idOrName : one.id);
}

/** A key pair by its name: the user's own, or one that somebody must name. */
export function keyOf(
  field: string,
  name: string | null | undefined,
  userId: string | undefined,
  scope: Scope,
): Ref<'keypair'> | Ref<'foreign_keypair'> | undefined {
  if (!name) return undefined;
  const own = userId === undefined || userId === scope.userId;
  if (own && scope.row(keypair, name) !== undefined) return new Ref(keypair.kind, name);
  scope.lose(
    field,
    `the key pair is ${own ? 'deleted' : "another user's"}: there is none unless the parameter names one`,
  );
  return new Ref(foreignKeypair.kind, name);
}
