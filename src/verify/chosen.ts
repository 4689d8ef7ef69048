/** What a deployment was told to do otherwise than the source: things not made, values of its own. Pure. */
import type {Report, ReportLoss, ReportParameter} from '../model/bundle.ts';
import {isSameJson, word} from '../model/json.ts';
import {truthOf} from '../model/truth.ts';

export interface Chosen {
  /** Keys of the source's things that were not to be made, with why. */
  readonly absent: ReadonlyMap<string, string>;
  /** Fields that carry a value given for the deployment. */
  readonly losses: readonly Pick<ReportLoss, 'kind' | 'id' | 'field' | 'reason'>[];
  /** By key of the source's things: what stands before their names. */
  readonly prefixed: ReadonlyMap<string, string>;
}

/** Whether the stack has the source's value; Heat shows numbers, booleans, lists and maps as text. */
function isSource({type, value}: Pick<ReportParameter, 'type' | 'value'>, given: unknown): boolean {
  switch (type) {
    case 'comma_delimited_list':
      return isSameJson(itemsOf(given), itemsOf(value));
    case 'json':
      return isSameJson(dataOf(given), dataOf(value));
    case 'number':
      return Number(given) === Number(value);
    case undefined:
      // No stack shows a text so.
      if (!isScalar(given)) return true;
      return typeof value === 'boolean'
        ? String(given).toLowerCase() === String(value)
        : isScalar(value) && String(given) === String(value);
    default:
      return type satisfies never;
  }
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function itemsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.map(String);
  return typeof value === 'string' && value !== '' ? value.split(',').map(item => item.trim()) : [];
}

function dataOf(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return value;
  }
}

/** @param values The parameters as the stack has them; Heat shows every value as text. */
export function chosenOf(
  {parameters, resources}: Pick<Report, 'parameters' | 'resources'>,
  values: Readonly<Record<string, unknown>>,
): Chosen {
  /** Switches that are off, with the one that turned them off. */
  const off = new Map<string, string>();
  const losses: Chosen['losses'][number][] = [];
  // In the order of the template; a switch comes after the one it needs.
  for (const parameter of parameters) {
    const {name, role, kind, value, needs, sets = []} = parameter;
    const given = Object.hasOwn(values, name) ? values[name] : value;
    // A key pair that isn't made is the user's own: it is there, and compared.
    if (role === 'optional-switch' && kind !== 'keypair' && truthOf(given) === false) off.set(name, name);
    else if (needs !== undefined && off.has(needs)) off.set(name, off.get(needs) ?? needs);
    if (role === 'given' && given !== null && given !== undefined && !isSource(parameter, given)) {
      const reason = `deployed with another value: parameter ${name}`;
      for (const {kind, id, field} of sets) losses.push({kind, id, field, reason});
    }
  }
  const absent = new Map<string, string>();
  for (const {kind, id, condition} of resources) {
    const cause = condition === undefined ? undefined : off.get(condition);
    if (cause !== undefined) absent.set(`${kind}:${id}`, `not created: parameter ${cause} is false`);
  }
  return {absent, losses, prefixed: prefixedOf({parameters, resources}, values)};
}

/** Whose name has what before it; what is switched off stands in the target under a name of its own. */
function prefixedOf(
  {parameters, resources}: Pick<Report, 'parameters' | 'resources'>,
  values: Readonly<Record<string, unknown>>,
): ReadonlyMap<string, string> {
  const parameter = parameters.find(({role}) => role === 'name-prefix');
  const prefix = parameter === undefined ? '' : word(values[parameter.name]);
  if (prefix === '') return new Map();
  const isOff = new Map(
    parameters
      .filter(({role}) => role === 'optional-switch')
      .map(({name, value}) => [name, truthOf(values[name] ?? value) === false]),
  );
  const unmade = new Set(
    resources
      .filter(({condition}) => condition !== undefined && isOff.get(condition) === true)
      .map(({kind, id}) => `${kind}:${id}`),
  );
  const keys = (parameter?.sets ?? []).map(({kind, id}) => `${kind}:${id}`);
  return new Map(keys.filter(key => !unmade.has(key)).map(key => [key, prefix]));
}
