/** Switches of what not every role may build (a QoS policy): on where the role may and the target has none of that name. */
import type {ReportParameter} from '../../model/bundle.ts';
import {type Fields, word} from '../../model/json.ts';
import {truthOf} from '../../model/truth.ts';
import {plural, problem, quoted, warning} from './finding.ts';
import {listingFor} from './kinds.ts';
import type {Resolved} from './resolved.ts';
import {parametersIn} from './secrets.ts';
import type {Target, Thing} from './target.ts';
import {resourcesOf} from './template.ts';

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
  {name, kind, source, pair = ''}: ReportParameter,
  values: Fields,
  chosen: boolean,
  used: boolean,
  target: Target,
): Promise<Resolved> {
  const wanted = word(values[pair]);
  const on = truthOf(values[name]) === true;
  const listing = listingFor(kind, undefined);
  // Of what can't be looked up the environment's word stands, and Heat's preview will tell.
  if ((chosen && on) || listing === undefined) return {values: {}, findings: []};
  const {noun} = listing;
  const things = await target.list(listing);
  if (typeof things === 'string') {
    const what = `no ${noun} can be looked up in the target: ${things}`;
    return {values: {}, findings: [warning(`parameter ${name}`, what)]};
  }
  const off = chosen ? {} : {[name]: false};
  const usable = usableOf(things, wanted, target.session.identity.project?.id);
  const only = usable.length === 1 ? usable[0] : usable.find(({id}) => id === source?.id);
  if (only !== undefined) {
    // Heat looks among all that the role sees.
    const same = things.filter(thing => thing.id === wanted || thing.name === wanted);
    return {values: {...off, ...(same.length > 1 ? {[pair]: only.id} : {})}, findings: []};
  }
  if (usable.length > 1) {
    const ids = usable.map(({id}) => id).slice(0, 5);
    const what = `the target has ${usable.length} ${plural(noun)} named ${quoted(wanted)}`;
    const hint = `choose one by its id: -P ${pair}=ID with one of ${ids.join(', ')}`;
    return {values: off, findings: [problem(`parameter ${pair}`, what, hint)]};
  }
  if (!chosen && target.session.identity.roles.includes('admin'))
    return {values: {[name]: true}, findings: []};
  // What nothing refers to is left out, and the clone's report says so.
  if (!used) return {values: off, findings: []};
  return {
    values: off,
    findings: [
      problem(
        `parameter ${pair}`,
        `the target has no ${noun} ${quoted(wanted)}, and ${chosen ? `${name} is false` : 'only an admin may create one'}`,
        `name one that is there: -P ${pair}=NAME-OR-ID; or, as an admin: -P ${name}=true`,
      ),
    ],
  };
}

/** The one of that id; else those of that name that the project can use, of which an admin is shown every project's. */
function usableOf(things: readonly Thing[], wanted: string, project: string | undefined): readonly Thing[] {
  if (wanted === '') return [];
  const byId = things.find(({id}) => id === wanted);
  if (byId !== undefined) return [byId];
  const named = things.filter(({name}) => name === wanted);
  const own = named.filter(({row}) => (row['project_id'] ?? project) === project);
  return own.length > 0 ? own : named.filter(({row}) => row['shared'] === true);
}
