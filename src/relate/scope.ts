/** What mappings look at (define.ts, Scope), over the tables; and what they remark about their row. */
import type {AnySpec, Naming, Scope, StacksMode, Typed} from '../model/define.ts';
import {messageOf} from '../model/errors.ts';
import type {Place, Step} from '../model/graph.ts';
import type {Inventory, Row} from '../model/inventory.ts';
import {isSpecial, Ref} from '../model/value.ts';
import {namingOf} from './naming.ts';
import type {Owner, Owners} from './owners.ts';
import type {Tables} from './tables.ts';
import {namesNothing, tidy} from './tidy.ts';

/** Remarks of one row's mapping. */
export interface Remarks {
  readonly losses: {readonly field: string; readonly reason: string}[];
  readonly steps: Step[];
  readonly notes: string[];
}

export interface Scopes {
  /** For look-ups only; remarks are dropped. */
  readonly base: Scope;
  /** A scope whose remarks are gathered for that node. */
  forNode(kind: string, id: string): Scope;
  /** What was remarked of that row until now. */
  remarks(kind: string, id: string): Remarks;
  /** Undefined where there is no such row. */
  place(kind: string, id: string): Place | undefined;
  ownerOf(spec: AnySpec, row: Row): Owner | undefined;
  owned(kind: string, id: string): Owner | undefined;
  /** By stack: output name to resource name. */
  readonly wanted: Map<string, Map<string, string>>;
}

export function makeScopes(
  inventory: Inventory,
  specs: ReadonlyMap<string, AnySpec>,
  tables: Tables,
  {
    stacks,
    owners,
    auto,
    cut,
    settled,
  }: {
    readonly stacks: StacksMode;
    readonly owners: Owners;
    /** The target chooses addresses. */
    readonly auto: boolean;
    readonly cut: ReadonlyMap<string, Place>;
    readonly settled: ReadonlyMap<string, Place>;
  },
): Scopes {
  const places = new ByRow<Place>();
  const remarks = new ByRow<Remarks>();
  const memos = new Map<string, unknown>();
  const wanted = new Map<string, Map<string, string>>();

  const remarksOf = (kind: string, id: string): Remarks => {
    let mine = remarks.get(kind, id);
    if (mine === undefined) remarks.set(kind, id, (mine = {losses: [], steps: [], notes: []}));
    return mine;
  };

  const place = (kind: string, id: string): Place | undefined => {
    const known = places.get(kind, id);
    if (known !== undefined) return known;
    if (cut.size > 0 || settled.size > 0) {
      const key = `${kind}:${id}`;
      const said = cut.get(key) ?? settled.get(key);
      if (said !== undefined) return said;
    }
    const row = tables.table(kind).byId.get(id);
    const spec = specs.get(kind);
    if (row === undefined || spec === undefined) return undefined;
    if (spec.heat === undefined) return {as: 'skipped', reason: 'only referred to'};
    places.set(kind, id, {as: 'resource'}); // Two kinds whose places ask for each other: the asker counts as there.
    const found = byStack(spec, row, placeOf(spec, row, forNode(kind, id)));
    places.set(kind, id, found);
    return found;
  };

  const ownerOf = (spec: AnySpec, row: Row): Owner | undefined => {
    try {
      return owners.ownerOf(spec, row, base);
    } catch {
      return undefined; // A malformed row belongs to nobody; its fields are accounted for anyway.
    }
  };

  /** By stack: what a service made it for. */
  let makers: ReadonlyMap<string, string> | undefined;
  const makerOf = (stack: string | undefined): string | undefined => {
    makers ??= stackMakers(specs, tables, base);
    return stack === undefined ? undefined : makers.get(stack);
  };

  /** What a stack owns goes with the stack, if that comes with something else, is rebuilt by its own template or left out. */
  const byStack = (spec: AnySpec, row: Row, found: Place): Place => {
    if (found.as === 'skipped') return found;
    const owner = spec.kind === 'stack' ? undefined : ownerOf(spec, row);
    const maker = makerOf(spec.kind === 'stack' ? (row['id'] as string) : owner?.stack);
    if (maker !== undefined) return {as: 'skipped', reason: `made for the ${maker}, and comes with it`};
    if (stacks === 'as-resources' || owner === undefined) return found;
    if (stacks === 'skip')
      return {as: 'skipped', reason: `belongs to the stack ${owner.name}, which is left out`};
    const whole = place('stack', owner.stack)?.as;
    return whole === 'resource' ? {as: 'part', of: new Ref('stack', owner.stack)} : found;
  };

  let naming: Naming | undefined;
  const base: Scope = {
    project: inventory.source.project,
    userId: inventory.source.user_id,
    stacks,
    wantedOutputs: stack => wanted.get(stack) ?? new Map(),
    naming: () => (auto ? (naming ??= namingOf(specs, tables, inventory.source.project.id)) : undefined),
    extensions: inventory.extensions,
    row: <K extends string, R>(type: Typed<K, R>, id: string | null | undefined) =>
      (typeof id === 'string' ? tables.table(type.kind).byId.get(id) : undefined) as R | undefined,
    rows: <K extends string, R>(type: Typed<K, R>) => tables.table(type.kind).rows as unknown as readonly R[],
    by: <K extends string, R>(type: Typed<K, R>, field: keyof R & string, value: string) =>
      tables.by(type.kind, field, value) as unknown as readonly R[],
    place: (type, id) => place(type.kind, id),
    isCut: (type, id) => cut.size > 0 && cut.has(`${type.kind}:${id}`),
    memo: <V>(key: string, make: () => V) => {
      if (!memos.has(key)) memos.set(key, make());
      return memos.get(key) as V;
    },
    lose: () => undefined,
    step: () => undefined,
    note: () => undefined,
  };

  const forNode = (kind: string, id: string): Scope => {
    // It looks up what the base does, without a copy of it for each of many thousand rows.
    const own: Pick<Scope, 'lose' | 'step' | 'note'> = {
      lose: (field, reason) => void remarksOf(kind, id).losses.push({field, reason}),
      step: step => void remarksOf(kind, id).steps.push(spoken(step, remarksOf(kind, id))),
      note: text => void remarksOf(kind, id).notes.push(text),
    };
    return Object.assign(Object.create(base) as Scope, own);
  };

  const owned = (kind: string, id: string): Owner | undefined => {
    const [spec, row] = [specs.get(kind), tables.table(kind).byId.get(id)];
    return spec === undefined || row === undefined ? undefined : ownerOf(spec, row);
  };

  return {base, forNode, remarks: remarksOf, place, ownerOf, owned, wanted};
}

