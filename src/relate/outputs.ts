/** References to what a stack's own template makes: by an output of that stack, where its template can have one. */
import {isMadeByStack} from '../model/define.ts';
import {Attr, isPlainObject, Ref, someReference, type Value} from '../model/value.ts';
import type {Scopes} from './scope.ts';

/** @returns undefined where nothing of the value is left. @param lose Called with the reason for each part left out. */
export function outOfStacks(value: Value, scopes: Scopes, lose: (reason: string) => void): Value | undefined {
  const isPart = ({kind, id}: Ref): boolean => isMadeByStack(scopes.place(kind, id));
  if (!someReference(value, isPart)) return value;
  return change(value);

  function change(item: Value): Value | undefined {
    if (item instanceof Ref) return isPart(item) ? (output(item) ?? gone(item)) : item;
    if (Array.isArray(item)) return (item as readonly Value[]).map(change).filter(part => part !== undefined);
    if (!isPlainObject(item)) return item;
    const entries = Object.entries(item).flatMap(([key, part]) => {
      const changed = change(part);
      return changed === undefined ? [] : [[key, changed] as const];
    });
    return Object.fromEntries(entries);
  }

  function output(ref: Ref): Attr | undefined {
    if (ref instanceof Attr) return undefined;
    const owner = scopes.owned(ref.kind, ref.id);
    if (owner?.resource === undefined) return undefined;
    const wanted = scopes.wanted.get(owner.stack) ?? new Map<string, string>();
    const name = `rekindle_${owner.resource}`;
    scopes.wanted.set(owner.stack, wanted.set(name, owner.resource));
    return new Attr('stack', owner.stack, ['outputs', name], '');
  }

  function gone(ref: Ref): Value | undefined {
    if (ref instanceof Attr) return ref.otherwise;
    lose(
      `it refers to a ${ref.kind.replaceAll('_', ' ')} that a stack's own template makes without a name for it`,
    );
    return undefined;
  }
}
