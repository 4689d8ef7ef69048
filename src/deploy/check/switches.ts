/** Switches of what not every role may build (a QoS policy): on where the role may and the target has none of that name. */
import type {ReportParameter} from '../../model/bundle.ts';
import {type Fields, word} from '../json.ts';
import {problem, quoted} from './finding.ts';
import {listingFor} from './kinds.ts';
import type {Resolved} from './outside.ts';
import type {Target} from './target.ts';
import {truthOf} from './template.ts';

/** Key pairs have rules of their own (keypairs.ts); a switch without a name is nobody's but the user's. */
export async function resolveSwitches(
  parameters: readonly ReportParameter[],
  values: Fields,
  chosen: ReadonlySet<string>,
  target: Target,
): Promise<Resolved> {
  const switches = parameters.filter(
    ({role, kind, pair}) => role === 'optional-switch' && kind !== 'keypair' && pair !== undefined,
  );
  const results = await Promise.all(
    switches.map(parameter => decide(parameter, values, chosen.has(parameter.name), target)),
  );
  return {
    values: Object.assign({}, ...results.map(result => result.values)) as Fields,
    findings: results.flatMap(result => result.findings),
  };
}

async function decide(
  {name, kind, pair = ''}: ReportParameter,
  values: Fields,
  chosen: boolean,
  target: Target,
): Promise<Resolved> {
  const wanted = word(values[pair]);
  const on = truthOf(values[name]) === true;
  if (chosen && on) return {values: {}, findings: []};
  const listing = listingFor(kind, undefined);
  const things = listing === undefined ? [] : await target.list(listing);
  const known = typeof things === 'string' ? [] : things;
  if (known.some(thing => thing.id === wanted || thing.name === wanted))
    return {values: chosen ? {} : {[name]: false}, findings: []};
  const noun = listing?.noun ?? kind.replaceAll('_', ' ');
  if (!chosen && target.session.identity.roles.includes('admin'))
    return {values: {[name]: true}, findings: []};
  return {
    values: chosen ? {} : {[name]: false},
    findings: [
      problem(
        `parameter ${pair}`,
        `the target has no ${noun} ${quoted(wanted)}, and ${chosen ? `${name} is false` : 'only an admin may create one'}`,
        `name one that is there: -P ${pair}=NAME-OR-ID; or, as an admin: -P ${name}=true`,
      ),
    ],
  };
}
