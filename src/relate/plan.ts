/** What can be known of a type before its rows: it has thousands of those. */
import type {AnySpec, Ignore, Source} from '../model/define.ts';
import type {LedgerEntry} from '../model/graph.ts';
import type {PropertySchema} from '../model/heat-schema.ts';
import {heatSchemas} from '../resources/heat-schemas.ts';

/** How one property is made. */
export interface PropertySource {
  readonly property: string;
  readonly source: Source<string, unknown>;
  /** That a remark on the whole property is about. */
  readonly field: string;
  readonly schema: PropertySchema | undefined;
}

/** What the type does with a field, and the lines of the ledger that most rows have for it. */
export interface FieldPlan {
  readonly ignore: Ignore<never> | undefined;
  readonly derived: LedgerEntry;
  readonly exact: LedgerEntry;
  readonly elsewhere: LedgerEntry;
  readonly parameter: LedgerEntry;
}

interface Plan {
  readonly sources: readonly PropertySource[];
  /** Properties without which Heat refuses the resource. */
  readonly required: readonly string[];
  readonly fields: ReadonlyMap<string, FieldPlan>;
}

const plans = new WeakMap<AnySpec, Plan>();

export function sourcesOf(spec: AnySpec): readonly PropertySource[] {
  return planOf(spec).sources;
}

export function requiredOf(spec: AnySpec): readonly string[] {
  return planOf(spec).required;
}

/** By field: those that a property reads or that are ignored; the type does not know any other. */
export function fieldsOf(spec: AnySpec): ReadonlyMap<string, FieldPlan> {
  return planOf(spec).fields;
}

function planOf(spec: AnySpec): Plan {
  let plan = plans.get(spec);
  if (plan === undefined) plans.set(spec, (plan = makePlan(spec)));
  return plan;
}

function makePlan({heat, properties, ignores}: AnySpec): Plan {
  const schemas = heatSchemas[heat ?? ''] ?? {};
  const names = new Set([...Object.values(properties).flatMap(({reads}) => reads), ...Object.keys(ignores)]);
  return {
    sources: Object.entries(properties).map(([property, source]) => ({
      property,
      source,
      field: source.reads[0] ?? property,
      schema: schemas[property],
    })),
    required: Object.keys(schemas).filter(property => schemas[property]?.required === true),
    fields: new Map([...names].map(field => [field, fieldPlan(field, ignores)])),
  };
}

function fieldPlan(field: string, ignores: AnySpec['ignores']): FieldPlan {
  return {
    ignore: Object.hasOwn(ignores, field) ? ignores[field] : undefined,
    derived: {field, fate: 'derived'},
    exact: {field, fate: 'exact'},
    elsewhere: {field, fate: 'exact', reason: 'carried by another resource'},
    parameter: {field, fate: 'parameter'},
  };
}
