/** What is read of each kind, and how it is forgotten where lists don't agree on it. */
import type {Gap, Row} from '../model/inventory.ts';
import type {ListCall, RowsByKind} from '../model/list-call.ts';
import {contradictions, type Contradiction} from './contradictions.ts';
import {gap} from './failure.ts';
import type {Shelf} from './rows.ts';

/** A spec with a list call. */
export interface Listed {
  readonly kind: string;
  readonly call: ListCall;
  readonly shelf: Shelf;
  /** Ids (referred) and parents asked for already, answered or not. */
  readonly asked: Set<string>;
  /** Ids of rows that are here because others refer to them. */
  readonly brought: Set<string>;
  /** Ids of rows asked for one by one, answered or not. */
  readonly detailed: Set<string>;
}

/** A question that is ready to be asked. */
export interface Task {
  readonly listed: Listed;
  readonly run: () => Promise<void>;
}

/** What the lists don't agree on, and what one list said twice in different words. Kinds with a gap are told already. */
export function disputes(
  all: readonly Listed[],
  view: RowsByKind,
  ours: (row: Row) => boolean,
  gaps: Iterable<Gap>,
): readonly Contradiction[] {
  const failed = new Set(Array.from(gaps, ({kind}) => kind));
  const whole = new Set(all.map(({kind}) => kind).filter(kind => !failed.has(kind)));
  const twice = all.flatMap(({kind, shelf}) =>
    shelf.changed().map(id => ({key: `${kind} ${id}`, from: kind, id, to: kind, value: id, sure: false})),
  );
  return [...contradictions(all, view, ours, whole), ...twice];
}

/** @param lasts Twice it was so. */
export function vanished({from, id, to, value}: Contradiction, call: ListCall, lasts: boolean): Gap {
  const detail = lasts
    ? `${from} ${id} names the ${to} ${value}, which is in no list: it is gone, or hidden from this role`
    : `${from} ${id} and the list of ${to} don't agree on ${value}: it came, went or changed while the project was read`;
  return gap({kind: to, call, core: false, parent: value}, 'vanished', detail);
}

/** Before the kind is read anew. */
export function forget({shelf, asked, brought, detailed}: Listed): void {
  shelf.clear();
  for (const ids of [asked, brought, detailed]) ids.clear();
}

/** Children of what is no more are no more; what is new is asked for them. */
export function dropOrphans({kind, shelf}: Listed, all: readonly Listed[]): void {
  for (const child of all) {
    const {parent} = child.call;
    if (parent?.kind !== kind) continue;
    child.shelf.drop(row => !shelf.has(row[parent.field] as string));
    for (const id of child.asked) if (!shelf.has(id)) child.asked.delete(id);
  }
}

/** What is here because a row referred to it goes when none does any more. @returns Whether anything went. */
export function dropUnreferred(all: readonly Listed[], view: RowsByKind): boolean {
  let dropped = false;
  for (const {call, shelf, asked, brought} of all) {
    if (call.referred === undefined || brought.size === 0) continue;
    const wanted = idsOf(call.referred, view);
    const gone = new Set([...brought].filter(id => wanted?.has(id) === false));
    if (gone.size === 0) continue;
    dropped = true;
    shelf.drop(({id}) => gone.has(id as string));
    for (const id of gone) for (const ids of [asked, brought]) ids.delete(id);
  }
  return dropped;
}

/** Undefined where rows that refer are malformed, which is told where they are asked for. */
function idsOf(
  referred: NonNullable<ListCall['referred']>,
  view: RowsByKind,
): ReadonlySet<unknown> | undefined {
  try {
    return new Set(referred.ids(view));
  } catch {
    return undefined;
  }
}
