/** Threshold rules of Gnocchi: in alarms of their own, and inside composite ones. Pure. */
import type {Scope} from '../../model/define.ts';
import {isPlainObject, type Ref, type Value} from '../../model/value.ts';
import {ownThing, thing} from './shared.ts';

/** Proof: aodh `api/controllers/v2/alarm_rules/gnocchi.py`, `AlarmGnocchiThresholdRule`. */
export interface Threshold {
  readonly comparison_operator: string;
  readonly threshold: number;
  readonly aggregation_method: string;
  readonly evaluation_periods: number;
  readonly granularity: number;
}

/** Taken by Heat; proof: heat `aodh/gnocchi/alarm.py`, `common_gnocchi_properties_schema`. */
export type ThresholdProperties = Threshold;

/**
 * The query as its maker wrote it: Aodh wraps it into one that finds only the project's own things, each time the alarm
 * is written. Proof: aodh, `AggregationMetricByResourcesLookupRule.validate_alarm`.
 */
export function ownQuery(text: string): string {
  let query: unknown;
  try {
    query = JSON.parse(text);
  } catch {
    return text;
  }
  let inner: unknown = query;
  for (let next: unknown = query; next !== undefined; next = unwrapped(next)) inner = next;
  return inner === query ? text : JSON.stringify(inner);
}

function unwrapped(query: unknown): unknown {
  const both: unknown = isPlainObject(query) ? query['and'] : undefined;
  if (!Array.isArray(both) || both.length !== 2) return undefined;
  const [filter, own] = both as readonly unknown[];
  return JSON.stringify(filter).includes('"created_by_project_id"') ? own : undefined;
}

/** Ids of ours inside a query: a text has no place for a reference. */
export function idsInQuery(text: string, scope: Scope): readonly string[] {
  const ids = text.match(/[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi) ?? [];
  return [...new Set(ids)].filter(id => ownThing(id, scope) !== undefined);
}

export function queryFor(text: string, field: string, scope: Scope): string {
  if (idsInQuery(text, scope).length > 0)
    scope.lose(field, 'the query holds ids of the source: write those of the target into it');
  return ownQuery(text);
}

type Rule = Readonly<Record<string, unknown>>;

export function operatorOf(rule: Rule): 'and' | 'or' | undefined {
  const [key, ...others] = Object.keys(rule);
  return others.length === 0 && (key === 'and' || key === 'or') ? key : undefined;
}

/** A rule inside a composite one. */
export function ruleFor(rule: unknown, scope: Scope, nested = false): Value {
  if (!isPlainObject(rule)) return rule as Value;
  const operator = operatorOf(rule);
  const inner: unknown = operator === undefined ? undefined : rule[operator];
  if (operator !== undefined && Array.isArray(inner))
    return {[operator]: inner.map(item => ruleFor(item, scope, true))};
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]): [string, Value] => [key, fieldFor(key, value, scope, nested)]),
  );
}

/** A combination in a combination looks like a function of Heat's: it goes into a parameter, where nothing is looked up. */
function fieldFor(key: string, value: unknown, scope: Scope, nested: boolean): Value {
  const name = 'composite_rule';
  if (key === 'query' && typeof value === 'string') return queryFor(value, name, scope);
  if (key === 'resource_id' && typeof value === 'string') {
    if (!nested) return thing(value, 'measured resource', scope);
    if (ownThing(value, scope) !== undefined)
      scope.lose(
        name,
        `the id of a ${ownThing(value, scope)?.kind ?? ''} stands in a combination of rules as it was`,
      );
  }
  if (key === 'metrics' && Array.isArray(value) && !nested)
    return value.map(id => (typeof id === 'string' ? thing(id, 'metric', scope) : (id as Value)));
  return value as Value;
}

/** What of a rule is the same in a clone. */
export function lastingRule(rule: unknown, scope: Scope): unknown {
  if (Array.isArray(rule)) return rule.map(item => lastingRule(item, scope));
  if (!isPlainObject(rule)) return rule;
  return Object.fromEntries(
    Object.entries(rule).map(([key, value]): [string, unknown] => [key, lastingField(key, value, scope)]),
  );
}

function lastingField(key: string, value: unknown, scope: Scope): unknown {
  if (key === 'query' && typeof value === 'string') return ownQuery(value);
  if (key === 'resource_id' && typeof value === 'string') return lastingId(value, scope);
  return lastingRule(value, scope);
}

function lastingId(id: string, scope: Scope): string | Ref {
  return ownThing(id, scope) ?? id;
}
