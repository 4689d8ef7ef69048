/** Parameters that name things of the target: each must name exactly one. */
import type {ReportParameter} from '../../model/bundle.ts';
import {type Fields, word} from '../../model/json.ts';
import {type Finding, plural, problem, quoted, warning} from './finding.ts';
import {candidatesOf} from './candidates.ts';
import {isByIdOnly, isByUrl, listingFor} from './kinds.ts';
import {imageFacts, noFacts, type SourceFacts} from './source-facts.ts';
import type {Listing, Target, Thing} from './target.ts';

/** A value that would do, where the one given doesn't. */
export interface Match {
  readonly parameter: string;
  readonly value: string;
  /** Why it is the one, as `the only external network there`. */
  readonly why: string;
}

export interface Resolved {
  /** Values found that differ from those given: an id where the name would be ambiguous. */
  readonly values: Fields;
  readonly findings: readonly Finding[];
  readonly matches?: readonly Match[];
}

/** Kinds that stand in `value_specs`, which Heat hands on to Neutron as they are: no name is looked up there. */
const handedOn: ReadonlySet<string> = new Set(['subnet_pool', 'qos_policy']);

const nothing: Resolved = {values: {}, findings: []};

/** @param chosen Names of the parameters whose value the user chose. @param facts What is known of the source's things. */
export async function resolveOutside(
  parameters: readonly ReportParameter[],
  values: Fields,
  chosen: ReadonlySet<string>,
  target: Target,
  facts: SourceFacts = noFacts,
): Promise<Required<Resolved>> {
  const results = await Promise.all(
    parameters.map(async parameter => {
      const value = values[parameter.name];
      if (parameter.role === 'default-group') {
        return await resolveDefaultGroup(parameter, value, chosen.has(parameter.name), target);
      }
      if (parameter.role === 'outside' || parameter.role === 'ask')
        return await resolveOne(parameter, value, target, facts);
      return nothing;
    }),
  );
  return {
    values: Object.assign({}, ...results.map(result => result.values)) as Fields,
    findings: results.flatMap(result => result.findings),
    matches: results.flatMap(result => result.matches ?? []),
  };
}

async function resolveOne(
  parameter: ReportParameter,
  value: unknown,
  target: Target,
  facts: SourceFacts,
): Promise<Resolved> {
  const where = `parameter ${parameter.name}`;
  const listing = listingFor(parameter.kind, parameter.constraint);
  const wanted = word(value);
  if (wanted === '') {
    // A zone or a key pair may be left to the cloud.
    if (parameter.constraint === undefined || parameter.constraint === 'nova.keypair') return nothing;
    const there = listing === undefined ? '' : await target.list(listing);
    if (listing !== undefined && typeof there !== 'string')
      return missing(parameter, '', listing, there, facts);
    return found(problem(where, 'has no value', `give it one: -P ${parameter.name}=NAME-OR-ID`));
  }
  if (listing === undefined) return nothing;
  const things = await target.list(listing);
  if (typeof things === 'string')
    return found(warning(where, `no ${listing.noun} can be looked up in the target: ${things}`));
  return choose(parameter, wanted, listing, things, facts);
}

function choose(
  parameter: ReportParameter,
  wanted: string,
  listing: Listing,
  things: readonly Thing[],
  facts: SourceFacts,
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
    const twin = twinOf(parameter, named, facts);
    const first = twin === undefined ? '' : `${twin.why}: ${twin.value}; `;
    return {
      values: {},
      findings: [
        problem(
          where,
          `the target has ${named.length} ${plural(noun)} named ${quoted(wanted)}`,
          `${first}choose one by its id: -P ${parameter.name}=ID with one of ${ids.join(', ')}`,
        ),
      ],
      matches: twin === undefined ? [] : [twin],
    };
  }
  return sameName(parameter, wanted, things) ?? missing(parameter, wanted, listing, things, facts);
}

/** Of several images of one name: the one with the source's content, else the only one as visible as that. */
function twinOf(
  {name, source}: ReportParameter,
  named: readonly Thing[],
  {images}: SourceFacts,
): Match | undefined {
  const was = images.get(source?.id ?? '');
  if (was === undefined) return undefined;
  const same = named.filter(({row}) => was.hash !== '' && imageFacts(row).hash === was.hash);
  const seen = named.filter(({row}) => imageFacts(row).visibility === was.visibility);
  const [one, why] =
    same.length === 1 ? [same[0], 'the same content'] : [seen[0], `the only ${was.visibility} one`];
  if (one === undefined || (same.length !== 1 && seen.length !== 1)) return undefined;
  return {parameter: name, value: one.id, why};
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
    matches: [{parameter: name, value: only.id, why: `the only one named ${quoted(source.name)}`}],
  };
}

function missing(
  parameter: ReportParameter,
  wanted: string,
  listing: Listing,
  things: readonly Thing[],
  facts: SourceFacts,
): Resolved {
  const noun = isExternalNetwork(parameter) ? 'external network' : listing.noun;
  const fitting = things.filter(thing => unfit(parameter, thing, listing).length === 0);
  const known = parameter.source?.name ?? '';
  const label =
    known !== '' && known !== wanted ? `${quoted(wanted)} (${quoted(known)} in the source)` : quoted(wanted);
  const {certain, near} = candidatesOf(parameter, known || wanted, {noun}, fitting, facts);
  // A zone has no constraint: without one the cloud chooses.
  const free =
    parameter.constraint === undefined ? `leave it to the cloud with -P ${parameter.name}=, or ` : '';
  const hint =
    near === ''
      ? `the target has none: create one there, then -P ${parameter.name}=NAME-OR-ID`
      : `${free}${near}; choose with -P ${parameter.name}=NAME-OR-ID`;
  const what = wanted === '' ? 'has no value' : `the target has no ${noun} ${label}`;
  return {
    values: {},
    findings: [problem(`parameter ${parameter.name}`, what, hint)],
    matches:
      certain === undefined
        ? []
        : [{parameter: parameter.name, value: wordFor(parameter, certain.thing, things), why: certain.why}],
  };
}

/** Its name, where Heat takes names and there is one of it; else its id. */
function wordFor(parameter: ReportParameter, {id, name}: Thing, things: readonly Thing[]): string {
  const takesNames =
    !isByIdOnly(parameter.constraint) && !isByUrl(parameter.constraint) && !handedOn.has(parameter.kind);
  return takesNames && name !== '' && things.filter(thing => thing.name === name).length === 1 ? name : id;
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
