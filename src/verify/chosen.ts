/** What a deployment was told to do otherwise than the source: things not made, values of its own. Pure. */
import type {Report, ReportLoss} from '../model/bundle.ts';

export interface Chosen {
  /** Keys of the source's things that were not to be made, with why. */
  readonly absent: ReadonlyMap<string, string>;
  /** Fields that carry a value given for the deployment. */
  readonly losses: readonly Pick<ReportLoss, 'kind' | 'id' | 'field' | 'reason'>[];
}

/** @param values The parameters as the stack has them; Heat shows every value as text. */
export function chosenOf(
  {parameters, resources}: Pick<Report, 'parameters' | 'resources'>,
  values: Readonly<Record<string, unknown>>,
): Chosen {
  const off = new Set<string>();
  const losses: Chosen['losses'][number][] = [];
  for (const {name, role, kind, value, sets = []} of parameters) {
    const given = Object.hasOwn(values, name) ? values[name] : value;
    // A key pair that isn't made is the user's own: it is there, and compared.
    if (role === 'optional-switch' && kind !== 'keypair' && /^(?:false|f|no|n|off|0)$/i.test(String(given)))
      off.add(name);
    if (role === 'given' && typeof given === 'string' && given !== value) {
      const reason = `deployed with another value: parameter ${name}`;
      for (const {kind, id, field} of sets) losses.push({kind, id, field, reason});
    }
  }
  const absent = new Map<string, string>();
  for (const {kind, id, condition} of resources) {
    if (condition !== undefined && off.has(condition))
      absent.set(`${kind}:${id}`, `not created: parameter ${condition} is false`);
  }
  return {absent, losses};
}
