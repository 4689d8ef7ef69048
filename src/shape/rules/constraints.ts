/** Constraints of a template parameter as HOT writes them; proof: heat `engine/constraints.py`, `engine/hot/parameters.py`. */
import {isEntries, isItems, plainOf, type Entry, type Fault, type Located} from '../../model/located.ts';
import {plainText} from '../../model/json.ts';
import {nearest} from '../../model/nearest.ts';
import {Pattern, PatternError} from '../../model/pattern.ts';
import {isPlainObject, type ParameterForm, type Plain} from '../../model/value.ts';

type Type = NonNullable<ParameterForm['type']>;
type Constraint = Readonly<Record<string, Plain>>;

interface Form {
  /** Types of parameters that may have it. */
  readonly types: readonly Type[];
  /** Why it is no such constraint. */
  readonly fault: (value: Plain) => string | undefined;
  /** Why it refuses the value. */
  readonly refuses: (limit: Plain, value: Plain) => string | undefined;
}

const forms: Readonly<Record<string, Form>> = {
  range: {
    types: ['number'],
    fault: value => boundsFault(value, number => Number.isFinite(number), 'numbers'),
    refuses: (limit, value) =>
      isWithin(limit, Number(value)) ? undefined : `is outside ${JSON.stringify(limit)}`,
  },
  length: {
    types: ['string', 'comma_delimited_list', 'json'],
    fault: value => boundsFault(value, number => Number.isInteger(number), 'whole numbers'),
    refuses: (limit, value) =>
      isWithin(limit, lengthOf(value)) ? undefined : `is longer or shorter than ${JSON.stringify(limit)}`,
  },
  modulo: {
    types: ['number'],
    fault: moduloFault,
    refuses: (limit, value) => {
      const {step, offset} = limit as {step: number; offset: number};
      // Python's remainder has the sign of the step.
      const rest = (((Number(value) % step) + step) % step) % step;
      return rest === offset ? undefined : `is no multiple of ${step} with the offset ${offset}`;
    },
  },
  allowed_values: {
    types: ['string', 'number', 'boolean', 'comma_delimited_list'],
    fault: value =>
      Array.isArray(value) && value.length > 0 && value.every(item => typeof item !== 'object')
        ? undefined
        : 'is a list of texts, numbers or booleans',
    refuses: (limit, value) => {
      const allowed = new Set((limit as readonly Plain[]).map(item => plainText(item)));
      const values = Array.isArray(value) ? (value as readonly Plain[]) : [value];
      return values.every(item => allowed.has(plainText(item)))
        ? undefined
        : `is not one of ${JSON.stringify(limit)}`;
    },
  },
  allowed_pattern: {
    types: ['string'],
    fault: value => (typeof value === 'string' ? patternFault(value) : 'is a regular expression'),
    refuses: (limit, value) =>
      new Pattern(limit as string).matches(plainText(value), {left: 10_000_000})
        ? undefined
        : `does not match ${JSON.stringify(limit)}`,
  },
  custom_constraint: {
    types: ['string', 'number', 'boolean', 'comma_delimited_list'],
    fault: value =>
      typeof value === 'string' && /^[a-z_]+\.[a-z_]+$/.test(value)
        ? undefined
        : 'is the name of a constraint of Heat, as neutron.network',
    refuses: () => undefined,
  },
};

/** @returns the constraints, with what is wrong added to the faults. */
export function readConstraints(tree: Located, faults: Fault[]): readonly Constraint[] {
  if (!isItems(tree.data)) {
    faults.push({at: tree.at, what: 'constraints is a list, as [{length: {max: 20}}]'});
    return [];
  }
  return tree.data.flatMap(({at, data}) => {
    if (!isEntries(data)) {
      faults.push({at, what: 'a constraint is a mapping, as {length: {max: 20}}'});
      return [];
    }
    const before = faults.length;
    let said = 0;
    for (const [key, {at: keyAt, item}] of data) {
      const form = Object.hasOwn(forms, key) ? forms[key] : undefined;
      if (form === undefined) {
        if (key === 'description' && typeof item.data === 'string') continue;
        const like = nearest(key, Object.keys(forms));
        const hint =
          like === undefined ? `it is one of ${Object.keys(forms).join(', ')}` : `did you mean ${like}?`;
        faults.push({
          at: keyAt,
          what:
            key === 'description'
              ? 'description is no text'
              : `there is no constraint ${JSON.stringify(key)}: ${hint}`,
        });
        continue;
      }
      said += 1;
      const fault = form.fault(plainOf(item));
      if (fault !== undefined) faults.push({at: item.at, what: `${key} ${fault}`});
    }
    if (said !== 1 && faults.length === before)
      faults.push({at, what: 'a constraint says one of ' + Object.keys(forms).join(', ')});
    return faults.length === before ? [constraintOf(data)] : [];
  });
}

/** @returns why Heat would refuse the parameter with that value, or undefined. */
export function refusal(constraints: readonly Constraint[], type: Type, value: Plain): string | undefined {
  for (const constraint of constraints) {
    for (const [name, limit] of Object.entries(constraint)) {
      const form = Object.hasOwn(forms, name) ? forms[name] : undefined;
      if (form === undefined) continue;
      if (!form.types.includes(type))
        return `the constraint ${name} is none for a parameter of the type ${type}`;
      try {
        const reason = form.refuses(limit, value);
        if (reason !== undefined) return `the value ${JSON.stringify(value)} ${reason}`;
      } catch (error) {
        if (error instanceof PatternError) return error.message;
        throw error;
      }
    }
  }
  return undefined;
}

/** As many as Python took before 3.5. */
const MOST_GROUPS = 100;

function patternFault(source: string): string | undefined {
  try {
    const {groups} = new Pattern(source);
    return groups > MOST_GROUPS ? `has more than ${MOST_GROUPS} groups` : undefined;
  } catch (error) {
    if (error instanceof PatternError) return `can't be used: ${error.message}`;
    throw error;
  }
}

function boundsFault(value: Plain, isGood: (number: number) => boolean, what: string): string | undefined {
  const words = `has min, max or both, which are ${what}`;
  if (!isPlainObject(value)) return words;
  const entries = Object.entries(value);
  const isFine = entries.every(
    ([key, limit]) => (key === 'min' || key === 'max') && typeof limit === 'number' && isGood(limit),
  );
  return isFine && entries.length > 0 ? undefined : words;
}

function moduloFault(value: Plain): string | undefined {
  const words = 'has a step and an offset, whole numbers of one sign, the offset smaller than the step';
  if (!isPlainObject(value)) return words;
  const {step, offset, ...others} = value;
  const isFine =
    Number.isInteger(step) &&
    Number.isInteger(offset) &&
    Object.keys(others).length === 0 &&
    step !== 0 &&
    Math.abs(offset as number) < Math.abs(step as number) &&
    (step as number) * (offset as number) >= 0;
  return isFine ? undefined : words;
}

function isWithin(limit: Plain, value: number): boolean {
  const {min = -Infinity, max = Infinity} = limit as {readonly min?: number; readonly max?: number};
  return value >= min && value <= max;
}

function constraintOf(entries: ReadonlyMap<string, Entry>): Constraint {
  return Object.fromEntries([...entries].map(([key, {item}]) => [key, plainOf(item)]));
}

/** As Python counts. */
function lengthOf(value: Plain): number {
  if (typeof value === 'string') return Array.from(value).length;
  if (Array.isArray(value)) return value.length;
  return isPlainObject(value) ? Object.keys(value).length : plainText(value).length;
}
