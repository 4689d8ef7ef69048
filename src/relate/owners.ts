/** Which stack of the source owns what: by the stacks' own lists, and by what makes a thing without saying so. */
import type {AnySpec, Scope} from '../model/define.ts';
import type {Row} from '../model/inventory.ts';
import {plainId} from '../model/physical.ts';
import type {Tables} from './tables.ts';

export interface Owner {
  readonly stack: string;
  /** What the stack is called, or its id where it isn't listed. */
  readonly name: string;
  /** Name of the resource in the stack's template, where it stands in that itself and not in a nested one. */
  readonly resource: string | undefined;
}

export class Owners {
  readonly #tables: Tables;
  readonly #specs: ReadonlyMap<string, AnySpec>;
  readonly #transparent: ReadonlySet<string>;
  #byPhysicalId: ReadonlyMap<string, Owner> | undefined;

  /** @param transparent Stacks that count as none: what they own is nobody's. */
  constructor(tables: Tables, specs: ReadonlyMap<string, AnySpec>, transparent: ReadonlySet<string>) {
    this.#tables = tables;
    this.#specs = specs;
    this.#transparent = transparent;
  }

  ownerOf(spec: AnySpec, row: Row, scope: Scope, depth = 0): Owner | undefined {
    const own = spec.ownedBy?.(row as never);
    if (own !== undefined) return this.#transparent.has(own) ? undefined : this.#owner(own, undefined);
    const all = this.#listed();
    if (all.size === 0) return undefined;
    const listed = all.get(physicalIdOf(spec, row));
    if (listed !== undefined) return listed;
    // A port of a server, a volume of a server: two steps at most.
    if (depth > 3) return undefined;
    const maker =
      spec.madeWith === undefined
        ? spec.parts === undefined
          ? undefined
          : spec.under?.(row as never, scope)
        : spec.madeWith(row as never, scope);
    if (maker === undefined) return undefined;
    const [other, made] = [this.#specs.get(maker.kind), this.#tables.table(maker.kind).byId.get(maker.id)];
    if (other === undefined || made === undefined) return undefined;
    const owner = this.ownerOf(other, made, scope, depth + 1);
    return owner === undefined ? undefined : {...owner, resource: undefined};
  }

  #owner(stack: string, resource: string | undefined): Owner {
    const name = this.#tables.table('stack').byId.get(stack)?.['stack_name'];
    return {stack, name: typeof name === 'string' ? name : stack, resource};
  }

  #listed(): ReadonlyMap<string, Owner> {
    if (this.#byPhysicalId !== undefined) return this.#byPhysicalId;
    const owners = new Map<string, Owner>();
    for (const row of this.#tables.table('stack_resource').rows) {
      const {physical_resource_id: id, stack_id: stack, resource_name: name} = row;
      if (typeof id !== 'string' || id === '' || typeof stack !== 'string' || this.#transparent.has(stack))
        continue;
      const nested = row['parent_resource'] !== undefined && row['parent_resource'] !== null;
      // Of two that claim a thing, a stack that another one made is nearer to it.
      owners.set(plainId(id), this.#owner(stack, nested || typeof name !== 'string' ? undefined : name));
    }
    return (this.#byPhysicalId = owners);
  }
}

function physicalIdOf(spec: AnySpec, row: Row): string {
  const id = spec.physicalId?.(row as never);
  return id === undefined ? (row['id'] as string) : plainId(id);
}
