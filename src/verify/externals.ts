/** Which outside things the clone was deployed with, from the values of the template's parameters. Pure. */
import type {Report} from '../model/bundle.ts';

/** @param values The parameters as they were given; those that are not keep the report's value. */
export function externalsOf(
  report: Pick<Report, 'parameters'>,
  values: Readonly<Record<string, unknown>> = {},
): ReadonlyMap<string, string> {
  const externals = new Map<string, string>();
  for (const {name, role, kind, source, value} of report.parameters) {
    if ((role !== 'outside' && role !== 'optional-name') || source === undefined) continue;
    const given = Object.hasOwn(values, name) ? values[name] : value;
    if (typeof given === 'string' && given !== '') externals.set(`${kind}:${source.id}`, given);
  }
  return externals;
}