/** Something of each row. No text is made of kind and id to find it: that is done many times for each. */
class ByRow<V> {
  readonly #kinds = new Map<string, Map<string, V>>();

  get(kind: string, id: string): V | undefined {
    return this.#kinds.get(kind)?.get(id);
  }

  set(kind: string, id: string, value: V): void {
    const known = this.#kinds.get(kind);
    if (known === undefined) this.#kinds.set(kind, new Map([[id, value]]));
    else known.set(id, value);
  }
}

/**
 * The step in words that a file can hold.
 * @param remarks Takes what of them had to be changed. @throws where a malformed row leaves a word of the command unsaid.
 */
export function spoken(step: Step, {losses}: Pick<Remarks, 'losses'>): Step {
  const lose = (reason: string): void => {
    for (const field of step.fields) losses.push({field, reason});
  };
  const said = (words: readonly unknown[]): Step['command'] =>
    words.map(word => {
      if (typeof word !== 'string' && (!isSpecial(word) || namesNothing(word)))
        throw new Error(`a word of the command is missing: ${step.title}`);
      return tidy(word, lose) as Step['command'][number];
    });
  const {command, of, ...rest} = step;
  return {...rest, command: said(command), ...(of === undefined ? {} : {of: said(of)})};
}

function stackMakers(
  specs: ReadonlyMap<string, AnySpec>,
  tables: Tables,
  scope: Scope,
): ReadonlyMap<string, string> {
  const makers = new Map<string, string>();
  for (const {kind, makesStacks} of specs.values()) {
    if (makesStacks === undefined) continue;
    for (const row of tables.table(kind).rows) {
      const {id, name} = row;
      const what = `${kind.replaceAll('_', ' ')} ${typeof name === 'string' && name !== '' ? name : String(id)}`;
      try {
        for (const stack of makesStacks(row as never, scope)) if (stack) makers.set(stack, what);
      } catch {
        // A malformed row makes nothing; its fields are accounted for anyway.
      }
    }
  }
  return makers;
}

function placeOf(spec: AnySpec, row: Row, scope: Scope): Place {
  if (spec.where === undefined) return {as: 'resource'};
  try {
    return spec.where(row as never, scope);
  } catch (error) {
    return {as: 'lost', reason: `the row can't be read: ${messageOf(error)}`};
  }
}
