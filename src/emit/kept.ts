/** What a new bundle keeps of the one it replaces: who has which name, and in which order things stood. Pure. */
import type {EarlierBundle, Report, ReportParameter} from '../model/bundle.ts';
import {isUsableName} from '../model/logical-name.ts';

/** Says whose a name is, in words that stay the same from one snapshot to the next. */
export const owner = {
  resource: (key: string) => `resource ${key}`,
  /** For a parameter that stands for one thing. */
  parameter: (role: ReportParameter['role'], key: string) => `${role} ${key}`,
  /** For a parameter that the source's values share: one of them. */
  given: (key: string, field: string) => `given ${key} ${field}`,
  /** For parameters that are told apart by their names alone. */
  anyOf: (role: ReportParameter['role'], kind: string) => `${role} ${kind}`,
} as const;

const byNameAlone: ReadonlySet<ReportParameter['role']> = new Set(['ask', 'secret', 'data']);

/** Names of an earlier bundle. */
export class KeptNames {
  readonly #byOwner = new Map<string, string>();
  /** Owners by name; a value of the source may be several things'. */
  readonly #owners = new Map<string, readonly string[]>();
  /** Owners that have several names. */
  readonly #shared = new Set<string>();
  /** Places in the earlier template: of parameters by name, of resources by owner. */
  readonly #ranks = new Map<string, number>();
  readonly #isThere: (owner: string) => boolean;

  /** @param isThere Whether that owner is still part of the project; the names of others are free again. */
  constructor(
    report?: Pick<Report, 'resources' | 'parameters'>,
    isThere: (owner: string) => boolean = () => false,
  ) {
    this.#isThere = isThere;
    for (const [rank, {name, flat = name, kind, id}] of (report?.resources ?? []).entries()) {
      this.#ranks.set(owner.resource(`${kind}:${id}`), rank);
      this.#add(flat, [owner.resource(`${kind}:${id}`)]);
    }
    for (const [rank, parameter] of (report?.parameters ?? []).entries()) {
      this.#ranks.set(parameter.name, rank);
      const {name, role, kind} = parameter;
      if (byNameAlone.has(role)) this.#shared.add(owner.anyOf(role, kind));
      this.#add(name, ownersOf(parameter));
    }
  }

  /** The name that it had. */
  of(owner: string): string | undefined {
    return this.#shared.has(owner) ? undefined : this.#byOwner.get(owner);
  }

  /** Of these names the first that was one of an owner who had several. */
  among(names: Iterable<string>, owner: string): string | undefined {
    if (!this.#shared.has(owner)) return undefined;
    for (const name of names) if (this.#owners.get(name)?.includes(owner) === true) return name;
    return undefined;
  }

  /** Whether the name belongs to another who is still there. */
  isHeld(name: string, owner: string): boolean {
    const owners = this.#owners.get(name);
    return owners !== undefined && !owners.includes(owner) && owners.some(this.#isThere);
  }

  /** @param what A parameter's name, or the owner of a resource. */
  rankOf(what: string): number | undefined {
    return this.#ranks.get(what);
  }

  #add(name: string, owners: readonly string[]): void {
    if (!isUsableName(name) || this.#owners.has(name)) return;
    this.#owners.set(name, owners);
    for (const one of owners) if (!this.#byOwner.has(one)) this.#byOwner.set(one, name);
  }
}

function ownersOf({role, kind, source, sets = []}: ReportParameter): readonly string[] {
  if (byNameAlone.has(role)) return [owner.anyOf(role, kind)];
  if (role === 'name-prefix') return [owner.parameter(role, '')];
  if (role === 'given') return sets.map(set => owner.given(`${set.kind}:${set.id}`, set.field));
  return source === undefined ? [] : [owner.parameter(role, `${kind}:${source.id}`)];
}

/** Names of files by their text, as the earlier bundle had them. */
export function keptFiles(earlier: EarlierBundle | undefined): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const name of Object.keys(earlier?.files ?? {}).sort())
    if (/^files\/\w+(?:\.\w+)?$/.test(name)) names.set(earlier?.files[name] ?? '', name);
  return names;
}

/** Those with a rank in its order; each of the others after the one it comes after anyway. */
export function inKeptOrder<T>(items: readonly T[], rankOf: (item: T) => number | undefined): readonly T[] {
  const known = items
    .map(item => ({item, rank: rankOf(item)}))
    .filter((one): one is {readonly item: T; readonly rank: number} => one.rank !== undefined)
    .sort((a, b) => a.rank - b.rank);
  const following = new Map<T | undefined, T[]>();
  let before: T | undefined;
  for (const item of items) {
    if (rankOf(item) !== undefined) before = item;
    else {
      const list = following.get(before);
      if (list === undefined) following.set(before, [item]);
      else list.push(item);
    }
  }
  const ordered = following.get(undefined) ?? [];
  for (const {item} of known) ordered.push(item, ...(following.get(item) ?? []));
  return ordered;
}
