/** What all Neutron types have in common. */
import {isEmpty, skipped, type Scope, type Typed} from '../../model/define.ts';
import type {RowsByKind} from '../../model/list-call.ts';
import type {Place, Word} from '../../model/graph.ts';
import type {Ref} from '../../model/value.ts';
import {order} from '../../model/cidr.ts';

/** Fields that every Neutron row has, or may have; proof: neutron-lib `api/definitions/`. */
export interface Common {
  readonly id: string;
  readonly project_id: string;
  readonly tenant_id?: string;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly revision_number?: number;
}

/** Nobody sets them, nobody compares them. */
export const serverMade = {
  project_id: 'read-only',
  tenant_id: 'read-only',
  created_at: 'read-only',
  updated_at: 'read-only',
  revision_number: 'read-only',
} as const;

/** The server kind as far as Neutron's types look at it; its own file imports ours. */
export const server: Typed<'server', {readonly id: string; readonly name: string}> = {kind: 'server'};

/** Sharing as far as the shared things look at it; its own file imports theirs. */
export const rbacPolicy: Typed<
  'rbac_policy',
  {readonly id: string; readonly object_id: string; readonly action: string; readonly target_tenant: string}
> = {kind: 'rbac_policy'};

export interface Owned {
  readonly project_id?: string | null;
  readonly tenant_id?: string | null;
}

export function isOurs(row: Owned | undefined, scope: Scope): boolean {
  return row !== undefined && (row.project_id ?? row.tenant_id) === scope.project.id;
}

export const foreign: Place = skipped('belongs to another project');

/** The commonest of the values; undefined where there are none. Ties go to the first in sorted order. */
export function commonest<V extends string | number | boolean>(values: readonly V[]): V | undefined {
  const counts = new Map<V, number>();
  for (const value of values.toSorted(order)) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: V | undefined;
  for (const [value, count] of counts) {
    if (best === undefined || count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}

export type SpecValue =
  string | number | boolean | Ref | readonly SpecValue[] | {readonly [key: string]: SpecValue};

/** Heat's `value_specs`: sent to Neutron as they are. Entries that say nothing are left out, and so is an empty map. */
export function valueSpecs(
  entries: Readonly<Record<string, SpecValue | null | undefined>>,
): Readonly<Record<string, SpecValue>> | undefined {
  const kept = Object.entries(entries).filter(
    (entry): entry is [string, SpecValue] =>
      entry[1] !== undefined && entry[1] !== null && (entry[1] === false || !isEmpty(entry[1])),
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

/** A field's text in each row of these kinds, whatever the rows look like. */
export function* ids(rows: RowsByKind, kinds: readonly string[], field: string): Generator<string> {
  for (const kind of kinds) {
    for (const row of rows[kind] ?? []) yield* textsIn(row[field]);
  }
}

/** The texts of a value that should be a text or a list of them. */
export function* textsIn(value: unknown): Generator<string> {
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (typeof item === 'string' && item !== '') yield item;
  }
}

/** A field of each object in a value that should be an object or a list of them. */
export function* idsIn(value: unknown, field: string): Generator<string> {
  for (const item of Array.isArray(value) ? (value as unknown[]) : [value]) {
    if (typeof item === 'object' && item !== null) yield* textsIn((item as Record<string, unknown>)[field]);
  }
}

/** Words of an openstack command: `verb` is split at its blanks, nothing else is. */
export function command(verb: string, ...words: readonly (Word | readonly Word[])[]): readonly Word[] {
  return [...verb.split(' '), ...words.flatMap(part => (isList(part) ? valuesTied(part) : [part]))];
}

/** What is no option, at the end of a command: the client would take a name that begins with a hyphen for one. */
export function operands(...words: readonly Word[]): readonly Word[] {
  return words.some(word => typeof word === 'string' && word.startsWith('-')) ? ['--', ...words] : words;
}

function isList(part: Word | readonly Word[]): part is readonly Word[] {
  return Array.isArray(part);
}

function isOption(word: Word | undefined): boolean {
  return typeof word === 'string' && /^--[a-z-]+$/.test(word);
}

/** Options with a value each: one that begins with a hyphen is tied to its option, as `--type=-x`. */
function valuesTied(words: readonly Word[]): readonly Word[] {
  if (words.length % 2 !== 0 || !words.every((word, at) => at % 2 === 1 || isOption(word))) return words;
  return words.flatMap((word, at) => {
    if (at % 2 === 1) return [];
    const value = words[at + 1] ?? '';
    return typeof value === 'string' && value.startsWith('-')
      ? [`${word as string}=${value}`]
      : [word, value];
  });
}

/** `--tag a --tag b`, for the `set` commands of kinds whose tags Heat can't set. */
export function tagWords(tags: readonly string[]): readonly string[] {
  return tags.toSorted().flatMap(tag => ['--tag', tag]);
}

/** What people would call it: the parts that have a name, joined. */
export function joined(...names: readonly (string | undefined)[]): string {
  return names.filter(name => name !== undefined && name !== '').join('_');
}
