/** The ledger of one row: what became of each of its fields (design.md, law 3). */
import {isDeepStrictEqual} from 'node:util';
import {isEmpty, type AnySpec, type Lossy, type Scope} from '../model/define.ts';
import {messageOf} from '../model/errors.ts';
import type {Fate, LedgerEntry, Place} from '../model/graph.ts';
import type {Row} from '../model/inventory.ts';
import {fieldsOf, type FieldPlan} from './plan.ts';
import {spoken, type Remarks} from './scope.ts';

const ID: LedgerEntry = {field: 'id', fate: 'derived'};
const UNKNOWN = 'unknown field: this version of rekindle does not know what it means';

/**
 * @param fates Of fields that became parameters.
 * @param remarks Losses and steps the mapping announced; steps of `stepwise` fields are added to it.
 */
export function account(
  spec: AnySpec,
  row: Row,
  place: Place,
  fates: ReadonlyMap<string, 'parameter'>,
  remarks: Remarks,
  scope: Scope,
): readonly LedgerEntry[] {
  const ledger: LedgerEntry[] = [ID];
  const whole = fateOfPlace(place);
  const fields = fieldsOf(spec);
  const before = remarks.steps.length;
  for (const field of Object.keys(row).sort()) {
    if (field === 'id') continue;
    const plan = fields.get(field);
    let entry: LedgerEntry;
    if (plan === undefined) entry = {field, fate: 'lost', reason: UNKNOWN};
    else if (plan.ignore !== undefined) entry = ignored(field, row, plan, remarks, scope);
    else entry = fates.get(field) === 'parameter' ? plan.parameter : plan.exact;
    if (whole !== undefined && entry.fate !== 'derived') entry = {field, ...whole};
    ledger.push(entry);
  }
  const stepped = new Map<string, string>();
  for (const step of remarks.steps.slice(0, before))
    for (const field of step.fields) stepped.set(field, step.title);
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
  {ignore, derived, exact, elsewhere}: FieldPlan,
  remarks: Remarks,
  scope: Scope,
): LedgerEntry {
  if (ignore === undefined) return exact;
  if (ignore === 'read-only') return derived;
  if (ignore === 'elsewhere') return elsewhere;
  if ('lossy' in ignore) {
    const value = row[field];
    if (isEmpty(value) || ignore.neutral.some(neutral => isDeepStrictEqual(neutral, value))) return exact;
    if (!loses(ignore, row, scope)) return elsewhere;
    return {field, fate: 'lost', reason: ignore.lossy};
  }
  try {
    const step = ignore.stepwise(row as never, scope);
    if (step === undefined) return exact;
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
  if (stepped.size === 0 && remarks.losses.length === 0) return ledger;
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
