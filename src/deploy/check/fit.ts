/** Whether a thing of the target would do for a parameter that names it. Pure. */
import type {ReportParameter} from '../../model/bundle.ts';
import {type Finding, problem, quoted, warning} from './finding.ts';
import type {Listing, Thing} from './target.ts';

/** It is there, but won't do. */
export function unfit(parameter: ReportParameter, thing: Thing, {noun}: Listing): readonly Finding[] {
  const where = `parameter ${parameter.name}`;
  const {row} = thing;
  const name = quoted(thing.name || thing.id);
  if (isExternalNetwork(parameter) && row['router:external'] === false)
    return [
      problem(
        where,
        `the network ${name} of the target is not external`,
        `choose another: -P ${parameter.name}=NAME-OR-ID`,
      ),
    ];
  if (noun === 'image' && typeof row['status'] === 'string' && row['status'] !== 'active')
    return [problem(where, `the image ${name} of the target is ${row['status']}, not active`)];
  if (row['OS-FLV-DISABLED:disabled'] === true)
    return [warning(where, `the flavor ${name} is disabled in the target`)];
  const state = row['zoneState'];
  if (typeof state === 'object' && state !== null && 'available' in state && state.available === false)
    return [warning(where, `the zone ${name} of the target is not available just now`)];
  return [];
}

export function isExternalNetwork(parameter: ReportParameter): boolean {
  return parameter.name.startsWith('external_network');
}
