/** What a deployment was told to do otherwise than the source: things not made, values of its own. Pure. */
import type {Report, ReportLoss} from '../model/bundle.ts';
import {isSameJson} from '../model/json.ts';

export interface Chosen {
  /** Keys of the source's things that were not to be made, with why. */
  readonly absent: ReadonlyMap<string, string>;
  /** Fields that carry a value given for the deployment. */
  readonly losses: readonly Pick<ReportLoss, 'kind' | 'id' | 'field' | 'reason'>[];
}

function isText(value: unknown): value is string | number | boolean {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

/** Heat shows every value as text: a list with commas, or as JSON. Proof: heat `engine/parameters.py`, `_value_as_text`. */
function isAnother(given: unknown, value: unknown): boolean {
  if (given === null || given === undefined) return false;
  if (typeof value === 'string') return isText(given) && String(given) !== value;
  if (typeof value === 'boolean') return !isText(given) || String(given).toLowerCase() !== String(value);
  if (typeof value === 'number') return !isText(given) || Number(given) !== value;
  if (typeof given !== 'string') return !isSameJson(given, value);
  if (Array.isArray(value) && value.every(item => typeof item === 'string') && given === value.join(','))
    return false;
  try {
    return !isSameJson(JSON.parse(given), value);
  } catch {
    return true;
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
  for (const {name, role, kind, value, needs, sets = []} of parameters) {
    const given = Object.hasOwn(values, name) ? values[name] : value;
    // A key pair that isn't made is the user's own: it is there, and compared.
    if (role === 'optional-switch' && kind !== 'keypair' && /^(?:false|f|no|n|off|0)$/i.test(String(given)))
      off.set(name, name);
    else if (needs !== undefined && off.has(needs)) off.set(name, off.get(needs) ?? needs);
    if (role === 'given' && isAnother(given, value)) {
      const reason = `deployed with another value: parameter ${name}`;
      for (const {kind, id, field} of sets) losses.push({kind, id, field, reason});
    }
  }
  const absent = new Map<string, string>();
  for (const {kind, id, condition} of resources) {
    const cause = condition === undefined ? undefined : off.get(condition);
    if (cause !== undefined) absent.set(`${kind}:${id}`, `not created: parameter ${cause} is false`);
  }
  return {absent, losses};
}
