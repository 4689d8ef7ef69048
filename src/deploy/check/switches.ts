/** Switches of what not every role may build (a QoS policy): on where the role may and the target has none of that name. */
import type {ReportParameter} from '../../model/bundle.ts';
import {type Fields, word} from '../json.ts';
import {problem, quoted} from './finding.ts';
import {listingFor} from './kinds.ts';
import type {Resolved} from './outside.ts';
import {parametersIn} from './secrets.ts';
import type {Target} from './target.ts';
import {resourcesOf, truthOf} from './template.ts';

/** Key pairs have rules of their own (keypairs.ts); a switch without a name is nobody's but the user's. */
export async function resolveSwitches(
  parameters: readonly ReportParameter[],
  values: Fields,
  chosen: ReadonlySet<string>,
  template: Fields,
  target: Target,
): Promise<Resolved> {
  const switches = parameters.filter(
    ({role, kind, pair}) => role === 'optional-switch' && kind !== 'keypair' && pair !== undefined,
  );
  const off = Object.fromEntries(switches.map(({name}) => [name, false]));
  const used = new Set<string>();
  for (const {properties} of resourcesOf(template, {...values, ...off}))
    for (const parameter of parametersIn(properties)) used.add(parameter);
  const results = await Promise.all(
    switches.map(parameter =>
      decide(parameter, values, chosen.has(parameter.name), used.has(parameter.pair ?? ''), target),
    ),
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
  used: boolean,
  target: Target,
): Promise<Resolved> {
  const wanted = word(values[pair]);
  const on = truthOf(values[name]) === true;
  if (chosen && on) return {values: {}, findings: []};
  const listing = listingFor(kind, undefined);
  const things = listing === undefined ? [] : await target.list(listing);
  const known = typeof things === 'string' ? [] : things;
  const own = target.session.identity.project?.id;
  // An admin is shown every project's; those that the project can use are its own and the shared ones.
  const usable = known.filter(
    ({id, name: called, row}) =>
      id === wanted || (called === wanted && (row['shared'] === true || (row['project_id'] ?? own) === own)),
  );
  const fitting = usable.find(({row}) => row['project_id'] === own) ?? usable[0];
  if (fitting !== undefined) {
    // Heat looks among all that the role sees.
    const same = known.filter(({id, name: called}) => id === wanted || called === wanted);
    const value = same.length > 1 ? {[pair]: fitting.id} : {};
    return {values: chosen ? value : {...value, [name]: false}, findings: []};
  }
  const noun = listing?.noun ?? kind.replaceAll('_', ' ');
  if (!chosen && target.session.identity.roles.includes('admin'))
    return {values: {[name]: true}, findings: []};
  // What nothing refers to is left out, and the clone's report says so.
  if (!used) return {values: chosen ? {} : {[name]: false}, findings: []};
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
