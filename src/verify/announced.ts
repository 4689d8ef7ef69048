/** What the bundle said would differ. */
import type {Node} from '../model/graph.ts';
import {topOf} from '../model/path.ts';
import {isPlainObject} from '../model/value.ts';
import {pathText, type Segment} from './tree.ts';
import type {Announced, Difference} from './types.ts';

type Notice = NonNullable<Difference['announced']>;

interface Entry extends Notice {
  readonly field: string;
}

export class Notices {
  readonly #entries = new Map<string, Entry[]>();
  /** `kind field` of everything announced, whichever thing it is about. */
  readonly unsure: ReadonlySet<string>;

  constructor(announced: Announced | undefined) {
    const unsure = new Set<string>();
    const add = (kind: string, id: string, entry: Entry): void => {
      const key = `${kind}:${id}`;
      const known = this.#entries.get(key);
      if (known === undefined) this.#entries.set(key, [entry]);
      else known.push(entry);
      unsure.add(`${kind} ${topOf(entry.field)}`);
    };
    for (const {kind, id, field, reason} of announced?.losses ?? [])
      add(kind, id, {fate: 'lost', field, reason});
    for (const {kind, id, fields, title} of announced?.steps ?? [])
      for (const field of fields) add(kind, id, {fate: 'step', field, reason: title});
    this.unsure = unsure;
  }

  /** For a field of a thing that both sides have; `isList` if the value can't be addressed by key. */
  ofField(key: string, path: readonly Segment[], isList: boolean): Notice | undefined {
    return this.#find(key, field => covers(field, path, isList));
  }

  /** For a thing that is missing as a whole; a part also by the field of its owner that holds it. */
  ofMissing(node: Node, owner: Node | undefined): Notice | undefined {
    const own = this.#find(
      node.key,
      (field, fate) => field === '*' || (fate === 'step' && node.place.as === 'step'),
    );
    if (own !== undefined || owner === undefined) return own;
    const holders = holdersOf(node, owner);
    return this.#find(
      owner.key,
      named =>
        named === '*' ||
        holders.some(({field, index}) =>
          [field, `${field}[${index}]`, `${field}.${index}`, `${field}.${node.id}`].includes(named),
        ),
    );
  }

  /** For a part that both sides have: announced with the whole of the field of its owner that holds it. */
  ofPart(node: Node, owner: Node | undefined): Notice | undefined {
    if (owner === undefined) return undefined;
    const fields = new Set(holdersOf(node, owner).map(({field}) => field));
    return this.#find(owner.key, named => fields.has(named));
  }

  /**
   * For a part that only the clone has: announced by what it is called, in the field of its owner that holds it, or with
   * the whole of that field.
   * @param owner The clone's. @param ownerOfSource Key of its partner.
   */
  ofExtra(node: Node, owner: Node | undefined, ownerOfSource: string | undefined): Notice | undefined {
    if (ownerOfSource === undefined) return undefined;
    const {label} = node;
    const fields = owner === undefined ? [] : holdersOf(node, owner).map(({field}) => field);
    return this.#find(
      ownerOfSource,
      named => fields.includes(named) || (label !== '' && named.endsWith(`[${label}]`)),
    );
  }

  #find(key: string, test: (field: string, fate: Notice['fate']) => boolean): Notice | undefined {
    const found = this.#entries.get(key)?.find(({field, fate}) => test(field, fate));
    return found === undefined ? undefined : {fate: found.fate, reason: found.reason};
  }
}

/** The fields of its owner that hold a part, and where in them. */
function holdersOf({id}: Node, {row}: Node): readonly {readonly field: string; readonly index: number}[] {
  return Object.entries(row).flatMap(([field, value]) => {
    const index = Array.isArray(value)
      ? value.findIndex(item => isPlainObject(item) && item['id'] === id)
      : -1;
    return index < 0 ? [] : [{field, index}];
  });
}

/** The announced field is the one that differs, holds it, or is a part of it. */
function covers(field: string, path: readonly Segment[], isList: boolean): boolean {
  if (field === '*') return true;
  const names = [pathText(path), path.join('.'), path.filter(part => typeof part === 'string').join('.')];
  if (names.some(name => name === field || isBelow(name, field) || isBelow(field, name))) return true;
  return isList && topOf(field) === path[0];
}

function isBelow(name: string, holder: string): boolean {
  return name.startsWith(`${holder}.`) || name.startsWith(`${holder}[`);
}
