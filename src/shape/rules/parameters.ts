/** Values that rules make parameters: one of each name, with the value and the form that Heat is told. Pure. */
import {misfit, type PropertySchema} from '../../model/heat-schema.ts';
import {plainText} from '../../model/json.ts';
import type {Fault, Spot} from '../../model/located.ts';
import {Given, isPlainObject, type ParameterForm, type Plain} from '../../model/value.ts';
import {refusal} from './constraints.ts';
import type {Definition} from './types.ts';

type Type = NonNullable<ParameterForm['type']>;

/** One place whose value is the parameter. */
export interface Use {
  /** Of the operation. */
  readonly at: Spot;
  readonly schema: PropertySchema;
  /** Of the source; undefined where a rule set the parameter. */
  readonly value: Plain | undefined;
  /** Property and kind of thing, for people. */
  readonly what: string;
}

/** Its value stands in for the parameter until all uses are known. */
export function keyOf(name: string): string {
  return `rule:${name}`;
}

export function nameOfKey(key: string): string | undefined {
  return key.startsWith('rule:') ? key.slice('rule:'.length) : undefined;
}

/** @param file For where it was said. @returns the parameter; faults tell why there is none. */
export function parameterOf(
  name: string,
  definition: Definition | undefined,
  uses: readonly Use[],
  file: string,
  faults: Fault[],
): Given | undefined {
  const [first] = uses;
  if (first === undefined) return undefined;
  const values = new Map(
    uses.flatMap(({value}) => (value === undefined ? [] : [[JSON.stringify(value), value] as const])),
  );
  const [only] = values.values();
  const value = definition?.default ?? only;
  if (value === undefined) return undefined;
  if (definition?.default === undefined && values.size > 1) {
    const some = [...values.keys()].sort().slice(0, 3).join(', ');
    faults.push({
      at: first.at,
      what: `the parameter ${name} would stand for ${values.size} values (${some}${values.size > 3 ? ', …' : ''}): give it a default, or each a name of its own`,
    });
    return undefined;
  }
  const types = new Map(uses.map(use => [typeOf(use.schema, value), use] as const));
  const [type = 'string', ...others] = types.keys();
  if (others.length > 0) {
    const words = [...types].map(([of, {what}]) => `a ${of} as ${what}`).join(', ');
    faults.push({at: first.at, what: `the parameter ${name} would be ${words}: give each a name of its own`});
    return undefined;
  }
  const said = type === 'string' && typeof value !== 'string' ? plainText(value) : value;
  for (const {schema, at, what} of uses) {
    const reason = misfit(schema, said);
    if (reason === undefined) continue;
    faults.push({at, what: `Heat refuses the value of the parameter ${name} as ${what}: it ${reason}`});
    return undefined;
  }
  const {label, constraints = []} = definition ?? {};
  for (const one of [said, ...values.values()]) {
    const reason = refusal(constraints, type, one);
    if (reason === undefined) continue;
    faults.push({at: definition?.at ?? first.at, what: `Heat would refuse the parameter ${name}: ${reason}`});
    return undefined;
  }
  return new Given(keyOf(name), {
    prefix: name,
    label: '',
    description: definition?.description ?? `Value of ${[...new Set(uses.map(({what}) => what))].join(', ')}`,
    value: said,
    form: {
      ...(type === 'string' ? {} : {type}),
      ...(label === undefined ? {} : {label}),
      ...(constraints.length === 0 ? {} : {constraints}),
    },
    exact: {name, at: `${file}:${(definition?.at ?? first.at).line}`},
  });
}

function typeOf({type}: PropertySchema, value: Plain): Type {
  switch (type) {
    case 'string':
      return 'string';
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    case 'map':
      return 'json';
    case 'list':
      return listType(value);
    case 'any':
      if (Array.isArray(value)) return listType(value);
      if (isPlainObject(value)) return 'json';
      return typeof value === 'number' || typeof value === 'boolean'
        ? (typeof value as 'number' | 'boolean')
        : 'string';
    default:
      return type satisfies never;
  }
}

/** Texts that Heat splits again as they were; proof: heat `common/param_utils.py`, `delim_string_to_list`. */
function listType(value: Plain): Type {
  const isTexts =
    Array.isArray(value) &&
    value.length > 0 &&
    value.every(
      item => typeof item === 'string' && item !== '' && !item.includes(',') && item.trim() === item,
    );
  return isTexts ? 'comma_delimited_list' : 'json';
}
