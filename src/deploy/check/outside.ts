/** Parameters that name things of the target: each must name exactly one. */
import type {ReportParameter} from '../../model/bundle.ts';
import {type Fields, word} from '../../model/json.ts';
import {type Finding, plural, problem, quoted, warning} from './finding.ts';
import {isByIdOnly, isByUrl, listingFor} from './kinds.ts';
import {nearest} from './names.ts';
import type {Listing, Target, Thing} from './target.ts';

export interface Resolved {
  /** Values found that differ from those given: an id where the name would be ambiguous. */
  readonly values: Fields;
  readonly findings: readonly Finding[];
}

/** Kinds that stand in `value_specs`, which Heat hands on to Neutron as they are: no name is looked up there. */
const handedOn: ReadonlySet<string> = new Set(['subnet_pool', 'qos_policy']);

const nothing: Resolved = {values: {}, findings: []};

/** @param chosen Names of the parameters whose value the user chose. */
export async function resolveOutside(
  parameters: readonly ReportParameter[],
  values: Fields,
  chosen: ReadonlySet<string>,
  target: Target,
): Promise<Resolved> {
  const results = await Promise.all(
    parameters.map(async parameter => {
      const value = values[parameter.name];
      if (parameter.role === 'default-group') {
        return await resolveDefaultGroup(parameter, value, chosen.has(parameter.name), target);
      }
      if (parameter.role === 'outside' || parameter.role === 'ask')
        return await resolveOne(parameter, value, target);
      return nothing;
    }),
  );
  return {
    values: Object.assign({}, ...results.map(result => result.values)) as Fields,
    findings: results.flatMap(result => result.findings),
  };
}

async function resolveOne(parameter: ReportParameter, value: unknown, target: Target): Promise<Resolved> {
  const where = `parameter ${parameter.name}`;
  const listing = listingFor(parameter.kind, parameter.constraint);
  const wanted = word(value);
  if (wanted === '') {
    // A zone or a key pair may be left to the cloud.
    if (parameter.constraint === undefined || parameter.constraint === 'nova.keypair') return nothing;
    return found(problem(where, `has no value`, `give it one: -P ${parameter.name}=NAME-OR-ID`));
  }
  if (listing === undefined) return nothing;
  const things = await target.list(listing);
  if (typeof things === 'string')
    return found(warning(where, `no ${listing.noun} can be looked up in the target: ${things}`));
  return choose(parameter, wanted, listing, things);
}

function choose(
  parameter: ReportParameter,
  wanted: string,
  listing: Listing,
  things: readonly Thing[],
): Resolved {
  const where = `parameter ${parameter.name}`;
  const {noun} = listing;
  const byId = things.find(thing => thing.id === wanted);
  if (byId !== undefined) return found(...unfit(parameter, byId, listing));

  const named = isByIdOnly(parameter.constraint) ? [] : things.filter(thing => thing.name === wanted);
  const only = named.length === 1 ? named[0] : sourceOf(parameter, named);
  if (only !== undefined) {
    // Heat would take the name, but not where it is one of several.
    const asItIs = named.length === 1 && !isByUrl(parameter.constraint) && !handedOn.has(parameter.kind);
    const values = asItIs ? {} : {[parameter.name]: only.id};
    return {values, findings: unfit(parameter, only, listing)};
  }
  if (named.length > 1) {
    const ids = named.map(({id}) => id).slice(0, 5);
    return found(
      problem(
        where,
        `the target has ${named.length} ${plural(noun)} named ${quoted(wanted)}`,
        `choose one by its id: -P ${parameter.name}=ID with one of ${ids.join(', ')}`,
      ),
    );
  }
  return sameName(parameter, wanted, things) ?? found(missing(parameter, wanted, listing, things));
}

/** In the same cloud the thing meant is the source's own. */
function sourceOf(parameter: ReportParameter, named: readonly Thing[]): Thing | undefined {
  const source = named.find(thing => thing.id === parameter.source?.id);
  if (source !== undefined || !isExternalNetwork(parameter)) return source;
  const external = named.filter(thing => thing.row['router:external'] === true);
  return external.length === 1 ? external[0] : undefined;
}

/** The source's id means nothing there, but one thing has the name that it had. */
function sameName(
  parameter: ReportParameter,
  wanted: string,
  things: readonly Thing[],
): Resolved | undefined {
  const {name, source} = parameter;
  if (source === undefined || wanted !== source.id || source.name === '' || source.name === wanted)
    return undefined;
  const named = things.filter(thing => thing.name === source.name);
  const [only] = named;
  if (only === undefined || named.length > 1) return undefined;
  return {
    values: {[name]: only.id},
    findings: [
      warning(
        `parameter ${name}`,
        `the source's id ${wanted} doesn't exist here; taking ${only.id}, the only one named ${quoted(source.name)}`,
        `another one: -P ${name}=ID`,
      ),
    ],
  };
}

function missing(
  parameter: ReportParameter,
  wanted: string,
  {noun}: Listing,
  things: readonly Thing[],
): Finding {
  const fitting = isExternalNetwork(parameter)
    ? things.filter(thing => thing.row['router:external'] === true)
    : things;
  const names = [...new Set(fitting.map(thing => thing.name || thing.id))].sort();
  const known = parameter.source?.name ?? '';
  const label =
    known !== '' && known !== wanted ? `${quoted(wanted)} (${quoted(known)} in the source)` : quoted(wanted);
  const like = nearest(known === '' ? wanted : known, names);
  const others = like.length > 0 ? like : names.slice(0, 5);
  const list = others.map(name => quoted(name)).join(', ');
  // A zone has no constraint: without one the cloud chooses.
  const free =
    parameter.constraint === undefined ? `leave it to the cloud with -P ${parameter.name}=, or ` : '';
  const hint =
    others.length === 0
      ? `the target has none: create one there, then -P ${parameter.name}=NAME-OR-ID`
      : `${free}${like.length > 0 ? 'nearest' : 'there are'}: ${list}${like.length === 0 && names.length > 5 ? ', …' : ''}; choose with -P ${parameter.name}=NAME-OR-ID`;
  const what = isExternalNetwork(parameter) ? 'external network' : noun;
  return problem(`parameter ${parameter.name}`, `the target has no ${what} ${label}`, hint);
}

/** It is there, but won't do. */
function unfit(parameter: ReportParameter, thing: Thing, {noun}: Listing): readonly Finding[] {
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

function isExternalNetwork(parameter: ReportParameter): boolean {
  return parameter.name.startsWith('external_network');
}

/** The default group of the target project, by id: a name is ambiguous to admins, and Heat's inline rules take none. */
async function resolveDefaultGroup(
  parameter: ReportParameter,
  value: unknown,
  chosen: boolean,
  target: Target,
): Promise<Resolved> {
  if (chosen) return nothing;
  const project = target.session.identity.project?.id ?? '';
  const groups = await target.list({
    noun: 'security group',
    service: 'network',
    path: 'security-groups',
    key: 'security_groups',
    query: {name: 'default', project_id: project, fields: ['id', 'name', 'project_id']},
  });
  const own = typeof groups === 'string' ? [] : groups;
  const [group] = own;
  if (group !== undefined && own.length === 1) return {values: {[parameter.name]: group.id}, findings: []};
  return found(
    problem(
      `parameter ${parameter.name}`,
      `the default security group of the target project can't be found (${quoted(word(value))})`,
      `give its id: -P ${parameter.name}=ID`,
    ),
  );
}

function found(...findings: readonly Finding[]): Resolved {
  return {values: {}, findings};
}
