/** The ledger of one row: what became of each of its fields (design.md, law 3). */
import {isDeepStrictEqual} from 'node:util';
import {isEmpty, type AnySpec, type Ignore, type Lossy, type Scope} from '../model/define.ts';
import {messageOf} from '../model/errors.ts';
import type {Fate, LedgerEntry, Place} from '../model/graph.ts';
import type {Row} from '../model/inventory.ts';
import {spoken, type Remarks} from './scope.ts';

const UNKNOWN = 'unknown field: this version of rekindle does not know what it means';

/**
 * @param fates What the properties made of the fields they read.
 * @param remarks Losses and steps the mapping announced; steps of `stepwise` fields are added to it.
 */
export function account(
  spec: AnySpec,
  row: Row,
  place: Place,
  fates: ReadonlyMap<string, Fate>,
  remarks: Remarks,
  scope: Scope,
): readonly LedgerEntry[] {
  const ledger: LedgerEntry[] = [{field: 'id', fate: 'derived'}];
  const whole = fateOfPlace(place);
  const before = new Set(remarks.steps);
  for (const field of Object.keys(row).sort()) {
    if (field === 'id') continue;
    const ignore = Object.hasOwn(spec.ignores, field) ? spec.ignores[field] : undefined;
    const read = Object.values(spec.properties).some(source => source.reads.includes(field));
    let entry: LedgerEntry;
    if (ignore !== undefined) entry = ignored(field, row, ignore, remarks, scope);
    else if (read) entry = {field, fate: fates.get(field) ?? 'exact'};
    else entry = {field, fate: 'lost', reason: UNKNOWN};
    if (whole !== undefined && entry.fate !== 'derived') entry = {field, ...whole};
    ledger.push(entry);
  }
  const stepped = new Map<string, string>();
  for (const step of remarks.steps) {
    if (before.has(step)) for (const field of step.fields) stepped.set(field, step.title);
  }
  return withRemarks(ledger, remarks, stepped);
}

function fateOfPlace(place: Place): {fate: Fate; reason: string} | undefined {
  if (place.as === 'lost') return {fate: 'lost', reason: place.reason};
  if (place.as === 'skipped') return {fate: 'derived', reason: place.reason};
  if (place.as === 'step') return {fate: 'step', reason: 'restored by a step'};
  return undefined;
}

function ignored(
  field: string,
  row: Row,
  ignore: Ignore<never>,
  remarks: Remarks,
  scope: Scope,
): LedgerEntry {
  if (ignore === 'read-only') return {field, fate: 'derived'};
  if (ignore === 'elsewhere') return {field, fate: 'exact', reason: 'carried by another resource'};
  if ('lossy' in ignore) {
    const value = row[field];
    if (isEmpty(value) || ignore.neutral.some(neutral => isDeepStrictEqual(neutral, value)))
      return {field, fate: 'exact'};
    if (!loses(ignore, row, scope)) return {field, fate: 'exact', reason: 'carried by another resource'};
    return {field, fate: 'lost', reason: ignore.lossy};
  }
  try {
    const step = ignore.stepwise(row as never, scope);
    if (step === undefined) return {field, fate: 'exact'};
    remarks.steps.push(spoken({...step, fields: [field]}, remarks));
    return {field, fate: 'step', reason: step.title};
  } catch (error) {
    return {field, fate: 'lost', reason: `the value can't be read: ${messageOf(error)}`};
  }
}

function loses({where}: Lossy, row: Row, scope: Scope): boolean {
  try {
    return where?.(row as never, scope) ?? true;
  } catch {
    return true; // A malformed row.
  }
}

/** Announced losses and steps override what the field's readers said; a part of a field (`a.b`) gets a line of its own. */
function withRemarks(
  ledger: LedgerEntry[],
  remarks: Remarks,
  stepped: ReadonlyMap<string, string>,
): readonly LedgerEntry[] {
  const result = ledger.map(entry => {
    const title = stepped.get(entry.field);
    return title === undefined ? entry : {field: entry.field, fate: 'step' as const, reason: title};
  });
  const at = new Map(result.map((entry, index) => [entry.field, index]));
  for (const {field, reason} of remarks.losses) {
    const index = at.get(field);
    if (index === undefined) {
      at.set(field, result.length);
      result.push({field, fate: 'lost', reason});
    } else if (result[index]?.fate !== 'lost') {
      result[index] = {field, fate: 'lost', reason};
    } else if (result[index].reason !== reason && !result[index].reason?.includes(reason)) {
      result[index] = {field, fate: 'lost', reason: `${result[index].reason ?? ''}; ${reason}`};
    }
  }
  return result;
}
